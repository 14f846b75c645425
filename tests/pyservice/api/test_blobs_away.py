"""Blobs in a bucket: given out by the service, and by the bucket itself to whoever has a link."""

import hashlib
from collections.abc import Callable
from uuid import uuid4

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient

from ..bucket import Bucket, free_port

Make = Callable[..., Flask]


@pytest.fixture
def away(bucket: Bucket, make_app: Make, signed_in: Callable[[Flask], FlaskClient]) -> FlaskClient:
    """A client of a service whose blobs lie in the bucket."""
    return signed_in(make_app(blob_url=f"{bucket.url}/{uuid4().hex}"))


def test_a_picture_goes_in_and_comes_out(away: FlaskClient, photo: bytes) -> None:
    blob = away.post("/blobs", data=photo).get_json()["id"]
    whole = away.get(f"/blobs/{blob}")
    assert (whole.data, whole.mimetype) == (photo, "image/jpeg")
    part = away.get(f"/blobs/{blob}", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.data) == (206, photo[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(photo)}"
    assert away.get(f"/blobs/{'f' * 64}").status_code == 404


def test_is_read_once_to_be_given_out(bucket: Bucket, away: FlaskClient, photo: bytes) -> None:
    blob = away.post("/blobs", data=photo).get_json()["id"]
    before = bucket.asked()
    away.get(f"/blobs/{blob}")
    assert bucket.asked() - before == {"GET": 1}


def test_a_link_opens_the_blob_without_a_token(away: FlaskClient, photo: bytes) -> None:
    blob = away.post("/blobs", data=photo).get_json()["id"]
    answer = away.get(f"/blobs/{blob}/link")
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.get_json()
    assert told["expires_in_s"] == 600
    assert hashlib.sha256(requests.get(told["url"], timeout=30).content).hexdigest() == blob


def test_a_folder_has_no_links(client: FlaskClient) -> None:
    assert client.get(f"/blobs/{'a' * 64}/link").get_json() == {"url": None, "expires_in_s": 600}


@pytest.mark.parametrize("name", ["x", "A" * 64, "%2e%2e"])
def test_only_blobs_have_links(client: FlaskClient, name: str) -> None:
    assert client.get(f"/blobs/{name}/link").status_code == 404


def test_strangers_get_no_link(stranger: FlaskClient) -> None:
    assert stranger.get(f"/blobs/{'a' * 64}/link").status_code == 401


def test_a_bucket_that_does_not_answer_is_a_problem_and_no_trace(
    bucket: Bucket,
    make_app: Make,
    signed_in: Callable[[Flask], FlaskClient],
    monkeypatch: pytest.MonkeyPatch,
    photo: bytes,
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    client = signed_in(make_app(blob_url="s3://pictures/blobs"))
    for answer in (client.get(f"/blobs/{'a' * 64}"), client.post("/blobs", data=photo)):
        problem = answer.get_json(force=True)
        assert (answer.status_code, problem["code"]) == (503, "storage_unavailable")
        assert "127.0.0.1" not in problem["detail"]
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert "The blob store cannot be written" in ready.get_data(as_text=True)
