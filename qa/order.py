"""Hits put in a new order: by scores given, by how much of a query stands in one sentence of them, by what was read in them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.split import sentences
from qa.fits import written_out
from qa.read import Reply
from qa.surroundings import words_of
from qa.types import Hit
from qa.words import content_words, term_weights

FloatArray = NDArray[np.float64]


def reordered(hits: Sequence[Hit], scores: Sequence[float]) -> list[Hit]:
    """The hits by ``scores``, highest first; those that are alike stay as they stood.

    Their new scores are these, brought to the range that the hits' own had: whatever lies behind them stays behind.

    Args:
        hits: best first.
        scores: one finite number a hit, on any scale.
    """
    if not hits:
        return []
    given = np.array(scores, np.float64)
    placed = spread(given, hits[-1].score, hits[0].score)
    order = np.argsort(-given, kind="stable")
    return [replace(hits[i], score=float(placed[i]), rank=rank) for rank, i in enumerate(order, 1)]


READ, LEAST, TOGETHER = 0.12, -2.0, 0.8
"""What a point of a reader's score weighs beside the search's, how far behind the best one counts, and how much of the
search's score a passage has from the best of its article: the search tells articles, reading tells their passages
(docs/evaluation.md has what other numbers do)."""


def as_read(hits: Sequence[Hit], replies: Sequence[Reply]) -> list[Hit]:
    """The hits by what the search thinks of them and their articles and by the best reply that a reader found in them.

    A hit without a reply counts as one with a bad one; without any reply all stay as they stood. Their scores as in ``placed``.

    Args:
        hits: what was read.
        replies: what the reader found there, best first.
    """
    best: dict[str, float] = {}
    for reply in replies:
        best.setdefault(reply.scored.reading.hit.passage.passage_id, reply.score - replies[0].score)
    searched = with_article(hits, TOGETHER)

    def worth(hit: Hit) -> float:
        passage = hit.passage.passage_id
        return searched[passage] + READ * max(LEAST, best.get(passage, LEAST))

    return placed(sorted(hits, key=worth, reverse=True) if replies else hits)


def with_article(hits: Sequence[Hit], share: float) -> dict[str, float]:
    """The id of a passage -> the search's score of it, ``share`` of which is the best score of its article."""
    lead = {hit.article.article_id: hit.score for hit in sorted(hits, key=lambda hit: hit.score)}
    return {
        hit.passage.passage_id: share * lead[hit.article.article_id] + (1 - share) * hit.score for hit in hits
    }


def placed(order: Sequence[Hit]) -> list[Hit]:
    """The hits as they stand now, the highest of their scores to the first and the lowest to the last."""
    scores = sorted((hit.score for hit in order), reverse=True)
    return [
        replace(hit, score=score, rank=rank)
        for rank, (hit, score) in enumerate(zip(order, scores, strict=True), 1)
    ]


def spread(scores: FloatArray, low: float, high: float) -> FloatArray:
    """The scores moved and stretched so that the lowest is ``low`` and the highest ``high``; ``high`` when all are alike.

    >>> spread(np.array([-3.0, 5.0, 1.0]), 0.5, 1.0).tolist()
    [0.5, 1.0, 0.75]
    """
    least, most = scores.min(), scores.max()
    return low + (high - low) * ((scores - least) / (most - least) if most > least else np.ones_like(scores))


def covered(
    query: str, hits: Sequence[Hit], frequency: Callable[[str], int], documents: int, pairs: bool = False
) -> list[float]:
    """For each hit, how much of the query its best sentence says, in [0, 1]: the share of the words, by what they tell.

    The article's title and its year of publication count as said in every sentence. Words are compared without
    diacritics and weigh their inverse document frequency.

    Args:
        query: NFC text.
        hits: the passages.
        frequency: in how many passages of the corpus a folded term stands.
        documents: how many passages the corpus has.
        pairs: whether pairs of neighbours count as words do, each as much as the lighter of the two.
    """
    weights = query_weights(query, frequency, documents)
    if pairs:
        weights |= {f"{a}_{b}": min(weights[a], weights[b]) for a, b in itertools.pairwise(weights)}
    total = sum(weights.values()) or 1.0
    return [_best(weights, hit) / total for hit in hits]


def query_weights(query: str, frequency: Callable[[str], int], documents: int) -> dict[str, float]:
    """Folded word of the query -> what it weighs, with its inverse document frequency; arguments as of ``covered``."""
    words = [(part, weight) for word, weight in content_words(query) for part in written_out(word)]
    return term_weights(words, frequency, documents)


def _best(weights: dict[str, float], hit: Hit) -> float:
    article = hit.article
    known = words_of(article.title) | ({str(article.published.year)} if article.published else set())
    told = sum(weight for term, weight in weights.items() if term in known)
    open_ = [(term, weight) for term, weight in weights.items() if term not in known]
    return told + max(
        (sum(weight for term, weight in open_ if term in said) for said in _sentence_words(hit.passage.text)),
        default=0.0,
    )


@lru_cache(maxsize=4096)
def _sentence_words(text: str) -> tuple[frozenset[str], ...]:
    """The words of each sentence of a passage; the last passages are kept, they are found again and again."""
    return tuple(words_of(text[start:end]) for start, end in sentences(text))
