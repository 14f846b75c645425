"""The seller's spreadsheet, as real programs save it."""

import pytest

from pyservice.errors import InvalidTable
from pyservice.jobs.table import escaped, read_table

TEXT = "filename;brightness;sku\nstuhl-grün.jpg;1,5;A-1\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.encode("latin-1"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.replace("\n", "\r\n").encode("cp1252"),
        TEXT.replace(";", "\t").replace("1,5", "1.5").encode(),
        TEXT.replace("1,5", "1.5").replace(";", ",").encode(),
        TEXT.replace("filename", '"FileName"').encode(),
        b"\r\n" + TEXT.encode(),
        b"sep=;\r\n" + TEXT.encode(),
    ],
)
def test_reads_what_spreadsheet_programs_write(data: bytes) -> None:
    (row,) = read_table(data)
    assert (row.filename, row.sku, row.problem) == ("stuhl-grün.jpg", "A-1", "")
    assert row.overrides == {"adjust": {"brightness": 1.5}}


def test_an_empty_cell_means_the_default() -> None:
    (row,) = read_table(b"filename,brightness,contrast\na.jpg,,1.2\n")
    assert row.overrides == {"adjust": {"contrast": 1.2}}


def test_any_parameter_and_the_output_can_have_a_column() -> None:
    (row,) = read_table(b"filename,frame.fill,frame.position,output.quality,preset\na.jpg,0.7,top,80,cutout\n")
    assert row.overrides == {"frame": {"fill": 0.7, "position": "top"}, "output": {"quality": 80}}
    assert row.preset == "cutout"


def test_a_bad_value_fails_its_row_alone_and_says_where() -> None:
    good, bad, last = read_table(b"filename,contrast\na.jpg,1\n\nb.jpg,loud\nc.jpg,2\n")
    assert bad.problem == ("Row 4, column 'contrast': Expected a valid number for adjust.contrast, received 'loud'")
    assert (good.problem, last.problem) == ("", "")


@pytest.mark.parametrize("value", ["9", "-1", "nan", "inf", "1,5"])
def test_a_value_out_of_bounds_fails_its_row(value: str) -> None:
    (row,) = read_table(f'filename,brightness\na.jpg,"{value}"\n'.encode())
    assert "column 'brightness': Expected" in row.problem
    assert repr(value) in row.problem


def test_an_unknown_column_fails_the_rows_that_use_it() -> None:
    used, unused = read_table(b"filename,brigthness\na.jpg,1.2\nb.jpg,\n")
    assert "column 'brigthness': Expected a column out of filename, brightness" in used.problem
    assert unused.problem == ""


def test_an_unknown_preset_fails_its_row() -> None:
    (row,) = read_table(b"filename,preset\na.jpg,shiny\n")
    assert "Expected a preset out of" in row.problem
    assert "'shiny'" in row.problem


def test_a_row_with_too_many_cells_fails() -> None:
    (row,) = read_table(b"filename,contrast\na.jpg,1,2,3\n")
    assert "Expected at most 2 cells, received 4" in row.problem


def test_a_row_without_a_name_fails() -> None:
    (row,) = read_table(b"filename,contrast\n,1\n")
    assert row.problem.startswith("Row 2, column 'filename'")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "a column 'filename'"),
        (b"name,brightness\na.jpg,1\n", "a column 'filename'"),
        (b"filename,brightness,adjust.brightness\n", "adjust.brightness more than once"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "saved as text"),
        (b'filename,contrast\n"a.jpg,1\n', "received at row 2"),
        (b"\xff\xfef\0i\0l", "UTF-16-LE text"),
    ],
)
def test_refuses_what_is_no_table(data: bytes, expected: str) -> None:
    with pytest.raises(InvalidTable, match="Expected") as caught:
        read_table(data)
    assert expected in caught.value.message


def test_a_quoted_cell_may_hold_delimiters_and_line_ends() -> None:
    first, second = read_table(b'filename,sku\n"a, b.jpg","1\n2"\nc.jpg,3\n')
    assert (first.filename, first.sku) == ("a, b.jpg", "1\n2")
    assert second.number == 3


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-rf.png", "@sum", "\tx", "\rx"])
def test_a_formula_is_written_as_text_and_read_back(cell: str) -> None:
    assert escaped(cell) == f"'{cell}"
    (row,) = read_table(f'filename\n"{escaped(cell)}"\n'.encode())
    assert row.filename == cell


def test_plain_text_is_not_escaped() -> None:
    assert escaped("shoe-1=a.jpg") == "shoe-1=a.jpg"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"filename\n" + b"a.jpg\n" * 1_000_000, "at most 200,000 rows"),
        (b"filename,x" + b",y" * 999 + b"\n", "at most 1,000 columns"),
        (b"filename" + b"," * 1_000_001 + b"\n", "more than 1,000,000 characters in one row"),
        (b"filename\n" + b'"a\n",' * 400_000, "more than 1,000,000 characters in one row"),
        (b"filename" + b"," * 999 + b"\n" + (b"1" + b",1" * 999 + b"\n") * 2_001, "at most 2,000,000 filled cells"),
    ],
)
def test_b10_a_table_that_is_too_large_is_refused_with_the_limit(data: bytes, expected: str) -> None:
    with pytest.raises(InvalidTable) as caught:
        read_table(data)
    assert expected in caught.value.message


def test_b10_a_problem_is_short_whatever_is_in_the_cells() -> None:
    name, cell = "c" * 100_000, "x" * 100_000
    (row,) = read_table(
        f"filename,{name},preset,contrast,sharpness,brightness\na.jpg,1,{cell},{cell},{cell},{cell}\n".encode()
    )
    assert row.problem.endswith("; and 2 more")
    assert len(row.problem) < 1_000
