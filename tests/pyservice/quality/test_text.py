"""The text hint sees lettering on the ground and keeps quiet about the product."""

from __future__ import annotations

import cv2
import pytest

from pyservice.imaging import Picture
from pyservice.quality import measure


def lettered(picture, text, at, scale=1.0, color=(30, 30, 30)):
    rgb = picture.rgb.copy()
    cv2.putText(rgb, text, at, cv2.FONT_HERSHEY_SIMPLEX, scale, color, 2, cv2.LINE_AA)
    return Picture(rgb, mask=picture.mask)


@pytest.mark.parametrize("text", ["SUMMER SALE", "only 19.99 today", "www.example.com"])
@pytest.mark.parametrize("scale", [0.7, 1.0, 1.5])
def test_sees_a_caption_on_the_ground(draw, text, scale):
    picture = lettered(draw((250, 250, 300, 300), size=(800, 800)), text, (60, 150), scale)
    metrics = measure(picture)
    assert metrics.text_outside_percent > 0
    for x, y, width, height in metrics.text_boxes:
        assert x >= 50
        assert x + width < 800
        assert abs(y + height / 2 - 145) < 20


def test_lettering_on_the_product_is_the_products_own(draw):
    picture = lettered(draw((100, 100, 600, 600), size=(800, 800)), "OAT DRINK", (200, 400), 1.5, (250, 250, 250))
    assert measure(picture).text_outside_percent == 0


def test_a_clean_ground_has_no_text(draw):
    assert measure(draw()).text_outside_percent == 0


def test_is_not_looked_for_where_the_product_is_unknown(photo):
    assert measure(Picture(photo)).text_outside_percent is None
