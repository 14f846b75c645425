"""A mask goes out, is edited, and comes back in (docs/how-to/edit-a-mask.md)."""

import io
from typing import Any

import numpy as np
from flask.testing import FlaskClient
from PIL import Image, ImageDraw


def mask_of(client: FlaskClient, blob: str) -> Any:
    return np.asarray(Image.open(io.BytesIO(client.get(f"/blobs/{blob}").data)).convert("L"))


def test_an_edited_mask_takes_the_networks_place(client_with_weights: FlaskClient, photo: bytes) -> None:
    client = client_with_weights
    blob = client.post("/blobs", data=photo).get_json()["id"]
    first = client.post("/render", json={"blob": blob, "preset": "catalog-white"}).get_json()

    mask = Image.open(io.BytesIO(client.get(f"/blobs/{first['source_mask_blob']}").data)).convert("L")
    assert mask.size == Image.open(io.BytesIO(photo)).size
    left, top, _, _ = mask.point(lambda level: 255 * (level > 127)).getbbox()
    ImageDraw.Draw(mask).rectangle((left, top, left + 3, top + 3), fill=0)
    edited = io.BytesIO()
    mask.save(edited, "PNG")
    edited_blob = client.post("/blobs", data=edited.getvalue()).get_json()["id"]
    assert edited_blob != first["source_mask_blob"]

    recipe = first["recipe"]
    use_mask = {"operation": "use-mask", "params": {"blob": edited_blob}}
    recipe["steps"] = [use_mask if step["operation"] == "remove-background" else step for step in recipe["steps"]]
    second = client.post("/render", json={"blob": blob, "recipe": recipe}).get_json()
    assert "use-mask" in [step["operation"] for step in second["steps"]]
    assert not any("mask" in warning for warning in second["warnings"])
    one, other = (mask_of(client, told["mask_blob"]) > 127 for told in (first, second))
    assert (one & other).sum() / (one | other).sum() > 0.99
