"""A picture to the bytes of a result file."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from PIL import Image, PngImagePlugin

from pyservice.errors import ByteBand, OutputTooLarge
from pyservice.imaging.byte_band import fit_band
from pyservice.imaging.colors import srgb_icc
from pyservice.imaging.exif import minimal_exif
from pyservice.imaging.flatten import on_white
from pyservice.imaging.metadata import Metadata
from pyservice.imaging.output import OutputFormat, OutputSpec
from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.pure_white import has_white_ground, pure_white_jpeg
from pyservice.imaging.xmp import GENERATIVE_EDIT, xmp_packet

_FULL_CHROMA_QUALITY = 90


def _chroma(wished: int, quality: int) -> str:
    """Colour edges at full resolution for who wishes quality, also where a byte limit then lowers it.

    At 4:4:4 every 8×8 block is on its own: no colour of a product bleeds further into a white ground.
    """
    return "4:4:4" if max(wished, quality) >= _FULL_CHROMA_QUALITY else "4:2:0"


# How hard the encoders try, in their own counting. A preview is thrown away: it may be larger, but not later.
_EFFORT: dict[OutputFormat, int] = {"jpeg": 1, "png": 6, "webp": 4, "avif": 6}
_QUICK_EFFORT: dict[OutputFormat, int] = {"jpeg": 0, "png": 1, "webp": 2, "avif": 10}
# What the formats themselves can hold.
_LARGEST_SIDE_PX: dict[OutputFormat, int] = {"jpeg": 65_500, "png": 1_000_000, "webp": 16_383, "avif": 65_535}


def encode(
    picture: Picture,
    spec: OutputSpec,
    metadata: Metadata | None = None,
    *,
    generative: bool = False,
    quick: bool = False,
) -> bytes:
    """The result file: sRGB profile embedded, metadata by the spec's policy, size within the byte band.

    generative: a step drew what was not there, which is declared (IPTC digital source type) under every
    policy. A picture with transparency becomes a JPEG on white. quick: for a look at it only; no byte band holds,
    and white is as white as the encoder leaves it. Raises ByteBand, and OutputTooLarge
    where the format cannot hold the picture.
    """
    largest_px = _LARGEST_SIDE_PX[spec.format]
    if picture.long_side > largest_px:
        raise OutputTooLarge(
            f"Expected sides of at most {largest_px:,} px for {spec.format}, received {picture.width}×{picture.height}"
        )
    exif, xmp = _blocks(spec, metadata or Metadata(), generative)
    effort = _QUICK_EFFORT[spec.format] if quick else _EFFORT[spec.format]
    if quick:
        spec = spec.model_copy(update={"min_bytes": None, "max_bytes": None, "pure_white": False})
    if spec.format == "jpeg":
        return _fitted_jpeg(on_white(picture), spec, exif, xmp, effort)
    image, save = _image(picture), _SAVERS[spec.format]
    lossless = spec.format == "png"
    return fit_band(lambda quality: save(image, quality, spec, exif, xmp, effort), spec, lossless=lossless)


def _blocks(spec: OutputSpec, metadata: Metadata, generative: bool) -> tuple[bytes, bytes]:
    """Exif and XMP of the result; empty where the policy leaves nothing to say."""
    source_type = GENERATIVE_EDIT if generative else metadata.digital_source_type
    if spec.metadata == "none":
        return b"", xmp_packet(source_type, None, None)
    exif = metadata.exif if spec.metadata == "keep" else minimal_exif(metadata.copyright, metadata.artist)
    return exif, xmp_packet(source_type, metadata.copyright, metadata.artist)


def _image(picture: Picture) -> Image.Image:
    if picture.alpha is None:
        return Image.fromarray(picture.rgb)
    # The old ground stays in memory for later steps; in a file it would be bytes that show nothing but betray it.
    shown = cv2.bitwise_and(picture.rgb, picture.rgb, mask=picture.alpha)
    return Image.fromarray(np.dstack([shown, picture.alpha]))


def _fitted_jpeg(rgb: Plane, spec: OutputSpec, exif: bytes, xmp: bytes, effort: int) -> bytes:
    """A white ground is kept pure, which takes more bytes; where they are too many, the byte limit wins."""
    save: dict[str, Any] = {"progressive": spec.progressive, "optimize": effort > 0, "icc_profile": srgb_icc()}
    save |= {"exif": exif} | ({"xmp": xmp} if xmp else {})
    if spec.pure_white and has_white_ground(rgb):
        with contextlib.suppress(ByteBand):
            return fit_band(lambda quality: pure_white_jpeg(rgb, quality, **save), spec, lossless=False)
    image = Image.fromarray(rgb)
    return fit_band(lambda quality: _plain_jpeg(image, quality, spec, save), spec, lossless=False)


def _plain_jpeg(image: Image.Image, quality: int, spec: OutputSpec, save: dict[str, Any]) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality, subsampling=_chroma(spec.quality, quality), **save)
    return target.getvalue()


def _save_png(image: Image.Image, quality: int, spec: OutputSpec, exif: bytes, xmp: bytes, effort: int) -> bytes:
    text = PngImagePlugin.PngInfo()
    if xmp:
        text.add_itxt("XML:com.adobe.xmp", xmp.decode())
    target = io.BytesIO()
    image.save(target, "PNG", icc_profile=srgb_icc(), exif=exif, pnginfo=text, compress_level=effort)
    return target.getvalue()


def _save_webp(image: Image.Image, quality: int, spec: OutputSpec, exif: bytes, xmp: bytes, effort: int) -> bytes:
    target = io.BytesIO()
    image.save(target, "WEBP", quality=quality, method=effort, icc_profile=srgb_icc(), exif=exif, xmp=xmp)
    return target.getvalue()


def _save_avif(image: Image.Image, quality: int, spec: OutputSpec, exif: bytes, xmp: bytes, effort: int) -> bytes:
    target = io.BytesIO()
    image.save(
        target,
        "AVIF",
        quality=quality,
        subsampling=_chroma(spec.quality, quality),
        speed=effort,
        icc_profile=srgb_icc(),
        exif=exif,
        xmp=xmp,
    )
    return target.getvalue()


_Save = Callable[[Image.Image, int, OutputSpec, bytes, bytes, int], bytes]
_SAVERS: dict[OutputFormat, _Save] = {
    "png": _save_png,
    "webp": _save_webp,
    "avif": _save_avif,
}
