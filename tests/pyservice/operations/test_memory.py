"""Large pictures are worked on without copies of them in floats."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest

from pyservice.imaging.picture import Picture
from pyservice.operations import Context, find_operation

# 300 MB at 24 megapixels.
MAX_BYTES_PER_PIXEL = 12.5
WIDTH, HEIGHT = 2400, 1600


def _cut() -> Picture:
    small = np.random.default_rng(0).integers(150, 230, (32, 48, 3), dtype=np.uint8)
    rgb = np.asarray(cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC), np.uint8)
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.ellipse(mask, (WIDTH // 2, HEIGHT // 2), (600, 480), 0, 0, 360, 255, -1, cv2.LINE_AA)
    return Picture(rgb, mask, mask)


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("remove-background", {"keep_shadow": True}),
        ("background", {"kind": "blur"}),
        ("background", {"kind": "blur", "blur_radius_px": 2}),
        ("background", {"kind": "color"}),
        ("shadow", {"kind": "contact"}),
        ("shadow", {"kind": "drop"}),
        ("unsharp-mask", {}),
        ("blur", {}),
        ("adjust", {"sharpness": 2}),
        ("pixelate", {}),
        ("sketch", {}),
        ("cartoon", {}),
    ],
)
@pytest.mark.parametrize("flat", [False, True], ids=["cut-out", "flat"])
def test_needs_little_memory_beyond_the_picture(
    name: str, params: dict[str, Any], flat: bool, make_context: Callable[..., Context]
) -> None:
    picture = _cut().with_alpha(None) if flat else _cut()
    operation = find_operation(name, "test")
    bound = operation.validated(params, operation.version, "test")
    context = make_context(finds_own_mask=True)
    tracemalloc.start()
    try:
        operation.run(picture, bound, context)
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak_bytes / (WIDTH * HEIGHT) < MAX_BYTES_PER_PIXEL
