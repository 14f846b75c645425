"""The only door to Pillow: one format at a time, never its own guess, and every decoder's failure by name."""

from __future__ import annotations

import importlib
import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import cv2
from PIL import Image

from pyservice.errors import BrokenImage, DecodeLimit, ImageTooLarge
from pyservice.imaging.containers import png_chunks
from pyservice.imaging.facts import InputFormat

_CODECS = ("Avif", "Bmp", "Gif", "Jpeg", "Png", "Tiff", "WebP")
_TEXT_CHUNKS = {b"tEXt", b"zTXt", b"iTXt"}

# What Pillow, libheif and OpenCV raise on broken files; decoders index and unpack strangers' numbers.
DECODER_ERRORS = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    struct.error,
    zlib.error,
    cv2.error,
)


@contextmanager
def naming_errors(name: str) -> Iterator[None]:
    """Turn what decoders raise into BrokenImage, DecodeLimit (memory) or ImageTooLarge."""
    try:
        yield
    except MemoryError:
        raise DecodeLimit(f"Expected a {name} picture that decodes within the memory budget") from None
    except Image.DecompressionBombError as error:
        raise ImageTooLarge(str(error)) from None
    except DECODER_ERRORS as error:
        if isinstance(error, cv2.error) and error.code == cv2.Error.StsNoMem:
            raise DecodeLimit(f"Expected a {name} picture that decodes within the memory budget") from None
        raise BrokenImage(f"Expected a whole {name} picture, the decoder says: {_one_line(error)}") from error


def _one_line(error: BaseException) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:200]


@cache
def _prepare_pillow() -> None:
    """Load the codecs of the allow-list and no other. Our own pixel limit comes first and is stricter."""
    Image.MAX_IMAGE_PIXELS = None
    for codec in _CODECS:
        importlib.import_module(f"PIL.{codec}ImagePlugin")


@cache
def _prepare_heif() -> None:
    # Costs 60 ms and libheif's memory: only who opens a HEIC pays.
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


def open_lazily(data: bytes, name: InputFormat) -> Image.Image:
    """The picture's header, pixels not yet decoded. Raises what `naming_errors` names."""
    _prepare_pillow()
    if name == "heif":
        _prepare_heif()
    with naming_errors(name):
        return Image.open(io.BytesIO(_without_text(data) if name == "png" else data), formats=[name.upper()])


def _without_text(data: bytes) -> bytes:
    """A PNG without its text chunks: nobody reads them here, and compressed ones may be bombs."""
    chunks = list(png_chunks(data))
    if not any(kind in _TEXT_CHUNKS for kind, _, _ in chunks):
        return data
    end = chunks[-1][2]
    kept = [data[start:stop] for kind, start, stop in chunks if kind not in _TEXT_CHUNKS]
    return b"".join([data[:8], *kept, data[end:]])
