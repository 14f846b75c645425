"""Entries are counted where zipfile will look for them."""

import io
import zipfile

import pytest

from pyservice.errors import InvalidRequest
from pyservice.jobs.zip_directory import check_directory
from pyservice.jobs.zip_sources import ZipArchive


def zipped(count: int, comment: bytes = b"", before: bytes = b"") -> io.BytesIO:
    file = io.BytesIO()
    file.write(before)
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(count):
            archive.writestr(zipfile.ZipInfo(f"{number}.jpg"), b"x")
        archive.comment = comment
    return file


@pytest.mark.parametrize(
    ("comment", "before"),
    [(b"", b""), (b"from a camera", b""), (b"x" * 65_535, b""), (b"", b"#!/bin/sh\n" * 100), (b"PK", b"PK\x05\x06")],
)
def test_a_zip_with_something_before_or_behind_it_is_read(comment: bytes, before: bytes) -> None:
    file = zipped(3, comment, before)
    check_directory(file, "a zip")
    archive = ZipArchive(file)
    archive.check(len(file.getvalue()), 1_000)
    assert [name for name, _ in archive.pictures({".jpg"})] == ["0.jpg", "1.jpg", "2.jpg"]


def test_more_entries_than_an_old_zip_could_count_are_read() -> None:
    file = zipped(70_000)
    assert b"PK\x06\x06" in file.getvalue()[-200:]
    archive = ZipArchive(file)
    archive.check(len(file.getvalue()), 1_000)
    assert sum(1 for _ in archive.pictures({".jpg"})) == 70_000


def test_b8_entries_are_counted_and_not_believed() -> None:
    data = bytearray(zipped(100_001).getvalue())
    end = data.rindex(b"PK\x05\x06")
    data[end + 8 : end + 12] = b"\x01\0\x01\0"
    with pytest.raises(InvalidRequest, match="at most 100,000 entries in a zip, received more"):
        check_directory(io.BytesIO(data), "a zip")
