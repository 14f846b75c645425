"""Pictures to measure activation ranges on: scikit-image's photos, and products drawn over them.

None of them is scored by a quality benchmark, and none needs a download.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage import data

DRAWN_PICTURES = 14

Array = NDArray[Any]


def calibration_pictures() -> Iterator[Array]:
    """Photos, darker, brighter and cropped ones, and drawn products: uint8 H×W×3 sRGB."""
    motorcycle = data.stereo_motorcycle()[0]
    photos = [data.coffee(), data.chelsea(), data.astronaut(), data.rocket(), motorcycle]
    photos += [_rgb(picture) for picture in (data.clock(), data.coins(), data.horse().astype(np.uint8) * 255)]
    yield from photos
    yield (data.coffee()[:, ::-1] * 0.6).astype(np.uint8)
    yield data.chelsea()[20:260, 60:380]
    yield data.astronaut()[:300, 100:400]
    yield np.clip(motorcycle[:, 200:600] * 1.3, 0, 255).astype(np.uint8)
    textures = [*photos[:5], _rgb(data.brick()), _rgb(data.grass()), _rgb(data.gravel()), data.colorwheel()]
    for seed in range(DRAWN_PICTURES):
        yield _drawn_product(np.random.default_rng(seed), textures)


def _rgb(grey: Array) -> Array:
    return np.repeat(grey[..., None], 3, axis=2)


def _drawn_product(random: np.random.Generator, textures: list[Array]) -> Array:
    """A textured shape with a shadow, on a photo or on a plain, lit, slightly noisy backdrop."""
    height, width = [(1024, 1024), (900, 1200), (1200, 900)][random.integers(3)]
    surface, backdrop = (
        cv2.resize(textures[index], (width, height)).astype(float) for index in random.integers(len(textures), size=2)
    )
    if random.random() < 0.5:
        light = random.integers(120, 256, 3) * np.linspace(1, random.uniform(0.6, 1), height)[:, None, None]
        backdrop = light + random.normal(0, random.uniform(0, 6), (height, width, 3))
    shape = _shape(random, height, width)
    shadow = cv2.GaussianBlur(np.roll(shape, (12, 8), (0, 1)), (0, 0), 15)[..., None] / 255
    alpha = cv2.GaussianBlur(shape, (0, 0), 1.2)[..., None] / 255
    tint = random.uniform(0, 0.8)
    product = random.integers(0, 256, 3) * (1 - tint) + surface * tint
    blended: Array = np.clip(backdrop * (1 - 0.4 * shadow) * (1 - alpha) + product * alpha, 0, 255)
    return blended.astype(np.uint8)


def _shape(random: np.random.Generator, height: int, width: int) -> Array:
    mask = np.zeros((height, width), np.uint8)
    x, y = int(width * random.uniform(0.4, 0.6)), int(height * random.uniform(0.4, 0.6))
    size = int(min(height, width) * random.uniform(0.18, 0.36))
    kind = random.choice(["bottle", "box", "ring", "rack"])
    if kind == "bottle":
        cv2.rectangle(mask, (x - size // 2, y - size // 2), (x + size // 2, y + size), 255, -1)
        cv2.rectangle(mask, (x - size // 5, y - size), (x + size // 5, y - size // 2), 255, -1)
    elif kind == "box":
        corners = cv2.boxPoints(((x, y), (2 * size, 1.3 * size), random.uniform(0, 90)))
        cv2.fillPoly(mask, [corners.astype(np.int32)], 255)
    elif kind == "ring":
        cv2.ellipse(mask, (x, y), (size, int(0.8 * size)), random.uniform(0, 180), 0, 360, 255, max(4, size // 5))
    else:
        cv2.rectangle(mask, (x - size, y - size), (x + size, y + size), 255, max(3, size // 14))
        for bar in np.linspace(x - size, x + size, 6).astype(int):
            cv2.line(mask, (int(bar), y - size), (int(bar), y + size), 255, max(3, size // 20))
    return mask
