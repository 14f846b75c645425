"""What an exit code means."""

DONE = 0
# The command was wrong, or could not begin.
FAILED = 1
# It ran, and some pictures did not come through.
SOME_FAILED = 2
# Ctrl-C: 128 and the signal's number, as shells expect.
INTERRUPTED = 130
