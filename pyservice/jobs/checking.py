"""Channel checks on stored pictures, and mending what a check found."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from pyservice.imaging import decode
from pyservice.jobs.masks import mask_plane
from pyservice.jobs.rendering import RESULT_LIMITS
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
    mended, mending, after = recipe or Recipe(), rendered, report
    for _ in range(_ROUNDS):
        before, mended = mended, fixed(mended, after)
        if mended == before:
            break
        mending = engine.render(blob, mended)
        after = _judged(engine, mending, rules, on)
    return Checked(channel=channel, report=report, rendered=rendered, recipe=mended, fixed=mending, report_after=after)


def _judged(engine: Engine, subject: Rendered | str, channel: Channel, on: datetime.date) -> CheckReport:
    if isinstance(subject, str):
        decoded = engine.decoded(subject)
        picture = engine.with_product(decoded.picture, subject)[0]
    else:
        decoded = decode(subject.data, RESULT_LIMITS)
        picture = decoded.picture
        if subject.mask_blob is not None:
            picture = picture.with_mask(mask_plane(engine.store.get(subject.mask_blob, checked=True)))
    return check(decoded.facts, picture, measure(picture, decoded.facts), channel, on=on)
