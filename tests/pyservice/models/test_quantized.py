"""A small drawn network in int8, and the shipped ranges."""

from __future__ import annotations

import json
from importlib import resources

import numpy as np
import openvino as ov
import pytest
from openvino import opset13 as opset

from pyservice.errors import ModelUnavailable
from pyservice.models.quantized import convolutions_by_input, quantization, quantized
from pyservice.models.table import weights_table

RANGES = {"first": (0.0, 4.0), "both": (0.0, 4.0)}


def _convolution(source, weights: np.ndarray, kind: type = np.float32):
    return opset.convolution(source, opset.constant(weights.astype(kind)), [1, 1], [1, 1], [1, 1], [1, 1])


def _named(output, name: str):
    output.output(0).set_names({name})
    return output


def _network(kind: type = np.float32) -> ov.Model:
    """Two stages: a convolution on the picture, then two that read the tensors named first and both."""
    random = np.random.default_rng(7)
    draw = [random.normal(0, 0.2, shape) for shape in ((8, 3, 3, 3), (8, 8, 3, 3), (1, 16, 3, 3))]
    draw[1][3] = 0  # A dead channel, as pruned networks have them.
    picture = opset.parameter([1, 3, 24, 20], dtype=kind, name="picture")
    picture.output(0).set_names({"picture"})
    first = _named(opset.relu(_convolution(picture, draw[0], kind)), "first")
    second = opset.relu(_convolution(first, draw[1], kind))
    both = _named(opset.concat([first, second], 1), "both")
    return ov.Model([opset.sigmoid(_convolution(both, draw[2], kind))], [picture], "drawn")


def _picture(kind: type = np.float32) -> np.ndarray:
    return np.random.default_rng(1).uniform(-1, 1, (1, 3, 24, 20)).astype(kind)


def _answer(model: ov.Model, kind: type = np.float32) -> np.ndarray:
    run = ov.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return np.asarray(run({0: _picture(kind)})[0], dtype=np.float32)


@pytest.mark.parametrize("kind", [np.float32, np.float16])
def test_keeps_the_answer_close(kind: type) -> None:
    exact, quick = _answer(_network(kind), kind), _answer(quantized(_network(kind), RANGES), kind)
    assert 0 < np.abs(exact - quick).max() < 0.03
    assert np.ptp(exact) > 0.3


def test_clips_what_lies_outside_the_range() -> None:
    exact = _answer(_network())
    clipped = _answer(quantized(_network(), {"both": (0.0, 0.05)}))
    assert np.abs(exact - clipped).mean() > 0.03


def test_quantizes_the_named_convolutions_and_no_other() -> None:
    readers = convolutions_by_input(quantized(_network(), {"both": (0.0, 4.0)}))
    assert {"picture", "first"} <= set(readers)
    assert "both" not in readers
    kinds = [operation.get_type_name() for operation in quantized(_network(), RANGES).get_ops()]
    assert kinds.count("FakeQuantize") == 4


def test_quantizes_a_shared_tensor_once() -> None:
    network = _network()
    first = convolutions_by_input(network)["first"][0].input_value(0)
    beside = _convolution(first, np.full((2, 8, 3, 3), 0.1))
    shared = ov.Model([network.output(0), beside.output(0)], network.get_parameters(), "shared")
    kinds = [operation.get_type_name() for operation in quantized(shared, {"first": (0.0, 4.0)}).get_ops()]
    assert kinds.count("FakeQuantize") == 3  # One for the tensor, one for the weights of each reader.


def test_leaves_the_given_network_as_it_was() -> None:
    network = _network()
    before = _answer(network)
    quantized(network, RANGES)
    assert np.array_equal(_answer(network), before)
    assert not any(operation.get_type_name() == "FakeQuantize" for operation in network.get_ops())


def test_runs_as_int8_convolutions() -> None:
    run = ov.compile_model(quantized(_network(), RANGES), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    executed = [operation.get_rt_info() for operation in run.get_runtime_model().get_ordered_ops()]
    precisions = [
        info["runtimePrecision"].astype(str) for info in executed if info["layerType"].astype(str) == "Convolution"
    ]
    assert sorted(precision in ("u8", "i8") for precision in precisions) == [False, True, True]


def test_refuses_ranges_of_another_network() -> None:
    with pytest.raises(ModelUnavailable, match="drawn, received other"):
        quantized(_network(), {"first": (0.0, 1.0), "other": (0.0, 1.0)})


def test_every_shipped_file_belongs_to_a_shipped_weight() -> None:
    table = weights_table()
    files = list(resources.files("pyservice.models").joinpath("quantization").iterdir())
    assert files
    for file in files:
        weight = table[file.name.removesuffix(".json")]
        found = quantization(weight.id, weight.sha256)
        assert found is not None, f"{file.name} was measured on other bytes; run bench/quantize.py again"
        assert all(low <= 0 < high for low, high in found.ranges.values())
        assert json.loads(file.read_text())["sha256"] == weight.sha256


def test_offers_nothing_for_other_bytes_or_an_unknown_weight() -> None:
    assert quantization("isnet", "0" * 64) is None
    assert quantization("no-such-weight", "0" * 64) is None
