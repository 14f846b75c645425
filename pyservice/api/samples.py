"""GET /samples tells which photos there are to try the studio with; POST /samples/<name> takes one in."""

from __future__ import annotations

from flask import Blueprint, Response

from pyservice.api.answers import json_answer
from pyservice.api.blobs import ingested_answer
from pyservice.api.service import current_service
from pyservice.jobs.samples import SAMPLES, find_sample

samples = Blueprint("samples", __name__, url_prefix="/samples")


@samples.get("")
def list_samples() -> Response:
    """Names, and the SKUs that belong to them."""
    return json_answer({"items": [{"name": sample.name, "sku": sample.sku} for sample in SAMPLES.values()]})


@samples.post("/<name>")
def add_sample(name: str) -> Response:
    """Store the photo of that name, and answer as POST /blobs does. 201 new, 200 known."""
    service = current_service()
    sample = find_sample(name)
    with service.places.taken():
        proven = service.engine.prove(sample.photo())
    return ingested_answer(service.engine.keep(proven))
