"""Traces of compression: the 8×8 grid that strong JPEG leaves."""

from __future__ import annotations

import cv2
import numpy as np

from pyservice.imaging.picture import Plane
from pyservice.quality.subject import Subject

GRID_PX = 8
STEP_LIMIT = 24
VISIBLE_STEP = 1.0


def measure_blockiness(subject: Subject) -> dict[str, float]:
    """blockiness: (step on the strongest of eight grid phases − step elsewhere) ÷ (step elsewhere + 1 level).

    The added level keeps a clean ground, where every step is tiny, from looking worse than it can be seen.

    Steps are capped at STEP_LIMIT levels, so that one true edge lying on the grid does not pass for it.
    Source: after Wang, Bovik, Evans, "Blind measurement of blocking artifacts" (ICIP 2000).
    """
    grey = subject.grey
    return {"blockiness": max(0.0, _excess(grey), _excess(grey.T))}


def _excess(grey: Plane) -> float:
    """The grid across columns."""
    if grey.shape[1] < 3 * GRID_PX:
        return 0.0
    step = np.minimum(cv2.absdiff(grey[:, 1:], grey[:, :-1]), STEP_LIMIT)
    by_column = np.asarray(cv2.reduce(step, 0, cv2.REDUCE_AVG, dtype=cv2.CV_64F), dtype=np.float64)[0]
    by_phase = np.array([np.median(by_column[phase::GRID_PX]) for phase in range(GRID_PX)])
    strongest = int(by_phase.argmax())
    elsewhere = float(np.delete(by_phase, strongest).mean())
    return float(by_phase[strongest] - elsewhere) / (elsewhere + VISIBLE_STEP)
