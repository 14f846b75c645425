"""POST /render runs recipes and presets, and refuses what cannot run before it starts."""

import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from pyservice.api.rendered_header import MAX_BYTES, rendered_header
from pyservice.jobs import Engine, Rendered, StepTold
from pyservice.recipes import find_preset

SMALL = {"steps": [{"operation": "resize", "params": {"width": 120, "height": 80, "fit": "inside"}}]}


def render(client: FlaskClient, blob: str, **wish: Any) -> Any:
    return client.post("/render", json={"blob": blob, **wish})


def test_stores_the_result_and_tells_its_story(client: FlaskClient, shared_engine: Engine, blob: str) -> None:
    answer = render(client, blob, recipe=SMALL)
    assert answer.status_code == 200
    told = answer.get_json()
    assert (told["mime"], told["width"], told["height"]) == ("image/jpeg", 120, 80)
    assert [step["operation"] for step in told["steps"]] == ["resize"]
    assert told["quality_after"] is not None
    assert "data" not in told
    stored = shared_engine.store.get(told["blob"], checked=True)
    assert len(stored) == told["bytes"]
    assert Image.open(io.BytesIO(stored)).size == (120, 80)


def test_answers_the_recipe_with_every_default_written_out(client: FlaskClient, blob: str) -> None:
    step = render(client, blob, recipe=SMALL).get_json()["recipe"]["steps"][0]
    assert step["version"] >= 1
    assert set(step["params"]) > {"width", "height"}


def test_a_repeat_is_a_cache_hit(client: FlaskClient, blob: str) -> None:
    wish = {"steps": SMALL["steps"], "output": {"format": "webp"}}
    first, second = (render(client, blob, recipe=wish).get_json() for _ in range(2))
    assert (first["cached"], second["cached"]) == (False, True)
    assert first["blob"] == second["blob"]


def test_store_false_answers_the_picture_and_keeps_nothing(
    client: FlaskClient, shared_engine: Engine, blob: str
) -> None:
    before = set(shared_engine.store.ids())
    answer = render(client, blob, recipe={"steps": [], "output": {"format": "png"}}, store=False, max_px=64)
    assert answer.mimetype == "image/png"
    assert Image.open(io.BytesIO(answer.data)).size == (64, 43)
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert set(shared_engine.store.ids()) == before


def test_a_picture_comes_with_what_it_took(client: FlaskClient, blob: str) -> None:
    answer = render(client, blob, recipe=SMALL, store=False)
    told = json.loads(answer.headers["Vitrine-Rendered"])
    assert (told["width"], told["height"], told["warnings"]) == (120, 80, [])
    assert [step["operation"] for step in told["steps"]] == ["resize"]
    assert told["elapsed_ms"] >= told["steps"][0]["elapsed_ms"] >= 0


def test_warnings_of_any_length_and_language_fit_into_the_header() -> None:
    steps = tuple(StepTold(operation="remove-background", elapsed_ms=12345.67) for _ in range(50))
    warnings = tuple(f"{number} Ärger, 背景\n{'×' * 1000}" for number in range(20))
    rendered = Rendered(mime="image/png", width=1, height=1, bytes=1, steps=steps, warnings=warnings, elapsed_ms=1)
    header = rendered_header(rendered)
    assert header.isascii()
    assert header.isprintable()
    assert len(header) <= MAX_BYTES
    alone = json.loads(rendered_header(rendered.model_copy(update={"steps": ()})))["warnings"]
    assert alone[0].startswith("0 Ärger, 背景\n×××")
    assert alone[0].endswith("…")


def test_the_mask_of_a_recipe_without_a_product_is_a_problem(client: FlaskClient, blob: str) -> None:
    answer = render(client, blob, recipe=SMALL, store=False, part="source_mask")
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (422, "no_product")


def test_a_mask_is_answered_and_never_stored(client: FlaskClient, blob: str) -> None:
    answer = render(client, blob, recipe=SMALL, part="source_mask")
    assert (answer.status_code, answer.get_json(force=True)["code"]) == (400, "invalid_request")


def test_the_mask_of_a_recipe_is_a_grey_picture_in_the_frame_of_the_original(
    client_with_weights: FlaskClient, photo: bytes
) -> None:
    blob = client_with_weights.post("/blobs", data=photo).get_json()["id"]
    answer = render(client_with_weights, blob, preset="catalog-white", store=False, part="source_mask", max_px=300)
    mask = Image.open(io.BytesIO(answer.data))
    assert (answer.mimetype, mask.mode, mask.size) == ("image/png", "L", (300, 200))
    assert mask.getextrema() == (0, 255)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_answers_the_picture_to_who_accepts_pictures(client: FlaskClient, blob: str) -> None:
    answer = client.post("/render", json={"blob": blob, "recipe": SMALL}, headers={"Accept": "image/*"})
    assert answer.mimetype == "image/jpeg"
    assert Image.open(io.BytesIO(answer.data)).size == (120, 80)


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/json, image/*;q=0.5"])
def test_answers_json_to_the_others(client: FlaskClient, blob: str, accept: str) -> None:
    answer = client.post("/render", json={"blob": blob, "recipe": SMALL}, headers={"Accept": accept})
    assert answer.mimetype == "application/json"


@pytest.mark.parametrize(
    ("recipe", "named"),
    [
        ({"steps": [{"operation": "teleport"}]}, "teleport"),
        ({"steps": [{"operation": "resize", "params": {"widht": 10}}]}, "widht"),
        ({"steps": [{"operation": "rotate", "params": {"angle_deg": "a lot"}}]}, "angle_deg"),
        ({"steps": [], "extras": {"model_path": "/etc/passwd"}}, "extras"),
        ({"steps": [{"operation": "flip"}] * 51}, "steps"),
        ({"output": {"format": "exe"}}, "format"),
    ],
)
def test_names_what_is_wrong_in_a_recipe(client: FlaskClient, blob: str, recipe: dict[str, Any], named: str) -> None:
    answer = render(client, blob, recipe=recipe)
    assert answer.status_code == 400
    assert answer.get_json(force=True)["code"] == "invalid_recipe"
    assert named in answer.get_json(force=True)["detail"]


def test_a11_a_huge_result_is_refused(client: FlaskClient, blob: str) -> None:
    huge = {"steps": [{"operation": "resize", "params": {"width": 100_000, "height": 100_000}}]}
    answer = render(client, blob, recipe=huge)
    assert answer.status_code in (400, 422)
    assert answer.get_json(force=True)["code"] in ("invalid_recipe", "output_too_large")


def test_an_unknown_preset_is_404_with_the_known_ones(client: FlaskClient, blob: str) -> None:
    answer = render(client, blob, preset="no-such-preset")
    assert answer.status_code == 404
    assert "catalog-white" in answer.get_json(force=True)["detail"]


def test_an_unknown_blob_is_404(client: FlaskClient) -> None:
    assert render(client, "f" * 64, recipe=SMALL).status_code == 404


def test_d13_a_model_is_a_known_name_never_a_path(client: FlaskClient, blob: str) -> None:
    step = {"operation": "remove-background", "params": {"model": "../../etc/passwd"}}
    answer = render(client, blob, recipe={"steps": [step]})
    assert answer.status_code == 400
    assert answer.get_json(force=True)["code"] == "invalid_recipe"


def test_a_preset_without_its_weights_is_503(client: FlaskClient, blob: str) -> None:
    answer = render(client, blob, preset="catalog-white")
    assert answer.status_code == 503
    assert answer.get_json(force=True)["code"] == "model_unavailable"


def test_a_preset_makes_a_white_square_with_its_mask(client_with_weights: FlaskClient, photo: bytes) -> None:
    client = client_with_weights
    blob = client.post("/blobs", data=photo).get_json()["id"]
    told = render(client, blob, preset="catalog-white").get_json()
    result = Image.open(io.BytesIO(client.get(f"/blobs/{told['blob']}").data))
    assert result.width == result.height
    assert result.getpixel((2, 2)) == (255, 255, 255)
    mask = client.get(f"/blobs/{told['mask_blob']}")
    assert mask.mimetype == "image/png"
    assert Image.open(io.BytesIO(mask.data)).size == result.size


def test_a_mode_looks_at_the_picture_first(client_with_weights: FlaskClient, photo: bytes) -> None:
    client = client_with_weights
    blob = client.post("/blobs", data=photo).get_json()["id"]
    metrics = client.post("/inspect", json={"blob": blob}).get_json()["metrics"]
    preset = find_preset("auto")
    assert preset.rules
    expected = [step.operation for step in preset.recipe_for(metrics).steps]
    assert expected
    told = render(client, blob, preset="auto").get_json()
    assert [step["operation"] for step in told["recipe"]["steps"]] == expected
    assert [step["operation"] for step in told["steps"]] == expected
