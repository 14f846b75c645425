import cv2
import numpy as np

from pyservice.models.plain_ground import completed


def shirt(ground: int) -> tuple[np.ndarray, np.ndarray]:
    """A red square, and a mask that misses its right third; a light grey shadow lies under it."""
    rgb, mask = np.full((200, 200, 3), ground, np.uint8), np.zeros((200, 200), np.uint8)
    rgb[160:180, 50:150] = 225
    rgb[50:160, 50:150] = (200, 30, 30)
    mask[50:160, 50:115] = 255
    return rgb, mask


def test_a_coloured_part_that_was_missed_is_put_back() -> None:
    done = completed(*shirt(255))
    assert (done[60:150, 60:140] == 255).all()


def test_a_shadow_on_white_stays_ground() -> None:
    assert (completed(*shirt(255))[165:175] == 0).all()


def test_another_ground_proves_nothing() -> None:
    rgb, mask = shirt(180)
    assert completed(rgb, mask) is mask


def test_colour_that_does_not_touch_the_product_stays_ground() -> None:
    rgb, mask = shirt(255)
    rgb[10:30, 170:190] = (20, 20, 200)
    assert (completed(rgb, mask)[10:30, 170:190] == 0).all()


def test_without_any_product_nothing_is_put_back() -> None:
    rgb, mask = shirt(255)
    assert not completed(rgb, np.zeros_like(mask)).any()


def test_a_photo_turned_on_white_is_no_product_on_white() -> None:
    rgb, mask = np.full((200, 200, 3), 255, np.uint8), np.zeros((200, 200), np.uint8)
    corners = np.array([[100, 2], [197, 100], [100, 197], [2, 100]])
    cv2.fillConvexPoly(rgb, corners, (90, 140, 60))
    cv2.circle(mask, (100, 100), 30, 255, -1)
    assert completed(rgb, mask) is mask
