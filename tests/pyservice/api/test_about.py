"""The gateway learns limits, places and where the blobs lie."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from pyservice import __version__


def test_tells_limits_and_where_blobs_lie(client: FlaskClient, shared_folder: Path, blob: str, photo: bytes) -> None:
    told = client.get("/about").get_json()
    folder, disk = Path(told.pop("blob_dir")), told.pop("disk")
    assert told == {
        "version": __version__,
        "max_bytes": 50_000_000,
        "max_pixels": 100_000_000,
        "max_archive_bytes": 8_000_000_000,
        "concurrency": 2,
        "queue": 8,
    }
    assert folder == shared_folder / "data/blobs"
    assert 0 < disk["free_bytes"] < disk["total_bytes"]
    assert (folder / blob[:2] / blob[2:4] / blob).read_bytes() == photo


def test_names_no_folder_where_blobs_are_elsewhere(
    make_app: Callable[..., Flask], signed_in: Callable[[Flask], FlaskClient]
) -> None:
    client = signed_in(make_app(blob_url="memory://about"))
    told = client.get("/about").get_json()
    assert (told["blob_dir"], told["disk"]) == (None, None)


def test_strangers_are_told_nothing(stranger: FlaskClient) -> None:
    assert stranger.get("/about").status_code == 401
