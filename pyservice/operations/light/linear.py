"""Colour adaptation: change the light that a picture was taken in, in linear light."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pyservice.imaging.picture import Plane
from pyservice.imaging.strips import for_strips

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

# IEC 61966-2-1.
RGB_TO_XYZ: Matrix = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
# Lam, "Metamerism and Colour Constancy", 1985: the Bradford cone responses.
_XYZ_TO_CONES: Matrix = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_ENCODE_STEPS = 16_384


def _decoded(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)


def _encoded(light: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


_TO_LIGHT = _decoded(np.arange(256) / 255).astype(np.float32)
_TO_LEVEL = np.rint(_encoded(np.arange(_ENCODE_STEPS) / (_ENCODE_STEPS - 1)) * 255).astype(np.uint8)


def to_light(rgb: Plane) -> NDArray[np.float32]:
    """sRGB levels as linear light 0…1, float32 of the same shape."""
    return _TO_LIGHT[rgb]


def adapted(rgb: Plane, white_from: Vector, white_to: Vector) -> Plane:
    """The picture as if what had the XYZ colour white_from had white_to: von Kries on Bradford cones."""
    return _through_matrix(rgb, adaptation(white_from, white_to))


def adaptation(white_from: Vector, white_to: Vector) -> Matrix:
    """The 3×3 matrix on linear sRGB that adapts one white to another."""
    gains = (_XYZ_TO_CONES @ white_to) / (_XYZ_TO_CONES @ white_from)
    in_xyz = np.linalg.inv(_XYZ_TO_CONES) @ np.diag(gains) @ _XYZ_TO_CONES
    return np.asarray(np.linalg.inv(RGB_TO_XYZ) @ in_xyz @ RGB_TO_XYZ)


def _through_matrix(rgb: Plane, matrix: Matrix) -> Plane:
    out = np.empty_like(rgb)

    def work(top: int, bottom: int) -> None:
        light = cv2.transform(cv2.LUT(rgb[top:bottom], _TO_LIGHT), matrix * (_ENCODE_STEPS - 1))
        steps = np.clip(light, 0, _ENCODE_STEPS - 1).astype(np.uint16)
        out[top:bottom] = np.take(_TO_LEVEL, steps)

    for_strips(rgb.shape[1], rgb.shape[0], work)
    return out
