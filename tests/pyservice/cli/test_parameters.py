"""Parameters in words."""

import pytest

from pyservice.cli.parameters import parameters
from pyservice.operations import all_operations


@pytest.mark.parametrize(
    ("operation", "name", "values", "default"),
    [
        ("frame", "fill", "number 0.05 … 1", "0.85"),
        ("frame", "size_px", "whole number 16 … 10000 px or empty", "empty"),
        ("frame", "aspect", "W:H", "1:1"),
        ("flip", "axis", "horizontal, vertical", "horizontal"),
        ("rotate", "angle_deg", "number -180 … 180 °", "0"),
        ("rotate", "expand", "true or false", "true"),
        ("watermark", "color", "#rrggbb", "#ffffff"),
        ("watermark", "blob", "blob id or empty", "empty"),
    ],
)
def test_a_parameter_is_told_as_people_read_it(operation: str, name: str, values: str, default: str) -> None:
    found = {one.name: one for one in parameters(all_operations()[operation].schema()["params"])}
    assert (found[name].values, found[name].default) == (values, default)
    assert found[name].meaning


def test_no_parameter_is_left_unexplained() -> None:
    for operation in all_operations().values():
        for one in parameters(operation.schema()["params"]):
            assert one.values
            assert "any" not in one.values.split(), (operation.name, one)
