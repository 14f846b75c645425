"""Each kind of rule on a picture that meets it and one that does not; each fix in a recipe that binds."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pyservice.imaging import Picture
from pyservice.recipes.fix import with_fixes
from pyservice.recipes.recipe import Recipe, bind
from pyservice.recipes.rules import all_rule_kinds


def judged(kind, candidate, **values):
    found = all_rule_kinds()[kind]
    return found.judge(candidate, found.values.model_validate(values))


def bordered(picture):
    rgb = picture.rgb.copy()
    for side in (rgb[:12], rgb[-12:], rgb[:, :12], rgb[:, -12:]):
        side[:] = (200, 30, 30)
    return Picture(rgb, mask=picture.mask)


def captioned(picture):
    rgb = picture.rgb.copy()
    cv2.putText(rgb, "SUMMER SALE", (100, 120), cv2.FONT_HERSHEY_SIMPLEX, 2, (20, 20, 20), 3, cv2.LINE_AA)
    return Picture(rgb, mask=picture.mask)


def greyed(picture):
    grey = np.repeat(picture.rgb.mean(axis=2, keepdims=True).astype(np.uint8), 3, axis=2)
    return Picture(grey, mask=picture.mask)


def blurred(picture):
    return Picture(cv2.GaussianBlur(picture.rgb, (0, 0), 12), mask=picture.mask)


def shaded(picture):
    rgb = picture.rgb.astype(np.float32)
    shadow = np.zeros(picture.rgb.shape[:2], np.float32)
    cv2.ellipse(shadow, (600, 900), (280, 50), 0, 0, 360, 0.5, -1)
    shadow = cv2.GaussianBlur(shadow, (0, 0), 12) * (picture.mask == 0)
    return Picture((rgb * (1 - shadow[..., None])).astype(np.uint8), mask=picture.mask)


SMALL_BOX = (300, 300, 600, 600)
EDGE_BOX = (0, 300, 600, 600)
LISTING, RAW = {}, {"ground": (70, 80, 60)}
CASES = [
    ("min-size", {"width_px": 1000}, {}, {"size": (800, 800)}, "resize"),
    ("min-size", {"long_side_px": 1000}, {"size": (1000, 500)}, {"size": (900, 900)}, "resize"),
    ("min-size", {"short_side_px": 1000}, {}, {"size": (2000, 900)}, "resize"),
    ("max-size", {"width_px": 1500, "height_px": 1500}, {}, {"size": (1600, 800)}, "resize"),
    ("max-size", {"megapixels": 1.5}, {}, {"size": (1300, 1300)}, "resize"),
    ("aspect", {"allowed": ["4:3", "1:1"]}, {}, {"size": (1200, 800)}, "frame"),
    ("aspect", {"allowed": ["1:1.44"]}, {"size": (763, 1100)}, {}, "frame"),
    ("white-ground", {"min_white_percent": 99}, {}, {"ground": (253, 253, 253)}, "background"),
    ("white-ground", {"max_delta_e": 3}, {"ground": (253, 253, 253)}, RAW, "background"),
    ("light-ground", {"min_lightness": 85, "max_chroma": 6, "color": "#f2f2f2"}, {}, RAW, "background"),
    ("tinted-ground", {"color": "#f2f2f2"}, {"ground": (240, 240, 240)}, {}, "background"),
    ("fill", {"min": 0.8, "target": 0.85, "fill_by": "longest-side"}, {}, {"box": SMALL_BOX}, "frame"),
    ("fill", {"max": 0.7, "target": 0.6, "fill_by": "bbox-area"}, {"box": SMALL_BOX}, {}, "frame"),
    ("fill", {"min": 0.5, "target": 0.6, "fill_by": "mask-area"}, {}, {"box": SMALL_BOX}, "frame"),
    ("clear-of-edges", {}, {}, {"box": EDGE_BOX}, "frame"),
    ("opaque", {}, {}, {"alpha": True}, "background"),
]


@pytest.mark.parametrize(("kind", "values", "good", "bad", "operation"), CASES)
def test_judges_what_the_picture_shows(draw, candidate, kind, values, good, bad, operation):
    passed, failed = judged(kind, candidate(draw(**good)), **values), judged(kind, candidate(draw(**bad)), **values)
    assert passed.ok is True
    assert failed.ok is False
    assert failed.reason
    assert failed.remedy
    assert failed.fix.operation == operation
    bound = bind(with_fixes(Recipe(), [failed.fix], 1200, 900))
    assert [step.operation.name for step in bound.steps] == [operation]


FILES = [
    ("formats", {"allowed": ["png", "jpeg"]}, {"format": "jpeg"}, {"format": "webp"}, {"format": "png"}),
    ("max-bytes", {"bytes": 1_000_000}, {"bytes": 1_000_000}, {"bytes": 1_000_001}, {"max_bytes": 1_000_000}),
    ("min-bytes", {"bytes": 200_000}, {"bytes": 200_000}, {"bytes": 199_999}, {"min_bytes": 200_000}),
    ("still", {}, {"frames": 1}, {"frames": 2}, {"format": "jpeg"}),
    ("color-models", {"allowed": ["RGB"]}, {"color_model": "RGB"}, {"color_model": "CMYK"}, {"format": "jpeg"}),
    ("color-space", {"space": "srgb"}, {"icc": "sRGB IEC61966-2.1"}, {"icc": "Adobe RGB (1998)"}, {}),
    ("color-space", {"space": "srgb"}, {"icc": None}, {"icc": "Display P3"}, {"color_space": "srgb"}),
    ("bit-depth", {"bits": 8}, {}, {"bits_per_channel": 16}, {"format": "jpeg"}),
    ("jpeg-quality", {"min": 90}, {"jpeg_quality": 90}, {"jpeg_quality": 89}, {"quality": 95}),
    ("jpeg-quality", {"min": 90}, {"jpeg_quality": None}, {"jpeg_quality": 40}, {"quality": 95}),
]


@pytest.mark.parametrize(("kind", "values", "good", "bad", "output"), FILES)
def test_judges_what_the_file_is(candidate, kind, values, good, bad, output):
    assert judged(kind, candidate(**good), **values).ok is True
    failed = judged(kind, candidate(**bad), **values)
    assert failed.ok is False
    assert failed.fix.operation == "output"
    mended = bind(with_fixes(Recipe(), [failed.fix], 1200, 1200))
    assert output.items() <= mended.output.model_dump().items()


HINTS = [
    ("no-text", {}, lambda picture: picture, captioned, "background"),
    ("no-border", {}, lambda picture: picture, bordered, "trim"),
    ("in-color", {}, lambda picture: picture, greyed, None),
    ("not-blurred", {"max_blur": 0.66}, lambda picture: picture, blurred, None),
    ("natural-shadow", {}, shaded, lambda picture: picture, "shadow"),
]


@pytest.mark.parametrize(("kind", "values", "good", "bad", "operation"), HINTS)
def test_hints_are_seen_but_never_certain(draw, candidate, kind, values, good, bad, operation):
    picture = draw(box=SMALL_BOX)
    passed, found = (judged(kind, candidate(change(picture)), **values) for change in (good, bad))
    assert passed.ok is True
    assert found.ok is False
    assert not found.certain
    assert (found.fix.operation if found.fix else None) == operation
    if found.fix:
        bind(with_fixes(Recipe(), [found.fix], 1200, 1200))


def test_every_kind_is_tried_here():
    assert {case[0] for case in [*CASES, *FILES, *HINTS]} == set(all_rule_kinds())


def test_the_margin_around_a_product_is_no_drawn_frame(draw, candidate):
    box_like = draw(box=(80, 80, 1040, 1040))
    assert judged("no-border", candidate(box_like)).ok is True
    assert judged("no-border", candidate(bordered(box_like))).ok is False


def test_too_small_for_enlarging_has_no_fix(draw, candidate):
    found = judged("min-size", candidate(draw((400, 400))), width_px=1000, max_enlarge=2)
    assert found.ok is False
    assert found.fix is None
    assert judged("min-size", candidate(draw((400, 400))), width_px=500, max_enlarge=1).fix is None


def test_a_format_that_nobody_can_write_has_no_fix(candidate):
    assert judged("formats", candidate(), allowed=["gif"]).fix is None


@pytest.mark.parametrize("kind", ["fill", "clear-of-edges", "light-ground", "tinted-ground", "natural-shadow"])
def test_what_needs_a_product_is_unknown_without_one(candidate, kind):
    values = {
        "fill": {"target": 0.8, "fill_by": "bbox-area"},
        "light-ground": {"min_lightness": 80},
        "tinted-ground": {"color": "#f2f2f2"},
    }
    photo = Picture(np.random.default_rng(0).integers(0, 200, (200, 200, 3), dtype=np.uint8))
    assert judged(kind, candidate(photo), **values.get(kind, {})).ok is None


def test_size_fix_reaches_the_size_that_was_asked(draw, candidate):
    fix = judged("min-size", candidate(draw((1000, 667))), width_px=1500, height_px=1500, max_enlarge=4).fix
    assert min(fix.params["width"], fix.params["height"]) >= 1500
    fix = judged("max-size", candidate(draw((1300, 1299))), megapixels=1.0).fix
    assert fix.params["width"] * fix.params["height"] <= 1e6
