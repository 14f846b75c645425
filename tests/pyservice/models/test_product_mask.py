from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest
import skimage.data

from pyservice.errors import InvalidRecipe
from pyservice.models import Sessions, find_product, intersection_over_union

MODELS = ["u2net", "u2netp", "isnet", "auto"]


def drawn_box(width: int = 600, height: int = 400, side: int = 200) -> tuple[np.ndarray, np.ndarray]:
    """A red box with a label on a light ground, and where it is."""
    rgb = np.full((height, width, 3), (225, 226, 224), np.uint8)
    truth = np.zeros((height, width), np.uint8)
    top, left = (height - side) // 2, (width - side) // 2
    cv2.rectangle(rgb, (left, top), (left + side, top + side), (180, 40, 30), -1)
    label = (left + side // 8, top + side // 2)
    cv2.putText(rgb, "TEA", label, cv2.FONT_HERSHEY_SIMPLEX, side / 120, (250, 240, 230), 3)
    cv2.rectangle(truth, (left, top), (left + side, top + side), 255, -1)
    return rgb, truth


@pytest.mark.parametrize("model", MODELS)
def test_finds_a_box(sessions: Sessions, model: str) -> None:
    rgb, truth = drawn_box()
    found = find_product(rgb, model, sessions)
    assert found.plane.shape == rgb.shape[:2]
    assert intersection_over_union(found.plane, truth) > 0.93


def test_auto_tells_how_far_two_networks_agree(sessions: Sessions) -> None:
    report = find_product(drawn_box()[0], "auto", sessions).report
    assert report["model"] == "isnet"
    assert report["judge"] == "u2netp"
    assert report["agreement"] > 0.9


def test_auto_looks_at_the_mirrored_picture_where_networks_disagree(sessions: Sessions) -> None:
    # A motorcycle full of spokes and pipes: the small network misses most of it.
    report = find_product(skimage.data.stereo_motorcycle()[0], "auto", sessions).report
    assert report["agreement"] < 0.9
    assert report["mirrored_look"] is True
    assert "mirrored_look" not in find_product(drawn_box()[0], "auto", sessions).report


def test_a_small_product_is_looked_at_again_from_nearer(sessions: Sessions) -> None:
    rgb, truth = drawn_box(1000, 800, 60)
    found = find_product(rgb, "u2net", sessions)
    assert found.report["second_look"] is True
    assert intersection_over_union(found.plane, cv2.resize(truth, found.plane.shape[::-1])) > 0.85


def test_long_side_of_a_mask_is_bounded(sessions: Sessions) -> None:
    rgb, _ = drawn_box(3000, 1000, 600)
    assert find_product(rgb, "u2netp", sessions).plane.shape == (341, 1024)


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (7, 5)])
def test_odd_sizes_are_fine(sessions: Sessions, size: tuple[int, int]) -> None:
    assert find_product(np.zeros((*size, 3), np.uint8), "auto", sessions).plane.shape == size


def test_unknown_models_are_refused_before_any_file_is_touched(sessions: Sessions) -> None:
    with pytest.raises(InvalidRecipe, match="Expected a model out of auto"):
        find_product(drawn_box()[0], "nonesuch", sessions)


def test_one_network_serves_many_threads(sessions: Sessions) -> None:
    pictures = [drawn_box(side=side)[0] for side in (120, 160, 200, 240)] * 2
    alone = [find_product(rgb, "u2netp", sessions).plane for rgb in pictures]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda rgb: find_product(rgb, "u2netp", sessions).plane, pictures))
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_array_equal(one, other)


def test_two_empty_masks_agree() -> None:
    nothing = np.zeros((3, 3), np.uint8)
    assert intersection_over_union(nothing, nothing) == 1
