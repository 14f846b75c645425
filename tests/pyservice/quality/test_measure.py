"""measure: the contract of the whole."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyservice.imaging import Facts, Picture
from pyservice.quality import Metrics, gates, measure, score


def test_every_metric_is_described_with_a_unit_or_is_a_name():
    for name, field in Metrics.model_fields.items():
        assert field.description, name
        unitless = {"mask_source", "touched_edges", "blur"}
        assert name in unitless or (field.json_schema_extra or {}).get("unit"), name


@settings(max_examples=40, deadline=None)
@given(
    width=st.integers(1, 40),
    height=st.integers(1, 40),
    planes=st.sampled_from(["none", "mask", "alpha", "both"]),
    seed=st.integers(0, 2**31),
)
def test_odd_and_tiny_pictures_are_measured_scored_and_serialised(width, height, planes, seed):
    rng = np.random.default_rng(seed)
    rgb = rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
    mask = rng.integers(0, 256, (height, width), dtype=np.uint8) if planes in ("mask", "both") else None
    alpha = rng.integers(0, 256, (height, width), dtype=np.uint8) if planes in ("alpha", "both") else None
    metrics = measure(Picture(rgb, alpha, mask))
    assert Metrics.model_validate_json(metrics.model_dump_json()) == metrics
    json.dumps(metrics.model_dump(), allow_nan=False)
    assert 0 <= score(metrics).value <= 100
    assert gates(metrics)


@pytest.mark.parametrize("level", [0, 255])
def test_a_blank_picture_has_finite_numbers(level):
    metrics = measure(Picture(np.full((64, 64, 3), level, np.uint8)))
    json.dumps(metrics.model_dump(), allow_nan=False)


def test_is_deterministic(photo):
    assert measure(Picture(photo)) == measure(Picture(photo))


def test_finds_the_product_on_a_white_ground_by_itself(draw):
    picture = draw((100, 150, 150, 120))
    metrics = measure(Picture(picture.rgb))
    assert metrics.mask_source == "ground"
    assert metrics.fill_bbox_area == pytest.approx(150 * 120 / 400**2)


def test_a_cut_out_is_its_own_mask(draw):
    picture = draw()
    assert measure(Picture(picture.rgb, alpha=picture.mask)).mask_source == "alpha"


def test_takes_jpeg_quality_and_agreement_from_outside(draw):
    facts = Facts(format="jpeg", mime="image/jpeg", bytes=1, width=400, height=400, color_model="RGB", jpeg_quality=77)
    metrics = measure(draw(), facts, agreement=0.93)
    assert metrics.jpeg_quality == 77
    assert metrics.mask_agreement == 0.93
