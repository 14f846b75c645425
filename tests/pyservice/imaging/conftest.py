"""Pictures and profiles that the imaging tests draw themselves."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from pyservice.imaging import Limits


@pytest.fixture
def limits() -> Limits:
    return Limits()


@pytest.fixture
def file_of() -> Callable[..., bytes]:
    return _file_of


@pytest.fixture
def photo() -> Callable[..., NDArray[np.uint8]]:
    return _photo


@pytest.fixture
def matrix_icc() -> Callable[..., bytes]:
    return _matrix_icc


@pytest.fixture
def srgb_of() -> Callable[..., NDArray[np.float64]]:
    return _srgb_of


@pytest.fixture
def adobe_rgb() -> NDArray[np.float64]:
    return _ADOBE_RGB


@pytest.fixture
def display_p3() -> NDArray[np.float64]:
    return _DISPLAY_P3


def _file_of(image: Image.Image, name: str, **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, name, **options)
    return target.getvalue()


def _photo(width: int = 96, height: int = 64) -> NDArray[np.uint8]:
    """A smooth picture whose four quarters differ, so that every turn of it is another picture."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    red = 40 + 180 * x / max(1, width - 1)
    green = 40 + 180 * y / max(1, height - 1)
    blue = np.where((x < width / 2) & (y < height / 2), 220.0, 60.0)
    return np.stack([red, green, blue], axis=-1).round().astype(np.uint8)


def _xyz(x: float, y: float, z: float) -> bytes:
    return struct.pack(">4sI3i", b"XYZ ", 0, *(round(value * 65536) for value in (x, y, z)))


def _matrix_icc(columns: NDArray[np.float64], gamma: float | None) -> bytes:
    """A version 2 display profile: D50 colourants as columns, one gamma (None: the sRGB curve, sampled)."""
    if gamma is None:
        levels = np.linspace(0, 1, 1024)
        linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
        curve = struct.pack(">4sII", b"curv", 0, 1024) + (linear * 65535).round().astype(">u2").tobytes()
    else:
        curve = struct.pack(">4sIIH", b"curv", 0, 1, round(gamma * 256))
    text = b"Test profile\0"
    desc = struct.pack(">4sII", b"desc", 0, len(text)) + text + bytes(78)
    tags = {b"desc": desc, b"cprt": b"text\0\0\0\0none\0", b"wtpt": _xyz(0.9642, 1, 0.8249)}
    tags |= {name: _xyz(*columns[:, index]) for index, name in enumerate((b"rXYZ", b"gXYZ", b"bXYZ"))}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    table, body, start = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for name, value in tags.items():
        table += struct.pack(">4sII", name, start + len(body), len(value))
        body += value + bytes(-len(value) % 4)
    header = struct.pack(">I4xI4s4s4s12x4s", start + len(body), 0x02100000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    header += bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return header.ljust(128, b"\0") + table + body


_ADOBE_RGB = np.array([[0.60974, 0.20528, 0.14919], [0.31111, 0.62567, 0.06322], [0.01947, 0.06087, 0.74457]])
_DISPLAY_P3 = np.array([[0.51512, 0.29198, 0.15710], [0.24120, 0.69225, 0.06657], [-0.00105, 0.04189, 0.78407]])
_SRGB = np.array([[0.43607, 0.38515, 0.14307], [0.22249, 0.71687, 0.06061], [0.01392, 0.09708, 0.71410]])


def _srgb_of(values: NDArray[np.uint8], columns: NDArray[np.float64], gamma: float | None) -> NDArray[np.float64]:
    """What these values of that colour space are in sRGB, by the textbook."""
    levels = values / 255
    if gamma is None:
        linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    else:
        linear = levels**gamma
    linear = np.clip(linear @ columns.T @ np.linalg.inv(_SRGB).T, 0, 1)
    return np.asarray(255 * np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055))
