import cv2
import numpy as np

from pyservice.imaging.product import product_box, product_fill, product_on_white


def shoe() -> np.ndarray:
    """A black shoe with a white sole inside its outline, on pure white."""
    rgb = np.full((200, 300, 3), 255, np.uint8)
    cv2.rectangle(rgb, (60, 50), (240, 150), (20, 20, 25), -1)
    cv2.rectangle(rgb, (80, 120), (220, 140), (255, 255, 255), -1)
    return rgb


def test_white_parts_of_a_product_on_white_stay_product() -> None:
    product = product_on_white(shoe())
    assert product is not None
    assert product[130, 150] == 255
    assert product[100, 100] == 255
    assert product[10, 10] == 0


def test_cutting_a_finished_picture_again_and_laying_it_on_white_changes_nothing() -> None:
    rgb = shoe()
    product = product_on_white(rgb)
    np.testing.assert_array_equal(np.where((product == 255)[..., None], rgb, 255), rgb)


def test_another_ground_or_nothing_but_white_tells_no_product() -> None:
    grey = shoe()
    grey[:, :40] = 250
    assert product_on_white(grey) is None
    assert product_on_white(np.full((20, 20, 3), 255, np.uint8)) is None


def test_specks_do_not_widen_the_box() -> None:
    mask = np.zeros((400, 400), np.uint8)
    mask[100:300, 150:250] = 255
    mask[390:393, 390:393] = 255
    box = product_box(mask)
    assert box is not None
    assert (box.left, box.top, box.right, box.bottom) == (150, 100, 250, 300)


def test_fill_is_told_three_ways() -> None:
    mask = np.zeros((100, 200), np.uint8)
    mask[25:75, 50:150] = 255
    fill = product_fill(mask)
    assert fill is not None
    assert (fill.bbox_area, fill.longest_side, fill.mask_area) == (0.25, 0.5, 0.25)
