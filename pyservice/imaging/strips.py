"""Work on large pictures strip by strip: intermediate arrays stay in the processor's cache, cores share strips."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import cv2

_PIXELS_PER_STRIP = 65_536


def rows_per_strip(width: int) -> int:
    """How many rows of that width a strip has; the last one of a picture may have fewer."""
    return max(1, _PIXELS_PER_STRIP // width)


def for_strips(width: int, height: int, work: Callable[[int, int], None]) -> None:
    """Call work(top, bottom) for strips of rows that cover the height; strips run at the same time.

    work must write only to its own rows. It spends its time in cv2 or numpy, which let other threads run.
    """
    rows = rows_per_strip(width)
    strips = [(top, min(top + rows, height)) for top in range(0, height, rows)]
    threads = min(cv2.getNumThreads(), len(strips))
    if threads < 2:
        for top, bottom in strips:
            work(top, bottom)
        return
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work, top, bottom) for top, bottom in strips]:
            done.result()
