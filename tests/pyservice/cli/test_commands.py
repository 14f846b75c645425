"""The other subcommands."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from pyservice.cli.main import COMMANDS, command_module
from pyservice.operations import all_operations
from pyservice.recipes import all_channels, all_presets, parse_recipe
from pyservice.storage import BlobStore

Run = Callable[..., int]
Capture = pytest.CaptureFixture[str]


def test_help_names_every_command(run: Run, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        run("--help")
    assert caught.value.code == 0
    told = capsys.readouterr().out
    assert all(name in told for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(run: Run, name: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        run(name, "--help")
    assert caught.value.code == 0
    assert (command_module(name).__doc__ or "-").splitlines()[0] in capsys.readouterr().out


def test_help_loads_neither_pixels_nor_networks() -> None:
    code = (
        "import sys; from pyservice.cli import build_parser; build_parser().format_help(); "
        "print([m for m in ('numpy', 'cv2', 'pydantic', 'openvino', 'flask', 'rich') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_process_help_lists_every_preset_and_check_help_every_channel(run: Run, capsys: Capture) -> None:
    for command, names in (("process", all_presets()), ("check", all_channels())):
        with pytest.raises(SystemExit):
            run(command, "--help")
        told = capsys.readouterr().out
        assert all(f"  {name} " in told for name in names)


def test_operations_are_listed_and_told(run: Run, capsys: Capture) -> None:
    assert run("operations") == 0
    told = capsys.readouterr().out
    assert all(name in told for name in all_operations())
    assert run("operations", "frame") == 0
    told = capsys.readouterr().out
    assert "0.05 … 1" in told
    assert all(name in told for name in all_operations()["frame"].params.model_fields)
    assert run("operations", "frame", "--json") == 0
    assert json.loads(capsys.readouterr().out) == all_operations()["frame"].schema()


def test_an_unknown_operation_is_refused_with_those_there_are(run: Run, capsys: Capture) -> None:
    assert run("operations", "shine") == 1
    assert "unsharp-mask" in capsys.readouterr().err


def test_a_printed_preset_is_a_recipe_that_process_takes(run: Run, capsys: Capture) -> None:
    for name, preset in all_presets().items():
        assert run("presets", name) == 0
        assert parse_recipe(json.loads(capsys.readouterr().out)) == preset.recipe
    assert run("presets", "shiny") == 1


def test_channels_are_listed_and_told_with_their_sources(run: Run, capsys: Capture) -> None:
    assert run("channels") == 0
    told = capsys.readouterr().out
    assert all(name in told for name in all_channels())
    assert run("channels", "google-merchant") == 0
    told = capsys.readouterr().out
    assert "from 2027-01-31" in told
    assert "https://" in told
    assert run("channels", "ebay", "--json") == 0
    assert json.loads(capsys.readouterr().out)["id"] == "ebay"


def test_models_are_listed_with_their_licence(
    run: Run, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VITRINE_MODELS_DIR", str(tmp_path))
    assert run("models", "--json") == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert {"u2net", "u2netp", "isnet"} <= set(rows)
    assert not rows["u2net"]["installed"]
    assert run("models") == 0
    assert "Apache-2.0" in capsys.readouterr().out


def test_a_bad_setting_is_named(run: Run, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITRINE_PORT", "eighty")
    assert run("models") == 1
    assert "VITRINE_PORT" in capsys.readouterr().err


def test_inspect_measures_and_says_what_it_cannot_read(run: Run, capsys: Capture, cut_out: Path) -> None:
    assert run("inspect", cut_out) == 0
    assert "240 × 240" in capsys.readouterr().out
    (cut_out / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 not really")
    assert run("inspect", cut_out, "--json") == 2
    broken, vase = json.loads(capsys.readouterr().out)
    assert "Expected" in broken["error"]
    assert (vase["filename"], vase["facts"]["width"]) == ("vase.png", 240)
    assert 0 <= vase["score"]["value"] <= 100


def test_check_tells_what_is_wrong_in_words(run: Run, capsys: Capture, cut_out: Path) -> None:
    assert run("check", "amazon-main", cut_out) == 2
    told = capsys.readouterr().out
    assert "vase.png: fails" in told
    assert "at least 500 px" in told
    assert "0 of 1 pictures pass" in told


@pytest.mark.usefixtures("needs_weights")
def test_check_mends_what_it_can(run: Run, capsys: Capture, photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("check", "amazon-main", photos / "shoes", "--fix", "--out", out, "--json")
    (boot,) = json.loads(capsys.readouterr().out)
    assert {"white-ground", "min-size"} <= set(boot["report"]["failures"])
    assert "white-ground" not in boot["report_after"]["failures"]
    mended = out / "boot_processed.jpg"
    assert (Path(boot["path"]), boot["mended"], mended.exists()) == (mended, True, True)


def test_a_picture_that_needs_no_mending_stays_as_it_is(run: Run, capsys: Capture, tmp_path: Path) -> None:
    picture = np.full((1600, 1600, 4), (255, 255, 255, 0), np.uint8)
    cv2.circle(picture, (800, 800), 640, (40, 90, 200, 255), -1)
    good = tmp_path / "good.png"
    cv2.imwrite(str(good), picture)
    assert run("check", "google-merchant", good, "--fix", "--out", tmp_path / "out", "--json") == 0
    assert not json.loads(capsys.readouterr().out)[0]["mended"]
    assert (tmp_path / "out/good.png").read_bytes() == good.read_bytes()


def test_check_knows_the_rules_of_a_day(run: Run, capsys: Capture, cut_out: Path) -> None:
    failures = []
    for day in ("2027-01-30", "2027-01-31"):
        run("check", "google-merchant", cut_out, "--on", day, "--json")
        failures.append(set(json.loads(capsys.readouterr().out)[0]["report"]["failures"]))
    assert failures[1] - failures[0]


def test_fix_needs_a_place_for_what_it_mends(run: Run, capsys: Capture, photos: Path) -> None:
    assert run("check", "ebay", photos, "--fix") == 1
    assert "--out" in capsys.readouterr().err


def test_verify_finds_damage(run: Run, capsys: Capture, photos: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("process", photos, "--preset", "optimize", "--out", out)
    assert run("verify", out) == 0
    with (out / "red cup_processed.jpg").open("r+b") as file:
        file.write(b"scribble")
    capsys.readouterr()
    assert run("verify", out, "--json") == 2
    assert len(json.loads(capsys.readouterr().out)["flipped"]) == 1


def test_verify_refuses_a_folder_without_a_store(run: Run, tmp_path: Path) -> None:
    assert run("verify", tmp_path) == 1


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BlobStore:
    """The service's own store, which `verify` looks at where it is given no folder."""
    monkeypatch.delenv("VITRINE_BLOB_URL", raising=False)
    monkeypatch.setenv("VITRINE_DATA_DIR", str(tmp_path / "data"))
    return BlobStore(f"file://{tmp_path}/data/blobs")


def age(store: BlobStore) -> None:
    assert store.folder is not None
    for path in store.folder.rglob("*"):
        os.utime(path, (0, 0))


def test_verify_tells_and_cleans_what_nobody_refers_to(
    run: Run, capsys: Capture, tmp_path: Path, own_store: BlobStore
) -> None:
    kept, lost = own_store.put(b"kept"), own_store.put(b"lost")
    age(own_store)
    (tmp_path / "ids").write_text(f"{kept}\n\n")
    arguments = ("verify", "--references", tmp_path / "ids", "--json")
    assert run("verify") == 0
    capsys.readouterr()
    assert run(*arguments) == 2
    assert json.loads(capsys.readouterr().out)["unreferenced"] == [lost]
    assert run(*arguments, "--clean") == 0
    assert json.loads(capsys.readouterr().out)["removed"] == [lost]
    assert list(own_store.ids()) == [kept]
    assert run("verify", "--references", tmp_path / "ids", "--clean") == 0
    assert "0 removed" in capsys.readouterr().out


def test_verify_reads_references_from_standard_input(
    run: Run, capsys: Capture, monkeypatch: pytest.MonkeyPatch, own_store: BlobStore
) -> None:
    lost = "f" * 64
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{own_store.put(b'kept')}\n{lost}\n"))
    assert run("verify", "--references", "-", "--json") == 2
    assert json.loads(capsys.readouterr().out)["missing"] == [lost]


@pytest.mark.parametrize(
    ("text", "complaint"), [("", "at least one blob id"), ("\n", "at least one blob id"), ("x\n", "line 1")]
)
def test_verify_cleans_by_no_list_that_looks_broken(
    run: Run, capsys: Capture, tmp_path: Path, own_store: BlobStore, text: str, complaint: str
) -> None:
    blob = own_store.put(b"kept")
    age(own_store)
    (tmp_path / "ids").write_text(text)
    assert run("verify", "--references", tmp_path / "ids", "--clean") == 1
    assert complaint in " ".join(capsys.readouterr().err.split())
    assert own_store.exists(blob)


@pytest.mark.usefixtures("needs_weights")
def test_a_mended_picture_never_takes_the_place_of_another(
    run: Run, capsys: Capture, tmp_path: Path, draw: Callable[..., Path]
) -> None:
    good = np.full((1600, 1600, 4), (255, 255, 255, 0), np.uint8)
    cv2.circle(good, (800, 800), 640, (40, 90, 200, 255), -1)
    draw(tmp_path / "in/a.png", (200, 90, 30))
    cv2.imwrite(str(tmp_path / "in/a_processed.png"), good)
    arguments = ("check", "google-merchant", tmp_path / "in", "--fix", "--out", tmp_path / "out", "--json")
    run(*arguments)
    mended, kept = json.loads(capsys.readouterr().out)
    assert (mended["mended"], kept["mended"]) == (True, False)
    assert len({Path(told["path"]).stem for told in (mended, kept)}) == 2
    assert Path(kept["path"]).read_bytes() == (tmp_path / "in/a_processed.png").read_bytes()


def test_a_result_that_cannot_be_put_in_place_fails_alone(run: Run, capsys: Capture, tmp_path: Path) -> None:
    picture = np.full((1600, 1600, 4), (255, 255, 255, 0), np.uint8)
    cv2.circle(picture, (800, 800), 640, (40, 90, 200, 255), -1)
    cv2.imwrite(str(tmp_path / "a.png"), picture)
    cv2.imwrite(str(tmp_path / "b.png"), picture)
    (tmp_path / "out/a.png").mkdir(parents=True)
    arguments = (tmp_path / "a.png", tmp_path / "b.png", "--fix", "--out", tmp_path / "out", "--json")
    assert run("check", "google-merchant", *arguments) == 2
    first, second = json.loads(capsys.readouterr().out)
    assert "The file system said" in first["error"]
    assert second["passed"]


def test_what_the_file_system_says_to_a_command_is_one_sentence(run: Run, capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "result.csv").mkdir()
    cv2.imwrite(str(tmp_path / "a.png"), np.zeros((50, 50, 3), np.uint8))
    assert run("process", tmp_path / "a.png", "--preset", "optimize", "--out", tmp_path) == 1
    assert "vitrine: The file system said" in capsys.readouterr().err


def test_a_store_that_nothing_here_can_open_is_named(
    run: Run, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VITRINE_BLOB_URL", "foo://x")
    monkeypatch.setenv("VITRINE_DATA_DIR", str(tmp_path))
    for command in ("verify", "serve"):
        assert run(command) == 1
        assert "VITRINE_BLOB_URL" in capsys.readouterr().err
