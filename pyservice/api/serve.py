"""The service on gunicorn: one worker process (weights are loaded once) with threads."""

from __future__ import annotations

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from pyservice.api.app import create_app, most_readers
from pyservice.api.archives import MOST_ARCHIVES
from pyservice.api.chunks import MOST_CHUNKS
from pyservice.api.outside import MOST_DELIVERIES, MOST_FETCHES
from pyservice.api.secrets import with_service_secret
from pyservice.api.worker import PatientWorker
from pyservice.config import Settings
from pyservice.jobs import Engine
from pyservice.jobs.chunks import Chunks
from pyservice.jobs.item_work import do_item
from pyservice.jobs.slices import Work
from pyservice.logs import configure
from pyservice.storage import BlobStore

# Beyond every place to read, work or wait: for refusals, health and lists.
SPARE_THREADS = 16
BOOT_TIMEOUT_S = 120  # weights are compiled before the worker reports back
GRACEFUL_TIMEOUT_S = 30
KEEPALIVE_S = 30  # longer than the gateway's pool keeps an idle connection


def serve(settings: Settings, work: Work = do_item) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first. Raises InvalidConfig.

    work: what is done with an item of a batch.
    """
    settings = with_service_secret(settings)
    # A bad one is a sentence here, and a trace in a worker that gunicorn starts again and again.
    BlobStore(settings.blob_url).check_reachable()
    configure(settings)
    _Server(settings, work).run()


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn, told everything by our settings and nothing by files, flags or its own variables."""

    def __init__(self, settings: Settings, work: Work) -> None:
        self._settings = settings
        self._work = work
        self._engine: Engine | None = None
        self._batches: Chunks | None = None
        super().__init__()

    def load_config(self) -> None:
        settings = self._settings
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        options: dict[str, Any] = {
            "bind": f"{host}:{settings.port}",
            "workers": 1,
            "worker_class": PatientWorker,
            "threads": _most_threads(settings),
            "timeout": BOOT_TIMEOUT_S,
            "graceful_timeout": GRACEFUL_TIMEOUT_S,
            "keepalive": KEEPALIVE_S,
            "control_socket_disable": True,
            "logger_class": _Log,
            "loglevel": settings.log_level,
            "proc_name": "vitrine-pyservice",
            "worker_exit": lambda _server, _worker: self._close(),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Runs in the worker, after the fork: the engine has threads and processes that no fork may copy."""
        self._engine = Engine(self._settings)
        self._engine.warm()
        self._batches = Chunks(self._settings, self._work)
        return create_app(self._settings, self._engine, self._batches)

    def _close(self) -> None:
        if self._batches is not None:
            self._batches.close()
        if self._engine is not None:
            self._engine.close()


def _most_threads(settings: Settings) -> int:
    work = settings.concurrency + settings.queue + most_readers(settings)
    return work + MOST_FETCHES + MOST_DELIVERIES + MOST_CHUNKS + MOST_ARCHIVES + SPARE_THREADS


class _Log(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's own events, through our handler and format. Requests are logged by the app."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers = []
        self.error_log.propagate = True
