"""Where a run's pictures come from: files, folders, globs and zips, each picture with the name it keeps."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pyservice.errors import BrokenImage, ImageTooLarge, InvalidRequest, VitrineError
from pyservice.imaging.output import EXTENSIONS
from pyservice.imaging.sniff import sniff
from pyservice.jobs.naming import MASK, RESULT
from pyservice.jobs.placed import Kind, Placed
from pyservice.jobs.zip_sources import ZipArchive, is_zip

PICTURE_SUFFIXES = frozenset(
    f".{name}"
    for name in (
        *("jpg", "jpeg", "jpe", "jfif", "png", "apng", "webp", "avif"),
        *("heic", "heif", "hif", "tif", "tiff", "bmp", "dib", "gif"),
    )
)
_HEAD_BYTES = 64
# Two letters begin a BMP, and many a text file.
_TOO_COMMON = "bmp"


@dataclass(frozen=True)
class Source:
    """One picture to be read. name: its path below what was given, with slashes. place: for people.

    read(max_bytes) returns its bytes; raises ImageTooLarge and what else is wrong with it.
    """

    name: str
    place: str
    read: Callable[[int], bytes]


class Sources:
    """The pictures of all paths, in order. Zips stay open until `close`."""

    def __init__(self, paths: Iterable[str], *, leave_out: Path | None = None, kind: Kind = "processed") -> None:
        """leave_out: the folder that results go to. It is not looked into, unless it is one of the paths; what
        earlier runs of this kind put there is left out then too, however it is named.

        Raises InvalidRequest for a path where there is nothing.
        """
        self._open = ExitStack()
        self._leave_out = None if leave_out is None else leave_out.resolve()
        self._placed = None if leave_out is None else Placed(leave_out, kind)
        self.pictures: list[Source] = []
        try:
            for path in paths:
                self.pictures.extend(self._below(path))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the zips."""
        self._open.close()

    def _below(self, text: str) -> Iterator[Source]:
        for path in _expanded(text):
            if path.is_dir():
                yield from self._in_folder(path)
            elif is_zip(path):
                archive = self._open.enter_context(ZipArchive(path))
                yield from (
                    Source(name, f"{path}: {name}", archive.reader(member))
                    for name, member in archive.pictures(PICTURE_SUFFIXES)
                )
            elif not self._is_result(path) and (str(path) == text or not _is_mask(path)):
                yield _file(path, path.name)

    def _in_folder(self, folder: Path) -> Iterator[Source]:
        for here, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if self._is_wanted(Path(here, name)))
            for name in sorted(names):
                path = Path(here, name)
                if _looks_like_picture(path) and not self._is_result(path) and not _is_mask(path):
                    yield _file(path, path.relative_to(folder).as_posix())

    def _is_result(self, path: Path) -> bool:
        return self._placed is not None and self._placed.has(path)

    def _is_wanted(self, folder: Path) -> bool:
        return not folder.name.startswith(".") and folder.resolve() != self._leave_out


def _is_mask(path: Path) -> bool:
    """Whether this is the mask beside a result: `a_mask.png` where there is an `a_processed` of any format."""
    stem = path.stem.removesuffix(MASK)
    if path.suffix != ".png" or stem == path.stem:
        return False
    return any(path.with_name(f"{stem}{RESULT}{extension}").exists() for extension in EXTENSIONS.values())


def _expanded(text: str) -> list[Path]:
    path = Path(text)
    if path.exists():
        return [path]
    found = [Path(match) for match in sorted(glob.glob(text, recursive=True))]
    if not found:
        raise InvalidRequest(f"Expected a picture, a folder, a zip or a matching glob, received {text!r}")
    return found


def _looks_like_picture(path: Path) -> bool:
    if path.name.startswith(".") or not path.is_file():
        return False
    if path.suffix.lower() in PICTURE_SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            return sniff(file.read(_HEAD_BYTES)) != _TOO_COMMON
    except (VitrineError, OSError):
        return False


def _file(path: Path, name: str) -> Source:
    def read(max_bytes: int) -> bytes:
        try:
            with path.open("rb") as file:
                data = file.read(max_bytes + 1)
        except OSError as error:
            raise BrokenImage(f"Expected a file that can be read, received: {error.strerror}") from None
        if len(data) > max_bytes:
            raise ImageTooLarge(f"Expected at most {max_bytes:,} bytes, received {path.stat().st_size:,}")
        return data

    return Source(str(PurePosixPath(name)), str(path), read)
