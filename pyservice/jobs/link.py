"""One connection to Dask: to processes of our own on this machine, or to a scheduler elsewhere."""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from distributed import Client, LocalCluster, Security

from pyservice.config import Settings
from pyservice.errors import ClusterUnavailable, VitrineError
from pyservice.jobs.chunk_item import ChunkItem
from pyservice.jobs.dask_settings import configure_dask
from pyservice.jobs.engine_plugin import HUNG, NAME, EnginePlugin
from pyservice.jobs.slices import Work
from pyservice.jobs.task_graph import task_graph, task_key
from pyservice.logs import logger

_CONNECT_S = 5
_CLOSE_S = 10
# One that dies while it starts is not started again by anybody.
_RESTART_S = 15

# What became of a slice: its future, once that is done, or the place of the item that hangs.
News = Any
Told = Callable[[str, News], None]

log = logger(__name__)


class Link:
    """Tasks out, news in. Threads may share it."""

    def __init__(self, client: Client, local: LocalCluster | None, wanted_workers: int) -> None:
        self._client = client
        self._local = local
        self._wanted_workers = wanted_workers
        self._lock = threading.Lock()
        self._told: dict[str, Told] = {}
        self._lost = False
        client.subscribe_topic(HUNG, self._hung)

    @property
    def alive(self) -> bool:
        """Whether the scheduler is there."""
        comm = self._client.scheduler_comm
        return not self._lost and self._client.status == "running" and comm is not None and not comm.comm.closed()

    def whole(self) -> bool:
        """Whether no worker of our own is missing; one that was just lost is waited for."""
        if self._local is None:
            return True
        try:
            self._client.wait_for_workers(self._wanted_workers, timeout=_RESTART_S)
        except (OSError, TimeoutError, RuntimeError):
            return False
        return True

    def has_workers(self) -> bool:
        """Whether the scheduler knows of any worker, ours or not. Asks it."""
        with contextlib.suppress(OSError, TimeoutError, RuntimeError):
            return int(self._client.scheduler_info(n_workers=0).get("n_workers", 0)) > 0
        return False

    def lose(self) -> None:
        """Count it as lost: the next chunk makes another."""
        self._lost = True

    def submit(
        self, slices: Sequence[Sequence[ChunkItem]], work: Work, priority: int, told: Told
    ) -> list[tuple[str, Any]]:
        """Ask for slices; the name and the future of each. told is called, from other threads, with all news of them.

        Raises ClusterUnavailable.
        """
        names = [uuid.uuid4().hex for _ in slices]
        graph = task_graph(names, slices, work)
        with self._lock:
            self._told.update(dict.fromkeys(names, told))
        try:
            futures = self._client.get(graph, [*map(task_key, names)], sync=False, priority=priority)
        except (OSError, RuntimeError, AttributeError) as error:
            # A client that is being closed fails in many ways.
            raise ClusterUnavailable(f"Expected a scheduler that takes work, it was lost: {error}") from None
        for name, future in zip(names, futures, strict=True):
            future.add_done_callback(lambda future, name=name: self._tell(name, future))
        return list(zip(names, futures, strict=True))

    def forget(self, name: str) -> None:
        """No more news of this slice are wanted."""
        with self._lock:
            self._told.pop(name, None)

    def close(self) -> None:
        """Let go of the scheduler; end it and its workers where they are our own."""
        self._lost = True
        # A scheduler that is gone cannot say goodbye.
        with contextlib.suppress(OSError, TimeoutError, RuntimeError):
            self._client.close(timeout=_CLOSE_S)
        if self._local is not None:
            with contextlib.suppress(OSError, TimeoutError, RuntimeError):
                self._local.close(timeout=_CLOSE_S)

    def _tell(self, name: str, news: News) -> None:
        with self._lock:
            told = self._told.get(name)
        if told is not None:
            told(name, news)

    def _hung(self, event: tuple[float, dict[str, Any]]) -> None:
        self._tell(str(event[1]["slice"]), int(event[1]["place"]))


def open_link(settings: Settings, item_limit_s: float | None = None) -> Link:
    """Start processes of our own, or connect to the scheduler of the settings. Raises ClusterUnavailable."""
    configure_dask(settings.data_dir.absolute() / "tmp")
    address = settings.dask_scheduler_address
    return _remote(address, item_limit_s) if address else _local(settings, item_limit_s)


def _local(settings: Settings, item_limit_s: float | None) -> Link:
    try:
        cluster = _started(settings)
        with _closed_on_failure(cluster):
            client = Client(cluster, set_as_default=False, timeout=_CONNECT_S)
            with _closed_on_failure(client):
                return _equipped(client, cluster, settings.workers, EnginePlugin(settings, item_limit_s))
    except (OSError, TimeoutError, RuntimeError) as error:
        log.error("no workers on this machine", error=str(error))
        raise ClusterUnavailable("Expected worker processes on this machine, they could not be started") from None


def _started(settings: Settings) -> LocalCluster:
    return LocalCluster(
        n_workers=settings.workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        memory_limit=settings.worker_memory_bytes,
        dashboard_address=None,
        # It opens a port all the same: any, for nothing.
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
        # Keys of its own, so that nobody else on this machine can give our workers anything to do.
        security=Security.temporary(),
        silence_logs=False,
    )


def _remote(address: str, item_limit_s: float | None) -> Link:
    try:
        client = Client(address, set_as_default=False, timeout=_CONNECT_S)
    except (OSError, TimeoutError, ValueError, RuntimeError) as error:
        log.warning("scheduler cannot be reached", address=address, error=str(error))
        raise ClusterUnavailable("Expected a Dask scheduler at DASK_SCHEDULER_ADDRESS, none answers") from None
    with _closed_on_failure(client):
        try:
            client.wait_for_workers(1, timeout=_CONNECT_S)
            return _equipped(client, None, 1, EnginePlugin(None, item_limit_s))
        except (OSError, TimeoutError) as error:
            log.warning("no worker at the scheduler", address=address, error=str(error))
            raise ClusterUnavailable("Expected a Dask scheduler with workers, it has none at present") from None
        except VitrineError as error:
            log.error("a worker cannot set itself up", address=address, error=error.message)
            raise ClusterUnavailable("Expected workers that can set themselves up, one said it cannot") from None


def _equipped(client: Client, local: LocalCluster | None, workers: int, plugin: EnginePlugin) -> Link:
    """Workers that come later, or again, set themselves up by the same plugin."""
    try:
        client.register_plugin(plugin, name=NAME)
    except BaseException:
        # Known at the scheduler it would not be tried again.
        with contextlib.suppress(OSError, TimeoutError, RuntimeError, ValueError, KeyError):
            client.unregister_worker_plugin(NAME)
        raise
    return Link(client, local, workers)


@contextlib.contextmanager
def _closed_on_failure(opened: Client | LocalCluster) -> Iterator[None]:
    try:
        yield
    except BaseException:
        opened.close(timeout=_CLOSE_S)
        raise
