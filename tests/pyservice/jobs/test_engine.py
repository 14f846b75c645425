import io
import os
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data
from PIL import Image

from pyservice.config import load_settings
from pyservice.errors import (
    BrokenImage,
    CorruptBlob,
    InvalidRecipe,
    NoProduct,
    NotFound,
    OutputTooLarge,
    UnsupportedFormat,
)
from pyservice.imaging import OutputSpec
from pyservice.jobs import Engine
from pyservice.recipes import Recipe, Step, all_channels, find_preset
from pyservice.storage import BlobStore

CUT = Recipe(steps=(Step(operation="remove-background", params={"model": "u2netp"}), Step(operation="background")))


def jpeg(rgb: np.ndarray, **save: object) -> bytes:
    target = io.BytesIO()
    Image.fromarray(rgb).save(target, "JPEG", quality=92, **save)
    return target.getvalue()


def shown(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def cut_out_cup() -> bytes:
    """A PNG of 400 px that knows itself where its product is."""
    alpha = np.zeros((400, 400), np.uint8)
    cv2.ellipse(alpha, (200, 200), (170, 160), 0, 0, 360, 255, -1, cv2.LINE_AA)
    target = io.BytesIO()
    Image.fromarray(np.dstack([skimage.data.coffee()[:, 100:500], alpha])).save(target, "PNG")
    return target.getvalue()


@pytest.fixture(scope="module")
def coffee() -> bytes:
    return jpeg(skimage.data.coffee())


def test_an_original_is_kept_once_with_its_facts(engine: Engine, coffee: bytes) -> None:
    first, second = engine.ingest(coffee), engine.ingest(coffee)
    assert first.blob == second.blob
    assert (first.created, second.created) == (True, False)
    assert (first.facts.width, first.facts.height, first.facts.format) == (600, 400, "jpeg")


@pytest.mark.parametrize(
    ("data", "error"), [(b"%PDF-1.7 ...", UnsupportedFormat), (b"\xff\xd8\xff\xe0" + b"\0" * 50, BrokenImage)]
)
def test_what_is_no_picture_is_not_kept(engine: Engine, data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        engine.ingest(data)
    assert list(engine.store.ids()) == []


def test_catalog_white_gives_a_framed_square_on_pure_white_with_its_mask(engine: Engine, coffee: bytes) -> None:
    done = engine.render(engine.ingest(coffee).blob, find_preset("catalog-white").recipe)
    picture = shown(done.data)
    mask = np.asarray(Image.open(io.BytesIO(engine.store.get(done.mask_blob or ""))))
    assert picture.shape == (2000, 2000, 3)
    assert mask.shape == (2000, 2000)
    assert (picture[mask == 0] == 255).all()
    assert abs(done.fill["fill_bbox_area"] - 0.6) <= 0.01 or done.fill["fill_limited"]
    assert done.quality_after is not None
    assert done.quality_before is not None
    assert done.review_state in {"auto_approved", "needs_review"}


def test_a_warning_of_softness_alone_sends_nobody_to_look(engine: Engine) -> None:
    recipe = Recipe(steps=(Step(operation="frame", params={"size_px": 1600}), Step(operation="background")))
    done = engine.render(engine.ingest(cut_out_cup()).blob, recipe)
    assert (len(done.warnings), done.doubts, done.review_state) == (1, (), "auto_approved")


def test_a_doubt_about_the_product_is_for_a_person_however_well_it_scores(engine: Engine) -> None:
    tall = jpeg(np.full((90, 60, 3), 255, np.uint8))
    recipe = Recipe(steps=(Step(operation="use-mask", params={"blob": engine.ingest(tall).blob}),))
    done = engine.render(engine.ingest(cut_out_cup()).blob, recipe)
    assert done.doubts == done.warnings != ()
    assert done.review_state == "needs_review"


def test_the_same_wish_twice_is_a_cache_hit_with_the_same_answer(engine: Engine, coffee: bytes) -> None:
    blob = engine.ingest(coffee).blob
    first, second = engine.render(blob, CUT), engine.render(blob, CUT)
    assert (first.cached, second.cached) == (False, True)
    assert first.data == second.data
    ignored = {"cached", "elapsed_ms"}
    assert first.model_dump(exclude=ignored) == second.model_dump(exclude=ignored)


def test_a_result_that_was_damaged_on_disk_is_noticed(engine: Engine, coffee: bytes) -> None:
    blob = engine.ingest(coffee).blob
    path = engine.store.path(engine.render(blob, CUT).blob or "")
    assert path is not None
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(CorruptBlob):
        engine.store.get(path.name, checked=True)


def test_a_slider_moved_after_the_cut_does_not_look_for_the_product_again(engine: Engine, coffee: bytes) -> None:
    blob = engine.ingest(coffee).blob
    engine.render(blob, CUT, max_px=300, keep=False)
    loaded = engine.sessions.mask_session("u2netp")
    loaded.product_probability = None  # type: ignore[method-assign,assignment]  # a second look would fail
    brighter = Recipe(steps=(*CUT.steps[:1], Step(operation="gamma", params={"gamma": 1.3}), *CUT.steps[1:]))
    assert engine.render(blob, brighter, max_px=300, keep=False).width == 300


def test_a_preview_leaves_no_result_behind(engine: Engine, coffee: bytes) -> None:
    blob = engine.ingest(coffee).blob
    preview = engine.render(blob, CUT, max_px=200, keep=False)
    assert max(preview.width, preview.height) == 200
    assert preview.blob is None
    assert max(shown(preview.data).shape) == 200


def test_a_second_preview_looks_like_the_first_and_begins_where_that_one_got_to(engine: Engine, coffee: bytes) -> None:
    blob = engine.ingest(coffee).blob
    first, second = (engine.render(blob, CUT, max_px=200, keep=False) for _ in range(2))
    assert first.data == second.data
    assert first.steps[0].elapsed_ms > second.steps[0].elapsed_ms == 0


@pytest.mark.parametrize("limits", [{"min_bytes": 50_000_000}, {"max_bytes": 1_000, "format": "png"}])
def test_limits_of_the_file_say_nothing_about_a_preview(
    engine: Engine, coffee: bytes, limits: dict[str, object]
) -> None:
    recipe = Recipe(output=OutputSpec.model_validate(limits))
    preview = engine.render(engine.ingest(coffee).blob, recipe, max_px=300, keep=False)
    assert 1_000 < preview.bytes < 1_000_000
    assert max(shown(preview.data).shape) == 300


def test_an_original_that_was_deleted_is_not_previewed_from_memory(engine: Engine, coffee: bytes) -> None:
    blob = engine.ingest(coffee).blob
    engine.render(blob, Recipe(), max_px=200, keep=False)
    engine.store.forget(blob)
    with pytest.raises(NotFound):
        engine.render(blob, Recipe(), max_px=200, keep=False)


def test_the_mask_to_paint_on_is_the_one_the_result_is_cut_by(engine: Engine, coffee: bytes) -> None:
    blob = engine.ingest(coffee).blob
    mask = np.asarray(Image.open(io.BytesIO(engine.source_mask(blob, CUT))))
    kept = engine.render(blob, CUT).source_mask_blob or ""
    np.testing.assert_array_equal(mask, np.asarray(Image.open(io.BytesIO(engine.store.get(kept)))))
    with pytest.raises(NoProduct):
        engine.source_mask(blob, Recipe())


def test_a_result_by_a_painted_mask_names_the_mask_in_the_frame_of_the_original(engine: Engine, coffee: bytes) -> None:
    blob = engine.ingest(coffee).blob
    half = np.zeros((200, 300), np.uint8)
    half[:, :150] = 255
    drawn = io.BytesIO()
    Image.fromarray(half).save(drawn, "PNG")
    painted = Step(operation="use-mask", params={"blob": engine.ingest(drawn.getvalue()).blob})
    done = engine.render(blob, Recipe(steps=(painted, Step(operation="crop", params={"width": 50}))))
    mask = Image.open(io.BytesIO(engine.store.get(done.source_mask_blob or "")))
    assert (mask.format, mask.mode, mask.size) == ("PNG", "L", (600, 400))


def test_a_kept_result_has_a_thumb_of_its_own(engine: Engine, coffee: bytes) -> None:
    blob = engine.ingest(coffee).blob
    for recipe, kind in ((CUT, "JPEG"), (find_preset("cutout").recipe, "WEBP")):
        done = engine.render(blob, recipe)
        thumb = Image.open(io.BytesIO(engine.store.get(done.thumb or "")))
        assert (thumb.format, max(thumb.size)) == (kind, 512)
        assert done.thumbhash
        assert engine.render(blob, recipe).thumb == done.thumb


def test_a_result_of_a_lent_original_has_no_thumb_until_the_original_is_stored(engine: Engine, coffee: bytes) -> None:
    with engine.lend(coffee) as blob:
        assert engine.render(blob, CUT).thumb is None
    engine.ingest(coffee)
    assert engine.render(blob, CUT).thumb is not None


def test_deleting_an_original_forgets_all_that_was_found_out_about_it(engine: Engine, coffee: bytes) -> None:
    taken = engine.ingest(coffee)
    done = engine.render(taken.blob, CUT)
    engine.inspect(taken.blob)
    derived = engine.store.forget(taken.blob)
    assert {taken.thumb, done.blob, done.mask_blob, done.source_mask_blob, done.thumb} <= set(derived)
    assert engine.store.folder is not None
    assert not [*engine.store.folder.rglob("*.json")]
    assert set(engine.store.ids()) == set(derived)


def test_a_result_that_uses_a_remembered_mask_makes_the_mask_young(engine: Engine, coffee: bytes) -> None:
    blob = engine.ingest(coffee).blob
    mask = engine.render(blob, CUT).source_mask_blob or ""
    path = engine.store.path(mask)
    assert path is not None
    os.utime(path, (0, 0))
    brighter = Recipe(steps=(*CUT.steps, Step(operation="gamma", params={"gamma": 1.3})))
    assert engine.render(blob, brighter).source_mask_blob == mask
    assert path.stat().st_mtime > 0


def test_output_follows_the_recipe(engine: Engine, coffee: bytes) -> None:
    spec = OutputSpec(format="webp")
    done = engine.render(engine.ingest(coffee).blob, Recipe(output=spec))
    assert Image.open(io.BytesIO(done.data)).format == "WEBP"
    assert done.mime == "image/webp"


def test_an_unknown_blob_or_a_bad_recipe_is_refused(engine: Engine, coffee: bytes) -> None:
    with pytest.raises(NotFound):
        engine.render("0" * 64, CUT)
    with pytest.raises(InvalidRecipe):
        engine.render(engine.ingest(coffee).blob, Recipe(steps=(Step(operation="nonesuch"),)))


def test_a_model_name_never_becomes_a_path(engine: Engine, coffee: bytes) -> None:
    blob = engine.ingest(coffee).blob
    for name in ("../../etc/passwd", "/etc/passwd", "u2net\0", "nonesuch"):
        step = Step(operation="remove-background", params={"model": name})
        with pytest.raises(InvalidRecipe):
            engine.render(blob, Recipe(steps=(step,)))


def test_what_transparency_hides_is_not_found(engine: Engine) -> None:
    rgb = np.full((300, 300, 3), (190, 40, 30), np.uint8)  # the product's colour bleeds everywhere
    alpha = np.zeros((300, 300), np.uint8)
    alpha[80:220, 80:220] = 255
    target = io.BytesIO()
    Image.fromarray(np.dstack([rgb, alpha])).save(target, "PNG")
    done = engine.render(engine.ingest(target.getvalue()).blob, CUT)
    mask = np.asarray(Image.open(io.BytesIO(engine.store.get(done.mask_blob or "")))) > 127
    assert (mask == (alpha > 0)).mean() > 0.98


def test_a_cut_out_file_does_not_carry_its_old_ground(engine: Engine, coffee: bytes) -> None:
    done = engine.render(engine.ingest(coffee).blob, find_preset("cutout").recipe)
    pixels = np.asarray(Image.open(io.BytesIO(done.data)))
    assert (pixels[..., 3] == 0).any()
    assert not pixels[pixels[..., 3] == 0][:, :3].any()


def test_the_mask_of_the_original_can_be_put_back(engine: Engine, coffee: bytes) -> None:
    blob = engine.ingest(coffee).blob
    recipe = find_preset("catalog-white").recipe
    first = engine.render(blob, recipe)
    by_hand = Step(operation="use-mask", params={"blob": first.source_mask_blob})
    again = engine.render(blob, recipe.model_copy(update={"steps": (by_hand, *recipe.steps[1:])}))
    one, other = (
        np.asarray(Image.open(io.BytesIO(engine.store.get(done.mask_blob or "")))) > 127 for done in (first, again)
    )
    assert (one & other).sum() / (one | other).sum() > 0.99


@pytest.mark.parametrize("moving", ["flip", "rotate"])
def test_the_original_is_not_judged_by_a_mask_of_the_turned_picture(engine: Engine, coffee: bytes, moving: str) -> None:
    blob = engine.ingest(coffee).blob
    params = {"angle_deg": 180} if moving == "rotate" else {}
    turned = Recipe(steps=(Step(operation=moving, params=params), *CUT.steps))
    assert engine.render(blob, turned).source_mask_blob is None
    assert engine.render(blob, CUT).source_mask_blob is not None


def test_a_result_may_be_larger_than_an_upload(models_dir: Path, tmp_path: Path) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (500, 500, 3)).astype(np.uint8)
    settings = load_settings({"VITRINE_MAX_BYTES": "500000", "VITRINE_MODELS_DIR": str(models_dir)})
    engine = Engine(settings, BlobStore(f"file://{tmp_path}"))
    try:
        done = engine.render(engine.ingest(jpeg(noise)).blob, Recipe(output=OutputSpec(format="png")))
    finally:
        engine.close()
    assert done.bytes > 500_000


def test_a_format_that_cannot_hold_the_result_is_an_error_of_the_recipe(engine: Engine) -> None:
    wide = engine.ingest(jpeg(np.zeros((4, 400, 3), np.uint8))).blob
    stretched = Step(operation="resize", params={"width": 17_000, "height": 170, "enlarge": True})
    with pytest.raises(OutputTooLarge, match="webp"):
        engine.render(wide, Recipe(steps=(stretched,), output=OutputSpec(format="webp")))


@pytest.mark.parametrize("harm", [lambda data: b"", lambda data: data[:-1] + b"x"])
def test_a_damaged_mask_is_found_again(engine: Engine, coffee: bytes, harm: Callable[[bytes], bytes]) -> None:
    blob = engine.ingest(coffee).blob
    first = engine.render(blob, CUT)
    path = engine.store.path(first.mask_blob or "")
    assert path is not None
    path.chmod(0o644)
    path.write_bytes(harm(path.read_bytes()))
    again = engine.render(blob, CUT)
    assert again.cached is False
    assert again.mask_blob == first.mask_blob
    assert not engine.store.verify().flipped


def test_another_arithmetic_is_another_result(engine: Engine, models_dir: Path, coffee: bytes) -> None:
    blob = engine.ingest(coffee).blob
    engine.render(blob, CUT)
    exact = load_settings({"VITRINE_MODEL_PRECISION": "f32", "VITRINE_MODELS_DIR": str(models_dir)})
    other = Engine(exact, engine.store)
    try:
        assert other.render(blob, CUT).cached is False
    finally:
        other.close()


@pytest.mark.parametrize("name", list(all_channels()))
def test_every_channels_preset_passes_its_channel(engine: Engine, coffee: bytes, name: str) -> None:
    checked = engine.check(engine.ingest(coffee).blob, name, recipe=find_preset(name).recipe)
    assert checked.report.failures == ()


def test_a_finished_picture_with_white_parts_passes_and_is_mended_without_harm(engine: Engine) -> None:
    rgb = np.full((1200, 1200, 3), 255, np.uint8)
    rgb[300:900, 200:1000] = (25, 25, 30)
    rgb[700:850, 260:940] = 255  # a white sole
    target = io.BytesIO()
    Image.fromarray(rgb).save(target, "PNG")
    checked = engine.check(engine.ingest(target.getvalue()).blob, "amazon-main", fix=True)
    failed = {row.rule for row in checked.report.rows if row.status == "fail"}
    assert "white-ground" not in failed
    assert "fill" in failed
    assert checked.recipe is not None
    assert "remove-background" not in {step.operation for step in checked.recipe.steps}
    assert checked.report_after is not None
    assert checked.report_after.passed


def test_fixing_for_a_channel_mends_what_can_be_mended(engine: Engine, coffee: bytes) -> None:
    checked = engine.check(engine.ingest(coffee).blob, "amazon-main", fix=True)
    assert checked.report_after is not None
    failed = [sum(row.status == "fail" for row in report.rows) for report in (checked.report, checked.report_after)]
    assert failed[0] > 0
    assert failed[1] == 0


def test_a_picture_is_measured_as_it_is(engine: Engine, coffee: bytes) -> None:
    inspection = engine.inspect(engine.ingest(coffee).blob)
    assert inspection.metrics.width_px == 600
    assert 0 <= inspection.score.value <= 100


def test_an_engine_with_weights_and_a_store_is_ready(engine: Engine) -> None:
    assert engine.ready() == []
