"""Hashes are those of the reference: the npm package thumbhash, version 0.1.1, on the same pixels."""

import base64

import numpy as np
import pytest
from PIL import Image
from skimage import data as photos

from pyservice.imaging import Picture
from pyservice.imaging.thumbhash import hash_of, thumbhash


def gradient(width: int, height: int) -> np.ndarray:
    x, y = np.arange(width), np.arange(height)[:, None]
    red, green, blue = x * 7 + y * 3, x * y, 255 - x * 2 + y * 5
    return np.dstack([channel % 256 for channel in np.broadcast_arrays(red, green, blue)]).astype(np.uint8)


def coffee() -> np.ndarray:
    return np.asarray(photos.coffee()[::6, ::6])


# No symmetry: a wave that is not there at all would be rounded by chance.
def uneven(rgb: np.ndarray) -> np.ndarray:
    x, y = np.arange(rgb.shape[1]), np.arange(rgb.shape[0])[:, None]
    return np.asarray((3 * x * x + y**3 + 5 * x * y) % 251 + 2, np.uint8)


@pytest.mark.parametrize(
    ("rgb", "clear", "expected"),
    [
        (gradient(40, 30), False, "WygKRYwCZ3Ypl5aKd2h6lyiQocC1"),
        (gradient(40, 30), True, "GyiGJIYHAmgqmIpomgIqC2sLSHeVZGeFBA=="),
        (gradient(30, 40), False, "XTgKVQYgVxNqqHeIeJh3eVWGQNSg"),
        (gradient(30, 40), True, "XUiGLAIHIDegp4iJWWUINA0qZQplg0lGBg=="),
        (gradient(100, 7), False, "nUYKQYwHEpCTqlmZkFS2+cg="),
        (gradient(100, 7), True, "XjaGIYYHCCKTupWQVKb5uAg0RaV0G5g="),
        (gradient(64, 64), False, "nxcGNwRkNVYjCJg7gqtrSVinhpkI/FwI"),
        (gradient(64, 64), True, "oBeCHQIHZDYzCDuiTJiJwL92UKZ4UkOViA=="),
        (coffee(), False, "GIoKDYSlqIdPUXd3eEeHh9J/YIkI"),
        (coffee(), True, "GIqGC4IHpahPUXfTf2CJCDayd1agVMk="),
    ],
)
def test_agrees_with_the_reference(rgb: np.ndarray, clear: bool, expected: str) -> None:
    picture = Picture(rgb, uneven(rgb) if clear else None)
    assert base64.b64encode(hash_of(picture)).decode() == expected


def test_a_flat_picture_has_no_waves() -> None:
    said = hash_of(Picture(np.full((40, 50, 3), (12, 200, 99), np.uint8)))
    assert set(said[5:]) == {0}


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1)])
def test_odd_sizes_have_a_hash(size: tuple[int, int]) -> None:
    assert 5 <= len(base64.b64decode(thumbhash(Picture(np.zeros((*size, 3), np.uint8))))) <= 30


def test_what_transparency_hides_does_not_show() -> None:
    rgb = gradient(60, 40)
    alpha = np.zeros((40, 60), np.uint8)
    alpha[10:30, 10:50] = 255
    other = np.where(alpha[..., None] > 0, rgb, 255 - rgb)
    assert thumbhash(Picture(rgb, alpha)) == thumbhash(Picture(other, alpha))


def test_large_pictures_are_made_small_first() -> None:
    large = np.asarray(Image.fromarray(coffee()).resize((1200, 800)))
    one, other = (base64.b64decode(thumbhash(Picture(rgb))) for rgb in (large, coffee()))
    assert one[:5] == other[:5]
