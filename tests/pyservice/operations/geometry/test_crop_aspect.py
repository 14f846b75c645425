from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyservice.imaging.picture import Picture
from pyservice.operations import Context
from pyservice.operations.geometry.crop_aspect import CropAspectParams, crop_aspect


def params(**values: Any) -> CropAspectParams:
    return CropAspectParams.model_validate(values)


@given(st.integers(20, 200), st.integers(20, 200), st.integers(1, 9), st.integers(1, 9))
def test_reaches_the_aspect_and_keeps_one_side(width: int, height: int, across: int, down: int) -> None:
    picture = Picture(np.zeros((height, width, 3), np.uint8))
    out = crop_aspect(picture, params(aspect=f"{across}:{down}"), None).picture  # type: ignore[arg-type]
    assert out.width == width or out.height == height
    assert abs(out.width - out.height * across / down) <= max(1, across / down)


def test_gravity_product_keeps_a_product_at_the_edge(context: Context) -> None:
    rgb = np.full((50, 150, 3), 240, np.uint8)
    rgb[10:40, 105:140] = (20, 60, 150)
    out = crop_aspect(Picture(rgb), params(gravity="product"), context).picture
    assert (out.width, out.height) == (50, 50)
    assert int((out.rgb[..., 0] < 100).sum()) == 30 * 35


def test_gravity_product_prefers_the_mask_of_the_picture(context: Context) -> None:
    mask = np.zeros((50, 150), np.uint8)
    mask[:, :20] = 255
    rgb = np.full((50, 150, 3), 240, np.uint8)
    rgb[10:40, 105:140] = 0
    out = crop_aspect(Picture(rgb, None, mask), params(gravity="product"), context).picture
    assert out.mask is not None
    assert int((out.mask > 0).sum()) == 20 * 50


def test_without_a_product_the_middle_stays_with_a_warning(context: Context) -> None:
    outcome = crop_aspect(Picture(np.full((20, 60, 3), 9, np.uint8)), params(gravity="product"), context)
    assert (outcome.picture.width, outcome.picture.height) == (20, 20)
    assert outcome.warnings == ("No product was found; the middle was kept.",)


@pytest.mark.parametrize(("gravity", "left"), [("left", 0), ("center", 20), ("right", 40), ("top", 20)])
def test_gravity_says_which_part_stays(gravity: str, left: int, context: Context) -> None:
    columns = np.repeat(np.arange(60, dtype=np.uint8)[None, :, None], 20, axis=0).repeat(3, axis=2)
    out = crop_aspect(Picture(columns), params(gravity=gravity), context).picture
    assert out.rgb[0, 0, 0] == left


def test_gravity_product_does_not_follow_a_speck(context: Context) -> None:
    mask = np.zeros((100, 400), np.uint8)
    mask[20:80, 20:80] = 255
    clean = crop_aspect(Picture(np.zeros((100, 400, 3), np.uint8), None, mask), params(gravity="product"), context)
    mask = mask.copy()
    mask[50, 395] = 255
    out = crop_aspect(Picture(np.zeros((100, 400, 3), np.uint8), None, mask), params(gravity="product"), context)
    assert out.picture.mask is not None
    assert clean.picture.mask is not None
    assert np.array_equal(out.picture.mask, clean.picture.mask)
