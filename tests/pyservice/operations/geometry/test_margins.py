"""trim and pad: margins go and come."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyservice.errors import OutputTooLarge
from pyservice.imaging.picture import Picture
from pyservice.operations.geometry.pad import PadParams, pad
from pyservice.operations.geometry.trim import TrimParams, trim

MARGINS = st.integers(0, 20)


def padding(**values: Any) -> PadParams:
    return PadParams.model_validate(values)


@given(st.integers(2, 30), st.integers(2, 30), MARGINS, MARGINS, MARGINS, MARGINS)
def test_trim_undoes_pad(width: int, height: int, top: int, right: int, bottom: int, left: int) -> None:
    rgb = np.full((height, width, 3), (30, 90, 160), np.uint8)
    margins = padding(top=top + 1, right=right + 1, bottom=bottom + 1, left=left + 1, color="#f0f0f0")
    outcome = trim(pad(Picture(rgb), margins), TrimParams.model_validate({}))
    assert np.array_equal(outcome.picture.rgb, rgb)
    assert outcome.report == {"left": left + 1, "top": top + 1, "width": width, "height": height}


def test_tolerance_decides_what_is_border() -> None:
    rgb = np.full((30, 30, 3), 250, np.uint8)
    rgb[8:22, 8:22] = 235
    rgb[12:18, 12:18] = 10
    sizes = [trim(Picture(rgb), TrimParams(tolerance=t)).picture.width for t in (5, 20)]
    assert sizes == [14, 6]


def test_a_transparent_border_is_trimmed_whatever_it_hides() -> None:
    random = np.random.default_rng(1)
    alpha = np.zeros((30, 40), np.uint8)
    alpha[5:20, 10:35] = 1
    out = trim(Picture(random.integers(0, 256, (30, 40, 3), np.uint8), alpha), TrimParams(tolerance=0)).picture
    assert (out.width, out.height) == (25, 15)


def test_a_plain_picture_stays_with_a_warning() -> None:
    picture = Picture(np.full((9, 9, 3), 7, np.uint8))
    outcome = trim(picture, TrimParams.model_validate({}))
    assert outcome.picture is picture
    assert outcome.warnings


def test_pad_without_margins_changes_nothing() -> None:
    picture = Picture(np.zeros((3, 3, 3), np.uint8))
    assert pad(picture, padding()) is picture


def test_margins_are_transparent_where_the_picture_is() -> None:
    picture = Picture(np.zeros((3, 3, 3), np.uint8), np.full((3, 3), 255, np.uint8))
    out = pad(picture, padding(left=2))
    assert out.alpha is not None
    assert out.alpha[:, :2].max() == 0


def test_margins_follow_the_scale_of_a_preview() -> None:
    assert padding(left=100, top=30).scaled(0.5) == padding(left=50, top=15)


def test_too_large_margins_are_refused() -> None:
    with pytest.raises(OutputTooLarge, match="from pad"):
        pad(Picture(np.zeros((3, 3, 3), np.uint8)), padding(left=10_000, right=10_000, top=10_000))
