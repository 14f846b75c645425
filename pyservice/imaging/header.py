"""Facts from the header alone, and the limits that are kept before a pixel is decoded."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageCms

from pyservice.errors import BrokenImage, ImageTooLarge, UnsupportedFormat
from pyservice.imaging.containers import Layout, png_chunks, read_layout
from pyservice.imaging.exif import clean_text, exif_facts, orientation_of, parse_exif
from pyservice.imaging.facts import MIME_TYPES, Facts, InputFormat
from pyservice.imaging.jpeg_header import JpegHeader, read_jpeg_header
from pyservice.imaging.limits import Limits
from pyservice.imaging.opening import naming_errors, open_lazily
from pyservice.imaging.sniff import sniff

_JPEG_MODELS = {1: "L", 3: "RGB", 4: "CMYK"}
_ALPHA_MODES = {"RGBA", "LA", "PA", "La", "RGBa"}
_MODE_BITS = {"1": 1, "I;16": 16, "I;16L": 16, "I;16B": 16, "I": 32, "F": 32}
_PLAIN_PNG_XMP = b"XML:com.adobe.xmp\0\0\0"
_BITS_PER_SAMPLE, _DNG_VERSION, _SUBFILE_TYPE, _SUB_IFDS = 258, 50706, 254, 330


@dataclass(frozen=True, slots=True)
class Header:
    """Facts and the metadata blocks they were read from; icc is None where absent or over the limit."""

    facts: Facts
    exif: Image.Exif
    icc: bytes | None
    xmp: bytes | None


def read_facts(data: bytes, limits: Limits) -> Facts:
    """What the header says. No pixel is decoded.

    Raises ImageTooLarge, UnsupportedFormat, BrokenImage.
    """
    return read_header(data, limits).facts


def read_header(data: bytes, limits: Limits) -> Header:
    """Facts with the metadata blocks. Raises ImageTooLarge, UnsupportedFormat, BrokenImage."""
    if len(data) > limits.max_bytes:
        raise ImageTooLarge(f"Expected at most {limits.max_bytes:,} bytes, received {len(data):,}")
    name = sniff(data)
    return _read_jpeg(data, limits) if name == "jpeg" else _read_other(data, name, limits)


def check_size(width: int, height: int, frames: int, limits: Limits) -> None:
    """Raises BrokenImage for no pixels, ImageTooLarge for too many pixels or frames."""
    if width < 1 or height < 1:
        raise BrokenImage(f"Expected at least 1×1 pixels, received {width}×{height}")
    if width * height > limits.max_pixels:
        raise ImageTooLarge(f"Expected at most {limits.max_pixels:,} pixels, received {width}×{height}")
    if frames > limits.max_frames:
        raise ImageTooLarge(f"Expected at most {limits.max_frames:,} frames, received more")


def _read_jpeg(data: bytes, limits: Limits) -> Header:
    jpeg = read_jpeg_header(data, limits.progressive_max_scans)
    check_size(jpeg.width, jpeg.height, 1, limits)
    _check_scans(jpeg, limits)
    exif = parse_exif(_bounded(jpeg.exif, limits))
    icc = _bounded(jpeg.icc, limits)
    orientation = orientation_of(exif)
    width, height = _upright(jpeg.width, jpeg.height, orientation)
    if jpeg.components not in _JPEG_MODELS:
        raise BrokenImage(f"Expected a JPEG of 1, 3 or 4 components, received {jpeg.components}")
    facts = Facts(
        format="jpeg",
        mime=MIME_TYPES["jpeg"],
        bytes=len(data),
        width=width,
        height=height,
        color_model=_JPEG_MODELS[jpeg.components],
        bits_per_channel=jpeg.bits,
        icc=profile_name(icc),
        exif_orientation=orientation,
        progressive=jpeg.progressive,
        jpeg_quality=jpeg.quality,
        exif=exif_facts(exif),
    )
    return Header(facts, exif, icc, _bounded(jpeg.xmp, limits))


def _check_scans(jpeg: JpegHeader, limits: Limits) -> None:
    """A JPEG in several scans keeps every coefficient in memory and may come back to it endlessly."""
    if jpeg.interleaved and not jpeg.progressive:
        return
    if jpeg.width * jpeg.height > limits.progressive_max_pixels:
        raise ImageTooLarge(
            f"Expected at most {limits.progressive_max_pixels:,} pixels of a progressive JPEG, "
            f"received {jpeg.width}×{jpeg.height}"
        )
    if jpeg.scans > limits.progressive_max_scans:
        raise ImageTooLarge(f"Expected at most {limits.progressive_max_scans} scans in a JPEG, received more")


def _read_other(data: bytes, name: InputFormat, limits: Limits) -> Header:
    layout = read_layout(data, name, limits.max_frames)
    if layout is not None:
        check_size(layout.width or 1, layout.height or 1, layout.frames, limits)
    image = open_lazily(data, name)
    with naming_errors(name):
        frames = layout.frames if layout else getattr(image, "n_frames", 1)
        check_size(*image.size, frames, limits)
        if name == "tiff":
            _refuse_camera_raw(image)
        exif = image.getexif() if name in {"tiff", "bmp", "gif"} else parse_exif(_exif_block(data, image, limits))
        return _header(data, name, image, layout or Layout(*image.size, frames), exif, limits)


def _header(
    data: bytes, name: InputFormat, image: Image.Image, layout: Layout, exif: Image.Exif, limits: Limits
) -> Header:
    orientation = _orientation(name, image, exif)
    # Pillow already reports a TIFF's size upright, and libheif turns its pictures itself.
    width, height = image.size if name in {"tiff", "heif"} else _upright(*image.size, orientation)
    icc = _bounded(image.info.get("icc_profile"), limits)
    facts = Facts(
        format=name,
        mime=MIME_TYPES[name],
        bytes=len(data),
        width=width,
        height=height,
        frames=layout.frames,
        color_model=image.mode,
        has_alpha=image.mode in _ALPHA_MODES or "transparency" in image.info,
        bits_per_channel=_bits(data, name, image, layout),
        icc=profile_name(icc),
        exif_orientation=orientation,
        exif=exif_facts(exif),
    )
    return Header(facts, exif, icc, _bounded(_xmp_block(data, image), limits))


def _orientation(name: InputFormat, image: Image.Image, exif: Image.Exif) -> int:
    if name == "heif":
        original = image.info.get("original_orientation")
        return original if isinstance(original, int) and 1 <= original <= 8 else 1
    return orientation_of(exif)


def _exif_block(data: bytes, image: Image.Image, limits: Limits) -> bytes | None:
    block = image.info.get("exif")
    if block is None and image.format == "PNG":
        # The standard lets eXIf follow the pixels, where a decoder meets it too late for a header.
        block = next((data[at + 8 : end - 4] for kind, at, end in png_chunks(data) if kind == b"eXIf"), None)
    return _bounded(block if isinstance(block, bytes) else None, limits)


def _xmp_block(data: bytes, image: Image.Image) -> bytes | None:
    if image.format == "PNG":
        bodies = (data[at + 8 : end - 4] for kind, at, end in png_chunks(data) if kind == b"iTXt")
        return next((body for body in bodies if body.startswith(_PLAIN_PNG_XMP)), None)
    block = image.info.get("xmp")
    return block if isinstance(block, bytes) else None


def _bits(data: bytes, name: InputFormat, image: Image.Image, layout: Layout) -> int:
    if name == "tiff":
        declared = getattr(image, "tag_v2", {}).get(_BITS_PER_SAMPLE, (8,))
        return int(max(declared)) if isinstance(declared, tuple) else int(declared)
    if name == "heif":
        return int(image.info.get("bit_depth", 8))
    if name == "avif":
        at = data.find(b"av1C")
        flags = data[at + 6] if 0 <= at < len(data) - 6 else 0
        return (12 if flags & 0x20 else 10) if flags & 0x40 else 8
    return layout.bits if name == "png" else _MODE_BITS.get(image.mode, 8)


def _refuse_camera_raw(image: Image.Image) -> None:
    """A DNG or NEF is a TIFF whose first page is a preview: better refused than taken for the photo."""
    tags = getattr(image, "tag_v2", {})
    preview_of_raw = tags.get(_SUBFILE_TYPE, 0) == 1 and _SUB_IFDS in tags
    if _DNG_VERSION in tags or preview_of_raw:
        raise UnsupportedFormat("Expected a finished picture, received a camera's raw file")


def _bounded(block: bytes | None, limits: Limits) -> bytes | None:
    return block if block and len(block) <= limits.max_metadata_bytes else None


def _upright(width: int, height: int, orientation: int) -> tuple[int, int]:
    return (height, width) if orientation >= 5 else (width, height)


def profile_name(icc: bytes | None) -> str | None:
    """The name a colour profile gives itself, or None where it is absent or broken."""
    if not icc:
        return None
    try:
        return clean_text(ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(icc)))) or None
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
