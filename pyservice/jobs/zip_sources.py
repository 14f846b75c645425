"""Pictures inside a zip, read member by member: nothing is ever unpacked to a path that the zip names."""

from __future__ import annotations

import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Self

from pyservice.errors import BrokenImage, ImageTooLarge, InvalidRequest
from pyservice.jobs.zip_directory import MAX_ENTRIES, check_directory

# Plain bitmaps of plain products come near it; what is far above was made to be.
_MOST_TIMES_UNPACKED = 100
_HARMLESS_BYTES = 1_000_000_000
_LOCAL_HEADER_BYTES = 30
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 0x1 | 0x40
# A member may ask for a dictionary of 4 GB: where there is no such memory, it is the member that is wrong.
_READ_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError),
    *(NotImplementedError, RuntimeError, ValueError, MemoryError),
)


def is_zip(path: Path) -> bool:
    """Whether a file is called a zip."""
    return path.suffix.lower() == ".zip" and path.is_file()


class ZipArchive:
    """One zip. Members may be read from several threads at once."""

    def __init__(self, source: Path | BinaryIO, called: str = "") -> None:
        """source: a file, which stays the caller's to close, or the path of one. called: by people.

        Raises InvalidRequest for what is no zip, or one that lists more than may be listed.
        """
        self._called = called or str(source)
        self._opened = ExitStack()
        try:
            file = self._opened.enter_context(source.open("rb")) if isinstance(source, Path) else source
            check_directory(file, self._called)
            self._zip = self._opened.enter_context(zipfile.ZipFile(file))
            if len(self._zip.filelist) > MAX_ENTRIES:
                raise InvalidRequest(f"Expected at most {MAX_ENTRIES:,} entries in {self._called}, received more")
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            self.close()
            raise InvalidRequest(f"Expected a zip in {self._called}, received: {error}") from None
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close what was opened here."""
        self._opened.close()

    def check(self, archive_bytes: int, max_bytes: int) -> None:
        """Raises InvalidRequest where any entry, picture or not, is what no zip of pictures holds.

        archive_bytes: of the zip itself. max_bytes: the most that is ever read of a member.
        """
        for member in self._zip.filelist:
            _check_member(member)
        self._check_overlaps()
        unpacked_bytes = sum(min(member.file_size, max_bytes) for member in self._zip.filelist)
        if unpacked_bytes > max(_HARMLESS_BYTES, _MOST_TIMES_UNPACKED * archive_bytes):
            raise InvalidRequest(
                f"Expected a zip that unpacks to at most {_MOST_TIMES_UNPACKED} times its size, "
                f"received {archive_bytes:,} bytes that unpack to {unpacked_bytes:,} or more"
            )

    def pictures(self, suffixes: Collection[str]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
        """The members called like a picture, by name, each with the safe name its results may have."""
        for member in sorted(self._zip.filelist, key=lambda member: member.filename):
            name = member.filename.replace("\\", "/")
            parts = PurePosixPath(name)
            hidden = "__MACOSX" in parts.parts or parts.name.startswith(".")
            # Not asked by is_dir, which a name without a letter breaks.
            if not name.endswith("/") and not hidden and parts.suffix.lower() in suffixes:
                yield name, member

    def reader(self, member: zipfile.ZipInfo) -> Callable[[int], bytes]:
        """A function that reads the member's bytes, at most max_bytes of them.

        It raises InvalidRequest for a member that points elsewhere, ImageTooLarge and BrokenImage.
        """

        def read(max_bytes: int) -> bytes:
            _check_member(member)
            if member.file_size > max_bytes:
                raise self._too_large(max_bytes)
            try:
                # Counted as they come out, too: the size a zip states may be a lie.
                with self._zip.open(member) as stream:
                    data = stream.read(max_bytes + 1)
            except _READ_ERRORS as error:
                raise BrokenImage(f"Expected a whole picture in {self._called}, received: {error}") from None
            if len(data) > max_bytes:
                raise self._too_large(max_bytes)
            return data

        return read

    def _too_large(self, max_bytes: int) -> ImageTooLarge:
        return ImageTooLarge(f"Expected at most {max_bytes:,} bytes, received more from {self._called}")

    def _check_overlaps(self) -> None:
        """Entries that share their bytes unpack to any size, and none tells of it alone."""
        starts = sorted((member.header_offset, _least_bytes(member)) for member in self._zip.filelist)
        for (start, least_bytes), (following, _) in pairwise([*starts, (self._zip.start_dir, 0)]):
            if start < 0 or start + least_bytes > following:
                raise InvalidRequest("Expected entries one after the other in the zip, received some that overlap")


def is_inside(name: str) -> bool:
    """Whether a path with slashes stays below the folder that it is put in."""
    return not (name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/") or "\0" in name)


def _least_bytes(member: zipfile.ZipInfo) -> int:
    """What an entry takes up in the file, without what its own header may add."""
    return _LOCAL_HEADER_BYTES + len(member.orig_filename) + member.compress_size


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename.replace("\\", "/")
    if not is_inside(name) or "\0" in member.orig_filename:
        raise InvalidRequest(f"Expected a path inside the zip, received {member.filename[:200]!r}")
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        what = "a link" if kind == stat.S_IFLNK else "a special file"
        raise InvalidRequest(f"Expected a picture in the zip, received {what} called {member.filename[:200]!r}")
    if member.flag_bits & _ENCRYPTED:
        raise InvalidRequest(f"Expected a zip without a password, {member.filename[:200]!r} has one")
