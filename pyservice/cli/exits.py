"""What an exit code means, and leaving without a word."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

DONE = 0
# The command was wrong, or could not begin.
FAILED = 1
# It ran, and some pictures did not come through.
SOME_FAILED = 2
# Ctrl-C: 128 and the signal's number, as shells expect.
INTERRUPTED = 130


def leave_at_once() -> NoReturn:
    """End the process as interrupted, whatever its threads are at."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(INTERRUPTED)
