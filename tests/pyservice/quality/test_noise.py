"""Noise is read in grey levels, from flat patches of the product only."""

from __future__ import annotations

import numpy as np
import pytest

from pyservice.imaging import Picture
from pyservice.quality import measure, score


def grainy(rgb, sigma, seed=0):
    grain = np.random.default_rng(seed).normal(0, sigma, rgb.shape[:2])[..., None]
    return np.clip(np.rint(rgb + grain), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("sigma", [2, 5, 10, 20])
def test_reads_the_noise_that_was_added(draw, sigma):
    picture = draw((0, 0, 400, 400), color=(128, 128, 128))
    found = measure(Picture(grainy(picture.rgb, sigma), mask=picture.mask)).noise_sigma
    assert found == pytest.approx(sigma, rel=0.12)


def test_more_noise_never_scores_higher_for_noise(photo):
    found = [measure(Picture(grainy(photo, sigma))) for sigma in (0, 3, 6, 12, 24)]
    sigmas = [metrics.noise_sigma for metrics in found]
    parts = [next(p.value for p in score(metrics).parts if p.name == "noise") for metrics in found]
    assert sigmas == sorted(sigmas)
    assert parts == sorted(parts, reverse=True)


def test_noise_of_the_ground_does_not_count(draw):
    picture = draw()
    noisy_ground = np.where(picture.mask[..., None] > 0, picture.rgb, grainy(picture.rgb, 20))
    assert measure(Picture(noisy_ground, mask=picture.mask)).noise_sigma < 0.1


def test_is_unknown_where_no_patch_is_large_enough(draw):
    assert measure(draw((195, 195, 9, 9))).noise_sigma is None
