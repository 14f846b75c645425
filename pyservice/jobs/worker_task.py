"""The one function that Dask's workers run."""

from __future__ import annotations

from collections.abc import Sequence

from distributed import get_worker

from pyservice.errors import ClusterUnavailable
from pyservice.jobs.chunk_item import ChunkItem
from pyservice.jobs.engine_plugin import NAME, EnginePlugin
from pyservice.jobs.slices import SliceAnswer, Work, do_slice


def run_slice(slice_name: str, items: Sequence[ChunkItem], work: Work) -> SliceAnswer:
    """Do a slice with the engine of this worker process. Raises ClusterUnavailable where there is none."""
    plugin = get_worker().plugins.get(NAME)
    if not isinstance(plugin, EnginePlugin) or plugin.engine is None or plugin.watch is None:
        raise ClusterUnavailable("Expected a worker with an engine, one could not set it up; its log says why")
    with plugin.watch.over(slice_name) as begin:
        return do_slice(plugin.engine, work, items, begin)
