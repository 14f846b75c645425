"""POST /inspect measures a blob."""

from __future__ import annotations

from flask import Blueprint, Response

from pyservice.api.answers import json_answer
from pyservice.api.body import Body, read_json
from pyservice.api.service import current_service
from pyservice.operations.fields import BlobId

inspections = Blueprint("inspections", __name__)


class InspectBody(Body):
    """Which blob to measure."""

    blob: BlobId


@inspections.post("/inspect")
def inspect() -> Response:
    """Facts, metrics, gates and score of a picture as it is."""
    service = current_service()
    body = read_json(InspectBody)
    with service.places.taken():
        return json_answer(service.engine.inspect(body.blob))
