"""Exposure, contrast and cast are those of the product."""

from __future__ import annotations

import numpy as np
import pytest

from pyservice.imaging import Picture
from pyservice.quality import measure, score


def part(metrics, name):
    return next(part.value for part in score(metrics).parts if part.name == name)


def test_darker_photos_score_lower_for_light(photo):
    found = [measure(Picture((photo * share).astype(np.uint8))) for share in (1, 0.7, 0.45, 0.25, 0.1)]
    for name in ("light", "shadows"):
        parts = [part(metrics, name) for metrics in found]
        assert parts == sorted(parts, reverse=True)
        assert parts[-1] < parts[0] - 20


def test_overexposure_clips_highlights(photo):
    everywhere = np.full(photo.shape[:2], 255, np.uint8)
    shares = [
        measure(Picture(np.clip(photo * gain, 0, 255).astype(np.uint8), mask=everywhere)).clipped_highlights_percent
        for gain in (1, 1.5, 2.5, 5.0)
    ]
    assert shares == sorted(shares)
    assert shares[-1] > 10


@pytest.mark.parametrize(("level", "lightness"), [(0, 0), (119, 50), (255, 100)])
def test_median_lightness_is_that_of_the_product(draw, level, lightness):
    metrics = measure(draw(color=(level, level, level), ground=(40, 200, 40)))
    assert metrics.median_lightness == pytest.approx(lightness, abs=0.5)


def test_black_product_is_clipped_shadow_and_white_one_is_clipped_highlight(draw):
    assert measure(draw(color=(0, 0, 0))).clipped_shadows_percent > 95
    assert measure(draw(color=(255, 255, 255))).clipped_highlights_percent > 95


def test_a_grey_product_under_tinted_light_has_a_cast(draw):
    casts = [measure(draw(color=(128 + tint, 128, 128 - tint))).color_cast for tint in (0, 3, 6, 10)]
    assert casts == sorted(casts)
    assert casts[0] < 0.5 < 5 < casts[-1]


def test_a_strongly_coloured_product_says_nothing_about_the_light(draw):
    assert measure(draw(color=(220, 20, 40))).color_cast is None


def test_less_contrast_scores_lower(photo):
    faded = [(128 + (photo - 128.0) * share).round().astype(np.uint8) for share in (1, 0.5, 0.2, 0.05)]
    parts = [part(measure(Picture(rgb)), "contrast") for rgb in faded]
    assert parts == sorted(parts, reverse=True)
    assert parts[-1] < 40


def test_black_and_white_has_no_chroma(photo):
    grey = np.repeat(photo.mean(axis=2, keepdims=True).astype(np.uint8), 3, axis=2)
    assert measure(Picture(grey)).chroma < 0.5 < measure(Picture(photo)).chroma
