"""How crisp the product is."""

from __future__ import annotations

import cv2
import numpy as np

from pyservice.imaging.picture import Plane
from pyservice.quality.subject import DETAIL_PX, Floats, Subject, scaled_to

BLUR_TAPS = 9
GRAIN_SIGMA_PX = 0.8
UNSEEN_STEP_POWER = 0.1


def measure_sharpness(subject: Subject) -> dict[str, float]:
    """blur, tenengrad and laplacian_variance on the product, the picture's long side brought to DETAIL_PX.

    Small pictures are enlarged: a shopper sees them at the same size, and soft.
    """
    grey = scaled_to(subject.grey, DETAIL_PX, enlarge=True)
    product = subject.product_at(grey)
    level = np.asarray(grey, dtype=np.float32)
    across = cv2.Sobel(level, cv2.CV_32F, 1, 0, scale=0.25)
    down = cv2.Sobel(level, cv2.CV_32F, 0, 1, scale=0.25)
    _, deviation = cv2.meanStdDev(cv2.Laplacian(level, cv2.CV_32F), mask=product)
    return {
        "blur": _blur(level, product),
        "tenengrad": cv2.mean(cv2.multiply(across, across) + cv2.multiply(down, down), mask=product)[0],
        "laplacian_variance": float(deviation[0, 0]) ** 2,
    }


def _blur(grey: Floats, product: Plane) -> float:
    """Share of the steps between neighbours that survive a strong blur, the worse direction.

    A ratio, so it depends on crispness and hardly on how much there is to see.
    Source: after Crete, Dolmiere, Ladret, Nicolas, "The blur effect" (SPIE 2007).
    """
    smooth = np.asarray(cv2.GaussianBlur(grey, (0, 0), GRAIN_SIGMA_PX), dtype=np.float32)
    return max(_surviving(smooth, product), _surviving(np.ascontiguousarray(smooth.T), product.T))


def _surviving(grey: Floats, inside: Plane) -> float:
    """The share along rows: 1 − Σ step · max(0, step − step after the blur) ÷ Σ step².

    Weighting each step by itself lets true edges speak and grain whisper; the constant power keeps the
    steps of one grey level, all that a strong blur leaves, from passing for edges.
    """
    softened = np.asarray(cv2.blur(grey, (BLUR_TAPS, 1)), dtype=np.float32)
    before = np.abs(grey[:, 1:] - grey[:, :-1])
    lost = np.maximum(before - np.abs(softened[:, 1:] - softened[:, :-1]), 0)
    where = np.ascontiguousarray(inside[:, 1:])
    total = cv2.mean(before * before, mask=where)[0] + UNSEEN_STEP_POWER
    return 1 - cv2.mean(before * lost, mask=where)[0] / total
