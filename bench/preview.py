"""Preview: a 24 MP original, a slider of the second of five steps, 1200 px; beside decoding and encoding alone."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from itertools import count
from pathlib import Path

import cv2
import numpy as np
import psutil
import skimage.data

from bench.harness import finish, machine, median_seconds
from pyservice.config import load_settings
from pyservice.imaging import OutputSpec, Picture, encode
from pyservice.jobs import Engine
from pyservice.recipes import Recipe, Step
from pyservice.storage import BlobStore

PREVIEW_PX = 1200
ROUNDS = 15
PHOTOS = 200
STEPS = (
    Step(operation="remove-background"),
    Step(operation="adjust", params={"brightness": 1.1, "contrast": 1.05, "saturation": 1.1, "sharpness": 1.5}),
    Step(operation="frame", params={"aspect": "1:1", "fill": 0.8, "size_px": 2000}),
    Step(operation="unsharp-mask"),
    Step(operation="background"),
)


def original() -> bytes:
    """A 24 MP photo as a camera writes it: a real one enlarged, with grain."""
    photo = cv2.resize(skimage.data.coffee(), (6000, 4000), interpolation=cv2.INTER_CUBIC)
    grain = np.random.default_rng(7).normal(0, 3, photo.shape).astype(np.float32)
    noisy = np.clip(photo + grain, 0, 255).astype(np.uint8)
    return encode(Picture(noisy), OutputSpec(quality=92))


class PeakMemory:
    """The highest resident memory of a process and its children while this is open, in MB."""

    def __init__(self, pid: int) -> None:
        self.peak_mb = 0.0
        self.samples: list[float] = []
        self._process = psutil.Process(pid)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._done.wait(0.05):
            total = 0.0
            try:
                for process in [self._process, *self._process.children(recursive=True)]:
                    total += process.memory_info().rss / 1e6
            except psutil.NoSuchProcess:
                continue
            self.samples.append(total)
            self.peak_mb = max(self.peak_mb, total)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


def slid(brightness: float, output: OutputSpec) -> Recipe:
    """The recipe after somebody moved a slider: what comes before it is remembered, what comes after is not."""
    cut, adjust, *rest = STEPS
    adjusted = adjust.model_copy(update={"params": {**adjust.params, "brightness": brightness}})
    return Recipe(steps=(cut, adjusted, *rest), output=output)


def preview_ratio() -> tuple[float, dict[str, float], float]:
    """The ratio, the milliseconds behind it, and the peak memory of the process meanwhile."""
    engine = Engine(load_settings(), BlobStore("memory://bench-preview"))
    engine.warm()
    blob = engine.ingest(original()).blob
    output = OutputSpec(quality=85)
    brightness = count()
    with PeakMemory(os.getpid()) as memory:
        seconds = median_seconds(
            {
                "recipe": lambda: engine.render(
                    blob, slid(1 + next(brightness) / 100, output), max_px=PREVIEW_PX, keep=False
                ),
                "decode and encode": lambda: encode(engine.decoded(blob, PREVIEW_PX).picture, output),
            },
            ROUNDS,
        )
    engine.close()
    spent = {name: round(value * 1000, 1) for name, value in seconds.items()}
    return seconds["recipe"] / seconds["decode and encode"], spent, memory.peak_mb


def batch_memory() -> tuple[float, float]:
    """Resident memory of `vitrine process` over 200 photos: in the second quarter, and in the last, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        photos = Path(folder) / "in"
        photos.mkdir()
        base = cv2.cvtColor(skimage.data.coffee(), cv2.COLOR_RGB2BGR)
        for number in range(PHOTOS):
            turned = np.roll(base, number * 3, axis=1)
            cv2.imwrite(str(photos / f"photo-{number:03}.jpg"), turned)
        command = [sys.executable, "-m", "pyservice.cli", "process", str(photos), "--out", str(Path(folder) / "out")]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            with PeakMemory(process.pid) as memory:
                process.wait()
            assert process.returncode == 0, process.returncode
    samples = np.array(memory.samples)
    quarters = np.array_split(samples, 4)
    return float(np.median(quarters[1])), float(np.median(quarters[3]))


def main() -> int:
    """Measure and print."""
    print(machine("openvino", "opencv-python-headless", "pillow"))
    started = time.perf_counter()
    ratio, spent, peak_mb = preview_ratio()
    early_mb, late_mb = batch_memory()
    figures = {
        "ratio_to_decode_and_encode": round(ratio, 2),
        "milliseconds": spent,
        "peak_memory_mb": round(peak_mb),
        "batch_memory_mb": {"second_quarter": round(early_mb), "last_quarter": round(late_mb)},
        "bench_seconds": round(time.perf_counter() - started),
    }
    ok = ratio <= 2.5 and peak_mb < 1200 and late_mb <= early_mb * 1.1
    return finish(
        "preview", ok, figures, {"ratio_to_decode_and_encode": 2.5, "peak_memory_mb": 1200, "batch_memory": "flat"}
    )


if __name__ == "__main__":
    sys.exit(main())
