"""A wish, on the command line and in a batch alike."""

from pyservice.jobs.outcome import Wish
from pyservice.recipes import Recipe, find_preset


def test_a_preset_named_like_a_channel_checks_that_channel() -> None:
    assert Wish(find_preset("amazon-main")).channels_checked() == ("amazon-main",)


def test_channels_that_are_named_take_its_place() -> None:
    assert Wish(find_preset("amazon-main"), channels=("ebay",)).channels_checked() == ("ebay",)


def test_other_presets_and_recipes_check_nothing_by_themselves() -> None:
    assert Wish(find_preset("catalog-white")).channels_checked() == ()
    assert Wish(Recipe()).channels_checked() == ()
