"""Whiteness of the ground is exact: one level below 255 is not white."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pyservice.imaging import Picture
from pyservice.quality import measure, off_white_box


def test_pure_white_ground_is_a_hundred_percent(draw):
    metrics = measure(draw())
    assert metrics.ground_white_percent == 100
    assert metrics.ground_worst_delta_e == 0
    assert metrics.border_white_percent == 100


def test_one_pixel_of_254_is_found(draw):
    picture = draw()
    rgb = picture.rgb.copy()
    rgb[20, 30] = (255, 254, 255)
    stained = Picture(rgb, mask=picture.mask)
    metrics = measure(stained)
    assert 99.99 < metrics.ground_white_percent < 100
    assert 0 < metrics.ground_worst_delta_e < 1
    assert off_white_box(stained) == (30, 20, 1, 1)


def test_worst_pixel_is_the_farthest_from_white(draw):
    picture = draw()
    rgb = picture.rgb.copy()
    rgb[20, 30] = (0, 0, 0)
    assert measure(Picture(rgb, mask=picture.mask)).ground_worst_delta_e == pytest.approx(100, abs=0.1)


def test_greyer_ground_is_farther_from_white(draw):
    distances = [measure(draw(ground=(level, level, level))).ground_delta_e for level in (255, 250, 230, 180, 90)]
    assert distances == sorted(distances)
    assert distances[0] == 0


def test_soft_edge_of_the_product_is_no_stain(draw):
    picture = draw()
    mask = cv2.GaussianBlur(picture.mask, (0, 0), 1.5)
    share = mask[..., None] / 255
    rgb = np.rint(np.array([90, 120, 150]) * share + 255 * (1 - share)).astype(np.uint8)
    assert measure(Picture(rgb, mask=mask)).ground_white_percent == 100


def test_product_that_covers_everything_leaves_no_ground(draw):
    assert measure(draw((0, 0, 400, 400))).ground_white_percent is None


def test_transparent_ground_counts_as_white_and_says_that_it_is_transparent(draw):
    picture = draw(ground=(10, 200, 10))
    metrics = measure(Picture(picture.rgb, alpha=picture.mask, mask=picture.mask))
    assert metrics.ground_white_percent == 100
    assert metrics.ground_transparent_percent == 100


def test_without_a_mask_a_coloured_border_is_not_white(photo):
    metrics = measure(Picture(photo))
    assert metrics.mask_source == "none"
    assert metrics.ground_white_percent is None
    assert metrics.border_white_percent < 5
