"""`vitrine demo`: the whole job on real photos."""

import csv
from collections.abc import Callable
from pathlib import Path

import cv2
import pytest

pytestmark = pytest.mark.usefixtures("needs_weights")


def test_the_demo_makes_listing_pictures_of_real_photos(run: Callable[..., int], tmp_path: Path) -> None:
    out = tmp_path / "demo"
    assert run("demo", "--out", out) == 0
    with (out / "results/result.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 6
    assert {row["status"] for row in rows} == {"ok"}
    for row in rows:
        picture = cv2.imread(str(out / "results" / row["processed_path"]))
        mask = cv2.imread(str(out / "results" / row["mask_path"]), cv2.IMREAD_GRAYSCALE)
        assert picture.shape == (2000, 2000, 3)
        assert (picture[mask == 0] == 255).all()
        assert 0.02 < (mask > 127).mean() < 0.7
    sheet = cv2.imread(str(out / "contact-sheet.jpg"))
    assert sheet.shape[0] > len(rows) * 300
    assert len(list((out / "originals").glob("*.jpg"))) == len(rows)
