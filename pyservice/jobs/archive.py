"""A zip that somebody uploaded: what is wrong with it as a whole is told before anything in it is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import BinaryIO, Self

from pyservice.errors import BrokenArchive, BrokenImage, ImageTooLarge, InvalidRequest, InvalidTable
from pyservice.jobs.sources import PICTURE_SUFFIXES
from pyservice.jobs.zip_sources import ZipArchive

MAX_TABLE_BYTES = 32_000_000


@dataclass(frozen=True)
class Member:
    """A file in the zip. name: its path there, which stays inside. read(max_bytes) raises what is wrong with it."""

    name: str
    read: Callable[[int], bytes]


class Archive:
    """The pictures and tables of an uploaded zip, by name. Members may be read from several threads at once."""

    def __init__(self, file: BinaryIO, max_bytes: int) -> None:
        """max_bytes: the most that is ever read of a picture. The file stays the caller's to close.

        Raises BrokenArchive.
        """
        archive_bytes = file.seek(0, os.SEEK_END)
        try:
            self._zip = ZipArchive(file, "the upload")
        except InvalidRequest as error:
            raise BrokenArchive(error.message) from None
        try:
            self._zip.check(archive_bytes, max(max_bytes, MAX_TABLE_BYTES))
            self.pictures = self._members(PICTURE_SUFFIXES)
            self.tables = self._members({".csv"})
            if not self.pictures:
                raise InvalidRequest("Expected at least one picture in the zip, received none")
        except InvalidRequest as error:
            self._zip.close()
            raise BrokenArchive(error.message) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def table(self) -> bytes:
        """The bytes of the first table. Raises InvalidTable."""
        try:
            return self.tables[0].read(MAX_TABLE_BYTES)
        except ImageTooLarge:
            raise InvalidTable(f"Expected a table of at most {MAX_TABLE_BYTES:,} bytes, received more") from None
        except BrokenImage as error:
            raise InvalidTable(error.message.replace("a whole picture", "a whole table")) from None

    def _members(self, suffixes: Collection[str]) -> list[Member]:
        return [Member(name, self._zip.reader(member)) for name, member in self._zip.pictures(suffixes)]
