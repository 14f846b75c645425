"""Exposure, contrast and colour cast of the product."""

from __future__ import annotations

import numpy as np

from pyservice.quality.product_place import brightest_channel, darkest_channel
from pyservice.quality.subject import Subject

NEAR_GREY_CHROMA = 20.0
NEAR_GREY_SHARE = 0.03
COLOURED_LIGHTNESS = (15.0, 97.0)


def measure_tone(subject: Subject) -> dict[str, float | None]:
    """Lightness percentiles, clipping, contrast, cast and chroma, at the working size."""
    lab = subject.work_lab[subject.work_product]
    lightness = lab[:, 0]
    dark, median, bright = (float(value) for value in np.percentile(lightness, [5, 50, 95]))
    inside = subject.work_product
    chroma = np.hypot(subject.work_lab[::2, ::2, 1], subject.work_lab[::2, ::2, 2])
    return {
        "median_lightness": median,
        "bright_lightness": bright,
        "contrast": bright - dark,
        "clipped_highlights_percent": 100 * float(np.mean(darkest_channel(subject.work_rgb)[inside] >= 254)),
        "clipped_shadows_percent": 100 * float(np.mean(brightest_channel(subject.work_rgb)[inside] <= 2)),
        "color_cast": _cast(lab),
        "chroma": float(np.percentile(chroma, 95)),
    }


def _cast(lab: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> float | None:
    """Chroma of the median near-grey colour: greys that all lean one way betray the light."""
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    low, high = COLOURED_LIGHTNESS
    near_grey = (chroma < NEAR_GREY_CHROMA) & (lab[:, 0] > low) & (lab[:, 0] < high)
    if near_grey.mean() < NEAR_GREY_SHARE:
        return None
    return float(np.hypot(*np.median(lab[near_grey, 1:], axis=0)))
