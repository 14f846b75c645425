"""Drawn listing pictures and the facts of files that they could be."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from pyservice.imaging import Facts, Picture
from pyservice.quality import measure
from pyservice.recipes.rules import Candidate


def _drawn(size=(1200, 1200), box=None, ground=(255, 255, 255), color=(60, 90, 160), alpha=None):
    width, height = size
    x, y, w, h = box or (width // 16, height // 16, width - width // 8, height - height // 8)
    rgb = np.full((height, width, 3), ground, np.uint8)
    rgb[y : y + h, x : x + w] = color
    # Something to be sharp about.
    rgb[y + h // 4 : y + 3 * h // 4, x + w // 3 : x + 2 * w // 3] = (200, 60, 40)
    mask = np.zeros((height, width), np.uint8)
    mask[y : y + h, x : x + w] = 255
    return Picture(rgb, alpha=mask if alpha else None, mask=mask)


@pytest.fixture
def draw() -> Callable[..., Picture]:
    """Draw a product on a ground: size (width, height), box (x, y, width, height)."""
    return _drawn


@pytest.fixture
def candidate() -> Callable[..., Candidate]:
    """A candidate made of a drawn picture and facts; keywords of Facts are overridden by `facts`."""

    def made(picture: Picture | None = None, **facts: object) -> Candidate:
        shown = picture or _drawn()
        values = {
            "format": "jpeg",
            "mime": "image/jpeg",
            "bytes": 700_000,
            "width": shown.width,
            "height": shown.height,
            "color_model": "RGB",
            "jpeg_quality": 92,
            **facts,
        }
        known = Facts.model_validate(values)
        return Candidate(known, shown, measure(shown, known))

    return made
