"""Fill, centring, edges and tilt come out as drawn."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyservice.imaging import Picture
from pyservice.quality import measure


def test_fill_is_counted_three_ways(draw):
    metrics = measure(draw((50, 100, 100, 200), size=(400, 400)))
    assert metrics.fill_bbox_area == pytest.approx(100 * 200 / 400**2)
    assert metrics.fill_longest_side == pytest.approx(0.5)
    assert metrics.fill_mask_area == pytest.approx(100 * 200 / 400**2)


@settings(max_examples=25, deadline=None)
@given(x=st.integers(0, 200), y=st.integers(0, 150), width=st.integers(20, 100), height=st.integers(20, 100))
def test_centring_offset_is_the_distance_of_the_centres(x, y, width, height):
    mask = np.zeros((250, 300), np.uint8)
    mask[y : y + height, x : x + width] = 255
    found = measure(Picture(np.full((250, 300, 3), 128, np.uint8), mask=mask)).centring_offset
    assert found == pytest.approx(max(abs((x + width / 2) / 300 - 0.5), abs((y + height / 2) / 250 - 0.5)), abs=1e-5)


def test_names_the_edges_that_the_product_touches(draw):
    assert measure(draw((0, 100, 200, 300))).touched_edges == ("left", "bottom")
    assert measure(draw()).touched_edges == ()


@pytest.mark.parametrize("angle_deg", [-30, -12, -3, 0, 5, 20])
def test_tilt_is_the_angle_of_a_turned_box(angle_deg):
    mask = np.zeros((600, 600), np.uint8)
    corners = cv2.boxPoints(((300, 300), (160, 400), angle_deg)).round().astype(np.int32)
    cv2.fillPoly(mask, [corners], 255)
    found = measure(Picture(np.full((600, 600, 3), 200, np.uint8), mask=mask)).tilt_deg
    assert found == pytest.approx(angle_deg, abs=1)


def test_a_round_product_has_no_tilt():
    mask = np.zeros((400, 400), np.uint8)
    cv2.circle(mask, (200, 200), 120, 255, -1)
    assert measure(Picture(np.full((400, 400, 3), 200, np.uint8), mask=mask)).tilt_deg is None


def test_without_a_product_nothing_is_known(photo):
    metrics = measure(Picture(photo))
    assert metrics.fill_bbox_area is None
    assert metrics.centring_offset is None
    assert metrics.touched_edge_count is None
