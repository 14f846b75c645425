import io

import numpy as np
import pytest
import skimage.data
from PIL import Image

from pyservice.errors import BrokenImage, CorruptBlob, InvalidRecipe, NotFound, UnsupportedFormat
from pyservice.imaging import OutputSpec
from pyservice.jobs import Engine
from pyservice.recipes import Recipe, Step, find_preset

CUT = Recipe(steps=(Step(operation="remove-background", params={"model": "u2netp"}), Step(operation="background")))


def jpeg(rgb: np.ndarray, **save: object) -> bytes:
    target = io.BytesIO()
    Image.fromarray(rgb).save(target, "JPEG", quality=92, **save)
    return target.getvalue()


def shown(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


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
