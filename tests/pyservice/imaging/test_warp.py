from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyservice.errors import OutputTooLarge
from pyservice.imaging.picture import Picture
from pyservice.imaging.warp import turn_picture, turned_size, warp_picture


def half_transparent() -> Picture:
    rgb = np.zeros((60, 60, 3), np.uint8)
    rgb[:, :30], rgb[:, 30:] = (0, 255, 0), (200, 30, 30)
    alpha = np.zeros((60, 60), np.uint8)
    alpha[10:50, 30:50] = 255
    return Picture(rgb, alpha, alpha)


def test_a_shift_moves_every_plane_alike() -> None:
    picture = half_transparent()
    out = warp_picture(picture, np.array([[1.0, 0, 5], [0, 1.0, 3]]), 60, 60, (9, 9, 9))
    assert picture.alpha is not None
    assert out.alpha is not None
    assert out.mask is not None
    assert np.array_equal(out.alpha[3:, 5:], picture.alpha[:-3, :-5])
    assert np.array_equal(out.mask, out.alpha)


def test_hidden_colours_do_not_bleed_when_turned() -> None:
    out = turn_picture(half_transparent(), 20, (255, 255, 255), expand=True)
    assert out.alpha is not None
    assert np.abs(out.rgb[out.alpha > 8].astype(int) - (200, 30, 30)).max() <= 8


def test_uncovered_corners_are_filled_but_never_product() -> None:
    picture = Picture(np.full((40, 60, 3), 50, np.uint8), None, np.full((40, 60), 255, np.uint8))
    out = turn_picture(picture, 30, (255, 0, 0), expand=True)
    assert out.mask is not None
    assert tuple(out.rgb[0, 0]) == (255, 0, 0)
    assert out.mask[0, 0] == 0
    edge = turn_picture(picture, 30, None, expand=True)
    assert tuple(edge.rgb[0, 0]) == (50, 50, 50)


def test_uncovered_corners_of_a_picture_with_alpha_are_transparent() -> None:
    picture = Picture(np.full((40, 60, 3), 50, np.uint8), np.full((40, 60), 255, np.uint8))
    out = turn_picture(picture, 30, (255, 0, 0), expand=True)
    assert out.alpha is not None
    assert out.alpha[0, 0] == 0
    assert out.alpha[out.height // 2, out.width // 2] == 255


@settings(deadline=None)
@given(st.integers(2, 80), st.integers(2, 80), st.floats(-180, 180))
def test_an_expanded_turn_keeps_the_whole_product(width: int, height: int, angle_deg: float) -> None:
    picture = Picture(np.zeros((height, width, 3), np.uint8), None, np.full((height, width), 255, np.uint8))
    out = turn_picture(picture, angle_deg, (0, 0, 0), expand=True)
    assert out.mask is not None
    assert abs(int(out.mask.sum(dtype=np.int64)) / 255 - width * height) <= width + height
    assert (out.width, out.height) == turned_size(width, height, angle_deg)


def test_positive_angles_turn_clockwise() -> None:
    rgb = np.zeros((11, 11, 3), np.uint8)
    rgb[0, 5] = 255
    quarter = turn_picture(Picture(rgb), 90, (0, 0, 0), expand=True)
    nearly = turn_picture(Picture(rgb), 89.9, (0, 0, 0), expand=False)
    assert quarter.rgb[5, 10].min() == 255
    assert nearly.rgb[5, 10].min() > 200


def test_sides_that_cannot_be_addressed_are_refused() -> None:
    with pytest.raises(OutputTooLarge, match="at most 32766 px"):
        warp_picture(half_transparent(), np.eye(3), 40_000, 10, None)
