"""Single values laid over a recipe: what a spreadsheet's cell or a `--set` says, checked where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from pyservice.errors import InvalidRecipe
from pyservice.imaging import OutputSpec
from pyservice.jobs.table_text import shortened
from pyservice.operations import all_operations, explain
from pyservice.recipes import Recipe, with_params

Overrides = dict[str, dict[str, Any]]

# Stands where an operation's name stands, for the file that comes out.
OUTPUT = "output"

_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_JSON: TypeAdapter[Any] = TypeAdapter(Any)


@dataclass(frozen=True)
class Place:
    """One parameter of one operation, or one property of the output. model: who checks its values."""

    operation: str
    parameter: str
    model: type[BaseModel]

    @property
    def is_blob(self) -> bool:
        """Whether the value names a blob: another picture, a mask."""
        schema = self.model.model_json_schema()["properties"][self.parameter]
        return any(kind.get("control") in ("blob", "mask") for kind in (schema, *schema.get("anyOf", ())))

    def value(self, text: str, *, decimal_comma: bool = False) -> Any:
        """The value that the text means, within the parameter's bounds. Raises InvalidRecipe."""
        try:
            return self._checked(text)
        except InvalidRecipe:
            if decimal_comma and _DECIMAL_COMMA.fullmatch(text):
                return self._checked(text.replace(",", "."))
            raise

    def _checked(self, text: str) -> Any:
        value = _structured(text)
        try:
            return getattr(self.model.model_validate({self.parameter: value}), self.parameter)
        except ValidationError as error:
            mine = [found for found in error.errors() if found["loc"][:1] == (self.parameter,)]
            if mine:
                raise InvalidRecipe(_sentence(mine[0], text, f"{self.operation}.{self.parameter}")) from None
            # Only what else the operation needs is missing; the recipe as a whole is checked later.
            return value


def find_place(name: str, where: str) -> Place:
    """The parameter called `operation.parameter`. Raises InvalidRecipe with the names there are."""
    operation, dot, parameter = name.partition(".")
    models: dict[str, type[BaseModel]] = {key: found.params for key, found in all_operations().items()}
    models[OUTPUT] = OutputSpec
    if not dot or operation not in models:
        raise InvalidRecipe(
            f"Expected operation.parameter at {where}, such as adjust.brightness, received {name!r}; "
            f"operations: {', '.join(models)}"
        )
    model = models[operation]
    if parameter not in model.model_fields:
        known = ", ".join(model.model_fields) or "none at all"
        raise InvalidRecipe(f"Expected a parameter of {operation} at {where} ({known}), received {parameter!r}")
    return Place(operation, parameter, model)


def parse_setting(text: str) -> Overrides:
    """The override written `operation.parameter=value`. Raises InvalidRecipe."""
    name, equals, value = text.partition("=")
    if not equals:
        raise InvalidRecipe(f"Expected operation.parameter=value, received {text!r}")
    place = find_place(name.strip(), "--set")
    return {place.operation: {place.parameter: place.value(value.strip())}}


def merged(*all_overrides: Mapping[str, Mapping[str, Any]]) -> Overrides:
    """All of them as one; a later one wins."""
    result: Overrides = {}
    for overrides in all_overrides:
        for operation, values in overrides.items():
            result[operation] = {**result.get(operation, {}), **values}
    return result


def overridden(recipe: Recipe, overrides: Mapping[str, Mapping[str, Any]]) -> Recipe:
    """The recipe with the overrides laid over its steps and its output. Raises InvalidRecipe."""
    steps = {operation: values for operation, values in overrides.items() if operation != OUTPUT}
    recipe = with_params(recipe, steps)
    if OUTPUT not in overrides:
        return recipe
    try:
        output = OutputSpec.model_validate({**recipe.output.model_dump(), **overrides[OUTPUT]})
    except ValidationError as error:
        raise InvalidRecipe(explain(error, OUTPUT)) from None
    return recipe.model_copy(update={"output": output})


def _structured(text: str) -> Any:
    """A list or an object where the text is one in JSON, else the text; pydantic reads numbers itself."""
    if not text.startswith(("[", "{")):
        return text
    try:
        return _JSON.validate_json(text)
    except ValidationError:
        return text


def _sentence(found: Any, text: str, place: str) -> str:
    said = str(found["msg"]).removeprefix("Value error, ").partition(", unable to")[0]
    said = said.replace("Input should be ", "Expected ", 1)
    said = re.sub(r"^Expected (?=greater|less)", "Expected a value ", said)
    return f"{said} for {place}, received {shortened(text)!r}"
