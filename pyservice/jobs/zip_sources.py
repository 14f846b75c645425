"""Pictures inside a zip, read member by member: nothing is ever unpacked to a path that the zip names."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import Self

from pyservice.errors import BrokenImage, ImageTooLarge, InvalidRequest

MAX_ENTRIES = 100_000
# What lists the entries is read into memory whole, before they can be counted.
MAX_DIRECTORY_BYTES = 64_000_000

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_TAIL_BYTES = 65_557 + 76
_FULL_32 = 0xFFFFFFFF
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 0x1
_READ_ERRORS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError)


def is_zip(path: Path) -> bool:
    """Whether a file is called a zip."""
    return path.suffix.lower() == ".zip" and path.is_file()


class ZipArchive:
    """One zip. Members may be read from several threads at once."""

    def __init__(self, path: Path) -> None:
        """Raises InvalidRequest for what is no zip, or one that lists more than may be listed."""
        self._path = path
        try:
            _check_directory(path)
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise InvalidRequest(f"Expected a zip in {path}, received: {error}") from None
        if len(self._zip.filelist) > MAX_ENTRIES:
            count = len(self._zip.filelist)
            self.close()
            raise InvalidRequest(f"Expected at most {MAX_ENTRIES:,} entries in {path}, received {count:,}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def pictures(self, suffixes: Collection[str]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
        """The members called like a picture, by name, each with the safe name its results may have."""
        for member in sorted(self._zip.filelist, key=lambda member: member.filename):
            name = member.filename.replace("\\", "/")
            parts = PurePosixPath(name)
            hidden = "__MACOSX" in parts.parts or parts.name.startswith(".")
            if not member.is_dir() and not hidden and parts.suffix.lower() in suffixes:
                yield name, member

    def reader(self, member: zipfile.ZipInfo) -> Callable[[int], bytes]:
        """A function that reads the member's bytes, at most max_bytes of them.

        It raises InvalidRequest for a member that points elsewhere, ImageTooLarge and BrokenImage.
        """

        def read(max_bytes: int) -> bytes:
            _check_member(member)
            try:
                # Counted as they come out: the size a zip states may be a lie.
                with self._zip.open(member) as stream:
                    data = stream.read(max_bytes + 1)
            except _READ_ERRORS as error:
                raise BrokenImage(f"Expected a whole picture in {self._path}, received: {error}") from None
            if len(data) > max_bytes:
                raise ImageTooLarge(f"Expected at most {max_bytes:,} bytes, received more from {self._path}")
            return data

        return read


def is_inside(name: str) -> bool:
    """Whether a path with slashes stays below the folder that it is put in."""
    return not (name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/") or "\0" in name)


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename.replace("\\", "/")
    if not is_inside(name):
        raise InvalidRequest(f"Expected a path inside the zip, received {member.filename!r}")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise InvalidRequest(f"Expected a picture in the zip, received a link called {member.filename!r}")
    if member.flag_bits & _ENCRYPTED:
        raise InvalidRequest(f"Expected a zip without a password, {member.filename!r} has one")


def _check_directory(path: Path) -> None:
    """Refuse a list of entries that is too long, from what the end of the file says of it."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile("the end of the file is not a zip's")
    directory_bytes = struct.unpack_from("<L", tail, at + 12)[0]
    at_64 = tail.rfind(_END_64, 0, at)
    if directory_bytes == _FULL_32 and at_64 >= 0 and len(tail) >= at_64 + 56:
        directory_bytes = struct.unpack_from("<Q", tail, at_64 + 40)[0]
    if directory_bytes > MAX_DIRECTORY_BYTES:
        raise InvalidRequest(f"Expected at most {MAX_ENTRIES:,} entries in {path}, received a longer list")
