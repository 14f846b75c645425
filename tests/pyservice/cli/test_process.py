"""`vitrine process`: a folder and a table in, listing pictures and a table out."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from pyservice.jobs import Engine

Run = Callable[..., int]
Rows = Callable[[Path], dict[str, dict[str, str]]]
Files = Callable[[Path], list[str]]
Draw = Callable[..., Path]


@pytest.mark.usefixtures("needs_weights")
def test_makes_listing_pictures_masks_and_a_table(
    run: Run, photos: Path, tmp_path: Path, result_rows: Rows, files_below: Files
) -> None:
    table = tmp_path / "in.csv"
    table.write_text("filename,brightness,sku,product_group\nboot.png,1.2,B-1,boots\n")
    out = tmp_path / "out"
    assert run("process", photos, "--csv", table, "--set", "frame.size_px=500", "--out", out) == 0
    assert files_below(out) == [
        "red cup_mask.png",
        "red cup_processed.jpg",
        "result.csv",
        "shoes/boot_mask.png",
        "shoes/boot_processed.jpg",
    ]
    rows = result_rows(out)
    assert list(rows) == ["boot.png", "red cup.jpg"]
    boot, cup = rows.values()
    assert (boot["brightness"], cup["brightness"]) == ("1.2", "1")
    assert (boot["processed_path"], boot["mask_path"]) == ("shoes/boot_processed.jpg", "shoes/boot_mask.png")
    assert (boot["width"], boot["height"], boot["status"], boot["error"]) == ("500", "500", "ok", "")
    assert (boot["sku"], boot["product_group"], cup["sku"]) == ("B-1", "boots", "")
    assert abs(float(boot["fill_ratio"]) - 0.6) < 0.01
    assert boot["review_state"] in {"auto_approved", "needs_review"}
    picture, mask = cv2.imread(str(out / boot["processed_path"])), cv2.imread(str(out / boot["mask_path"]), 0)
    assert int(boot["bytes"]) == (out / boot["processed_path"]).stat().st_size
    assert (picture[mask == 0] == 255).mean() > 0.99
    assert mask[250, 250] == 255


def test_results_share_their_bytes_with_the_store_and_originals_are_not_copied(
    run: Run, photos: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert run("process", photos, "--preset", "optimize", "--out", out) == 0
    stored = [path for path in (out / ".vitrine").rglob("*") if path.is_file() and path.suffix != ".json"]
    assert all(path.stat().st_nlink == 2 for path in stored)
    assert len(stored) == 2
    originals = {path.read_bytes() for path in photos.rglob("*") if path.is_file()}
    assert originals.isdisjoint(path.read_bytes() for path in stored)


def test_a_second_run_makes_nothing_anew_but_brings_back_what_is_gone(
    run: Run, photos: Path, tmp_path: Path, files_below: Files
) -> None:
    out = tmp_path / "out"
    run("process", photos, "--preset", "optimize", "--out", out)
    before = {path: path.stat().st_ino for path in out.rglob("*_processed.jpg")}
    gone = next(iter(before))
    gone.unlink()
    records = sorted((out / ".vitrine/records").rglob("*.json"))
    times = [path.stat().st_mtime_ns for path in records]
    assert run("process", photos, "--preset", "optimize", "--out", out) == 0
    assert {path: path.stat().st_ino for path in out.rglob("*_processed.jpg")} == before
    assert [path.stat().st_mtime_ns for path in records] == times


def test_a_result_that_somebody_wrote_into_is_made_again(run: Run, photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("process", photos, "--preset", "optimize", "--out", out)
    result = out / "red cup_processed.jpg"
    whole = result.read_bytes()
    with result.open("r+b") as file:
        file.write(b"scribble")
    assert run("process", photos, "--preset", "optimize", "--out", out) == 0
    assert result.read_bytes() == whole
    assert run("verify", out) == 0


def test_broken_pictures_and_bad_rows_fail_alone(
    run: Run, photos: Path, tmp_path: Path, result_rows: Rows, capsys: pytest.CaptureFixture[str]
) -> None:
    (photos / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 not really")
    table = tmp_path / "in.csv"
    table.write_text("filename,brightness,sku\nred cup.jpg,loud,C-1\ngone.jpg,1,\n=boot.png,1,\n")
    out = tmp_path / "out"
    assert run("process", photos, "--csv", table, "--preset", "optimize", "--out", out) == 2
    rows = result_rows(out)
    assert [(name, row["status"]) for name, row in rows.items()] == [
        ("red cup.jpg", "failed"),
        ("gone.jpg", "failed"),
        ("'=boot.png", "failed"),
        ("broken.jpg", "failed"),
        ("shoes/boot.png", "ok"),
    ]
    assert "Row 2, column 'brightness': Expected a valid number" in rows["red cup.jpg"]["error"]
    assert rows["red cup.jpg"]["sku"] == "C-1"
    assert "Row 3, column 'filename'" in rows["gone.jpg"]["error"]
    assert "Expected" in rows["broken.jpg"]["error"]
    told = capsys.readouterr()
    assert "1 of 5 pictures done" in told.out
    assert "gone.jpg" in told.err


def test_pictures_with_one_name_keep_apart(
    run: Run, tmp_path: Path, draw: Draw, files_below: Files, result_rows: Rows
) -> None:
    draw(tmp_path / "in/a.jpg", (1, 2, 3))
    draw(tmp_path / "in/a.png", (90, 2, 3))
    out = tmp_path / "out"
    assert run("process", tmp_path / "in", "--preset", "optimize", "--out", out) == 0
    assert files_below(out) == ["a-jpg_processed.jpg", "a-png_processed.jpg", "result.csv"]
    assert result_rows(out)["a.png"]["processed_path"] == "a-png_processed.jpg"


def test_a_zip_is_read_and_nothing_leaves_the_folder(
    run: Run, photos: Path, tmp_path: Path, files_below: Files, result_rows: Rows
) -> None:
    data = (photos / "red cup.jpg").read_bytes()
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("good/cup.jpg", data)
        archive.writestr("../../evil.jpg", data)
    out = tmp_path / "deep/er/out"
    assert run("process", tmp_path / "in.zip", "--preset", "optimize", "--out", out) == 2
    assert files_below(out) == ["good/cup_processed.jpg", "result.csv"]
    assert "inside the zip" in result_rows(out)["../../evil.jpg"]["error"]
    assert list(tmp_path.rglob("evil*")) == []


def test_a_row_may_have_its_own_preset_and_output(run: Run, photos: Path, tmp_path: Path, result_rows: Rows) -> None:
    table = tmp_path / "in.csv"
    table.write_text("filename,preset,resize.width,output.format\nboot.png,sharpen,,\nred cup.jpg,,100,webp\n")
    out = tmp_path / "out"
    assert run("process", photos, "--csv", table, "--preset", "optimize", "--format", "png", "--out", out) == 0
    rows = result_rows(out)
    assert rows["boot.png"]["processed_path"] == "shoes/boot_processed.png"
    assert (rows["red cup.jpg"]["processed_path"], rows["red cup.jpg"]["width"]) == ("red cup_processed.webp", "100")


def test_a_recipe_of_ones_own_runs(run: Run, photos: Path, tmp_path: Path) -> None:
    recipe = tmp_path / "recipe.json"
    recipe.write_text(json.dumps({"steps": [{"operation": "grayscale"}], "output": {"format": "png"}}))
    assert run("process", photos / "red cup.jpg", "--recipe", recipe, "--out", tmp_path / "out") == 0
    picture = cv2.imread(str(tmp_path / "out/red cup_processed.png"))
    assert np.ptp(picture, axis=2).max() == 0


def test_what_the_steps_warn_of_is_told(run: Run, tmp_path: Path, result_rows: Rows) -> None:
    cv2.imwrite(str(tmp_path / "plain.png"), np.full((40, 60, 3), 200, np.uint8))
    recipe = tmp_path / "recipe.json"
    recipe.write_text(json.dumps({"steps": [{"operation": "trim"}, {"operation": "white-balance"}]}))
    out = tmp_path / "out"
    assert run("process", tmp_path / "plain.png", "--recipe", recipe, "--out", out) == 0
    first, *_ = result_rows(out)["plain.png"]["warnings"].split(" | ")
    assert first == "The whole picture looks like border; nothing was cut."


def test_results_are_checked_against_channels(run: Run, photos: Path, tmp_path: Path, result_rows: Rows) -> None:
    out = tmp_path / "out"
    cup = photos / "red cup.jpg"
    assert run("process", cup, "--preset", "optimize", "--channel", "google-merchant,ebay", "--out", out) == 0
    assert "min-size" in result_rows(out)["red cup.jpg"]["channel_failures"].split(";")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--preset", "shiny"], "Expected a preset out of"),
        (["--set", "frame.fill=7"], "less than or equal to 1"),
        (["--set", "nonsense"], "operation.parameter=value"),
        (["--csv", "nowhere.csv"], "Expected a table in nowhere.csv"),
        (["--recipe", "nowhere.json"], "Expected a recipe in nowhere.json"),
        (["--channel", "bazaar"], "Expected a channel"),
    ],
)
def test_a_wrong_command_does_nothing(
    run: Run, photos: Path, tmp_path: Path, arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("process", photos, *arguments, "--out", tmp_path / "out") == 1
    assert expected in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_paths_without_pictures_are_a_wrong_command(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("process", tmp_path / "empty", "--out", tmp_path / "out") == 1
    assert run("process", tmp_path / "nowhere", "--out", tmp_path / "out") == 1


@pytest.mark.parametrize(
    "arguments", [[], ["process"], ["fly"], ["process", "x", "--out"], ["process", "x", "--workers", "0"]]
)
def test_wrong_usage_ends_in_1_and_shows_the_usage(
    run: Run, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        run(*arguments)
    assert caught.value.code == 1
    told = capsys.readouterr()
    assert "usage: vitrine" in told.err
    assert told.out == ""


def test_a_setting_may_name_another_picture(run: Run, photos: Path, tmp_path: Path, draw: Draw) -> None:
    logo = draw(tmp_path / "logo.png", (0, 255, 0), 60)
    cup = photos / "red cup.jpg"
    plain, marked = tmp_path / "plain", tmp_path / "marked"
    assert run("process", cup, "--preset", "optimize", "--out", plain) == 0
    assert run("process", cup, "--preset", "optimize", "--set", f"watermark.blob=@{logo}", "--out", marked) == 0
    pictures = [cv2.imread(str(out / "red cup_processed.jpg")) for out in (plain, marked)]
    assert (pictures[0] != pictures[1]).any()
    assert run("process", cup, "--set", "watermark.blob=@nowhere.png", "--out", marked) == 1


@pytest.mark.usefixtures("needs_weights")
def test_results_may_go_beside_their_originals_and_stay_the_same(
    run: Run, photos: Path, files_below: Files, result_rows: Rows
) -> None:
    wish = ("process", photos, "--out", photos, "--set", "frame.size_px=300")
    for _ in range(2):
        assert run(*wish) == 0
        assert list(result_rows(photos)) == ["red cup.jpg", "shoes/boot.png"]
        assert len(files_below(photos)) == 7
    assert run("process", photos / "red cup.jpg", "--out", photos, "--set", "frame.size_px=300") == 0
    assert run(*wish) == 0
    assert len(files_below(photos)) == 7


def test_an_original_is_never_overwritten_by_a_result(run: Run, tmp_path: Path, draw: Draw) -> None:
    draw(tmp_path / "a.jpg", (1, 2, 3))
    mine = draw(tmp_path / "a_processed.jpg", (90, 2, 3))
    before = mine.read_bytes()
    assert run("process", tmp_path, "--preset", "optimize", "--out", tmp_path) == 0
    assert mine.read_bytes() == before
    assert (tmp_path / "a-2_processed.jpg").exists()


def test_a_run_that_goes_on_measures_and_checks_nothing_again(
    run: Run, cut_out: Path, tmp_path: Path, result_rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    def again(*_: object, **__: object) -> None:
        raise AssertionError("this was known already")

    rows = []
    for out in (tmp_path / "one", tmp_path / "two"):
        wish = ("process", cut_out, "--preset", "auto", "--channel", "ebay", "--out", out)
        with monkeypatch.context() as patches:
            for _ in range(2):
                assert run(*wish) == 0
                rows.append({**result_rows(out)["vase.png"], "elapsed_ms": ""})
                for name in ("inspect", "check", "decoded"):
                    patches.setattr(Engine, name, again)
    assert rows[0]["channel_failures"]
    assert all(row == rows[0] for row in rows)


@pytest.mark.usefixtures("needs_weights")
def test_a_damaged_mask_in_the_store_is_not_handed_out(run: Run, photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    wish = ("process", photos / "red cup.jpg", "--set", "frame.size_px=300", "--out", out)
    assert run(*wish) == 0
    mask = out / "red cup_mask.png"
    whole = mask.read_bytes()
    stored = out / ".vitrine" / Path(*_blob_parts(whole))
    stored.write_bytes(whole[:-1] + b"?")
    mask.unlink()
    assert run(*wish) == 0
    assert mask.read_bytes() == whole


@pytest.mark.usefixtures("needs_weights")
def test_a_failed_row_leaves_no_older_result_in_place(run: Run, photos: Path, tmp_path: Path) -> None:
    out, rows = tmp_path / "out", tmp_path / "in.csv"
    wish = ("process", photos / "red cup.jpg", "--csv", rows, "--set", "frame.size_px=300", "--out", out)
    rows.write_text("filename,brightness\nred cup.jpg,1.1\n")
    assert run(*wish) == 0
    assert (out / "red cup_processed.jpg").exists()
    rows.write_text("filename,brightness\nred cup.jpg,very\n")
    assert run(*wish) == 2
    assert not list(out.glob("red cup_*"))


def _blob_parts(data: bytes) -> tuple[str, str, str]:
    blob = hashlib.sha256(data).hexdigest()
    return blob[:2], blob[2:4], blob


def test_without_any_network_a_run_ends_once_and_says_what_to_do(
    run: Run, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VITRINE_MODELS_DIR", str(tmp_path / "none"))
    out = tmp_path / "out"
    out.mkdir()
    (out / "result.csv").write_text("filename\nof an earlier run\n")
    assert run("process", photos, "--out", out) == 1
    assert capsys.readouterr().err.count("run `make models`") == 1
    assert "of an earlier run" in (out / "result.csv").read_text()
