"""Networks in int8: the shipped ranges of the activations, and how they are written into a network.

The weights themselves are fetched, never shipped, so the int8 network is made in memory when it is loaded: each
convolution whose input range is known gets a FakeQuantize on its input and on its weights, which OpenVINO then runs
as one int8 convolution. bench/quantize.py measures the ranges.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from pyservice.errors import ModelUnavailable

_ACTIVATION_LEVELS = 256
# One level fewer, so that zero and both ends are levels: -127 … 127.
_WEIGHT_LEVELS = 255


class Quantization(BaseModel):
    """What one weight file needs to run in int8.

    ranges: (low, high) by the name of the tensor that a convolution reads; convolutions on other tensors stay as
    they are. Values outside are clipped: a range that holds the rare outliers too leaves no levels for the rest.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: str
    ranges: dict[str, tuple[float, float]]


def quantization(weight_id: str, sha256: str) -> Quantization | None:
    """The shipped quantization of a weight; None when there is none, or it was measured on other bytes."""
    shipped = resources.files("pyservice.models").joinpath("quantization", f"{weight_id}.json")
    if not shipped.is_file():
        return None
    found = Quantization.model_validate_json(shipped.read_text())
    return found if found.sha256 == sha256 else None


def quantized(model: Any, ranges: Mapping[str, tuple[float, float]]) -> Any:
    """A copy of an openvino.Model with FakeQuantize around the convolutions whose input tensor is in ranges.

    Activations: 256 levels per tensor. Weights: 255 levels per output channel, symmetric about zero, with the
    largest weight of the channel as range (Jacob et al., Quantization and Training of Neural Networks, 2018).
    Raises ModelUnavailable when a named tensor feeds no convolution: the ranges are of another network.
    """
    copy = model.clone()
    readers = convolutions_by_input(copy)
    unknown = sorted(set(ranges) - set(readers))
    if unknown:
        raise ModelUnavailable(
            f"Expected every quantized tensor to feed a convolution of {model.get_friendly_name()}, "
            f"received {', '.join(unknown[:3])}"
        )
    for tensor, (low, high) in ranges.items():
        source = readers[tensor][0].input_value(0)
        activations = _fake_quantize(source, _bound(low), _bound(high), _ACTIVATION_LEVELS)
        for convolution in readers[tensor]:
            convolution.input(0).replace_source_output(activations)
            convolution.input(1).replace_source_output(_quantized_weights(convolution))
    copy.validate_nodes_and_infer_types()
    return copy


def convolutions_by_input(model: Any) -> dict[str, list[Any]]:
    """The convolutions of an openvino.Model, grouped by the name of the tensor they read."""
    readers: dict[str, list[Any]] = {}
    for operation in model.get_ordered_ops():
        if operation.get_type_name() == "Convolution":
            for name in operation.input_value(0).get_names():
                readers.setdefault(name, []).append(operation)
    return readers


def _quantized_weights(convolution: Any) -> Any:
    source = convolution.input_value(1)
    weights = np.asarray(source.get_node().get_data(), dtype=np.float32)
    largest = np.abs(weights).max(axis=(1, 2, 3), keepdims=True)
    # A channel of zeros still needs a range that is not empty, in half precision too.
    high = np.maximum(largest, np.float32(1e-4))
    return _fake_quantize(source, -high, high, _WEIGHT_LEVELS)


def _bound(value: float) -> NDArray[np.float32]:
    return np.full((1, 1, 1, 1), value, np.float32)


def _fake_quantize(source: Any, low: NDArray[np.float32], high: NDArray[np.float32], levels: int) -> Any:
    from openvino import opset13 as opset  # Imported late, as in sessions.py.

    # FakeQuantize wants its bounds in the type of its data; half-precision files have half-precision tensors.
    kind = source.get_element_type().to_dtype()
    bounds = [opset.constant(bound.astype(kind)) for bound in (low, high)]
    return opset.fake_quantize(source, *bounds, *bounds, levels).output(0)
