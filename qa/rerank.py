"""The best passages of a search put in a new order by a model that reads each of them together with the query."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

import numpy as np

from index.encode import batches
from index.split import sentences
from qa.cross_encoder import CrossEncoder
from qa.cross_texts import in_context
from qa.order import query_weights, reordered
from qa.pair_model import FloatArray, PairModel
from qa.surroundings import words_of
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
"""The name of the reranker that comes with the project."""
READ, READ_TWICE = 12, 6
"""Passages that it reads a sentence of, and how many of them, the first, it reads two sentences of."""
RELEVANCE = 0.03
"""What a log-odd of the best sentence adds to a passage's score (benchmarks/fusion.py)."""


class BundledReranker:
    """Judges passages by the sentences that say most of the query, with the cross-encoder of the built-in reader.

    A passage's score is that of the search and ``RELEVANCE`` times the relevance of its best sentence. Passages
    behind the first ``READ`` are not read and count as the least relevant of those.
    """

    def __init__(self) -> None:
        """Load the bundled model; ModelError when it is missing or damaged."""
        self._cross = CrossEncoder()

    def scores(self, query: str, hits: Sequence[Hit]) -> list[float]:
        """See ``Reranker.scores``."""
        weights = _weights(query, hits)
        texts = [likeliest(weights, hit, 2 if at < READ_TWICE else 1) for at, hit in enumerate(hits[:READ])]
        judged = iter(self._cross.judge(query, [text for own in texts for text in own]))
        best = [max((next(judged).relevance for _ in own), default=0.0) for own in texts]
        known = [*best, *[min(best)] * (len(hits) - len(best))]
        return [hit.score + RELEVANCE * value for hit, value in zip(hits, known, strict=True)]


def _weights(query: str, hits: Sequence[Hit]) -> dict[str, float]:
    """Folded word of the query -> what it weighs; one that many of the hits hold weighs little."""
    words = [words_of(hit.passage.text) for hit in hits]
    return query_weights(query, lambda term: sum(term in known for known in words), len(words))


def likeliest(weights: Mapping[str, float], hit: Hit, count: int) -> list[str]:
    """The ``count`` sentences of a hit whose words weigh most, each behind its title and the sentence before it."""
    text, spans = hit.article.text, sentences(hit.article.text, hit.passage.start, hit.passage.end)
    said = [sum(weights.get(word, 0.0) for word in words_of(text[a:b])) for a, b in spans]
    chosen = sorted(range(len(spans)), key=lambda at: -said[at])[:count]
    before = ["", *(text[a:b] for a, b in spans)]
    return [in_context(hit.article.title, before[at], text[slice(*spans[at])])[0] for at in chosen]


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
