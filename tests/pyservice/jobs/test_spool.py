"""Large uploads take room on the disk while they are looked at, and none after."""

import io
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pyservice.errors import StorageFull
from pyservice.jobs import spool
from pyservice.jobs.spool import spooled


def endless() -> Iterator[bytes]:
    while True:
        yield bytes(1 << 20)


def test_what_came_in_can_be_read_and_sought(tmp_path: Path) -> None:
    with spooled(iter([b"one", b"two"]), tmp_path / "tmp", 6) as file:
        assert file.read() == b"onetwo"
        assert file.seek(0, os.SEEK_END) == 6
        assert list((tmp_path / "tmp").iterdir()) == []


def test_the_folder_is_ours_alone(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir(mode=0o755)
    with spooled(iter([]), tmp_path / "tmp", 0):
        assert stat.S_IMODE((tmp_path / "tmp").stat().st_mode) == 0o700


def test_what_the_disk_has_no_room_for_is_not_begun(tmp_path: Path) -> None:
    chunks = endless()
    with pytest.raises(StorageFull, match="bytes are free"), spooled(chunks, tmp_path, 10**18):
        pytest.fail("there was room")


def test_some_room_is_left_for_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "_RESERVE_BYTES", 10**18)
    with pytest.raises(StorageFull, match="bytes are free"), spooled(iter([b"x"]), tmp_path, 0):
        pytest.fail("there was room")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("chunks", [[b"x"], [b"x" * 100_000] * 3])
def test_a_disk_that_fills_up_is_told_as_such(
    chunks: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A device on which every write meets a full disk.
    full = lambda **_: io.BufferedWriter(io.FileIO("/dev/full", "wb"))  # noqa: E731
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    with pytest.raises(StorageFull, match="quota is full"), spooled(iter(chunks), tmp_path, 0) as file:
        file.flush()


def test_what_the_source_raises_is_passed_on(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"x"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError), spooled(broken(), tmp_path, 0):
        pytest.fail("it broke off")
    assert list(tmp_path.iterdir()) == []
