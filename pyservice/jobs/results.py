"""What the engine answers: shapes that the API and the command line share."""

from __future__ import annotations

import builtins
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pyservice.imaging import Facts
from pyservice.quality import GateResult, Metrics, Score, Verdict
from pyservice.recipes import CheckReport, Recipe


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class Ingested(_Answer):
    """An original that was taken in. created: its bytes were not here before. thumbhash: base64."""

    blob: str
    facts: Facts
    thumb: str
    thumbhash: str
    created: bool


class StepTold(_Answer):
    """One step as it ran: milliseconds, what it found, what a person should know."""

    operation: str
    elapsed_ms: float
    report: dict[str, Any] = Field(default_factory=dict)
    warnings: tuple[str, ...] = ()


class Seen(_Answer):
    """The box around what can be seen of a transparent picture, in px."""

    left: int
    top: int
    width: int
    height: int


class Rendered(_Answer):
    """A result. Blob ids are empty where nothing was kept (a preview); quality is missing there too.

    data holds the encoded picture for the caller in this process and never goes into JSON. seen is told of what was
    just made and is transparent.
    """

    blob: str | None = None
    mask_blob: str | None = None
    source_mask_blob: str | None = Field(
        None, description="The product in the original's own frame: what use-mask takes after a person edited it."
    )
    thumb: str | None = None
    thumbhash: str | None = None
    mime: str
    width: int
    height: int
    bytes: int
    steps: tuple[StepTold, ...] = ()
    warnings: tuple[str, ...] = ()
    # Those of them that send it to a person.
    doubts: tuple[str, ...] = ()
    quality_before: float | None = None
    quality_after: float | None = None
    quality: Score | None = None
    gates: tuple[GateResult, ...] = ()
    review_state: Verdict | Literal["rendered"] = "rendered"
    fill: dict[str, Any] = Field(default_factory=dict)
    white_purity: float | None = Field(
        None, description="Share of a white ground that is exactly 255 after decoding; empty for other grounds."
    )
    elapsed_ms: float
    cached: bool = False
    seen: Seen | None = Field(default=None, exclude=True)
    data: builtins.bytes = Field(default=b"", exclude=True, repr=False)


class Inspection(_Answer):
    """What can be said about a stored picture."""

    facts: Facts
    metrics: Metrics
    score: Score
    gates: list[GateResult]
    verdict: Verdict


class Checked(_Answer):
    """A channel's verdict, and, where a fix was asked for, the mended picture and its verdict."""

    channel: str
    report: CheckReport
    rendered: Rendered | None = None
    recipe: Recipe | None = None
    fixed: Rendered | None = None
    report_after: CheckReport | None = None
