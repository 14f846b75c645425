"""Find the product: which networks look, how often, and how far two of them agree."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pyservice.errors import InvalidRecipe
from pyservice.imaging.geometry import resize_plane
from pyservice.imaging.picture import Plane
from pyservice.imaging.product import Box, product_box
from pyservice.models.plain_ground import completed
from pyservice.models.sessions import MaskSession, Sessions

AUTO = "auto"
_FINE, _JUDGE, _FALLBACK = "isnet", "u2netp", "u2net"
AUTO_MODELS = (_FINE, _JUDGE)

# Measured on the development pictures (docs/explanation/cut-out-quality.md): below this agreement every second
# mask of the fine network is poor, and averaging it with the mirrored look mends a good part of them.
_SURE_AGREEMENT = 0.9
# A product whose box covers less of the picture than this is looked at again, from nearer.
_SMALL_BOX_SHARE = 0.10
_SECOND_LOOK_MARGIN = 0.6
_WORKING_PX = 1024


@dataclass(frozen=True)
class FoundProduct:
    """A mask straight from the networks.

    plane: uint8 h×w in the picture's aspect, long side ≤ 1024 px, 255 = product.
    report: the model used, looks taken, and, where two networks looked, their agreement (IoU 0…1).
    """

    plane: Plane
    report: dict[str, Any] = field(default_factory=dict)


def find_product(rgb: Plane, model: str, sessions: Sessions) -> FoundProduct:
    """The product mask of an uint8 H×W×3 sRGB picture, by one network or by `auto`.

    auto: the fine network, judged by a small one; where they disagree the fine one looks once more at the
    mirrored picture. Raises InvalidRecipe for an unknown model and ModelUnavailable for a missing one.
    """
    found = _judged(rgb, sessions) if model == AUTO else _single(rgb, _known(model, sessions), sessions)
    height, width = found.plane.shape
    return replace(found, plane=completed(resize_plane(rgb, width, height), found.plane))


def _known(model: str, sessions: Sessions) -> str:
    if model in sessions.table:
        return model
    raise InvalidRecipe(f"Expected a model out of {', '.join([AUTO, *sessions.table])}, received {model!r}")


def _is_there(weight_id: str, sessions: Sessions) -> bool:
    return sessions.table[weight_id].installed(sessions.models_dir)


def _single(rgb: Plane, model: str, sessions: Sessions) -> FoundProduct:
    session = sessions.mask_session(model)
    plane = _look(session, rgb)
    nearer = _second_look(session, rgb, plane)
    if nearer is None:
        return FoundProduct(plane, {"model": model})
    return FoundProduct(nearer, {"model": model, "second_look": True})


def _judged(rgb: Plane, sessions: Sessions) -> FoundProduct:
    available = [weight_id for weight_id in (_FINE, _FALLBACK, _JUDGE) if _is_there(weight_id, sessions)]
    if _FINE not in available or _JUDGE not in available:
        return _single(rgb, available[0] if available else _FINE, sessions)
    fine = sessions.mask_session(_FINE)
    plane, opinion = _look(fine, rgb), _look(sessions.mask_session(_JUDGE), rgb)
    report: dict[str, Any] = {"model": _FINE, "judge": _JUDGE}
    nearer = _second_look(fine, rgb, plane)
    agreement = intersection_over_union(plane, opinion)
    if nearer is not None:
        plane, report["second_look"] = nearer, True
    elif agreement < _SURE_AGREEMENT:
        mirrored = np.ascontiguousarray(_look(fine, np.ascontiguousarray(rgb[:, ::-1]))[:, ::-1])
        report["mirrored_look"] = True
        plane = np.asarray(cv2.addWeighted(plane, 0.5, mirrored, 0.5, 0), dtype=np.uint8)
    return FoundProduct(plane, {**report, "agreement": round(agreement, 4)})


def intersection_over_union(one: Plane, other: Plane) -> float:
    """How far two masks agree, 0…1; two empty masks agree."""
    solid_one, solid_other = one > 127, other > 127
    union = int((solid_one | solid_other).sum())
    return int((solid_one & solid_other).sum()) / union if union else 1.0


def _look(session: MaskSession, rgb: Plane) -> Plane:
    height, width = rgb.shape[:2]
    factor = min(1.0, _WORKING_PX / max(height, width))
    return _sized(session.product_probability(rgb), max(1, round(width * factor)), max(1, round(height * factor)))


def _sized(probability: NDArray[np.float32], width: int, height: int) -> Plane:
    levels = np.rint(probability * 255).astype(np.uint8)
    if width <= levels.shape[1] and height <= levels.shape[0]:
        return resize_plane(levels, width, height)
    return np.asarray(cv2.resize(levels, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _second_look(session: MaskSession, rgb: Plane, plane: Plane) -> Plane | None:
    """Run the network again on the neighbourhood of a small product; None where it is not small."""
    box = product_box(plane)
    if box is None or box.width * box.height >= _SMALL_BOX_SHARE * plane.size:
        return None
    near = _widened(box, plane.shape[1], plane.shape[0])
    factor = rgb.shape[1] / plane.shape[1]
    rows = slice(round(near.top * factor), max(round(near.bottom * factor), round(near.top * factor) + 1))
    columns = slice(round(near.left * factor), max(round(near.right * factor), round(near.left * factor) + 1))
    nearer = np.zeros_like(plane)
    probability = session.product_probability(np.ascontiguousarray(rgb[rows, columns]))
    nearer[near.top : near.bottom, near.left : near.right] = _sized(probability, near.width, near.height)
    return nearer if product_box(nearer) is not None else None


def _widened(box: Box, width: int, height: int) -> Box:
    across, down = round(box.width * _SECOND_LOOK_MARGIN) + 2, round(box.height * _SECOND_LOOK_MARGIN) + 2
    return Box(
        max(0, box.left - across),
        max(0, box.top - down),
        min(width, box.right + across),
        min(height, box.bottom + down),
    )
