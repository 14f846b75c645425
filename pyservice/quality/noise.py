"""How grainy the product's flat parts are."""

from __future__ import annotations

import numpy as np

from pyservice.imaging.picture import Plane
from pyservice.quality.subject import PRODUCT, Floats, Region, Subject

BLOCK = 8
WINDOW_PX = 1024
FLATTEST_SHARE = 0.3
MIN_BLOCKS = 8
DEVIATION_TO_SIGMA = float(np.sqrt(np.pi / 2))


def measure_noise(subject: Subject) -> dict[str, float | None]:
    """noise_sigma from the diagonal Haar band at full resolution: shrinking would average the grain away.

    Of 16×16 px patches inside the product the flattest 30 % count, clipped ones left out.
    Source: Donoho & Johnstone 1994, with the mean absolute deviation of the finest HH band for their median,
    which in eight bits knows only multiples of 0.74.
    """
    window = _middle(subject)
    grey = subject.grey[window].astype(np.float32)
    inside = None if subject.mask is None else subject.mask[window] >= PRODUCT
    height, width = (side // (2 * BLOCK) * 2 * BLOCK for side in grey.shape)
    if not height or not width:
        return {"noise_sigma": None}
    a, b = grey[0:height:2, 0:width:2], grey[0:height:2, 1:width:2]
    c, d = grey[1:height:2, 0:width:2], grey[1:height:2, 1:width:2]
    diagonal = _blocks(np.asarray((a - b - c + d) / 2, dtype=np.float32))
    coarse = _blocks(np.asarray((a + b + c + d) / 4, dtype=np.float32))
    usable = _usable(coarse, None if inside is None else inside[0:height:2, 0:width:2])
    if usable.sum() < MIN_BLOCKS:
        return {"noise_sigma": None}
    roughness = coarse[usable].std(axis=1)
    count = max(MIN_BLOCKS, round(FLATTEST_SHARE * roughness.size))
    flattest = np.argpartition(roughness, count - 1)[:count]
    return {"noise_sigma": float(np.abs(diagonal[usable][flattest]).mean() * DEVIATION_TO_SIGMA)}


def _middle(subject: Subject) -> tuple[slice, slice]:
    """The middle of the picture, at most WINDOW_PX each way: grain is the same all over."""
    top = max(0, (subject.height - WINDOW_PX) // 2)
    left = max(0, (subject.width - WINDOW_PX) // 2)
    return slice(top, top + WINDOW_PX), slice(left, left + WINDOW_PX)


def _blocks(band: Floats) -> Floats:
    """A band cut into BLOCK×BLOCK pieces, one row of BLOCK² values each."""
    rows, columns = band.shape[0] // BLOCK, band.shape[1] // BLOCK
    cut = band.reshape(rows, BLOCK, columns, BLOCK).swapaxes(1, 2)
    return np.ascontiguousarray(cut).reshape(rows * columns, BLOCK * BLOCK)


def _usable(coarse: Floats, inside: Region | Plane | None) -> Region:
    unclipped = (coarse.min(axis=1) > 4) & (coarse.max(axis=1) < 251)
    if inside is None:
        return np.asarray(unclipped, dtype=np.bool_)
    wholly = _blocks(inside.astype(np.float32)).min(axis=1) > 0
    return np.asarray(unclipped & wholly, dtype=np.bool_)
