from __future__ import annotations

import cv2
import numpy as np
import pytest

from pyservice.errors import InvalidRecipe
from pyservice.imaging.picture import Picture
from pyservice.operations import find_operation
from pyservice.operations.orient.perspective import PerspectiveParams, perspective


def test_the_default_changes_nothing(coffee: Picture) -> None:
    assert perspective(coffee, PerspectiveParams.model_validate({})) is coffee


def test_a_rectangle_of_corners_is_a_crop(coffee: Picture) -> None:
    corners = ((25, 25), (75, 25), (75, 75), (25, 75))
    out = perspective(coffee, PerspectiveParams(corners=corners))
    assert (out.width, out.height) == (300, 200)
    assert np.array_equal(out.rgb, coffee.rgb[100:300, 150:450])


def test_a_tilted_label_becomes_a_rectangle() -> None:
    rgb = np.zeros((200, 200, 3), np.uint8)
    corners = np.array([(40, 60), (150, 30), (170, 160), (30, 140)])
    cv2.fillPoly(rgb, [corners], (250, 250, 250))
    wanted = tuple((float(x) / 2, float(y) / 2) for x, y in corners)
    out = perspective(Picture(rgb), PerspectiveParams.model_validate({"corners": wanted}))
    assert out.rgb[3:-3, 3:-3].min() > 240


@pytest.mark.parametrize(
    "corners",
    [
        ((0, 0), (0, 100), (100, 100), (100, 0)),
        ((0, 0), (100, 0), (50, 50), (0, 0.001)),
        ((0, 0), (100, 0), (20, 20), (0, 100)),
        ((50, 50), (50, 50), (50, 50), (50, 50)),
    ],
)
def test_crossing_flat_or_inward_corners_are_refused(corners: object) -> None:
    with pytest.raises(InvalidRecipe, match="Expected four corners clockwise"):
        find_operation("perspective", "test").validated({"corners": corners}, 1, "test")
