"""One original through one recipe: decode, run, encode, judge, keep."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from pyservice.imaging import Decoded, Facts, Limits, Picture, decode, encode, make_thumb, white_is_pure
from pyservice.imaging.facts import MIME_TYPES
from pyservice.imaging.flatten import on_white
from pyservice.imaging.geometry import resized_within
from pyservice.imaging.product import product_box, product_fill
from pyservice.imaging.pure_white import has_white_ground
from pyservice.jobs.masks import mask_png
from pyservice.jobs.results import Rendered, Seen, StepTold
from pyservice.operations import ProductMask
from pyservice.quality import GateResult, Metrics, gates, measure, score, verdict
from pyservice.recipes import BoundRecipe, Rendering, Run
from pyservice.storage import BlobStore

_MEASURED_PX = 1600
# A twentieth: whoever cuts there loses nothing that anybody sees.
_TRACE = 12
# Our own results are no strangers: they may have more bytes or scans than an upload.
RESULT_LIMITS = Limits(max_bytes=2_000_000_000, progressive_max_pixels=100_000_000)


@dataclass(frozen=True)
class Made:
    """A result fresh from the recipe. data: its encoded bytes."""

    original: Decoded
    rendering: Rendering
    data: bytes
    started: float

    @property
    def agreement(self) -> float | None:
        """How far two networks agreed on the product, if two looked."""
        found = self.rendering.original_mask
        return None if found is None else found.report.get("agreement")


def make(original: Decoded, bound: BoundRecipe, run: Run, *, quick: bool = False) -> Made:
    """Run the recipe on a decoded original and encode what comes out; quick: for a look at it only."""
    started = time.perf_counter()
    rendering = run.render(bound)
    data = encode(
        rendering.picture,
        bound.output,
        original.metadata,
        generative=rendering.generative,
        quick=quick,
    )
    return Made(original, rendering, data, started)


def taken_apart(original: Decoded, bound: BoundRecipe, run: Run, part: Literal["alpha", "colors"]) -> Rendered:
    """Half of a result: its transparency as a grey PNG (white is opaque), or its colours without it."""
    started = time.perf_counter()
    rendering = run.render(bound)
    picture = rendering.picture
    if part == "alpha":
        opaque = np.full((picture.height, picture.width), 255, np.uint8)
        data = mask_png(opaque if picture.alpha is None else picture.alpha)
        return told(Made(original, rendering, data, started), "image/png")
    data = encode(picture.with_alpha(None), bound.output, original.metadata, generative=rendering.generative)
    return told(Made(original, rendering, data, started), MIME_TYPES[bound.output.format])


def told(made: Made, mime: str) -> Rendered:
    """What is known of a result without measuring it: enough for a preview."""
    steps = made.rendering.steps
    return Rendered(
        mime=mime,
        width=made.rendering.picture.width,
        height=made.rendering.picture.height,
        bytes=len(made.data),
        steps=tuple(
            StepTold(
                operation=step.operation,
                elapsed_ms=step.elapsed_ms,
                report=step.report,
                warnings=step.warnings,
            )
            for step in steps
        ),
        warnings=tuple(warning for step in steps for warning in step.warnings),
        doubts=tuple(doubt for step in steps for doubt in step.doubts),
        fill=made.rendering.report("frame") or _fill(made.rendering.picture),
        elapsed_ms=round((time.perf_counter() - made.started) * 1000, 2),
        seen=_seen(made.rendering.picture),
        data=made.data,
    )


def _seen(picture: Picture) -> Seen | None:
    """Where a transparent picture shows something; a soft edge counts, its last trace does not."""
    box = None if picture.alpha is None else product_box(picture.alpha, above=_TRACE)
    return None if box is None else Seen(left=box.left, top=box.top, width=box.width, height=box.height)


def _fill(picture: Picture) -> dict[str, Any]:
    """How much of the picture the product covers, where no step framed it."""
    fill = None if picture.mask is None else product_fill(picture.mask)
    return {} if fill is None else {f"fill_{name}": round(value, 4) for name, value in asdict(fill).items()}


def kept(made: Made, mime: str, store: BlobStore, *, with_thumb: bool) -> Rendered:
    """Store a result and its mask, and judge what a reader of the file will see."""
    mask = made.rendering.picture.mask
    final = decode(made.data, RESULT_LIMITS)
    source_mask = made.rendering.original_mask
    thumb = make_thumb(final.picture) if with_thumb else None
    metrics = measure(final.picture.with_mask(mask), final.facts, made.agreement)
    before = _measured_original(made)
    judged, tried = score(metrics), (*gates(metrics), *_failed_before(before))
    known = told(made, mime)
    return known.model_copy(
        update={
            "blob": store.put(made.data),
            "mask_blob": None if mask is None else store.put(mask_png(mask)),
            "source_mask_blob": None if source_mask is None else _touched(source_mask, store),
            "thumb": thumb and store.put(thumb.data),
            "thumbhash": thumb and thumb.thumbhash,
            "quality_before": score(before).value,
            "quality_after": judged.value,
            "quality": judged,
            "gates": tried,
            "review_state": verdict(judged, tried, known.doubts),
            "white_purity": _white_purity(made.rendering.picture, final.picture),
            "elapsed_ms": round((time.perf_counter() - made.started) * 1000, 2),
        }
    )


def _touched(mask: ProductMask, store: BlobStore) -> str:
    """A mask that was remembered may be old; a result that names it makes it young."""
    if mask.blob is not None and store.touch(mask.blob):
        return mask.blob
    return store.put(mask_png(mask.plane))


def _white_purity(made: Picture, seen: Picture) -> float | None:
    """How much of a white ground a reader of the file sees as white; None where the ground is another."""
    return white_is_pure(made, seen) if has_white_ground(on_white(made)) else None


def _measured_original(made: Made) -> Metrics:
    picture, found = made.original.picture, made.rendering.original_mask
    return measured(picture if found is None else picture.with_mask(found.plane), made.original.facts, made.agreement)


def measured(picture: Picture, facts: Facts, agreement: float | None) -> Metrics:
    """Measure an original at no more than 1600 px, about what a buyer sees; its true size is told.

    At 24 megapixels this takes a tenth of the time, and grain that nobody will see does not count.
    """
    size = {"width_px": picture.width, "height_px": picture.height, "long_side_px": picture.long_side}
    return measure(resized_within(picture, _MEASURED_PX), facts, agreement).model_copy(update=size)


def _failed_before(metrics: Metrics) -> tuple[GateResult, ...]:
    """Gates that the original fails: enlarging and smoothing hide a fault from a measure, not from a buyer."""
    return tuple(
        gate.model_copy(update={"name": f"original-{gate.name}"}) for gate in gates(metrics) if not gate.passed
    )
