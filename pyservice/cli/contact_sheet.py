"""All at one look: a row per picture with the original, the result and the mask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pyservice.imaging import Limits, Metadata, OutputSpec, Picture, Plane, decode, encode
from pyservice.imaging.geometry import resize_picture

_CELL_PX = 320
_GAP_PX = 12
# Not white, so that a white ground can be seen.
_GROUND = 214


@dataclass(frozen=True)
class Strip:
    """One row: original, result and mask, as files; a missing one leaves its cell empty."""

    original: Path
    result: Path
    mask: Path


def contact_sheet(strips: Sequence[Strip]) -> bytes:
    """A JPEG with a row per strip."""
    step = _CELL_PX + _GAP_PX
    sheet = np.full((len(strips) * step + _GAP_PX, 3 * step + _GAP_PX, 3), _GROUND, np.uint8)
    for row, strip in enumerate(strips):
        for column, path in enumerate((strip.original, strip.result, strip.mask)):
            if path.exists():
                _lay(sheet, _thumbnail(path), _GAP_PX + row * step, _GAP_PX + column * step)
    return encode(Picture(sheet), OutputSpec.model_validate({"quality": 90}), Metadata())


def _thumbnail(path: Path) -> Plane:
    picture = decode(path.read_bytes(), Limits(), _CELL_PX).picture
    factor = _CELL_PX / picture.long_side
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return resize_picture(picture, *size).rgb


def _lay(sheet: Plane, thumbnail: Plane, top: int, left: int) -> None:
    top += (_CELL_PX - thumbnail.shape[0]) // 2
    left += (_CELL_PX - thumbnail.shape[1]) // 2
    sheet[top : top + thumbnail.shape[0], left : left + thumbnail.shape[1]] = thumbnail
