"""A picture from outside, in a file of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

from pyservice.errors import BrokenImage, FetchFailed, ImageTooLarge, UnsupportedFormat
from pyservice.imaging.facts import InputFormat
from pyservice.imaging.sniff import sniff
from pyservice.scraping.client import Answer, GuardedClient
from pyservice.scraping.file_name import suggested_name

_ACCEPT = "image/avif,image/webp,image/*;q=0.9,*/*;q=0.5"
_SNIFFED_BYTES = 1024
_IN_MEMORY_BYTES = 1 << 20
_MOST_DIGITS = 18
# Besides those of 500 and above: not now, but soon.
_PASSING = (408, 425, 429)


@dataclass(frozen=True)
class Downloaded:
    """A picture as it came. url: where it was in the end; name: what it may be called."""

    url: str
    name: str
    file: BinaryIO


@contextmanager
def download(client: GuardedClient, url: str, *, max_bytes: int, timeout_s: float) -> Iterator[Downloaded]:
    """Fetch a picture; what begins like none is not read on.

    Raises InvalidRequest, BlockedAddress, FetchFailed, ImageTooLarge, UnsupportedFormat.
    """
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as spool:
        file = cast("BinaryIO", spool)
        with client.get(url, timeout_s=timeout_s, max_bytes=max_bytes, accept=_ACCEPT) as answer:
            _check_head(answer, max_bytes)
            found = _receive(answer, max_bytes, file)
            name = suggested_name(answer.headers.get("Content-Disposition"), answer.url.target, found)
        file.seek(0)
        yield Downloaded(answer.url.text, name, file)


def _check_head(answer: Answer, max_bytes: int) -> None:
    if not 200 <= answer.status < 300:
        passing = answer.status in _PASSING or answer.status >= 500
        raise FetchFailed(f"Expected a picture, {answer.url.host} answered {answer.status}", passing=passing)
    length = answer.headers.get("Content-Length", "")
    # Python reads no number of thousands of digits.
    if length.isdecimal() and (len(length) > _MOST_DIGITS or int(length) > max_bytes):
        raise ImageTooLarge(f"Expected a file of at most {max_bytes:,} bytes, {answer.url.host} announced more")


def _receive(answer: Answer, max_bytes: int, file: BinaryIO) -> InputFormat:
    found: InputFormat | None = None
    start = b""
    for piece in answer.pieces(max_bytes):
        file.write(piece)
        if found is None:
            start += piece[:_SNIFFED_BYTES]
            found = _format(start, answer.url.host) if len(start) >= _SNIFFED_BYTES else None
    return found or _format(start, answer.url.host)


def _format(start: bytes, host: str) -> InputFormat:
    """Without a word on what it was instead."""
    try:
        return sniff(start)
    except (BrokenImage, UnsupportedFormat):
        raise UnsupportedFormat(f"Expected a picture from {host}, what it sent is none") from None
