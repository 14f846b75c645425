"""Sharpness falls with every blur, and never because there is little to see."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from pyservice.imaging import Picture
from pyservice.quality import measure, score


def part(metrics, name):
    return next(part.value for part in score(metrics).parts if part.name == name)


def test_more_blur_is_never_sharper(photo, blurred):
    found = [measure(Picture(photo))] + [measure(Picture(blurred(photo, sigma))) for sigma in (0.6, 1, 2, 4)]
    for crisper, softer in pairwise(found):
        assert softer.blur > crisper.blur
        assert softer.tenengrad < crisper.tenengrad
        assert softer.laplacian_variance < crisper.laplacian_variance
        assert part(softer, "sharpness") <= part(crisper, "sharpness")


def test_a_thumbnail_enlarged_is_softer_than_the_photo(photo):
    small = cv2.resize(photo, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    enlarged = cv2.resize(small, photo.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    assert measure(Picture(enlarged)).blur > measure(Picture(photo)).blur + 0.1


def test_low_contrast_alone_is_not_blur(photo):
    faint = (100 + photo.astype(np.float32) / 4).round().astype(np.uint8)
    assert abs(measure(Picture(faint)).blur - measure(Picture(photo)).blur) < 0.06


def test_counts_the_product_and_not_its_ground(photo, blurred):
    left = np.zeros(photo.shape[:2], np.uint8)
    left[:, : photo.shape[1] // 2] = 255
    soft_left = photo.copy()
    soft_left[left > 0] = blurred(photo, 4)[left > 0]
    about_left = measure(Picture(soft_left, mask=left)).blur
    about_right = measure(Picture(soft_left, mask=255 - left)).blur
    assert about_left > about_right + 0.15
