"""The small picture that lists show, and the blur that stands in for it until it is there."""

from __future__ import annotations

from dataclasses import dataclass

from pyservice.imaging.encode import encode
from pyservice.imaging.geometry import resized_within
from pyservice.imaging.output import OutputSpec
from pyservice.imaging.picture import Picture
from pyservice.imaging.thumbhash import thumbhash

# Raise it when the same picture gives another thumb than before.
THUMB_VERSION = 2
THUMB_PX = 512
_OPAQUE = OutputSpec(format="jpeg", quality=80, pure_white=False, metadata="none")
_CLEAR = OutputSpec(format="webp", quality=80, metadata="none")


@dataclass(frozen=True, slots=True)
class Thumb:
    """data: JPEG, or WebP where the picture has transparency; at most 512 px. thumbhash: base64."""

    data: bytes
    thumbhash: str


def make_thumb(picture: Picture) -> Thumb:
    """The thumb of a decoded picture: never enlarged, sRGB, upright as the picture is, without metadata."""
    small = resized_within(picture, THUMB_PX)
    return Thumb(encode(small, _OPAQUE if small.alpha is None else _CLEAR), thumbhash(small))
