"""What surrounds the product: how white, how even, how transparent."""

from __future__ import annotations

import numpy as np

from pyservice.imaging.picture import Picture, Plane
from pyservice.quality.product_place import darkest_channel
from pyservice.quality.subject import Floats, Region, Subject, subject_of, to_lab

RING_SHARE = 0.01
MAX_SAMPLES = 60_000
WHITE_LAB = np.array([100, 0, 0], dtype=np.float32)
UNKNOWN: dict[str, float | None] = dict.fromkeys(
    (
        "ground_white_percent",
        "ground_worst_delta_e",
        "ground_delta_e",
        "ground_lightness",
        "ground_chroma",
        "ground_transparent_percent",
        "border_white_percent",
    )
)


def measure_ground(subject: Subject) -> dict[str, float | None]:
    """Whiteness of the ground at full size; without a mask only that of the border."""
    if subject.ground is None:
        border = _ring(np.ones(subject.rgb.shape[:2], dtype=np.bool_))
        return {**UNKNOWN, "border_white_percent": _white_percent(subject.rgb[border])}
    ground = np.asarray(subject.ground > 0, dtype=np.bool_)
    total = int(np.count_nonzero(ground))
    if not total:
        return dict(UNKNOWN)
    white = darkest_channel(subject.rgb) == 255
    off_white = np.flatnonzero(ground & ~white)
    distances = _distances(subject.rgb, off_white)
    ring = _ring(ground)
    return {
        "ground_white_percent": 100 * (1 - off_white.size / total),
        "ground_worst_delta_e": float(distances.max(initial=0)),
        "ground_delta_e": _exceeded_by(distances, 0.1 * total / max(off_white.size, 1)),
        "ground_transparent_percent": _transparent_percent(subject.alpha, ground, total),
        "border_white_percent": _white_percent(subject.rgb[ring]) if ring.any() else None,
        **_median_color(subject.rgb, ground),
    }


def _white_percent(pixels: Plane) -> float:
    return 100 * float((pixels == 255).all(axis=-1).mean())


def off_white_box(picture: Picture) -> tuple[int, int, int, int] | None:
    """x, y, width, height [px] around every pixel beside the product that is not pure white, or None."""
    subject = subject_of(picture)
    ground = np.ones(subject.rgb.shape[:2], np.bool_) if subject.ground is None else subject.ground > 0
    rows, columns = np.nonzero(ground & (darkest_channel(subject.rgb) < 255))
    if not rows.size:
        return None
    left, top = int(columns.min()), int(rows.min())
    return left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1


def _distances(rgb: Plane, places: np.ndarray[tuple[int, ...], np.dtype[np.intp]]) -> Floats:
    """ΔE from white of those pixels; every one where they are few, an even sample where they are many."""
    if not places.size:
        return np.zeros(0, dtype=np.float32)
    sample = places[:: max(1, places.size // MAX_SAMPLES)]
    lab = to_lab(rgb.reshape(-1, 3)[sample][None])[0]
    return np.asarray(np.linalg.norm(lab - WHITE_LAB, axis=1), dtype=np.float32)


def _exceeded_by(distances: Floats, share: float) -> float:
    """The distance that this share of the off-white pixels exceeds; 0 where there are not so many."""
    return float(np.quantile(distances, 1 - share)) if distances.size and share < 1 else 0.0


def _ring(ground: Region) -> Region:
    width_px = max(1, round(RING_SHARE * max(ground.shape)))
    ring = ground.copy()
    ring[width_px:-width_px, width_px:-width_px] = False
    return ring


def _transparent_percent(alpha: Plane | None, ground: Region, total: int) -> float:
    return 0.0 if alpha is None else 100 * int(np.count_nonzero(ground & (alpha == 0))) / total


def _median_color(rgb: Plane, ground: Region) -> dict[str, float | None]:
    places = np.flatnonzero(ground)
    sample = places[:: max(1, places.size // MAX_SAMPLES)]
    lab = np.median(to_lab(rgb.reshape(-1, 3)[sample][None])[0], axis=0)
    return {"ground_lightness": float(lab[0]), "ground_chroma": float(np.hypot(lab[1], lab[2]))}
