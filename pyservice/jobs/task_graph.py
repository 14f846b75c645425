"""Slices as Dask's tasks. The only place that uses what Dask keeps private; tests say what it must still do."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from dask._expr import LLGExpr
from dask._task_spec import Task

from pyservice.jobs.chunk_item import ChunkItem
from pyservice.jobs.slices import Work
from pyservice.jobs.worker_task import run_slice

TaskKey = tuple[str, str]


def task_key(name: str) -> TaskKey:
    """What Dask knows a slice by."""
    return "vitrine-slice", name


def task_graph(names: Sequence[str], slices: Sequence[Sequence[ChunkItem]], work: Work) -> LLGExpr:
    """The slices as tasks that wait at the scheduler until a worker is free, which Dask does for producers of data.

    Others are handed to busy workers at once, where they overtake more important ones, and are among the suspects
    when their worker dies of another.
    """
    keys = [task_key(name) for name in names]
    tasks = {
        key: Task(key, run_slice, name, list(items), work, _data_producer=True)
        for key, name, items in zip(keys, names, slices, strict=True)
    }
    # It would hash all of them otherwise.
    return LLGExpr(tasks, _determ_token=uuid.uuid4().hex)
