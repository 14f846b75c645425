"""What read_facts says before any pixel is decoded."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from pyservice.imaging import decode, read_facts
from pyservice.imaging.exif import clean_text


@pytest.mark.parametrize(
    ("name", "expected"),
    [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp"), ("AVIF", "avif"), ("TIFF", "tiff"), ("BMP", "bmp")],
)
def test_format_is_known_by_content(name, expected, photo, file_of, limits):
    data = file_of(Image.fromarray(photo(50, 30)), name)
    facts = read_facts(data, limits)
    assert (facts.format, facts.mime, facts.width, facts.height) == (expected, f"image/{expected}", 50, 30)
    assert facts.bytes == len(data)


@pytest.mark.parametrize("quality", [30, 50, 75, 85, 92, 100])
def test_jpeg_quality_is_read_from_the_tables(quality, photo, file_of, limits):
    facts = read_facts(file_of(Image.fromarray(photo()), "JPEG", quality=quality), limits)
    assert facts.jpeg_quality == quality
    assert not facts.progressive


def test_progressive_and_color_model(photo, file_of, limits):
    image = Image.fromarray(photo())
    assert read_facts(file_of(image, "JPEG", progressive=True), limits).progressive
    assert read_facts(file_of(image.convert("L"), "JPEG"), limits).color_model == "L"
    assert read_facts(file_of(image.convert("CMYK"), "JPEG"), limits).color_model == "CMYK"


def _camera_exif():
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Contoso\0", "Shot\x07 3000\n" + "x" * 400
    exif[0x8298] = "© nobödy".encode()
    camera = exif.get_ifd(0x8769)
    camera[0x829A], camera[0x8827], camera[0x9003] = 0.004, 200, "2026:01:02 03:04:05"
    camera[0x927C] = b"maker notes" * 50
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (52.0, 31.0, 12.0)
    return exif


def test_exif_facts_are_an_allow_list_without_the_place(photo, file_of, limits):
    facts = read_facts(file_of(Image.fromarray(photo()), "JPEG", exif=_camera_exif()), limits)
    assert facts.exif["make"] == "Contoso"
    assert str(facts.exif["model"]).startswith("Shot 3000 x")
    assert len(str(facts.exif["model"])) <= 200
    assert facts.exif["copyright"] == "© nobödy"
    assert facts.exif["exposure_s"] == pytest.approx(0.004)
    assert (facts.exif["iso"], facts.exif["taken_at"]) == (200, "2026:01:02 03:04:05")
    assert facts.exif["has_gps"] is True
    assert "52" not in facts.model_dump_json().replace(str(facts.bytes), "")


def test_surviving_metadata_has_neither_place_nor_maker_notes(photo, file_of, limits):
    metadata = decode(file_of(Image.fromarray(photo()), "JPEG", exif=_camera_exif()), limits).metadata
    kept = Image.Exif()
    kept.load(metadata.exif)
    assert 0x8825 not in kept
    assert 0x927C not in kept.get_ifd(0x8769)
    assert kept.get_ifd(0x8769)[0x8827] == 200
    assert b"maker notes" not in metadata.exif


def test_text_is_one_bounded_line_that_cannot_turn_around():
    assert clean_text("a\u202eb\n\tc\0d\x1b[31m") == "ab c d[31m"
    assert len(clean_text("x" * 1000)) == 200


def test_broken_exif_never_spoils_a_picture(photo, file_of, limits):
    data = file_of(Image.fromarray(photo()), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert decode(data, limits).facts.exif == {}


def test_a_png_declares_its_source_type_in_plain_xmp(photo, file_of, limits):
    term = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", f"<x DigitalSourceType='{term}'/>")
    data = file_of(Image.fromarray(photo()), "PNG", pnginfo=text)
    assert decode(data, limits).metadata.digital_source_type == term


def test_facts_need_no_pixels(photo, file_of, limits):
    noise = np.random.default_rng(2).integers(0, 255, (256, 256, 3), dtype=np.uint8)
    for name in ("JPEG", "PNG", "BMP", "TIFF"):
        data = file_of(Image.fromarray(noise), name)
        if name == "TIFF":
            continue  # its directory may stand at the end
        assert read_facts(data[: len(data) // 2], limits).width == 256
