"""Every error is a problem (RFC 9457) with our code and the request id, and tells no secrets."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def problem_of(answer: TestResponse) -> dict[str, Any]:
    assert answer.mimetype == "application/problem+json"
    body: dict[str, Any] = answer.get_json(force=True)
    assert set(body) >= {"type", "code", "status", "title", "detail", "requestId"}
    assert body["status"] == answer.status_code
    assert body["requestId"] == answer.headers["X-Request-Id"]
    return body


def test_an_unknown_page_is_404(client: FlaskClient) -> None:
    assert problem_of(client.get("/no/such/page"))["code"] == "not_found"


@pytest.mark.parametrize(("method", "path"), [("PUT", "/blobs"), ("TRACE", "/render"), ("DELETE", "/operations")])
def test_d12_a_wrong_method_is_405(client: FlaskClient, method: str, path: str) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == 405
    assert problem_of(answer)["code"] == "method_not_allowed"
    assert answer.headers["Allow"]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"blob": "a" * 64, "recipe": {}, "model_path": "/etc/passwd"}, "model_path"),
        ({"blob": 7, "recipe": {}}, "body.blob"),
        ({"blob": "../../etc/passwd", "recipe": {}}, "body.blob"),
        ({"blob": "a" * 64, "recipe": []}, "body.recipe"),
        ({"blob": "a" * 64, "recipe": {}, "max_px": "800"}, "body.max_px"),
        ({"blob": "a" * 64, "recipe": {}, "max_px": True}, "body.max_px"),
        ({"blob": "a" * 64, "recipe": {}, "max_px": 0}, "body.max_px"),
        ({"blob": "a" * 64, "recipe": {}, "store": "no"}, "body.store"),
        ({"blob": "a" * 64}, "recipe or preset"),
        ({"blob": "a" * 64, "recipe": {}, "preset": "catalog-white"}, "recipe or preset"),
        ({"recipe": {}}, "body.blob"),
        ([], "body"),
        ("text", "body"),
        (7, "body"),
    ],
)
def test_d12_names_the_field_that_is_wrong(client: FlaskClient, body: object, named: str) -> None:
    answer = client.post("/render", json=body)
    assert answer.status_code == 400
    found = problem_of(answer)
    assert found["code"] == "invalid_request"
    assert named in found["detail"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b'{"blob": NaN}', b"[" * 500_000, b'{"a":' * 100_000, b"1" * 100_000]
)
def test_broken_json_is_400(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/inspect", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert problem_of(answer)["code"] == "invalid_request"
    assert len(answer.data) < 2000


def test_not_a_number_is_no_parameter(client: FlaskClient) -> None:
    text = b'{"blob":"' + b"a" * 64 + b'","recipe":{"steps":[{"operation":"rotate","params":{"angle_deg":NaN}}]}}'
    answer = client.post("/render", data=text, content_type="application/json")
    assert (answer.status_code, problem_of(answer)["code"]) == (400, "invalid_request")


def test_d12_an_unknown_query_parameter_is_400(client: FlaskClient) -> None:
    answer = client.get("/operations?model_path=/etc/passwd")
    assert (answer.status_code, problem_of(answer)["code"]) == (400, "invalid_request")
    assert "model_path" in problem_of(answer)["detail"]


def test_a_deep_recipe_is_400(client: FlaskClient) -> None:
    deep = b'{"a":' * 150 + b"1" + b"}" * 150
    text = b'{"blob":"' + b"a" * 64 + b'","recipe":{"steps":[{"operation":"resize","params":' + deep + b"}]}}"
    answer = client.post("/render", data=text, content_type="application/json")
    assert answer.status_code == 400


def test_json_has_a_size_limit(client: FlaskClient) -> None:
    answer = client.post("/inspect", data=b" " * 2_000_000, content_type="application/json")
    assert answer.status_code == 413
    problem_of(answer)


def test_a_body_that_is_not_json_is_415(client: FlaskClient) -> None:
    answer = client.post("/inspect", data="blob=1", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 415
    problem_of(answer)


def test_a_bug_is_500_and_tells_nothing(
    make_app: Callable[..., Flask],
    signed_in: Callable[[Flask], FlaskClient],
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    app = make_app()

    @app.get("/bug")
    def bug() -> None:
        raise RuntimeError("the password is hunter2")

    with caplog.at_level(logging.ERROR):
        answer = signed_in(app).get("/bug", headers={"X-Request-Id": "r-500"})
    found = problem_of(answer)
    assert (found["code"], found["requestId"]) == ("internal_error", "r-500")
    assert "hunter2" not in json.dumps(found)
    assert "Traceback" not in json.dumps(found)
    logged = caplog.text + capsys.readouterr().out
    assert "hunter2" in logged
    assert "r-500" in logged


def test_gives_back_the_request_id_that_came(client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"X-Request-Id": "01J-a.b_c"}).headers["X-Request-Id"] == "01J-a.b_c"


@pytest.mark.parametrize("strange", ["", "a" * 65, "a b", '"><script>', "é", "a;b"])
def test_replaces_a_strange_request_id(client: FlaskClient, strange: str) -> None:
    answered = client.get("/healthz", headers={"X-Request-Id": strange}).headers["X-Request-Id"]
    assert answered != strange
    assert len(answered) == 32


def test_requests_do_not_share_an_id(client: FlaskClient) -> None:
    assert client.get("/healthz").headers["X-Request-Id"] != client.get("/healthz").headers["X-Request-Id"]
