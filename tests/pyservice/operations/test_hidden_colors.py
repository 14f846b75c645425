"""What transparency hides never shows, whatever is done to the picture."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from pyservice.imaging.picture import Picture, Plane
from pyservice.operations import Context, Operation, all_operations

# Two read what is hidden because it is the ground as photographed, and say so: white-balance by the ground and
# background's kind blur. Neither is among the telling parameters.
EVERY = pytest.mark.parametrize("operation", all_operations().values(), ids=list(all_operations()))
HIDDEN = {"black": 0, "white": 255, "noise": None}


def _cut(photo: Picture, hidden: int | None, *, mask: bool) -> Picture:
    rgb = np.array(photo.rgb[50:250, 100:340])
    alpha = np.zeros(rgb.shape[:2], np.uint8)
    cv2.ellipse(alpha, (120, 100), (80, 55), 20, 0, 360, 255, -1)
    alpha = np.asarray(cv2.GaussianBlur(alpha, (0, 0), 1.5), np.uint8)
    noise = np.random.default_rng(3).integers(0, 256, rgb.shape, dtype=np.uint8)
    rgb[alpha == 0] = noise[alpha == 0] if hidden is None else hidden
    return Picture(rgb, alpha, alpha if mask else None)


@EVERY
@pytest.mark.parametrize("mask", [False, True], ids=["", "mask"])
def test_hidden_colors_never_change_what_is_seen(
    operation: Operation, mask: bool, telling: dict[str, list[dict[str, Any]]], coffee: Picture, context: Context
) -> None:
    for params in telling[operation.name]:
        bound = operation.validated(params, operation.version, "test")
        results = [operation.run(_cut(coffee, hidden, mask=mask), bound, context) for hidden in HIDDEN.values()]
        first = results[0].picture
        for other in (result.picture for result in results[1:]):
            np.testing.assert_array_equal(first.alpha, other.alpha, err_msg=str(params))
            np.testing.assert_array_equal(first.mask, other.mask, err_msg=str(params))
            assert _largest_difference(first, other) <= 1, params


def _largest_difference(one: Picture, other: Picture) -> int:
    seen = np.ones(one.rgb.shape[:2], bool) if one.alpha is None else one.alpha > 0
    return int(np.abs(one.rgb[seen].astype(int) - other.rgb[seen]).max())


def _plain_product(level: int, hidden: int) -> tuple[Picture, Plane]:
    rgb = np.full((60, 80, 3), hidden, np.uint8)
    rgb[15:45, 20:60] = level
    alpha = np.zeros((60, 80), np.uint8)
    alpha[15:45, 20:60] = 255
    return Picture(rgb, alpha), alpha


@pytest.mark.parametrize("hidden", [0, 255])
@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("unsharp-mask", {}),
        ("adjust", {"sharpness": 2}),
        ("adjust", {"contrast": 1.8}),
        ("pixelate", {"block_px": 16}),
        ("blur", {"method": "median", "radius_px": 6}),
        ("denoise", {"method": "median", "strength": 1}),
        ("emboss", {"color": True}),
    ],
)
def test_a_plain_product_keeps_its_color_up_to_its_edge(
    name: str, params: dict[str, Any], hidden: int, context: Context
) -> None:
    picture, alpha = _plain_product(120, hidden)
    operation = all_operations()[name]
    out = operation.run(picture, operation.validated(params, operation.version, "test"), context).picture
    assert np.abs(out.rgb[alpha > 0].astype(int) - 120).max() <= 1


@pytest.mark.parametrize("name", ["unsharp-mask", "blur", "sketch", "denoise", "cartoon"])
def test_hidden_colors_stay_for_later_steps(name: str, coffee: Picture, context: Context) -> None:
    cut = _cut(coffee, None, mask=False)
    operation = all_operations()[name]
    out = operation.run(cut, operation.validated({}, operation.version, "test"), context).picture
    assert cut.alpha is not None
    np.testing.assert_array_equal(out.rgb[cut.alpha == 0], cut.rgb[cut.alpha == 0])
