"""Values laid over a recipe."""

import pytest

from pyservice.errors import InvalidRecipe
from pyservice.jobs.overrides import find_place, merged, overridden, parse_setting
from pyservice.recipes import find_preset


def test_a_setting_becomes_a_value_of_the_right_kind() -> None:
    assert parse_setting("frame.size_px=1200") == {"frame": {"size_px": 1200}}
    assert parse_setting("rotate.expand = false") == {"rotate": {"expand": False}}
    assert parse_setting("output.format=png") == {"output": {"format": "png"}}


def test_a_list_is_written_in_json() -> None:
    corners = "[[0,0],[90,0],[90,100],[0,100]]"
    values = parse_setting(f"perspective.corners={corners}")["perspective"]["corners"]
    assert [tuple(corner) for corner in values] == [(0, 0), (90, 0), (90, 100), (0, 100)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("frame.fill", "operation.parameter=value"),
        ("fill=1", "received 'fill'"),
        ("shine.amount=1", "received 'shine.amount'"),
        ("frame.size=1", "a parameter of frame"),
        ("frame.fill=2", "less than or equal to 1 for frame.fill, received '2'"),
        ("background.color=red", "a color like #ffffff"),
    ],
)
def test_a_wrong_setting_says_what_was_expected(text: str, expected: str) -> None:
    with pytest.raises(InvalidRecipe) as caught:
        parse_setting(text)
    assert expected in caught.value.message


def test_the_later_value_wins_and_others_stay() -> None:
    assert merged({"a": {"x": 1, "y": 1}}, {"a": {"x": 2}, "b": {"z": 3}}) == {"a": {"x": 2, "y": 1}, "b": {"z": 3}}


def test_steps_and_output_take_the_values() -> None:
    recipe = overridden(find_preset("catalog-white").recipe, {"frame": {"fill": 0.4}, "output": {"format": "webp"}})
    assert next(step for step in recipe.steps if step.operation == "frame").params["fill"] == 0.4
    assert recipe.output.format == "webp"


def test_a_contradictory_output_is_refused() -> None:
    with pytest.raises(InvalidRecipe, match="min_bytes < max_bytes"):
        overridden(find_preset("cutout").recipe, {"output": {"min_bytes": 9000, "max_bytes": 2000}})


@pytest.mark.parametrize(
    ("name", "names_a_picture"),
    [("use-mask.blob", True), ("background.blob", True), ("background.kind", False), ("crop.x", False)],
)
def test_a_cell_that_names_a_picture_or_a_mask_is_known_as_one(name: str, names_a_picture: bool) -> None:
    assert find_place(name, "the table").is_blob == names_a_picture
