from __future__ import annotations

import threading

import numpy as np
import pytest

from pyservice.imaging.strips import for_strips, rows_per_strip


@pytest.mark.parametrize(("width", "height"), [(1, 1), (7, 100_003), (6000, 401), (300_000, 5)])
def test_every_row_is_visited_once(width: int, height: int) -> None:
    visits = np.zeros(height, int)
    lock = threading.Lock()

    def work(top: int, bottom: int) -> None:
        assert bottom - top <= rows_per_strip(width)
        with lock:
            visits[top:bottom] += 1

    for_strips(width, height, work)
    assert (visits == 1).all()


def test_an_error_in_a_strip_is_raised() -> None:
    def work(top: int, bottom: int) -> None:
        if top > 0:
            raise ValueError("strip")

    with pytest.raises(ValueError, match="strip"):
        for_strips(6000, 400, work)
