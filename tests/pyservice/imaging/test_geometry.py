from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyservice.errors import OutputTooLarge
from pyservice.imaging.geometry import (
    Box,
    bounding_box,
    crop_picture,
    pad_picture,
    resize_mask,
    resize_picture,
    resize_plane,
)
from pyservice.imaging.picture import Picture

SIDES = st.integers(1, 60)


def noise(width: int, height: int, *, alpha: bool = False, mask: bool = False) -> Picture:
    random = np.random.default_rng(width * 100 + height)
    planes = random.integers(0, 256, (height, width, 5), dtype=np.uint8)
    return Picture(planes[..., :3], planes[..., 3] if alpha else None, planes[..., 4] if mask else None)


@settings(deadline=None)
@given(SIDES, SIDES, SIDES, SIDES, st.booleans())
def test_resizes_every_plane_to_the_size_asked(
    width: int, height: int, to_width: int, to_height: int, with_planes: bool
) -> None:
    out = resize_picture(noise(width, height, alpha=with_planes, mask=with_planes), to_width, to_height)
    assert (out.width, out.height) == (to_width, to_height)
    assert (out.alpha is not None) == (out.mask is not None) == with_planes


def test_a_picture_of_the_right_size_is_returned_untouched() -> None:
    picture = noise(9, 7)
    assert resize_picture(picture, 9, 7) is picture


@settings(deadline=None)
@given(SIDES, SIDES, SIDES, SIDES, st.integers(0, 255))
def test_a_plain_colour_stays_plain_at_any_size(
    width: int, height: int, to_width: int, to_height: int, level: int
) -> None:
    out = resize_plane(np.full((height, width, 3), level, np.uint8), to_width, to_height)
    assert (out == level).all()


def test_shrinking_averages_and_does_not_alias() -> None:
    checks = np.indices((400, 400)).sum(axis=0) % 2 * np.uint8(255)
    out = resize_plane(np.asarray(checks, np.uint8), 90, 90)
    assert np.abs(out.astype(int) - 128).max() <= 20


@pytest.mark.parametrize("size", [(300, 200), (75, 50), (77, 41)])
def test_far_shrinking_agrees_with_the_general_average(size: tuple[int, int]) -> None:
    random = np.random.default_rng(3)
    coarse = random.integers(0, 256, (12, 18, 3), dtype=np.uint8)
    photo = np.asarray(cv2.resize(coarse, (1200, 800), interpolation=cv2.INTER_CUBIC), np.uint8)
    expected = cv2.resize(photo, size, interpolation=cv2.INTER_AREA)
    assert np.abs(resize_plane(photo, *size).astype(int) - expected).max() <= 4


def test_each_direction_is_resized_by_its_own_need() -> None:
    stripes = np.zeros((10, 400), np.uint8)
    stripes[:, ::2] = 200
    out = resize_plane(stripes, 40, 30)
    assert np.abs(out.astype(int) - 100).max() <= 2


def test_hidden_colours_do_not_bleed_into_a_resized_edge() -> None:
    rgb = np.zeros((40, 40, 3), np.uint8)
    rgb[:, :20] = (0, 255, 0)
    rgb[:, 20:] = (200, 30, 30)
    alpha = np.zeros((40, 40), np.uint8)
    alpha[:, 20:] = 255
    for width in (13, 97):
        out = resize_picture(Picture(rgb, alpha), width, width)
        assert out.alpha is not None
        seen = out.rgb[out.alpha > 2].astype(int)
        assert np.abs(seen - (200, 30, 30)).max() <= 6


def test_fully_hidden_colours_survive_for_a_later_step() -> None:
    rgb = np.full((40, 40, 3), (10, 200, 30), np.uint8)
    out = resize_picture(Picture(rgb, np.zeros((40, 40), np.uint8)), 21, 21)
    assert np.array_equal(out.rgb, np.full((21, 21, 3), (10, 200, 30), np.uint8))


def test_a_hard_mask_does_not_ring_when_enlarged() -> None:
    mask = np.zeros((20, 20), np.uint8)
    mask[5:15, 5:15] = 255
    out = resize_picture(Picture(np.zeros((20, 20, 3), np.uint8), None, mask), 200, 200)
    assert out.mask is not None
    assert out.mask[:40].max() == 0
    assert out.mask[60:140, 60:140].min() == 255


@given(st.data())
def test_crop_gives_the_pixels_of_its_box(data: st.DataObject) -> None:
    width, height = data.draw(SIDES), data.draw(SIDES)
    left, top = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    box = Box.sized(left, top, data.draw(st.integers(1, width - left)), data.draw(st.integers(1, height - top)))
    picture = noise(width, height, alpha=True, mask=True)
    out = crop_picture(picture, box)
    assert np.array_equal(out.rgb, picture.rgb[box.top : box.bottom, box.left : box.right])
    assert out.alpha is not None
    assert out.alpha.shape == (box.height, box.width)


def test_crop_refuses_a_box_outside_the_picture() -> None:
    with pytest.raises(ValueError, match="Expected a box within 5×5"):
        crop_picture(noise(5, 5), Box.sized(3, 0, 3, 5))


@given(SIDES, SIDES, *[st.integers(0, 9)] * 4)
def test_cropping_away_what_was_padded_gives_the_picture_back(
    width: int, height: int, top: int, right: int, bottom: int, left: int
) -> None:
    picture = noise(width, height, alpha=True, mask=True)
    padded = pad_picture(picture, top, right, bottom, left, (1, 2, 3))
    assert (padded.width, padded.height) == (width + left + right, height + top + bottom)
    back = crop_picture(padded, Box.sized(left, top, width, height))
    assert np.array_equal(back.rgb, picture.rgb)
    assert back.alpha is not None
    assert picture.alpha is not None
    assert np.array_equal(back.alpha, picture.alpha)
    assert padded.mask is not None
    assert picture.mask is not None
    assert int(padded.mask.sum()) == int(picture.mask.sum())


def test_too_large_a_result_is_refused_before_it_is_made() -> None:
    with pytest.raises(OutputTooLarge, match="at most 100,000,000 pixels from resize, received 20000×20000"):
        resize_picture(noise(2, 2), 20_000, 20_000)
    with pytest.raises(OutputTooLarge):
        pad_picture(noise(2, 2), 20_000, 20_000, 0, 0, (0, 0, 0))


def test_bounding_box_holds_exactly_what_is_set() -> None:
    plane = np.zeros((20, 30), np.uint8)
    plane[4:9, 11:17] = 200
    plane[0, 0] = 100
    assert bounding_box(plane) == Box(left=11, top=4, right=17, bottom=9)
    assert bounding_box(np.zeros((3, 3), np.uint8)) is None


def test_enlarging_a_mask_does_not_ring() -> None:
    mask = np.zeros((20, 20), np.uint8)
    mask[5:15, 5:15] = 255
    out = resize_mask(mask, 200, 200)
    assert out[:45].max() == 0
    assert out[55:145, 55:145].min() == 255


def test_a_box_is_known_by_its_size_or_its_sides() -> None:
    box = Box.sized(3, 4, 10, 20)
    assert box == Box(3, 4, 13, 24)
    assert (box.width, box.height) == (10, 20)
