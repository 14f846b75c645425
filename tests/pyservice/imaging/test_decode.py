"""Colours, orientation and sizes of what decode returns (SECURITY_TESTS A7, A14, A15)."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from PIL import Image
from pillow_heif import register_heif_opener

from pyservice.errors import BrokenImage
from pyservice.imaging import decode
from pyservice.imaging.matrix_profile import wide_gamut_profile

register_heif_opener()

# What a camera held that way must store so that the tag turns it upright again.
_STORED_AS = {
    1: lambda upright: upright,
    2: lambda upright: upright[:, ::-1],
    3: lambda upright: upright[::-1, ::-1],
    4: lambda upright: upright[::-1],
    5: lambda upright: upright.transpose(1, 0, 2),
    6: lambda upright: np.rot90(upright, 1),
    7: lambda upright: upright.transpose(1, 0, 2)[::-1, ::-1],
    8: lambda upright: np.rot90(upright, -1),
}
_LOSSLESS = {"TIFF": {}, "PNG": {}, "WEBP": {"lossless": True}, "JPEG": {"quality": 97, "subsampling": 0}}
_MODERN = {"AVIF": {"quality": 97, "subsampling": "4:4:4"}, "HEIF": {"quality": 97, "chroma": 444}}


def _assert_near(actual, expected, levels):
    difference = np.abs(actual.astype(float) - expected)
    assert actual.shape == np.shape(expected)
    assert difference.max() <= levels, f"up to {difference.max():.1f} levels off"


@pytest.mark.parametrize("size", [(96, 64), (64, 96)], ids=["landscape", "portrait"])
@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", [*_LOSSLESS, *_MODERN])
def test_a15_every_orientation_comes_out_upright(name, orientation, size, photo, file_of, limits):
    upright = photo(*size)
    stored = Image.fromarray(np.ascontiguousarray(_STORED_AS[orientation](upright)))
    exif = Image.Exif()
    exif[0x0112] = orientation
    decoded = decode(file_of(stored, name, exif=exif.tobytes(), **(_LOSSLESS | _MODERN)[name]), limits)
    assert (decoded.facts.width, decoded.facts.height) == size
    _assert_near(decoded.picture.rgb, upright, 40)
    assert np.abs(decoded.picture.rgb.astype(int) - upright).mean() < 2
    assert 0x0112 not in _exif(decoded.metadata.exif)


def _exif(block):
    exif = Image.Exif()
    exif.load(block)
    return exif


@pytest.mark.parametrize("orientation", [1, 6, 7])
def test_a15_a_preview_is_upright_too(orientation, photo, file_of, limits):
    upright = photo(960, 640)
    stored = Image.fromarray(np.ascontiguousarray(_STORED_AS[orientation](upright)))
    exif = Image.Exif()
    exif[0x0112] = orientation
    decoded = decode(file_of(stored, "JPEG", exif=exif, quality=95), limits, max_px=96)
    assert (decoded.picture.width, decoded.picture.height) == (96, 64)
    assert decoded.scale == pytest.approx(0.1)
    assert np.abs(decoded.picture.rgb.astype(int) - photo(96, 64)).mean() < 4


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 20_000), (20_000, 1)])
@pytest.mark.parametrize("name", ["JPEG", "PNG", "TIFF", "BMP"])
def test_a7_extreme_shapes_are_whole_pictures(name, width, height, file_of, limits):
    decoded = decode(file_of(Image.new("RGB", (width, height), (200, 100, 50)), name), limits)
    assert (decoded.picture.width, decoded.picture.height) == (width, height)
    _assert_near(decoded.picture.rgb[:1, :1], [[[200, 100, 50]]], 3)


def test_a7_a_sliver_keeps_one_pixel_when_it_shrinks(file_of, limits):
    decoded = decode(file_of(Image.new("RGB", (1, 20_000), "red"), "PNG"), limits, max_px=100)
    assert (decoded.picture.width, decoded.picture.height) == (1, 100)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "TIFF", "BMP", "GIF"])
def test_a7_half_a_file_is_broken(name, file_of, limits):
    noise = np.random.default_rng(1).integers(0, 255, (128, 128, 3), dtype=np.uint8)
    whole = file_of(Image.fromarray(noise), name)
    with pytest.raises(BrokenImage):
        decode(whole[: len(whole) // 2], limits)


@pytest.mark.parametrize("width", [1600, 1200, 901, 333])
@pytest.mark.parametrize("name", ["JPEG", "PNG"])
def test_max_px_is_met_exactly_and_never_enlarges(name, width, photo, file_of, limits):
    data = file_of(Image.fromarray(photo(1600, 1000)), name)
    assert decode(data, limits, max_px=width).picture.long_side == width
    assert decode(data, limits, max_px=5000).picture.long_side == 1600


def test_a_preview_shows_the_same_picture(photo, file_of, limits):
    data = file_of(Image.fromarray(photo(1600, 1000)), "JPEG", quality=95)
    assert np.abs(decode(data, limits, max_px=320).picture.rgb.astype(int) - photo(320, 200)).mean() < 2


def test_a14_adobe_rgb_by_profile(photo, file_of, matrix_icc, adobe_rgb, srgb_of, limits):
    stored = photo()
    icc = matrix_icc(adobe_rgb, 563 / 256)
    decoded = decode(file_of(Image.fromarray(stored), "PNG", icc_profile=icc), limits)
    _assert_near(decoded.picture.rgb, srgb_of(stored, adobe_rgb, 563 / 256), 2)
    assert decoded.facts.icc == "Test profile"
    assert np.abs(decoded.picture.rgb.astype(int) - stored).max() > 15


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WEBP", "TIFF", "AVIF"])
def test_a14_display_p3_by_profile_in_every_format(name, file_of, matrix_icc, display_p3, srgb_of, limits):
    stored = np.full((32, 32, 3), (180, 120, 90), np.uint8)
    data = file_of(Image.fromarray(stored), name, icc_profile=matrix_icc(display_p3, None), quality=98)
    _assert_near(decode(data, limits).picture.rgb, srgb_of(stored, display_p3, None), 4)


def test_a14_display_p3_named_by_number_in_a_heic(file_of, display_p3, srgb_of, limits):
    stored = np.full((64, 64, 3), (180, 120, 90), np.uint8)
    data = file_of(
        Image.fromarray(stored),
        "HEIF",
        quality=98,
        color_primaries=12,
        transfer_characteristics=13,
        matrix_coefficients=6,
        full_range_flag=1,
    )
    _assert_near(decode(data, limits).picture.rgb, srgb_of(stored, display_p3, None), 4)


def test_a_profile_for_another_model_is_ignored(photo, file_of, matrix_icc, display_p3, limits):
    grey = Image.fromarray(photo()).convert("L")
    decoded = decode(file_of(grey, "PNG", icc_profile=matrix_icc(display_p3, None)), limits)
    _assert_near(decoded.picture.rgb[..., 0], np.asarray(grey), 0)


def test_a_broken_profile_is_ignored(photo, file_of, limits):
    decoded = decode(file_of(Image.fromarray(photo()), "PNG", icc_profile=b"no profile" * 20), limits)
    _assert_near(decoded.picture.rgb, photo(), 0)
    assert decoded.facts.icc is None


# SWOP solids in sRGB; 1 − ink would miss cyan by 81 and magenta by 115 levels.
@pytest.mark.parametrize(
    ("ink", "srgb"),
    [
        ((0, 0, 0, 0), (255, 255, 255)),
        ((255, 0, 0, 0), (0, 174, 239)),
        ((0, 255, 0, 0), (236, 0, 140)),
        ((0, 0, 255, 0), (255, 242, 0)),
        ((0, 0, 0, 255), (35, 31, 32)),
    ],
    ids=["paper", "cyan", "magenta", "yellow", "black"],
)
@pytest.mark.parametrize("name", ["JPEG", "TIFF"])
def test_a14_cmyk_without_a_profile_looks_like_print(name, ink, srgb, file_of, limits):
    decoded = decode(file_of(Image.new("CMYK", (32, 32), ink), name), limits)
    assert decoded.facts.color_model == "CMYK"
    _assert_near(decoded.picture.rgb[:1, :1], [[srgb]], 65)
    if not any(ink):
        _assert_near(decoded.picture.rgb[:1, :1], [[srgb]], 0)


def test_a14_16_bit_grey_is_scaled_not_cut(file_of, limits):
    ramp = np.linspace(0, 65535, 256).round().astype(np.uint16).reshape(16, 16)
    for name in ("PNG", "TIFF"):
        decoded = decode(file_of(Image.fromarray(ramp), name), limits)
        assert decoded.facts.bits_per_channel == 16
        _assert_near(decoded.picture.rgb[..., 0], np.arange(256).reshape(16, 16), 1)


def test_a14_16_bit_rgb_png_is_scaled_not_cut(limits):
    row = np.array([[0, 0, 0], [65535, 65535, 65535], [32768, 16384, 49152]], ">u2")
    decoded = decode(_png(3, 1, 16, 2, b"\0" + row.tobytes()), limits)
    assert decoded.facts.bits_per_channel == 16
    _assert_near(decoded.picture.rgb[0], [[0, 0, 0], [255, 255, 255], [128, 64, 191]], 1)


def test_a14_12_bit_grey_is_scaled_by_its_own_white(limits):
    row = np.array([0, 1365, 2730, 4095])
    packed = bytes(b for a, c in row.reshape(2, 2) for b in (a >> 4, (a & 15) << 4 | c >> 8, c & 255))
    tags = [(256, 4), (257, 1), (258, 12), (259, 1), (262, 1), (273, 122), (277, 1), (278, 1), (279, 6)]
    directory = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    data = b"II*\0" + struct.pack("<IH", 8, len(tags)) + directory + bytes(4) + packed
    assert data.index(packed) == 122
    _assert_near(decode(data, limits).picture.rgb[0, :, 0], [0, 85, 170, 255], 1)


def test_a14_one_transparent_level_of_16_bit_grey(limits):
    row = np.array([[0, 1000, 65535]], ">u2")
    clear = struct.pack(">I4sH", 2, b"tRNS", 1000)
    clear += struct.pack(">I", zlib.crc32(clear[4:]))
    decoded = decode(_png(3, 1, 16, 0, b"\0" + row.tobytes(), clear), limits)
    assert decoded.picture.alpha is not None
    assert decoded.picture.alpha.tolist() == [[255, 0, 255]]


def test_a_grey_jpeg_shrinks_like_any_other(photo, file_of, limits):
    grey = Image.fromarray(photo(1600, 1000)).convert("L")
    picture = decode(file_of(grey, "JPEG", quality=95), limits, max_px=320).picture
    assert np.abs(picture.rgb[..., 0].astype(int) - np.asarray(grey.resize((320, 200)))).mean() < 2
    assert (picture.rgb == picture.rgb[..., :1]).all()


def _png(width, height, depth, kind, raw, extra=b""):
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    parts = [chunk(b"IHDR", header), extra, chunk(b"IDAT", zlib.compress(raw)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_a14_palette_with_transparency(file_of, limits):
    image = Image.new("P", (4, 1))
    image.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9])
    image.putdata([0, 1, 2, 3])
    for name in ("PNG", "GIF"):
        decoded = decode(file_of(image, name, transparency=2), limits)
        assert decoded.facts.has_alpha
        assert decoded.picture.alpha is not None
        assert decoded.picture.alpha.tolist() == [[255, 255, 0, 255]]
        assert decoded.picture.rgb[0, 1].tolist() == [0, 255, 0]


def test_a14_grey_with_alpha(file_of, limits):
    image = Image.new("LA", (2, 1))
    image.putdata([(200, 255), (50, 128)])
    decoded = decode(file_of(image, "PNG"), limits)
    assert decoded.picture.rgb.tolist() == [[[200] * 3, [50] * 3]]
    assert decoded.picture.alpha is not None
    assert decoded.picture.alpha.tolist() == [[255, 128]]


@pytest.mark.parametrize("name", ["PNG", "TIFF", "BMP", "GIF"])
def test_a14_one_bit_is_black_and_white(name, file_of, limits):
    image = Image.new("1", (2, 1))
    image.putdata([0, 255])
    assert decode(file_of(image, name), limits).picture.rgb.tolist() == [[[0] * 3, [255] * 3]]


def test_a14_transparent_pixels_do_not_bleed_into_a_preview(file_of, limits):
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[:, :31] = (200, 0, 0, 255)
    pixels[:, 31:] = (0, 255, 0, 0)
    decoded = decode(file_of(Image.fromarray(pixels), "PNG"), limits, max_px=16)
    assert decoded.picture.alpha is not None
    seen = decoded.picture.rgb[decoded.picture.alpha > 64]
    assert seen[:, 1].max() <= 2


def test_an_opaque_alpha_channel_is_no_transparency(photo, file_of, limits):
    image = Image.fromarray(photo()).convert("RGBA")
    assert decode(file_of(image, "PNG"), limits).picture.alpha is None


def test_only_the_first_frame_counts(file_of, limits):
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "green", "blue")]
    for name, options in (("GIF", {}), ("WEBP", {"lossless": True}), ("PNG", {}), ("TIFF", {})):
        data = file_of(frames[0], name, save_all=True, append_images=frames[1:], **options)
        decoded = decode(data, limits)
        assert decoded.facts.frames == 3
        assert decoded.picture.rgb[0, 0].tolist() == [255, 0, 0]


def test_arrays_are_read_only(photo, file_of, limits):
    picture = decode(file_of(Image.fromarray(photo()), "JPEG"), limits).picture
    with pytest.raises(ValueError, match="read-only"):
        picture.rgb[0, 0, 0] = 1


def test_wide_gamut_profile_is_only_made_for_wide_gamuts():
    assert wide_gamut_profile(1) is None
    assert wide_gamut_profile(12)
