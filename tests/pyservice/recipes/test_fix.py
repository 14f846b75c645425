"""Fixes laid into recipes: merged where the operation is there, put in its place where it is not."""

from __future__ import annotations

from pyservice.recipes.fix import Fix, with_fixes
from pyservice.recipes.recipe import Recipe, Step, bind

ENLARGE = Fix(operation="resize", params={"width": 1000, "height": 500, "fit": "outside", "enlarge": True})
LARGER = Fix(operation="resize", params={"width": 1600, "height": 800, "fit": "outside", "enlarge": True})


def laid(recipe, *fixes, size=(800, 400)):
    return with_fixes(recipe, fixes, *size)


def operations(recipe):
    return [step.operation for step in recipe.steps]


def test_a_new_frame_keeps_the_shape_and_size_of_the_result():
    mended = laid(Recipe(), Fix(operation="frame", params={"fill": 0.9}))
    assert mended.steps[0].params == {"aspect": "800:400", "size_px": 800, "fill": 0.9}
    bind(mended)


def test_another_shape_keeps_the_long_side_where_the_frame_has_no_size():
    recipe = Recipe(steps=(Step(operation="frame", params={"fill": 0.5}),))
    mended = laid(recipe, Fix(operation="frame", params={"aspect": "3:4"}))
    assert mended.steps[0].params == {"fill": 0.5, "aspect": "3:4", "size_px": 800}


def test_of_two_wishes_to_enlarge_the_larger_one_counts():
    for fixes in ((ENLARGE, LARGER), (LARGER, ENLARGE)):
        mended = laid(Recipe(), *fixes)
        assert operations(mended) == ["resize"]
        assert mended.steps[0].params["width"] == 1600


def test_where_the_recipe_frames_the_frame_takes_the_size():
    recipe = Recipe(steps=(Step(operation="frame", params={"size_px": 800}),))
    for fixes in ((ENLARGE, LARGER), (LARGER, ENLARGE)):
        mended = laid(recipe, *fixes)
        assert operations(mended) == ["frame"]
        assert mended.steps[0].params["size_px"] == 1600


def test_a_resize_behind_the_frame_keeps_deciding_the_size():
    recipe = Recipe(steps=(Step(operation="frame"), Step(operation="resize", params={"width": 800})))
    mended = laid(recipe, LARGER)
    assert operations(mended) == ["frame", "resize"]
    assert mended.steps[1].params["width"] == 1600


def test_a_smaller_size_replaces_a_larger_one():
    recipe = Recipe(steps=(Step(operation="frame", params={"size_px": 9000}),))
    smaller = Fix(operation="resize", params={"width": 5000, "height": 2500, "fit": "inside", "enlarge": False})
    assert laid(recipe, smaller, size=(9000, 4500)).steps[0].params["size_px"] == 5000


def test_a_step_that_was_switched_off_is_switched_on():
    recipe = Recipe(steps=(Step(operation="background", enabled=False),))
    mended = laid(recipe, Fix(operation="background", params={"color": "#f2f2f2"}))
    assert operations(mended) == ["background"]
    assert mended.steps[0].enabled


def test_a_shadow_comes_after_the_cut_out():
    recipe = Recipe(steps=(Step(operation="remove-background"), Step(operation="adjust")))
    mended = laid(recipe, Fix(operation="shadow", params={"kind": "contact"}))
    assert operations(mended).index("remove-background") < operations(mended).index("shadow")


def test_output_changes_merge():
    mended = laid(
        Recipe(),
        Fix(operation="output", params={"format": "png"}),
        Fix(operation="output", params={"max_bytes": 5_000_000}),
    )
    assert (mended.output.format, mended.output.max_bytes) == ("png", 5_000_000)
