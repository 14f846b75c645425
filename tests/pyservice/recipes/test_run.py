from typing import Any

import numpy as np
import pytest

from pyservice.errors import NotFound, OutputTooLarge
from pyservice.imaging import Picture
from pyservice.jobs.recent import Recent
from pyservice.operations import MaskWish, ProductMask
from pyservice.recipes import Recipe, Rendering, Run, Stage, Step, bind

WISHES: list[str] = []


def find_mask(picture: Picture, wish: MaskWish, history: str) -> ProductMask:
    """The middle of the picture; remembers under which key it was asked."""
    WISHES.append(history)
    plane = np.zeros((picture.height, picture.width), np.uint8)
    plane[picture.height // 4 : picture.height * 3 // 4, picture.width // 4 : picture.width * 3 // 4] = 255
    return ProductMask(plane, {"model": wish.model})


def no_blob(blob: str) -> Picture:
    raise NotFound(f"Expected blob {blob}")


def run_of(picture: Picture, **more: Any) -> Run:
    return Run(picture, **{"source": "s", "find_mask": find_mask, "open_blob": no_blob, **more})


def run(picture: Picture, *steps: Step, **more: Any) -> Rendering:
    return run_of(picture, **more).render(bind(Recipe(steps=steps)))


def original_mask(picture: Picture, *steps: Step, **more: Any) -> ProductMask | None:
    return run_of(picture, **more).find_original_mask(bind(Recipe(steps=steps)))


@pytest.fixture
def picture() -> Picture:
    return Picture(np.random.default_rng(5).integers(0, 255, (400, 600, 3)).astype(np.uint8))


def test_steps_run_in_order_and_each_is_timed(picture: Picture) -> None:
    done = run(picture, Step(operation="remove-background"), Step(operation="frame"), Step(operation="background"))
    assert [step.operation for step in done.steps] == ["remove-background", "frame", "background"]
    assert all(step.elapsed_ms >= 0 for step in done.steps)
    assert done.report("frame")["fill_limited"] is False
    assert done.report("crop") == {}


def test_an_empty_recipe_changes_nothing(picture: Picture) -> None:
    np.testing.assert_array_equal(run(picture).picture.rgb, picture.rgb)


def test_a_mask_is_known_by_the_source_and_all_that_was_done_before(picture: Picture) -> None:
    WISHES.clear()
    cut = Step(operation="remove-background")
    for steps in [(cut,), (cut, Step(operation="sepia")), (Step(operation="flip"), cut)]:
        run(picture, *steps)
    run(picture, cut, source="other")
    first, with_a_later_step, after_a_flip, of_another_source = WISHES
    assert first == with_a_later_step
    assert len({first, after_a_flip, of_another_source}) == 3


def test_a_result_may_not_grow_without_bounds(picture: Picture) -> None:
    huge = {"left": 10_000, "right": 10_000, "top": 10_000, "bottom": 10_000}
    with pytest.raises(OutputTooLarge, match="pad"):
        run(picture, Step(operation="pad", params=huge))


def test_a_preview_is_bounded_and_lengths_follow_its_scale(picture: Picture) -> None:
    full = run(picture, Step(operation="blur", params={"radius_px": 20}))
    small = Picture(picture.rgb[::2, ::2].copy())
    preview = run(small, Step(operation="blur", params={"radius_px": 20}), scale=0.5, max_px=150)
    assert preview.picture.long_side == 150
    assert full.picture.long_side == 600
    # Blurred by 20 px of the original, noise is as flat in the preview as in the full picture.
    assert abs(float(preview.picture.rgb.std()) - float(full.picture.rgb.std())) < 3


CUT = Step(operation="remove-background", params={"grow_px": 8})
CROP = Step(operation="crop", params={"width": 50, "height": 50})
PAINTED = Step(operation="use-mask", params={"blob": "a" * 64})


def left_half(_: str) -> Picture:
    rgb = np.zeros((200, 300, 3), np.uint8)
    rgb[:, :150] = 255
    return Picture(rgb)


@pytest.mark.parametrize("steps", [(CUT,), (CUT, CROP), (CROP, CUT), (Step(operation="frame"),)])
def test_the_mask_of_the_original_is_the_one_found_before_it_is_grown(picture: Picture, steps: tuple[Step]) -> None:
    found = original_mask(picture, *steps)
    assert found is not None
    np.testing.assert_array_equal(found.plane, find_mask(picture, MaskWish(), "").plane)


@pytest.mark.parametrize("steps", [(), (Step(operation="sepia"), CROP)])
def test_where_no_step_looks_for_the_product_there_is_no_mask(picture: Picture, steps: tuple[Step, ...]) -> None:
    assert original_mask(picture, *steps) is None


def test_a_painted_mask_is_the_mask_of_the_original_at_its_size(picture: Picture) -> None:
    for found in (
        original_mask(picture, PAINTED, CROP, open_blob=left_half),
        run(picture, PAINTED, CROP, open_blob=left_half).original_mask,
    ):
        assert found is not None
        assert found.plane.shape == (400, 600)
        assert (found.plane[:, :290] == 255).all()
        assert (found.plane[:, 310:] == 0).all()


def test_a_mask_painted_on_a_cropped_picture_says_nothing_about_the_original(picture: Picture) -> None:
    assert run(picture, CROP, PAINTED, open_blob=left_half).original_mask is None


def slow_steps(*amounts: float) -> tuple[Step, ...]:
    """Long enough to be remembered, on any machine."""
    return tuple(Step(operation="denoise", params={"method": "nlmeans", "strength": amount}) for amount in amounts)


def test_a_remembered_beginning_gives_the_same_picture_and_story(picture: Picture) -> None:
    trail: Recent[Stage] = Recent(100_000_000, lambda stage: stage.nbytes)
    for bright in (1.1, 1.3):
        steps = (CUT, *slow_steps(0.5), Step(operation="adjust", params={"brightness": bright}))
        remembered, fresh = run(picture, *steps, trail=trail), run(picture, *steps)
        np.testing.assert_array_equal(remembered.picture.rgb, fresh.picture.rgb)
        np.testing.assert_array_equal(remembered.picture.mask, fresh.picture.mask)
        assert [step.operation for step in remembered.steps] == [step.operation for step in fresh.steps]
        assert remembered.report("remove-background") == fresh.report("remove-background")
        assert remembered.original_mask is not None
    assert remembered.steps[1].elapsed_ms == 0 < remembered.steps[2].elapsed_ms


def test_what_was_made_of_another_picture_or_at_another_size_is_not_taken(picture: Picture) -> None:
    trail: Recent[Stage] = Recent(100_000_000, lambda stage: stage.nbytes)
    run(picture, *slow_steps(0.5), trail=trail)
    for other in ({"source": "other"}, {"scale": 0.5}, {"max_px": 100}):
        assert run(picture, *slow_steps(0.5), trail=trail, **other).steps[0].elapsed_ms > 0
    assert run(picture, *slow_steps(0.6), trail=trail).steps[0].elapsed_ms > 0
    assert run(picture, *slow_steps(0.5), trail=trail).steps[0].elapsed_ms == 0
