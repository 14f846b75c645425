"""result.csv: what became of each picture, a row each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from pyservice.jobs.results import Rendered
from pyservice.jobs.table import SHORT_NAMES, escaped
from pyservice.recipes import BoundRecipe


class ResultRow(BaseModel):
    """One row; the fields are the columns, in their order. What does not apply is empty.

    Paths are relative to the folder of result.csv. fill_*: the share of the frame that the product covers, by
    its box, its longest side and its own area. channel_failures: ids of the channel's rules, joined by ';'.
    sku and product_group: as the spreadsheet gave them. warnings: of the steps, joined by ' | '.

    Programs may read columns by their place: new ones come at the end.
    """

    model_config = ConfigDict(frozen=True)

    filename: str
    processed_path: str = ""
    mask_path: str = ""
    brightness: float | None = None
    contrast: float | None = None
    sharpness: float | None = None
    fill_ratio: float | None = None
    fill_longest_side: float | None = None
    fill_mask_area: float | None = None
    fill_limited: bool | None = None
    width: int | None = None
    height: int | None = None
    bytes: int | None = None
    quality_before: float | None = None
    quality_after: float | None = None
    review_state: str = ""
    channel_failures: str = ""
    elapsed_ms: float | None = None
    status: Literal["ok", "failed"] = "ok"
    error: str = ""
    sku: str = ""
    product_group: str = ""
    warnings: str = ""


def light_used(bound: BoundRecipe) -> dict[str, float]:
    """Brightness, contrast and sharpness as the recipe sets them; 1, unchanged, where no step does."""
    steps = [step.params.model_dump() for step in bound.steps if step.operation.name == "adjust"]
    return {name: float(steps[-1][name]) if steps else 1.0 for name in SHORT_NAMES}


def result_values(rendered: Rendered) -> dict[str, Any]:
    """The columns that a result tells by itself."""
    fill = rendered.fill
    return {
        "fill_ratio": fill.get("fill_bbox_area"),
        "fill_longest_side": fill.get("fill_longest_side"),
        "fill_mask_area": fill.get("fill_mask_area"),
        "fill_limited": fill.get("fill_limited"),
        "width": rendered.width,
        "height": rendered.height,
        "bytes": rendered.bytes,
        "quality_before": rendered.quality_before,
        "quality_after": rendered.quality_after,
        "review_state": rendered.review_state,
        "elapsed_ms": rendered.elapsed_ms,
        "warnings": " | ".join(rendered.warnings),
    }


def result_csv(rows: Iterable[ResultRow]) -> bytes:
    """The table as UTF-8 text with commas; no cell of it can be a formula.

    With letters beyond ASCII it begins with a byte order mark: Excel, which most sellers open it with, garbles é
    without one, and whatever reads tables for a living skips it. Without such letters it has none, so that a
    script that knows of no mark finds the column `filename` under its name.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(ResultRow.model_fields)
    writer.writerows([_cell(value) for value in row.model_dump().values()] for row in rows)
    # Names from old file systems may hold bytes that are no text.
    text = out.getvalue()
    return text.encode("ascii" if text.isascii() else "utf-8-sig", "replace")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escaped(value) if isinstance(value, str) else format(value, ".10g")
