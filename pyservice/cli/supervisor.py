"""Keeps services running: starts them, waits until they can work, starts again what dies, stops all in order."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pyservice.cli.child import Child
from pyservice.cli.exits import DONE, FAILED
from pyservice.cli.listening import not_ready
from pyservice.cli.log_lines import LogLines, printable

_TICK_S = 0.1
_FIRST_DELAY_S = 0.5
_MOST_DELAY_S = 10.0
# Whoever ran so long did not die of how it was started.
_STEADY_S = 30.0
_FIRST_TRIES = 3
# Whoever cannot work yet has nothing to finish.
_BOOTING_GRACE_S = 3.0
_BOOT_S = 180.0
_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Service:
    """One child and how it fares. grace_s: how long it may take to end."""

    child: Child
    url: str
    grace_s: float
    ready: bool = False
    deaths: int = 0
    start_at_s: float = 0.0
    running: bool = False


class GaveUpError(Exception):
    """A service does not come up at all."""


class Supervisor:
    """Runs in the main thread."""

    def __init__(self, services: Sequence[Service], lines: LogLines) -> None:
        self._services = services
        self._lines = lines
        self._stops = 0

    def run(self, greet: Callable[[], str]) -> int:
        """Until it is told to stop, or nothing comes up; the exit code. greet: what to say when all can work."""
        with self._signals():
            try:
                self._start(greet)
                while not self._stops:
                    self._tick()
                self._lines.say("Stopping; Ctrl-C again stops at once.")
            except GaveUpError as error:
                self._lines.say(str(error))
                return FAILED
            finally:
                for service in reversed(self._services):
                    service.child.stop(service.grace_s if service.ready else _BOOTING_GRACE_S, self._hurry)
        self._lines.say("Stopped.")
        return DONE

    def _hurry(self) -> bool:
        return self._stops > 1

    def _start(self, greet: Callable[[], str]) -> None:
        """Raises GaveUpError."""
        latest_s = time.monotonic() + _BOOT_S
        while not self._stops:
            self._tick()
            died = next((service for service in self._services if service.deaths >= _FIRST_TRIES), None)
            if died is not None:
                raise GaveUpError(_last_words(died, f"did not start: tried {_FIRST_TRIES} times"))
            waiting = next((service for service in self._services if not service.ready), None)
            if waiting is None:
                self._lines.say(greet())
                return
            if time.monotonic() > latest_s:
                reason = not_ready(waiting.url)
                raise GaveUpError(_last_words(waiting, f"cannot work after {_BOOT_S:g} s ({reason})"))

    def _tick(self) -> None:
        """A service is asked whether it is ready once those before it are: it needs them."""
        all_ready = True
        for service in self._services:
            self._look_after(service, ask=all_ready)
            all_ready = all_ready and service.ready
        time.sleep(_TICK_S)

    def _look_after(self, service: Service, *, ask: bool) -> None:
        if not service.running:
            if time.monotonic() >= service.start_at_s:
                service.child.start()
                service.running = True
            return
        ending = service.child.ended()
        if ending is not None:
            self._bury(service, ending)
        elif ask and not service.ready and not_ready(service.url) is None:
            service.ready = True
            if service.deaths:
                self._lines.say(f"{service.child.name} is back.")

    def _bury(self, service: Service, ending: str) -> None:
        lived_s = time.monotonic() - service.child.started_s
        service.deaths = 1 if lived_s >= _STEADY_S else service.deaths + 1
        delay_s = min(_FIRST_DELAY_S * 2 ** (service.deaths - 1), _MOST_DELAY_S)
        service.running = service.ready = False
        service.start_at_s = time.monotonic() + delay_s
        self._lines.say(f"{service.child.name} {ending}; it starts again in {delay_s:g} s.")

    @contextmanager
    def _signals(self) -> Iterator[None]:
        def on_signal(_number: int, _frame: object) -> None:
            self._stops += 1

        endings = [number for number in _ENDINGS if number != signal.SIGHUP or not _ignored(number)]
        before = {number: signal.signal(number, on_signal) for number in endings}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _ignored(number: signal.Signals) -> bool:
    """Whoever started us with `nohup` wants us to go on when the terminal is gone."""
    return signal.getsignal(number) == signal.SIG_IGN


def _last_words(service: Service, what: str) -> str:
    said = [f"  {printable(line)}" for line in service.child.last_lines]
    return "\n".join([f"vitrine: {service.child.name} {what}. The last it said:", *said])
