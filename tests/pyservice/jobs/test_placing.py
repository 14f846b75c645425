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


def test_two_results_with_the_same_bytes_are_two_files(tmp_path: Path) -> None:
    stored = tmp_path / "blob"
    stored.write_bytes(b"data")
    for _ in range(2):
        for name in ("a.jpg", "b.jpg"):
            place_link(stored, b"data", tmp_path / "out" / name)
    with (tmp_path / "out/a.jpg").open("r+b") as file:
        file.write(b"edit")
    assert (tmp_path / "out/b.jpg").read_bytes() == b"data"
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_results_that_share_a_file_already_are_parted(tmp_path: Path) -> None:
    stored, shared = tmp_path / "blob", [tmp_path / "a.jpg", tmp_path / "b.jpg"]
    stored.write_bytes(b"data")
    for target in shared:
        target.hardlink_to(stored)
    place_link(stored, b"data", shared[1])
    assert not shared[1].samefile(shared[0])
    assert shared[1].read_bytes() == b"data"


def test_a_file_that_has_these_bytes_stays(tmp_path: Path) -> None:
    target = tmp_path / "a.jpg"
    place_bytes(b"data", target)
    before = target.stat().st_ino
    place_bytes(b"data", target)
    assert target.stat().st_ino == before
