"""The same work on many things at once, with few of them in memory at any time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")

_POLL_S = 0.2
# Tasks that wait, besides those under way, so that no worker ever does.
_WAITING = 2


def side_by_side(
    tasks: Sequence[Task], work: Callable[[Task], Answer], workers: int, stop: threading.Event
) -> Iterator[tuple[int, Answer]]:
    """What `work` answers for each task, with the task's place in the list, as it gets done.

    Once `stop` is set, what is under way is finished and nothing more begun; an interrupt after that waits for
    nothing. Raises what `work` raises.
    """
    pending: dict[Future[Answer], int] = {}
    waiting = iter(enumerate(tasks))
    pool = ThreadPoolExecutor(workers, thread_name_prefix="picture")
    patient = True
    try:
        while True:
            if stop.is_set():
                _drop_unstarted(pending)
            while not stop.is_set() and len(pending) < workers + _WAITING:
                following = next(waiting, None)
                if following is None:
                    break
                pending[pool.submit(work, following[1])] = following[0]
            if not pending:
                return
            # Looking up now and then: a signal must not wait for a slow picture.
            for future in wait(pending, timeout=_POLL_S, return_when=FIRST_COMPLETED).done:
                yield pending.pop(future), future.result()
    except (KeyboardInterrupt, GeneratorExit):
        patient = not stop.is_set()
        raise
    finally:
        pool.shutdown(wait=patient, cancel_futures=True)


def _drop_unstarted(pending: dict[Future[Answer], int]) -> None:
    for future in [future for future in pending if future.cancel()]:
        del pending[future]
