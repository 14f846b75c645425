"""Pictures from files, folders, globs and zips."""

import stat
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from pyservice.errors import ImageTooLarge, InvalidRequest, VitrineError
from pyservice.jobs.placed import remember_placed
from pyservice.jobs.result_table import ResultRow, result_csv
from pyservice.jobs.sources import Sources
from pyservice.storage import BlobStore

PNG = cv2.imencode(".png", np.full((4, 6, 3), 90, np.uint8))[1].tobytes()


def put(path: Path, data: bytes = PNG) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(*paths: Path | str, leave_out: Path | None = None) -> list[str]:
    sources = Sources(map(str, paths), leave_out=leave_out)
    sources.close()
    return [picture.name for picture in sources.pictures]


def test_a_folder_gives_its_pictures_with_those_below_in_order(tmp_path: Path) -> None:
    for name in ("b.jpg", "a.PNG", "sub/c.webp", "sub/deeper/d.heic", "notes.txt", "in.csv", ".hidden.png"):
        put(tmp_path / name, b"filename" if name.endswith(("txt", "csv")) else PNG)
    assert names(tmp_path) == ["a.PNG", "b.jpg", "sub/c.webp", "sub/deeper/d.heic"]


def test_a_picture_without_an_extension_is_found_by_its_bytes(tmp_path: Path) -> None:
    put(tmp_path / "scan0001")
    put(tmp_path / "README", b"BM is how a bitmap begins")
    assert names(tmp_path) == ["scan0001"]


def test_results_and_hidden_folders_are_not_looked_into(tmp_path: Path) -> None:
    put(tmp_path / "a.jpg")
    put(tmp_path / "out/a_processed.jpg")
    put(tmp_path / ".vitrine/x.jpg")
    assert names(tmp_path, leave_out=tmp_path / "out") == ["a.jpg"]


def test_masks_beside_results_are_no_pictures_unless_named(tmp_path: Path) -> None:
    for name in ("a_processed.jpg", "a_mask.png", "face_mask.png"):
        put(tmp_path / name)
    assert names(tmp_path) == ["a_processed.jpg", "face_mask.png"]
    assert names(str(tmp_path / "*.png")) == ["face_mask.png"]
    assert names(tmp_path / "a_mask.png") == ["a_mask.png"]


def test_a_glob_finds_files(tmp_path: Path) -> None:
    for name in ("a1.jpg", "a2.jpg", "b1.jpg"):
        put(tmp_path / name)
    assert names(f"{tmp_path}/a*.jpg") == ["a1.jpg", "a2.jpg"]


def test_a_name_with_glob_characters_is_taken_as_it_is(tmp_path: Path) -> None:
    assert names(put(tmp_path / "a[1].jpg")) == ["a[1].jpg"]


def test_a_path_with_nothing_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match=r"nowhere\.jpg"):
        Sources([str(tmp_path / "nowhere.jpg")])


def test_a_large_file_is_refused_before_it_is_in_memory(tmp_path: Path) -> None:
    (picture,) = Sources([str(put(tmp_path / "a.jpg", b"x" * 1000))]).pictures
    with pytest.raises(ImageTooLarge, match="at most 999 bytes, received 1,000"):
        picture.read(999)


def zipped(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def test_a_zip_gives_its_pictures(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {"shoes/b.png": PNG, "a.jpg": PNG, "x.txt": b"", "__MACOSX/._a.jpg": b""})
    sources = Sources([str(path)])
    assert [picture.name for picture in sources.pictures] == ["a.jpg", "shoes/b.png"]
    assert sources.pictures[1].read(10_000) == PNG
    sources.close()


@pytest.mark.parametrize(
    "name", ["../evil.jpg", "/etc/evil.jpg", "C:/evil.jpg", "..\\..\\evil.jpg", "a/../../evil.jpg"]
)
def test_b8_an_entry_that_points_elsewhere_is_not_read(tmp_path: Path, name: str) -> None:
    sources = Sources([str(zipped(tmp_path / "p.zip", {name: PNG, "good.jpg": PNG}))])
    readable = []
    for picture in sources.pictures:
        try:
            picture.read(10_000)
            readable.append(picture.name)
        except InvalidRequest as error:
            assert "inside the zip" in error.message  # noqa: PT017
    assert readable == ["good.jpg"]
    sources.close()


def test_b8_a_link_in_a_zip_is_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.jpg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    sources = Sources([str(tmp_path / "p.zip")])
    with pytest.raises(InvalidRequest, match="received a link"):
        sources.pictures[0].read(10_000)
    sources.close()


def test_b8_an_entry_that_unpacks_to_too_much_is_cut_off(tmp_path: Path) -> None:
    sources = Sources([str(zipped(tmp_path / "p.zip", {"bomb.jpg": b"\0" * 20_000_000}))])
    with pytest.raises(ImageTooLarge):
        sources.pictures[0].read(1_000_000)
    sources.close()


def test_b8_a_zip_with_too_many_entries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(100_001):
            archive.writestr(zipfile.ZipInfo(f"{number}.jpg"), b"")
    with pytest.raises(InvalidRequest, match="at most 100,000 entries"):
        Sources([str(path)])


def test_b8_a_list_of_entries_that_is_too_long_is_refused_unread(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {"a.jpg": PNG})
    data = bytearray(path.read_bytes())
    data[-10:-6] = (70_000_000).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(InvalidRequest, match="a longer list"):
        Sources([str(path)])


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06", b"PK\x03\x04 not a zip", PNG])
def test_what_is_called_zip_and_is_none_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InvalidRequest, match="Expected a zip"):
        Sources([str(put(tmp_path / "p.zip", data))])


def test_a_damaged_entry_fails_alone(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {"a.jpg": PNG * 50, "b.jpg": PNG})
    data = bytearray(path.read_bytes())
    data[45:60] = b"\xff" * 15
    path.write_bytes(data)
    sources = Sources([str(path)])
    with pytest.raises(VitrineError, match="Expected a whole picture"):
        sources.pictures[0].read(100_000)
    assert sources.pictures[1].read(100_000) == PNG
    sources.close()


def test_results_of_earlier_runs_are_left_out_even_beside_their_originals(tmp_path: Path) -> None:
    for name in ("a.jpg", "a_processed.jpg", "a_mask.png", "sub/b.jpg", "sub/b_processed.jpg", "mine_processed.jpg"):
        put(tmp_path / name)
    rows = [ResultRow(filename="a.jpg", processed_path="a_processed.jpg", mask_path="a_mask.png")]
    put(tmp_path / "result.csv", result_csv(rows))
    remember_placed(BlobStore(f"file://{tmp_path}/.vitrine"), "processed", "sub/b_processed.jpg")
    assert names(tmp_path, leave_out=tmp_path) == ["a.jpg", "mine_processed.jpg", "sub/b.jpg"]
    assert names(f"{tmp_path}/*.*g", leave_out=tmp_path) == ["a.jpg", "mine_processed.jpg"]
    assert names(tmp_path / "a.jpg", tmp_path / "a_processed.jpg", leave_out=tmp_path) == ["a.jpg"]
    assert names(tmp_path / "a_processed.jpg") == ["a_processed.jpg"]


@pytest.mark.parametrize("table", [b"", b"\xff\xfe\0", b"a;b\n1;2\n", b"filename,processed_path\na.jpg\n"])
def test_another_table_in_the_place_of_results_does_no_harm(tmp_path: Path, table: bytes) -> None:
    put(tmp_path / "a.jpg")
    put(tmp_path / "result.csv", table)
    assert names(tmp_path, leave_out=tmp_path) == ["a.jpg"]
