"""Resize, thumbnail, rotate and adjust a 24-megapixel picture: Vitrine, Pillow and pyvips in turns.

Every library does the same job from the same start: pixels in its own form (a Picture, an Image with loaded
pixels, an image in memory), or the same JPEG bytes for the thumbnail. Each result is complete when the time stops.
Each resizes the way it is meant to: Vitrine by area averaging, the others by their recommended Lanczos. Pillow's
own area averaging is measured beside it, as pillow_box_resize_ms, and is not part of the means.
"""

from __future__ import annotations

import io
import statistics
import sys
from collections.abc import Callable

import cv2
import numpy as np
import pyvips
from PIL import Image, ImageEnhance

from bench.harness import finish, machine, median_seconds
from pyservice.imaging import Limits, Picture, decode
from pyservice.imaging.geometry import resize_picture
from pyservice.imaging.warp import turn_picture
from pyservice.operations import find_operation

WIDTH, HEIGHT = 6000, 4000
RESIZED = (1600, 1067)
THUMBNAIL_PX = 256
ANGLE_DEG = 7
FACTORS = {"brightness": 1.1, "contrast": 1.15, "saturation": 1.2, "sharpness": 1.5}
ROUNDS = 7
ASKED = {"to_pillow": 3, "to_pyvips": 0.8}

Tasks = dict[str, Callable[[], object]]


def photo() -> np.ndarray:
    """24 MP with the statistics of a photo: smooth areas, texture and grain."""
    random = np.random.default_rng(7)
    coarse = cv2.resize(random.integers(0, 256, (10, 15, 3), dtype=np.uint8), (WIDTH, HEIGHT), interpolation=2)
    texture = cv2.resize(random.integers(0, 60, (500, 750, 3), dtype=np.uint8), (WIDTH, HEIGHT), interpolation=2)
    grain = random.integers(0, 9, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    return cv2.add(cv2.add(coarse, texture), grain)


def ours(rgb: np.ndarray, jpeg: bytes) -> Tasks:
    picture, limits = Picture(rgb), Limits()
    adjust = find_operation("adjust", "bench")
    params = adjust.validated(FACTORS, adjust.version, "bench")
    return {
        "resize": lambda: resize_picture(picture, *RESIZED),
        "thumbnail": lambda: decode(jpeg, limits, max_px=THUMBNAIL_PX),
        "rotate": lambda: turn_picture(picture, ANGLE_DEG, (255, 255, 255), expand=True),
        # adjust asks nothing of its context.
        "adjust": lambda: adjust.run(picture, params, None),  # type: ignore[arg-type]
    }


def pillow(rgb: np.ndarray, jpeg: bytes) -> Tasks:
    image = Image.fromarray(rgb)
    image.load()

    def thumbnail() -> object:
        opened = Image.open(io.BytesIO(jpeg))
        opened.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.LANCZOS, reducing_gap=2.0)
        return opened.convert("RGB")

    def adjust() -> object:
        out = image
        for enhancer, name in (
            (ImageEnhance.Brightness, "brightness"),
            (ImageEnhance.Contrast, "contrast"),
            (ImageEnhance.Color, "saturation"),
            (ImageEnhance.Sharpness, "sharpness"),
        ):
            out = enhancer(out).enhance(FACTORS[name])
        return out

    return {
        "resize": lambda: image.resize(RESIZED, Image.Resampling.LANCZOS, reducing_gap=2.0),
        "thumbnail": thumbnail,
        "rotate": lambda: image.rotate(-ANGLE_DEG, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255)),
        "adjust": adjust,
    }


def vips(rgb: np.ndarray, jpeg: bytes) -> Tasks:
    # pyvips remembers results by their arguments; a memory image of every round would be answered from there.
    pyvips.cache_set_max(0)
    image = pyvips.Image.new_from_memory(rgb.tobytes(), WIDTH, HEIGHT, 3, "uchar").copy(interpretation="srgb")
    bicubic = pyvips.Interpolate.new("bicubic")
    smooth = pyvips.Image.new_from_array([[1, 1, 1], [1, 5, 1], [1, 1, 1]], scale=13)

    def adjust() -> object:
        bright = (image * FACTORS["brightness"]).cast("uchar")
        mean = round(bright.colourspace("b-w").avg())
        contrast = FACTORS["contrast"]
        contrasted = bright.linear(contrast, mean * (1 - contrast), uchar=True)
        grey = contrasted.colourspace("b-w")
        saturation, sharpness = FACTORS["saturation"], FACTORS["sharpness"]
        colored = (contrasted * saturation + grey * (1 - saturation)).cast("uchar")
        softened = colored.conv(smooth, precision="integer")
        return (colored * sharpness + softened * (1 - sharpness)).cast("uchar").write_to_memory()

    return {
        "resize": lambda: image.resize(RESIZED[0] / WIDTH, vscale=RESIZED[1] / HEIGHT).write_to_memory(),
        "thumbnail": lambda: pyvips.Image.thumbnail_buffer(jpeg, THUMBNAIL_PX, height=THUMBNAIL_PX).write_to_memory(),
        "rotate": lambda: image.similarity(
            angle=ANGLE_DEG, interpolate=bicubic, background=[255, 255, 255]
        ).write_to_memory(),
        "adjust": adjust,
    }


def main() -> int:
    rgb = photo()
    jpeg = cv2.imencode(".jpg", rgb, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()
    sides = {"ours": ours(rgb, jpeg), "pillow": pillow(rgb, jpeg), "pyvips": vips(rgb, jpeg)}
    figures: dict[str, object] = {"machine": machine("opencv-python-headless", "pillow", "pyvips", "pyvips-binary")}
    ratios: dict[str, list[float]] = {"pillow": [], "pyvips": []}
    for task in sides["ours"]:
        seconds = median_seconds({name: tasks[task] for name, tasks in sides.items()}, ROUNDS)
        row = {f"{name}_ms": round(taken * 1000, 1) for name, taken in seconds.items()}
        for peer, found in ratios.items():
            found.append(seconds[peer] / seconds["ours"])
            row[f"to_{peer}"] = round(found[-1], 2)
        figures[task] = row
        print(task, row, flush=True)
    image = Image.fromarray(rgb)
    box = median_seconds({"box": lambda: image.resize(RESIZED, Image.Resampling.BOX)}, ROUNDS)["box"]
    figures["pillow_box_resize_ms"] = round(box * 1000, 1)
    means = {f"to_{peer}": round(statistics.geometric_mean(found), 2) for peer, found in ratios.items()}
    return finish("geometry", all(means[name] >= ASKED[name] for name in ASKED), figures | means, ASKED)


if __name__ == "__main__":
    sys.exit(main())
