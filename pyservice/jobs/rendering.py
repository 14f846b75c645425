"""One original through one recipe: decode, run, encode, judge, keep."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from pyservice.imaging import Decoded, Limits, Picture, decode, encode, white_is_pure
from pyservice.imaging.geometry import resized_within
from pyservice.jobs.masks import MaskFinder, mask_png
from pyservice.jobs.results import Rendered, StepTold
from pyservice.operations import MaskWish, ProductMask
from pyservice.quality import GateResult, Metrics, gates, measure, score, verdict
from pyservice.recipes import BoundRecipe, Rendering, render
from pyservice.recipes.run import OpenBlob
from pyservice.storage import BlobStore

_MEASURED_PX = 1600


@dataclass
class _Witness:
    """Passes mask wishes on and remembers the first answer: it is the product in the original."""

    masks: MaskFinder
    first: ProductMask | None = None

    def find(self, picture: Picture, wish: MaskWish, history: str) -> ProductMask:
        found = self.masks.find(picture, wish, history)
        self.first = self.first or found
        return found


@dataclass(frozen=True)
class Made:
    """A result fresh from the recipe. data: its encoded bytes. product: the first mask that was found."""

    original: Decoded
    rendering: Rendering
    data: bytes
    product: ProductMask | None
    started: float = field(default_factory=time.perf_counter)

    @property
    def agreement(self) -> float | None:
        """How far two networks agreed on the product, if two looked."""
        return None if self.product is None else self.product.report.get("agreement")


def make(
    original: Decoded,
    bound: BoundRecipe,
    *,
    source: str,
    masks: MaskFinder,
    open_blob: OpenBlob,
    max_px: int | None,
) -> Made:
    """Run the recipe on a decoded original and encode what comes out."""
    started = time.perf_counter()
    witness = _Witness(masks)
    rendering = render(
        original.picture,
        bound,
        find_mask=witness.find,
        open_blob=open_blob,
        source=source,
        scale=original.scale,
        max_px=max_px,
    )
    data = encode(rendering.picture, bound.output, original.metadata, generative=rendering.generative)
    return Made(original, rendering, data, witness.first, started)


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
        fill=made.rendering.report("frame"),
        elapsed_ms=round((time.perf_counter() - made.started) * 1000, 2),
        data=made.data,
    )


def kept(made: Made, mime: str, store: BlobStore, limits: Limits) -> Rendered:
    """Store a result and its mask, and judge what a reader of the file will see."""
    mask = made.rendering.picture.mask
    final = decode(made.data, limits)
    metrics = measure(final.picture.with_mask(mask), final.facts, made.agreement)
    before = _measured_original(made)
    judged, tried = score(metrics), (*gates(metrics), *_failed_before(before))
    return told(made, mime).model_copy(
        update={
            "blob": store.put(made.data),
            "mask_blob": None if mask is None else store.put(mask_png(mask)),
            "quality_before": score(before).value,
            "quality_after": judged.value,
            "quality": judged,
            "gates": tried,
            "review_state": verdict(judged, tried),
            "white_purity": white_is_pure(made.rendering.picture, final.picture),
            "elapsed_ms": round((time.perf_counter() - made.started) * 1000, 2),
        }
    )


def _measured_original(made: Made) -> Metrics:
    """The original by the same measures as the result."""
    picture = made.original.picture
    if made.product is not None and made.product.plane.shape == (picture.height, picture.width):
        picture = picture.with_mask(made.product.plane)
    facts = made.original.facts
    return measure(resized_within(picture, _MEASURED_PX), facts, made.agreement)


def _failed_before(metrics: Metrics) -> tuple[GateResult, ...]:
    """Gates that the original fails: enlarging and smoothing hide a fault from a measure, not from a buyer."""
    return tuple(
        gate.model_copy(update={"name": f"original-{gate.name}"}) for gate in gates(metrics) if not gate.passed
    )
