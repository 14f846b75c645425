from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageEnhance, ImageFilter

from pyservice.imaging.picture import Picture, Plane
from pyservice.imaging.strips import rows_per_strip
from pyservice.operations import find_operation
from pyservice.operations.light.adjust import AdjustParams, adjust
from pyservice.operations.light.pillow_blend import pillow_grey

PICTURES = arrays(np.uint8, st.tuples(st.integers(1, 24), st.integers(1, 24), st.just(3)))
FACTORS = st.one_of(
    st.sampled_from([0.0, 0.5, 1.0, 1.1, 2.0, 3.0]),
    st.floats(0, 3),
    st.integers(0, 300).map(lambda percent: percent / 100),
)


def by_pillow(rgb: Plane, params: AdjustParams) -> Plane:
    image = Image.fromarray(rgb)
    image = ImageEnhance.Brightness(image).enhance(params.brightness)
    image = ImageEnhance.Contrast(image).enhance(params.contrast)
    image = ImageEnhance.Color(image).enhance(params.saturation)
    return np.asarray(ImageEnhance.Sharpness(image).enhance(params.sharpness))


def assert_like_pillow(rgb: Plane, params: AdjustParams) -> None:
    difference = np.abs(adjust(Picture(rgb), params).rgb.astype(int) - by_pillow(rgb, params))
    assert difference.max() <= 1


@settings(max_examples=300, deadline=None)
@given(PICTURES, FACTORS, FACTORS, FACTORS, FACTORS)
@example(np.full((1, 1, 3), 200, np.uint8), 0.0, 0.0, 0.0, 0.0)
@example(np.arange(75, dtype=np.uint8).reshape(5, 5, 3), 3.0, 3.0, 3.0, 3.0)
def test_equals_pillow_for_any_picture_and_factors(
    rgb: Plane, brightness: float, contrast: float, saturation: float, sharpness: float
) -> None:
    assert_like_pillow(
        rgb,
        AdjustParams(brightness=brightness, contrast=contrast, saturation=saturation, sharpness=sharpness),
    )


@pytest.mark.parametrize("factor", [0, 0.37, 1.2, 3])
@pytest.mark.parametrize("name", ["brightness", "contrast", "saturation", "sharpness"])
def test_each_factor_alone_equals_pillow_on_a_photo(name: str, factor: float, chelsea: Picture) -> None:
    params = AdjustParams.model_validate({name: factor})
    assert np.array_equal(adjust(chelsea, params).rgb, by_pillow(chelsea.rgb, params))


def test_equals_pillow_across_the_seams_of_strips() -> None:
    random = np.random.default_rng(5)
    width = 3001
    rgb = random.integers(0, 256, (3 * rows_per_strip(width) + 1, width, 3), dtype=np.uint8)
    params = AdjustParams(brightness=1.1, contrast=0.9, saturation=1.7, sharpness=2.3)
    assert np.array_equal(adjust(Picture(rgb), params).rgb, by_pillow(rgb, params))


def test_grey_equals_pillow_for_every_ratio_of_colours() -> None:
    levels = np.arange(256, dtype=np.uint8)
    red, green = np.meshgrid(levels, levels)
    for blue in range(0, 256, 5):
        rgb = np.dstack([red, green, np.full_like(red, blue)])
        assert np.array_equal(pillow_grey(rgb), np.asarray(Image.fromarray(rgb).convert("L")))


def test_smoothing_is_pillows_smooth(chelsea: Picture) -> None:
    smooth = np.asarray(Image.fromarray(chelsea.rgb).filter(ImageFilter.SMOOTH))
    assert np.array_equal(adjust(chelsea, AdjustParams.model_validate({"sharpness": 0})).rgb, smooth)


def test_ones_change_nothing(coffee: Picture) -> None:
    defaults = find_operation("adjust", "test").validated({}, 1, "test")
    assert isinstance(defaults, AdjustParams)
    assert adjust(coffee, defaults) is coffee
