"""One original through one recipe: decode, run, encode, judge, keep."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from pyservice.imaging import Decoded, Facts, Limits, Picture, decode, encode, white_is_pure
from pyservice.imaging.geometry import resize_picture
from pyservice.jobs.masks import MaskFinder, mask_png
from pyservice.jobs.results import Rendered, StepTold
from pyservice.operations import MaskWish, ProductMask
from pyservice.quality import gates, measure, score, verdict
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
    seen = final.picture.with_mask(mask)
    metrics = measure(seen, final.facts, made.agreement)
    judged, tried = score(metrics), gates(metrics)
    return told(made, mime).model_copy(
        update={
            "blob": store.put(made.data),
            "mask_blob": None if mask is None else store.put(mask_png(mask)),
            "quality_before": _before(made, made.original.facts),
            "quality_after": judged.value,
            "quality": judged,
            "gates": tuple(tried),
            "review_state": verdict(judged, tried),
            "white_purity": white_is_pure(made.rendering.picture, made.data),
            "elapsed_ms": round((time.perf_counter() - made.started) * 1000, 2),
        }
    )


def _before(made: Made, facts: Facts) -> float:
    """The score of the original, by the same measure as the result."""
    picture = made.original.picture
    if made.product is not None and made.product.plane.shape == (picture.height, picture.width):
        picture = picture.with_mask(made.product.plane)
    if picture.long_side > _MEASURED_PX:
        factor = _MEASURED_PX / picture.long_side
        size: Any = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
        picture = resize_picture(picture, *size)
    return score(measure(picture, facts, made.agreement)).value
