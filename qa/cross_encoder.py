"""Question and sentence read together: the bundled model with fitted low-rank additions.

The encoder sees a question and a sentence apart, so it cannot tell which words of the sentence answer which words
of the question. Here both go through the network as one text. The weights are those of the bundled model
plus low-rank matrices (LoRA: Hu et al. 2021, https://arxiv.org/abs/2106.09685) and two linear heads,
fitted by ``benchmarks/fit_cross_encoder.py``; only the additions are kept, in ``cross_encoder.npz``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from index.bundled import bundled_model_folder
from index.encode import Encoder, FloatArray
from index.onnx_model import Network, Precision, cut, digest, open_model, pair
from index.toy import ToyEncoder
from index.vietnamese import normal_tone

MOST_TOKENS = 176
"""A pair is cut to this many tokens, the sentence's end first."""
MOST_QUESTION = 112
"""A question is cut to this many tokens, so that there is room for a sentence."""
SCALE = 2.0
"""What the low-rank product is multiplied with (alpha / rank in the paper)."""
LINEARS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""The matrices of a layer that have an addition."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence as the cross-encoder sees it beside the question.

    Attributes:
        relevance: log-odds that the answer stands here, against it standing nowhere; no bounds.
        starts: (tokens,) how well the answer starts at each token of the sentence, no bounds.
        ends: (tokens,) how well it ends there.
        offsets: (tokens, 2) the characters of each token in the sentence.
    """

    relevance: float
    starts: FloatArray
    ends: FloatArray
    offsets: NDArray[np.int64]

    def span(self, start: int, end: int) -> float:
        """How well ``sentence[start:end]`` fits as the answer, 0 for the best span of the sentence, below else."""
        inside = np.flatnonzero((self.offsets[:, 1] > start) & (self.offsets[:, 0] < end))
        if not len(inside):
            return -20.0
        best = self.starts.max() + self.ends.max()
        return float(self.starts[inside[0]] + self.ends[inside[-1]] - best)

    def sureness(self, start: int, end: int) -> float:
        """The log-probability, at most 0, that the answer, standing in this sentence, is ``sentence[start:end]``."""
        inside = np.flatnonzero((self.offsets[:, 1] > start) & (self.offsets[:, 0] < end))
        if not len(inside):
            return -20.0
        first = self.starts[inside[0]] - np.logaddexp.reduce(self.starts)
        last = self.ends[inside[-1]] - np.logaddexp.reduce(self.ends)
        return float(first + last)

    def behind(self, skip: int) -> Judged:
        """The same for the text behind its first ``skip`` characters, with offsets counted from there."""
        kept = self.offsets[:, 0] >= skip
        return Judged(self.relevance, self.starts[kept], self.ends[kept], self.offsets[kept] - skip)

    def moved(self, by: int) -> Judged:
        """The same with offsets counted from ``by`` characters further ahead."""
        return Judged(self.relevance, self.starts, self.ends, self.offsets + by)

    def best_span(self, most_tokens: int = 40) -> tuple[int, int]:
        """The characters of the span with the highest sum of start and end."""
        n = len(self.starts)
        if n == 0:
            return (0, 0)
        length = np.arange(n)[None, :] - np.arange(n)[:, None]
        sums = np.where(
            (length >= 0) & (length < most_tokens), self.starts[:, None] + self.ends[None, :], -np.inf
        )
        first, last = np.unravel_index(int(sums.argmax()), sums.shape)
        return int(self.offsets[first, 0]), int(self.offsets[last, 1])


class CrossEncoder:
    """Judges sentences for a question; safe to share between threads.

    Args:
        additions: name -> array, as ``benchmarks/fit_cross_encoder.py`` writes them; None for the shipped ones.
        precision: of the matrices; None for what this machine multiplies fastest.

    Raises:
        ModelError: the bundled model is missing or damaged.
    """

    def __init__(
        self, additions: Mapping[str, FloatArray] | None = None, precision: Precision | None = None
    ) -> None:
        additions = shipped() if additions is None else additions
        layers = 1 + max(int(name.split(".")[1]) for name in additions if name.startswith("layer."))
        self._model = open_model(bundled_model_folder())
        weights = merged(self._model.weights, additions)
        self._network = Network(
            self._model, f"pairs-{digest(additions)}", layers, weights, precision, pairs=True
        )
        self._span = (additions["span.weight"].T, additions["span.bias"])
        self._relevance = (additions["rel.weight"][0], float(additions["rel.bias"][0]))

    def judge(self, question: str, sentences: Sequence[str]) -> list[Judged]:
        """One judgement a sentence, in their order."""
        asked = cut(self._model.tokens(normal_tone(question))[0], MOST_QUESTION)
        tokens = [self._model.tokens(normal_tone(sentence)) for sentence in sentences]
        pairs = [cut(pair(asked, ids), MOST_TOKENS) for ids, _ in tokens]
        return [
            self._judged(states[0], states[len(asked) + 1 : -1], offsets[1:-1])
            for states, (_, offsets) in zip(self._network.states(pairs), tokens, strict=True)
        ]

    def _judged(self, first: FloatArray, inside: FloatArray, offsets: NDArray[np.int64]) -> Judged:
        """From the states of a pair's first token and of the sentence's tokens, some of which may be cut off."""
        spans = inside @ self._span[0] + self._span[1]
        relevance = float(first @ self._relevance[0]) + self._relevance[1]
        return Judged(relevance, spans[:, 0], spans[:, 1], offsets[: len(inside)])


def load_cross_encoder(
    encoder: Encoder, additions: Mapping[str, FloatArray] | None = None
) -> CrossEncoder | None:
    """The cross-encoder beside an encoder; None beside the toy encoder, which is there to be fast."""
    return None if encoder.name == ToyEncoder.name else CrossEncoder(additions)


def merged(weights: Mapping[str, FloatArray], additions: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """The model's tensors with the additions added in; those that stay as they are are shared.

    >>> one = {"encoder.layer.0.output.dense.weight": np.ones((1, 2), np.float32)}
    >>> side = {"layer.0.output.dense.a": np.ones((1, 2)), "layer.0.output.dense.b": np.full((1, 1), 3.0)}
    >>> merged(one, side)["encoder.layer.0.output.dense.weight"].tolist()
    [[7.0, 7.0]]
    """
    changed = dict(weights)
    for name in additions:
        if name.startswith("layer.") and name.endswith(".a"):
            matrix = name.removesuffix(".a")
            product = additions[f"{matrix}.b"] @ additions[name]
            changed[f"encoder.{matrix}.weight"] = weights[f"encoder.{matrix}.weight"] + SCALE * product
    return changed


def shipped() -> dict[str, FloatArray]:
    """The additions that come with the project, float32."""
    with files("qa").joinpath("cross_encoder.npz").open("rb") as file, np.load(file) as data:
        return {name: data[name].astype(np.float32) for name in data.files}
