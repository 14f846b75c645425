"""The outermost pixels of a plane, and what hangs together with them."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pyservice.imaging.picture import Plane

_REACHED = 128


def border_of(plane: NDArray[Any]) -> NDArray[Any]:
    """The outermost pixels of an H×W or H×W×3 plane, N or N×3; corners count twice."""
    return np.concatenate([plane[0], plane[-1], plane[:, 0], plane[:, -1]])


def enclosed(wall: Plane) -> Plane:
    """255 for all that cannot be reached from the border without crossing `wall` (255), the wall included; else 0."""
    ringed = cv2.copyMakeBorder(wall, 1, 1, 1, 1, cv2.BORDER_CONSTANT)
    cv2.floodFill(ringed, None, (0, 0), _REACHED)
    return np.where(ringed[1:-1, 1:-1] == _REACHED, 0, 255).astype(np.uint8)
