"""Channels are data: every file loads, every rule says where it was read."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from pyservice.errors import NotFound
from pyservice.recipes.channels import Channel, Rule, all_channels, find_channel
from pyservice.recipes.rules import all_rule_kinds

NAMES = {
    *("amazon-main", "ebay", "google-merchant", "walmart", "shopify", "etsy", "mercado-libre", "zalando"),
    *("myntra-apparel", "ajio", "flipkart", "meesho", "meta-catalog", "tiktok-shop", "vtex"),
}
RULES = [(channel.id, rule) for channel in all_channels().values() for rule in channel.rules]
BEFORE, THE_DAY, AFTER = date(2027, 1, 30), date(2027, 1, 31), date(2027, 2, 1)


def rule(**changes):
    values = {"id": "r", "kind": "still", "confidence": "official", "sources": ["https://example.com"]}
    return Rule.model_validate({**values, **changes})


def test_the_promised_channels_ship():
    assert set(all_channels()) >= NAMES


@pytest.mark.parametrize(("channel", "found"), RULES, ids=lambda value: getattr(value, "id", value))
def test_every_rule_has_a_source_and_a_known_kind(channel, found):
    assert found.sources
    assert all(source.startswith(("https://", "repo:")) for source in found.sources)
    assert found.kind in all_rule_kinds()
    assert found.parsed_values() is not None


def test_every_kind_is_used_by_some_channel():
    assert {found.kind for _, found in RULES} == set(all_rule_kinds())


def test_an_unknown_channel_is_answered_with_the_names():
    with pytest.raises(NotFound, match=r"amazon-main.*received 'amazone'"):
        find_channel("amazone")


def test_a_rule_without_a_source_is_refused():
    with pytest.raises(ValidationError, match="sources"):
        rule(sources=[])


def test_a_rule_of_an_unknown_kind_is_refused():
    with pytest.raises(ValidationError, match="Expected a rule kind"):
        rule(kind="beautiful")


def test_values_that_do_not_fit_the_kind_are_refused():
    with pytest.raises(ValidationError):
        rule(kind="max-bytes", values={"byte": 3})


def test_two_rules_of_one_id_are_refused():
    with pytest.raises(ValidationError, match="own id"):
        Channel(id="x", title="X", description="", collected_on=BEFORE, rules=(rule(), rule()))


@pytest.mark.parametrize(("on", "coming"), [(BEFORE, True), (THE_DAY, False), (AFTER, False)])
def test_a_rule_holds_from_its_day_on(on, coming):
    dated = rule(effective_from="2027-01-31")
    assert dated.is_coming(on) == coming
    assert dated.may_fail(on) != coming


@pytest.mark.parametrize(("on", "over"), [(BEFORE, False), (THE_DAY, True), (AFTER, True)])
def test_a_rule_is_over_from_its_last_day_on(on, over):
    assert rule(effective_until="2027-01-31").is_over(on) == over


@pytest.mark.parametrize(
    ("changes", "may_fail"),
    [
        ({}, True),
        ({"confidence": "partner"}, True),
        ({"confidence": "third-party"}, False),
        ({"strength": "recommended"}, False),
    ],
)
def test_only_required_official_and_partner_rules_may_fail(changes, may_fail):
    assert rule(**changes).may_fail(AFTER) == may_fail
