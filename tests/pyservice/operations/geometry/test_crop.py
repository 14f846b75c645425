from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyservice.errors import InvalidRecipe
from pyservice.imaging.picture import Picture
from pyservice.operations import find_operation
from pyservice.operations.geometry.crop import CropParams, crop


def params(**values: Any) -> CropParams:
    return CropParams.model_validate(values)


def numbered(width: int, height: int) -> Picture:
    ys, xs = np.indices((height, width))
    return Picture(np.dstack([xs, ys, xs]).astype(np.uint8))


@given(
    st.integers(1, 60),
    st.integers(1, 60),
    st.sampled_from(["px", "percent"]),
    *[st.floats(0, 100)] * 2,
    *[st.floats(0.01, 100)] * 2,
)
def test_the_result_lies_within_the_picture_and_is_never_empty(
    width: int, height: int, unit: str, x: float, y: float, across: float, down: float
) -> None:
    out = crop(numbered(width, height), params(unit=unit, x=x, y=y, width=across, height=down))
    assert 1 <= out.width <= width
    assert 1 <= out.height <= height
    left, top = int(out.rgb[0, 0, 0]), int(out.rgb[0, 0, 1])
    assert left + out.width <= width
    assert top + out.height <= height


def test_the_default_keeps_the_whole_picture() -> None:
    picture = numbered(31, 17)
    assert np.array_equal(crop(picture, params()).rgb, picture.rgb)


def test_percent_and_px_mean_the_same_place() -> None:
    picture = numbered(200, 100)
    by_percent = crop(picture, params(x=10, y=20, width=50, height=40))
    by_px = crop(picture, params(unit="px", x=20, y=20, width=100, height=40))
    assert np.array_equal(by_percent.rgb, by_px.rgb)
    assert tuple(by_px.rgb[0, 0]) == (20, 20, 20)


def test_only_px_follow_the_scale_of_a_preview() -> None:
    assert params(unit="px", x=10, width=40).scaled(0.5) == params(unit="px", x=5, y=0, width=20, height=50)
    assert params(x=10, width=40).scaled(0.5) == params(x=10, width=40)


def test_more_than_a_hundred_percent_is_refused() -> None:
    with pytest.raises(InvalidRecipe, match="at most 100 percent"):
        find_operation("crop", "test").validated({"width": 101}, 1, "test")
