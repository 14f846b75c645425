"""The fits mean what sharp's mean: https://sharp.pixelplumbing.com/api-resize"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyservice.errors import OutputTooLarge
from pyservice.imaging.picture import Picture
from pyservice.operations import Context, Outcome, find_operation

SIDES = st.integers(1, 90)


def run(picture: Picture, context: Context, **values: Any) -> Outcome:
    operation = find_operation("resize", "test")
    return operation.run(picture, operation.validated(values, 1, "test").scaled(context.scale), context)


def blank(width: int, height: int) -> Picture:
    return Picture(np.zeros((height, width, 3), np.uint8))


@settings(deadline=None)
@given(width=SIDES, height=SIDES, to_width=SIDES, to_height=SIDES)
@pytest.mark.parametrize("fit", ["contain", "cover", "fill"])
def test_contain_cover_and_fill_give_exactly_the_size(
    fit: str,
    width: int,
    height: int,
    to_width: int,
    to_height: int,
    make_context: Callable[..., Context],
) -> None:
    out = run(blank(width, height), make_context(), width=to_width, height=to_height, fit=fit, enlarge=True)
    assert (out.picture.width, out.picture.height) == (to_width, to_height)


@settings(deadline=None)
@given(width=SIDES, height=SIDES, to_width=SIDES, to_height=SIDES)
@pytest.mark.parametrize("fit", ["inside", "outside"])
def test_inside_and_outside_keep_the_aspect(
    fit: str, width: int, height: int, to_width: int, to_height: int, make_context: Callable[..., Context]
) -> None:
    out = run(blank(width, height), make_context(), width=to_width, height=to_height, fit=fit, enlarge=True).picture
    if fit == "inside":
        assert out.width <= to_width
        assert out.height <= to_height
    else:
        assert out.width >= to_width
        assert out.height >= to_height
    assert out.width == to_width or out.height == to_height
    chosen = min if fit == "inside" else max
    factor = chosen(to_width / width, to_height / height)
    assert (out.width, out.height) == (max(1, round(width * factor)), max(1, round(height * factor)))


@settings(deadline=None)
@given(width=SIDES, height=SIDES, to_width=SIDES, to_height=SIDES)
@pytest.mark.parametrize("fit", ["inside", "outside", "cover", "fill"])
def test_nothing_grows_unless_asked(
    fit: str, width: int, height: int, to_width: int, to_height: int, make_context: Callable[..., Context]
) -> None:
    out = run(blank(width, height), make_context(), width=to_width, height=to_height, fit=fit).picture
    assert out.width <= width
    assert out.height <= height


def test_contain_puts_margins_around_the_whole_picture(context: Context) -> None:
    out = run(blank(40, 20), context, width=20, height=20, fit="contain", color="#ff0000").picture
    assert (out.rgb[:5] == (255, 0, 0)).all()
    assert (out.rgb[5:15] == 0).all()
    assert (out.rgb[15:] == (255, 0, 0)).all()


def test_cover_keeps_the_middle(context: Context) -> None:
    rgb = np.zeros((20, 60, 3), np.uint8)
    rgb[:, 20:40] = 255
    out = run(Picture(rgb), context, width=20, height=20, fit="cover").picture
    assert (out.rgb == 255).all()


@pytest.mark.parametrize("fit", ["contain", "cover", "inside", "outside"])
def test_one_side_lets_the_other_follow(fit: str, context: Context) -> None:
    out = run(blank(60, 40), context, width=30, fit=fit).picture
    assert (out.width, out.height) == (30, 20)


def test_no_size_changes_nothing(coffee: Picture, context: Context) -> None:
    assert run(coffee, context).picture is coffee


def test_a_preview_gets_what_its_bound_allows_and_reports_its_scale(
    make_context: Callable[..., Context],
) -> None:
    # 6000×4000 seen at 1200 px, asked to become 2000 px wide.
    outcome = run(blank(1200, 800), make_context(scale=0.2, max_px=1200), width=2000)
    assert (outcome.picture.width, outcome.picture.height) == (1200, 800)
    assert outcome.scale == 0.6


def test_a_preview_gets_the_size_asked_for_where_that_is_smaller(make_context: Callable[..., Context]) -> None:
    outcome = run(blank(1200, 800), make_context(scale=0.2, max_px=1200), width=600)
    assert (outcome.picture.width, outcome.picture.height) == (600, 400)
    assert outcome.scale == 1.0


def test_a_full_run_leaves_the_scale_alone(context: Context) -> None:
    assert run(blank(60, 40), context, width=30).scale is None


def test_too_many_pixels_are_refused_even_in_a_preview(make_context: Callable[..., Context]) -> None:
    asked = {"width": 20_000, "height": 20_000, "fit": "fill", "enlarge": True}
    for context in (make_context(), make_context(scale=0.1, max_px=100)):
        with pytest.raises(OutputTooLarge):
            run(blank(10, 10), context, **asked)
