"""Any colour model to sRGB, by the embedded profile where there is one."""

from __future__ import annotations

import io
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from pyservice.imaging.picture import Plane

_PROFILE_SPACE = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab"}
_CREATION_DATE = slice(24, 36)
_PROFILE_ID = slice(84, 100)
_SAME_COLOR = 1
_STRIP_ROWS = 256
_FROM_16_BITS = (np.arange(65536) * (255 / 65535)).round().astype(np.uint8)


def to_srgb(image: Image.Image, icc: bytes | None) -> Plane:
    """An RGB, L, CMYK or LAB image as sRGB, uint8 H×W×3.

    A profile that is broken, or for another colour model, is ignored.
    """
    change = _color_change(icc, image.mode) if icc else None
    if change is not None:
        return np.asarray(ImageCms.applyTransform(image, change))
    if image.mode == "CMYK":
        return _from_plain_cmyk(np.asarray(image))
    if image.mode == "LAB":
        lab = _change_from(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")), "LAB")
        return np.asarray(ImageCms.applyTransform(image, lab))
    return np.asarray(image.convert("RGB"))


def needs_change(icc: bytes | None) -> bool:
    """Whether RGB pixels under this profile differ from sRGB by more than rounding."""
    return icc is not None and _color_change(icc, "RGB") is not None


@cache
def srgb_icc() -> bytes:
    """The sRGB profile results carry, the same bytes on every machine and day."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_CREATION_DATE] = bytes.fromhex("07e8 0001 0001 0000 0000 0000")
    profile[_PROFILE_ID] = bytes(16)
    return bytes(profile)


@lru_cache(maxsize=32)
def _color_change(icc: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """A cached LittleCMS transform to sRGB; None where it would change nothing or cannot be made."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        if profile.profile.xcolor_space.strip() != _PROFILE_SPACE.get(mode):
            return None
        change = _change_from(profile, mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
    return None if mode == "RGB" and _changes_nothing(change) else change


def _change_from(profile: ImageCms.ImageCmsProfile, mode: str) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        profile,
        ImageCms.createProfile("sRGB"),
        mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _changes_nothing(change: ImageCms.ImageCmsTransform) -> bool:
    levels = np.linspace(0, 255, 9).round().astype(np.uint8)
    grid = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), axis=-1).reshape(27, 27, 3)
    after = np.asarray(ImageCms.applyTransform(Image.fromarray(grid), change))
    return bool(np.abs(after.astype(np.int16) - grid).max() <= _SAME_COLOR)


def _from_plain_cmyk(ink: Plane) -> Plane:
    """CMYK without a profile, taken for offset print; in strips, for the arithmetic is in floats."""
    strips = [_offset_print(ink[row : row + _STRIP_ROWS]) for row in range(0, ink.shape[0], _STRIP_ROWS)]
    return np.concatenate(strips)


def _offset_print(ink: Plane) -> Plane:
    """The polynomial that pdf.js fitted to US Web Coated (SWOP): far nearer to print than 1 − ink."""
    c, m, y, k = np.moveaxis(ink.astype(np.float32) / 255, -1, 0)
    red = (
        255
        + c * (-4.387332384609988 * c + 54.48615194189176 * m + 18.82290502165302 * y)
        + c * (212.25662451639585 * k - 285.2331026137004)
        + m * (1.7149763477362134 * m - 5.6096736904047315 * y - 17.873870861415444 * k - 5.497006427196366)
        + y * (-2.5217340131683033 * y - 21.248923337353073 * k + 17.5119270841813)
        + k * (-21.86122147463605 * k - 189.48180835922747)
    )
    green = (
        255
        + c * (8.841041422036149 * c + 60.118027045597366 * m + 6.871425592049007 * y)
        + c * (31.159100130055922 * k - 79.2970844816548)
        + m * (-15.310361306967817 * m + 17.575251261109482 * y + 131.35250912493976 * k - 190.9453302588951)
        + y * (4.444339102852739 * y + 9.8632861493405 * k - 24.86741582555878)
        + k * (-20.737325471181034 * k - 187.80453709719578)
    )
    blue = (
        255
        + c * (0.8842522430003296 * c + 8.078677503112928 * m + 30.89978309703729 * y)
        + c * (-0.23883238689178934 * k - 14.183576799673286)
        + m * (10.49593273432072 * m + 63.02378494754052 * y + 50.606957656360734 * k - 112.23884253719248)
        + y * (0.03296041114873217 * y + 115.60384449646641 * k - 193.58209356861505)
        + k * (-22.33816807309886 * k - 180.12613974708367)
    )
    return np.asarray(np.clip(np.stack([red, green, blue], axis=-1), 0, 255).round(), dtype=np.uint8)


def deep_to_8_bits(values: NDArray[np.generic], bits: int) -> Plane:
    """Grey of more than 8 bits (or float 0…1) scaled, not cut, to uint8."""
    if values.dtype.kind == "f":
        peak = max(1.0, float(np.nanmax(values, initial=0)))
        return np.asarray(np.nan_to_num(np.clip(values, 0, peak) * (255 / peak)).round(), dtype=np.uint8)
    if values.dtype == np.uint16 and bits == 16:
        return np.asarray(_FROM_16_BITS[values], dtype=np.uint8)
    top = (1 << min(bits, 32)) - 1
    return np.asarray((np.clip(values.astype(np.float64), 0, top) * (255 / top)).round(), dtype=np.uint8)
