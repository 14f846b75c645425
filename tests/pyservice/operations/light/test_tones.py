"""auto-light, gamma, highlights-shadows and equalize: light changes, colour and white stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest

from pyservice.imaging.picture import Picture, Plane
from pyservice.operations import Context, Outcome, find_operation


def run(name: str, picture: Picture, context: Context, **params: Any) -> Outcome:
    operation = find_operation(name, "test")
    return operation.run(picture, operation.validated(params, operation.version, "test"), context)


def lightness(rgb: Plane) -> np.ndarray:
    return cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)[..., 0]


def dull_product_on_white(with_mask: bool) -> Picture:
    """A grey gradient product, L* about 20 to 50, on pure white."""
    rgb = np.full((100, 120, 3), 255, np.uint8)
    rgb[25:75, 30:90] = np.linspace(48, 119, 60).astype(np.uint8)[None, :, None]
    mask = np.zeros((100, 120), np.uint8)
    mask[25:75, 30:90] = 255
    return Picture(rgb, None, mask if with_mask else None)


@pytest.mark.parametrize("with_mask", [True, False])
def test_auto_light_measures_the_product_and_never_the_white_ground(with_mask: bool, context: Context) -> None:
    outcome = run("auto-light", dull_product_on_white(with_mask), context)
    assert outcome.report["measured_on"] == ("mask" if with_mask else "all but the white ground")
    assert 18 < outcome.report["low"] < 23
    assert 47 < outcome.report["high"] < 52
    product = lightness(outcome.picture.rgb)[25:75, 30:90]
    assert product.max() > 58
    assert product.min() < 17
    assert (outcome.picture.rgb[:20] == 255).all()


def test_auto_light_keeps_a_white_product_white(context: Context) -> None:
    rgb = np.full((60, 60, 3), 120, np.uint8)
    rgb[20:40, 20:40] = np.linspace(200, 240, 20).astype(np.uint8)[None, :, None]
    mask = np.zeros((60, 60), np.uint8)
    mask[20:40, 20:40] = 255
    outcome = run("auto-light", Picture(rgb, None, mask), context)
    assert lightness(outcome.picture.rgb)[20:40, 20:40].min() > 70


def test_auto_light_keeps_hue(coffee: Picture, context: Context) -> None:
    dark = Picture(np.asarray(coffee.rgb // 2, np.uint8))
    outcome = run("auto-light", dark, context)
    before = cv2.cvtColor(dark.rgb.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
    after = cv2.cvtColor(outcome.picture.rgb.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
    assert after[..., 0].mean() > before[..., 0].mean() + 5
    inside = (outcome.picture.rgb.max(axis=2) < 250) & (outcome.picture.rgb.min(axis=2) > 5)
    assert np.abs(after - before)[inside][:, 1:].mean() < 1


def test_auto_light_without_strength_changes_nothing(coffee: Picture, context: Context) -> None:
    assert run("auto-light", coffee, context, strength=0).picture is coffee


def test_gamma_brightens_the_middle_and_keeps_the_ends(context: Context) -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    out = run("gamma", Picture(ramp), context, gamma=2).picture.rgb[0, :, 0]
    assert out[0] == 0
    assert out[255] == 255
    assert out[64] == round(255 * (64 / 255) ** 0.5)


def test_shadows_lift_the_dark_and_leave_the_bright(coffee: Picture, context: Context) -> None:
    before = lightness(coffee.rgb)
    after = lightness(run("highlights-shadows", coffee, context, shadows=0.8).picture.rgb)
    assert (after - before)[before < 25].mean() > 5
    assert np.abs(after - before)[before > 85].mean() < 1.5


def test_highlights_tame_the_bright_and_leave_the_dark(coffee: Picture, context: Context) -> None:
    before = lightness(coffee.rgb)
    after = lightness(run("highlights-shadows", coffee, context, highlights=-0.8).picture.rgb)
    assert (after - before)[(before > 75) & (before < 95)].mean() < -5
    assert np.abs(after - before)[before < 15].mean() < 1.5


def test_pure_white_and_black_survive_highlights_and_shadows(context: Context) -> None:
    rgb = np.zeros((40, 80, 3), np.uint8)
    rgb[:, 40:] = 255
    out = run("highlights-shadows", Picture(rgb), context, highlights=-1, shadows=1).picture.rgb
    assert np.array_equal(out, rgb)


@pytest.mark.parametrize("method", ["global", "clahe"])
def test_equalize_spreads_tones(method: str, coffee: Picture, context: Context) -> None:
    dull = Picture(np.asarray(90 + coffee.rgb // 4, np.uint8))
    out = run("equalize", dull, context, method=method).picture
    assert lightness(out.rgb).std() > 1.3 * lightness(dull.rgb).std()


def test_a_higher_clip_limit_gives_more_contrast(coffee: Picture, context: Context) -> None:
    dull = Picture(np.asarray(90 + coffee.rgb // 4, np.uint8))
    spread: Callable[[float], float] = lambda limit: float(  # noqa: E731
        lightness(run("equalize", dull, context, clip_limit=limit).picture.rgb).std()
    )
    assert spread(1) < spread(3) < spread(10)
