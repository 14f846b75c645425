"""The registry: an operation is one file that declares its parameters once and registers one pure function."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, Self, TypeVar, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from pyservice.errors import InvalidRecipe
from pyservice.imaging.picture import Picture, Plane
from pyservice.models.refine import Refine

Json = dict[str, Any]


def _title(name: str, _: object) -> str:
    """blur_radius_px → Blur radius: the unit stands by itself in the schema."""
    return name.removesuffix("_px").removesuffix("_deg").replace("_", " ").capitalize()


class Params(BaseModel):
    """Base of every operation's parameters: the only place their bounds, defaults, units and help stand."""

    model_config = ConfigDict(extra="forbid", frozen=True, field_title_generator=_title)

    def scaled(self, factor: float) -> Self:
        """The same wish for a picture `factor` times as large: lengths declared in px follow, the rest stays."""
        if factor == 1:
            return self
        lengths = {
            name: _scaled_length(getattr(self, name), factor)
            for name, info in type(self).model_fields.items()
            if isinstance(info.json_schema_extra, dict)
            and info.json_schema_extra.get("unit") == "px"
            and not info.json_schema_extra.get("result_size")
        }
        return self.model_copy(update=lengths)


def _scaled_length(value: float | None, factor: float) -> float | int | None:
    if value is None:
        return None
    return round(value * factor) if isinstance(value, int) else value * factor


@dataclass(frozen=True)
class MaskWish:
    """Which product mask is wanted. refine: none, guided or matting."""

    model: str = "auto"
    refine: Refine = "guided"


@dataclass(frozen=True)
class ProductMask:
    """A product mask (uint8 H×W, 255 = product), what is known about how sure it is, and its blob if it is stored."""

    plane: Plane
    report: Json = field(default_factory=dict)
    blob: str | None = None


class Context(Protocol):
    """What an operation may ask of the world. Arrays in, arrays out: it never sees disk, network or clock."""

    @property
    def scale(self) -> float:
        """How many pixels of this run stand for one pixel of the full-size run (1 unless it is a preview)."""

    @property
    def max_px(self) -> int | None:
        """The longest side a preview wants, or None."""

    def product_mask(self, picture: Picture, wish: MaskWish) -> ProductMask:
        """Find the product in the picture, all zeros where there is none; the expensive part is cached."""

    def open_blob(self, blob: str) -> Picture:
        """The picture stored under this sha256. Raises NotFound."""


@dataclass(frozen=True)
class Outcome:
    """A result with more to say than its pixels.

    report: facts worth keeping (the fill reached, the angle found). warnings: sentences for a person.
    doubts: warnings too, of the kind that somebody should look before the result is used.
    scale: how many pixels of the result stand for one pixel of the full-size result, where a preview
    changed it; None leaves it. told: the product in the picture that came in, where a person said it.
    """

    picture: Picture
    report: Json = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    scale: float | None = None
    told: ProductMask | None = None


Upgrade = Callable[[int, Json], Json]
Run = Callable[[Picture, Any, Context], Outcome]
F = TypeVar("F", bound=Callable[..., Picture | Outcome])


@dataclass(frozen=True)
class Operation:
    """One registered operation."""

    name: str
    title: str
    version: int
    group: str
    params: type[Params]
    run: Run
    summary: str
    description: str
    generative: bool
    finishing: bool
    painted_by: str | None
    upgrade: Upgrade | None

    @property
    def moves(self) -> bool:
        """Whether it changes where things are in the picture."""
        return self.group in _MOVING_GROUPS

    def validated(self, params: Mapping[str, Any], version: int, where: str) -> Params:
        """Parameters checked and, where they were saved by an older version, upgraded.

        Raises InvalidRecipe naming the place, what was expected and what came.
        """
        values = dict(params)
        if version > self.version:
            raise InvalidRecipe(f"Expected {self.name} version 1 to {self.version} at {where}, received {version}")
        if version < self.version and self.upgrade is not None:
            values = self.upgrade(version, values)
        try:
            return self.params.model_validate(values)
        except ValidationError as error:
            raise InvalidRecipe(explain(error, f"{where}.{self.name}")) from None

    def schema(self) -> Json:
        """What a form, a flag or a reference page needs to know, drawn from the parameters themselves."""
        return {
            "name": self.name,
            "title": self.title,
            "version": self.version,
            "group": self.group,
            "summary": self.summary,
            "description": self.description,
            "generative": self.generative,
            "moves": self.moves,
            "painted_by": self.painted_by,
            "params": self.params.model_json_schema(),
        }


def explain(error: ValidationError, where: str) -> str:
    """One sentence for the first thing wrong: what was expected, where, and what came."""
    first = error.errors()[0]
    place = ".".join([where, *(str(part) for part in first["loc"])])
    if first["type"] == "missing":
        return f"Expected a value at {place}, received none"
    if first["type"] == "extra_forbidden":
        return f"Expected no parameter called {first['loc'][-1]!r} at {place}"
    message = first["msg"].removeprefix("Value error, ")
    return f"{message} at {place}, received {_shortened(first['input'])}"


def _shortened(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


_REGISTRY: dict[str, Operation] = {}


def operation(
    name: str,
    *,
    version: int,
    group: str,
    title: str | None = None,
    generative: bool = False,
    finishing: bool = False,
    painted_by: str | None = None,
    upgrade: Upgrade | None = None,
) -> Callable[[F], F]:
    """Register a function `(picture, params)` or `(picture, params, context)` → Picture or Outcome.

    title: what people read; made of the name where it is left out. generative: it makes up pixels, and results must
    say so. finishing: it belongs after framing (a ground, a shadow), so that a step put in by name finds its place.
    painted_by: the operation that takes its place once a person has painted the mask it finds; parameters that both
    have are carried over.
    """

    def register(function: F) -> F:
        if name in _REGISTRY:
            raise ValueError(f"Operation {name!r} is registered twice")
        signature = inspect.signature(function)
        hints = typing.get_type_hints(function)
        names = list(signature.parameters)
        summary, _, description = inspect.cleandoc(function.__doc__ or "").partition("\n")
        _REGISTRY[name] = Operation(
            name=name,
            title=title or name.replace("-", " ").capitalize(),
            version=version,
            group=group,
            params=cast("type[Params]", hints[names[1]]),
            run=_with_outcome(function, takes_context=len(names) == 3),
            summary=summary,
            description=description.strip(),
            generative=generative,
            finishing=finishing,
            painted_by=painted_by,
            upgrade=upgrade,
        )
        return function

    return register


def _with_outcome(function: Callable[..., Picture | Outcome], *, takes_context: bool) -> Run:
    def run(picture: Picture, params: Params, context: Context) -> Outcome:
        result = function(picture, params, context) if takes_context else function(picture, params)
        return result if isinstance(result, Outcome) else Outcome(result)

    return run


@cache
def _discover() -> None:
    """Import every module of the package once, wherever the first operation was imported from."""
    package = importlib.import_module("pyservice.operations")
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)


def all_operations() -> dict[str, Operation]:
    """Every operation by name, in the order of groups and names."""
    _discover()
    return dict(sorted(_REGISTRY.items(), key=lambda item: (GROUPS.index(item[1].group), item[0])))


def find_operation(name: str, where: str) -> Operation:
    """The operation of that name. Raises InvalidRecipe with the nearest names."""
    known = all_operations()
    if name in known:
        return known[name]
    raise InvalidRecipe(f"Expected an operation at {where} (one of {', '.join(known)}), received {name!r}")


GROUPS = ["orient", "geometry", "light", "detail", "background", "effects"]
_MOVING_GROUPS = frozenset({"orient", "geometry"})
