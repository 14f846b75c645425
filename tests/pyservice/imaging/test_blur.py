from __future__ import annotations

import cv2
import numpy as np
import pytest
import skimage.data

from pyservice.imaging.blur import gaussian_blur


@pytest.mark.parametrize("sigma_px", [0.5, 3.0, 8.0, 20.0, 45.0])
def test_agrees_with_the_plain_gaussian(sigma_px: float) -> None:
    photo = np.asarray(skimage.data.coffee(), np.uint8)
    expected = cv2.GaussianBlur(photo, (0, 0), sigma_px, borderType=cv2.BORDER_REFLECT)
    difference = np.abs(gaussian_blur(photo, sigma_px).astype(int) - expected)
    assert difference.mean() < 1.2
    assert np.percentile(difference, 99) <= 6


def test_no_sigma_changes_nothing() -> None:
    photo = np.asarray(skimage.data.coffee(), np.uint8)
    assert gaussian_blur(photo, 0) is photo
