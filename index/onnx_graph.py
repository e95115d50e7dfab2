"""The bundled model's layers as an ONNX graph: in float32, or with matrices of 8-bit numbers.

The graph reads one text at a time, so it needs neither padding nor a mask, and a text's vector does not depend on
its neighbours. In 8 bits the inputs of the matrices are rounded on a fixed scale that was found once
(``Ranges``). A few channels of these inputs are many times larger than the others and would take the whole scale;
part of their size is moved into the matrix (SmoothQuant: Xiao et al. 2022, https://arxiv.org/abs/2211.10438).
Layer normalisation is spelled out: as one operator ONNX Runtime 1.31 takes 4.4 times as long (docs/speed.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

FloatArray = NDArray[np.float32]
Ranges = dict[str, tuple[FloatArray, FloatArray]]
"""Matrix -> least and greatest value of each channel of its input, ``(channels,)`` each; others stay float32."""

EPSILON = 1e-12
_OPSET = 23  # the first with the operator Attention
_IR_VERSION = 10
_RUNTIME = "com.microsoft"
_SMOOTHING = {"attention.self": 0.7, "intermediate.dense": 0.7, "output.dense": 0.85}
"""How much of a channel's size is moved into the matrix, by the end of its name (``attention.output.dense`` needs
none). Chosen among 0.5, 0.7 and 0.85 by the cosine with the float32 vectors: docs/speed.md."""
_LEAST = 1e-3


@dataclass
class _Graph:
    """Nodes and constants, added one by one; names are numbers."""

    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)

    def constant(self, value: NDArray[Any]) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, domain: str = "", **settings: object) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name, domain=domain, **settings))
        return name


class _Writer:
    """Writes layers of a ``BertModel`` whose tensors have their Hugging Face names."""

    def __init__(self, weights: Mapping[str, FloatArray], heads: int, ranges: Ranges | None) -> None:
        self.graph = _Graph()
        self.inputs: dict[str, str] = {}  # matrix -> what goes into it
        self._weights = weights
        self._heads = heads
        self._ranges = ranges or {}

    def layer(self, states: str, number: int) -> str:
        """One layer: attention, then the feed-forward part, each added to its input and normalised."""
        at = f"encoder.layer.{number}."
        names = [f"{at}attention.self.{part}" for part in ("query", "key", "value")]
        parts = self.linears(states, names)
        seen = self.graph.node("Attention", *parts, q_num_heads=self._heads, kv_num_heads=self._heads)
        (seen,) = self.linears(seen, [f"{at}attention.output.dense"])
        states = self.norm(self.graph.node("Add", seen, states), f"{at}attention.output.LayerNorm")
        (wide,) = self.linears(states, [f"{at}intermediate.dense"])
        (narrow,) = self.linears(self.graph.node("Gelu", wide), [f"{at}output.dense"])
        return self.norm(self.graph.node("Add", narrow, states), f"{at}output.LayerNorm")

    def norm(self, states: str, name: str) -> str:
        """Layer normalisation over the last axis."""
        node, last = self.graph.node, self.graph.constant(np.array([-1], np.int64))
        apart = node("Sub", states, node("ReduceMean", states, last, keepdims=1))
        spread = node("ReduceMean", node("Mul", apart, apart), last, keepdims=1)
        spread = node("Sqrt", node("Add", spread, self.graph.constant(np.array(EPSILON, np.float32))))
        scaled = node("Mul", node("Div", apart, spread), self.graph.constant(self._weights[f"{name}.weight"]))
        return node("Add", scaled, self.graph.constant(self._weights[f"{name}.bias"]))

    def linears(self, states: str, names: list[str]) -> list[str]:
        """The products of one input with several matrices, their biases added."""
        self.inputs |= dict.fromkeys(names, states)
        if names[0] not in self._ranges:
            return [self._float_linear(states, name) for name in names]
        return self._rounded_linears(states, names, *self._ranges[names[0]])

    def _float_linear(self, states: str, name: str) -> str:
        product = self.graph.node("MatMul", states, self.graph.constant(self._weights[f"{name}.weight"].T))
        return self.graph.node("Add", product, self.graph.constant(self._weights[f"{name}.bias"]))

    def _rounded_linears(self, states: str, names: list[str], low: FloatArray, high: FloatArray) -> list[str]:
        graph, matrices = self.graph, [self._weights[f"{name}.weight"] for name in names]
        factors = smoothing(names[0], low, high, matrices)
        if factors is not None:
            states = graph.node("Mul", states, graph.constant(1 / factors))
            low, high = low / factors, high / factors
            matrices = [matrix * factors for matrix in matrices]
        step, zero = scale_of(float(low.min()), float(high.max()))
        scale, zero_point = (
            graph.constant(np.array(step, np.float32)),
            graph.constant(np.array(zero, np.uint8)),
        )
        rounded = graph.node("QuantizeLinear", states, scale, zero_point)
        products = []
        for name, matrix in zip(names, matrices, strict=True):
            codes, steps = round_rows(matrix)
            inputs = (rounded, graph.constant(codes.T), scale, graph.constant(steps), zero_point, "")
            bias = graph.constant(self._weights[f"{name}.bias"])
            products.append(graph.node("MatMulIntegerToFloat", *inputs, bias, domain=_RUNTIME))
        return products


def write_graph(
    weights: Mapping[str, FloatArray],
    layers: int,
    heads: int,
    ranges: Ranges | None = None,
    *,
    probe: bool = False,
) -> tuple[bytes, list[str]]:
    """Write the first layers of a ``BertModel``.

    Args:
        weights: tensors by their Hugging Face names.
        layers: how many layers.
        heads: heads of the attention.
        ranges: what the inputs hold of those matrices that are to have 8 bits; None: all stay float32.
        probe: also return these inputs, in order to find their ranges.

    Returns:
        The ONNX file, from ``words`` (1, tokens, hidden), embeddings before their normalisation, to the last layer's
        ``(1, tokens, hidden)``; and the names of the matrices whose inputs follow as further outputs.
    """
    writer = _Writer(weights, heads, ranges)
    states = writer.norm("words", "embeddings.LayerNorm")
    for number in range(layers):
        states = writer.layer(states, number)
    hidden = len(weights["embeddings.LayerNorm.bias"])
    probed = list(dict.fromkeys(writer.inputs.values())) if probe else []
    names = [next(name for name, held in writer.inputs.items() if held == one) for one in probed]
    value, real = helper.make_tensor_value_info, onnx.TensorProto.FLOAT
    graph = helper.make_graph(
        writer.graph.nodes,
        "hoidap",
        [value("words", real, [1, "tokens", hidden])],
        [value(name, real, None) for name in (states, *probed)],
        writer.graph.constants,
    )
    sets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_RUNTIME, 1)]
    model = helper.make_model(graph, opset_imports=sets, ir_version=_IR_VERSION, producer_name="hoidap")
    return model.SerializeToString(), names


def smoothing(name: str, low: FloatArray, high: FloatArray, matrices: list[FloatArray]) -> FloatArray | None:
    """What each channel of a matrix's input is divided by, 1 in the middle; None when that matrix needs none.

    >>> one = np.ones(3, np.float32)
    >>> bool((smoothing("encoder.layer.0.output.dense", -one, np.array([1, 1, 50], np.float32), [np.eye(3)]) > 1)[2])
    True
    """
    tail = tail_of(name)
    if tail not in _SMOOTHING:
        return None
    share = _SMOOTHING[tail]
    sizes = np.maximum(np.maximum(np.abs(low), np.abs(high)), _LEAST)
    columns = np.maximum(np.max([np.abs(matrix).max(0) for matrix in matrices], 0), _LEAST)
    factors = sizes**share / columns ** (1 - share)
    scaled: FloatArray = (factors / np.median(factors)).astype(np.float32)
    return scaled


def tail_of(name: str) -> str:
    """The name of a matrix without its layer; one for query, key and value.

    >>> tail_of("encoder.layer.10.output.dense"), tail_of("encoder.layer.0.attention.self.query")
    ('output.dense', 'attention.self')
    """
    tail = name.split(".", 3)[3]
    return "attention.self" if tail.startswith("attention.self.") else tail


def scale_of(low: float, high: float) -> tuple[float, int]:
    """Step and zero point with which [low, high] is rounded to 0..255.

    >>> scale_of(-100.0, 155.0)
    (1.0, 100)
    """
    low, high = min(low, 0.0), max(high, 0.0)
    step = max(high - low, _LEAST) / 255
    return step, round(-low / step)


def round_rows(matrix: FloatArray) -> tuple[NDArray[np.int8], FloatArray]:
    """A matrix as whole numbers in -127..127, ``(out, in)``, and a step for each row, ``(out,)``.

    >>> codes, steps = round_rows(np.array([[1.27, -0.5]], np.float32))
    >>> codes.tolist(), round(float(steps[0]), 4)
    ([[127, -50]], 0.01)
    """
    steps = (np.maximum(np.abs(matrix).max(1), 1e-9) / 127).astype(np.float32)
    return np.round(matrix / steps[:, None]).astype(np.int8), steps
