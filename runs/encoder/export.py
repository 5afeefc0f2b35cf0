"""Write a network as ONNX with weights in 8 bits and products of 8-bit numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from network import Layer, Network
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

_MICROSOFT = "com.microsoft"
_SMOOTHED = ("up", "down")
"""Products whose states have outliers: left as they are, rounding turns the vectors by four times as much."""
_MOVED = 0.75
"""How much of the outliers goes over to the weights: 0 nothing, 1 all."""

Peaks = Mapping[str, NDArray[np.float32]]


class Graph:
    """The nodes and weights of one ONNX graph, collected in order."""

    def __init__(self, peaks: Peaks) -> None:
        self.peaks = peaks
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, values: NDArray[np.generic]) -> str:
        """Keep an array under a name."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, *, domain: str = "", **attributes: object) -> str:
        """Add a node with one output, which has its name."""
        self.nodes.append(helper.make_node(kind, inputs, [name], domain=domain, name=name, **attributes))
        return name

    def product(self, states: str, name: str, weight: Tensor, bias: Tensor) -> str:
        """Multiply by a matrix in 8 bits, one scale a column; the states are brought to 8 bits as they come."""
        matrix = _numbers(weight).T
        if name in self.peaks:
            factors = _factors(self.peaks[name], matrix)
            divisors = self.weight(f"{name}.smoothing", 1 / factors)
            states = self.node("Mul", [states, divisors], f"{name}.smooth")
            matrix = matrix * factors[:, None]
        scales = np.maximum(np.abs(matrix).max(0), 1e-12) / 127
        inputs = [
            states,
            self.weight(f"{name}.weight", np.round(matrix / scales).astype(np.int8)),
            self.weight(f"{name}.scale", scales),
            "",
            self.weight(f"{name}.bias", _numbers(bias)),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, name, domain=_MICROSOFT)


def _factors(peaks: NDArray[np.float32], matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give by how much each state is divided and its weights multiplied (SmoothQuant, Xiao et al. 2023)."""
    heavy = np.abs(matrix).max(axis=1)
    factors = np.maximum(peaks, 1e-5) ** _MOVED / np.maximum(heavy, 1e-5) ** (1 - _MOVED)
    return (factors / np.exp(np.log(factors).mean())).astype(np.float32)


@torch.no_grad()
def peaks_of(network: Network, ids: Sequence[Sequence[int]]) -> Peaks:
    """Give the largest amount of each state before the products that have outliers, over some texts."""
    peaks: dict[str, NDArray[np.float32]] = {}

    def note(name: str, states: Tensor) -> None:
        largest = _numbers(states.abs().flatten(0, -2).amax(0))
        peaks[name] = np.maximum(peaks.get(name, largest), largest)

    hooks = []
    for number, layer in enumerate(network.layers):
        for part in _SMOOTHED:
            product = getattr(layer, part)
            assert isinstance(product, nn.Linear)
            hooks.append(
                product.register_forward_pre_hook(
                    lambda _, given, name=f"layer{number}.{part}": note(name, given[0])  # type: ignore[misc]
                )
            )
    device = next(network.parameters()).device
    for text in ids:
        row = torch.tensor([list(text)], device=device)
        network(row, torch.ones_like(row, dtype=torch.bool))
    for hook in hooks:
        hook.remove()
    return peaks


def write_onnx(network: Network, path: Path, peaks: Peaks) -> None:
    """Write the network; the graph takes the ids of one text, (1, tokens), and gives its vector, (1, width).

    One text a call: the range of its states decides how they are brought to 8 bits, so that nothing but the text
    itself moves its vector.

    Args:
        network: The network.
        path: The file.
        peaks: See `peaks_of`; without them rounding costs more.
    """
    graph = Graph(peaks)
    states = _embed(graph, network)
    for number, layer in enumerate(network.layers):
        assert isinstance(layer, Layer)
        states = _layer(graph, states, f"layer{number}", layer)
    axes = graph.weight("token_axis", np.array([1], dtype=np.int64))
    mean = graph.node("ReduceMean", [states, axes], "mean", keepdims=0)
    graph.node("LpNormalization", [mean], "vector", axis=-1, p=2)
    width = network.shape.width
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "metier-encoder",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "tokens"])],
            [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, width])],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(_MICROSOFT, 1)],
        ir_version=10,
    )
    path.write_bytes(model.SerializeToString())


def _embed(graph: Graph, network: Network) -> str:
    word = _numbers(network.word.weight)
    scales = np.maximum(np.abs(word).max(1, keepdims=True), 1e-12) / 127
    table = graph.weight("word", np.round(word / scales).astype(np.int8))
    row_scale = graph.weight("word.scale", scales.astype(np.float32))
    pieces = graph.node("Cast", [graph.node("Gather", [table, "input_ids"], "pieces8")], "pieces", to=TensorProto.FLOAT)
    scaled = graph.node("Mul", [pieces, graph.node("Gather", [row_scale, "input_ids"], "piece_scale")], "scaled")
    places = graph.weight("position", _numbers(network.position.weight).astype(np.float16))
    length = graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    first = graph.weight("first", np.array([0], dtype=np.int64))
    used = graph.node("Slice", [places, first, length, first], "used_places")
    placed = graph.node("Add", [scaled, graph.node("Cast", [used], "places", to=TensorProto.FLOAT)], "placed")
    gain, shift = _norm(graph, "embedding_norm", network.embedding_norm.weight, network.embedding_norm.bias)
    return graph.node("LayerNormalization", [placed, gain, shift], "embedded", epsilon=1e-12)


def _layer(graph: Graph, states: str, name: str, layer: Layer) -> str:
    qkv = graph.product(states, f"{name}.qkv", layer.qkv.weight, layer.qkv.bias)
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    graph.nodes.append(helper.make_node("Split", [qkv], parts, axis=2, num_outputs=3, name=f"{name}.split"))
    seen = graph.node("MultiHeadAttention", parts, f"{name}.attention", domain=_MICROSOFT, num_heads=layer.heads)
    out = graph.product(seen, f"{name}.out", layer.out.weight, layer.out.bias)
    states = _add_norm(
        graph, states, out, f"{name}.attention_norm", layer.attention_norm.weight, layer.attention_norm.bias
    )
    up = graph.product(states, f"{name}.up", layer.up.weight, layer.up.bias)
    bent = graph.node("Gelu", [up], f"{name}.gelu", domain=_MICROSOFT)
    down = graph.product(bent, f"{name}.down", layer.down.weight, layer.down.bias)
    return _add_norm(graph, states, down, f"{name}.norm", layer.norm.weight, layer.norm.bias)


def _add_norm(graph: Graph, states: str, more: str, name: str, gain: Tensor, shift: Tensor) -> str:
    summed = graph.node("Add", [states, more], f"{name}.sum")
    return graph.node("LayerNormalization", [summed, *_norm(graph, name, gain, shift)], name, epsilon=1e-12)


def _norm(graph: Graph, name: str, gain: Tensor, shift: Tensor) -> tuple[str, str]:
    return graph.weight(f"{name}.gain", _numbers(gain)), graph.weight(f"{name}.shift", _numbers(shift))


def _numbers(tensor: Tensor) -> NDArray[np.float32]:
    numbers: NDArray[np.float32] = tensor.detach().float().cpu().numpy()
    return numbers
