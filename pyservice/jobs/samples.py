"""Photos to try the studio with: they come with scikit-image, and need no network."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

from pyservice.errors import NotFound
from pyservice.imaging import Limits, OutputSpec, decode, encode

_QUALITY = 95


@dataclass(frozen=True)
class Sample:
    """A photo by name, and the SKU it has in a seller's table."""

    name: str
    sku: str

    def photo(self) -> bytes:
        """The photo as a phone would give it: a JPEG, the same bytes each time."""
        folder = resources.files("skimage").joinpath("data")
        entry = next(
            folder.joinpath(self.name + ending)
            for ending in (".png", ".jpg")
            if folder.joinpath(self.name + ending).is_file()
        )
        decoded = decode(entry.read_bytes(), Limits())
        spec = OutputSpec.model_validate({"quality": _QUALITY, "metadata": "none"})
        return encode(decoded.picture, spec, decoded.metadata)


SAMPLES = {
    name: Sample(name, sku)
    for name, sku in {
        "coffee": "CUP-001",
        "motorcycle_left": "MOTO-001",
        "motorcycle_right": "MOTO-001",
        "astronaut": "SUIT-001",
        "coins": "COIN-024",
        "camera": "CAM-001",
        "rocket": "ROCKET-001",
    }.items()
}


def find_sample(name: str) -> Sample:
    """The sample of that name. Raises NotFound with the names there are."""
    if name in SAMPLES:
        return SAMPLES[name]
    raise NotFound(f"Expected a sample out of {', '.join(SAMPLES)}, received {name[:100]!r}")
