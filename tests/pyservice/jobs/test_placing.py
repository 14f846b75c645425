"""Files appear whole or not at all."""

from pathlib import Path

import pytest

from pyservice.jobs.placing import place_bytes, place_link


def test_a_file_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    place_bytes(b"old", tmp_path / "sub/a.jpg")
    place_bytes(b"new", tmp_path / "sub/a.jpg")
    assert (tmp_path / "sub/a.jpg").read_bytes() == b"new"
    assert [path.name for path in (tmp_path / "sub").iterdir()] == ["a.jpg"]


def test_a_link_uses_no_room_of_its_own(tmp_path: Path) -> None:
    stored = tmp_path / "blob"
    stored.write_bytes(b"data")
    for _ in range(2):
        place_link(stored, b"data", tmp_path / "out/a.jpg")
    assert (tmp_path / "out/a.jpg").samefile(stored)
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_bytes_are_written_where_no_link_can_be(tmp_path: Path) -> None:
    place_link(tmp_path / "not-there", b"data", tmp_path / "a.jpg")
    assert (tmp_path / "a.jpg").read_bytes() == b"data"


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").mkdir()
    with pytest.raises(OSError, match=r"a\.jpg|directory"):
        place_bytes(b"data", tmp_path / "a.jpg")
    assert [path.name for path in tmp_path.iterdir()] == ["a.jpg"]
