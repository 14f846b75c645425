"""The spreadsheet of an import, told over HTTP row by row."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def told(answer: TestResponse) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.data
    *lines, end = [json.loads(line) for line in answer.data.splitlines()]
    assert end == {"end": True}
    return [line for line in lines if "beat" not in line]


def ask(client: FlaskClient, table: bytes) -> TestResponse:
    return client.post("/link-tables", data=table, content_type="text/csv")


def test_tells_each_row_with_its_number(client: FlaskClient) -> None:
    table = (
        b"Image_URL,SKU_ID,product_group_id,image_type,price\n"
        b"https://shop.example/a.jpg,A-1,mugs,main,9.99\n\nhttp://shop.example/b.jpg,,,,\n"
    )
    assert told(ask(client, table)) == [
        {
            "row": 2,
            "url": "https://shop.example/a.jpg",
            "sku": "A-1",
            "product_group": "mugs",
            "image_type": "main",
            "problem": "",
        },
        {
            "row": 4,
            "url": "http://shop.example/b.jpg",
            "sku": "",
            "product_group": "",
            "image_type": "",
            "problem": "",
        },
    ]


def test_b10_a_bad_row_is_told_and_the_others_go_on(client: FlaskClient) -> None:
    lines = told(ask(client, b"url,sku\nshoe.jpg,A\n,B\nhttps://shop.example/c.jpg,C\n"))
    assert [line["problem"] for line in lines] == [
        "Row 2, column 'image_url': Expected an address like https://shop.example/shoe.jpg, received 'shoe.jpg'",
        "Row 3, column 'image_url': Expected an address like https://shop.example/shoe.jpg, received an empty cell",
        "",
    ]


@pytest.mark.parametrize("table", [b"", b"sku\nA\n", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b'url\nhttps://a.b/c\n"open\n'])
def test_b10_what_is_no_table_is_refused(client: FlaskClient, table: bytes) -> None:
    answer = ask(client, table)
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (400, "invalid_table")


def test_a_body_beyond_the_limit_is_413(client: FlaskClient) -> None:
    assert ask(client, b"x" * 32_000_001).status_code == 413


def test_fifty_thousand_rows_are_told(client: FlaskClient) -> None:
    rows = b"".join(b"https://shop.example/%d.jpg,%d\n" % (number, number) for number in range(50_000))
    lines = told(ask(client, b"image_url,sku_id\n" + rows))
    assert (len(lines), lines[-1]["row"], lines[-1]["sku"]) == (50_000, 50_001, "49999")


def test_strangers_are_told_nothing(stranger: FlaskClient) -> None:
    assert ask(stranger, b"url\n").status_code == 401
