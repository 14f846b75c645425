"""The shape of a mask tells how far to trust it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pyservice.imaging import Picture
from pyservice.quality import measure


def measured(mask):
    return measure(Picture(np.full((*mask.shape, 3), 180, np.uint8), mask=mask))


def test_counts_holes_and_their_share():
    mask = np.zeros((400, 400), np.uint8)
    mask[50:350, 50:350] = 255
    mask[100:150, 100:150] = 0
    mask[200:230, 200:230] = 0
    metrics = measured(mask)
    assert metrics.mask_hole_count == 2
    assert metrics.mask_hole_percent == pytest.approx(100 * (2500 + 900) / (90000 - 3400), rel=0.01)


def test_ground_that_the_product_parts_is_no_hole():
    mask = np.zeros((400, 400), np.uint8)
    mask[:, 180:220] = 255
    assert measured(mask).mask_hole_count == 0


def test_stray_pieces_grow_with_their_area():
    shares = []
    for side in (0, 20, 60, 120):
        mask = np.zeros((400, 400), np.uint8)
        mask[100:300, 20:220] = 255
        mask[100 : 100 + side, 260 : 260 + side] = 255
        shares.append(measured(mask).mask_stray_percent)
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] > 20


def test_softer_edges_have_a_wider_band():
    mask = np.zeros((400, 400), np.uint8)
    mask[100:300, 100:300] = 255
    bands = [measured(cv2.GaussianBlur(mask, (0, 0), sigma)).mask_soft_band for sigma in (0.5, 2, 5, 10)]
    assert bands == sorted(bands)
    assert measured(mask).mask_soft_band == 0


def test_an_empty_mask_is_no_product():
    metrics = measured(np.zeros((40, 40), np.uint8))
    assert metrics.mask_component_count is None
    assert metrics.fill_mask_area is None
