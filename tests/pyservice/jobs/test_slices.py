"""Slices are neither too many nor too long, and answer every item they began."""

from typing import Any, cast

import pytest

from pyservice.errors import ModelUnavailable
from pyservice.jobs import Engine, slices
from pyservice.jobs.chunk_item import ChunkItem
from pyservice.jobs.slices import SliceAnswer, SliceSizer, do_slice

NO_ENGINE = cast(Engine, None)
ITEMS = [ChunkItem(key=str(number), blob="0" * 64, preset="p") for number in range(120)]


def learned(seconds_per_item: float) -> SliceSizer:
    sizer = SliceSizer()
    for _ in range(100):
        sizer.learn(SliceAnswer([{}], seconds_per_item))
    return sizer


@pytest.mark.parametrize(("seconds_per_item", "size"), [(5.0, 1), (0.6, 1), (0.1, 5), (0.0, 50)])
def test_a_slice_is_about_half_a_second_of_work(seconds_per_item: float, size: int) -> None:
    sliced = learned(seconds_per_item).sliced(ITEMS)
    assert len(sliced[0]) == pytest.approx(size, abs=1 if 1 < size < 50 else 0)
    assert [item for part in sliced for item in part] == ITEMS


def test_what_nobody_knows_yet_is_done_one_by_one() -> None:
    assert {len(part) for part in SliceSizer().sliced(ITEMS)} == {1}


def test_a_slice_that_turns_out_long_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "_LONGEST_S", -1.0)
    assert len(do_slice(NO_ENGINE, lambda _, item: {}, ITEMS, lambda place: None).answers) == 1


def test_each_item_is_announced_and_fails_for_itself() -> None:
    begun: list[int] = []

    def work(_: Engine, item: ChunkItem) -> dict[str, Any]:
        if item.key == "1":
            raise ModelUnavailable("Expected weights")
        if item.key == "2":
            raise KeyError("secret")
        return {"rendered": {}}

    first, unavailable, bug = do_slice(NO_ENGINE, work, ITEMS[:3], begun.append).answers
    assert begun == [0, 1, 2]
    assert (first["key"], first["status"]) == ("0", "done")
    assert (unavailable["problem"]["code"], unavailable["retry"]) == ("model_unavailable", True)
    assert (bug["problem"]["code"], bug["retry"]) == ("internal_error", True)
    assert "secret" not in str(bug)
