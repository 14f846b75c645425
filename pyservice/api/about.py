"""GET /about: what the gateway must know of this service to work with it."""

from __future__ import annotations

import shutil
from pathlib import Path

from flask import Blueprint, Response

from pyservice import __version__
from pyservice.api.answers import json_answer
from pyservice.api.service import current_service

about = Blueprint("about", __name__)


@about.get("/about")
def tell() -> Response:
    """Version, limits, places, and the folder where blobs can be read without asking (null: nowhere on this disk)."""
    service = current_service()
    settings, folder = service.settings, service.engine.store.folder
    return json_answer(
        {
            "version": __version__,
            "max_bytes": settings.max_bytes,
            "max_pixels": settings.max_pixels,
            "max_archive_bytes": settings.max_archive_bytes,
            "concurrency": settings.concurrency,
            "queue": settings.queue,
            "blob_dir": None if folder is None else str(folder),
            "disk": None if folder is None else _room(folder),
        }
    )


def _room(folder: Path) -> dict[str, int]:
    """Bytes of the disk below the folder: those that are free for us, and all of them."""
    usage = shutil.disk_usage(folder)
    return {"free_bytes": usage.free, "total_bytes": usage.total}
