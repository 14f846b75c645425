from __future__ import annotations

import numpy as np
import pytest

from pyservice.imaging.picture import Picture
from pyservice.operations import Context
from pyservice.operations.product import is_cut_out, product_plane


def _alpha(picture: Picture, left: int, level: int = 0) -> np.ndarray:
    alpha = np.full((picture.height, picture.width), 255, np.uint8)
    alpha[:, :left] = level
    return alpha


def test_a_mask_tells_more_than_transparency(drawing: Picture, context: Context) -> None:
    mask = _alpha(drawing, 30)
    picture = drawing.with_alpha(_alpha(drawing, 60)).with_mask(mask)
    np.testing.assert_array_equal(product_plane(picture, context), mask)


def test_transparency_tells_where_there_is_no_mask(drawing: Picture, context: Context) -> None:
    alpha = _alpha(drawing, 60)
    np.testing.assert_array_equal(product_plane(drawing.with_alpha(alpha), context), alpha)


@pytest.mark.parametrize("level", [255, 200])
def test_transparency_that_parts_nothing_does_not_tell(level: int, drawing: Picture, context: Context) -> None:
    picture = drawing.with_alpha(_alpha(drawing, 60, level))
    assert not is_cut_out(picture)
    plane = product_plane(picture, context)
    assert 0 < (plane > 127).mean() < 0.5
