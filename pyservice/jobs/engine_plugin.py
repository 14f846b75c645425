"""What every worker process has: one engine with its weights, a watch over what hangs, and a tie to its parent."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import Any

import cv2
from distributed import WorkerPlugin

from pyservice.config import Settings, load_settings
from pyservice.jobs.dask_settings import quiet_dask
from pyservice.jobs.engine import Engine
from pyservice.jobs.hang_watch import HangWatch
from pyservice.logs import configure, logger

NAME = "vitrine-engine"
# Under this topic the client hears of items that hang.
HUNG = "vitrine-hung"
_PR_SET_PDEATHSIG = 1
# Interactive previews, in the main process, go first.
_NICENESS = 10
_DECODES_PER_ITEM = 10
_LEAST_LIMIT_S = 300.0


class EnginePlugin(WorkerPlugin):  # type: ignore[misc]  # distributed has no types
    """Sets one worker process up. Without settings the worker reads its own environment."""

    name = NAME
    # Whoever comes later, or again, finds it set up: others may be at work with this engine.
    idempotent = True

    def __init__(self, settings: Settings | None, item_limit_s: float | None = None) -> None:
        """item_limit_s: how long one item may take, where it is not the usual time."""
        # What signs tokens stays where tokens are checked.
        self._settings = None if settings is None else settings.model_copy(update={"service_secret": None})
        self._item_limit_s = item_limit_s
        self.engine: Engine | None = None
        self.watch: HangWatch | None = None

    def __getstate__(self) -> dict[str, object]:
        """Only the wish travels."""
        return {**self.__dict__, "engine": None, "watch": None}

    def setup(self, worker: Any) -> None:
        """Runs in the worker process, before its first task."""
        end_with_parent()
        os.nice(_NICENESS)
        settings = self._settings or load_settings()
        configure(settings)
        quiet_dask()

        def tell(slice_name: str, place: int) -> None:
            logger(__name__).error("item hangs", slice=slice_name, place=place)
            worker.loop.add_callback(worker.log_event, HUNG, {"slice": slice_name, "place": place})

        # The processes are the concurrency: one picture each, on one core.
        cv2.setNumThreads(1)
        self.engine = Engine(settings.model_copy(update={"concurrency": 1, "inference_threads": 1}))
        self.engine.warm()
        usual_s = max(_LEAST_LIMIT_S, _DECODES_PER_ITEM * settings.decode_timeout_s)
        self.watch = HangWatch(self._item_limit_s or usual_s, tell)

    def teardown(self, worker: Any) -> None:
        """Ends the decoding process."""
        if self.engine is not None:
            self.engine.close()


def end_with_parent() -> None:
    """Let the system kill this process when the one that started it ends, however that ends. Only on Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))
