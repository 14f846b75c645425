"""Which picture gets which row of a spreadsheet, told over HTTP."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def told(answer: TestResponse) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.data
    assert answer.mimetype == "application/x-ndjson"
    *lines, end = [json.loads(line) for line in answer.data.splitlines()]
    assert end == {"end": True}
    return [line for line in lines if "beat" not in line]


def ask(client: FlaskClient, names: list[str], table: bytes | str | None = None) -> TestResponse:
    text = base64.b64encode(table).decode() if isinstance(table, bytes) else table
    return client.post("/worklists", json={"names": names} if text is None else {"names": names, "table": text})


def problem(answer: TestResponse) -> tuple[int, str, str]:
    body = answer.get_json(force=True)
    return answer.status_code, body["code"], body["detail"]


def test_rows_come_first_then_the_pictures_that_no_row_names(client: FlaskClient) -> None:
    table = b"filename,brightness,preset,sku,product_group\nb.jpg,1.2,catalog-white,B-1,mugs\ngone.jpg,,,,\n"
    lines = told(ask(client, ["a.jpg", "shoes/b.jpg"], table))
    assert lines[0] == {
        "at": 1,
        "filename": "b.jpg",
        "row": 2,
        "overrides": {"adjust": {"brightness": 1.2}},
        "preset": "catalog-white",
        "sku": "B-1",
        "product_group": "mugs",
        "stem": "shoes/b",
        "problem": "",
    }
    assert (lines[1]["at"], lines[1]["row"], lines[1]["stem"]) == (None, 3, "")
    assert lines[1]["problem"].startswith("Row 3, column 'filename': Expected the name of a picture")
    assert (lines[2]["at"], lines[2]["filename"], lines[2]["row"], lines[2]["stem"]) == (0, "a.jpg", None, "a")


def test_without_a_table_every_picture_is_told(client: FlaskClient) -> None:
    assert [(line["at"], line["stem"]) for line in told(ask(client, ["x/a.jpg", "x/a.png"]))] == [
        (0, "x/a-jpg"),
        (1, "x/a-png"),
    ]


@pytest.mark.parametrize("table", ["*", "YQ", "YQ==\n", "Zm9v YmFy", "ä"])
def test_what_is_no_base64_is_refused(client: FlaskClient, table: str) -> None:
    status, code, detail = problem(ask(client, ["a.jpg"], table))
    assert (status, code) == (400, "invalid_request")
    assert "base64 at body.table" in detail


@pytest.mark.parametrize(
    "table", [b"", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"name\na.jpg\n", b"\xff\xfef\0i\0l", b'filename\n"a.jpg\n']
)
def test_b10_what_is_no_table_is_refused(client: FlaskClient, table: bytes) -> None:
    assert problem(ask(client, ["a.jpg"], table))[:2] == (400, "invalid_table")


def test_b10_formulas_and_marks_are_text(client: FlaskClient) -> None:
    table = "\ufefffilename;sku;brightness\na.jpg;=cmd()|' /C calc'!A0;1,5\nb.jpg;'=x;=1+1\n".encode()
    first, second = told(ask(client, ["a.jpg", "b.jpg"], table))
    assert (first["sku"], first["overrides"]) == ("=cmd()|' /C calc'!A0", {"adjust": {"brightness": 1.5}})
    assert second["sku"] == "=x"
    assert second["problem"].startswith("Row 3, column 'brightness': Expected a valid number")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_b10_any_encoding_that_spreadsheets_write_is_read(client: FlaskClient, encoding: str) -> None:
    (line,) = told(ask(client, ["stuhl-grün.jpg"], "filename,sku\nstuhl-grün.jpg,Ä1\n".encode(encoding)))
    assert (line["at"], line["sku"]) == (0, "Ä1")


def test_b10_a_million_rows_are_refused_with_the_limit(client: FlaskClient) -> None:
    status, code, detail = problem(ask(client, [], b"filename\n" + b"a.jpg\n" * 1_000_000))
    assert (status, code) == (400, "invalid_table")
    assert detail == "Expected at most 200,000 rows in a table, received more"


@pytest.mark.parametrize("names", [["x" * 4_097], ["a.jpg"] * 100_001, [1], "a.jpg", None])
def test_other_names_are_refused(client: FlaskClient, names: Any) -> None:
    status, code, detail = problem(ask(client, names))
    assert (status, code) == (400, "invalid_request")
    assert "names" in detail


@pytest.mark.parametrize("name", ["", ".", "..", "/", "../a.jpg", "..\\..\\a.jpg", "C:/a.jpg", "C:a.jpg", "a\0b.jpg"])
def test_b1_no_stem_leads_out_of_the_folder(client: FlaskClient, name: str) -> None:
    (line,) = told(ask(client, [name]))
    parts = line["stem"].replace("\\", "/").split("/")
    assert parts[0]
    assert ".." not in parts
    assert not set(line["stem"]) & {"\0", ":"}


def test_a_body_beyond_the_limit_is_413(client: FlaskClient) -> None:
    answer = client.post("/worklists", data=b'"' + b"x" * 32_000_000, content_type="application/json")
    assert answer.status_code == 413


def test_a_body_is_not_parsed_before_there_is_a_place(
    make_app: Callable[..., Flask], signed_in: Callable[[Flask], FlaskClient]
) -> None:
    app = make_app(concurrency=1, queue=0)
    client = signed_in(app)
    with app.extensions["vitrine"].places.taken():
        assert client.post("/worklists", data=b"{", content_type="application/json").status_code == 429
    assert client.post("/worklists", data=b"{", content_type="application/json").status_code == 400


def test_fifty_thousand_pictures_of_one_name_are_told_apart(client: FlaskClient) -> None:
    names = ["1.jpg", *(f"{number}/1.jpg" for number in range(49_999))]
    lines = told(ask(client, names, b"filename\n" + b"1.jpg\n" * 50_000))
    assert len(lines) == 99_999
    assert len({line["stem"] for line in lines}) == 99_999


def test_strangers_are_told_nothing(stranger: FlaskClient) -> None:
    assert ask(stranger, ["a.jpg"]).status_code == 401
