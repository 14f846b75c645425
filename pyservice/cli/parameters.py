"""Parameters as people read them, drawn from the JSON Schema that an operation declares."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

_CONTROLS = {"color": "#rrggbb", "aspect": "W:H", "blob": "blob id", "mask": "blob id"}
_TYPES = {"integer": "whole number", "number": "number", "boolean": "true or false", "string": "text"}


@dataclass(frozen=True)
class Parameter:
    """One parameter in words."""

    name: str
    values: str
    default: str
    meaning: str


def parameters(schema: Any) -> list[Parameter]:
    """Every property of a schema, in its order."""
    required = schema.get("required", ())
    return [
        Parameter(
            name,
            _values(found, schema.get("$defs", {})),
            "(needed)" if name in required else _default(found.get("default")),
            found.get("description", ""),
        )
        for name, found in schema.get("properties", {}).items()
    ]


def _values(found: dict[str, Any], definitions: dict[str, Any]) -> str:
    if "$ref" in found:
        found = {**definitions[found["$ref"].rpartition("/")[2]], **found}
    if "anyOf" in found:
        return " or ".join(
            "empty" if kind.get("type") == "null" else _values({**kind, **_unit(found)}, definitions)
            for kind in found["anyOf"]
        )
    if "enum" in found or "const" in found:
        return ", ".join(_default(value) for value in found.get("enum", [found.get("const")]))
    if found.get("control") in _CONTROLS:
        return _CONTROLS[found["control"]]
    if "prefixItems" in found:
        return f"list of {len(found['prefixItems'])}: {_values(found['prefixItems'][0], definitions)} each"
    if found.get("type") == "array":
        return f"list of {_values(found.get('items', {}), definitions)}"
    kind = found.get("type", "any")
    return f"{_TYPES.get(kind, kind)}{_bounds(found)}{_spaced(found.get('unit'))}"


def _unit(found: dict[str, Any]) -> dict[str, Any]:
    return {key: found[key] for key in ("unit", "control") if key in found}


def _bounds(found: dict[str, Any]) -> str:
    low = found.get("minimum", found.get("exclusiveMinimum"))
    high = found.get("maximum", found.get("exclusiveMaximum"))
    if low is None and high is None:
        return ""
    if high is None:
        return f" from {_default(low)}"
    return f" to {_default(high)}" if low is None else f" {_default(low)} … {_default(high)}"


def _spaced(unit: str | None) -> str:
    return f" {unit}" if unit else ""


def _default(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, str):
        return value or '""'
    return format(value, "g") if isinstance(value, float) else json.dumps(value)
