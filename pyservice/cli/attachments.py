"""Files that a setting names: `watermark.blob=@logo.png` means the picture in logo.png."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pyservice.errors import InvalidRequest
from pyservice.jobs.overrides import find_place

_MARK = "@"


def with_attachments(settings: Sequence[str]) -> tuple[list[str], list[bytes]]:
    """The settings with blob ids in place of file names, and the files' bytes, to be stored before they are used.

    Raises InvalidRecipe for an unknown parameter, InvalidRequest for a file that cannot be read.
    """
    named, attachments = [], []
    for setting in settings:
        name, equals, value = setting.partition("=")
        if equals and value.startswith(_MARK) and find_place(name.strip(), "--set").is_blob:
            data = _read(Path(value.removeprefix(_MARK)))
            attachments.append(data)
            value = hashlib.sha256(data).hexdigest()
        named.append(f"{name}{equals}{value}")
    return named, attachments


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidRequest(f"Expected a picture in {path}, received: {error.strerror}") from None
