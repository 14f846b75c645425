"""What every operation promises, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pyservice.errors import VitrineError
from pyservice.imaging.picture import Picture
from pyservice.models import weights_table
from pyservice.operations import GROUPS, Context, Operation, Outcome, all_operations

OPERATIONS = all_operations()
EVERY = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=list(OPERATIONS))
SIZES = [(1, 1), (1, 7), (9, 1), (2, 2), (13, 17), (64, 47)]


def _picture(width: int, height: int, *, alpha: bool, mask: bool) -> Picture:
    random = np.random.default_rng(width * 1000 + height)
    rgb = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
    inside = np.zeros((height, width), np.uint8)
    inside[height // 4 : max(1, height * 3 // 4), width // 4 : max(1, width * 3 // 4)] = 255
    soft = random.integers(0, 256, (height, width), dtype=np.uint8)
    return Picture(rgb, np.maximum(inside, soft) if alpha else None, inside if mask else None)


PICTURES = [
    pytest.param(
        _picture(*size, alpha=alpha, mask=mask),
        id=f"{size[0]}x{size[1]}{'-alpha' if alpha else ''}{'-mask' if mask else ''}",
    )
    for size in SIZES
    for alpha in (False, True)
    for mask in (False, True)
]


def _needed(operation: Operation) -> dict[str, Any]:
    """The parameters that have no default."""
    return dict.fromkeys(operation.params.model_json_schema().get("required", []), "0" * 64)


def _run(operation: Operation, picture: Picture, params: dict[str, Any], context: Context) -> Outcome | VitrineError:
    """The outcome, or the error that an operation answers with."""
    try:
        return operation.run(picture, operation.validated(params, operation.version, "test"), context)
    except VitrineError as error:
        return error


def _assert_sound(outcome: Outcome | VitrineError) -> None:
    if isinstance(outcome, VitrineError):
        # A tiny picture may hold no product; nothing may be the service's own fault.
        assert outcome.status < 500, outcome.message
        return
    # Picture itself refuses wrong shapes and types; what is left is that nobody can write into it.
    for plane in (outcome.picture.rgb, outcome.picture.alpha, outcome.picture.mask):
        assert plane is None or (plane.dtype == np.uint8 and not plane.flags.writeable)
    assert all(isinstance(warning, str) and warning for warning in outcome.warnings)


def _planes(outcome: Outcome | VitrineError) -> list[bytes | str | None]:
    if isinstance(outcome, VitrineError):
        return [outcome.message]
    picture = outcome.picture
    return [None if p is None else p.tobytes() for p in (picture.rgb, picture.alpha, picture.mask)]


@EVERY
@pytest.mark.parametrize("picture", PICTURES)
def test_runs_with_its_defaults_on_every_kind_of_picture(
    operation: Operation, picture: Picture, context: Context
) -> None:
    before = _planes(Outcome(picture))
    outcome = _run(operation, picture, _needed(operation), context)
    _assert_sound(outcome)
    assert _planes(Outcome(picture)) == before


@EVERY
def test_gives_the_same_result_twice(operation: Operation, context: Context, drawing: Picture) -> None:
    first, second = (_run(operation, drawing, _needed(operation), context) for _ in range(2))
    assert _planes(first) == _planes(second)


@EVERY
def test_keeps_transparency_and_mask_in_step_with_the_colours(operation: Operation, context: Context) -> None:
    picture = _picture(64, 47, alpha=True, mask=True)
    outcome = _run(operation, picture, _needed(operation), context)
    assert isinstance(outcome, Outcome)
    assert outcome.picture.mask is not None
    assert operation.group == "background" or outcome.picture.alpha is not None


@EVERY
def test_every_parameter_is_described_and_has_a_default(operation: Operation) -> None:
    schema = operation.params.model_json_schema()
    for name, described in schema.get("properties", {}).items():
        assert len(described.get("description", "")) > 9, f"{operation.name}.{name} has no description"
        # Only a blob can be impossible to guess.
        assert "default" in described or described.get("control") in ("blob", "mask"), f"{operation.name}.{name}"


# How the app lets people set a value. A new one needs a control there.
CONTROLS = {"angle", "aspect", "blob", "color", "corners", "mask", "model"}
# What is set as a whole, with the parameters that make it up.
TOGETHER = {
    "box": {"unit", "x", "y", "width", "height"},
    "backdrop": {"kind", "color", "color_to", "blob", "blur_radius_px"},
}


@EVERY
def test_every_control_is_a_known_one(operation: Operation) -> None:
    schema = operation.params.model_json_schema()
    found = {part["control"] for _, part in _leaves(schema["properties"]) if "control" in part}
    assert found <= CONTROLS
    if "control" in schema:
        assert set(schema["properties"]) == TOGETHER[schema["control"]]


@EVERY
def test_a_model_says_what_for(operation: Operation) -> None:
    tasks = {row.task for row in weights_table().values()}
    for described in operation.params.model_json_schema()["properties"].values():
        assert described.get("control") != "model" or described["task"] in tasks


def test_an_operation_that_can_be_painted_names_one_that_takes_a_mask() -> None:
    paintable = {name: operation.painted_by for name, operation in OPERATIONS.items() if operation.painted_by}
    assert paintable == {"remove-background": "use-mask"}
    for name, painter in paintable.items():
        before, after = (OPERATIONS[one].params.model_json_schema()["properties"] for one in (name, painter))
        assert [field for field, described in after.items() if described.get("control") == "mask"] == ["blob"]
        shared = before.keys() & after.keys()
        assert shared == {"grow_px", "feather_px"}
        assert all(before[field] == after[field] for field in shared)


@EVERY
def test_titles_are_for_people(operation: Operation) -> None:
    for title in (operation.title, *(part["title"] for part in _properties(operation))):
        assert re.fullmatch(r"[A-Z][A-Za-z ]*", title), title
    assert not any(re.search(r" (px|deg)$", part["title"]) for part in _properties(operation))


def _properties(operation: Operation) -> list[dict[str, Any]]:
    return list(operation.params.model_json_schema()["properties"].values())


@EVERY
def test_every_number_and_text_is_bounded(operation: Operation) -> None:
    for where, described in _leaves(operation.params.model_json_schema()):
        if described.get("type") in ("number", "integer") and "enum" not in described:
            assert {"minimum", "exclusiveMinimum"} & described.keys(), f"{operation.name} {where} has no minimum"
            assert {"maximum", "exclusiveMaximum"} & described.keys(), f"{operation.name} {where} has no maximum"
        if described.get("type") == "string":
            bounded = {"maxLength", "enum", "const", "control", "pattern"} & described.keys()
            assert bounded, f"{operation.name} {where} is unbounded"


def _leaves(described: Any, where: str = "", control: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every part of a schema that has a type; a control of colours, blobs … holds for its alternatives too."""
    if isinstance(described, list):
        for index, part in enumerate(described):
            yield from _leaves(part, f"{where}/{index}", control)
    if not isinstance(described, dict):
        return
    control = described.get("control", control)
    if isinstance(described.get("type"), str):
        yield where, {**described, "control": control} if control else described
    for name, part in described.items():
        if name not in ("default", "enum", "examples"):
            yield from _leaves(part, f"{where}/{name}", control)


@EVERY
def test_has_a_summary_a_group_and_a_valid_schema(operation: Operation) -> None:
    assert re.fullmatch(r"[A-Z].{9,118}\.", operation.summary), operation.summary
    jargon = re.search(r"Raises|L\*|CLAHE|luma|histogram|level\^|Canny|matrix|sharp's|\d{4}", operation.summary)
    assert jargon is None, operation.summary
    assert operation.group in GROUPS
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", operation.name)
    schema = operation.params.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    defaults = operation.validated(_needed(operation), operation.version, "test")
    jsonschema.validate(defaults.model_dump(mode="json"), schema)


@EVERY
def test_refuses_an_unknown_parameter(operation: Operation) -> None:
    with pytest.raises(VitrineError, match="Expected no parameter called 'no_such_thing'"):
        operation.validated(_needed(operation) | {"no_such_thing": 1}, operation.version, "test")


@EVERY
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_runs_with_any_parameters_within_their_bounds(
    operation: Operation, context: Context, data: st.DataObject
) -> None:
    schema = operation.params.model_json_schema()
    drawn = {
        name: data.draw(_values(described, schema.get("$defs", {})), label=name)
        for name, described in schema.get("properties", {}).items()
    }
    try:
        operation.params.model_validate(drawn)
    except ValidationError:
        return  # A rule between parameters, like corners that must not cross.
    width, height = data.draw(st.integers(1, 40), label="width"), data.draw(st.integers(1, 40), label="height")
    alpha, mask = data.draw(st.booleans(), label="alpha"), data.draw(st.booleans(), label="mask")
    _assert_sound(_run(operation, _picture(width, height, alpha=alpha, mask=mask), drawn, context))


def _values(described: dict[str, Any], definitions: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a parameter's schema allows; large lengths are rare, so that runs stay short."""
    if "$ref" in described:
        return _values(definitions[described["$ref"].rsplit("/", 1)[-1]], definitions)
    if "anyOf" in described:
        control = {key: described[key] for key in ("control",) if key in described}
        return st.one_of([_values({**part, **control}, definitions) for part in described["anyOf"]])
    if "enum" in described:
        return st.sampled_from(described["enum"])
    if "const" in described:
        return st.just(described["const"])
    if "prefixItems" in described:
        return st.tuples(*(_values(part, definitions) for part in described["prefixItems"])).map(list)
    return _SIMPLE[described["type"]](described)


def _number(described: dict[str, Any]) -> st.SearchStrategy[float]:
    low = described.get("minimum", described.get("exclusiveMinimum"))
    high = described.get("maximum", described.get("exclusiveMaximum"))
    return st.floats(
        low,
        min(high, max(low + 1, 400)),
        exclude_min="exclusiveMinimum" in described,
        exclude_max="exclusiveMaximum" in described,
    )


def _text(described: dict[str, Any]) -> st.SearchStrategy[str]:
    kinds = {
        "color": r"\A#[0-9a-f]{6}\Z",
        "aspect": r"\A[1-9]:[1-9]\Z",
        **dict.fromkeys(("blob", "mask"), r"\A[0-9a-f]{64}\Z"),
    }
    if described.get("control") in kinds:
        return st.from_regex(kinds[described["control"]])
    pattern = described.get("pattern")
    if pattern:
        longest = described.get("maxLength", 100)
        return st.from_regex(pattern, fullmatch=True).filter(lambda text: len(text) <= longest)
    return st.just(described.get("default", ""))


_SIMPLE = {
    "number": _number,
    "integer": lambda d: st.integers(d["minimum"], min(d["maximum"], max(d["minimum"] + 1, 400))),
    "boolean": lambda d: st.booleans(),
    "string": _text,
    "null": lambda d: st.none(),
}
