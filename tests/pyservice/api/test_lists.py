"""The lists that forms, flags and pages are made from."""

from flask.testing import FlaskClient

from pyservice.operations import all_operations
from pyservice.recipes import all_channels, all_presets


def test_operations_come_with_the_schema_of_their_parameters(client: FlaskClient) -> None:
    told = client.get("/operations").get_json()
    assert [row["name"] for row in told["items"]] == list(all_operations())
    assert {row["group"] for row in told["items"]} <= set(told["groups"])
    resize = next(row for row in told["items"] if row["name"] == "resize")
    assert resize["params"]["properties"]["width"]
    assert resize["summary"]


def test_operations_come_with_the_schema_of_an_output(client: FlaskClient) -> None:
    output = client.get("/operations").get_json()["output"]["properties"]
    assert output["format"]["default"] == "jpeg"
    assert output["max_bytes"]["unit"] == "B"


def test_presets_come_with_their_recipe(client: FlaskClient) -> None:
    items = client.get("/presets").get_json()["items"]
    assert [row["name"] for row in items] == list(all_presets())
    assert all(row["recipe"]["steps"] is not None for row in items)


def test_channels_come_with_their_rules(client: FlaskClient) -> None:
    items = client.get("/channels").get_json()["items"]
    assert [row["id"] for row in items] == list(all_channels())
    assert all(row["rules"] for row in items)


def test_models_say_licence_and_whether_they_are_here(client: FlaskClient) -> None:
    items = {row["id"]: row for row in client.get("/models").get_json()["items"]}
    assert {"u2net", "u2netp", "isnet"} <= set(items)
    assert all(row["license_weights"] and row["sha256"] for row in items.values())
    assert not any(row["installed"] for row in items.values())
