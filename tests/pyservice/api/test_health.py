"""Alive is not the same as able to work."""

import os
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from pyservice.api.health import Readiness


def test_alive_for_as_long_as_it_answers(stranger: FlaskClient) -> None:
    answer = stranger.get("/healthz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})


def test_not_ready_without_weights(stranger: FlaskClient) -> None:
    answer = stranger.get("/readyz")
    assert answer.status_code == 503
    found = answer.get_json(force=True)
    assert found["code"] == "not_ready"
    assert any("weights" in reason for reason in found["reasons"])


def test_not_ready_where_blobs_cannot_be_written(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    app = make_app()
    (tmp_path / "data").write_text("a file where a folder should be")
    found = app.test_client().get("/readyz").get_json(force=True)
    assert any("written" in reason for reason in found["reasons"])


def test_tells_a_stranger_no_path(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    app = make_app()
    (tmp_path / "data").write_text("a file where a folder should be")
    assert str(tmp_path) not in app.test_client().get("/readyz").get_data(as_text=True)


def test_the_disk_is_asked_once_in_a_while_however_often_strangers_ask() -> None:
    asked: list[int] = []
    readiness = Readiness(lambda: (asked.append(1), ["no room"])[1], fresh_s=1e9)
    assert {readiness.reasons() for _ in range(5)} == {("no room",)}
    assert len(asked) == 1
    readiness = Readiness(lambda: (asked.append(1), ["no room"])[1], fresh_s=0)
    assert {readiness.reasons() for _ in range(2)} == {("no room",)}
    assert len(asked) == 3


def test_ready_with_weights_and_room(make_app: Callable[..., Flask], models_dir: Path) -> None:
    answer = make_app(models_dir=models_dir).test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ready", "pid": os.getpid()})


def test_metrics_count_requests_and_problems(client: FlaskClient, photo: bytes) -> None:
    client.post("/blobs", data=photo)
    client.post("/blobs", data=b"no picture")
    client.get("/no/such/page/1")
    client.get("/no/such/page/2")
    text = client.get("/metrics").get_data(as_text=True)
    assert 'vitrine_requests_total{method="POST",route="/blobs",status="415"} 1.0' in text
    assert 'vitrine_requests_total{method="GET",route="unknown",status="404"} 2.0' in text
    assert 'vitrine_problems_total{code="unsupported_format"} 1.0' in text
    assert 'vitrine_request_seconds_count{method="POST",route="/blobs"} 2.0' in text
    assert "vitrine_places_busy 0.0" in text
    assert "vitrine_places_waiting 0.0" in text


def test_a_made_up_method_makes_no_series_of_its_own(stranger: FlaskClient) -> None:
    stranger.open("/operations", method="BREW")
    text = stranger.get("/metrics").get_data(as_text=True)
    assert "BREW" not in text
    assert 'method="other"' in text


def test_metrics_of_two_apps_do_not_mix(make_app: Callable[..., Flask]) -> None:
    one, two = make_app(), make_app()
    one.test_client().get("/healthz")
    assert 'route="/healthz"' not in two.test_client().get("/metrics").get_data(as_text=True)
