"""Cut-out: decode → mask → white JPEG, warm, beside rembg with the same u2net file; masks against human truth.

IMAGES and TRUTH name folders (truth: `<stem>.mask.png` or `<stem>.alpha.png`); without them the evaluation folder
beside the project is used, else the demo photos, for speed alone. QUICK=n takes every n-th picture.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from bench.harness import finish, machine
from bench.photos import photos
from pyservice.config import cores, load_settings
from pyservice.imaging import Limits, Plane, decode
from pyservice.jobs import Engine
from pyservice.models import find_product, intersection_over_union, refined
from pyservice.recipes import Recipe, Step
from pyservice.storage import BlobStore

SCORED_PX = 1600
BOUNDARY_GROUPS = {"dis", "am", "comp"}
MODELS = ("u2netp", "u2net", "isnet", "auto")
REFINES = ("none", "guided")
Scores = dict[str, dict[str, list[tuple[float, float, float]]]]


def pictures() -> list[tuple[Path, Path | None]]:
    """The pictures to measure on, each with its truth where there is one."""
    found = photos("segmentation/dev")
    truths = Path(os.environ.get("TRUTH") or found[0].parent / "truth")
    return [(path, _truth(path, truths)) for path in found]


def _truth(path: Path, truths: Path) -> Path | None:
    names = [truths / f"{path.stem}.{kind}.png" for kind in ("alpha", "mask")]
    return next((name for name in names if name.exists()), None)


def recipe(model: str, refine: str = "guided") -> Recipe:
    """Cut out and put on white."""
    cut = Step(operation="remove-background", params={"model": model, "refine": refine})
    return Recipe(steps=(cut, Step(operation="background")))


class Rembg:
    """rembg as its users run it: session reused, the same weights."""

    def __init__(self, models_dir: Path) -> None:
        home = Path(tempfile.mkdtemp(prefix="vitrine-rembg-"))
        (home / "u2net.onnx").symlink_to(models_dir / "u2net.onnx")
        os.environ.update(U2NET_HOME=str(home), MODEL_CHECKSUM_DISABLED="1", OMP_NUM_THREADS=str(cores()))
        import rembg

        self._remove = rembg.remove
        self._session = rembg.new_session("u2net", providers=["CPUExecutionProvider"])

    def white_jpeg(self, data: bytes) -> bytes:
        """The product on white, as a JPEG."""
        cut = self._remove(Image.open(io.BytesIO(data)), session=self._session)
        white = Image.new("RGB", cut.size, "white")
        white.paste(cut, mask=cut.getchannel("A"))
        target = io.BytesIO()
        white.save(target, "JPEG", quality=92)
        return target.getvalue()

    def mask(self, data: bytes) -> Plane:
        """The product mask alone."""
        found = self._remove(Image.open(io.BytesIO(data)), session=self._session, only_mask=True)
        return np.asarray(found.convert("L"))


def speed(engine: Engine, files: list[Path], peer: Rembg) -> dict[str, float]:
    """Pictures a second: ours with each model, and the peer, in turn on each picture."""
    runs: dict[str, Callable[[bytes, str], object]] = {model: _ours(engine, model) for model in MODELS}
    runs["rembg u2net"] = lambda data, blob: peer.white_jpeg(data)
    spent: dict[str, float] = defaultdict(float)
    for number, path in enumerate(files):
        data = path.read_bytes()
        blob = engine.ingest(data).blob
        for name, run in runs.items():
            started = time.perf_counter()
            run(data, blob)
            if number:  # The first picture warms everything up.
                spent[name] += time.perf_counter() - started
    return {name: (len(files) - 1) / seconds for name, seconds in spent.items()}


def _ours(engine: Engine, model: str) -> Callable[[bytes, str], object]:
    wish = recipe(model)
    return lambda data, blob: engine.render(blob, wish, keep=False)


def scores(engine: Engine, pairs: list[tuple[Path, Path]], peer: Rembg) -> Scores:
    """IoU, MAE and boundary F of every mask, by method and group."""
    table: Scores = defaultdict(lambda: defaultdict(list))
    for path, truth_path in pairs:
        truth = _read_truth(truth_path)
        for method, mask in _masks(engine, path, peer):
            table[method][path.stem.split("_")[0]].append(score(mask, truth))
    return table


def _masks(engine: Engine, path: Path, peer: Rembg) -> Iterator[tuple[str, Plane]]:
    data = path.read_bytes()
    rgb = decode(data, Limits()).picture.rgb
    yield "rembg u2net", peer.mask(data)
    for model in MODELS:
        found = find_product(rgb, model, engine.sessions)
        for refine in REFINES:
            yield f"{model}, {refine}", refined(rgb, found.plane, refine)


def _read_truth(path: Path) -> Plane:
    plane = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    assert plane is not None, path
    if plane.ndim == 3:
        plane = plane[..., 3] if plane.shape[2] == 4 and plane[..., 3].min() < 255 else plane[..., 0]
    return np.asarray(plane, np.uint8)


def score(mask: Plane, truth: Plane) -> tuple[float, float, float]:
    """IoU at 0.5, mean absolute error, and boundary F within 0.25 % of the diagonal; long side at most 1600 px."""
    factor = min(1.0, SCORED_PX / max(truth.shape))
    size = (round(truth.shape[1] * factor), round(truth.shape[0] * factor))
    mask, truth = (cv2.resize(plane, size, interpolation=cv2.INTER_AREA) for plane in (mask, truth))
    error = float(np.abs(mask.astype(np.float32) - truth).mean() / 255)
    return intersection_over_union(mask, truth), error, _boundary_f(mask > 127, truth > 127)


def _boundary_f(mask: Any, truth: Any) -> float:
    reach = max(1, round(0.0025 * float(np.hypot(*truth.shape))))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    cross = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    one, other = (cv2.morphologyEx(plane.astype(np.uint8), cv2.MORPH_GRADIENT, cross) for plane in (mask, truth))
    precision = (one & cv2.dilate(other, disc)).sum() / max(one.sum(), 1)
    recall = (other & cv2.dilate(one, disc)).sum() / max(other.sum(), 1)
    return float(2 * precision * recall / max(precision + recall, 1e-9))


def mean(table: Scores, method: str, group: str | None, column: int) -> float:
    """The mean of one figure over a group, or over all."""
    groups = table[method]
    rows = [row for name, rows in groups.items() if group in {None, name} for row in rows]
    return round(float(np.mean([row[column] for row in rows])), 3)


def print_table(table: Scores) -> None:
    """The whole table as Markdown."""
    groups = sorted(next(iter(table.values())))
    print("| IoU / MAE / boundary F | all | " + " | ".join(groups) + " |")
    print("|---|---|" + "---|" * len(groups))
    for method in table:
        cells = []
        for group in [None, *groups]:
            figures = [f"{mean(table, method, group, column):.3f}" for column in range(3)]
            kept = figures if group is None or group in BOUNDARY_GROUPS else figures[:2]
            cells.append(" / ".join(kept))
        print(f"| {method} | " + " | ".join(cells) + " |")


def main() -> int:
    """Measure and print."""
    settings = load_settings()
    engine = Engine(settings, BlobStore("memory://bench-cutout"))
    engine.warm()
    peer = Rembg(settings.models_dir)
    pairs = pictures()
    print(machine())
    rates = speed(engine, [path for path, _ in pairs], peer)
    figures: dict[str, Any] = {f"pictures_per_second_{name}": round(rate, 2) for name, rate in rates.items()}
    ratios = {model: round(rates[model] / rates["rembg u2net"], 2) for model in MODELS}
    figures["ratio_to_rembg"] = ratios
    judged = [(path, truth) for path, truth in pairs if truth is not None]
    ok = ratios["u2net"] >= 2
    if judged:
        table = scores(engine, judged, peer)
        print_table(table)
        figures["mean_iou"] = {method: mean(table, method, None, 0) for method in table}
        ok = ok and figures["mean_iou"]["u2net, guided"] >= figures["mean_iou"]["rembg u2net"]
    engine.close()
    return finish("cutout", ok, figures, {"ratio_u2net_to_rembg": 2, "mean_iou": "at least rembg's"})


if __name__ == "__main__":
    sys.exit(main())
