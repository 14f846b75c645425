"""Becomes another program, one that ends when the process that started it does: `python tied.py PARENT PROGRAM …`.

Run as a file of its own: it imports nothing of ours, so that it costs little.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Elsewhere than on Linux the program is started, but not tied."""
    parent, *command = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))
    if os.getppid() != int(parent):
        # It ended before we were tied to it.
        sys.exit(1)
    # Python ignores these two, and what is ignored stays so in the next program.
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    os.execv(command[0], command)  # noqa: S606  no shell is what we want


if __name__ == "__main__":
    main()
