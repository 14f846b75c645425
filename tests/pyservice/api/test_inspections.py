"""POST /inspect measures, POST /check judges."""

import io

from flask.testing import FlaskClient
from PIL import Image, ImageDraw


def cut_out() -> bytes:
    """A dark disc on nothing: its transparency says where the product is, so no weights are needed."""
    picture = Image.new("RGBA", (1200, 1200), (255, 255, 255, 0))
    ImageDraw.Draw(picture).ellipse((100, 100, 1100, 1100), fill=(40, 60, 120, 255))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def stored(client: FlaskClient) -> str:
    return str(client.post("/blobs", data=cut_out()).get_json()["id"])


def test_inspect_answers_facts_metrics_gates_and_score(client: FlaskClient) -> None:
    answer = client.post("/inspect", json={"blob": stored(client)})
    assert answer.status_code == 200
    told = answer.get_json()
    assert told["facts"]["width"] == 1200
    assert told["facts"]["has_alpha"] is True
    assert 0 <= told["score"]["value"] <= 100
    assert told["metrics"]
    assert told["gates"]


def test_inspect_of_an_unknown_blob_is_404(client: FlaskClient) -> None:
    assert client.post("/inspect", json={"blob": "f" * 64}).status_code == 404


def test_inspect_without_weights_is_503(client: FlaskClient, blob: str) -> None:
    answer = client.post("/inspect", json={"blob": blob})
    assert answer.status_code == 503
    assert answer.get_json(force=True)["code"] == "model_unavailable"
