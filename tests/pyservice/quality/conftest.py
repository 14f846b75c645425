"""Photos that ship with scikit-image, and a drawn product whose every number is known."""

from __future__ import annotations

import io
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image
from skimage import data

from pyservice.imaging import Picture, Plane


@pytest.fixture(params=["coffee", "chelsea", "astronaut"])
def photo(request: pytest.FixtureRequest) -> Plane:
    """One real photo after another."""
    return np.asarray(getattr(data, request.param)(), dtype=np.uint8)


@pytest.fixture
def draw() -> Callable[..., Picture]:
    """Draw a box of one colour on a ground; `box` is x, y, width, height."""

    def drawn(
        box: tuple[int, int, int, int] = (100, 100, 200, 200),
        *,
        size: tuple[int, int] = (400, 400),
        color: tuple[int, int, int] = (90, 120, 150),
        ground: tuple[int, int, int] = (255, 255, 255),
    ) -> Picture:
        x, y, width, height = box
        rgb = np.full((size[1], size[0], 3), ground, dtype=np.uint8)
        mask = np.zeros((size[1], size[0]), dtype=np.uint8)
        rgb[y : y + height, x : x + width] = color
        mask[y : y + height, x : x + width] = 255
        return Picture(rgb, mask=mask)

    return drawn


@pytest.fixture
def jpeg() -> Callable[[Plane, int], Plane]:
    """What remains of colours after a JPEG of that quality."""

    def through(rgb: Plane, quality: int) -> Plane:
        file = io.BytesIO()
        Image.fromarray(rgb).save(file, "JPEG", quality=quality)
        return np.asarray(Image.open(file).convert("RGB"), dtype=np.uint8)

    return through


@pytest.fixture
def blurred() -> Callable[[Plane, float], Plane]:
    """A Gaussian blur."""
    return lambda rgb, sigma_px: np.asarray(cv2.GaussianBlur(rgb, (0, 0), sigma_px), dtype=np.uint8)
