"""JPEG whose pure white stays pure: no 254s ring around the product.

A JPEG block that holds product and white cannot end in exactly 255 by itself: what quantisation takes away comes
back as ripples, and white can only ripple downwards. Overshoot deringing (mozjpeg) lets white aim above 255, where
decoders clip. An 8-bit encoder cannot be fed more than 255, so the whole picture is fed with three quarters of its
contrast, quantised by tables of 3·k, and the tables in the file are then rewritten to 4·k: decoders give the
contrast back, and white may aim as high as 297. Colours are stored as RGB (Adobe marker, transform 0), because
decoders clip lightness before they add colour: in YCbCr a ripple of colour alone would tint the white.
"""

from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pyservice.imaging.border import border_of
from pyservice.imaging.picture import Plane

_FED, _WRITTEN = 3, 4
_MIDDLE = 128
_BLOCK = 8
# 224 is the least that a wholly white block may be fed: 223 would decode to 254.5.
_WHITE_FED, _EDGE_FED = 224, 236
_ROUNDS = 6
_LARGEST_FACTOR = 63
_GROUND_SHARE = 0.1

# The luminance table of the JPEG standard (ITU-T T.81, K.1), which all three colours need here.
_STANDARD = np.array(
    [
        *(16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55),
        *(14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62),
        *(18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92),
        *(49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99),
    ]
)


def has_white_ground(rgb: Plane) -> bool:
    """Whether pure white reaches the border of an uint8 H×W×3 picture: then it is a ground, not a highlight."""
    return white_border_share(rgb) > _GROUND_SHARE


def white_border_share(rgb: Plane) -> float:
    """How much of the outermost pixels is 255, 255, 255; 0…1."""
    return float((border_of(rgb) == 255).all(axis=1).mean())


def pure_white_jpeg(rgb: Plane, quality: int, **save: Any) -> bytes:
    """Encode an uint8 H×W×3 picture so that every pixel that is 255, 255, 255 decodes to exactly that.

    save: further options of Pillow's JPEG writer. The few blocks that do not come out right aim higher and are
    tried again, at most six times in all.
    """
    white = where_white(rgb)
    contrast = np.rint(_MIDDLE + (np.arange(256) - _MIDDLE) * (_FED / _WRITTEN)).astype(np.uint8)
    fed = np.asarray(cv2.LUT(rgb, contrast), dtype=np.uint8)
    aim = np.where(_wholly_white_blocks(white), _WHITE_FED, _EDGE_FED).astype(np.uint8)
    tables = [_factors(quality) * _FED] * 3
    data = b""
    for _ in range(_ROUNDS):
        cv2.copyTo(_per_pixel(aim, white.shape), white, fed)
        data = _encoded(fed, tables, save)
        short = _shortfall(data, white)
        if not short.any():
            break
        aim = np.where(short > 0, np.minimum(aim + 4.0 + short, 255), aim).astype(np.uint8)
    return data


def where_white(rgb: Plane) -> Plane:
    """255 where a pixel is pure white, else 0."""
    return np.asarray(cv2.inRange(rgb, np.full(3, 255), np.full(3, 255)), dtype=np.uint8)


def _factors(quality: int) -> NDArray[np.int64]:
    """k for each of the 64 frequencies, so that 4·k is about what libjpeg uses at this quality."""
    scale = 5000 / quality if quality < 50 else 200 - 2 * quality
    return np.clip(np.rint(_STANDARD * scale / 100 / _WRITTEN), 1, _LARGEST_FACTOR).astype(np.int64)


def _encoded(fed: Plane, tables: list[NDArray[np.int64]], save: dict[str, Any]) -> bytes:
    target = io.BytesIO()
    qtables = [table.tolist() for table in tables]
    Image.fromarray(fed).save(target, "JPEG", qtables=qtables, keep_rgb=True, subsampling="4:4:4", **save)
    return _with_tables_raised(target.getvalue())


def _with_tables_raised(data: bytes) -> bytes:
    """The same JPEG with every quantisation step 3·k rewritten to 4·k."""
    raised = bytearray(data)
    at = 2
    while raised[at + 1] != 0xDA:  # Start of scan: no tables behind it.
        length = int.from_bytes(raised[at + 2 : at + 4], "big")
        if raised[at + 1] == 0xDB:
            for table in range(at + 4, at + 2 + length, 65):
                steps = np.frombuffer(raised[table + 1 : table + 65], np.uint8)
                raised[table + 1 : table + 65] = (steps // _FED * _WRITTEN).astype(np.uint8).tobytes()
        at += 2 + length
    return bytes(raised)


def _shortfall(data: bytes, white: Plane) -> NDArray[np.float32]:
    """By how many levels the worst white pixel of each block fails to be 255."""
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION)
    if decoded is None:
        raise ValueError("Expected our own JPEG to decode")
    rows, columns = np.nonzero(cv2.subtract(white, where_white(np.asarray(decoded, dtype=np.uint8))))
    short = np.zeros(_blocks(white.shape), np.float32)
    missing = (255 - decoded[rows, columns].min(axis=1, initial=255)).astype(np.float32)
    np.maximum.at(short, (rows // _BLOCK, columns // _BLOCK), missing)
    return short


def _blocks(shape: tuple[int, ...]) -> tuple[int, int]:
    return -(-shape[0] // _BLOCK), -(-shape[1] // _BLOCK)


def _wholly_white_blocks(white: Plane) -> NDArray[np.bool_]:
    """Which 8×8 blocks hold nothing but white; blocks that stick out continue their last pixels, as JPEG does."""
    down, across = -white.shape[0] % _BLOCK, -white.shape[1] % _BLOCK
    padded = cv2.copyMakeBorder(white, 0, down, 0, across, cv2.BORDER_REPLICATE)
    rows, columns = _blocks(white.shape)
    least = cv2.erode(padded, np.ones((_BLOCK, _BLOCK), np.uint8), anchor=(0, 0))
    return np.asarray(least[::_BLOCK, ::_BLOCK][:rows, :columns] == 255, dtype=np.bool_)


def _per_pixel(aim: Plane, shape: tuple[int, ...]) -> Plane:
    size = (aim.shape[1] * _BLOCK, aim.shape[0] * _BLOCK)
    grown = cv2.resize(aim, size, interpolation=cv2.INTER_NEAREST)[: shape[0], : shape[1]]
    return np.asarray(cv2.merge([grown, grown, grown]), dtype=np.uint8)
