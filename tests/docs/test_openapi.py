"""The OpenAPI document is one: valid against the meta-schema of OpenAPI 3.1, and so is every schema in it."""

import json
import subprocess
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from pyservice.cli.gateway import tool_command


@cache
def document() -> dict[str, Any]:
    told = subprocess.run(tool_command("openapi"), check=True, capture_output=True, text=True)
    made: dict[str, Any] = json.loads(told.stdout)
    return made


def schemas(part: Any) -> Iterator[dict[str, Any]]:
    """Every schema of parameters, bodies, headers and components."""
    if isinstance(part, list):
        for one in part:
            yield from schemas(one)
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "schema":
                yield value
            elif key == "schemas":
                yield from value.values()
            else:
                yield from schemas(value)


def test_the_document_is_valid() -> None:
    assert [str(error) for error in OPENAPI_31_VALIDATOR.iter_errors(document())] == []


def test_a_wrong_document_is_not() -> None:
    assert list(OPENAPI_31_VALIDATOR.iter_errors({**document(), "paths": []})) != []


def test_every_schema_is_valid() -> None:
    found = list(schemas(document()))
    assert len(found) > 100
    for schema in found:
        jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("word", ["$defs", "$schema"])
def test_nothing_of_zods_own_making_is_left(word: str) -> None:
    assert f'"{word}"' not in json.dumps(document())
