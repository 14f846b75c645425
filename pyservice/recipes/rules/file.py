"""Rules about the file: format, bytes, colours, frames."""

from __future__ import annotations

from typing import Literal, cast, get_args

from pydantic import Field

from pyservice.imaging import InputFormat, OutputFormat
from pyservice.recipes.fix import OUTPUT, Fix
from pyservice.recipes.rules.registry import Candidate, Finding, Values, rule_kind

LOSSY_STEP = 5


class Formats(Values):
    """Formats that are taken, the preferred one first."""

    allowed: tuple[InputFormat, ...] = Field(min_length=1)


class Bytes(Values):
    """A limit of the file's size."""

    bytes: int = Field(ge=1)


class Still(Values):
    """Nothing to set: one frame, one page."""


class ColorModels(Values):
    """How colours may be stored, in the names of Facts.color_model."""

    allowed: tuple[str, ...] = Field(min_length=1)


class ColorSpace(Values):
    """The colour space that the file must be in."""

    space: Literal["srgb"]


class BitDepth(Values):
    """Bits per channel."""

    bits: int


class Opaque(Values):
    """Nothing to set: no transparency. `color` is what a fix lays behind."""

    color: str = "#ffffff"


class JpegQuality(Values):
    """The least encoder quality of a JPEG."""

    min: int = Field(ge=1, le=100)


@rule_kind("formats")
def formats(candidate: Candidate, values: Formats) -> Finding:
    """The file has one of the accepted formats."""
    required = " or ".join(values.allowed)
    if candidate.facts.format in values.allowed:
        return Finding(True, candidate.facts.format, required)
    writable = [name for name in values.allowed if name in get_args(OutputFormat)]
    fix = Fix(operation=OUTPUT, params={"format": cast("OutputFormat", writable[0])}) if writable else None
    return Finding(
        False,
        candidate.facts.format,
        required,
        reason="The file's format is not accepted.",
        remedy=f"Save as {writable[0]}." if writable else "Convert it elsewhere.",
        fix=fix,
    )


@rule_kind("max-bytes")
def max_bytes(candidate: Candidate, values: Bytes) -> Finding:
    """The file is not too large."""
    ok = candidate.facts.bytes <= values.bytes
    return Finding(
        ok,
        _megabytes(candidate.facts.bytes),
        f"at most {_megabytes(values.bytes)}",
        reason="The file is too large.",
        remedy="Save with a lower quality.",
        fix=Fix(operation=OUTPUT, params={"max_bytes": values.bytes}),
    )


@rule_kind("min-bytes")
def min_bytes(candidate: Candidate, values: Bytes) -> Finding:
    """The file is not too small."""
    ok = candidate.facts.bytes >= values.bytes
    return Finding(
        ok,
        _megabytes(candidate.facts.bytes),
        f"at least {_megabytes(values.bytes)}",
        reason="The file is too small.",
        remedy="Save with a higher quality, or larger.",
        fix=Fix(operation=OUTPUT, params={"min_bytes": values.bytes}),
    )


@rule_kind("still")
def still(candidate: Candidate, values: Still) -> Finding:
    """The file holds one picture: no animation, no pages."""
    frames = candidate.facts.frames
    return Finding(
        frames == 1,
        "1 frame" if frames == 1 else f"{frames} frames",
        "1 frame",
        reason="The file is animated or has several pages.",
        remedy="Save the first one as JPEG.",
        fix=Fix(operation=OUTPUT, params={"format": "jpeg"}),
    )


@rule_kind("color-models")
def color_models(candidate: Candidate, values: ColorModels) -> Finding:
    """Colours are stored in an accepted way."""
    model = candidate.facts.color_model
    return Finding(
        model in values.allowed,
        model,
        " or ".join(values.allowed),
        reason="Colours are stored in a way that is not accepted.",
        remedy="Save as JPEG in sRGB.",
        fix=Fix(operation=OUTPUT, params={"format": "jpeg", "color_space": "srgb"}),
    )


@rule_kind("color-space")
def color_space(candidate: Candidate, values: ColorSpace) -> Finding:
    """Colours are in the asked space; a file without a profile counts as sRGB, as browsers take it."""
    profile = candidate.facts.icc
    return Finding(
        profile is None or values.space in profile.casefold(),
        profile or "no profile",
        values.space,
        reason="The file has another colour profile.",
        remedy="Save in sRGB.",
        fix=Fix(operation=OUTPUT, params={"color_space": values.space}),
    )


@rule_kind("bit-depth")
def bit_depth(candidate: Candidate, values: BitDepth) -> Finding:
    """Channels have the asked number of bits."""
    bits = candidate.facts.bits_per_channel
    return Finding(
        bits == values.bits,
        f"{bits} bits",
        f"{values.bits} bits",
        reason="Channels have another number of bits.",
        remedy="Save as JPEG, which has 8 bits.",
        fix=Fix(operation=OUTPUT, params={"format": "jpeg"}) if values.bits == 8 else None,
    )


@rule_kind("opaque")
def opaque(candidate: Candidate, values: Opaque) -> Finding:
    """No pixel is transparent."""
    alpha = candidate.picture.alpha
    ok = alpha is None or bool(alpha.min() == 255)
    return Finding(
        ok,
        "opaque" if ok else "partly transparent",
        "opaque",
        reason="Parts of the picture are transparent.",
        remedy=f"Put it on {values.color}.",
        fix=Fix(operation="background", params={"kind": "color", "color": values.color}),
    )


@rule_kind("jpeg-quality")
def jpeg_quality(candidate: Candidate, values: JpegQuality) -> Finding:
    """A JPEG was saved with enough quality; the figure is an estimate from its tables."""
    quality = candidate.facts.jpeg_quality
    return Finding(
        quality is None or quality >= values.min,
        "no JPEG" if quality is None else f"quality {quality}",
        f"at least {values.min}",
        reason="The JPEG is strongly compressed.",
        remedy="Save with a higher quality.",
        fix=Fix(operation=OUTPUT, params={"quality": min(100, values.min + LOSSY_STEP)}),
    )


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.2f} MB" if count >= 100_000 else f"{count / 1e3:.1f} kB"
