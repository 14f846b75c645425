"""What was used lately stays, as far as memory goes."""

from pyservice.jobs.recent import Recent, Shelf


def test_the_one_that_was_used_longest_ago_goes_first() -> None:
    recent: Recent[bytes] = Recent(40, len)
    for key in "abcd":
        recent.add(key, b"x" * 10)
    assert recent.get("a") is not None
    recent.add("e", b"x" * 10)
    assert [key for key in "abcde" if recent.get(key)] == ["a", "c", "d", "e"]


def test_what_takes_most_of_the_room_is_not_kept() -> None:
    recent: Recent[bytes] = Recent(40, len)
    recent.add("small", b"x" * 10)
    recent.add("large", b"x" * 11)
    assert recent.get("small") is not None
    assert recent.get("large") is None


def test_the_same_key_twice_takes_room_once() -> None:
    recent: Recent[bytes] = Recent(40, len)
    for _ in range(10):
        recent.add("a", b"x" * 10)
    recent.add("b", b"x" * 10)
    assert recent.get("a") is not None
    assert recent.get("b") is not None


def test_values_hold_for_their_own_reasons_only() -> None:
    recent: Recent[bytes] = Recent(40, len)
    Shelf(recent, ("old weights",)).add("a", b"old")
    assert Shelf(recent, ("new weights",)).get("a") is None
    assert Shelf(recent, ("old weights",)).get("a") == b"old"
