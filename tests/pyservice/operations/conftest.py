"""What operations ask of the world, answered without weights, disk or network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pytest
import skimage.data

from pyservice.imaging.flatten import on_white
from pyservice.imaging.picture import Picture
from pyservice.operations import Context, MaskWish, ProductMask, all_operations

# Parameters with which an operation shows what it does; its defaults may leave a picture alone.
TELLING: dict[str, list[dict[str, Any]]] = {
    "adjust": [{"contrast": 1.5}, {"sharpness": 3}, {"sharpness": 0, "contrast": 0.7}, {"saturation": 1.6}],
    "background": [{}, {"kind": "gradient"}, {"kind": "image", "blob": "0" * 64}, {"kind": "transparent"}],
    "blur": [{"method": method, "radius_px": px} for method in ("gaussian", "box", "median") for px in (4, 30)],
    "cartoon": [{}, {"lines": 1}],
    "crop": [{"x": 10, "y": 10, "width": 80, "height": 70}],
    "crop-aspect": [{}, {"gravity": "product"}, {"aspect": "2:1", "gravity": "top"}],
    "denoise": [{"method": method, "strength": 0.8} for method in ("bilateral", "nlmeans", "median")],
    "edges": [{}, {"threshold": 40, "dark_lines": True}],
    "emboss": [{"strength": 3}, {"color": True}],
    "equalize": [{"method": "clahe"}, {"method": "global"}],
    "frame": [{}, {"size_px": 300, "fill_by": "mask-area"}],
    "gamma": [{"gamma": 1.6}],
    "highlights-shadows": [{"highlights": -0.8, "shadows": 0.8}],
    "pad": [{"top": 20, "left": 30}],
    "perspective": [{"corners": [[5, 5], [95, 0], [100, 100], [0, 90]]}],
    "pixelate": [{"block_px": 16}, {"block_px": 7}],
    "remove-background": [{}, {"keep_shadow": True}, {"grow_px": -2, "feather_px": 3}],
    "resize": [{"width": 150}, {"width": 333, "height": 444, "fit": "contain", "enlarge": True}],
    "rotate": [{"angle_deg": 90}, {"angle_deg": 17}],
    "shadow": [{}, {"kind": "drop", "softness_px": 3}, {"kind": "drop", "offset_x_px": 30}],
    "sketch": [{}, {"line_width_px": 20, "color": True}],
    "straighten": [{"method": method} for method in ("auto", "product", "lines", "text")],
    "temperature": [{"kelvin_shift": 900, "tint": 0.3}],
    "unsharp-mask": [{}, {"radius_px": 6, "amount": 3}, {"threshold": 8}],
    "use-mask": [{"blob": "0" * 64}],
    "watermark": [{"text": "Vitrine", "gravity": "center", "scale": 0.6}],
    "white-balance": [{"method": "gray-world"}],
}

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
    """Finds products by their difference to the border (Otsu), opens one drawn picture under every name.

    finds_own_mask: what it finds is the mask that the picture has already.
    """

    scale: float = 1.0
    max_px: int | None = None
    blob: Picture | None = None
    finds_own_mask: bool = False

    def product_mask(self, picture: Picture, wish: MaskWish) -> ProductMask:
        if self.finds_own_mask and picture.mask is not None:
            return ProductMask(picture.mask)
        seen = on_white(picture)
        border = np.median(np.concatenate([seen[0], seen[-1]]), axis=0)
        differs = np.abs(seen.astype(np.int16) - border).max(axis=2).astype(np.uint8)
        _, plane = cv2.threshold(differs, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
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


@pytest.fixture(scope="session")
def telling() -> dict[str, list[dict[str, Any]]]:
    """For each operation some parameters with which it shows what it does."""
    return {name: TELLING.get(name, [{}]) for name in all_operations()}


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
