import json

import pytest

from pyservice.errors import InvalidRecipe
from pyservice.imaging import Picture
from pyservice.operations import Params, all_operations, registry
from pyservice.recipes import Recipe, Step, bind, digest, parse_recipe, with_params, with_step


def recipe(*names: str) -> Recipe:
    return Recipe(steps=tuple(Step(operation=name) for name in names))


def test_an_unknown_operation_is_named_with_its_place() -> None:
    with pytest.raises(InvalidRecipe, match=r"steps\.1\.operation.*received 'crpo'"):
        bind(recipe("flip", "crpo"))


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"fill": 2}, r"less than or equal to 1 at steps\.0\.frame\.fill, received 2"),
        ({"fil": 1}, r"no parameter called 'fil'"),
        ({"aspect": "wide"}, r"Expected an aspect like 4:3.*received 'wide'"),
    ],
)
def test_a_bad_parameter_says_what_was_expected_where_and_what_came(params: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidRecipe, match=message):
        bind(Recipe(steps=(Step(operation="frame", params=params),)))


def test_a_recipe_of_the_wrong_shape_is_refused() -> None:
    for data in ({"steps": 3}, {"stepz": []}, [], {"steps": [{"operation": "flip", "version": 0}]}):
        with pytest.raises(InvalidRecipe):
            parse_recipe(data)


def test_a_step_that_is_switched_off_is_checked_but_does_not_run() -> None:
    off = Recipe(steps=(Step(operation="flip", enabled=False),))
    assert bind(off).steps == ()
    with pytest.raises(InvalidRecipe):
        bind(Recipe(steps=(Step(operation="flip", enabled=False, params={"axis": "diagonal"}),)))


def test_a_bound_recipe_written_out_binds_to_the_same() -> None:
    bound = bind(recipe("remove-background", "adjust", "frame", "background"))
    again = bind(parse_recipe(json.loads(bound.to_recipe().model_dump_json())))
    assert [step.identity() for step in again.steps] == [step.identity() for step in bound.steps]


def test_defaults_written_out_or_left_out_have_one_digest() -> None:
    short = bind(recipe("frame"))
    long = bind(Recipe(steps=(Step(operation="frame", params={"aspect": "1:1", "margin": 2}),)))
    assert digest([s.identity() for s in short.steps]) == digest([s.identity() for s in long.steps])


def test_a_version_from_the_future_is_refused() -> None:
    with pytest.raises(InvalidRecipe, match="version 1 to 1"):
        bind(Recipe(steps=(Step(operation="flip", version=7),)))


def test_a_step_saved_by_an_older_version_is_upgraded(monkeypatch: pytest.MonkeyPatch) -> None:
    all_operations()
    monkeypatch.setattr(registry, "_REGISTRY", dict(registry._REGISTRY))

    class SoftenParams(Params):
        """Softening."""

        radius_px: float = 1

    def upgrade(version: int, values: registry.Json) -> registry.Json:
        return {"radius_px": values["size"] / 2} if version == 1 else values

    @registry.operation("soften", version=2, group="detail", upgrade=upgrade)
    def soften(picture: Picture, params: SoftenParams) -> Picture:
        """Soften."""
        return picture

    bound = bind(Recipe(steps=(Step(operation="soften", version=1, params={"size": 6}),)))
    assert bound.steps[0].identity() == {"operation": "soften", "version": 2, "params": {"radius_px": 3.0}}


def test_overrides_reach_every_step_of_their_operation() -> None:
    changed = with_params(recipe("adjust", "flip", "adjust"), {"adjust": {"brightness": 1.2}})
    assert [step.params for step in changed.steps] == [{"brightness": 1.2}, {}, {"brightness": 1.2}]


@pytest.mark.parametrize(
    ("name", "place"), [("rotate", 1), ("auto-light", 1), ("denoise", 1), ("shadow", 3), ("sepia", 3)]
)
def test_an_operation_that_is_missing_is_put_where_it_usually_belongs(name: str, place: int) -> None:
    changed = with_step(recipe("remove-background", "frame", "background"), Step(operation=name))
    assert [step.operation for step in changed.steps].index(name) == place


def test_an_override_switches_its_step_on() -> None:
    off = Recipe(steps=(Step(operation="adjust", enabled=False),))
    assert with_params(off, {"adjust": {"brightness": 2}}).steps[0].enabled
