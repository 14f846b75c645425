from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyservice.imaging.picture import Picture
from pyservice.imaging.visible import change_visible, spread, visible_colors


@given(st.integers(1, 70), st.integers(1, 70), st.integers(0, 2**32 - 1))
def test_every_hidden_pixel_gets_a_color_out_of_the_visible_ones(width: int, height: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    rgb = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
    weight = (random.random((height, width)) < random.random()).astype(np.uint8) * 255
    seen = weight > 0
    out = spread(rgb, weight)
    np.testing.assert_array_equal(out[seen], rgb[seen])
    if seen.any():
        assert (out.reshape(-1, 3).min(axis=0) >= rgb[seen].min(axis=0)).all()
        assert (out.reshape(-1, 3).max(axis=0) <= rgb[seen].max(axis=0)).all()


def test_one_faint_pixel_fills_the_whole_picture() -> None:
    rgb = np.full((301, 457, 3), 9, np.uint8)
    rgb[17, 400] = (200, 100, 50)
    weight = np.zeros((301, 457), np.uint8)
    weight[17, 400] = 1
    assert (spread(rgb, weight) == (200, 100, 50)).all()


def test_the_nearest_colors_win() -> None:
    rgb = np.zeros((64, 64, 3), np.uint8)
    rgb[:, :8], rgb[:, 56:] = 40, 220
    weight = np.zeros((64, 64), np.uint8)
    weight[:, :8] = weight[:, 56:] = 255
    out = spread(rgb, weight)[..., 0].astype(int)
    assert out[:, 9].max() < 60
    assert out[:, 54].min() > 200


@pytest.mark.parametrize("alpha", [None, np.full((4, 5), 255, np.uint8), np.zeros((4, 5), np.uint8)])
def test_without_anything_to_spread_colors_stay(alpha: np.ndarray | None) -> None:
    picture = Picture(np.arange(60, dtype=np.uint8).reshape(4, 5, 3), alpha)
    assert visible_colors(picture) is picture.rgb


def test_a_change_sees_no_hidden_color_and_leaves_them() -> None:
    rgb = np.full((6, 6, 3), 7, np.uint8)
    rgb[:3] = 100
    alpha = np.zeros((6, 6), np.uint8)
    alpha[:3] = 255
    out = change_visible(Picture(rgb, alpha), lambda colors: np.asarray(255 - colors.min(axis=(0, 1)) + 0 * colors))
    assert (out.rgb[:3] == 155).all()
    assert (out.rgb[3:] == 7).all()


def test_a_change_that_changes_nothing_gives_the_same_colors() -> None:
    random = np.random.default_rng(1)
    picture = Picture(
        random.integers(0, 256, (9, 11, 3), dtype=np.uint8), random.integers(0, 2, (9, 11), dtype=np.uint8) * 255
    )
    np.testing.assert_array_equal(change_visible(picture, lambda colors: colors).rgb, picture.rgb)
