"""denoise, unsharp-mask, blur and upscale."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest

from pyservice.errors import OutputTooLarge
from pyservice.imaging.picture import Picture, Plane
from pyservice.operations import Context, Outcome, find_operation


def run(name: str, picture: Picture, context: Context, **params: Any) -> Outcome:
    operation = find_operation(name, "test")
    return operation.run(picture, operation.validated(params, operation.version, "test"), context)


def psnr(one: Plane, other: Plane) -> float:
    return float(cv2.PSNR(one, other))


def grainy(picture: Picture, sigma: float) -> Picture:
    grain = np.random.default_rng(4).normal(0, sigma, picture.rgb.shape)
    return Picture(np.clip(picture.rgb + grain, 0, 255).astype(np.uint8))


def energy(rgb: Plane) -> float:
    return float(cv2.Laplacian(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), cv2.CV_64F).var())


@pytest.mark.parametrize("method", ["bilateral", "nlmeans", "median"])
def test_denoise_comes_nearer_to_the_clean_picture(method: str, chelsea: Picture, context: Context) -> None:
    noisy = grainy(chelsea, 18)
    out = run("denoise", noisy, context, method=method, strength=0.6).picture
    assert psnr(out.rgb, chelsea.rgb) > psnr(noisy.rgb, chelsea.rgb) + 2


@pytest.mark.parametrize("method", ["bilateral", "nlmeans", "median"])
def test_denoise_without_strength_changes_nothing(method: str, chelsea: Picture, context: Context) -> None:
    assert run("denoise", chelsea, context, method=method, strength=0).picture is chelsea


@pytest.mark.parametrize("method", ["bilateral", "nlmeans"])
def test_more_strength_smooths_more(method: str, chelsea: Picture, context: Context) -> None:
    noisy = grainy(chelsea, 12)
    left = [energy(run("denoise", noisy, context, method=method, strength=s).picture.rgb) for s in (0.1, 0.4, 1.0)]
    assert left[0] > left[1] > left[2]


def test_median_removes_single_wrong_pixels(context: Context) -> None:
    rgb = np.full((50, 50, 3), 120, np.uint8)
    rgb[10::13, 7::11] = 255
    out = run("denoise", Picture(rgb), context, method="median", strength=0.1).picture
    assert (out.rgb == 120).all()


def test_denoise_keeps_a_hard_edge(context: Context) -> None:
    rgb = np.full((40, 80, 3), 40, np.uint8)
    rgb[:, 40:] = 210
    out = run("denoise", Picture(rgb), context, strength=1).picture.rgb.astype(int)
    assert (out[:, 40] - out[:, 39]).min() > 140


def test_unsharp_mask_sharpens_edges_and_leaves_plain_areas(coffee: Picture, context: Context) -> None:
    soft = run("blur", coffee, context, radius_px=1.5).picture
    assert energy(run("unsharp-mask", soft, context).picture.rgb) > 1.5 * energy(soft.rgb)
    plain = Picture(np.full((20, 20, 3), 77, np.uint8))
    assert (run("unsharp-mask", plain, context, amount=3).picture.rgb == 77).all()


def test_the_threshold_spares_faint_grain(context: Context) -> None:
    rgb = np.full((60, 60, 3), 120, np.uint8)
    rgb[::2, ::2] = 124
    rgb[:, 30:] += 80
    kept = run("unsharp-mask", Picture(rgb), context, threshold=10, amount=2).picture.rgb
    assert np.array_equal(kept[:, :20], rgb[:, :20])
    assert kept[:, 30:33].max() > rgb.max() + 20


@pytest.mark.parametrize("method", ["gaussian", "box", "median"])
def test_blur_removes_detail_and_keeps_brightness(method: str, coffee: Picture, context: Context) -> None:
    out = run("blur", coffee, context, method=method, radius_px=5).picture
    assert energy(out.rgb) < energy(coffee.rgb) / 10
    assert abs(out.rgb.mean() - coffee.rgb.mean()) < 3


def test_blur_without_radius_changes_nothing(coffee: Picture, context: Context) -> None:
    assert run("blur", coffee, context, radius_px=0).picture is coffee


@pytest.mark.parametrize("method", ["gaussian", "box"])
def test_hidden_colours_do_not_bleed_into_a_blur(method: str, context: Context) -> None:
    rgb = np.zeros((60, 60, 3), np.uint8)
    rgb[:, :30], rgb[:, 30:] = (0, 255, 0), (200, 30, 30)
    alpha = np.zeros((60, 60), np.uint8)
    alpha[:, 30:] = 255
    out = run("blur", Picture(rgb, alpha), context, method=method, radius_px=5).picture
    assert np.abs(out.rgb[:, 30:].astype(int) - (200, 30, 30)).max() <= 8
    assert out.alpha is not None
    assert np.array_equal(out.alpha, alpha)


@pytest.mark.parametrize("factor", [2, 3, 4])
def test_upscale_multiplies_the_size_and_keeps_the_picture(factor: int, chelsea: Picture, context: Context) -> None:
    out = run("upscale", chelsea, context, factor=factor).picture
    assert (out.width, out.height) == (chelsea.width * factor, chelsea.height * factor)
    back = cv2.resize(out.rgb, (chelsea.width, chelsea.height), interpolation=cv2.INTER_AREA)
    assert psnr(np.asarray(back, np.uint8), chelsea.rgb) > 33


def test_lanczos_restores_more_than_bilinear(chelsea: Picture, context: Context) -> None:
    original = chelsea.rgb[:, :450]
    small = np.asarray(cv2.resize(original, (225, 150), interpolation=cv2.INTER_AREA), np.uint8)
    out = run("upscale", Picture(small), context, factor=2).picture.rgb
    linear = np.asarray(cv2.resize(small, (450, 300), interpolation=cv2.INTER_LINEAR), np.uint8)
    assert psnr(out, original) > psnr(linear, original) + 0.5


def test_upscale_in_a_preview_stays_within_its_bound(make_context: Callable[..., Context]) -> None:
    # 1200 px seen at 600 px would become 2400 px.
    picture = Picture(np.zeros((400, 600, 3), np.uint8))
    outcome = run("upscale", picture, make_context(scale=0.5, max_px=900), factor=2)
    assert (outcome.picture.width, outcome.picture.height) == (900, 600)
    assert outcome.scale == 0.375


def test_upscale_refuses_too_many_pixels(context: Context) -> None:
    with pytest.raises(OutputTooLarge, match="from upscale"):
        run("upscale", Picture(np.zeros((3000, 4000, 3), np.uint8)), context, factor=4)
