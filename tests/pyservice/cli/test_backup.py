"""E9: what was backed up comes back whole, a restore that fails changes nothing. The store is the gateway's own."""

import io
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pyservice.cli.archive import members
from pyservice.cli.data_folder import alone_on
from pyservice.cli.restoring import check
from pyservice.errors import InvalidRequest
from pyservice.storage import BlobStore, blob_id

from .studio_data import archive_of, contents, dump_of, exported, image, loaded, user

Run = Callable[..., int]
Capture = pytest.CaptureFixture[str]
PHOTOS = [random.Random(number).randbytes(40_000) for number in range(4)]


@pytest.fixture
def archive(store: BlobStore, tmp_path: Path, run: Run) -> Path:
    """A backup of a studio with three pictures, which is still there."""
    blobs = [store.put(photo) for photo in PHOTOS[:3]]
    loaded(dump_of(user("anna", "a@example.com"), image(1, blobs[0], blobs[1]), image(2, blobs[2])), tmp_path)
    assert run("backup", tmp_path / "backup.tar") == 0
    return tmp_path / "backup.tar"


def wipe(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "data")


def test_e9_backup_wipe_restore_gives_all_rows_and_files(
    archive: Path, store: BlobStore, tmp_path: Path, run: Run
) -> None:
    rows, blobs = exported(tmp_path), contents(store)
    wipe(tmp_path)
    assert run("restore", archive) == 0
    assert exported(tmp_path) == rows
    assert contents(store) == blobs
    assert len(blobs) == 3
    assert run("verify") == 0
    assert run("backup", tmp_path / "again.tar") == 0
    with tarfile.open(archive) as one, tarfile.open(tmp_path / "again.tar") as other:
        names = one.getnames()
        assert names == other.getnames()
        for name in names[:-1]:
            one_file, other_file = one.extractfile(name), other.extractfile(name)
            assert one_file is not None
            assert other_file is not None
            assert one_file.read() == other_file.read()


def test_a_backup_is_private_and_holds_no_keys(archive: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "data/auth.secret").write_text("k" * 64)
    assert run("backup", archive) == 0
    assert archive.stat().st_mode & 0o077 == 0
    assert b"k" * 64 not in archive.read_bytes()
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_a_backup_says_which_folder_it_took(archive: Path, tmp_path: Path, run: Run, capsys: Capture) -> None:
    capsys.readouterr()
    assert run("backup", archive) == 0
    assert f"MB, of the folder {tmp_path / 'data'}\n" in capsys.readouterr().out


def test_only_what_rows_need_is_backed_up(archive: Path, store: BlobStore, tmp_path: Path, run: Run) -> None:
    stray = store.put(PHOTOS[3])
    assert run("backup", archive) == 0
    with tarfile.open(archive) as tar:
        assert f"blobs/{stray}" not in tar.getnames()
        assert len(tar.getnames()) == 5


def damage(store: BlobStore) -> list[str]:
    """One blob is lost and one has a flipped byte."""
    lost, flipped = blob_id(PHOTOS[0]), blob_id(PHOTOS[2])
    store.delete(lost)
    path = store.path(flipped)
    assert path is not None
    path.write_bytes(PHOTOS[2][:100] + bytes([PHOTOS[2][100] ^ 1]) + PHOTOS[2][101:])
    return sorted([lost, flipped])


def test_damage_stops_a_backup_and_the_one_before_stays(
    archive: Path, store: BlobStore, capsys: Capture, run: Run
) -> None:
    before = archive.read_bytes()
    damaged = damage(store)
    assert run("backup", archive) == 1
    complaint = " ".join(capsys.readouterr().err.split())
    assert any(blob in complaint for blob in damaged)
    assert "--allow-damaged (make: ALLOW_DAMAGED=yes)" in complaint
    assert archive.read_bytes() == before


def test_a_damaged_studio_is_backed_up_if_asked(
    archive: Path, store: BlobStore, tmp_path: Path, capsys: Capture, run: Run
) -> None:
    damaged = damage(store)
    assert run("backup", archive, "--allow-damaged") == 2
    told = capsys.readouterr().err
    assert all(blob in told for blob in damaged)
    wipe(tmp_path)
    assert run("restore", archive) == 0
    assert list(store.ids()) == [blob_id(PHOTOS[1])]
    capsys.readouterr()
    assert run("verify", "--json") == 2
    assert json.loads(capsys.readouterr().out)["missing"] == damaged


def test_restore_leaves_every_blob_of_the_backup_sound(
    archive: Path, store: BlobStore, capsys: Capture, run: Run
) -> None:
    damage(store)
    assert run("restore", archive, "--force") == 0
    assert [store.get(blob_id(photo), checked=True) for photo in PHOTOS[:3]] == PHOTOS[:3]
    assert run("verify") == 0


def test_without_metadata_there_is_nothing_to_back_up(
    store: BlobStore, tmp_path: Path, capsys: Capture, run: Run
) -> None:
    store.put(PHOTOS[0])
    assert run("backup", tmp_path / "backup.tar") == 1
    told = " ".join(capsys.readouterr().err.split())
    assert "found none" in told
    assert f"on the folder {tmp_path / 'data'}?" in told
    assert not (tmp_path / "backup.tar").exists()
    assert run("backup", tmp_path / "no folder/backup.tar") == 1


def test_restore_over_a_studio_needs_force(
    archive: Path, store: BlobStore, tmp_path: Path, capsys: Capture, run: Run
) -> None:
    rows = exported(tmp_path)
    later = store.put(PHOTOS[3])
    loaded(dump_of(image(9, later)), tmp_path)
    now = exported(tmp_path)
    assert run("restore", archive) == 1
    assert "--force (make: FORCE=yes)" in " ".join(capsys.readouterr().err.split())
    assert exported(tmp_path) == now
    assert run("restore", archive, "--force") == 0
    assert exported(tmp_path) == rows
    assert "make verify CLEAN=yes" in " ".join(capsys.readouterr().err.split())


def test_restore_refuses_while_vitrine_runs_on_the_folder(
    archive: Path, tmp_path: Path, capsys: Capture, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with alone_on(tmp_path / "data"):
        assert run("restore", archive, "--force") == 1
    assert "stop it first" in " ".join(capsys.readouterr().err.split())
    import socket

    with socket.create_server(("127.0.0.1", 0)) as gateway:
        monkeypatch.setenv("VITRINE_GATEWAY_PORT", str(gateway.getsockname()[1]))
        assert run("restore", archive, "--force") == 1
    assert "gateway to be stopped" in " ".join(capsys.readouterr().err.split())


def checked(data: bytes) -> bytes:
    """The metadata of an archive that is found good."""
    metadata = io.BytesIO()
    check(io.BytesIO(data), metadata)
    return metadata.getvalue()


def test_e9_no_flipped_byte_goes_unnoticed(archive: Path) -> None:
    data = archive.read_bytes()
    good = checked(data)
    end = data.rindex(b"}\0") + 1
    heads = [at for at in range(0, end, 512) if data[at : at + 6] in (b"blobs/", b"metada", b"MANIFE")]
    places = {at + offset for at in heads for offset in range(0, 700, 13)} | set(range(0, end, 997))
    noticed = 0
    for place in sorted(place for place in places if place < end):
        flipped = data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :]
        try:
            assert checked(flipped) == good  # filling between two files
            assert data[place] in b"\0 "
        except InvalidRequest:
            noticed += 1
    assert noticed > 0.8 * len(places)


def test_e9_an_archive_that_is_cut_anywhere_is_refused(archive: Path) -> None:
    data = archive.read_bytes()
    end = data.rindex(b"}\0") + 1
    for length in [*range(0, end, 511 * 7), end - 1]:
        with pytest.raises(InvalidRequest, match="Expected a"):
            checked(data[:length])


def without(data: bytes, name: str) -> bytes:
    return archive_of(*[(one.name, one.data.read()) for one in members(io.BytesIO(data)) if one.name != name])


def test_an_archive_that_lacks_or_repeats_a_file_is_refused(archive: Path) -> None:
    data = archive.read_bytes()
    parts = [(one.name, one.data.read()) for one in members(io.BytesIO(data))]
    assert checked(archive_of(*parts)) == checked(data)
    for name, _ in parts:
        with pytest.raises(InvalidRequest):
            checked(without(data, name))
    for bad in ([parts[0], *parts], [*parts[:2], *parts[1:]], [*parts[1:-1], parts[0], parts[-1]]):
        with pytest.raises(InvalidRequest):
            checked(archive_of(*bad))
    more = (f"blobs/{blob_id(b'more')}", b"more")
    with pytest.raises(InvalidRequest, match="number of its blobs"):
        checked(archive_of(*parts[:-1], more, parts[-1]))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.XHDTYPE])
def test_an_archive_with_anything_but_files_is_refused(kind: bytes) -> None:
    with pytest.raises(InvalidRequest):
        checked(archive_of(("metadata.ndjson", b""), kind=kind))


@pytest.mark.parametrize("name", ["../evil", "/etc/cron.d/evil", "blobs/../evil", "blobs/short", "b" * 300])
def test_an_archive_with_other_names_is_refused(name: str) -> None:
    with pytest.raises(InvalidRequest):
        checked(archive_of((name, b"evil")))


def archive_with(archive: Path, dump: bytes, *blobs: bytes) -> None:
    """A backup as from another studio, good in itself."""
    from pyservice.cli.archive import ArchiveWriter
    from pyservice.cli.metadata import read_dump

    with archive.open("wb") as file:
        writer = ArchiveWriter(file)
        writer.add_metadata(io.BytesIO(dump), len(dump))
        for blob in blobs:
            writer.add_blob(blob_id(blob), blob)
        found = read_dump(io.BytesIO(dump))
        writer.finish(found.sha256, found.rows, [])


def test_e9_metadata_that_cannot_be_loaded_takes_the_new_files_with_it(
    archive: Path, store: BlobStore, tmp_path: Path, capsys: Capture, run: Run
) -> None:
    rows, blobs = exported(tmp_path), contents(store)
    both = (user("bob", "same@example.com"), user("eve", "same@example.com"))
    dump = dump_of(*both, image(1, blob_id(PHOTOS[3]), blob_id(PHOTOS[0])))
    archive_with(archive, dump, PHOTOS[3], PHOTOS[0])
    assert run("restore", archive, "--force") == 1
    assert "import the metadata" in capsys.readouterr().err
    assert exported(tmp_path) == rows
    assert contents(store) == blobs


def restoring(archive: Path, prepare: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pyservice.cli", "restore", str(archive), "--force"]
    return subprocess.Popen(command, stderr=subprocess.PIPE, preexec_fn=prepare)


def test_e9_no_room_for_a_file_changes_nothing(archive: Path, store: BlobStore, tmp_path: Path) -> None:
    rows, blobs = exported(tmp_path), contents(store)
    large = random.Random(9).randbytes(2_000_000)
    archive_with(archive, dump_of(image(1, blob_id(PHOTOS[3]), blob_id(large))), PHOTOS[3], large)
    process = restoring(archive, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000)))
    assert process.communicate(timeout=60)[1].startswith(b"vitrine: The file system said")
    assert process.returncode == 1
    assert exported(tmp_path) == rows
    assert contents(store) == blobs


def rows_of(dump: bytes) -> list[str]:
    return [json.dumps(json.loads(line)) for line in dump.split(b"\n")[1:-2]]


def test_e9_killed_in_the_middle_changes_no_row_and_can_be_done_again(
    archive: Path, store: BlobStore, tmp_path: Path, run: Run
) -> None:
    rows, before = exported(tmp_path), set(contents(store))
    many = [random.Random(number).randbytes(200_000) for number in range(100, 400)]
    dump = dump_of(*(image(number, blob_id(data)) for number, data in enumerate(many)))
    archive_with(archive, dump, *many)
    process = restoring(archive)
    while process.poll() is None and not set(store.ids()) - before:
        time.sleep(0.005)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert exported(tmp_path) == rows
    assert before < set(store.ids())
    assert run("verify") == 0
    assert store.folder is not None
    for path in store.folder.rglob("*"):
        os.utime(path, (0, 0))
    assert run("verify", "--clean") == 0
    assert set(store.ids()) == before
    assert run("restore", archive, "--force") == 0
    assert sorted(rows_of(exported(tmp_path))) == sorted(rows_of(dump))
    assert {blob_id(data) for data in many} | before == set(store.ids())
