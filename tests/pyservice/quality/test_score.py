"""The score: monotone, explained, comparable, and calibrated on degraded photos."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pydantic import ValidationError

from pyservice.imaging import Picture
from pyservice.quality import measure, score, score_rules
from pyservice.quality.score import Part

PRODUCTS = Path(__file__).parents[4] / "shared" / "eval" / "products" / "dev"
DEGRADED = [
    ("deg_dark_grocery_Arla-Natural-Yoghurt_028b", "grocery_Arla-Natural-Yoghurt_028"),
    ("deg_dark_grocery_Arla-Standard-Milk_021b", "grocery_Arla-Standard-Milk_021"),
    ("deg_jpegq_grocery_Arla-Mild-Vanilla-Yoghurt_013b", "grocery_Arla-Mild-Vanilla-Yoghurt_013"),
    ("deg_tiny_grocery_Alpro-Blueberry-Soyghurt_007c", "grocery_Alpro-Blueberry-Soyghurt_007"),
    ("deg_tiny_magento_wb01-gray_maina", "magento_wb01-gray_main"),
]


def noisy(rgb, sigma):
    grain = np.random.default_rng(1).normal(0, sigma, rgb.shape)
    return np.clip(np.rint(rgb + grain), 0, 255).astype(np.uint8)


def value(rgb):
    return score(measure(Picture(rgb))).value


def test_each_degradation_lowers_the_score_of_a_photo(photo, blurred, jpeg):
    original = value(photo)
    assert value(blurred(photo, 3)) < original - 8
    assert value(jpeg(photo, 8)) < original - 8
    assert value(noisy(photo, 15)) < original - 5
    assert value((photo * 0.3).astype(np.uint8)) < original - 8
    assert value(np.asarray(Image.fromarray(photo).resize((200, 150)))) < original - 8


def test_more_blur_does_not_raise_the_score(photo, blurred):
    ladder = [value(photo), *(value(blurred(photo, sigma)) for sigma in (1, 2, 4, 8))]
    assert all(later <= earlier + 0.5 for earlier, later in pairwise(ladder))


@pytest.mark.parametrize("part", score_rules().parts, ids=lambda part: part.name)
def test_every_part_runs_one_way_and_stays_in_range(part):
    end = part.knots[-1][0]
    points = [part.value(x) for x in np.linspace(0, end * 1.5, 200)]
    assert points in (sorted(points), sorted(points, reverse=True))
    assert 0 <= min(points) <= max(points) <= 100
    assert part.value(-end) == part.value(end)


def test_a_map_that_turns_back_is_refused():
    with pytest.raises(ValidationError, match="go one way"):
        Part(name="x", metric="blur", weight=1, good="g", bad="b", knots=((0, 0), (1, 100), (2, 50)))


def test_a_map_of_an_unknown_metric_is_refused():
    with pytest.raises(ValidationError, match="Expected a metric"):
        Part(name="x", metric="beauty", weight=1, good="g", bad="b", knots=((0, 0), (1, 100)))


def test_weights_of_the_measured_parts_add_up_to_one(photo, draw):
    for picture in (Picture(photo), draw()):
        assert sum(part.weight for part in score(measure(picture)).parts) == pytest.approx(1, abs=0.002)


def test_one_bad_trait_is_not_bought_off(draw):
    picture = draw((60, 60, 1080, 1080), size=(1200, 1200))
    good, doubtful = (score(measure(picture, agreement=agreement)) for agreement in (0.99, 0.5))
    assert doubtful.value < good.value - 15


def test_putting_a_product_on_white_raises_the_score(photo):
    mask = np.zeros(photo.shape[:2], np.uint8)
    height, width = mask.shape
    mask[height // 8 : -height // 8, width // 8 : -width // 8] = 255
    cut = np.where(mask[..., None] > 0, photo, np.uint8(255))
    before, after = (score(measure(Picture(rgb, mask=mask))) for rgb in (photo, cut))
    assert after.value > before.value + 5
    assert {part.name for part in before.parts} == {part.name for part in after.parts}


def test_the_sentence_names_what_is_wrong(draw):
    dark = score(measure(draw((40, 40, 320, 320), color=(12, 12, 12))))
    assert dark.sentence.startswith(f"{dark.value:.0f}: ")
    assert "dark" in dark.sentence


@pytest.mark.skipif(not PRODUCTS.is_dir(), reason="the evaluation photos are not beside the repository")
@pytest.mark.parametrize(("degraded", "original"), DEGRADED)
def test_degraded_copies_score_clearly_lower_than_their_originals(degraded, original):
    worse, better = (
        value(np.asarray(Image.open(PRODUCTS / f"{name}.jpg").convert("RGB"))) for name in (degraded, original)
    )
    assert worse < better - 10
