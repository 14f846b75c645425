"""Rows of the spreadsheet find their pictures."""

from pyservice.jobs.sources import Source
from pyservice.jobs.table import TableRow
from pyservice.jobs.worklist import matches, worklist


def source(name: str) -> Source:
    return Source(name, name, lambda _max_bytes: b"")


def found(names: list[str], *filenames: str) -> list[tuple[str, str | None]]:
    rows = [TableRow(number, name) for number, name in enumerate(filenames, 2)]
    tasks = worklist([source(name) for name in names], rows)
    return [(task.filename, task.source.name if task.source else None) for task in tasks]


def test_rows_come_first_in_their_order_then_the_other_pictures() -> None:
    assert found(["a.jpg", "b.jpg", "c.jpg"], "c.jpg", "a.jpg") == [
        ("c.jpg", "c.jpg"),
        ("a.jpg", "a.jpg"),
        ("b.jpg", "b.jpg"),
    ]


def test_a_bare_name_finds_a_picture_in_a_folder() -> None:
    assert found(["shoes/a.jpg"], "a.jpg") == [("a.jpg", "shoes/a.jpg")]


def test_a_path_may_be_written_as_another_system_writes_it() -> None:
    assert found(["shoes/Cafe\u0301.jpg"], ".\\shoes\\CAF\u00c9.JPG".replace(".\\", "./")) == [
        ("./shoes\\CAF\u00c9.JPG", "shoes/Cafe\u0301.jpg")
    ]


def test_the_exact_name_wins_over_a_similar_one() -> None:
    assert found(["A.jpg", "a.jpg"], "a.jpg")[0] == ("a.jpg", "a.jpg")


def test_a_row_whose_picture_is_not_there_says_so() -> None:
    (task,) = worklist([], [TableRow(7, "gone.jpg")])
    assert task.problem == (
        "Row 7, column 'filename': Expected the name of a picture among those given, received 'gone.jpg'"
    )


def test_a_name_that_two_pictures_have_is_not_guessed() -> None:
    task, *_ = worklist([source("x/a.jpg"), source("y/a.jpg")], [TableRow(2, "a.jpg")])
    assert task.source is None
    assert "'a.jpg' may be any of x/a.jpg, y/a.jpg" in task.problem


def test_a_picture_may_have_two_rows() -> None:
    tasks = worklist([source("a.jpg")], [TableRow(2, "a.jpg"), TableRow(3, "a.jpg")])
    assert [task.stem for task in tasks] == ["a-jpg", "a-jpg-2"]


def test_matches_tell_the_place_of_a_name() -> None:
    found = matches(["a.jpg", "b.jpg"], [TableRow(2, "b.jpg"), TableRow(3, "gone.jpg")])
    assert [(match.at, match.stem) for match in found] == [(1, "b"), (None, ""), (0, "a")]


def test_of_pictures_with_the_very_same_name_a_row_means_the_first() -> None:
    assert [match.at for match in matches(["a.jpg", "a.jpg"], [TableRow(2, "a.jpg")])] == [0, 1]


def test_a_row_with_a_problem_keeps_its_picture_from_running_without_it() -> None:
    (match,) = matches(["a.jpg"], [TableRow(2, "a.jpg", problem="Row 2, column 'contrast': Expected …")])
    assert (match.at, match.problem) == (0, "Row 2, column 'contrast': Expected …")
