"""Hostile headers get an answer before anything is decoded or allocated (SECURITY_TESTS A1 to A10)."""

from __future__ import annotations

import contextlib
import io
import os
import resource
import struct
import subprocess
import sys
import zlib
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from pyservice.errors import BrokenImage, DecodeLimit, ImageTooLarge, UnsupportedFormat, VitrineError
from pyservice.imaging import decode, read_facts


def _chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _png(width, height, extra=b""):
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = _chunk(b"IDAT", zlib.compress((b"\0" + bytes(width * 3)) * min(height, 4)))
    return b"\x89PNG\r\n\x1a\n" + header + extra + rows + _chunk(b"IEND", b"")


def _peak_bytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def test_a1_a_bomb_of_a_png_header_is_refused_unopened(limits):
    before = _peak_bytes()
    with pytest.raises(ImageTooLarge, match="50000×50000"):
        decode(_png(50_000, 50_000), limits)
    assert _peak_bytes() - before < 100_000_000


def _gif(width, height, frames=1, frame_size=None):
    frame_width, frame_height = frame_size or (1, 1)
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, frame_width, frame_height, 0) + b"\x02\x02\x44\x01\0"
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6) + frame * frames + b";"


def _bmp(width, height, bits):
    info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + 64, 0, 0, 54) + info + bytes(64)


def _webp(width, height):
    body = b"VP8X" + struct.pack("<I", 10) + bytes(4)
    body += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _tiff(width, height, pages=1):
    data = b"II*\0" + struct.pack("<I", 8)
    for page in range(pages):
        following = 0 if page == pages - 1 else len(data) + 2 + 24 + 4
        data += struct.pack("<HHHIIHHIII", 2, 256, 4, 1, width, 257, 4, 1, height, following)
    return data


@pytest.mark.parametrize(
    "data",
    [_gif(65_535, 65_535), _bmp(40_000, 40_000, 24), _webp(16_000, 16_000), _tiff(50_000, 50_000)],
    ids=["gif", "bmp", "webp", "tiff"],
)
def test_a2_bombs_of_other_formats_are_refused_unopened(data, limits):
    before = _peak_bytes()
    with pytest.raises((ImageTooLarge, BrokenImage)):
        decode(data, limits)
    assert _peak_bytes() - before < 100_000_000


def test_a2_an_icon_is_no_picture(file_of, limits):
    with pytest.raises(UnsupportedFormat):
        decode(file_of(Image.new("RGB", (32, 32)), "ICO"), limits)


def test_a3_a_frame_larger_than_its_gif_is_refused(limits):
    with pytest.raises(ImageTooLarge):
        decode(_gif(4, 4, frame_size=(65_000, 65_000)), limits)


def test_a4_too_many_frames_are_refused(limits):
    with pytest.raises(ImageTooLarge, match="frames"):
        decode(_gif(4, 4, frames=10_000), limits)
    with pytest.raises(ImageTooLarge, match="frames"):
        read_facts(_png(4, 4, _chunk(b"acTL", struct.pack(">II", 10_000, 0))), limits)
    with pytest.raises(ImageTooLarge, match="frames"):
        read_facts(_tiff(4, 4, pages=1_500), limits)


def test_a4_a_directory_that_points_at_itself_ends(limits):
    loop = b"II*\0" + struct.pack("<I", 8) + struct.pack("<HHHIII", 1, 256, 4, 1, 4, 8)
    with pytest.raises(VitrineError):
        read_facts(loop, limits)


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt", b"iCCP"])
def test_a5_compressed_metadata_bombs_stay_packed(kind, limits):
    packed = zlib.compress(bytes(200_000_000), 9)
    head = {b"zTXt": b"key\0\0", b"iTXt": b"key\0\1\0\0\0", b"iCCP": b"name\0\0"}[kind]
    before = _peak_bytes()
    with contextlib.suppress(BrokenImage):
        assert decode(_png(4, 4, _chunk(kind, head + packed)), limits).picture.width == 4
    assert _peak_bytes() - before < 100_000_000


def _with_frame_size(jpeg, width, height):
    at = max(jpeg.find(b"\xff\xc2"), jpeg.find(b"\xff\xc0"))
    return jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]


def test_a6_a_huge_progressive_jpeg_has_its_own_budget(file_of, limits):
    progressive = file_of(Image.new("RGB", (64, 64)), "JPEG", progressive=True)
    with pytest.raises(ImageTooLarge, match="progressive"):
        decode(_with_frame_size(progressive, 10_000, 9_999), limits)
    baseline = file_of(Image.new("RGB", (64, 64)), "JPEG")
    assert read_facts(_with_frame_size(baseline, 10_000, 9_999), limits).width == 10_000


def test_a6_endless_scans_are_refused(file_of, limits):
    jpeg = file_of(Image.new("RGB", (64, 64)), "JPEG", progressive=True)
    at = jpeg.rfind(b"\xff\xda")
    scan = jpeg[at:-2]
    with pytest.raises(ImageTooLarge, match="scans"):
        decode(jpeg[:at] + scan * 5_000 + jpeg[-2:], limits)


def test_a7_no_bytes_and_too_many_bytes(limits):
    with pytest.raises(BrokenImage, match="0 bytes"):
        decode(b"", limits)
    with pytest.raises(ImageTooLarge, match="bytes"):
        decode(bytes(101), replace(limits, max_bytes=100))


def test_a8_a_bmp_of_40_bits_is_broken(limits):
    with pytest.raises(BrokenImage):
        decode(_bmp(512, 1, 40), limits)


@pytest.mark.parametrize(
    "data",
    [
        b"SIMPLE  =                    T" + b" " * 3000,
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n",
        b"\xc5\xd0\xd3\xc6" + bytes(100),
        b"8BPS\0\1" + bytes(100),
        b"%PDF-1.7\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><svg/>",
        b"\0\0\2\0" + bytes(40),
        b"\0\0\1\0\1\0" + bytes(40),
        b"P6\n1 1\n255\nabc",
        b"\x7fELF" + bytes(60),
        b"<!DOCTYPE html>",
        b"\0\0\0\x18ftypqt  " + bytes(40),
        b"II*\0\x10\0\0\0CR\2\0" + bytes(60),
        b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(40),
    ],
    ids=lambda data: data[:6].hex(),
)
def test_a10_other_kinds_of_file_are_unsupported_whatever_their_name(data, limits):
    with pytest.raises(UnsupportedFormat):
        read_facts(data, limits)


def test_a10_no_program_is_ever_started_for_a_file():
    """An audit hook ends the child at the first program that decoding an EPS would start."""
    code = (
        "import sys\nfrom pyservice.imaging.decode import decode\nfrom pyservice.imaging import Limits\n"
        "from pyservice.errors import UnsupportedFormat\n"
        "sys.addaudithook(lambda event, _: event.startswith(('subprocess', 'os.exec', 'os.posix')) and sys.exit(9))\n"
        "try:\n    decode(b'%!PS-Adobe-3.0 EPSF-3.0\\n%%BoundingBox: 0 0 9 9\\n', Limits())\n"
        "except UnsupportedFormat:\n    sys.exit(0)\nsys.exit(8)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, env=_environment()).returncode == 0


def _environment():
    return {**os.environ, "PYTHONPATH": os.pathsep.join(entry or os.getcwd() for entry in sys.path)}


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP", "GIF"])
def test_flipped_bytes_give_a_picture_or_a_named_error(name, file_of, limits):
    random = np.random.default_rng(7)
    whole = file_of(Image.fromarray(random.integers(0, 255, (24, 24, 3), dtype=np.uint8)), name)
    for _ in range(60):
        mangled = bytearray(whole)
        for at in random.integers(0, len(whole), 4):
            mangled[at] = random.integers(0, 256)
        with contextlib.suppress(BrokenImage, ImageTooLarge, UnsupportedFormat, DecodeLimit):
            assert decode(bytes(mangled), limits).picture.width >= 1


def test_the_picture_behind_a_polyglot_is_read_and_nothing_else(file_of, limits):
    jpeg = file_of(Image.new("RGB", (8, 8), "red"), "JPEG")
    decoded = decode(jpeg + b"PK\x03\x04<?php evil(); ?>", limits)
    assert decoded.picture.rgb.shape == (8, 8, 3)
    assert io.BytesIO(jpeg).getbuffer().nbytes < decoded.facts.bytes
