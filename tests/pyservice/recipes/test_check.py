"""check: one row per rule, honest about how sure it is, with a fix where there is one."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from pyservice.errors import NotFound
from pyservice.imaging import Limits, OutputSpec, Picture, decode, encode
from pyservice.operations import ProductMask
from pyservice.quality import Score, measure, verdict
from pyservice.recipes.channels import all_channels, find_channel
from pyservice.recipes.check import check, fixed
from pyservice.recipes.recipe import Recipe, Step, bind
from pyservice.recipes.run import Run

TODAY = date(2026, 11, 20)
CHANNELS = sorted(all_channels())


def report(candidate, channel, on=TODAY):
    return check(candidate.facts, candidate.picture, candidate.metrics, find_channel(channel), on)


def row(found, rule):
    return next(row for row in found.rows if row.rule == rule)


def test_a_listing_picture_passes_amazon(candidate, draw):
    found = report(candidate(draw((1600, 1600))), "amazon-main")
    assert found.passed
    assert found.failures == ()
    assert {row.status for row in found.rows} == {"pass"}


@pytest.mark.parametrize("channel", CHANNELS)
def test_answers_one_row_per_rule_in_force_with_reason_and_source(candidate, draw, channel):
    poor = candidate(draw((90, 60), ground=(30, 60, 30)), format="bmp", mime="image/bmp", bytes=9_000, frames=2)
    found = report(poor, channel)
    assert [row.rule for row in found.rows] == [rule.id for rule in find_channel(channel).rules]
    for row in found.rows:
        assert row.sources
        assert row.measured
        assert row.required
        assert bool(row.reason) == (row.status != "pass")
        assert bool(row.remedy) == (row.status != "pass")


@pytest.mark.parametrize("channel", CHANNELS)
def test_third_party_rules_never_fail(candidate, draw, channel):
    poor = candidate(draw((90, 60), ground=(30, 60, 30)), format="tiff", mime="image/tiff", bytes=90_000_000)
    rows = report(poor, channel).rows
    assert all(row.status != "fail" for row in rows if row.confidence == "third-party")


@pytest.mark.parametrize(
    ("on", "status", "rules"),
    [
        (date(2027, 1, 30), "warn", {"min-size", "min-size-2027"}),
        (date(2027, 1, 31), "fail", {"min-size-2027"}),
        (date(2027, 2, 1), "fail", {"min-size-2027"}),
    ],
)
def test_a_coming_rule_warns_and_then_fails(candidate, draw, on, status, rules):
    found = report(candidate(draw((400, 400))), "google-merchant", on)
    coming = row(found, "min-size-2027")
    assert coming.status == status
    assert coming.reason.startswith("From 2027-01-31") == (status == "warn")
    assert rules <= {row.rule for row in found.rows}
    assert ("min-size" in {row.rule for row in found.rows}) == ("min-size" in rules)


def test_google_never_gets_an_enlarging_fix(candidate, draw):
    found = report(candidate(draw((400, 400))), "google-merchant", date(2027, 3, 1))
    assert row(found, "min-size-2027").fix is None


def test_white_that_amazon_wants_is_what_myntra_refuses(candidate, draw):
    white, grey = candidate(draw()), candidate(draw(ground=(242, 242, 242)))
    assert row(report(white, "amazon-main"), "white-ground").status == "pass"
    assert row(report(white, "myntra-apparel"), "tinted-ground").status == "fail"
    assert row(report(grey, "amazon-main"), "white-ground").status == "fail"
    assert row(report(grey, "myntra-apparel"), "tinted-ground").status == "pass"


def test_a_raw_photo_without_a_mask_is_not_white(candidate):
    photo = Picture(np.random.default_rng(0).integers(0, 200, (600, 600, 3), dtype=np.uint8))
    assert row(report(candidate(photo), "amazon-main"), "white-ground").status == "fail"


def test_evidence_is_a_box_around_the_stain(candidate, draw):
    picture = draw(box=(300, 300, 600, 600))
    rgb = picture.rgb.copy()
    rgb[10:110, 20:220] = (200, 200, 200)
    found = row(report(candidate(Picture(rgb, mask=picture.mask)), "amazon-main"), "white-ground")
    assert found.status == "fail"
    assert found.evidence == ((20, 10, 200, 100),)


def test_failed_rules_become_gates_that_hold_the_picture_back(candidate, draw):
    found = report(candidate(draw(ground=(90, 90, 90))), "amazon-main")
    assert [gate.name for gate in found.gates()] == ["channel:white-ground"]
    assert verdict(Score(value=99, version=1, parts=(), sentence=""), found.gates()) == "needs_review"


def test_a_report_that_passed_changes_nothing(candidate, draw):
    recipe = Recipe(steps=(Step(operation="frame", params={"size_px": 1600}),))
    assert fixed(recipe, report(candidate(draw((1600, 1600))), "amazon-main")) == recipe


@pytest.mark.parametrize("channel", CHANNELS)
def test_fixing_everything_gives_a_recipe_that_binds(candidate, draw, channel):
    poor = candidate(
        draw((1000, 700), (400, 300, 100, 100), ground=(30, 60, 30)),
        format="bmp",
        mime="image/bmp",
        bytes=40_000_000,
        frames=2,
        color_model="CMYK",
        icc="Adobe RGB (1998)",
        bits_per_channel=16,
        jpeg_quality=20,
    )
    mended = fixed(Recipe(steps=(Step(operation="remove-background"),)), report(poor, channel))
    bound = bind(mended)
    names = [step.operation.name for step in bound.steps]
    assert len(names) == len(set(names))


def test_fixes_merge_into_the_steps_that_are_there(candidate, draw):
    recipe = Recipe(
        steps=(
            Step(operation="remove-background"),
            Step(operation="frame", params={"aspect": "4:3", "fill": 0.4, "margin": 5, "size_px": 800}),
            Step(operation="background", params={"kind": "color", "color": "#102030"}),
        ),
        output=OutputSpec(format="webp"),
    )
    made = candidate(draw((800, 600), (300, 200, 200, 200), ground=(16, 32, 48)), format="webp", mime="image/webp")
    mended = fixed(recipe, report(made, "amazon-main"))
    steps = {step.operation: step.params for step in mended.steps}
    assert [step.operation for step in mended.steps] == ["remove-background", "frame", "background"]
    assert steps["background"]["color"] == "#ffffff"
    assert steps["frame"] == {
        "aspect": "1:1",
        "fill": 0.88,
        "fill_by": "longest-side",
        "margin": 5,
        "size_px": 1000,
    }
    assert mended.output.format == "jpeg"


def test_a_byte_floor_pushes_an_older_ceiling_aside(candidate):
    recipe = Recipe(output=OutputSpec(max_bytes=100_000))
    mended = fixed(recipe, report(candidate(bytes=90_000), "vtex"))
    assert mended.output.min_bytes == 300_000
    assert mended.output.max_bytes is None


def test_a_shadow_that_a_new_ground_would_swallow_is_drawn_again(candidate, draw):
    picture = draw((1000, 1250), (100, 100, 800, 1000), ground=(120, 140, 120))
    rgb = picture.rgb.copy()
    rgb[1100:1130, 100:900] = (60, 70, 60)
    found = report(candidate(Picture(rgb, mask=picture.mask)), "ajio")
    assert row(found, "natural-shadow").status == "pass"
    assert row(found, "light-ground").status == "fail"
    assert "shadow" in [step.operation for step in fixed(Recipe(), found).steps]


def found_mask(picture, wish, key):
    """The drawn mask: where the product is was never in question."""
    return ProductMask(picture.mask)


def no_blob(blob):
    raise NotFound(f"Expected no blob to be opened, received {blob}")


@pytest.mark.parametrize("channel", CHANNELS)
def test_fixing_everything_and_rendering_again_leaves_no_failure(draw, channel):
    source = grainy(draw((2600, 1900), (900, 700, 700, 500), ground=(96, 120, 90)))

    def rendered(recipe):
        bound = bind(recipe)
        result = Run(source, "drawn", found_mask, no_blob).render(bound).picture
        decoded = decode(encode(result, bound.output), Limits())
        seen = decoded.picture.with_mask(result.mask)
        return check(decoded.facts, seen, measure(seen, decoded.facts), find_channel(channel), TODAY)

    recipe = Recipe()
    before = rendered(recipe)
    after = rendered(fixed(recipe, before))
    assert after.failures == ()
    assert after.warnings <= before.warnings


def grainy(picture):
    """A photo has grain; without it no encoder can fill a floor of bytes."""
    grain = np.random.default_rng(0).normal(0, 6, picture.rgb.shape)
    return Picture(np.clip(np.rint(picture.rgb + grain), 0, 255).astype(np.uint8), mask=picture.mask)
