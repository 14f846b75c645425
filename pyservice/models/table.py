"""The weights table: a row per weight, shipped in weights.json or put beside the weights by an operator."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from pyservice.errors import InvalidConfig, ModelUnavailable


class Contract(BaseModel):
    """How a product-mask network is fed: RGB of size_px², (x / divide_by − mean) / std, output 0 min-max."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    size_px: int = Field(ge=64, le=4096)
    divide_by: Literal["max"] | float
    mean: tuple[float, float, float]
    std: tuple[float, float, float]


class Weight(BaseModel):
    """One weight: where it comes from, what it must hash to, under which licence, how it is fed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    task: Literal["product-mask"]
    title: str
    registry: Literal["pypi", "npm", "file"]
    package: str = ""
    version: str = ""
    archive_bytes: int = 0
    archive_sha256: str = ""
    member: str = ""
    member_key: str | None = None
    bytes: int
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    license_weights: str
    license_package: str = ""
    default: bool = False
    contract: Contract

    def path(self, models_dir: Path) -> Path:
        """Where the weight lies once it is installed."""
        return models_dir / f"{self.id}.onnx"

    def installed(self, models_dir: Path) -> bool:
        """Present with the right size; the checksum is checked when it is fetched and when it is loaded."""
        path = self.path(models_dir)
        return path.is_file() and path.stat().st_size == self.bytes

    def verified(self, models_dir: Path) -> Path:
        """The path of an installed weight. Raises ModelUnavailable if it is missing or not what it should be."""
        path = self.path(models_dir)
        if not path.is_file():
            raise ModelUnavailable(f"Expected the weights of {self.id} in {path.name}; run `make models` first")
        found = file_sha256(path)
        if found != self.sha256:
            raise ModelUnavailable(f"Expected {path.name} to have sha256 {self.sha256}, received {found}")
        return path


_ROWS = TypeAdapter(list[Weight])


def file_sha256(path: Path) -> str:
    """The sha256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def weights_table(models_dir: Path | None = None) -> dict[str, Weight]:
    """Every weight by id: the shipped rows, then the rows an operator put into models_dir as *.json."""
    shipped = resources.files("pyservice.models").joinpath("weights.json").read_text()
    rows = _ROWS.validate_json(shipped)
    for path in sorted(models_dir.glob("*.json")) if models_dir else []:
        rows.extend(_operator_rows(path))
    return {row.id: row for row in rows}


def _operator_rows(path: Path) -> list[Weight]:
    try:
        data = json.loads(path.read_text())
        return _ROWS.validate_python(data if isinstance(data, list) else [data])
    except (ValidationError, ValueError) as error:
        raise InvalidConfig(f"Expected rows of the weights table in {path.name}, received: {error}") from None
