"""Bytes to pictures and back: limits, facts, decode, encode, and the sandbox for strangers' files."""

from pyservice.imaging.decode import Decoded, decode
from pyservice.imaging.encode import encode
from pyservice.imaging.facts import Facts, InputFormat
from pyservice.imaging.header import read_facts
from pyservice.imaging.limits import Limits
from pyservice.imaging.metadata import Metadata
from pyservice.imaging.output import EXTENSIONS, OutputFormat, OutputSpec
from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.sandbox import Sandbox
from pyservice.imaging.thumb import THUMB_PX, THUMB_VERSION, Thumb, make_thumb
from pyservice.imaging.white import white_is_pure

__all__ = [
    "EXTENSIONS",
    "THUMB_PX",
    "THUMB_VERSION",
    "Decoded",
    "Facts",
    "InputFormat",
    "Limits",
    "Metadata",
    "OutputFormat",
    "OutputSpec",
    "Picture",
    "Plane",
    "Sandbox",
    "Thumb",
    "decode",
    "encode",
    "make_thumb",
    "read_facts",
    "white_is_pure",
]
