"""rotate and flip."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyservice.imaging.picture import Picture
from pyservice.operations.orient.flip import FlipParams, flip
from pyservice.operations.orient.rotate import RotateParams, rotate

SIDES = st.integers(1, 30)


def noise(width: int, height: int) -> Picture:
    planes = np.random.default_rng(width * 99 + height).integers(0, 256, (height, width, 5), dtype=np.uint8)
    return Picture(planes[..., :3], planes[..., 3], planes[..., 4])


def same(one: Picture, other: Picture) -> bool:
    pairs = [(one.rgb, other.rgb), (one.alpha, other.alpha), (one.mask, other.mask)]
    return all(a is not None and b is not None and np.array_equal(a, b) for a, b in pairs)


def turn(picture: Picture, **values: Any) -> Picture:
    return rotate(picture, RotateParams.model_validate(values))


@given(SIDES, SIDES, st.sampled_from(["horizontal", "vertical"]))
def test_flipping_twice_changes_nothing(width: int, height: int, axis: str) -> None:
    picture, params = noise(width, height), FlipParams.model_validate({"axis": axis})
    assert same(flip(flip(picture, params), params), picture)


def test_horizontal_swaps_left_and_right() -> None:
    picture = noise(7, 4)
    assert np.array_equal(flip(picture, FlipParams(axis="horizontal")).rgb, picture.rgb[:, ::-1])
    assert np.array_equal(flip(picture, FlipParams(axis="vertical")).rgb, picture.rgb[::-1])


@given(SIDES, SIDES, st.sampled_from([90, -90]))
def test_four_quarter_turns_change_nothing(width: int, height: int, angle_deg: int) -> None:
    picture = out = noise(width, height)
    for count in range(4):
        out = turn(out, angle_deg=angle_deg)
        assert (out.width, out.height) == ((height, width) if count % 2 == 0 else (width, height))
    assert same(out, picture)


@given(SIDES, SIDES)
def test_half_a_turn_is_both_flips(width: int, height: int) -> None:
    picture = noise(width, height)
    both = flip(flip(picture, FlipParams(axis="horizontal")), FlipParams(axis="vertical"))
    for angle_deg in (180, -180):
        assert same(turn(picture, angle_deg=angle_deg, expand=False), both)


@given(SIDES, SIDES, st.floats(-180, 180))
def test_without_expand_the_size_stays(width: int, height: int, angle_deg: float) -> None:
    out = turn(noise(width, height), angle_deg=angle_deg, expand=False)
    assert (out.width, out.height) == (width, height)


def test_turning_there_and_back_gives_nearly_the_picture(coffee: Picture) -> None:
    there = turn(coffee, angle_deg=10)
    back = turn(there, angle_deg=-10)
    left, top = (back.width - coffee.width) // 2, (back.height - coffee.height) // 2
    inner = back.rgb[top + 5 : top + coffee.height - 5, left + 5 : left + coffee.width - 5].astype(int)
    assert np.abs(inner - coffee.rgb[5:-5, 5:-5]).mean() < 6


@pytest.mark.parametrize("fill", ["#ff0000", "#ffffff"])
def test_corners_take_the_fill_colour(coffee: Picture, fill: str) -> None:
    out = turn(coffee, angle_deg=15, fill=fill)
    assert tuple(out.rgb[0, 0]) == tuple(bytes.fromhex(fill[1:]))
