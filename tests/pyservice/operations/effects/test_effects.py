"""The looks: each does what its name says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pyservice.imaging.picture import Picture, Plane
from pyservice.operations import Context, find_operation


def run(name: str, picture: Picture, context: Context, **params: Any) -> Plane:
    operation = find_operation(name, "test")
    return operation.run(picture, operation.validated(params, operation.version, "test"), context).picture.rgb


def test_grayscale_has_equal_channels(coffee: Picture, context: Context) -> None:
    out = run("grayscale", coffee, context)
    assert (out.max(axis=2) == out.min(axis=2)).all()


@pytest.mark.parametrize("name", ["grayscale", "sepia", "vignette"])
def test_no_strength_changes_nothing(name: str, coffee: Picture, context: Context) -> None:
    assert np.array_equal(run(name, coffee, context, strength=0), coffee.rgb)


def test_sepia_is_brown(context: Context) -> None:
    red, green, blue = (int(v) for v in run("sepia", Picture(np.full((2, 2, 3), 100, np.uint8)), context)[0, 0])
    assert (red, green, blue) == (135, 120, 94)


def test_inverting_twice_changes_nothing(coffee: Picture, context: Context) -> None:
    assert np.array_equal(run("invert", Picture(run("invert", coffee, context)), context), coffee.rgb)


def test_edges_follow_an_outline(context: Context) -> None:
    rgb = np.full((60, 60, 3), 30, np.uint8)
    rgb[20:40, 20:40] = 220
    lines = run("edges", Picture(rgb), context)[..., 0] > 0
    assert lines[18:22, 22:38].any(axis=0).all()
    assert not lines[:15].any()
    assert not lines[25:35, 25:35].any()
    assert np.array_equal(run("edges", Picture(rgb), context, dark_lines=True)[..., 0] == 0, lines)


@pytest.mark.parametrize("levels", [2, 5, 256])
def test_posterize_keeps_so_many_levels(levels: int, context: Context) -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    out = run("posterize", Picture(ramp), context, levels=levels)
    assert len(np.unique(out)) == levels
    assert (out.min(), out.max()) == (0, 255)


def test_vignette_darkens_corners_only(context: Context) -> None:
    out = run("vignette", Picture(np.full((101, 151, 3), 200, np.uint8)), context, strength=0.8)
    assert out[50, 75, 0] == 200
    assert out[0, 0, 0] == out[-1, -1, 0] == 40


def test_sketch_turns_plain_areas_into_paper_and_edges_into_strokes(context: Context) -> None:
    rgb = np.full((80, 80, 3), 90, np.uint8)
    rgb[:, 40:] = 180
    out = run("sketch", Picture(rgb), context)[..., 0]
    assert out[:, :5].min() > 245
    assert out[40, 30:40].min() < 170


def test_cartoon_flattens_tones_and_draws_outlines(coffee: Picture, context: Context) -> None:
    flat = run("cartoon", coffee, context, levels=6, lines=0)
    drawn = run("cartoon", coffee, context, levels=6, lines=1)
    steps = np.abs(np.diff(flat.astype(int), axis=1)).max(axis=2)
    assert (steps == 0).mean() > 1.5 * (np.abs(np.diff(coffee.rgb.astype(int), axis=1)).max(axis=2) == 0).mean()
    assert (drawn.astype(int) <= flat.astype(int) + 1).all()
    assert drawn.mean() < flat.mean()


def test_emboss_is_grey_where_nothing_changes(context: Context) -> None:
    rgb = np.full((40, 40, 3), 60, np.uint8)
    rgb[10:30, 10:30] = 200
    out = run("emboss", Picture(rgb), context)[..., 0]
    assert (out[:8, :8] == 128).all()
    assert out[10, 10] > 128 > out[30, 30]
    assert np.array_equal(run("emboss", Picture(rgb), context, strength=0, color=True), rgb)


def test_pixelate_makes_plain_blocks_of_the_average(coffee: Picture, context: Context) -> None:
    out = run("pixelate", coffee, context, block_px=20)
    block = coffee.rgb[20:40, 40:60].reshape(-1, 3).mean(axis=0)
    assert (out[20:40, 40:60] == out[20, 40]).all()
    assert np.abs(out[20, 40] - block).max() <= 1


def test_pixelate_follows_the_scale_of_a_preview() -> None:
    operation = find_operation("pixelate", "test")
    assert operation.validated({"block_px": 20}, 1, "test").scaled(0.25) == operation.validated(
        {"block_px": 5}, 1, "test"
    )
