"""The engine: a stored original and a recipe in, a stored result and its story out."""

from __future__ import annotations

import datetime
import time
from contextlib import AbstractContextManager
from typing import Literal

from pydantic import ValidationError

from pyservice import __version__
from pyservice.config import Settings
from pyservice.errors import NoProduct, VitrineError
from pyservice.imaging import Decoded, Limits, Picture, Sandbox
from pyservice.imaging.facts import MIME_TYPES
from pyservice.imaging.product import product_on_white
from pyservice.jobs.checking import check_blob
from pyservice.jobs.decoding import Decoder
from pyservice.jobs.ingesting import Ingester, Proven
from pyservice.jobs.lent import Lent
from pyservice.jobs.masks import MaskFinder, mask_png
from pyservice.jobs.memory import Memory
from pyservice.jobs.recent import Recent, Shelf
from pyservice.jobs.rendering import Made, kept, make, measured, taken_apart, told
from pyservice.jobs.results import Checked, Ingested, Inspection, Rendered
from pyservice.models import AUTO_MODELS, SessionOptions, Sessions
from pyservice.operations import MaskWish
from pyservice.quality import gates, score, score_rules, verdict
from pyservice.recipes import BoundRecipe, Preset, Recipe, Run, Stage, bind, mask_history
from pyservice.storage import BlobStore

# Raise it when the same recipe gives other pixels or another verdict than before: results are then made again.
ENGINE_VERSION = 2
# A few of each preview that is being worked on.
_MOST_STAGE_BYTES = 96_000_000


class Engine:
    """Everything one process needs to work on pictures. Threads may share it."""

    def __init__(self, settings: Settings, store: BlobStore | None = None, *, streams: int = 1) -> None:
        self.store = store or BlobStore(settings.blob_url)
        self.limits = Limits(
            max_pixels=settings.max_pixels, max_bytes=settings.max_bytes, timeout_s=settings.decode_timeout_s
        )
        options = SessionOptions(settings.model_precision, settings.inference_threads, streams)
        self.sessions = Sessions(settings.models_dir, options)
        self._sandbox = Sandbox(self.limits, settings.concurrency)
        self._lent = Lent()
        self._decoder = Decoder(self.store, self._lent, self._sandbox)
        self._stages: Recent[Stage] = Recent(_MOST_STAGE_BYTES, lambda stage: stage.nbytes)
        self.memory = Memory(self.store, self._lent)
        self._masks = MaskFinder(self.store, self.memory, self.sessions)
        self._ingester = Ingester(self.store, self.memory, self._sandbox, self.limits)

    def ingest(self, data: bytes) -> Ingested:
        """Take an original in: prove in the sandbox that it decodes, then keep its bytes and a thumb of it.

        Known bytes are not decoded again. Raises ImageTooLarge, UnsupportedFormat, BrokenImage, DecodeLimit,
        StorageFull; nothing is kept then.
        """
        return self.keep(self.prove(data))

    def prove(self, data: bytes) -> Proven:
        """The first half of ingest, which computes. Raises what decoding raises."""
        return self._ingester.prove(data)

    def keep(self, proven: Proven) -> Ingested:
        """The second half, which waits for the disk. Raises StorageFull."""
        return self._ingester.keep(proven)

    def lend(self, data: bytes) -> AbstractContextManager[str]:
        """The blob id of an original that shall be worked on, but not kept; it is known inside the block."""
        return self._lent.lend(data)

    def render(self, blob: str, recipe: Recipe, *, max_px: int | None = None, keep: bool = True) -> Rendered:
        """Run a recipe on a stored original. keep=False answers a picture and leaves nothing but cached masks.

        A repeat of what was kept is a cache hit. Raises NotFound, InvalidRecipe, and what the steps raise.
        """
        bound = bind(recipe)
        if not keep:
            return told(self._made(blob, bound, max_px, preview=True), MIME_TYPES[bound.output.format])
        # Results of lent originals become the user's own files; lists show the others.
        with_thumb = self._lent.get(blob) is None
        why = (*self._what_decides(bound, max_px), with_thumb)
        if (known := self._remembered(blob, why)) is not None:
            return known
        made = self._made(blob, bound, max_px, preview=False)
        result = kept(made, MIME_TYPES[bound.output.format], self.store, with_thumb=with_thumb)
        self.memory.keep("result", blob, *why, record=result.model_dump(mode="json"))
        return result

    def source_mask(self, blob: str, recipe: Recipe, *, max_px: int | None = None) -> bytes:
        """A grey PNG of where the product of this recipe is in the original: white is product.

        Before any growing or feathering, so that a person may paint on it. Raises NoProduct where no step looks for
        the product, and what render raises.
        """
        bound = bind(recipe)
        found = self._run(blob, self._decoder.remembered(blob, max_px), max_px, preview=True).find_original_mask(bound)
        if found is None:
            raise NoProduct("Expected a recipe with a step that looks for the product, received one without")
        return mask_png(found.plane)

    def render_part(
        self, blob: str, recipe: Recipe, part: Literal["alpha", "colors"], *, max_px: int | None = None
    ) -> Rendered:
        """Half of what render(keep=False) makes: its transparency as a grey PNG, or its colours without it."""
        bound, original = bind(recipe), self._decoder.remembered(blob, max_px)
        return taken_apart(original, bound, self._run(blob, original, max_px, preview=True), part)

    def recipe_for(self, blob: str, preset: Preset) -> Recipe:
        """The preset's recipe for this original; one with rules looks at the picture first."""
        if not preset.rules:
            return preset.recipe
        return preset.recipe_for(self.inspect(blob).metrics.model_dump())

    def inspect(self, blob: str) -> Inspection:
        """Measure a stored picture as it is. Raises NotFound and what decoding raises."""
        decoded = self.decoded(blob)
        picture, agreement = self.with_product(decoded.picture, blob)
        metrics = measured(picture, decoded.facts, agreement)
        value, tried = score(metrics), gates(metrics)
        return Inspection(facts=decoded.facts, metrics=metrics, score=value, gates=tried, verdict=verdict(value, tried))

    def check(
        self,
        blob: str,
        channel: str,
        *,
        recipe: Recipe | None = None,
        fix: bool = False,
        on: datetime.date | None = None,
    ) -> Checked:
        """Check a stored picture, or what a recipe makes of it, against a channel.

        With `fix`, mend what can be mended by more steps and check again. Raises NotFound for an unknown channel.
        """
        day = on or datetime.datetime.now(tz=datetime.UTC).date()
        return check_blob(self, blob, channel, recipe, fix=fix, on=day)

    def versions(self) -> tuple[object, ...]:
        """What decides an answer besides the picture and the wish: part of every name it is remembered by."""
        return (__version__, ENGINE_VERSION, score_rules().version, self._masks.identity())

    def ready(self) -> list[str]:
        """Why work cannot be done yet, one sentence each; empty when it can."""
        reasons = [
            f"The weights {row.id} are not installed; run `make models`"
            for row in self.sessions.table.values()
            if row.default and not row.installed(self.sessions.models_dir)
        ]
        try:
            self.store.check_writable()
        except (VitrineError, OSError) as error:
            reasons.append(f"The blob store cannot be written: {error}")
        return reasons

    def warm(self) -> None:
        """Load the networks that `auto` uses, as far as they are installed, and run each once."""
        rows = (self.sessions.table[weight_id] for weight_id in AUTO_MODELS)
        self.sessions.warm(*(row.id for row in rows if row.installed(self.sessions.models_dir)))

    def close(self) -> None:
        """End the decoding workers."""
        self._sandbox.close()

    def decoded(self, blob: str, max_px: int | None = None) -> Decoded:
        """A stored or lent picture, decoded in the sandbox.

        Raises NotFound, CorruptBlob and what decoding raises.
        """
        return self._decoder.decoded(blob, max_px)

    def with_product(self, picture: Picture, blob: str) -> tuple[Picture, float | None]:
        """The picture with a mask of its product, unless its transparency tells, and two networks' agreement."""
        if picture.alpha is not None:
            return picture, None
        on_white = product_on_white(picture.rgb)
        if on_white is not None:
            return picture.with_mask(on_white), None
        found = self._masks.find(blob, picture, MaskWish(), mask_history([blob], picture))
        return picture.with_mask(found.plane), found.report.get("agreement")

    def _made(self, blob: str, bound: BoundRecipe, max_px: int | None, *, preview: bool) -> Made:
        original = self._decoder.remembered(blob, max_px) if preview else self.decoded(blob, max_px)
        run = self._run(blob, original, max_px, preview=preview)
        return make(original, bound, run, quick=preview and max_px is not None)

    def _run(self, blob: str, original: Decoded, max_px: int | None, *, preview: bool) -> Run:
        open_blob = self._decoder.remembered if preview else self.decoded
        return Run(
            original.picture,
            blob,
            find_mask=lambda picture, wish, history: self._masks.find(blob, picture, wish, history),
            open_blob=lambda other: open_blob(other).picture,
            scale=original.scale,
            max_px=max_px,
            trail=Shelf(self._stages, tuple(self._masks.identity())) if preview else None,
        )

    def _what_decides(self, bound: BoundRecipe, max_px: int | None) -> tuple[object, ...]:
        steps = [step.identity() for step in bound.steps]
        return steps, bound.output.model_dump(mode="json"), max_px, self.versions()

    def _remembered(self, blob: str, why: tuple[object, ...]) -> Rendered | None:
        started = time.perf_counter()
        try:
            known = Rendered.model_validate(self.memory.recall("result", blob, *why))
        except ValidationError:
            return None
        named = (known.blob, known.mask_blob, known.source_mask_blob, known.thumb)
        data = self.memory.renewed(blob, *(part for part in named if part is not None))
        if not data:
            return None
        elapsed_ms = round((time.perf_counter() - started) * 1000, 2)
        return known.model_copy(update={"cached": True, "data": data[0], "elapsed_ms": elapsed_ms})
