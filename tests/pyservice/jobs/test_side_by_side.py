"""Much work, few things in memory, and a stop that is heeded."""

import threading

import pytest

from pyservice.jobs.side_by_side import side_by_side


def test_every_answer_comes_with_its_place() -> None:
    answers = dict(side_by_side(range(50), lambda number: number * number, 4, threading.Event()))
    assert answers == {number: number * number for number in range(50)}


def test_no_more_run_at_once_than_workers() -> None:
    lock, under_way, most = threading.Lock(), 0, 0
    together = threading.Barrier(3, timeout=10)

    def work(_: int) -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        # Goes on only when three are here at once: proves that they do run side by side.
        together.wait()
        with lock:
            under_way -= 1

    assert len(list(side_by_side(range(12), work, 3, threading.Event()))) == 12
    assert most == 3


def test_tasks_are_not_begun_long_before_their_turn() -> None:
    begun: list[int] = []
    answers = side_by_side(range(100), begun.append, 2, threading.Event())
    next(answers)
    assert len(begun) <= 4
    answers.close()


class Watched(threading.Event):
    """An event that tells when somebody saw it set and came to ask again."""

    def __init__(self) -> None:
        super().__init__()
        self.heeded = threading.Event()
        self._seen = 0

    def is_set(self) -> bool:
        self._seen += super().is_set()
        if self._seen > 1:
            self.heeded.set()
        return super().is_set()


def test_a_stop_finishes_what_is_under_way_and_begins_no_more() -> None:
    stop, begun, release = Watched(), threading.Semaphore(0), threading.Event()

    def work(number: int) -> int:
        begun.release()
        release.wait(10)
        return number

    answers: list[int] = []
    asking = side_by_side(range(100), work, 2, stop)
    reader = threading.Thread(target=lambda: answers.extend(index for index, _ in asking))
    reader.start()
    for _ in range(2):
        assert begun.acquire(timeout=10)
    stop.set()
    # The two that wait are dropped before those under way may end.
    assert stop.heeded.wait(10)
    release.set()
    reader.join(10)
    assert sorted(answers) == [0, 1]


def test_what_work_raises_comes_out() -> None:
    with pytest.raises(ZeroDivisionError):
        list(side_by_side([0], lambda number: 1 // number, 1, threading.Event()))
