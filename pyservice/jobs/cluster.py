"""The workers of batches: there when a chunk comes, gone when none has come for a while."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pyservice.config import Settings
from pyservice.errors import ClusterUnavailable
from pyservice.logs import logger

if TYPE_CHECKING:
    from pyservice.jobs.link import Link

IDLE_S = 300.0

log = logger(__name__)


class Cluster:
    """Opens a link at the first chunk, and another when that one is lost. Threads may share it."""

    def __init__(self, settings: Settings, *, idle_s: float = IDLE_S, item_limit_s: float | None = None) -> None:
        self._settings = settings
        self._idle_s = idle_s
        self._item_limit_s = item_limit_s
        self._lock = threading.Lock()
        self._link: Link | None = None
        self._users = 0
        self._stopped = False
        self._failed_s = -math.inf
        self._timer: threading.Timer | None = None

    @property
    def open(self) -> bool:
        """Whether there are workers, or a connection to some."""
        return self._link is not None

    def join(self) -> Link:
        """The present link, opened where need be; call `leave` after. Raises ClusterUnavailable."""
        asked_s = time.monotonic()
        with self._lock:
            if self._failed_s > asked_s:
                # It was tried while we waited: eight chunks at once do not try one after the other.
                raise ClusterUnavailable("Expected workers, they could not be reached a moment ago")
            if self._stopped:
                raise ClusterUnavailable("Expected a service that goes on, this one is being stopped")
            self._stop_timer()
            if self._link is not None and not (self._link.alive and (self._users or self._link.whole())):
                self._close()
            if self._link is None:
                self._link = self._opened()
            self._users += 1
            return self._link

    def leave(self) -> None:
        """One chunk less."""
        with self._lock:
            self._users -= 1
            if self._users == 0 and self._link is not None:
                self._timer = threading.Timer(self._idle_s, self._close_if_idle)
                self._timer.daemon = True
                self._timer.start()

    def stop(self) -> None:
        """Lose the link and open no other. Takes no lock, so that a signal may call this."""
        self._stopped = True
        link = self._link
        if link is not None:
            link.lose()

    def close(self) -> None:
        """End the workers of our own; let go of those elsewhere."""
        with self._lock:
            self._stop_timer()
            self._close()

    @contextmanager
    def joined(self) -> Iterator[Link]:
        """The link, for the length of a block."""
        link = self.join()
        try:
            yield link
        finally:
            self.leave()

    def _opened(self) -> Link:
        # Imported late: Dask takes a second and 40 MB, and many a studio never makes a batch.
        from pyservice.jobs.link import open_link

        try:
            link = open_link(self._settings, self._item_limit_s)
        except ClusterUnavailable:
            self._failed_s = time.monotonic()
            raise
        log.info("workers ready", scheduler=self._settings.dask_scheduler_address or "on this machine")
        return link

    def _close_if_idle(self) -> None:
        with self._lock:
            if self._users == 0:
                self._close()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _close(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None
            log.info("workers let go")
