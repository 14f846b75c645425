"""The thumb of a picture: small, upright, of the right kind, telling nothing but the picture."""

import io

import numpy as np
import pytest
from PIL import Image
from skimage import data as photos

from pyservice.imaging import Limits, Picture, decode, make_thumb, read_facts

LIMITS = Limits()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("size", "expected"),
    [((1000, 500), (512, 256)), ((300, 200), (300, 200)), ((512, 512), (512, 512)), ((4000, 2), (512, 1))],
)
def test_has_a_long_side_of_512_px_and_is_never_enlarged(size: tuple[int, int], expected: tuple[int, int]) -> None:
    picture = Picture(np.zeros((size[1], size[0], 3), np.uint8))
    assert opened(make_thumb(picture).data).size == expected


def test_shows_the_picture() -> None:
    coffee = photos.coffee()
    seen = np.asarray(opened(make_thumb(Picture(coffee)).data))
    wanted = np.asarray(Image.fromarray(coffee).resize((512, 341), Image.Resampling.BOX))
    assert np.abs(seen.astype(int) - wanted).mean() < 5


def test_is_a_jpeg_where_opaque_and_a_webp_where_not() -> None:
    rgb = np.full((40, 60, 3), (200, 30, 30), np.uint8)
    alpha = np.zeros((40, 60), np.uint8)
    alpha[:, :30] = 255
    assert opened(make_thumb(Picture(rgb)).data).format == "JPEG"
    clear = opened(make_thumb(Picture(rgb, alpha)).data)
    assert (clear.format, clear.mode) == ("WEBP", "RGBA")
    assert np.abs(np.asarray(clear.getchannel("A")).astype(int) - alpha).max() < 8


def test_does_not_betray_what_transparency_hides() -> None:
    rgb = np.full((64, 64, 3), (255, 0, 0), np.uint8)
    thumb = make_thumb(Picture(rgb, np.zeros((64, 64), np.uint8)))
    assert np.asarray(opened(thumb.data))[..., :3].max() < 8


def test_carries_no_metadata_and_lies_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x8298], exif[0x010F] = 6, "© Somebody", "A camera"
    file = io.BytesIO()
    Image.fromarray(photos.coffee()).save(file, "JPEG", exif=exif, comment=b"secret")
    thumb = make_thumb(decode(file.getvalue(), LIMITS, 1600).picture)
    facts = read_facts(thumb.data, LIMITS)
    assert (facts.width, facts.height, facts.exif_orientation, facts.exif) == (341, 512, 1, {})
    assert not opened(thumb.data).getexif()
    assert b"Somebody" not in thumb.data
    assert b"secret" not in thumb.data
