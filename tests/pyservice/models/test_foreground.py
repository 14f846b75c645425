import cv2
import numpy as np

from pyservice.models import decontaminated


def blended(foreground: tuple[int, int, int], ground: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """A soft-edged disc of one colour photographed on a ground of another, and its alpha."""
    alpha = np.zeros((300, 300), np.uint8)
    cv2.circle(alpha, (150, 150), 90, 255, -1)
    alpha = cv2.GaussianBlur(alpha, (0, 0), 4)
    share = alpha[..., None] / 255
    return np.rint(np.array(foreground) * share + np.array(ground) * (1 - share)).astype(np.uint8), alpha


def test_no_halo_of_the_old_ground_survives_on_white() -> None:
    rgb, alpha = blended((120, 30, 40), (20, 160, 60))
    share = alpha[..., None] / 255
    ideal = np.array((120, 30, 40)) * share + 255 * (1 - share)
    soft = (alpha > 25) & (alpha < 230)
    naive = rgb * share + 255 * (1 - share)
    clean = decontaminated(rgb, alpha) * share + 255 * (1 - share)
    assert np.abs(clean - ideal)[soft].mean() < 2.5
    assert np.abs(clean - ideal)[soft].mean() < np.abs(naive - ideal)[soft].mean() / 8


def test_certain_pixels_keep_their_colours() -> None:
    rgb, alpha = blended((120, 30, 40), (20, 160, 60))
    certain = (alpha == 0) | (alpha == 255)
    np.testing.assert_array_equal(decontaminated(rgb, alpha)[certain], rgb[certain])


def test_an_opaque_picture_is_returned_as_it_is() -> None:
    rgb = np.zeros((4, 4, 3), np.uint8)
    assert decontaminated(rgb, np.full((4, 4), 255, np.uint8)) is rgb


def test_works_on_pictures_larger_than_its_working_copy() -> None:
    rgb, alpha = blended((120, 30, 40), (20, 160, 60))
    large = tuple(cv2.resize(plane, (2400, 2400), interpolation=cv2.INTER_CUBIC) for plane in (rgb, alpha))
    clean = decontaminated(*large)
    soft = (large[1] > 60) & (large[1] < 200)
    assert np.abs(clean[soft].astype(int) - (120, 30, 40)).mean() < 6
