"""Pictures come in checked and go out harmless."""

import hashlib
import io
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from pyservice.jobs import Engine

from .endless import Endless


def picture(file_format: str, size: tuple[int, int] = (40, 30)) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, file_format)
    return file.getvalue()


def test_a_new_picture_is_201_with_its_facts(client: FlaskClient) -> None:
    data = picture("PNG", (41, 31))
    answer = client.post("/blobs", data=data)
    assert answer.status_code == 201
    facts = answer.get_json()
    assert facts["id"] == hashlib.sha256(data).hexdigest()
    assert (facts["format"], facts["mime"], facts["bytes"]) == ("png", "image/png", len(data))
    assert (facts["width"], facts["height"]) == (41, 31)
    assert answer.headers["Location"] == f"/blobs/{facts['id']}"


def test_b9_the_same_picture_again_is_200(client: FlaskClient) -> None:
    data = picture("PNG", (42, 32))
    first, second = client.post("/blobs", data=data), client.post("/blobs", data=data)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.get_json() == second.get_json()


def test_takes_multipart_too(client: FlaskClient, photo: bytes) -> None:
    answer = client.post("/blobs", data={"file": (io.BytesIO(photo), "../../x.php")})
    assert answer.status_code in (200, 201)
    assert answer.get_json()["id"] == hashlib.sha256(photo).hexdigest()


@pytest.mark.parametrize("parts", [{}, {"image": "file"}, {"file": "text"}, {"file": "file", "more": "text"}])
def test_wants_one_part_called_file(client: FlaskClient, photo: bytes, parts: dict[str, str]) -> None:
    data = {name: (io.BytesIO(photo), "x.jpg") if kind == "file" else "x" for name, kind in parts.items()}
    answer = client.post("/blobs", data=data, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert answer.get_json(force=True)["code"] == "invalid_request"


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7\n", b"\x7fELF"]
)
def test_b2_what_is_no_picture_is_refused_and_not_kept(client: FlaskClient, shared_engine: Engine, data: bytes) -> None:
    answer = client.post("/blobs", data=data, content_type="image/png")
    assert answer.status_code in (415, 422)
    assert not shared_engine.store.exists(hashlib.sha256(data).hexdigest())


def test_a_broken_picture_is_refused_and_not_kept(client: FlaskClient, shared_engine: Engine) -> None:
    data = picture("PNG", (400, 300))[:150]
    answer = client.post("/blobs", data=data)
    assert answer.status_code == 422
    assert answer.get_json(force=True)["code"] == "broken_image"
    assert not shared_engine.store.exists(hashlib.sha256(data).hexdigest())


def test_b5_too_many_bytes_are_413(client: FlaskClient, shared_engine: Engine, photo: bytes) -> None:
    answer = client.post("/blobs", data=photo, environ_overrides={"CONTENT_LENGTH": "50000001"})
    assert answer.status_code == 413
    assert answer.get_json(force=True)["code"] == "image_too_large"


def test_b5_a_body_without_length_is_cut_at_the_limit(client: FlaskClient) -> None:
    body = Endless()
    answer = client.post(
        "/blobs", input_stream=body, environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    )
    assert answer.status_code == 413
    assert answer.get_json(force=True)["code"] == "image_too_large"
    assert body.taken < 151_000_000


def test_b5_a_large_part_is_413(client: FlaskClient) -> None:
    answer = client.post("/blobs", data={"file": (io.BytesIO(bytes(50_000_001)), "x.jpg")})
    assert answer.status_code == 413
    assert answer.get_json(force=True)["code"] == "image_too_large"


def test_gives_the_bytes_back(client: FlaskClient, blob: str, photo: bytes) -> None:
    answer = client.get(f"/blobs/{blob}")
    assert answer.status_code == 200
    assert answer.data == photo


def test_b7_serves_with_harmless_headers(client: FlaskClient, blob: str) -> None:
    headers = client.get(f"/blobs/{blob}").headers
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "immutable" in headers["Cache-Control"]
    assert headers["ETag"] == f'"{blob}"'
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    ("file_format", "mime"),
    [
        ("PNG", "image/png"),
        ("GIF", "image/gif"),
        ("BMP", "image/bmp"),
        ("WEBP", "image/webp"),
        ("TIFF", "image/tiff"),
        ("AVIF", "image/avif"),
    ],
)
def test_says_the_type_by_content(client: FlaskClient, file_format: str, mime: str) -> None:
    blob = client.post("/blobs", data=picture(file_format), content_type="text/html").get_json()["id"]
    assert client.get(f"/blobs/{blob}").headers["Content-Type"] == mime


def test_what_is_no_picture_is_served_as_bytes(client: FlaskClient, shared_engine: Engine) -> None:
    blob = shared_engine.store.put(b"<script>alert(1)</script>")
    assert client.get(f"/blobs/{blob}").headers["Content-Type"] == "application/octet-stream"


def test_serves_ranges(client: FlaskClient, blob: str, photo: bytes) -> None:
    answer = client.get(f"/blobs/{blob}", headers={"Range": "bytes=100-199"})
    assert answer.status_code == 206
    assert answer.data == photo[100:200]
    assert answer.headers["Content-Range"] == f"bytes 100-199/{len(photo)}"


def test_a_range_beyond_the_end_is_416(client: FlaskClient, blob: str) -> None:
    answer = client.get(f"/blobs/{blob}", headers={"Range": "bytes=9999999-"})
    assert answer.status_code == 416
    assert answer.mimetype == "application/problem+json"


def test_a_known_etag_is_304(client: FlaskClient, blob: str) -> None:
    answer = client.get(f"/blobs/{blob}", headers={"If-None-Match": f'"{blob}"'})
    assert answer.status_code == 304
    assert answer.data == b""


@pytest.mark.parametrize("name", ["f" * 64, "x", "A" * 64, "..%2f..%2fetc%2fpasswd", "%00" + "a" * 63])
def test_other_names_are_404(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/blobs/{name}")
    assert answer.status_code == 404
    assert answer.get_json(force=True)["code"] == "not_found"


def test_works_where_blobs_are_not_on_this_disk(make_app, signed_in, photo: bytes) -> None:  # type: ignore[no-untyped-def]
    app: Flask = make_app(blob_url="memory://blobs-api-test")
    client: FlaskClient = signed_in(app)
    blob = client.post("/blobs", data=photo).get_json()["id"]
    assert client.get(f"/blobs/{blob}", headers={"Range": "bytes=0-9"}).data == photo[:10]


def test_a_blob_that_was_altered_on_disk_is_not_given_out(
    client: FlaskClient, shared_engine: Engine, photo: bytes
) -> None:
    blob = client.post("/blobs", data=photo + b"about to be altered").get_json()["id"]
    assert client.get(f"/blobs/{blob}").status_code == 200
    path = shared_engine.store.path(blob)
    assert path is not None
    path.write_bytes(photo + b"about to be alterer")
    answer = client.get(f"/blobs/{blob}")
    path.unlink()
    assert answer.status_code == 500
    assert answer.get_json(force=True)["code"] == "corrupt_blob"


def http_date(seconds_from_now: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds_from_now), usegmt=True)


def test_tells_of_a_thumb_that_can_be_fetched(client: FlaskClient, photo: bytes) -> None:
    told = client.post("/blobs", data=photo).get_json()
    assert told["thumb"] != told["id"]
    assert client.get(f"/blobs/{told['thumb']}").mimetype == "image/jpeg"
    assert 20 < len(told["thumbhash"]) < 40


def test_deletes_a_blob_and_tells_what_was_derived_from_it(client: FlaskClient, shared_engine: Engine) -> None:
    told = client.post("/blobs", data=picture("PNG", (70, 50))).get_json()
    result = client.post("/render", json={"blob": told["id"], "recipe": {"steps": []}}).get_json()
    answer = client.delete(f"/blobs/{told['id']}")
    assert answer.status_code == 200
    assert answer.get_json() == {"derived": sorted({told["thumb"], result["blob"], result["thumb"]})}
    assert client.get(f"/blobs/{told['id']}").status_code == 404
    assert client.get(f"/blobs/{told['thumb']}").status_code == 200
    assert client.delete(f"/blobs/{told['id']}").status_code == 404


def test_a_blob_stored_again_after_its_deletion_is_whole(client: FlaskClient) -> None:
    data = picture("PNG", (71, 50))
    first = client.post("/blobs", data=data).get_json()
    client.delete(f"/blobs/{first['id']}")
    client.delete(f"/blobs/{first['thumb']}")
    again = client.post("/blobs", data=data)
    assert again.status_code == 201
    assert again.get_json() == first
    assert client.get(f"/blobs/{first['thumb']}").status_code == 200


def test_what_was_asked_for_since_is_not_deleted(client: FlaskClient, shared_engine: Engine) -> None:
    data = picture("PNG", (72, 50))
    blob = client.post("/blobs", data=data).get_json()["id"]
    path = shared_engine.store.path(blob)
    assert path is not None
    os.utime(path, (0, 0))
    client.post("/blobs", data=data)
    # A date has whole seconds: in doubt, which is the very second of the touch, the blob stays.
    touched = format_datetime(datetime.fromtimestamp(int(path.stat().st_mtime), UTC), usegmt=True)
    for date in (http_date(-60), touched):
        answer = client.delete(f"/blobs/{blob}", headers={"If-Unmodified-Since": date})
        assert answer.status_code == 412
        assert answer.get_json(force=True)["code"] == "precondition_failed"
    assert client.get(f"/blobs/{blob}").data == data
    assert client.delete(f"/blobs/{blob}", headers={"If-Unmodified-Since": http_date(2)}).status_code == 200


def test_a_remembered_result_is_young_with_all_that_it_names(client: FlaskClient, shared_engine: Engine) -> None:
    blob = client.post("/blobs", data=picture("PNG", (73, 50))).get_json()["id"]
    wish = {"blob": blob, "recipe": {"steps": []}}
    result = client.post("/render", json=wish).get_json()
    for part in (result["blob"], result["thumb"]):
        path = shared_engine.store.path(part)
        assert path is not None
        os.utime(path, (0, 0))
    assert client.post("/render", json=wish).get_json()["cached"]
    for part in (result["blob"], result["thumb"]):
        answer = client.delete(f"/blobs/{part}", headers={"If-Unmodified-Since": http_date(-60)})
        assert answer.status_code == 412


def test_a_precondition_that_is_no_date_is_refused(client: FlaskClient, blob: str) -> None:
    answer = client.delete(f"/blobs/{blob}", headers={"If-Unmodified-Since": "yesterday"})
    assert answer.status_code == 400
    assert client.get(f"/blobs/{blob}").status_code == 200


@pytest.mark.parametrize("name", ["f" * 64, "x", "A" * 64, "..%2f..%2fetc%2fpasswd"])
def test_nothing_is_deleted_under_other_names(client: FlaskClient, name: str) -> None:
    answer = client.delete(f"/blobs/{name}")
    assert answer.status_code == 404
    assert answer.get_json(force=True)["code"] == "not_found"


def test_strangers_delete_nothing(client: FlaskClient, stranger: FlaskClient, blob: str) -> None:
    assert stranger.delete(f"/blobs/{blob}").status_code == 401
    assert client.get(f"/blobs/{blob}").status_code == 200


def test_deletes_where_blobs_are_not_on_this_disk(
    make_app: Callable[..., Flask], signed_in: Callable[[Flask], FlaskClient], photo: bytes
) -> None:
    client = signed_in(make_app(blob_url="memory://blobs-deletion-test"))
    told = client.post("/blobs", data=photo).get_json()
    refused = client.delete(f"/blobs/{told['id']}", headers={"If-Unmodified-Since": http_date(-60)})
    assert refused.status_code == 412
    answer = client.delete(f"/blobs/{told['id']}", headers={"If-Unmodified-Since": http_date(2)})
    assert answer.get_json() == {"derived": [told["thumb"]]}
