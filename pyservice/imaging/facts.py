"""What a file says about its picture, before a pixel is decoded."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

InputFormat = Literal["jpeg", "png", "webp", "avif", "heif", "tiff", "bmp", "gif"]

MIME_TYPES: dict[InputFormat, str] = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
    "heif": "image/heif",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
    "gif": "image/gif",
}


class Facts(BaseModel):
    """Facts of an original, taken from its header. `exif` holds a short allow-list, never a place."""

    model_config = ConfigDict(frozen=True)

    format: InputFormat = Field(description="Format by content, whatever the file is called.")
    mime: str
    bytes: int = Field(description="Size of the file.")
    width: int = Field(ge=1, description="Pixels from left to right once upright.")
    height: int = Field(ge=1, description="Pixels from top to bottom once upright.")
    frames: int = Field(default=1, description="Frames or pages; only the first is used.")
    color_model: str = Field(description="How colours are stored: RGB, CMYK, L, LA, P, I;16, …")
    has_alpha: bool = False
    bits_per_channel: int = 8
    icc: str | None = Field(default=None, description="Name of the embedded colour profile.")
    exif_orientation: int = Field(default=1, ge=1, le=8)
    progressive: bool = False
    jpeg_quality: int | None = Field(default=None, description="Estimated from the quantisation tables.")
    exif: dict[str, str | int | float | bool] = Field(default_factory=dict)
