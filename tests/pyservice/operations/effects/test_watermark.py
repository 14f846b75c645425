from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pyservice.errors import InvalidRecipe
from pyservice.imaging.geometry import bounding_box
from pyservice.imaging.picture import Picture
from pyservice.operations import Context, find_operation


def run(picture: Picture, context: Context, **params: Any) -> Picture:
    operation = find_operation("watermark", "test")
    return operation.run(picture, operation.validated(params, operation.version, "test"), context).picture


def grey(width: int = 300, height: int = 200) -> Picture:
    return Picture(np.full((height, width, 3), 128, np.uint8))


def changed(out: Picture) -> Any:
    return bounding_box(np.asarray((out.rgb != 128).any(axis=2), np.uint8), least=1)


def test_nothing_to_write_changes_nothing(coffee: Picture, context: Context) -> None:
    assert run(coffee, context) is coffee
    assert run(coffee, context, text="   ") is coffee
    assert run(coffee, context, text="x", opacity=0) is coffee


@pytest.mark.parametrize(
    ("gravity", "across", "down"),
    [("top-left", 0, 0), ("bottom-right", 1, 1), ("center", 0.5, 0.5), ("top", 0.5, 0), ("right", 1, 0.5)],
)
def test_words_stand_where_gravity_says(gravity: str, across: float, down: float, context: Context) -> None:
    box = changed(run(grey(), context, text="Vitrine", gravity=gravity, opacity=1))
    assert box.left >= 5
    assert box.right <= 295
    middle = ((box.left + box.right) / 2 / 300, (box.top + box.bottom) / 2 / 200)
    assert abs(middle[0] - (0.18 + across * 0.64)) < 0.04
    assert abs(middle[1] - 0.5) < 0.05 if down == 0.5 else abs(middle[1] - down) < 0.2


@pytest.mark.parametrize("scale", [0.2, 0.5, 0.9])
def test_words_are_as_wide_as_asked(scale: float, context: Context) -> None:
    box = changed(run(grey(), context, text="Vitrine", scale=scale, opacity=1, gravity="center"))
    assert box.width == pytest.approx(300 * scale, abs=6)


def test_long_words_and_tall_marks_stay_inside(make_context: Callable[..., Context]) -> None:
    tall = Picture(np.zeros((500, 10, 3), np.uint8))
    for out in (
        run(grey(), make_context(), text="W" * 100, scale=1, opacity=1),
        run(grey(), make_context(blob=tall), blob="0" * 64, scale=1, opacity=1),
    ):
        box = changed(out)
        assert box.left >= 0
        assert box.bottom <= 200 * 0.98


def test_white_words_show_on_white(context: Context) -> None:
    white = Picture(np.full((200, 300, 3), 255, np.uint8))
    assert run(white, context, text="Vitrine").rgb.min() < 230


def test_opacity_mixes_mark_and_picture(make_context: Callable[..., Context]) -> None:
    context = make_context(blob=Picture(np.zeros((20, 20, 3), np.uint8)))
    out = run(grey(), context, blob="0" * 64, opacity=0.25, gravity="center")
    assert out.rgb[100, 150, 0] == 96


def test_the_transparent_part_of_a_mark_leaves_the_picture(make_context: Callable[..., Context]) -> None:
    alpha = np.zeros((20, 20), np.uint8)
    alpha[:, 10:] = 255
    context = make_context(blob=Picture(np.zeros((20, 20, 3), np.uint8), alpha))
    out = run(grey(), context, blob="0" * 64, opacity=1, gravity="center", scale=0.4)
    assert out.rgb[100, 120, 0] == 128
    assert out.rgb[100, 180, 0] == 0


def test_a_mark_shows_on_a_transparent_ground(context: Context) -> None:
    empty = Picture(np.zeros((200, 300, 3), np.uint8), np.zeros((200, 300), np.uint8))
    out = run(empty, context, text="Vitrine", opacity=0.5, color="#ff0000")
    assert out.alpha is not None
    assert 120 <= out.alpha.max() <= 130
    assert out.rgb[out.alpha == out.alpha.max()].mean(axis=0)[0] > 200


@pytest.mark.parametrize("text", ["two\nlines", "x" * 101, "\x00"])
def test_unprintable_or_endless_words_are_refused(text: str) -> None:
    with pytest.raises(InvalidRecipe):
        find_operation("watermark", "test").validated({"text": text}, 1, "test")
