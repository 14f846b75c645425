"""A data folder as the gateway leaves it, without the services: rows go in through the gateway's own program."""

import hashlib
import io
import json
from pathlib import Path
from typing import Any

from pyservice.cli.metadata import export_metadata
from pyservice.storage import BlobStore

Row = dict[str, Any]


def dump_of(*rows: tuple[str, Row]) -> bytes:
    """The text that the gateway's program takes in."""
    header = {"vitrine": "metadata", "format": 1, "version": 2, "holding": ["images", "versions", "recipes"]}
    lines = "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in (header, *rows)).encode()
    trailer = {"rows": len(rows), "sha256": hashlib.sha256(lines).hexdigest()}
    return lines + json.dumps(trailer).encode() + b"\n"


def image(number: int, *blobs: str) -> tuple[str, Row]:
    """An image that needs these blobs."""
    row = {"id": f"image{number}", "revision": 1, "owner": "anna", "blob": blobs[0], "blobs": list(blobs)}
    return "images", row | {"name": f"Vase {number} \u2028 für „dich“.jpg", "state": "active", "uploaded_at": "2026"}


def user(name: str, email: str) -> tuple[str, Row]:
    """An account."""
    return "users", {"id": name, "revision": 1, "email": email}


def exported(folder: Path) -> bytes:
    """All metadata, as text."""
    path = folder / "exported.ndjson"
    with path.open("w+b") as file:
        assert export_metadata(file)
    return path.read_bytes()


def loaded(dump: bytes, folder: Path) -> None:
    """Put the text into the store."""
    from pyservice.cli.metadata import import_metadata

    path = folder / "to-load.ndjson"
    path.write_bytes(dump)
    with path.open("rb") as file:
        import_metadata(file)


def contents(store: BlobStore) -> dict[str, bytes]:
    """Every blob with its bytes."""
    return {blob: store.get(blob) for blob in store.ids()}


def archive_of(*members: tuple[str, bytes], kind: bytes | None = None) -> bytes:
    """A tar file of these."""
    import tarfile

    to = io.BytesIO()
    with tarfile.open(fileobj=to, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            if kind is not None:
                info.type, info.size, info.linkname = kind, 0, "/etc/passwd"
            tar.addfile(info, io.BytesIO(data))
    return to.getvalue()
