"""The JPEG grid is seen when compression is strong, and only then."""

from __future__ import annotations

import numpy as np

from pyservice.imaging import Picture
from pyservice.quality import measure


def test_stronger_compression_is_never_less_blocky(photo, jpeg):
    found = [measure(Picture(jpeg(photo, quality))).blockiness for quality in (95, 50, 20, 8)]
    assert found == sorted(found)
    assert found[-1] > 0.7


def test_finds_the_grid_after_a_crop(photo, jpeg):
    compressed = jpeg(photo, 8)
    whole, cropped = measure(Picture(compressed)).blockiness, measure(Picture(compressed[3:, 5:])).blockiness
    assert abs(whole - cropped) < 0.2


def test_an_untouched_photo_has_no_grid(photo):
    assert measure(Picture(photo)).blockiness < 0.3


def test_stripes_that_happen_to_lie_on_the_grid_are_bounded():
    rgb = np.full((160, 160, 3), 255, np.uint8)
    rgb[:, 80:] = 0
    assert measure(Picture(rgb)).blockiness < 0.1
