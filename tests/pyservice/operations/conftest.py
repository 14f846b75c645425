"""What operations ask of the world, answered without weights, disk or network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import pytest
import skimage.data

from pyservice.errors import NoProduct
from pyservice.imaging.picture import Picture
from pyservice.operations import Context, MaskWish, ProductMask, all_operations

# Tests import single operations as well: find all of them first.
all_operations()


def drawn_picture(width: int = 160, height: int = 120) -> Picture:
    """A red bottle and some lettering on a light, slightly uneven ground."""
    rgb = np.full((height, width, 3), (228, 226, 222), np.uint8)
    rgb[: height // 2] += 6
    cv2.rectangle(rgb, (width * 3 // 8, height // 4), (width * 5 // 8, height * 7 // 8), (190, 40, 50), -1)
    cv2.rectangle(rgb, (width * 7 // 16, height // 8), (width * 9 // 16, height // 4), (60, 20, 25), -1)
    cv2.putText(rgb, "Aa", (width * 3 // 8, height * 5 // 8), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (250, 250, 240), 2)
    return Picture(rgb)


@dataclass(frozen=True)
class StandInContext:
    """Finds products by their difference to the border (Otsu), opens one drawn picture under every name."""

    scale: float = 1.0
    max_px: int | None = None
    blob: Picture | None = None

    def product_mask(self, picture: Picture, wish: MaskWish) -> ProductMask:
        border = np.median(np.concatenate([picture.rgb[0], picture.rgb[-1]]), axis=0)
        differs = np.abs(picture.rgb.astype(np.int16) - border).max(axis=2).astype(np.uint8)
        _, plane = cv2.threshold(differs, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        if not plane.any():
            raise NoProduct("Expected a product in the picture, found one colour")
        return ProductMask(np.asarray(plane, np.uint8), {"model": wish.model})

    def open_blob(self, blob: str) -> Picture:
        return self.blob or drawn_picture()


@pytest.fixture(scope="session")
def context() -> Context:
    return StandInContext()


@pytest.fixture(scope="session")
def make_context() -> Callable[..., Context]:
    """Build a context with another scale, bound or stored picture."""
    return StandInContext


@pytest.fixture
def drawing() -> Picture:
    return drawn_picture()


@pytest.fixture(scope="session")
def coffee() -> Picture:
    """A photo that ships inside scikit-image: nothing is downloaded."""
    return Picture(np.asarray(skimage.data.coffee(), np.uint8))


@pytest.fixture(scope="session")
def chelsea() -> Picture:
    """A photo that ships inside scikit-image: nothing is downloaded."""
    return Picture(np.asarray(skimage.data.chelsea(), np.uint8))
