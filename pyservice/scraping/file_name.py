"""What a downloaded picture may be called: a hint for people, never a path."""

from __future__ import annotations

import unicodedata
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from pyservice.imaging.facts import InputFormat

MAX_NAME_CHARS = 100
_ENDINGS: dict[InputFormat, tuple[str, ...]] = {
    "jpeg": (".jpg", ".jpeg"),
    "tiff": (".tif", ".tiff"),
    "heif": (".heic", ".heif"),
}
_WITHOUT_NAME = "picture"


def suggested_name(disposition: str | None, target: str, found: InputFormat) -> str:
    """The name in Content-Disposition, or the end of the path; with an ending that fits what the bytes are."""
    name = _safe(_disposed(disposition)) or _safe(unquote(urlsplit(f"http://_{target}").path)) or _WITHOUT_NAME
    endings = _ENDINGS.get(found, (f".{found}",))
    ending = PurePosixPath(name).suffix
    if ending.lower() in endings:
        return name[: -len(ending)][: MAX_NAME_CHARS - len(ending)] + ending
    return name[: MAX_NAME_CHARS - len(endings[0])] + endings[0]


def _disposed(header: str | None) -> str:
    """The file name of the header, in either of the ways that there are to write one."""
    if header is None:
        return ""
    message = Message()
    try:
        message["Content-Disposition"] = header.encode("latin-1").decode("utf-8", "replace")
        return message.get_filename("")
    except (LookupError, ValueError):  # a charset that nobody knows, a line end in the middle
        return ""


def _safe(path: str) -> str:
    """The last part of a path, of either kind, without what a terminal or a file system would act on."""
    last = unicodedata.normalize("NFC", path).replace("\\", "/").rpartition("/")[2]
    shown = "".join("_" if char in '<>:"|?*' else char for char in last if unicodedata.category(char)[0] != "C")
    return " ".join(shown.split()).strip(". ")
