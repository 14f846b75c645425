"""A program of ours that runs beside this one, and ends when this one does."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_TIED = str(Path(__file__).with_name("tied.py"))
_LAST_LINES = 10
_MOST_LINE_BYTES = 1 << 16
# What is left in the pipe when a program has ended is read so long.
_DRAIN_S = 2.0


class Child:
    """Start it from the thread that lives longest: Linux ends a tied program with the thread that started it."""

    def __init__(
        self, name: str, command: Sequence[str], environ: Mapping[str, str], tell: Callable[[str, str], None]
    ) -> None:
        self.name = name
        self._command = command
        self._environ = environ
        self._tell = tell
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self.last_lines: deque[str] = deque(maxlen=_LAST_LINES)
        self.started_s = 0.0

    def start(self) -> None:
        """In a session of its own: Ctrl-C reaches this program alone, which then stops the others in order."""
        self.started_s = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", _TIED, str(os.getpid()), *self._command],
            env=dict(self._environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, args=(self._process,), daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int | None:
        """Of the program, where it was started."""
        return None if self._process is None else self._process.pid

    def ended(self) -> str | None:
        """How it ended, in words; None while it runs. What it left running is gone then as well."""
        if self._process is None or self._process.poll() is None:
            return None
        self.kill()
        code = self._process.returncode
        return f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"

    def stop(self, grace_s: float, hurry: Callable[[], bool]) -> None:
        """Ask it to end, wait so long, then end it. hurry: whether to wait no longer."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.terminate()
        latest_s = time.monotonic() + grace_s
        while self._process.poll() is None and time.monotonic() < latest_s and not hurry():
            time.sleep(0.02)
        self.kill()
        self._process.wait()
        self._drain()

    def kill(self) -> None:
        """End it with all that it started."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            if self._process.poll() is not None:
                self._drain()

    def _drain(self) -> None:
        if self._reader is not None:
            self._reader.join(_DRAIN_S)

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdout is None:
            return
        with process.stdout as output:
            while line := output.readline(_MOST_LINE_BYTES):
                text = line.decode("utf-8", "replace").rstrip()
                if text:
                    self.last_lines.append(text)
                    self._tell(self.name, text)
