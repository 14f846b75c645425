"""Networks in memory: each loaded once per process, warmed, and safe to share between threads."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from pyservice.errors import ModelUnavailable
from pyservice.imaging.picture import Plane
from pyservice.models.quantized import quantization, quantized
from pyservice.models.table import Contract, Weight, weights_table

Precision = Literal["auto", "f32"]


@dataclass(frozen=True)
class SessionOptions:
    """How networks run. precision auto: where the CPU has bf16, bf16 and, where measured as good, int8; else f32.
    threads 0: all cores.

    streams: how many pictures run side by side; 1 answers a single picture soonest, as many as there are
    cores gives most pictures a second.
    """

    precision: Precision = "auto"
    threads: int = 0
    streams: int = 1


class MaskSession:
    """One product-mask network. Calls from several threads are fine: each has a request of its own."""

    def __init__(self, weight: Weight, models_dir: Path, options: SessionOptions) -> None:
        self.weight = weight
        self._tables = _normalisation(weight.contract)
        self._compiled = _compile(weight, weight.verified(models_dir), options)
        self._requests = threading.local()

    def product_probability(self, rgb: Plane) -> NDArray[np.float32]:
        """The network's mask, float32 size_px×size_px in 0…1, of an uint8 H×W×3 sRGB array."""
        request = getattr(self._requests, "request", None)
        if request is None:
            request = self._requests.request = self._compiled.create_infer_request()
        output = request.infer({0: self._fed(rgb)}, share_inputs=True)[0]
        plane = np.asarray(output, dtype=np.float32).reshape(output.shape[-2:])
        low, high = float(plane.min()), float(plane.max())
        return np.asarray((plane - low) / max(high - low, 1e-6), dtype=np.float32)

    def _fed(self, rgb: Plane) -> NDArray[np.float32]:
        size = self.weight.contract.size_px
        shrinks = max(rgb.shape[:2]) > size
        small = cv2.resize(rgb, (size, size), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
        tables = self._tables
        if self.weight.contract.divide_by == "max":
            # The tables are made for a brightest pixel of 255; a darker picture is stretched to it.
            levels = np.clip(np.arange(256) / max(int(small.max()), 1) * 255, 0, 255)
            tables = [np.interp(levels, np.arange(256), table).astype(np.float32) for table in tables]
        planes = [table[small[..., channel]] for channel, table in enumerate(tables)]
        return np.stack(planes)[None]


def _normalisation(contract: Contract) -> list[NDArray[np.float32]]:
    divisor = 255.0 if contract.divide_by == "max" else contract.divide_by
    levels = np.arange(256) / divisor
    return [((levels - mean) / std).astype(np.float32) for mean, std in zip(contract.mean, contract.std, strict=True)]


def _compile(weight: Weight, path: Path, options: SessionOptions) -> Any:
    import openvino as ov  # Imported late: the command line answers --help without it.

    core = ov.Core()
    settings: dict[str, Any] = {
        "PERFORMANCE_HINT": "LATENCY" if options.streams == 1 else "THROUGHPUT",
        "NUM_STREAMS": options.streams,
    }
    if options.threads:
        settings["INFERENCE_NUM_THREADS"] = options.threads
    # A CPU with bf16 also multiplies int8 without saturating (VNNI).
    quick = options.precision == "auto" and "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    settings["INFERENCE_PRECISION_HINT"] = "bf16" if quick else "f32"
    model = core.read_model(path)
    # Only the finest mask is wanted; the side outputs are cut off.
    finest = ov.Model([model.get_results()[0]], model.get_parameters(), path.stem)
    measured = quantization(weight.id, weight.sha256) if quick else None
    if measured is not None:
        finest = quantized(finest, measured.ranges)
    return core.compile_model(finest, "CPU", settings)


class Sessions:
    """Every network of one process, loaded at first use and kept."""

    def __init__(self, models_dir: Path, options: SessionOptions | None = None) -> None:
        self.models_dir = models_dir
        self.options = options or SessionOptions()
        self.table = weights_table(models_dir)
        self._loaded: dict[str, MaskSession] = {}
        self._locks = {weight_id: threading.Lock() for weight_id in self.table}

    def mask_session(self, weight_id: str) -> MaskSession:
        """The network of that id. Raises ModelUnavailable when it is unknown, missing or has a wrong checksum."""
        weight = self.table.get(weight_id)
        if weight is None:
            raise ModelUnavailable(f"Expected a model out of {', '.join(self.table)}, received {weight_id!r}")
        with self._locks[weight_id]:
            if weight_id not in self._loaded:
                self._loaded[weight_id] = MaskSession(weight, self.models_dir, self.options)
            return self._loaded[weight_id]

    def warm(self, *weight_ids: str) -> None:
        """Load these and run each once, so that the first picture does not wait."""
        blank = np.zeros((8, 8, 3), np.uint8)
        for weight_id in weight_ids:
            self.mask_session(weight_id).product_probability(blank)
