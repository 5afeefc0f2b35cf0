"""Write a network as ONNX with weights in 8 bits and products of 8-bit numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from metier.training.head import Head, LinearHead, MlpHead
from metier.training.network import Layer, Network

_MICROSOFT = "com.microsoft"


class Graph:
    """The nodes and weights of one ONNX graph, collected in order."""

    def __init__(self) -> None:
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

    def product(
        self, states: str, name: str, weight: Tensor, bias: Tensor, *, factors: NDArray[np.float32] | None = None
    ) -> str:
        """Multiply by a matrix in 8 bits, one scale a column; states are divided by the factors, then rounded."""
        matrix = _numbers(weight).T
        if factors is not None and (factors != 1).any():
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


def write_onnx(network: Network, path: Path, head: Head | None = None) -> None:
    """Write the network and, if there is one, the head that moves its vector.

    The graph takes the ids of one text, (1, tokens), and gives its vector, (1, width).

    One text a call: the range of its states decides how they are brought to 8 bits, so that nothing but the text
    itself moves its vector.
    """
    graph = Graph()
    states = _embed(graph, network)
    for number, layer in enumerate(network.layers):
        states = _layer(graph, states, f"layer{number}", layer)
    axes = graph.weight("token_axis", np.array([1], dtype=np.int64))
    mean = graph.node("ReduceMean", [states, axes], "mean", keepdims=0)
    if head is None or type(head) is Head:
        graph.node("LpNormalization", [mean], "vector", axis=-1, p=2)
    else:
        _move(graph, graph.node("LpNormalization", [mean], "whole", axis=-1, p=2), head)
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


def _move(graph: Graph, vector: str, head: Head) -> None:
    """Add what the head adds to a vector, in full precision, and bring it to length 1."""
    if isinstance(head, MlpHead):
        bent = graph.node("Gelu", [_full(graph, vector, "head.up", head.up)], "head.gelu", domain=_MICROSOFT)
        moved = _full(graph, bent, "head.down", head.down)
    elif isinstance(head, LinearHead):
        moved = _full(graph, vector, "head.matrix", head.matrix)
    else:
        raise TypeError(f"{type(head).__name__} is no head of one vector")
    graph.node("LpNormalization", [graph.node("Add", [vector, moved], "head.sum")], "vector", axis=-1, p=2)


def _full(graph: Graph, states: str, name: str, linear: nn.Linear) -> str:
    matrix = graph.weight(f"{name}.weight", _numbers(linear.weight))
    return graph.node("Gemm", [states, matrix, graph.weight(f"{name}.bias", _numbers(linear.bias))], name, transB=1)


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
    up = graph.product(states, f"{name}.up", layer.up.weight, layer.up.bias, factors=_numbers(layer.up_factors))
    bent = graph.node("Gelu", [up], f"{name}.gelu", domain=_MICROSOFT)
    down = graph.product(bent, f"{name}.down", layer.down.weight, layer.down.bias, factors=_numbers(layer.down_factors))
    return _add_norm(graph, states, down, f"{name}.norm", layer.norm.weight, layer.norm.bias)


def _add_norm(graph: Graph, states: str, more: str, name: str, gain: Tensor, shift: Tensor) -> str:
    summed = graph.node("Add", [states, more], f"{name}.sum")
    return graph.node("LayerNormalization", [summed, *_norm(graph, name, gain, shift)], name, epsilon=1e-12)


def _norm(graph: Graph, name: str, gain: Tensor, shift: Tensor) -> tuple[str, str]:
    return graph.weight(f"{name}.gain", _numbers(gain)), graph.weight(f"{name}.shift", _numbers(shift))


def _numbers(tensor: Tensor) -> NDArray[np.float32]:
    numbers: NDArray[np.float32] = tensor.detach().float().cpu().numpy()
    return numbers
