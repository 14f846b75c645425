"""What a result file must be: the output part of a recipe."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

OutputFormat = Literal["jpeg", "png", "webp", "avif"]

BYTES: dict[str, JsonValue] = {"unit": "B"}

EXTENSIONS: dict[OutputFormat, str] = {"jpeg": ".jpg", "png": ".png", "webp": ".webp", "avif": ".avif"}


class OutputSpec(BaseModel):
    """Format, quality, byte band and metadata of a result file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: OutputFormat = Field("jpeg", description="PNG, WebP and AVIF keep transparency. JPEG is read everywhere.")
    quality: int = Field(
        92, ge=1, le=100, description="Higher looks better and takes more bytes. PNG loses nothing and ignores it."
    )
    max_bytes: int | None = Field(
        None,
        ge=1_000,
        le=100_000_000,
        title="At most",
        description="Lower the quality until the file is at most this large.",
        json_schema_extra=BYTES,
    )
    min_bytes: int | None = Field(
        None,
        ge=1,
        le=100_000_000,
        title="At least",
        description="Raise the quality until the file is at least this large.",
        json_schema_extra=BYTES,
    )
    pure_white: bool = Field(
        True,
        title="Keep white pure",
        description="Keep a white ground exactly 255 in a JPEG; takes more time and bytes.",
    )
    progressive: bool = Field(False, description="A JPEG that is seen as a whole while it is still loading.")
    metadata: Literal["keep", "copyright", "none"] = Field(
        "copyright", description="Which notes of the original are kept; where it was taken never is."
    )
    color_space: Literal["srgb"] = Field("srgb", description="Colour space of the result.")

    @model_validator(mode="after")
    def _band_is_ordered(self) -> Self:
        if self.min_bytes and self.max_bytes and self.min_bytes >= self.max_bytes:
            raise ValueError(f"Expected min_bytes < max_bytes, received {self.min_bytes} and {self.max_bytes}")
        return self
