"""What of an original's metadata may survive into a result."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Metadata(BaseModel):
    """Metadata fit for a result: made by decode, used by encode. No place, no preview, no maker notes.

    exif: an Exif block (TIFF bytes without the `Exif` prefix) of allow-listed tags, or empty.
    digital_source_type: the IPTC term (a URI) that the original declared in its XMP.
    """

    model_config = ConfigDict(frozen=True, ser_json_bytes="base64", val_json_bytes="base64")

    exif: bytes = b""
    copyright: str | None = None
    artist: str | None = None
    digital_source_type: str | None = None
