from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest

from pyservice.imaging.picture import Picture
from pyservice.imaging.warp import turn_picture, warp_picture
from pyservice.operations import Context, Outcome
from pyservice.operations.orient.align import AlignParams, align

NAME = "a" * 64


def run(picture: Picture, context: Context, **values: Any) -> Outcome:
    return align(picture, AlignParams.model_validate({"reference": NAME, **values}), context)


def error(one: Picture, other: Picture) -> float:
    inner = np.s_[60:-60, 60:-60]
    return float(np.abs(one.rgb[inner].astype(int) - other.rgb[inner]).mean())


@pytest.mark.parametrize("model", ["similarity", "homography"])
def test_a_turned_picture_lies_on_its_reference_again(
    model: str, coffee: Picture, make_context: Callable[..., Context]
) -> None:
    moved = turn_picture(coffee, 8, (255, 255, 255), expand=True)
    outcome = run(moved, make_context(blob=coffee), model=model)
    assert (outcome.picture.width, outcome.picture.height) == (coffee.width, coffee.height)
    assert outcome.report["inliers"] > 100
    assert error(outcome.picture, coffee) < 5


def test_a_homography_undoes_perspective(coffee: Picture, make_context: Callable[..., Context]) -> None:
    corners = np.array([(0, 0), (599, 0), (599, 399), (0, 399)], np.float32)
    seen = np.array([(30, 20), (560, 0), (599, 380), (10, 399)], np.float32)
    matrix = np.asarray(cv2.getPerspectiveTransform(corners, seen), np.float64)
    outcome = run(warp_picture(coffee, matrix, 600, 400, None), make_context(blob=coffee), model="homography")
    assert error(outcome.picture, coffee) < 6


def test_unrelated_pictures_stay_with_a_warning_and_the_count(
    coffee: Picture, chelsea: Picture, make_context: Callable[..., Context]
) -> None:
    outcome = run(chelsea, make_context(blob=coffee))
    assert outcome.picture is chelsea
    assert outcome.report["inliers"] < 15
    assert "points agree" in outcome.warnings[0]


def test_a_picture_without_detail_stays(make_context: Callable[..., Context], coffee: Picture) -> None:
    plain = Picture(np.full((40, 40, 3), 80, np.uint8))
    assert run(plain, make_context(blob=coffee)).picture is plain


def test_a_preview_gets_the_reference_at_its_own_scale(coffee: Picture, make_context: Callable[..., Context]) -> None:
    small = Picture(np.asarray(cv2.resize(coffee.rgb, (300, 200), interpolation=cv2.INTER_AREA), np.uint8))
    outcome = run(small, make_context(scale=0.5, max_px=300, blob=coffee))
    assert (outcome.picture.width, outcome.picture.height) == (300, 200)
    assert outcome.scale == 0.5
    assert error(outcome.picture, small) < 5


def test_no_reference_changes_nothing(coffee: Picture, context: Context) -> None:
    outcome = align(coffee, AlignParams.model_validate({}), context)
    assert outcome.picture is coffee
    assert outcome.warnings
