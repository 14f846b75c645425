"""Measure how the mask networks can run in int8, and write pyservice/models/quantization/.

    python -m bench.quantize isnet u2net u2netp

Needs the installed weights (`make models`), 3 GB of memory and some minutes a network. Looks at the pictures of
bench/calibration_pictures.py only.

A range holds a share of the values of the widest channel, on the picture where that is widest; the rest is clipped.
Which share is best differs by network, so all are tried and the one nearest to the f32 masks is kept: IS-Net's last
stage has a few values thirty times larger than the 99th percentile, and a range that holds them too leaves no levels
for the rest. Then convolutions are left out until the masks are about as near to f32 as bf16's are: in u2netp one
tensor has a channel near 228 beside channels near 10, and no single range serves both.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import openvino as ov
from numpy.typing import NDArray

from bench.calibration_pictures import calibration_pictures
from pyservice.models.quantized import convolutions_by_input, quantized
from pyservice.models.table import Contract, Weight, weights_table

ROOT = Path(__file__).resolve().parents[1]
RANGES_DIR = ROOT / "pyservice/models/quantization"
SHARES_KEPT = (0.99, 0.9999, 1.0)
SAMPLES_PER_CHANNEL = 20_000
# Masks are compared on every third picture; int8 may differ from f32 by this much more than bf16 does (of 1).
COMPARED_STEP = 3
EXTRA_DIFFERENCE = 0.004

Array = NDArray[Any]
Ranges = dict[str, tuple[float, float]]


def fed(rgb: Array, contract: Contract) -> Array:
    """The picture as the network reads it: float32 1×3×size×size."""
    size = contract.size_px
    shrinks = max(rgb.shape[:2]) > size
    small = cv2.resize(rgb, (size, size), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    divisor = max(int(small.max()), 1) if contract.divide_by == "max" else contract.divide_by
    scaled = (small / divisor - np.asarray(contract.mean)) / np.asarray(contract.std)
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[None], dtype=np.float32)


def finest_mask_only(path: Path) -> ov.Model:
    """The network of a weight file without its side outputs."""
    model = ov.Core().read_model(path)
    return ov.Model([model.get_results()[0]], model.get_parameters(), path.stem)


def measured_ranges(model: ov.Model, pictures: list[Array]) -> list[Ranges]:
    """Per share: (low, high) of every tensor that feeds a convolution, but three-channel ones (the picture)."""
    sources = {
        name: readers[0].input_value(0)
        for name, readers in convolutions_by_input(model).items()
        if readers[0].input_value(0).get_shape()[1] > 3
    }
    probed = ov.Model(list(sources.values()), model.get_parameters(), "probed")
    run = ov.compile_model(probed, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    kept = []
    for picture in pictures:
        outputs = run({0: picture})
        kept.append([_kept_ranges(outputs[index][0]) for index in range(len(sources))])
    lows, highs = np.min(kept, axis=0)[:, 0], np.max(kept, axis=0)[:, 1]
    return [
        {name: _rounded(low[share], high[share]) for name, low, high in zip(sources, lows, highs, strict=True)}
        for share in range(len(SHARES_KEPT))
    ]


def _kept_ranges(channels: Array) -> Array:
    """Lows and highs, 2×shares, of a channels×height×width tensor."""
    flat = channels.reshape(len(channels), -1)
    flat = flat[:, :: max(1, flat.shape[1] // SAMPLES_PER_CHANNEL)]
    highs = np.quantile(flat, SHARES_KEPT, axis=1).max(axis=1)
    lows = np.quantile(flat, [1 - share for share in SHARES_KEPT], axis=1).min(axis=1)
    return np.stack([lows, highs])


def _rounded(low: float, high: float) -> tuple[float, float]:
    if low >= 0:
        return 0.0, float(f"{high:.4g}")
    bound = float(f"{max(-low, high):.4g}")
    return round(-bound * 128 / 127, 6), bound


class Comparison:
    """How far a network's masks are from f32's, mean absolute difference of 0…1."""

    def __init__(self, model: ov.Model, pictures: list[Array]) -> None:
        self.model, self.pictures = model, pictures
        self.exact = self._masks(model, "f32")
        self.allowed = self._difference(self._masks(model, "bf16")) + EXTRA_DIFFERENCE

    def of(self, ranges: Ranges) -> float:
        """The difference when the convolutions in ranges run in int8."""
        return self._difference(self._masks(quantized(self.model, ranges), "bf16"))

    def without_sensitive(self, ranges: Ranges) -> Ranges:
        """The ranges without those that alone, or with their neighbours, cost too much: halves, then halves."""
        if self.of(ranges) <= self.allowed:
            return ranges
        if len(ranges) == 1:
            return {}
        entries, middle = list(ranges.items()), len(ranges) // 2
        return self.without_sensitive(dict(entries[:middle])) | self.without_sensitive(dict(entries[middle:]))

    def _masks(self, model: ov.Model, precision: str) -> list[Array]:
        run = ov.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": precision})
        masks = [run({0: picture})[0].astype(np.float32) for picture in self.pictures]
        return [(mask - mask.min()) / max(float(np.ptp(mask)), 1e-6) for mask in masks]

    def _difference(self, masks: list[Array]) -> float:
        pairs = zip(masks, self.exact, strict=True)
        return float(np.mean([np.abs(mask - exact).mean() for mask, exact in pairs]))


def quantize(weight: Weight, models_dir: Path) -> None:
    """Measure one weight and write its ranges."""
    model = finest_mask_only(weight.verified(models_dir))
    pictures = [fed(picture, weight.contract) for picture in calibration_pictures()]
    comparison = Comparison(model, pictures[::COMPARED_STEP])
    candidates = measured_ranges(model, pictures)
    differences = [comparison.of(ranges) for ranges in candidates]
    best = int(np.argmin(differences))
    ranges = comparison.without_sensitive(candidates[best])
    (RANGES_DIR / f"{weight.id}.json").write_text(_as_json(weight, ranges))
    for share, difference in zip(SHARES_KEPT, differences, strict=True):
        print(f"{weight.id}: {share:.2%} kept, all {len(candidates[best])} tensors: difference {difference:.4f}")
    left_out = sorted(set(candidates[best]) - set(ranges))
    print(f"{weight.id}: written, difference {comparison.of(ranges):.4f}, left out: {left_out}")


def _as_json(weight: Weight, ranges: Ranges) -> str:
    lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(bounds)}" for name, bounds in ranges.items())
    return f'{{\n  "sha256": "{weight.sha256}",\n  "ranges": {{\n{lines}\n  }}\n}}\n'


def main() -> None:
    """Quantize the named weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", nargs="+", choices=sorted(weights_table()))
    parser.add_argument("--models-dir", type=Path, default=ROOT / "models")
    arguments = parser.parse_args()
    RANGES_DIR.mkdir(exist_ok=True)
    for weight_id in arguments.weights:
        quantize(weights_table()[weight_id], arguments.models_dir)


if __name__ == "__main__":
    main()
