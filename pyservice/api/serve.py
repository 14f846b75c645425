"""The service on gunicorn: one worker process (weights are loaded once) with threads."""

from __future__ import annotations

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from pyservice.api.app import create_app, most_readers
from pyservice.api.secrets import with_service_secret
from pyservice.api.worker import PatientWorker
from pyservice.config import Settings
from pyservice.jobs import Engine
from pyservice.logs import configure
from pyservice.storage import BlobStore

# Beyond every place to read, work or wait: for refusals, health and lists.
SPARE_THREADS = 16
BOOT_TIMEOUT_S = 120  # weights are compiled before the worker reports back
GRACEFUL_TIMEOUT_S = 30
KEEPALIVE_S = 30  # longer than the gateway's pool keeps an idle connection


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first. Raises InvalidConfig."""
    settings = with_service_secret(settings)
    # A bad one is a sentence here, and a trace in a worker that gunicorn starts again and again.
    BlobStore(settings.blob_url)
    configure(settings)
    _Server(settings).run()


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn, told everything by our settings and nothing by files, flags or its own variables."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._engine: Engine | None = None
        super().__init__()

    def load_config(self) -> None:
        settings = self._settings
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        options: dict[str, Any] = {
            "bind": f"{host}:{settings.port}",
            "workers": 1,
            "worker_class": PatientWorker,
            "threads": settings.concurrency + settings.queue + most_readers(settings) + SPARE_THREADS,
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
        return create_app(self._settings, self._engine)

    def _close(self) -> None:
        if self._engine is not None:
            self._engine.close()


class _Log(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's own events, through our handler and format. Requests are logged by the app."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers = []
        self.error_log.propagate = True
