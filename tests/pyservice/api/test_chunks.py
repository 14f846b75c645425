"""POST /chunks means by an item what /render and `vitrine process` mean, and tells each as it gets done."""

import contextlib
import io
import json
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from skimage import data as photos

from pyservice.api import create_app
from pyservice.api.chunks import MOST_CHUNKS
from pyservice.api.service import KEY
from pyservice.config import Settings
from pyservice.jobs import Engine
from pyservice.jobs.chunks import Chunks
from pyservice.jobs.outcome import Wish
from pyservice.jobs.processing import Processor
from pyservice.jobs.sources import Source
from pyservice.jobs.worklist import Task
from pyservice.recipes import find_preset

SECRET = secrets.token_hex(32)
SMALL = {"steps": [{"operation": "resize", "params": {"width": 120, "height": 80, "fit": "inside"}}]}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("chunks")
    settings = Settings.model_validate(
        {"data_dir": folder / "data", "models_dir": folder / "models", "workers": 1, "service_secret": SECRET}
    )
    engine, batches = Engine(settings), Chunks(settings)
    yield create_app(settings, engine, batches)
    batches.close()
    engine.close()


@pytest.fixture
def client(app: Flask, token: Callable[..., str]) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token(key=SECRET)}"
    return client


@pytest.fixture(scope="module")
def cup_png() -> bytes:
    """A cup whose transparency tells where it is: no network has to look."""
    alpha = np.zeros((400, 400), np.uint8)
    cv2.ellipse(alpha, (200, 200), (170, 160), 0, 0, 360, 255, -1, cv2.LINE_AA)
    file = io.BytesIO()
    Image.fromarray(np.dstack([photos.coffee()[:, 100:500], alpha])).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def cup(client: FlaskClient, cup_png: bytes) -> str:
    return str(client.post("/blobs", data=cup_png).get_json()["id"])


def post(client: FlaskClient, *items: dict[str, Any]) -> Any:
    return client.post("/chunks", data="\n".join(map(json.dumps, items)), content_type="application/x-ndjson")


def told(client: FlaskClient, *items: dict[str, Any]) -> dict[str, Any]:
    """The lines by key."""
    answer = post(client, *items)
    assert (answer.status_code, answer.mimetype) == (200, "application/x-ndjson")
    *lines, end = (json.loads(line) for line in answer.data.splitlines())
    assert end == {"end": True}
    lines = [line for line in lines if line != {"beat": True}]
    assert sorted(line["key"] for line in lines) == sorted(item["key"] for item in items)
    return {line["key"]: line for line in lines}


def test_an_item_is_rendered_as_render_does_it(client: FlaskClient, blob: str) -> None:
    line = told(client, {"key": "a", "blob": blob, "recipe": SMALL})["a"]
    assert line["status"] == "done"
    assert line["elapsed_ms"] > 0
    alone = client.post("/render", json={"blob": blob, "recipe": SMALL}).get_json()
    assert alone["cached"]
    differs = {"cached", "elapsed_ms"}
    assert {**line["rendered"], **{name: alone[name] for name in differs}} == alone
    assert client.get(f"/blobs/{line['rendered']['blob']}").status_code == 200


def test_an_item_means_the_same_as_a_row_of_process(
    client: FlaskClient, cup: str, cup_png: bytes, tmp_path: Path
) -> None:
    overrides = {"adjust": {"brightness": 1.2}, "output": {"quality": 90}}
    wished = {"preset": "optimize", "overrides": overrides, "channels": ["amazon-main"]}
    line = told(client, {"key": "a", "blob": cup, **wished})["a"]
    settings = Settings(data_dir=tmp_path, models_dir=tmp_path / "models")
    with contextlib.closing(Engine(settings)) as engine:
        source = Source("cup.png", "cup.png", lambda _: cup_png)
        wish = Wish(find_preset("optimize"), overrides, ("amazon-main",))
        row = Processor(engine, wish, tmp_path).run(Task("cup.png", source, stem="cup"))
    expected = row.model_dump(mode="json")
    assert set(expected) - set(line["row"]) == {"filename", "processed_path", "mask_path", "status", "error"}
    assert {**line["row"], "elapsed_ms": 0} == {name: expected[name] for name in line["row"]} | {"elapsed_ms": 0}
    assert line["row"]["brightness"] == 1.2
    assert line["row"]["channel_failures"]
    assert line["row"]["review_state"] == "needs_review"


def test_what_is_wrong_with_one_item_fails_that_item_alone(client: FlaskClient, blob: str) -> None:
    good = {"blob": blob, "recipe": SMALL}
    lines = told(
        client,
        {"key": "good", **good},
        {"key": "preset", "blob": blob, "preset": "no-such"},
        {"key": "recipe", "blob": good["blob"], "recipe": {"steps": [{"operation": "no-such"}]}},
        {"key": "override", **good, "overrides": {"adjust": {"brightness": -1}}},
        {"key": "channel", **good, "channels": ["no-such"]},
        {"key": "blob", **good, "blob": "0" * 64},
    )
    assert lines.pop("good")["status"] == "done"
    assert {key: line["problem"]["code"] for key, line in lines.items()} == {
        "preset": "not_found",
        "recipe": "invalid_recipe",
        "override": "invalid_recipe",
        "channel": "not_found",
        "blob": "not_found",
    }
    assert {line["retry"] for line in lines.values()} == {False}
    assert "brightness" in lines["override"]["problem"]["detail"]


def test_weights_that_are_missing_may_be_there_later(client: FlaskClient, blob: str) -> None:
    line = told(client, {"key": "a", "blob": blob, "preset": "catalog-white"})["a"]
    assert (line["status"], line["problem"]["code"], line["retry"]) == ("failed", "model_unavailable", True)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"key": ""}, "key"),
        ({"key": "k" * 101}, "key"),
        ({"blob": "../../etc/passwd"}, "blob"),
        ({"preset": 7}, "preset"),
        ({"overrides": {"adjust": 1}}, "overrides"),
        ({"priority": 11}, "priority"),
        ({"strange": 1}, "strange"),
    ],
)
def test_a_wrong_shape_is_refused_before_anything_is_done(
    client: FlaskClient, blob: str, change: dict[str, Any], named: str
) -> None:
    good = {"key": "a", "blob": blob, "recipe": SMALL}
    answer = post(client, good, {**good, "key": "b", **change})
    assert answer.status_code == 400
    assert answer.get_json()["code"] == "invalid_request"
    assert "line 2" in answer.get_json()["detail"]
    assert named in answer.get_json()["detail"]


def test_a_chunk_has_1_to_50_lines_and_no_key_twice(client: FlaskClient, blob: str) -> None:
    good = {"key": "a", "blob": blob, "recipe": SMALL}
    assert post(client).status_code == 400
    assert post(client, *({**good, "key": str(number)} for number in range(51))).status_code == 400
    assert "'a'" in post(client, good, good).get_json()["detail"]
    assert client.post("/chunks", data="no json", content_type="application/x-ndjson").status_code == 400
    assert client.post("/chunks", json=good).status_code == 415
    assert client.post("/chunks", data=b" " * 4_000_001, content_type="application/x-ndjson").status_code == 413


def test_the_ninth_chunk_is_told_to_come_back(app: Flask, client: FlaskClient, blob: str) -> None:
    places = app.extensions[KEY].chunk_places
    with contextlib.ExitStack() as taken:
        for _ in range(MOST_CHUNKS):
            taken.enter_context(places.taken())
        answer = post(client, {"key": "a", "blob": blob, "recipe": SMALL})
        assert (answer.status_code, answer.get_json()["code"]) == (429, "too_busy")
        assert int(answer.headers["Retry-After"]) >= 1
    assert told(client, {"key": "a", "blob": blob, "recipe": SMALL})
    assert places.busy == 0


def test_a_scheduler_that_is_not_there_is_said_before_the_answer_begins(
    make_settings: Callable[..., Settings], shared_engine: Engine, signed_in: Callable[[Flask], FlaskClient]
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        app = create_app(make_settings(dask_scheduler_address=address), shared_engine)
        started_s = time.monotonic()
        answer = post(signed_in(app), {"key": "a", "blob": "0" * 64, "recipe": SMALL})
    assert (answer.status_code, answer.get_json()["code"]) == (503, "cluster_unavailable")
    assert time.monotonic() - started_s < 30
    assert app.extensions[KEY].chunk_places.busy == 0
