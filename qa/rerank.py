"""The best passages of a search put in a new order by a model that reads each of them together with the query."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

import numpy as np

from index.encode import batches
from qa.cross_texts import in_context
from qa.order import reordered
from qa.pair_model import FloatArray, PairModel
from qa.types import Hit

RERANKED = 30
"""Passages of a search that are read; the reader takes the best ten of them. A model's time grows with this number."""


class Reranker(Protocol):
    """Judges how well passages fit a query; threads may share it."""

    def scores(self, query: str, hits: Sequence[Hit]) -> Sequence[float]:
        """One finite number a hit, in the order of the hits; higher is better, on any scale.

        Args:
            query: what is looked for.
            hits: one to 30 passages with their articles, best first.
        """
        ...


BUNDLED = "bundled"
"""The name of the order in which the reader would answer from the passages: no model but the project's own (``qa.answer``)."""


class TransformerReranker:
    """Judges passages with any cross-encoder of the transformers library; see ``Reranker``.

    The model reads the query and the passage behind its article's title, as one pair. What is longer than the model
    reads, at most 512 tokens, is cut at the end of the longer of the two. The score is the model's logit, or, of a model
    with two classes, by how much the logit of the second is above that of the first.
    """

    def __init__(self, model: str | Path) -> None:
        """Load the model.

        Args:
            model: a folder, or a name on the Hugging Face hub, which is fetched once.

        Raises:
            ModelError: the model is not there, cannot be loaded, or is not a cross-encoder.
        """
        self._network, self.name = _Network.open(model)
        self._lock = threading.Lock()  # a tokenizer cannot be used by two threads at once

    def scores(self, query: str, hits: Sequence[Hit]) -> list[float]:
        """See ``Reranker.scores``."""
        texts = [in_context(hit.article.title, "", hit.passage.text)[0] for hit in hits]
        with self._lock:
            scores: list[float] = self._network.scores(query, texts).tolist()
        return scores


@dataclass(frozen=True, slots=True)
class _Network(PairModel):
    """A sequence classifier with one class, or two of which the second is "fits"."""

    HEAD: ClassVar[str] = "AutoModelForSequenceClassification"
    KIND: ClassVar[str] = "a cross-encoder"
    REMEDY: ClassVar[str] = "a sequence-classification model with one or two classes"
    MOST_TOKENS: ClassVar[int] = 512

    def numbers(self, question: str, text: str) -> FloatArray:
        """See ``PairModel.numbers``."""
        return self.scores(question, [text])

    def scores(self, query: str, texts: Sequence[str]) -> FloatArray:
        """``(texts,)`` of how well each fits the query, no bounds."""
        scores = np.zeros(len(texts))
        for batch in batches([len(text) for text in texts]):
            encoded = self.tokenizer(
                [query] * len(batch),
                [texts[place] for place in batch],
                truncation="longest_first",
                max_length=self.length,
                padding=True,
            )
            scores[batch] = fitting(self.run(encoded).logits.double().numpy())
        return scores


def fitting(logits: FloatArray) -> FloatArray:
    """``(pairs, classes)`` logits -> ``(pairs,)``: the only class, or the second against the first.

    Raises:
        ValueError: there are more than two classes, or none.

    >>> fitting(np.array([[2.0], [3.0]])).tolist(), fitting(np.array([[1.0, 4.0]])).tolist()
    ([2.0, 3.0], [3.0])
    """
    if logits.ndim != 2 or logits.shape[1] not in (1, 2):
        raise ValueError(f"it tells {logits.shape[-1]} classes apart")
    return logits[:, -1] - (logits[:, 0] if logits.shape[1] == 2 else 0)


def rerank(reranker: Reranker, query: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits with the best ``RERANKED`` in the reranker's order; those that it finds alike stay as they stood.

    Their new scores are the reranker's, brought to the range that the scores of these hits had: to the reader
    a reranked passage is as good as one found without, and the hits behind them stay behind, scores and all.
    """
    read = hits[:RERANKED]
    return [*reordered(read, reranker.scores(query, read)), *hits[RERANKED:]] if read else []


def load_reranker(reranker: str | Path | Reranker | None) -> Reranker | None:
    """The reranker meant: none for None, "" or "bundled", a model's for its folder or name, else itself.

    Raises:
        ModelError: the model cannot be loaded or is not a cross-encoder.
    """
    if reranker in (None, "", BUNDLED):
        return None
    return TransformerReranker(reranker) if isinstance(reranker, str | Path) else reranker
