from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
import skimage.data

from pyservice.imaging.picture import Picture
from pyservice.imaging.warp import turn_picture
from pyservice.operations import Context, Outcome
from pyservice.operations.orient.straighten import StraightenParams, straighten

GROUND = (235, 235, 235)


def run(picture: Picture, context: Context, **values: Any) -> Outcome:
    return straighten(picture, StraightenParams.model_validate(values), context)


def box_on_ground() -> Picture:
    rgb = np.full((300, 400, 3), GROUND, np.uint8)
    rgb[90:210, 90:310] = (60, 90, 160)
    return Picture(rgb)


def page() -> Picture:
    """A scanned page that ships inside scikit-image."""
    gray = np.asarray(skimage.data.page(), np.uint8)[:120]
    return Picture(cv2.cvtColor(gray, cv2.COLOR_GRAY2RGB))


@pytest.mark.parametrize("angle_deg", [-13.0, -4.5, 2.0, 9.0])
@pytest.mark.parametrize("method", ["product", "lines", "auto"])
def test_a_crooked_box_is_turned_upright(method: str, angle_deg: float, context: Context) -> None:
    crooked = turn_picture(box_on_ground(), angle_deg, GROUND, expand=True)
    outcome = run(crooked, context, method=method)
    assert outcome.report["angle_deg"] == pytest.approx(-angle_deg, abs=0.4)
    dark = outcome.picture.rgb[..., 0] < 150
    rows = np.flatnonzero(dark.any(axis=1))
    assert rows.size == pytest.approx(120, abs=5)


@pytest.mark.parametrize("angle_deg", [-6.0, 3.0])
def test_crooked_text_is_turned_upright(angle_deg: float, context: Context) -> None:
    crooked = turn_picture(page(), angle_deg, None, expand=True)
    assert run(crooked, context, method="text").report["angle_deg"] == pytest.approx(-angle_deg, abs=0.8)


def test_round_products_are_left_alone(context: Context) -> None:
    rgb = np.full((200, 200, 3), GROUND, np.uint8)
    cv2.ellipse(rgb, (100, 100), (60, 55), 30, 0, 360, (40, 40, 90), -1)
    outcome = run(Picture(rgb), context, method="product")
    assert outcome.picture.rgb.shape == rgb.shape
    assert "round" in str(outcome.report["reason"])


def test_a_slim_oval_is_straightened_by_its_axis(context: Context) -> None:
    rgb = np.full((240, 240, 3), GROUND, np.uint8)
    cv2.ellipse(rgb, (120, 120), (100, 30), 8, 0, 360, (40, 40, 90), -1, cv2.LINE_AA)
    assert run(Picture(rgb), context, method="product").report["angle_deg"] == pytest.approx(-8, abs=0.5)


def test_a_larger_skew_is_taken_as_intended(context: Context) -> None:
    crooked = turn_picture(box_on_ground(), 12, GROUND, expand=True)
    outcome = run(crooked, context, method="product", max_angle_deg=5)
    assert outcome.picture is crooked
    assert outcome.report["angle_deg"] == 0


def test_an_upright_picture_stays_exactly_as_it_is(context: Context) -> None:
    picture = box_on_ground()
    assert run(picture, context).picture is picture


@pytest.mark.parametrize("method", ["auto", "product", "lines", "text"])
def test_a_plain_picture_stays_and_says_why(method: str, context: Context) -> None:
    picture = Picture(np.full((50, 60, 3), 90, np.uint8))
    outcome = run(picture, context, method=method)
    assert outcome.picture is picture
    assert outcome.report["reason"]


def test_corners_continue_the_ground_or_take_the_fill(context: Context) -> None:
    crooked = turn_picture(box_on_ground(), 6, GROUND, expand=True)
    assert tuple(run(crooked, context).picture.rgb[0, 0]) == GROUND
    assert tuple(run(crooked, context, fill="#00ff00").picture.rgb[0, 0]) == (0, 255, 0)


def test_auto_leaves_a_product_that_only_its_axis_says_leans(context: Context) -> None:
    rgb = np.full((300, 400, 3), GROUND, np.uint8)
    # A wedge, as a shoe is: flat on its sole, high at one end.
    cv2.fillPoly(rgb, [np.array([(60, 220), (340, 220), (340, 190), (180, 150), (130, 80), (60, 80)])], (20, 60, 40))
    picture = Picture(rgb)
    assert run(picture, context, method="product").report["angle_deg"] != 0
    assert run(picture, context, method="auto").picture.height == 300


def test_auto_turns_a_leaning_bottle(context: Context) -> None:
    rgb = np.full((400, 400, 3), GROUND, np.uint8)
    cv2.ellipse(rgb, (200, 240), (45, 120), 0, 0, 360, (20, 60, 40), -1)
    cv2.rectangle(rgb, (185, 60), (215, 130), (20, 60, 40), -1)
    crooked = turn_picture(Picture(rgb), 7, GROUND, expand=True)
    outcome = run(crooked, context)
    assert outcome.report["method"] == "product"
    assert outcome.report["angle_deg"] == pytest.approx(-7, abs=0.5)


def test_a_thin_frame_does_not_colour_the_corners(context: Context) -> None:
    crooked = turn_picture(box_on_ground(), 6, GROUND, expand=True)
    framed = crooked.rgb.copy()
    framed[0] = framed[-1] = framed[:, 0] = framed[:, -1] = 0
    product = np.asarray((crooked.rgb[..., 0] < 150) * 255, np.uint8)
    outcome = run(Picture(framed, None, product), context)
    assert outcome.report["angle_deg"] == pytest.approx(-6, abs=0.4)
    assert tuple(outcome.picture.rgb[0, 0]) == GROUND
