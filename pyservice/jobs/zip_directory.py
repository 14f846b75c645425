"""The list of entries at a zip's end, counted before anything reads it into objects."""

from __future__ import annotations

import os
import struct
from typing import BinaryIO
from zipfile import BadZipFile

from pyservice.errors import InvalidRequest

MAX_ENTRIES = 100_000
# Read into memory whole, before its entries can be counted.
MAX_DIRECTORY_BYTES = 64_000_000

_END = b"PK\x05\x06"
_END_BYTES = 22
_END_64 = b"PK\x06\x06"
_END_64_BYTES = 56
_LOCATOR_64 = b"PK\x06\x07"
_LOCATOR_64_BYTES = 20
_ENTRY = b"PK\x01\x02"
_ENTRY_BYTES = 46
_MOST_COMMENT_BYTES = 65_535


def check_directory(file: BinaryIO, called: str) -> None:
    """Refuse a list of entries that is too long. called: the zip, for people.

    Raises InvalidRequest, and BadZipFile for what has no such list.
    """
    starts_at, directory_bytes = _directory(file)
    if directory_bytes > MAX_DIRECTORY_BYTES:
        raise InvalidRequest(f"Expected at most {MAX_ENTRIES:,} entries in {called}, received a longer list")
    if starts_at < 0:
        raise BadZipFile("the list of entries is longer than the file")
    file.seek(starts_at)
    if _entries(file.read(directory_bytes)) > MAX_ENTRIES:
        raise InvalidRequest(f"Expected at most {MAX_ENTRIES:,} entries in {called}, received more")


def _directory(file: BinaryIO) -> tuple[int, int]:
    """Where the list starts and how many bytes it has, found the way that zipfile finds it."""
    size = file.seek(0, os.SEEK_END)
    tail_at = max(0, size - _MOST_COMMENT_BYTES - _END_BYTES - _LOCATOR_64_BYTES - _END_64_BYTES)
    file.seek(tail_at)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_BYTES:
        raise BadZipFile("the end of the file is not a zip's")
    at_64 = at - _LOCATOR_64_BYTES - _END_64_BYTES
    if at_64 >= 0 and tail.startswith(_END_64, at_64) and tail.startswith(_LOCATOR_64, at - _LOCATOR_64_BYTES):
        directory_bytes: int = struct.unpack_from("<Q", tail, at_64 + 40)[0]
        return tail_at + at_64 - directory_bytes, directory_bytes
    directory_bytes = struct.unpack_from("<L", tail, at + 12)[0]
    return tail_at + at - directory_bytes, directory_bytes


def _entries(directory: bytes) -> int:
    """Entries in the list; counting ends where there are too many, or what follows is none."""
    count = at = 0
    while count <= MAX_ENTRIES and directory.startswith(_ENTRY, at) and at + _ENTRY_BYTES <= len(directory):
        at += _ENTRY_BYTES + sum(struct.unpack_from("<3H", directory, at + 28))
        count += 1
    return count
