from typing import Literal

import cv2
import numpy as np
import pytest

from pyservice.models import intersection_over_union, refined

REFINES: list[Literal["none", "guided", "matting"]] = ["none", "guided", "matting"]


def disc(side: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """A dark disc on a light ground, and its mask."""
    rgb, mask = np.full((side, side, 3), 220, np.uint8), np.zeros((side, side), np.uint8)
    for plane, value in ((rgb, (40, 60, 90)), (mask, 255)):
        cv2.circle(plane, (side // 2, side // 2), side // 3, value, -1, cv2.LINE_AA)
    return rgb, mask


@pytest.mark.parametrize("refine", REFINES)
def test_keeps_the_shape_of_a_good_mask(refine: Literal["none", "guided", "matting"]) -> None:
    rgb, mask = disc()
    assert intersection_over_union(refined(rgb, mask, refine), mask) > 0.98


@pytest.mark.parametrize("refine", ["guided", "matting"])
def test_moves_a_coarse_edge_to_the_pictures_own(refine: Literal["guided", "matting"]) -> None:
    rgb, mask = disc()
    coarse = cv2.resize(cv2.resize(mask, (50, 50), interpolation=cv2.INTER_AREA), (400, 400))
    before = np.abs(refined(rgb, coarse, "none").astype(int) - mask).mean()
    assert np.abs(refined(rgb, coarse, refine).astype(int) - mask).mean() < before


def test_a_region_of_doubt_is_decided_and_leaves_no_ghost() -> None:
    rgb, mask = disc()
    doubtful = np.full_like(mask, 80)
    doubtful[100:300, 100:300] = 170
    decided = refined(rgb, doubtful, "none")
    assert decided[200, 200] == 255
    assert decided[10, 10] == 0


@pytest.mark.parametrize("refine", REFINES)
@pytest.mark.parametrize("size", [(1, 1), (1, 40), (5, 3)])
def test_odd_sizes_are_fine(refine: Literal["none", "guided", "matting"], size: tuple[int, int]) -> None:
    rgb = np.zeros((*size, 3), np.uint8)
    assert refined(rgb, np.full(size, 255, np.uint8), refine).shape == size


def test_a_mask_grows_to_a_large_picture() -> None:
    rgb, mask = disc(2400)
    coarse = cv2.resize(mask, (1024, 1024), interpolation=cv2.INTER_AREA)
    grown = refined(rgb, coarse, "guided")
    assert grown.shape == (2400, 2400)
    assert intersection_over_union(grown, mask) > 0.995
