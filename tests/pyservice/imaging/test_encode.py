"""What encode writes: colours, byte band, metadata, white."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageCms

from pyservice.errors import ByteBand
from pyservice.imaging import Limits, Metadata, OutputSpec, Picture, decode, encode, read_facts, white_is_pure
from pyservice.imaging.byte_band import QUALITY_FLOOR, fit_band
from pyservice.imaging.exif import minimal_exif
from pyservice.imaging.white import BLOCK_REACH_PX
from pyservice.imaging.xmp import GENERATIVE_EDIT

FORMATS = ["jpeg", "png", "webp", "avif"]


def _noise(side=160):
    return Picture(np.random.default_rng(3).integers(0, 255, (side, side, 3), dtype=np.uint8))


def _open(data):
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_colours_come_back(name, photo, limits):
    picture = Picture(photo(160, 120))
    decoded = decode(encode(picture, OutputSpec(format=name, quality=95)), limits)
    assert decoded.facts.format == name
    assert np.abs(decoded.picture.rgb.astype(int) - picture.rgb).mean() < (0.1 if name == "png" else 2)


@pytest.mark.parametrize("name", FORMATS)
def test_an_srgb_profile_is_embedded(name, photo):
    icc = _open(encode(Picture(photo()), OutputSpec(format=name))).info["icc_profile"]
    assert "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(icc)))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_picture_gives_the_same_bytes(name, photo):
    picture = Picture(photo())
    assert encode(picture, OutputSpec(format=name)) == encode(picture, OutputSpec(format=name))


@pytest.mark.parametrize("name", ["png", "webp", "avif"])
def test_transparency_survives(name, photo, limits):
    alpha = np.tile(np.linspace(0, 255, 96).round().astype(np.uint8), (64, 1))
    decoded = decode(encode(Picture(photo(), alpha), OutputSpec(format=name, quality=95)), limits)
    assert decoded.picture.alpha is not None
    assert np.abs(decoded.picture.alpha.astype(int) - alpha).max() <= 4


def test_a_jpeg_of_a_transparent_picture_lies_on_white(photo, limits):
    alpha = np.zeros((64, 96), np.uint8)
    alpha[:, :48] = 255
    decoded = decode(encode(Picture(photo(), alpha), OutputSpec(quality=98)), limits)
    assert (decoded.picture.rgb[:, 56:] == 255).all()
    assert np.abs(decoded.picture.rgb[:, :40].astype(int) - photo()[:, :40]).mean() < 3


def test_progressive_is_written_when_asked(photo, limits):
    picture = Picture(photo())
    assert read_facts(encode(picture, OutputSpec(progressive=True)), limits).progressive
    assert not read_facts(encode(picture, OutputSpec()), limits).progressive


@pytest.mark.parametrize("name", ["jpeg", "webp", "avif"])
def test_quality_falls_until_the_file_fits(name, limits):
    full = len(encode(_noise(), OutputSpec(format=name, quality=95)))
    asked = int(full * 0.7)
    fitted = encode(_noise(), OutputSpec(format=name, quality=95, max_bytes=asked))
    assert asked * 0.8 <= len(fitted) <= asked
    assert decode(fitted, limits).picture.width == 160


def test_the_largest_quality_that_fits_is_found_in_few_encodings():
    tried = []

    def encode_at(quality):
        tried.append(quality)
        return bytes(quality * 100)

    fitted = fit_band(encode_at, OutputSpec(quality=92, max_bytes=6_050), lossless=False)
    assert len(fitted) == 6_000
    assert len(tried) <= 9


def test_the_lowest_quality_that_reaches_min_bytes_is_found():
    spec = OutputSpec(quality=60, min_bytes=7_950, max_bytes=9_000)
    assert len(fit_band(lambda quality: bytes(quality * 100), spec, lossless=False)) == 8_000


@pytest.mark.parametrize("name", FORMATS)
def test_a_band_that_cannot_be_met_is_an_error(name):
    with pytest.raises(ByteBand, match="1,000"):
        encode(_noise(), OutputSpec(format=name, max_bytes=1_000))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("extra_bytes", [1, 7, 200_000])
def test_a_small_file_grows_to_min_bytes_and_shows_the_same_picture(name, extra_bytes, photo, limits):
    picture = Picture(photo())
    best = encode(picture, OutputSpec(format=name, quality=100))
    asked = len(best) + extra_bytes
    grown = encode(picture, OutputSpec(format=name, quality=100, min_bytes=asked))
    assert asked <= len(grown) <= asked + 12
    assert (decode(grown, limits).picture.rgb == decode(best, limits).picture.rgb).all()
    _open(grown).verify()


def test_quality_rises_before_bytes_are_padded(limits):
    plain = encode(_noise(), OutputSpec(quality=60))
    raised = encode(_noise(), OutputSpec(quality=60, min_bytes=len(plain) + 2_000))
    quality = read_facts(raised, limits).jpeg_quality
    assert quality is not None
    assert quality > 60
    assert b"\xff\xfe\xff\xff" not in raised


def test_a_narrow_band_is_met():
    plain = len(encode(_noise(), OutputSpec(quality=90)))
    spec = OutputSpec(quality=92, min_bytes=plain - 3_000, max_bytes=plain - 2_990)
    assert plain - 3_000 <= len(encode(_noise(), spec)) <= plain - 2_990


_OWNED = Metadata(exif=minimal_exif("© Shop & Co", "Ada"), copyright="© Shop & Co", artist="Ada")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("policy", ["keep", "copyright"])
def test_the_owner_is_named_in_exif_and_xmp(name, policy, photo, limits):
    data = encode(Picture(photo()), OutputSpec(format=name, metadata=policy), _OWNED)
    decoded = decode(data, limits)
    assert decoded.metadata.copyright == "© Shop & Co"
    assert decoded.metadata.artist == "Ada"
    assert "© Shop &amp; Co".encode() in data


@pytest.mark.parametrize("name", FORMATS)
def test_policy_none_leaves_nothing(name, photo, limits):
    data = encode(Picture(photo()), OutputSpec(format=name, metadata="none"), _OWNED)
    assert decode(data, limits).metadata == Metadata()
    assert b"Shop" not in data


def test_policy_keep_keeps_the_camera_and_policy_copyright_does_not(photo, file_of, limits):
    exif = Image.Exif()
    exif[0x0110], exif[0x8298] = "Camera", "Someone"
    exif.get_ifd(0x8825)[1] = "N"
    original = decode(file_of(Image.fromarray(photo()), "JPEG", exif=exif), limits)
    kept = decode(encode(original.picture, OutputSpec(metadata="keep"), original.metadata), limits)
    assert kept.facts.exif == {"model": "Camera", "copyright": "Someone", "has_gps": False}
    less = decode(encode(original.picture, OutputSpec(), original.metadata), limits)
    assert less.facts.exif == {"copyright": "Someone", "has_gps": False}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("policy", ["keep", "copyright", "none"])
def test_generative_work_is_declared_under_every_policy(name, policy, photo, limits):
    spec = OutputSpec(format=name, metadata=policy)
    decoded = decode(encode(Picture(photo()), spec, generative=True), limits)
    assert decoded.metadata.digital_source_type == GENERATIVE_EDIT


def test_a_declared_source_type_is_handed_on(photo, limits):
    term = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    data = encode(Picture(photo()), OutputSpec(metadata="none"), Metadata(digital_source_type=term))
    assert decode(data, limits).metadata.digital_source_type == term


def _disc_on_white(width=256, height=256, color=(180, 40, 40), noise=0):
    y, x = np.mgrid[0:height, 0:width]
    cover = np.clip(min(width, height) / 3 - np.hypot(x - width / 2, y - height / 2), 0, 1)[..., None]
    grain = np.random.default_rng(4).normal(0, noise, (height, width, 3))
    return Picture(np.clip(255 + cover * (np.array(color) + grain - 255), 0, 255).round().astype(np.uint8))


@pytest.mark.parametrize("size", [(256, 256), (131, 77), (8, 8), (1, 1)])
@pytest.mark.parametrize("quality", [75, 92, 100])
def test_a_white_ground_stays_pure_white_up_to_the_product(quality, size):
    picture = _disc_on_white(*size)
    data = encode(picture, OutputSpec(quality=quality))
    assert white_is_pure(picture, shown(data)) == 1
    product = ~(picture.rgb == 255).all(axis=2)
    if product.any():
        decoded = np.asarray(_open(data).convert("RGB")).astype(int)
        assert np.abs(decoded - picture.rgb)[product].mean() < 12


def test_a_white_ground_stays_pure_in_a_progressive_jpeg_with_metadata(limits):
    picture = _disc_on_white()
    data = encode(picture, OutputSpec(progressive=True), _OWNED, generative=True)
    decoded = decode(data, limits)
    assert white_is_pure(picture, shown(data)) == 1
    assert decoded.facts.progressive
    assert decoded.metadata.copyright == "© Shop & Co"
    assert decoded.metadata.digital_source_type == GENERATIVE_EDIT


def test_a_white_ground_stays_pure_within_a_byte_band():
    picture = _disc_on_white()
    limit = len(encode(picture, OutputSpec())) * 3 // 4
    data = encode(picture, OutputSpec(max_bytes=limit))
    assert len(data) <= limit
    assert white_is_pure(picture, shown(data)) == 1


def test_a_byte_limit_wins_over_pure_white():
    picture = _disc_on_white(400, 400, noise=60)
    plain = len(_plain(picture, QUALITY_FLOOR))
    assert len(encode(picture, OutputSpec(max_bytes=plain + 1_500))) <= plain + 1_500


def _plain(picture, quality):
    target = io.BytesIO()
    Image.fromarray(picture.rgb).save(target, "JPEG", quality=quality, subsampling="4:4:4", optimize=True)
    return target.getvalue()


@pytest.mark.parametrize("quality", [90, 92, 98])
def test_without_pure_white_only_the_blocks_of_the_product_ring(quality):
    picture = _disc_on_white()
    data = encode(picture, OutputSpec(quality=quality, pure_white=False))
    assert white_is_pure(picture, shown(data)) < 1
    assert white_is_pure(picture, shown(data), ring_px=BLOCK_REACH_PX) == 1


def shown(data: bytes) -> Picture:
    return decode(data, Limits()).picture


def test_white_is_pure_counts_what_an_encoder_spoiled():
    picture = _disc_on_white()
    assert white_is_pure(picture, shown(encode(picture, OutputSpec(format="png")))) == 1
    spoiled = np.minimum(picture.rgb, 254)
    assert white_is_pure(picture, shown(encode(Picture(spoiled), OutputSpec(format="png")))) == 0
    assert 0.9 < white_is_pure(picture, shown(_plain(picture, 92))) < 1


def test_white_is_pure_where_there_is_no_white():
    black = Picture(np.zeros((8, 8, 3), np.uint8))
    assert white_is_pure(black, encode(black, OutputSpec())) == 1
