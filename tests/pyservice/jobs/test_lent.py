"""Originals are known while they are lent, and no longer."""

from pyservice.jobs.lent import Lent


def test_bytes_are_known_inside_the_block_only() -> None:
    lent = Lent()
    with lent.lend(b"data") as blob:
        assert lent.get(blob) == b"data"
    assert lent.get(blob) is None


def test_two_may_lend_the_same_bytes() -> None:
    lent = Lent()
    with lent.lend(b"data") as blob:
        with lent.lend(b"data"):
            pass
        assert lent.get(blob) == b"data"
