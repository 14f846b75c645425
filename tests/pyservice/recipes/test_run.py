import numpy as np
import pytest

from pyservice.errors import NotFound, OutputTooLarge
from pyservice.imaging import Picture
from pyservice.operations import MaskWish, ProductMask
from pyservice.recipes import Recipe, Rendering, Step, bind, render

WISHES: list[str] = []


def find_mask(picture: Picture, wish: MaskWish, history: str) -> ProductMask:
    """The middle of the picture; remembers under which key it was asked."""
    WISHES.append(history)
    plane = np.zeros((picture.height, picture.width), np.uint8)
    plane[picture.height // 4 : picture.height * 3 // 4, picture.width // 4 : picture.width * 3 // 4] = 255
    return ProductMask(plane, {"model": wish.model})


def no_blob(blob: str) -> Picture:
    raise NotFound(f"Expected blob {blob}")


def run(picture: Picture, *steps: Step, **more: object) -> Rendering:
    bound = bind(Recipe(steps=steps))
    return render(picture, bound, find_mask=find_mask, open_blob=no_blob, **{"source": "s", **more})  # type: ignore[arg-type]


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
