"""Zips of small pictures, sent to a service, and what it tells, keeps and leaves."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

Entries = dict[str, bytes]


def picture(shade: int, size: tuple[int, int] = (40, 30)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (shade, 0, 200)).save(file, "PNG")
    return file.getvalue()


def zipped(entries: Entries | list[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items() if isinstance(entries, dict) else entries:
            archive.writestr(name, data)
    return file.getvalue()


def ask(client: FlaskClient, data: bytes) -> TestResponse:
    return client.post("/archives", data=data, content_type="application/zip")


def told(answer: TestResponse) -> dict[str, dict[str, Any]]:
    assert answer.status_code == 200, answer.data
    *lines, end = [json.loads(line) for line in answer.data.splitlines()]
    assert end == {"end": True}
    return {line["name"]: line for line in lines if "beat" not in line}


def stored(client: FlaskClient) -> list[str]:
    return sorted(client.application.extensions["vitrine"].engine.store.ids())


def left_over(client: FlaskClient) -> list[Path]:
    """Files outside the store."""
    data_dir: Path = client.application.extensions["vitrine"].settings.data_dir
    return [path for path in data_dir.rglob("*") if path.is_file() and "blobs" not in path.parts]
