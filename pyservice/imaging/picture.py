"""The one shape a picture has inside Vitrine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]


def _frozen(array: Plane) -> Plane:
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """An sRGB picture, its transparency, and where its product is.

    rgb: uint8 H×W×3, sRGB. alpha: uint8 H×W, 255 = opaque, or None for an opaque picture.
    mask: uint8 H×W, 255 = product, or None while nobody has looked. The mask survives flattening onto a
    ground, so that framing, checks and quality still know the product. All arrays are read-only.
    """

    rgb: Plane
    alpha: Plane | None = None
    mask: Plane | None = None

    def __post_init__(self) -> None:
        if self.rgb.dtype != np.uint8 or self.rgb.ndim != 3 or self.rgb.shape[2] != 3 or self.rgb.size == 0:
            raise ValueError(f"Expected rgb uint8 H×W×3, received {self.rgb.dtype} {self.rgb.shape}")
        object.__setattr__(self, "rgb", _frozen(self.rgb))
        for name in ("alpha", "mask"):
            plane = getattr(self, name)
            if plane is None:
                continue
            if plane.dtype != np.uint8 or plane.shape != self.rgb.shape[:2]:
                raise ValueError(f"Expected {name} uint8 {self.rgb.shape[:2]}, received {plane.dtype} {plane.shape}")
            object.__setattr__(self, name, _frozen(plane))

    @property
    def width(self) -> int:
        return int(self.rgb.shape[1])

    @property
    def height(self) -> int:
        return int(self.rgb.shape[0])

    @property
    def long_side(self) -> int:
        return max(self.width, self.height)

    @property
    def nbytes(self) -> int:
        """Bytes of memory that all planes take."""
        return sum(plane.nbytes for plane in (self.rgb, self.alpha, self.mask) if plane is not None)

    def with_rgb(self, rgb: Plane) -> Picture:
        """The same picture with other colours; transparency and mask stay."""
        return replace(self, rgb=rgb)

    def with_alpha(self, alpha: Plane | None) -> Picture:
        """The same picture with other transparency."""
        return replace(self, alpha=alpha)

    def with_mask(self, mask: Plane | None) -> Picture:
        """The same picture with the product elsewhere."""
        return replace(self, mask=mask)

    def map_planes(self, change: Callable[[Plane], Plane]) -> Picture:
        """Apply one geometric change to colours, transparency and mask alike."""
        return Picture(
            change(self.rgb),
            None if self.alpha is None else change(self.alpha),
            None if self.mask is None else change(self.mask),
        )
