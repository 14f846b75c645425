"""white-balance and temperature: the light changes its colour."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pyservice.imaging.picture import Picture
from pyservice.operations import Context, Outcome, find_operation


def run(name: str, picture: Picture, context: Context, **params: Any) -> Outcome:
    operation = find_operation(name, "test")
    return operation.run(picture, operation.validated(params, operation.version, "test"), context)


def on_ground(ground: tuple[int, int, int], *, with_mask: bool) -> Picture:
    rgb = np.full((80, 100, 3), ground, np.uint8)
    rgb[20:60, 30:70] = (180, 40, 40)
    mask = np.zeros((80, 100), np.uint8)
    mask[20:60, 30:70] = 255
    return Picture(rgb, None, mask if with_mask else None)


@pytest.mark.parametrize("with_mask", [True, False])
@pytest.mark.parametrize("ground", [(230, 215, 190), (190, 205, 225), (150, 160, 140)])
def test_a_ground_with_a_cast_becomes_neutral(ground: tuple[int, int, int], with_mask: bool, context: Context) -> None:
    out = run("white-balance", on_ground(ground, with_mask=with_mask), context).picture.rgb[0, 0].astype(int)
    assert out.max() - out.min() <= 2
    assert abs(int(out.mean()) - np.mean(ground)) < 12


def test_half_strength_removes_about_half_the_cast(context: Context) -> None:
    picture = on_ground((230, 215, 190), with_mask=True)
    out = run("white-balance", picture, context, strength=0.5).picture.rgb[0, 0].astype(int)
    assert 12 <= out[0] - out[2] <= 28


def test_a_coloured_backdrop_is_no_cast(context: Context) -> None:
    picture = on_ground((40, 160, 60), with_mask=True)
    outcome = run("white-balance", picture, context)
    assert outcome.picture is picture
    assert outcome.warnings


def test_a_clipped_ground_tells_nothing(context: Context) -> None:
    picture = on_ground((255, 255, 255), with_mask=True)
    outcome = run("white-balance", picture, context)
    assert outcome.picture is picture
    assert outcome.warnings


def test_gray_world_makes_the_average_neutral(chelsea: Picture, context: Context) -> None:
    def spread(picture: Picture) -> float:
        means = picture.rgb.reshape(-1, 3).mean(axis=0)
        return float(means.max() - means.min())

    out = run("white-balance", chelsea, context, method="gray-world").picture
    assert spread(out) < spread(chelsea) / 3


def test_method_none_changes_nothing(chelsea: Picture, context: Context) -> None:
    assert run("white-balance", chelsea, context, method="none").picture is chelsea


def grey(context: Context, **params: float) -> list[int]:
    return [
        int(v)
        for v in run("temperature", Picture(np.full((4, 4, 3), 128, np.uint8)), context, **params).picture.rgb[0, 0]
    ]


def test_temperature_moves_between_orange_and_blue(context: Context) -> None:
    warm, cool = grey(context, kelvin_shift=2000), grey(context, kelvin_shift=-2000)
    assert warm[0] > 128 + 5
    assert warm[2] < 128 - 5
    assert cool[0] < 128 - 5
    assert cool[2] > 128 + 5


def test_tint_moves_between_magenta_and_green(context: Context) -> None:
    magenta, green = grey(context, tint=0.5), grey(context, tint=-0.5)
    assert min(magenta[0], magenta[2]) > magenta[1] + 5
    assert green[1] > max(green[0], green[2]) + 5


def test_temperature_keeps_brightness(context: Context) -> None:
    for shift in (-3000, 3000):
        red, green, blue = grey(context, kelvin_shift=shift)
        assert abs(0.2126 * red + 0.7152 * green + 0.0722 * blue - 128) < 10


def test_no_shift_changes_nothing(chelsea: Picture, context: Context) -> None:
    assert run("temperature", chelsea, context).picture is chelsea


def test_scenery_is_no_ground(context: Context) -> None:
    random = np.random.default_rng(2)
    tiles = random.integers(20, 240, (6, 8, 3), dtype=np.uint8)
    picture = Picture(np.kron(tiles, np.ones((20, 20, 1), np.uint8)))
    outcome = run("white-balance", picture, context)
    assert outcome.picture is picture
    assert "ground" in outcome.warnings[0]
