"""Channel checks on stored pictures, and mending what a check found."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pyservice.imaging import Picture
from pyservice.jobs.results import Checked, Rendered
from pyservice.quality import measure
from pyservice.recipes import Channel, CheckReport, Recipe, check, find_channel, fixed

if TYPE_CHECKING:
    from pyservice.jobs.engine import Engine


# One remedy may call for another: a new ground swallows the shadow that a rule wants.
_ROUNDS = 3


def check_blob(
    engine: Engine, blob: str, channel: str, recipe: Recipe | None, *, fix: bool, on: datetime.date
) -> Checked:
    """See Engine.check."""
    rules = find_channel(channel)
    rendered = engine.render(blob, recipe) if recipe is not None else None
    report = _judged(engine, rendered or blob, rules, on)
    if not fix:
        return Checked(channel=channel, report=report, rendered=rendered)
    mended = fixed(recipe or Recipe(), report)
    mending = engine.render(blob, mended)
    after = _judged(engine, mending, rules, on)
    return Checked(channel=channel, report=report, rendered=rendered, recipe=mended, fixed=mending, report_after=after)


def _judged(engine: Engine, subject: Rendered | str, channel: Channel, on: datetime.date) -> CheckReport:
    blob = subject if isinstance(subject, str) else subject.blob or ""
    decoded = engine.decoded(blob)
    picture = engine.with_product(decoded.picture, blob)[0] if isinstance(subject, str) else decoded.picture
    if isinstance(subject, Rendered) and subject.mask_blob is not None:
        picture = _with_mask(picture, engine.store.get(subject.mask_blob))
    return check(decoded.facts, picture, measure(picture, decoded.facts), channel, on=on)


def _with_mask(picture: Picture, png: bytes) -> Picture:
    plane = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    return picture if plane is None else picture.with_mask(np.asarray(plane, dtype=np.uint8))
