"""Question and sentence read together: the lower layers of the bundled model with fitted low-rank additions.

The encoder sees a question and a sentence apart, so it cannot tell which words of the sentence answer which words
of the question. Here both go through the network as one text. The weights are those of the bundled model (its
first layers) plus low-rank matrices (LoRA: Hu et al. 2021, https://arxiv.org/abs/2106.09685) and two linear heads,
fitted by ``benchmarks/fit_cross_encoder.py``; only the additions are kept, in ``cross_encoder.npz``.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.bundled import bundled_fingerprint
from index.encode import Encoder, FloatArray, SentenceEncoder, load_encoder
from index.toy import ToyEncoder
from index.vietnamese import normal_tone

if TYPE_CHECKING:
    from torch import nn

MOST_TOKENS = 144
"""A pair is cut to this many tokens, the sentence's end first."""
MOST_TITLE = 120
"""Characters of a title that are read before a sentence."""
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

    def behind(self, skip: int) -> Judged:
        """The same for the text behind its first ``skip`` characters, with offsets counted from there."""
        kept = self.offsets[:, 0] >= skip
        return Judged(self.relevance, self.starts[kept], self.ends[kept], self.offsets[kept] - skip)

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
        transformer: the bundled model's ``BertModel``; its weights are shared where they stay as they are.
        tokenizer: its fast tokenizer.
        additions: name -> array, as ``benchmarks/fit_cross_encoder.py`` writes them; None for the shipped ones.
    """

    def __init__(
        self,
        transformer: Any,  # noqa: ANN401
        tokenizer: Any,  # noqa: ANN401
        additions: dict[str, FloatArray] | None = None,
    ) -> None:
        additions = shipped() if additions is None else additions
        self._lock = threading.Lock()
        self._tokenizer = tokenizer
        self._embeddings = transformer.embeddings
        self._layers = merged_layers(transformer, additions)
        self._span = (
            additions["span.weight"].T.astype(np.float32),
            additions["span.bias"].astype(np.float32),
        )
        self._relevance = (additions["rel.weight"][0].astype(np.float32), float(additions["rel.bias"][0]))

    def judge(self, question: str, sentences: Sequence[str]) -> list[Judged]:
        """One judgement a sentence, in their order."""
        if not sentences:
            return []
        with self._lock:
            tokens = self._tokenizer(
                [normal_tone(question)] * len(sentences),
                [normal_tone(sentence) for sentence in sentences],
                truncation="only_second",
                max_length=MOST_TOKENS,
                padding=True,
                return_offsets_mapping=True,
                return_tensors="pt",
            )
            states = self._states(tokens["input_ids"], tokens["attention_mask"])
        found = []
        for row in range(len(sentences)):
            inside = np.array([part == 1 for part in tokens.sequence_ids(row)])
            offsets = tokens["offset_mapping"][row].numpy()[inside]
            spans = states[row][inside] @ self._span[0] + self._span[1]
            relevance = float(states[row][0] @ self._relevance[0]) + self._relevance[1]
            found.append(Judged(relevance, spans[:, 0], spans[:, 1], offsets))
        return found

    def _states(self, ids: Any, mask: Any) -> FloatArray:  # noqa: ANN401
        """The last layer's ``(pairs, tokens, hidden)``."""
        import torch

        with torch.inference_mode():
            wide = (1.0 - mask[:, None, None, :].float()) * torch.finfo(torch.float32).min
            states = self._embeddings(input_ids=ids)
            for layer in self._layers:
                output = layer(states, wide)
                states = output[0] if isinstance(output, tuple) else output
            result: FloatArray = states.numpy()
        return result


def in_context(title: str, sentence: str) -> tuple[str, int]:
    """The sentence behind its article's title, as the cross-encoder reads it, and where it starts there.

    >>> in_context("Xã Tân Lập có chợ mới", "Kinh phí xây chợ là 1,3 tỷ đồng.")
    ('Xã Tân Lập có chợ mới: Kinh phí xây chợ là 1,3 tỷ đồng.', 23)
    """
    if not title or title in sentence:
        return sentence, 0
    head = f"{title[:MOST_TITLE]}: "
    return head + sentence, len(head)


def load_cross_encoder(
    encoder: Encoder, additions: dict[str, FloatArray] | None = None
) -> CrossEncoder | None:
    """The cross-encoder beside an encoder, whose weights it shares when that is the bundled model.

    None beside the toy encoder, which is there to be fast.
    """
    if encoder.name == ToyEncoder.name:
        return None
    if not isinstance(encoder, SentenceEncoder) or encoder.fingerprint != bundled_fingerprint():
        encoder = load_encoder(None)
    assert isinstance(encoder, SentenceEncoder)
    return CrossEncoder(*encoder.network, additions)


def merged_layers(transformer: Any, additions: dict[str, FloatArray]) -> list[nn.Module]:  # noqa: ANN401
    """The first layers of the model; those with additions are copies with these added in."""
    import torch

    count = 1 + max(int(name.split(".")[1]) for name in additions if name.startswith("layer."))
    layers = []
    for number, layer in enumerate(transformer.encoder.layer[:count]):
        if f"layer.{number}.{LINEARS[0]}.a" not in additions:
            layers.append(layer)
            continue
        layer = copy.deepcopy(layer)
        for name in LINEARS:
            a, b = (
                torch.from_numpy(additions[f"layer.{number}.{name}.{side}"].astype(np.float32))
                for side in "ab"
            )
            layer.get_submodule(name).weight.data += SCALE * (b @ a)
        layers.append(layer)
    return layers


def shipped() -> dict[str, FloatArray]:
    """The additions that come with the project, float32."""
    with files("qa").joinpath("cross_encoder.npz").open("rb") as file, np.load(file) as data:
        return {name: data[name].astype(np.float32) for name in data.files}
