"""Bytes to an upright sRGB picture, in this process. Strangers' bytes go through the Sandbox."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from pyservice.imaging.colors import deep_to_8_bits, needs_change, to_srgb
from pyservice.imaging.exif import clean_value, rewritten_exif
from pyservice.imaging.facts import Facts
from pyservice.imaging.header import Header, check_size, read_header
from pyservice.imaging.limits import Limits
from pyservice.imaging.matrix_profile import wide_gamut_profile
from pyservice.imaging.metadata import Metadata
from pyservice.imaging.opening import naming_errors, open_lazily
from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.xmp import declared_source_type

_COPYRIGHT, _ARTIST = 0x8298, 0x013B
# OpenCV's REDUCED flags without the bit that asks for BGR.
_RGB = cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION
_REDUCED = {
    8: _RGB | (cv2.IMREAD_REDUCED_COLOR_8 & ~cv2.IMREAD_COLOR),
    4: _RGB | (cv2.IMREAD_REDUCED_COLOR_4 & ~cv2.IMREAD_COLOR),
    2: _RGB | (cv2.IMREAD_REDUCED_COLOR_2 & ~cv2.IMREAD_COLOR),
    1: _RGB,
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture with what is known about its file. scale: decoded long side / full long side."""

    picture: Picture
    facts: Facts
    metadata: Metadata
    scale: float


def decode(data: bytes, limits: Limits, max_px: int | None = None) -> Decoded:
    """Decode the first frame: sRGB, upright, with max_px shrunk to that long side (never enlarged).

    Raises ImageTooLarge, UnsupportedFormat, BrokenImage, DecodeLimit.
    """
    header = read_header(data, limits)
    facts = header.facts
    with naming_errors(facts.format):
        rgb = _decode_plain_jpeg(data, header, max_px)
        picture = _decode_any(data, header, limits, max_px) if rgb is None else _turned(rgb, None, header.facts)
    full_px = max(facts.width, facts.height)
    return Decoded(picture, facts, _metadata(header, limits), picture.long_side / full_px)


def _decode_plain_jpeg(data: bytes, header: Header, max_px: int | None) -> Plane | None:
    """8-bit colour JPEG by libjpeg-turbo straight to RGB; None for other kinds or if OpenCV gives up."""
    facts = header.facts
    if facts.format != "jpeg" or facts.color_model != "RGB" or facts.bits_per_channel != 8:
        return None
    factor = _shrink_on_load(max(facts.width, facts.height), max_px)
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), _REDUCED[factor])
    if pixels is None:
        return None
    size = _target(pixels.shape[1], pixels.shape[0], max_px)
    rgb = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA) if size else pixels, dtype=np.uint8)
    return to_srgb(Image.fromarray(rgb), header.icc) if needs_change(header.icc) else rgb


def _shrink_on_load(long_px: int, max_px: int | None) -> int:
    """The largest factor libjpeg may shrink by that still leaves max_px."""
    if max_px is None:
        return 1
    return next(factor for factor in _REDUCED if factor == 1 or long_px // factor >= max_px)


def _decode_any(data: bytes, header: Header, limits: Limits, max_px: int | None) -> Picture:
    image = open_lazily(data, header.facts.format)
    size = _target(*image.size, max_px)
    if size and header.facts.format == "jpeg":
        image.draft(None, size)
    image.load()
    check_size(*image.size, 1, limits)
    icc = header.icc or wide_gamut_profile(_primaries(data, header.facts, image))
    image = _known_mode(image, header.facts.bits_per_channel)
    size = _target(*image.size, max_px)
    if size:
        image = image.resize(size, Image.Resampling.BOX)
    alpha = np.asarray(image.getchannel("A")) if image.mode in {"RGBA", "LA"} else None
    if image.mode in {"RGBA", "LA"}:
        image = image.convert(image.mode[:-1])
    return _turned(to_srgb(image, icc), alpha, header.facts)


def _target(width: int, height: int, max_px: int | None) -> tuple[int, int] | None:
    """The size that makes the long side max_px, or None where nothing must shrink."""
    long_px = max(width, height)
    if max_px is None or long_px <= max_px:
        return None
    return max(1, round(width * max_px / long_px)), max(1, round(height * max_px / long_px))


def _known_mode(image: Image.Image, bits: int) -> Image.Image:
    """The same pixels as L, LA, RGB, RGBA, CMYK or LAB of 8 bits."""
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        return _known_depth(image, bits)
    if "transparency" in image.info or image.mode in {"PA", "La", "RGBa"}:
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in {"L", "LA", "RGB", "RGBA", "CMYK", "LAB"} else image.convert("RGB")


def _known_depth(image: Image.Image, bits: int) -> Image.Image:
    values = np.asarray(image)
    grey = Image.fromarray(deep_to_8_bits(values, bits))
    clear = image.info.get("transparency")
    if not isinstance(clear, int):
        return grey
    opaque = Image.fromarray(np.where(values == clear, 0, 255).astype(np.uint8))
    return Image.merge("LA", (grey, opaque))


def _primaries(data: bytes, facts: Facts, image: Image.Image) -> int:
    """The colour primaries that an AVIF or HEIC names by number (ISO/IEC 23091-2); 2 = unsaid."""
    if facts.format == "heif":
        return int((image.info.get("nclx_profile") or {}).get("color_primaries", 2))
    at = data.find(b"colrnclx") if facts.format == "avif" else -1
    return int.from_bytes(data[at + 8 : at + 10], "big") if at >= 0 else 2


def _turned(rgb: Plane, alpha: Plane | None, facts: Facts) -> Picture:
    """Upright. Pillow has turned a TIFF already, and libheif a HEIC: never twice."""
    orientation = 1 if facts.format in {"tiff", "heif"} else facts.exif_orientation
    if alpha is not None and alpha.min() == 255:
        alpha = None
    return Picture(rgb, alpha).map_planes(lambda plane: _turn(plane, orientation))


def _turn(plane: Plane, orientation: int) -> Plane:
    """Undo an Exif orientation: 2 mirrored, 3 upside down, 4 flipped, 5 to 8 the same lying on a side."""
    if orientation in {5, 6, 7, 8}:
        plane = np.asarray(cv2.transpose(plane), dtype=np.uint8)
    flip = {2: 1, 3: -1, 4: 0, 6: 1, 7: -1, 8: 0}.get(orientation)
    return plane if flip is None else np.asarray(cv2.flip(plane, flip), dtype=np.uint8)


def _metadata(header: Header, limits: Limits) -> Metadata:
    exif = header.exif
    copyright, artist = (clean_value(exif.get(tag)) for tag in (_COPYRIGHT, _ARTIST))
    return Metadata(
        exif=rewritten_exif(exif),
        copyright=copyright if isinstance(copyright, str) else None,
        artist=artist if isinstance(artist, str) else None,
        digital_source_type=declared_source_type(header.xmp, limits.max_metadata_bytes),
    )
