"""How Dask is set here, in code: what it does by default suits numbers, not pictures."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import dask
import distributed  # noqa: F401  its own defaults and its log handlers come with it, and are then replaced

# A task that was with so many workers when they died, and one more, is taken for what kills them.
ALLOWED_FAILURES = 3
_NO_WORKERS_S = 60

_SETTINGS: dict[str, object] = {
    "distributed.scheduler.allowed-failures": ALLOWED_FAILURES,
    # What waits, waits at the scheduler: a worker that dies takes one task along, and no innocent ones.
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.scheduler.no-workers-timeout": f"{_NO_WORKERS_S}s",
    "distributed.scheduler.events-cleanup-delay": "5m",
    # Results are small and leave at once: memory is pictures at work, which no disk can take over.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": 1.0,
    "distributed.worker.memory.monitor-interval": "250ms",
    # What nobody looks at here costs no time.
    "distributed.worker.profile.enabled": False,
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.admin.system-monitor.interval": "5s",
    # Pages that anybody on the machine could read.
    "distributed.worker.http.routes": [],
    "distributed.scheduler.http.routes": [],
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.admin.low-level-log-length": 100,
    "distributed.diagnostics.nvml": False,
    # A worker that is slow to come back is not given up: nobody would ever start another in its place.
    "distributed.deploy.lost-worker-timeout": "1h",
    "distributed.comm.timeouts.connect": "5s",
    # In place of Dask's own, which make malloc give every plane back at once: a third more work per picture.
    "distributed.nanny.pre-spawn-environ": {
        **dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), 1),
        "MALLOC_ARENA_MAX": 2,
        # Read when a worker imports Dask, before we can say anything.
        "DASK_LOGGING__DISTRIBUTED": "warning",
    },
}
_LOUD = ("distributed", "distributed.client", "distributed.gc", "bokeh", "tornado", "tornado.application")


def configure_dask(scratch: Path) -> None:
    """Set Dask of this process up, and that of the workers it starts. scratch: a folder that workers may use."""
    dask.config.set({**_SETTINGS, "temporary-directory": os.fspath(scratch)})
    quiet_dask()


def quiet_dask() -> None:
    """Send Dask's warnings where our own events go, and its chatter nowhere."""
    for name in _LOUD:
        log = logging.getLogger(name)
        log.handlers, log.propagate = [], True
        log.setLevel(logging.WARNING)
