"""Results keep the names of their originals, and no two get the same."""

import pytest

from pyservice.jobs.naming import result_stems


def test_folders_and_names_are_kept() -> None:
    assert result_stems(["a.jpg", "shoes/b.tar.png", "noextension"]) == ["a", "shoes/b.tar", "noextension"]


def test_pictures_that_differ_in_their_extension_keep_it() -> None:
    assert result_stems(["a.jpg", "a.png", "b.jpg"]) == ["a-jpg", "a-png", "b"]


def test_the_names_do_not_depend_on_the_order() -> None:
    names = ["x/a.jpg", "x/a.png", "A.webp", "a.gif"]
    forth = dict(zip(names, result_stems(names), strict=True))
    back = dict(zip(reversed(names), result_stems(list(reversed(names))), strict=True))
    assert forth == back


def test_the_same_name_twice_is_numbered() -> None:
    assert result_stems(["a.jpg", "a.jpg", "a.jpg"]) == ["a-jpg", "a-jpg-2", "a-jpg-3"]


def test_names_that_some_file_systems_take_for_one_are_kept_apart() -> None:
    stems = result_stems(["e\u0301.jpg", "\u00e9.jpg", "A.jpg", "a.jpg"])
    assert len({stem.casefold() for stem in stems}) == 4


@pytest.mark.parametrize("name", ["../a.jpg", "/etc/a.jpg", "x/../../a.jpg", "C:/a.jpg", "a\0b.jpg"])
def test_b1_no_name_leads_out_of_the_folder(name: str) -> None:
    (stem,) = result_stems([name])
    assert not stem.startswith("/")
    assert ".." not in stem.split("/")
    assert "\0" not in stem


def test_b1_a_long_name_is_shortened_and_stays_its_own() -> None:
    one, other = result_stems(["é" * 300 + "1.jpg", "é" * 300 + "2.jpg"])
    assert one != other
    assert len(f"{one}_processed.jpg".encode()) < 255


@pytest.mark.parametrize("name", ["", ".", "..", "/", "..\\..\\a.jpg", "C:a.jpg", "C:\\a.jpg"])
def test_b1_a_name_that_is_none_or_another_systems_path_becomes_a_plain_one(name: str) -> None:
    (stem,) = result_stems([name])
    assert stem not in ("", ".", "..")
    assert not set(stem) & set("/\\:")


def test_fifty_thousand_pictures_of_one_name_are_numbered_in_order() -> None:
    stems = result_stems(["a.jpg"] * 50_000)
    assert (stems[1], stems[-1]) == ("a-jpg-2", "a-jpg-50000")


def test_numbers_pass_over_names_that_are_taken() -> None:
    assert result_stems(["x/a-jpg-2.png", "x/a.jpg", "x/a.jpg", "x/a.jpg"]) == [
        "x/a-jpg-2",
        "x/a-jpg",
        "x/a-jpg-3",
        "x/a-jpg-4",
    ]


@pytest.mark.parametrize("names", [["a.jpg", "a_processed.jpg"], ["a.jpg", "A_Mask.png"]])
def test_no_result_is_called_like_another_original(names: list[str]) -> None:
    assert result_stems(names)[0] == "a-2"
    assert len(set(result_stems(names))) == 2
