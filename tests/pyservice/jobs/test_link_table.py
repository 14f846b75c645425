"""The spreadsheet of an import, as real programs save it."""

import pytest

from pyservice.errors import InvalidTable
from pyservice.jobs.link_table import LinkRow, link_rows

URL = "https://shop.example/a.jpg"


@pytest.mark.parametrize(
    "header",
    [
        "image_url,sku_id,product_group_id,image_type",
        "URL,SKU,Product_Group,IMAGE_TYPE",
        "url,sku,product_group_id,image_type",
    ],
)
def test_columns_may_be_called_long_or_short(header: str) -> None:
    assert list(link_rows(f"{header}\n{URL},A-1,mugs,main\n".encode())) == [LinkRow(2, URL, "A-1", "mugs", "main")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_b10_any_encoding_that_spreadsheets_write_is_read(encoding: str) -> None:
    (row,) = link_rows(f"image_url;sku\r\n{URL};grün\r\n".encode(encoding))
    assert (row.url, row.sku, row.problem) == (URL, "grün", "")


def test_b10_formulas_are_text() -> None:
    (row,) = link_rows(f"url,sku,product_group\n{URL},=cmd(),'@sum\n".encode())
    assert (row.sku, row.product_group, row.problem) == ("=cmd()", "@sum", "")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.jpg",
        "ftp://shop.example/a.jpg",
        "file:///etc/passwd",
        "//shop.example/a.jpg",
        "http://",
        "http://[::1/a.jpg",
        "javascript:1",
    ],
)
def test_b10_what_is_no_web_address_is_told_and_not_dropped(url: str) -> None:
    bad, good = link_rows(f'url,sku\n"{url}",A\n{URL},B\n'.encode())
    assert bad.problem.startswith("Row 2, column 'image_url': Expected an address like https://")
    assert (bad.sku, good.problem) == ("A", "")


def test_texts_that_the_gallery_would_refuse_are_told() -> None:
    (row,) = link_rows(f'url,sku,image_type\n{URL},{"x" * 101},"a\nb"\n'.encode())
    assert row.problem.startswith("Row 2, column 'sku_id': Expected one line of at most 100 characters, received 'xxx")
    assert "; column 'image_type': Expected one line" in row.problem
    assert len(row.problem) < 400


@pytest.mark.parametrize("control", ["\t", "\x1b", "\x7f"])
def test_control_characters_are_told(control: str) -> None:
    (row,) = link_rows(f'url;sku\n{URL};"a{control}b"\n'.encode())
    assert row.problem.startswith("Row 2, column 'sku_id': Expected one line")


@pytest.mark.parametrize("sku", ["Ä 1", "a\u00a0b", "a\u200bb", "🥿"])
def test_other_characters_are_text_whether_they_show_or_not(sku: str) -> None:
    (row,) = link_rows(f"url;sku\n{URL};{sku}\n".encode())
    assert (row.sku, row.problem) == (sku, "")


def test_an_address_that_is_too_long_is_told_in_short() -> None:
    (row,) = link_rows(f"url\n{URL}{'x' * 2_000}\n".encode())
    assert "Expected an address of at most 2,000 characters" in row.problem
    assert len(row.problem) < 300


@pytest.mark.parametrize(
    "data", [b"", b"sku,filename\nA,a.jpg\n", b"url,image_url\n", f'url\n{URL}\n"open\n'.encode(), b"\x00\x01\x02"]
)
def test_refuses_what_is_no_table_before_the_first_row(data: bytes) -> None:
    with pytest.raises(InvalidTable, match="Expected"):
        link_rows(data)


def test_b10_more_rows_than_the_limit_are_refused_before_the_first_row() -> None:
    with pytest.raises(InvalidTable, match="at most 200,000 rows"):
        link_rows(b"url\n" + b"x\n" * 200_001)
