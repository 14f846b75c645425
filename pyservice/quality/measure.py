"""All metrics of one picture."""

from __future__ import annotations

from typing import Any

from pyservice.imaging.facts import Facts
from pyservice.imaging.picture import Picture
from pyservice.quality.compression import measure_blockiness
from pyservice.quality.framing import measure_framing
from pyservice.quality.ground import measure_ground
from pyservice.quality.mask_quality import measure_mask
from pyservice.quality.metrics import Metrics
from pyservice.quality.noise import measure_noise
from pyservice.quality.sharpness import measure_sharpness
from pyservice.quality.subject import Subject, subject_of
from pyservice.quality.text import measure_text
from pyservice.quality.tone import measure_tone


def measure(picture: Picture, facts: Facts | None = None, agreement: float | None = None) -> Metrics:
    """Measure a decoded picture; `facts` of its file add the JPEG quality, `agreement` is two models' IoU.

    Inside picture.mask where a metric is about the product. Without a mask, transparency or a white ground
    tells where the product is; failing that, what needs a product is None. Deterministic. Raises nothing.
    """
    subject = subject_of(picture)
    values: dict[str, Any] = {
        "width_px": picture.width,
        "height_px": picture.height,
        "long_side_px": picture.long_side,
        "mask_source": subject.mask_source,
        "mask_agreement": agreement,
        "jpeg_quality": None if facts is None else facts.jpeg_quality,
    }
    for part in _PARTS:
        values.update(part(subject))
    return Metrics.model_validate({name: _rounded(value) for name, value in values.items()})


def _rounded(value: object) -> object:
    """Numbers to six decimals: enough for any verdict, and the same on every machine."""
    return round(value, 6) if isinstance(value, float) else value


def _measure_detail(subject: Subject) -> dict[str, Any]:
    return {**measure_sharpness(subject), **measure_noise(subject), **measure_blockiness(subject)}


_PARTS = (
    _measure_detail,
    measure_tone,
    measure_ground,
    measure_framing,
    measure_mask,
    measure_text,
)
