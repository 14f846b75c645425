"""A colour profile for pictures that name their primaries by number instead of embedding one."""

from __future__ import annotations

import struct
from functools import cache

import numpy as np
from numpy.typing import NDArray

Chromaticity = tuple[float, float]

# ISO/IEC 23091-2 colour primaries: red, green, blue; all with the white of D65. 1 is sRGB's own.
WIDE_PRIMARIES: dict[int, tuple[Chromaticity, Chromaticity, Chromaticity]] = {
    9: ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    12: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
}
_D65: Chromaticity = (0.3127, 0.3290)
_D50_XYZ = np.array([0.9642, 1.0, 0.8249])
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
# ICC parametric curve type 3 with the constants of IEC 61966-2-1.
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


@cache
def wide_gamut_profile(primaries: int) -> bytes | None:
    """An ICC profile (version 4, matrix and curve) with the sRGB curve; None where sRGB will do."""
    chosen = WIDE_PRIMARIES.get(primaries)
    return matrix_profile(chosen, f"Primaries {primaries}") if chosen else None


def matrix_profile(primaries: tuple[Chromaticity, Chromaticity, Chromaticity], name: str) -> bytes:
    """An ICC display profile of these primaries, white D65, sRGB curve (ICC.1:2022 §8.3.3)."""
    columns = _adapted_columns(primaries)
    curve = struct.pack(">4sIHH5i", b"para", 0, 3, 0, *(_fixed(value) for value in _SRGB_CURVE))
    text = name.encode("utf-16-be")
    description = struct.pack(">4sIII2s2sII", b"mluc", 0, 1, 12, b"en", b"US", len(text), 28) + text
    tags = [(b"desc", description), (b"cprt", description), (b"wtpt", _xyz(_D50_XYZ))]
    tags += [(tag, _xyz(columns[:, index])) for index, tag in enumerate((b"rXYZ", b"gXYZ", b"bXYZ"))]
    tags += [(tag, curve) for tag in (b"rTRC", b"gTRC", b"bTRC")]
    return _assembled(tags)


def _adapted_columns(primaries: tuple[Chromaticity, ...]) -> NDArray[np.float64]:
    white = _to_xyz(_D65)
    columns = np.stack([_to_xyz(point) for point in primaries], axis=1)
    columns = columns * np.linalg.solve(columns, white)
    cone_scale = np.diag((_BRADFORD @ _D50_XYZ) / (_BRADFORD @ white))
    return np.asarray(np.linalg.inv(_BRADFORD) @ cone_scale @ _BRADFORD @ columns)


def _to_xyz(point: Chromaticity) -> NDArray[np.float64]:
    x, y = point
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _fixed(value: float) -> int:
    return round(value * 65536)


def _xyz(values: NDArray[np.float64]) -> bytes:
    return struct.pack(">4sI3i", b"XYZ ", 0, *(_fixed(float(value)) for value in values))


def _assembled(tags: list[tuple[bytes, bytes]]) -> bytes:
    offset = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, value in tags:
        table += struct.pack(">4sII", name, offset + len(body), len(value))
        body += value + bytes(-len(value) % 4)
    size = offset + len(body)
    header = struct.pack(">I4xI4s4s4s12x4s", size, 0x04300000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    header += bytes(28) + struct.pack(">3i", *(_fixed(float(value)) for value in _D50_XYZ))
    return header.ljust(128, b"\0") + table + body
