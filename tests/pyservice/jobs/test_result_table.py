"""result.csv has the columns that sellers' programs expect."""

import csv
import io

from pyservice.jobs.result_table import ResultRow, result_csv

COLUMNS = (
    "filename,processed_path,mask_path,brightness,contrast,sharpness,fill_ratio,fill_longest_side,fill_mask_area,"
    "fill_limited,width,height,bytes,quality_before,quality_after,review_state,channel_failures,elapsed_ms,status,error,"
    "sku,product_group,warnings"
)


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_a_table_with_letters_beyond_ascii_begins_with_the_mark_that_excel_needs() -> None:
    assert result_csv([ResultRow(filename="café.jpg")]).startswith(b"\xef\xbb\xbffilename")
    assert result_csv([ResultRow(filename="cafe.jpg")]).startswith(b"filename")


def test_the_columns_are_the_contract() -> None:
    assert result_csv([]).decode() == COLUMNS + "\n"


def test_cells_are_plain_and_what_does_not_apply_is_empty() -> None:
    row = ResultRow(filename="a, b.jpg", brightness=1.0, fill_ratio=0.6001, fill_limited=False, bytes=12_345_678)
    (cells,) = read(result_csv([row]))
    assert (cells["filename"], cells["brightness"], cells["fill_ratio"]) == ("a, b.jpg", "1", "0.6001")
    assert (cells["fill_limited"], cells["bytes"], cells["contrast"]) == ("false", "12345678", "")


def test_no_cell_is_a_formula() -> None:
    (cells,) = read(result_csv([ResultRow(filename="=cmd()|x.jpg", status="failed", error="+1 -1\n=2", sku="@A")]))
    assert cells["filename"] == "'=cmd()|x.jpg"
    assert cells["error"] == "'+1 -1\n=2"
    assert cells["sku"] == "'@A"


def test_a_name_that_is_no_text_can_be_written() -> None:
    assert b"caf?.jpg" in result_csv([ResultRow(filename=b"caf\xe9.jpg".decode("utf-8", "surrogateescape"))])
