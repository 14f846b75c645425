from collections.abc import Callable

import cv2
import numpy as np
import pytest

from pyservice.errors import InvalidRecipe
from pyservice.imaging.picture import Picture
from pyservice.operations import Context, find_operation


def run(name: str, picture: Picture, context: Context, **params: object) -> Picture:
    operation = find_operation(name, "test")
    return operation.run(picture, operation.validated(params, operation.version, "test"), context).picture


def test_remove_background_keeps_the_product_and_hides_the_ground(drawing: Picture, context: Context) -> None:
    cut = run("remove-background", drawing, context)
    assert cut.alpha is not None
    assert cut.alpha[98, 70] == 255
    assert cut.alpha[5, 5] == 0
    np.testing.assert_array_equal(cut.rgb[5, 5], drawing.rgb[5, 5])


def test_growing_and_shrinking_move_the_edge(drawing: Picture, context: Context) -> None:
    areas = [
        int((run("remove-background", drawing, context, grow_px=grow_px).alpha > 127).sum()) for grow_px in (-3, 0, 3)
    ]
    assert areas[0] < areas[1] < areas[2]


def test_feathering_softens_the_edge(drawing: Picture, context: Context) -> None:
    hard, soft = (run("remove-background", drawing, context, feather_px=px).alpha for px in (0, 8))
    assert ((soft > 10) & (soft < 245)).sum() > 4 * ((hard > 10) & (hard < 245)).sum()


def test_the_products_own_shadow_stays_where_asked_for(context: Context) -> None:
    rgb = np.full((200, 200, 3), 220, np.uint8)
    rgb[60:140, 60:140] = (150, 20, 20)
    rgb[140:160, 60:150] = 150  # what the box casts on the ground
    without, with_shadow = (run("remove-background", Picture(rgb), context, keep_shadow=keep) for keep in (False, True))
    mask = with_shadow.mask
    assert mask is not None
    outside = mask == 0
    assert with_shadow.alpha[outside].sum() > without.alpha[outside].sum()
    assert with_shadow.alpha[5, 5] == 0


def test_a_kept_shadow_is_as_dark_as_it_was_and_starts_at_the_product(make_context: Callable[..., Context]) -> None:
    rgb = np.full((1600, 1600, 3), 220, np.uint8)
    rgb[480:1120, 480:1120] = (150, 20, 20)
    rgb[1120:1280, 480:1120] = 132  # 40 % darker than the ground.
    mask = np.zeros((1600, 1600), np.uint8)
    mask[480:1120, 480:1120] = 255
    context = make_context(finds_own_mask=True)
    alpha = run("remove-background", Picture(rgb, None, mask), context, keep_shadow=True).alpha
    assert np.abs(alpha[1124:1250, 600:1000].astype(int) - 102).max() <= 6


def test_a_dark_product_on_an_even_ground_has_no_shadow_to_keep(make_context: Callable[..., Context]) -> None:
    rgb = np.full((900, 900, 3), 220, np.uint8)
    rgb[300:600, 300:600] = 10
    mask = np.zeros((900, 900), np.uint8)
    mask[300:600, 300:600] = 255
    context = make_context(finds_own_mask=True)
    cut = run("remove-background", Picture(rgb, None, mask), context, keep_shadow=True)
    np.testing.assert_array_equal(cut.alpha, mask)


@pytest.mark.parametrize("color", ["#ffffff", "#102030"])
def test_a_plain_ground_is_exactly_its_color(drawing: Picture, context: Context, color: str) -> None:
    done = run("background", run("remove-background", drawing, context), context, color=color)
    expected = [int(color[i : i + 2], 16) for i in (1, 3, 5)]
    assert done.alpha is None
    assert (done.rgb[done.mask == 0] == expected).all()


def test_a_picture_that_nobody_cut_out_is_cut_out_first(drawing: Picture, context: Context) -> None:
    done = run("background", drawing, context)
    assert (done.rgb[2, 2] == 255).all()
    assert done.mask is not None


@pytest.mark.parametrize("kind", ["color", "transparent"])
def test_cutting_out_on_the_way_warns_as_cutting_out_does(kind: str, context: Context) -> None:
    empty = Picture(np.full((60, 80, 3), 200, np.uint8))
    for name, params in {"background": {"kind": kind}, "remove-background": {}}.items():
        operation = find_operation(name, "test")
        told = operation.run(empty, operation.validated(params, operation.version, "test"), context)
        assert told.doubts == ("No product was found; the picture is empty.",)


def test_a_transparent_ground_keeps_the_transparency(drawing: Picture, context: Context) -> None:
    assert run("background", drawing, context, kind="transparent").alpha[2, 2] == 0


def test_a_gradient_runs_from_top_to_bottom(drawing: Picture, context: Context) -> None:
    done = run("background", drawing, context, kind="gradient", color="#ffffff", color_to="#000000")
    assert done.rgb[0, 0, 0] > 250
    assert done.rgb[-1, 0, 0] < 5


def test_a_picture_covers_the_whole_ground(drawing: Picture, make_context: Callable[..., Context]) -> None:
    blue = Picture(np.full((10, 30, 3), (10, 20, 200), np.uint8))
    done = run("background", drawing, make_context(blob=blue), kind="image", blob="0" * 64)
    assert (done.rgb[done.mask == 0] == (10, 20, 200)).all()


def test_the_gaps_of_a_ground_picture_show_the_color(drawing: Picture, make_context: Callable[..., Context]) -> None:
    hidden_black = Picture(np.zeros((120, 160, 3), np.uint8), np.zeros((120, 160), np.uint8))
    context = make_context(blob=hidden_black)
    for color, expected in (("#ffffff", 255), ("#808080", 128)):
        done = run("background", drawing, context, kind="image", blob="0" * 64, color=color)
        assert (done.rgb[done.mask == 0] == expected).all()


def test_an_opaque_picture_with_an_alpha_plane_is_cut_out_first(drawing: Picture, context: Context) -> None:
    opaque = drawing.with_alpha(np.full((drawing.height, drawing.width), 255, np.uint8))
    np.testing.assert_array_equal(
        run("background", opaque, context).rgb,
        run("background", drawing, context).rgb,
    )


def test_an_image_ground_without_a_blob_is_refused(drawing: Picture, context: Context) -> None:
    with pytest.raises(InvalidRecipe, match="Expected a blob where kind is image"):
        run("background", drawing, context, kind="image")


def test_the_product_does_not_smear_into_a_blurred_ground(context: Context) -> None:
    rgb = np.full((200, 200, 3), (200, 210, 220), np.uint8)
    rgb[60:140, 60:140] = (220, 10, 10)
    done = run("background", Picture(rgb), context, kind="blur", blur_radius_px=40)
    beside = done.rgb[100, 150].astype(int)
    assert np.abs(beside - (200, 210, 220)).max() < 12


def test_a_mask_of_ones_own_cuts_where_it_is_white(drawing: Picture, make_context: Callable[..., Context]) -> None:
    left_half = np.zeros((drawing.height, drawing.width, 3), np.uint8)
    left_half[:, : drawing.width // 2] = 255
    cut = run("use-mask", drawing, make_context(blob=Picture(left_half)), blob="0" * 64)
    assert (cut.alpha[:, :70] == 255).all()
    assert (cut.alpha[:, 90:] == 0).all()


def test_a_mask_of_another_shape_is_stretched_with_a_warning(
    drawing: Picture, make_context: Callable[..., Context]
) -> None:
    operation = find_operation("use-mask", "test")
    params = operation.validated({"blob": "0" * 64}, 1, "test")
    context = make_context(blob=Picture(np.full((50, 50, 3), 255, np.uint8)))
    assert "stretched" in operation.run(drawing, params, context).doubts[0]


@pytest.mark.parametrize(
    ("mask_size", "warned"),
    [((160, 120), False), ((1600, 1200), False), ((53, 40), False), ((120, 160), True), ((154, 120), True)],
)
def test_a_mask_of_another_frame_is_warned_about(
    mask_size: tuple[int, int], warned: bool, drawing: Picture, make_context: Callable[..., Context]
) -> None:
    operation = find_operation("use-mask", "test")
    context = make_context(blob=Picture(np.full((mask_size[1], mask_size[0], 3), 255, np.uint8)))
    outcome = operation.run(drawing, operation.validated({"blob": "0" * 64}, 1, "test"), context)
    assert bool(outcome.doubts) == warned


def test_the_warning_of_a_preview_names_the_full_size(drawing: Picture, make_context: Callable[..., Context]) -> None:
    operation = find_operation("use-mask", "test")
    context = make_context(blob=Picture(np.full((50, 50, 3), 255, np.uint8)), scale=0.5)
    warning = operation.run(drawing, operation.validated({"blob": "0" * 64}, 1, "test"), context).doubts[0]
    assert "the picture 320×240" in warning


def test_a_small_mask_is_enlarged_without_ringing(make_context: Callable[..., Context]) -> None:
    small = np.zeros((40, 40, 3), np.uint8)
    small[10:30, 10:30] = 255
    cut = run(
        "use-mask", Picture(np.full((400, 400, 3), 90, np.uint8)), make_context(blob=Picture(small)), blob="0" * 64
    )
    assert (cut.alpha[:94] == 0).all()
    assert (cut.alpha[106:294, 106:294] == 255).all()


def test_the_edge_of_an_enlarged_mask_has_no_stairs(make_context: Callable[..., Context]) -> None:
    small = np.zeros((100, 150), np.uint8)
    cv2.fillPoly(small, [np.array([[0, 100], [0, 80], [150, 20], [150, 100]])], 255, cv2.LINE_AA)
    drawn = Picture(np.repeat(small[:, :, None], 3, axis=2))
    alpha = run(
        "use-mask", Picture(np.full((300, 450, 3), 90, np.uint8)), make_context(blob=drawn), blob="0" * 64
    ).alpha
    heights = (alpha.astype(float) / 255).sum(axis=0)[10:-10]
    line = np.poly1d(np.polyfit(np.arange(heights.size), heights, 1))
    assert np.abs(heights - line(np.arange(heights.size))).max() < 0.8


def test_a_mask_stored_with_an_opaque_alpha_plane_is_read_by_its_colors(
    drawing: Picture, make_context: Callable[..., Context]
) -> None:
    left_half = np.zeros((drawing.height, drawing.width, 3), np.uint8)
    left_half[:, : drawing.width // 2] = 255
    drawn = Picture(left_half, np.full((drawing.height, drawing.width), 255, np.uint8))
    cut = run("use-mask", drawing, make_context(blob=drawn), blob="0" * 64)
    assert (cut.alpha[:, 90:] == 0).all()


@pytest.mark.parametrize("kind", ["drop", "contact"])
def test_a_shadow_darkens_the_ground_and_never_the_product(kind: str, drawing: Picture, context: Context) -> None:
    flat = run("background", drawing, context)
    shaded = run("shadow", flat, context, kind=kind, opacity=0.6)
    assert (shaded.rgb[flat.mask == 0] <= flat.rgb[flat.mask == 0]).all()
    assert (shaded.rgb[flat.mask == 0] < 250).any()
    np.testing.assert_array_equal(shaded.rgb[flat.mask == 255], flat.rgb[flat.mask == 255])


def test_a_shadow_on_a_cut_out_becomes_part_of_its_transparency(drawing: Picture, context: Context) -> None:
    cut = run("remove-background", drawing, context)
    shaded = run("shadow", cut, context, kind="drop", opacity=0.6)
    ground = cut.alpha == 0
    assert shaded.alpha[ground].max() > 60
    np.testing.assert_array_equal(shaded.mask, cut.mask)


def test_the_mask_stays_the_product_alone_under_a_shadow_of_a_transparent_upload(
    drawing: Picture, context: Context
) -> None:
    cut = run("remove-background", drawing, context).with_mask(None)
    shaded = run("shadow", cut, context, kind="drop", opacity=0.6)
    np.testing.assert_array_equal(shaded.mask, cut.alpha)


def test_blur_continues_the_ground_beyond_the_old_picture(context: Context) -> None:
    rgb = np.full((60, 160, 3), (200, 210, 220), np.uint8)
    rgb[20:40, 60:100] = (220, 10, 10)
    framed = run("frame", run("remove-background", Picture(rgb), context), context, fill=0.3)
    done = run("background", framed, context, kind="blur")
    assert np.abs(done.rgb[0].astype(int) - (200, 210, 220)).max() <= 2
