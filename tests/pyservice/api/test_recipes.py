"""POST /recipes/judge: only this service judges a recipe, and saving one needs no picture."""

from typing import Any

import pytest
from flask.testing import FlaskClient


def judge(client: FlaskClient, recipe: Any) -> Any:
    return client.post("/recipes/judge", json={"recipe": recipe})


def test_answers_the_recipe_as_it_should_be_saved(client: FlaskClient) -> None:
    answer = judge(client, {"steps": [{"operation": "blur", "params": {"radius_px": 3}}]})
    assert answer.status_code == 200
    recipe = answer.get_json()["recipe"]
    (step,) = recipe["steps"]
    assert step["version"] >= 1
    assert step["params"]["radius_px"] == 3
    assert set(step["params"]) > {"radius_px"}
    assert recipe["output"]["format"] == "jpeg"


def test_keeps_steps_that_are_switched_off(client: FlaskClient) -> None:
    steps = [{"operation": "sepia", "enabled": False}, {"operation": "invert"}]
    kept = judge(client, {"steps": steps}).get_json()["recipe"]["steps"]
    assert [(step["operation"], step["enabled"]) for step in kept] == [("sepia", False), ("invert", True)]


def test_what_it_answers_is_judged_the_same_again(client: FlaskClient) -> None:
    once = judge(client, {"steps": [{"operation": "frame"}, {"operation": "background"}]}).get_json()
    assert judge(client, once["recipe"]).get_json() == once


@pytest.mark.parametrize(
    "recipe",
    [
        {"steps": [{"operation": "no-such-thing"}]},
        {"steps": [{"operation": "blur", "params": {"radius_px": 1e9}}]},
        {"steps": [{"operation": "blur", "params": {"radius_px": 1e9}, "enabled": False}]},
        {"steps": [{"operation": "blur", "version": 99}]},
        {"steps": "all of them"},
        {"output": {"format": "gif"}},
        {"more": 1},
    ],
)
def test_refuses_what_could_not_run(client: FlaskClient, recipe: Any) -> None:
    answer = judge(client, recipe)
    assert answer.status_code == 400
    assert answer.get_json()["code"] == "invalid_recipe"


def test_needs_a_recipe(client: FlaskClient) -> None:
    answer = client.post("/recipes/judge", json={})
    assert (answer.status_code, answer.get_json()["code"]) == (400, "invalid_request")


def test_a_preset_with_rules_chooses_its_steps_by_the_picture(client_with_weights: FlaskClient, photo: bytes) -> None:
    client = client_with_weights
    blob = client.post("/blobs", data=photo).get_json()["id"]
    answer = client.post("/recipes/choose", json={"blob": blob, "preset": "auto"})
    assert answer.status_code == 200
    recipe = answer.get_json()["recipe"]
    assert recipe["steps"]
    assert judge(client, recipe).get_json()["recipe"] == recipe


def test_an_unknown_preset_or_picture_is_not_found(client: FlaskClient, blob: str) -> None:
    assert client.post("/recipes/choose", json={"blob": blob, "preset": "nope"}).status_code == 404
    assert client.post("/recipes/choose", json={"blob": "0" * 64, "preset": "auto"}).status_code == 404
