"""Pillow's blend and grey, level for level, in 8-bit vector instructions."""

from __future__ import annotations

import cv2
import numpy as np

from pyservice.imaging.picture import Plane


def pillow_grey(rgb: Plane) -> Plane:
    """Pillow's convert("L"), to the bit: (19595 R + 38470 G + 7471 B + 2^15) >> 16, uint8 H×W.

    OpenCV's own grey differs in one pixel of a thousand. Here levels are signed (level - 128), so that
    every partial sum is exact in float32; the weights sum to 1, and 2^-17 sends ties upwards as Pillow does.
    """
    weights = np.array([[19595, 38470, 7471, 0.5]]) / 65536
    signed = np.bitwise_xor(rgb, 0x80).view(np.int8)
    grey = np.empty(rgb.shape[:2], np.uint8)
    cv2.transform(signed, weights, dst=grey.view(np.int8))
    np.bitwise_xor(grey, 0x80, out=grey)
    return grey


def blend_levels(start: int, levels: Plane, factor: float) -> Plane:
    """Pillow's blend of one level with every other: float32, cut off towards zero."""
    begin = np.float32(start)
    blended = begin + np.float32(factor) * (levels.astype(np.float32) - begin)
    return np.asarray(np.clip(blended, 0, 255), dtype=np.uint8)


class Blender:
    """Blends planes of at most the given shape; keeps its scratch memory, so one per thread."""

    def __init__(self, rows: int, width: int) -> None:
        self._mixed = np.empty((rows, width, 3), np.float32)

    def blend(self, start: Plane, end: Plane, factor: float) -> Plane:
        """start + factor · (end - start), in float32 step by step, cut off; written over `end`."""
        mixed = self._mixed[: len(start)]
        cv2.subtract(end, start, dst=mixed, dtype=cv2.CV_32F)
        np.multiply(mixed, np.float32(factor), out=mixed)
        np.add(mixed, start, out=mixed)
        np.clip(mixed, 0, 255, out=mixed)
        np.copyto(end, mixed, casting="unsafe")
        return end
