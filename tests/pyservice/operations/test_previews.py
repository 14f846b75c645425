"""A preview shows what the full-size run will give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest

from pyservice.imaging.geometry import resize_picture
from pyservice.imaging.picture import Picture
from pyservice.operations import Context, Operation, all_operations

EVERY = pytest.mark.parametrize("operation", all_operations().values(), ids=list(all_operations()))
TOLERANCE = 1.5
# Mean difference in levels where a preview can only come near; every one of them says so in its description.
LOOSE = {
    "straighten": 2.5,
    "frame": 3.0,
    "adjust": 2.8,
    "equalize": 5.5,
    "unsharp-mask": 2.8,
    "cartoon": 5.0,
    "edges": 40.0,
    "emboss": 6.0,
    "pixelate": 2.0,
    "posterize": 3.5,
    "sketch": 4.0,
}
# Lines and text of a small photo are too unclear for two sizes to agree on.
UNCLEAR: list[dict[str, Any]] = [{"method": "lines"}, {"method": "text"}]


@pytest.fixture
def photo(coffee: Picture) -> Picture:
    mask = np.zeros((coffee.height, coffee.width), np.uint8)
    cv2.ellipse(mask, (300, 200), (170, 90), 8, 0, 360, 255, -1)
    return coffee.with_mask(np.asarray(cv2.GaussianBlur(mask, (0, 0), 2), np.uint8))


@EVERY
def test_a_preview_looks_like_the_full_result(
    operation: Operation,
    photo: Picture,
    telling: dict[str, list[dict[str, Any]]],
    make_context: Callable[..., Context],
) -> None:
    small = resize_picture(photo, photo.width // 2, photo.height // 2)
    for params in telling[operation.name]:
        if operation.name == "straighten" and params in UNCLEAR:
            continue
        bound = operation.validated(params, operation.version, "test")
        full = operation.run(photo, bound, make_context(finds_own_mask=True)).picture
        preview = operation.run(small, bound.scaled(0.5), make_context(finds_own_mask=True, scale=0.5)).picture
        assert _difference(full, preview) <= LOOSE.get(operation.name, TOLERANCE), params


def _difference(full: Picture, preview: Picture) -> float:
    """Mean difference in levels, seen from a little further away: single pixels never agree."""
    assert abs(full.width / preview.width - full.height / preview.height) < 0.02
    size = (preview.width // 2, preview.height // 2)
    one, other = resize_picture(full, *size), resize_picture(preview, *size)
    differences = [np.abs(one.rgb.astype(int) - other.rgb).mean()]
    if one.alpha is not None and other.alpha is not None:
        differences.append(np.abs(one.alpha.astype(int) - other.alpha).mean())
    return float(max(differences))


@pytest.mark.parametrize("name", LOOSE)
def test_what_a_preview_only_approximates_is_documented(name: str) -> None:
    assert "preview" in all_operations()[name].description
