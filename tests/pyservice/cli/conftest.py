"""Drawn pictures, and the command line in this process."""

import csv
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from pyservice.cli import main
from pyservice.storage import BlobStore

Draw = Callable[..., Path]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run `vitrine` with these arguments; what it prints has no colours."""
    monkeypatch.setenv("NO_COLOR", "1")

    def call(*arguments: str | Path) -> int:
        return main([str(argument) for argument in arguments])

    return call


@pytest.fixture
def draw() -> Draw:
    """Draw a round thing on a grey ground, with grain so that no two files are alike."""

    def call(path: Path, color: tuple[int, int, int], size_px: int = 240) -> Path:
        noise = np.random.default_rng(sum(color)).integers(0, 12, (size_px, size_px, 3), np.uint8)
        picture = np.asarray(noise + np.uint8(150), np.uint8)
        cv2.circle(picture, (size_px // 2, size_px // 2), size_px // 3, color, -1, cv2.LINE_AA)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(cv2.imencode(path.suffix, picture)[1].tobytes())
        return path

    return call


@pytest.fixture
def photos(tmp_path: Path, draw: Draw) -> Path:
    """A seller's folder: two pictures, one in a folder below."""
    draw(tmp_path / "photos/red cup.jpg", (40, 40, 200))
    draw(tmp_path / "photos/shoes/boot.png", (200, 90, 30))
    return tmp_path / "photos"


@pytest.fixture
def cut_out(tmp_path: Path) -> Path:
    """A folder with a picture whose transparency tells where its product is: no network has to look."""
    picture = np.zeros((240, 240, 4), np.uint8)
    cv2.circle(picture, (120, 120), 80, (40, 90, 200, 255), -1, cv2.LINE_AA)
    (tmp_path / "cut-outs").mkdir()
    cv2.imwrite(str(tmp_path / "cut-outs/vase.png"), picture)
    return tmp_path / "cut-outs"


@pytest.fixture
def result_rows() -> Callable[[Path], dict[str, dict[str, str]]]:
    """Read result.csv by filename, in its order."""

    def call(out: Path) -> dict[str, dict[str, str]]:
        with (out / "result.csv").open(newline="", encoding="utf-8-sig") as file:
            return {row["filename"]: row for row in csv.DictReader(file)}

    return call


@pytest.fixture
def files_below() -> Callable[[Path], list[str]]:
    """List what a person sees in a folder: everything but the folder .vitrine."""

    def call(folder: Path) -> list[str]:
        found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        return sorted(path.as_posix() for path in found if path.parts[0] != ".vitrine")

    return call


@pytest.fixture
def needs_weights(models_dir: Path) -> None:
    """Skip where the networks are not installed; `make test` fetches them first."""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BlobStore:
    """Of an empty data folder, where a gateway would keep its metadata too."""
    for name in ("VITRINE_BLOB_URL", "MONGODB_URI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VITRINE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("VITRINE_GATEWAY_PORT", "0")
    return BlobStore(f"file://{tmp_path}/data/blobs")
