"""POST /check holds a picture against a channel, and mends it when asked."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageDraw


@pytest.fixture
def cut_out(client: FlaskClient) -> str:
    """A disc on nothing, stored: its transparency says where the product is, so no weights are needed."""
    picture = Image.new("RGBA", (1200, 900), (255, 255, 255, 0))
    ImageDraw.Draw(picture).ellipse((300, 200, 900, 800), fill=(40, 60, 120, 255))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return str(client.post("/blobs", data=file.getvalue()).get_json()["id"])


@pytest.fixture
def channel(client: FlaskClient) -> str:
    names = [row["id"] for row in client.get("/channels").get_json()["items"]]
    return next(name for name in names if name.startswith("amazon"))


def check(client: FlaskClient, **body: Any) -> Any:
    return client.post("/check", json=body)


def test_answers_a_row_per_rule(client: FlaskClient, cut_out: str, channel: str) -> None:
    answer = check(client, blob=cut_out, channel=channel)
    assert answer.status_code == 200
    told = answer.get_json()
    assert told["channel"] == channel
    assert told["report"]["rows"]
    assert told["fixed"] is None


def test_fix_answers_a_recipe_its_result_and_rows_that_fail_less(
    client_with_weights: FlaskClient, photo: bytes, channel: str
) -> None:
    client = client_with_weights
    blob = client.post("/blobs", data=photo).get_json()["id"]
    answer = check(client, blob=blob, channel=channel, fix=True)
    assert answer.status_code == 200
    told = answer.get_json()
    assert told["report"]["failures"]
    assert len(told["report_after"]["failures"]) < len(told["report"]["failures"])
    assert told["recipe"]["steps"]
    assert client.get(f"/blobs/{told['fixed']['blob']}").status_code == 200


def test_checks_what_a_recipe_makes_of_a_picture(client: FlaskClient, cut_out: str, channel: str) -> None:
    small = {"steps": [{"operation": "resize", "params": {"width": 200, "height": 150}}]}
    told = check(client, blob=cut_out, channel=channel, recipe=small).get_json()
    assert (told["report"]["width_px"], told["report"]["height_px"]) == (200, 150)


def test_an_unknown_channel_is_404(client: FlaskClient, cut_out: str) -> None:
    answer = check(client, blob=cut_out, channel="no-such-shop")
    assert answer.status_code == 404
    assert answer.get_json(force=True)["code"] == "not_found"


def test_an_unknown_blob_is_404(client: FlaskClient, channel: str) -> None:
    assert check(client, blob="f" * 64, channel=channel).status_code == 404


def test_a_bad_recipe_is_400(client: FlaskClient, cut_out: str, channel: str) -> None:
    answer = check(client, blob=cut_out, channel=channel, recipe={"steps": [{"operation": "teleport"}]})
    assert answer.status_code == 400
    assert answer.get_json(force=True)["code"] == "invalid_recipe"
