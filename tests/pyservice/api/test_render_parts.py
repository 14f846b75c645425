"""Halves of a result: its transparency, its colours, and where it shows something."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

CROPPED = {"steps": [{"operation": "crop", "params": {"unit": "px", "x": 0, "y": 0, "width": 60, "height": 40}}]}


def _stored(client: FlaskClient, picture: Image.Image) -> str:
    data = io.BytesIO()
    picture.save(data, "PNG")
    blob: str = client.post("/blobs", data=data.getvalue()).get_json()["id"]
    return blob


@pytest.fixture
def cut_out(client: FlaskClient) -> str:
    """80×60, red; seen at 20, 10 as a block of 30×20 with a soft left edge, and one faint speck elsewhere."""
    rgba = np.zeros((60, 80, 4), np.uint8)
    rgba[..., 0] = 200
    rgba[10:30, 20:50, 3] = 255
    rgba[10:30, 20:22, 3] = 40
    rgba[50, 70, 3] = 8
    return _stored(client, Image.fromarray(rgba))


def _render(client: FlaskClient, blob: str, **wish: Any) -> TestResponse:
    return client.post("/render", json={"blob": blob, "recipe": CROPPED, "store": False, **wish})


def test_a_transparent_picture_tells_where_it_shows_something(client: FlaskClient, cut_out: str) -> None:
    told = json.loads(_render(client, cut_out).headers["Vitrine-Rendered"])
    assert told["seen"] == {"left": 20, "top": 10, "width": 30, "height": 20}


def test_an_opaque_or_an_empty_one_tells_nothing(client: FlaskClient) -> None:
    for mode, color in (("RGB", "red"), ("RGBA", (255, 0, 0, 0))):
        blob = _stored(client, Image.new(mode, (80, 60), color))
        assert json.loads(_render(client, blob).headers["Vitrine-Rendered"])["seen"] is None


def test_what_is_kept_does_not_tell_it(client: FlaskClient, cut_out: str) -> None:
    assert "seen" not in client.post("/render", json={"blob": cut_out, "recipe": CROPPED}).get_json()


def test_the_transparency_alone_is_a_grey_picture(client: FlaskClient, cut_out: str) -> None:
    answer = _render(client, cut_out, part="alpha")
    alpha = Image.open(io.BytesIO(answer.data))
    assert (answer.mimetype, alpha.mode, alpha.size) == ("image/png", "L", (60, 40))
    assert [alpha.getpixel(place) for place in ((0, 0), (21, 20), (30, 20))] == [0, 40, 255]
    told = json.loads(answer.headers["Vitrine-Rendered"])
    assert (told["width"], told["height"]) == (60, 40)


def test_of_an_opaque_picture_it_is_white(client: FlaskClient) -> None:
    blob = _stored(client, Image.new("RGB", (80, 60), "red"))
    assert Image.open(io.BytesIO(_render(client, blob, part="alpha").data)).getextrema() == (255, 255)


def test_the_colours_alone_are_those_that_lie_below_the_transparency(client: FlaskClient, cut_out: str) -> None:
    recipe = {**CROPPED, "output": {"format": "png"}}
    colors = Image.open(io.BytesIO(_render(client, cut_out, recipe=recipe, part="colors").data))
    assert (colors.mode, colors.size, colors.getextrema()) == ("RGB", (60, 40), ((200, 200), (0, 0), (0, 0)))


@pytest.mark.parametrize("part", ["alpha", "colors"])
def test_no_half_is_kept(client: FlaskClient, cut_out: str, part: str) -> None:
    answer = _render(client, cut_out, part=part, store=True)
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (400, "invalid_request")
