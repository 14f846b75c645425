"""Kinds of parameter that several operations share, each with its meaning in the schema."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

PX: dict[str, Any] = {"unit": "px"}
# The size a result shall have: a preview bounds it by Context.max_px instead of scaling it.
RESULT_PX: dict[str, Any] = {"unit": "px", "result_size": True}
DEG: dict[str, Any] = {"unit": "°"}
# Dragged over a grid that lies on the picture.
ANGLE: dict[str, Any] = {**DEG, "control": "angle"}
PERCENT: dict[str, Any] = {"unit": "%"}
KELVIN: dict[str, Any] = {"unit": "K"}
# One of the weights for this task, by id, or auto.
PRODUCT_MODEL: dict[str, Any] = {"control": "model", "task": "product-mask"}
# All parameters of an operation together: x, y, width, height and unit are a box on the picture.
BOX: dict[str, Any] = {"control": "box"}
# Likewise: kind, color, color_to, blob and blur_radius_px are what lies behind the product.
BACKDROP: dict[str, Any] = {"control": "backdrop"}


def _color(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValueError("Expected a color like #ffffff")
    return value.lower()


def _aspect(value: str) -> str:
    match = re.fullmatch(r"(\d{1,4}(?:\.\d{1,3})?):(\d{1,4}(?:\.\d{1,3})?)", value)
    if not match or not 0.05 <= ratio(value) <= 20:
        raise ValueError("Expected an aspect like 4:3, between 1:20 and 20:1")
    return value


def _blob(value: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", value):
        raise ValueError("Expected a blob id (64 hexadecimal digits)")
    return value


Color = Annotated[str, AfterValidator(_color), Field(json_schema_extra={"control": "color"})]
Aspect = Annotated[str, AfterValidator(_aspect), Field(json_schema_extra={"control": "aspect"})]
BlobId = Annotated[str, AfterValidator(_blob), Field(json_schema_extra={"control": "blob"})]
# Painted over the original: white is product.
MaskId = Annotated[str, AfterValidator(_blob), Field(json_schema_extra={"control": "mask"})]

Place = Literal["center", "top", "bottom", "left", "right", "top-left", "top-right", "bottom-left", "bottom-right"]
# Where a place lies, across and down: 0 is left and top, 1 right and bottom.
PLACES: dict[str, tuple[float, float]] = {
    "center": (0.5, 0.5),
    "top": (0.5, 0),
    "bottom": (0.5, 1),
    "left": (0, 0.5),
    "right": (1, 0.5),
    "top-left": (0, 0),
    "top-right": (1, 0),
    "bottom-left": (0, 1),
    "bottom-right": (1, 1),
}


def rgb(color: str) -> tuple[int, int, int]:
    """'#rrggbb' as three numbers 0…255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def ratio(aspect: str) -> float:
    """'W:H' as width divided by height; 0 where H is 0."""
    width, height = (float(part) for part in aspect.split(":"))
    return width / height if height else 0.0
