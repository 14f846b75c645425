from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyservice.errors import NoProduct, OutputTooLarge
from pyservice.imaging.picture import Picture
from pyservice.operations import Context, Outcome, find_operation

FRAME = find_operation("frame", "test")


class NoContext:
    """Framing a picture that has a mask asks nothing of the world."""

    scale = 1.0
    max_px = None


def frame(picture: Picture, context: object = None, **params: object) -> Outcome:
    return FRAME.run(picture, FRAME.validated(params, 1, "test"), context or NoContext())  # type: ignore[arg-type]


def product(box_width: int, box_height: int, left: int = 40, top: int = 30, *, alpha: bool = True) -> Picture:
    """A blue ellipse with its mask, somewhere in a 600×500 picture."""
    rgb, mask = np.full((500, 600, 3), (210, 200, 190), np.uint8), np.zeros((500, 600), np.uint8)
    centre, axes = (left + box_width // 2, top + box_height // 2), (box_width // 2, box_height // 2)
    cv2.ellipse(rgb, centre, axes, 0, 0, 360, (40, 60, 160), -1)
    cv2.ellipse(mask, centre, axes, 0, 0, 360, 255, -1)
    return Picture(rgb, mask if alpha else None, mask)


def box_of(picture: Picture) -> tuple[int, int, int, int]:
    rows, columns = np.nonzero(picture.mask > 127)
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


@settings(max_examples=60, deadline=None)
@given(
    width=st.integers(60, 400),
    height=st.integers(60, 400),
    fill=st.floats(0.1, 0.95),
    fill_by=st.sampled_from(["bbox-area", "longest-side", "mask-area"]),
    aspect=st.sampled_from(["1:1", "4:3", "3:4", "1:1.44"]),
    size_px=st.sampled_from([800, 1000, 1500]),
)
def test_reaches_the_fill_or_is_as_large_as_the_margin_allows(
    width: int, height: int, fill: float, fill_by: str, aspect: str, size_px: int
) -> None:
    outcome = frame(product(width, height), aspect=aspect, fill=fill, fill_by=fill_by, size_px=size_px)
    reached = outcome.report["fill_" + fill_by.replace("-", "_")]
    left, top, right, bottom = box_of(outcome.picture)
    free = min(left, top, outcome.picture.width - right, outcome.picture.height - bottom)
    margin = 0.02 * min(outcome.picture.width, outcome.picture.height)
    if outcome.report["fill_limited"]:
        assert reached < fill
        assert abs(free - margin) <= 3
    else:
        assert abs(reached - fill) <= 0.01
        assert free >= margin - 2
    assert abs((left + right) / 2 / outcome.picture.width - 0.5) <= 0.01
    assert abs((top + bottom) / 2 / outcome.picture.height - 0.5) <= 0.01


def test_a_tall_bottle_says_that_the_margin_limited_it() -> None:
    report = frame(product(60, 400), fill=0.6, fill_by="bbox-area", size_px=1000).report
    assert report["fill_limited"] is True
    assert report["fill_longest_side"] == pytest.approx(0.96, abs=0.005)


@pytest.mark.parametrize(("aspect", "size"), [("1:1", (900, 900)), ("4:3", (900, 675)), ("3:4", (675, 900))])
def test_the_canvas_has_the_asked_shape_and_size(aspect: str, size: tuple[int, int]) -> None:
    picture = frame(product(200, 150), aspect=aspect, size_px=900).picture
    assert (picture.width, picture.height) == size


def test_without_a_size_the_product_keeps_its_own_pixels() -> None:
    before, after = product(200, 150), frame(product(200, 150)).picture
    assert abs(int((after.mask > 127).sum()) / int((before.mask > 127).sum()) - 1) < 0.02


@pytest.mark.parametrize(("position", "side"), [("top", 1), ("left", 0), ("bottom", 3), ("right", 2)])
def test_a_product_can_stand_at_an_edge(position: str, side: int) -> None:
    picture = frame(product(200, 150), fill=0.5, size_px=1000, position=position).picture
    place = box_of(picture)[side]
    assert abs((place if side < 2 else 1000 - place) - 20) <= 2


def test_canvas_beyond_the_picture_is_transparent_on_a_cut_out() -> None:
    picture = frame(product(500, 400), fill=0.3, size_px=1000).picture
    assert picture.alpha[0, 0] == 0


def test_canvas_beyond_the_picture_takes_the_grounds_colour_otherwise() -> None:
    picture = frame(product(500, 400, alpha=False), fill=0.3, size_px=1000).picture
    assert picture.alpha is None
    np.testing.assert_array_equal(picture.rgb[0, 0], (210, 200, 190))


def test_a_stray_speck_does_not_move_the_frame() -> None:
    clean = product(200, 150)
    mask = clean.mask.copy()
    mask[480:483, 580:583] = 255
    moved = frame(clean.with_mask(mask), size_px=800, fill=0.5).report
    assert moved["fill_longest_side"] == pytest.approx(0.5, abs=0.01)


def test_a_picture_without_a_product_is_refused() -> None:
    empty = Picture(np.zeros((50, 50, 3), np.uint8), None, np.zeros((50, 50), np.uint8))
    with pytest.raises(NoProduct):
        frame(empty)


def test_a_canvas_that_would_grow_beyond_bounds_is_refused() -> None:
    with pytest.raises(OutputTooLarge):
        frame(product(600, 20, left=0), fill=0.05, aspect="1:20", fill_by="longest-side")


def test_a_preview_frames_small_and_says_its_scale(make_context: Callable[..., Context]) -> None:
    outcome = frame(product(200, 150), make_context(scale=0.25, max_px=500), size_px=2000)
    assert outcome.picture.width == 500
    assert outcome.scale == 0.25


def test_enlarging_the_product_much_is_told() -> None:
    assert frame(product(60, 60), size_px=2000).warnings
    assert not frame(product(400, 400), size_px=400).warnings
