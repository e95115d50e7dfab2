"""Hybrid retrieval: the dense and the lexical leg, brought to one scale and added."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from index.encode import Encoder
from index.lexical import with_pairs
from index.store_protocol import OpenGeneration
from index.vietnamese import expand, fold, has_diacritics, to_nfc
from qa.types import Hit
from qa.words import content_words


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """The numbers of the fusion; ``benchmarks/fusion.py`` shows what each of them buys.

    Attributes:
        dense: share of the dense leg in the score, in [0, 1].
        pair: weight of a syllable pair next to 1 for a syllable.
        accented: weight of the accented field next to 1 for the folded one.
        title: weight of the title field next to 1 for the folded one.
        furniture: what the score of page furniture is multiplied with.
        depth: candidates taken from each leg.
    """

    dense: float = 0.3
    pair: float = 1.0
    accented: float = 0.5
    title: float = 0.3
    furniture: float = 0.6
    depth: int = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may be found: by source (a part of its name) and by day of publication, inclusive."""

    source: str | None = None
    since: date | None = None
    until: date | None = None


class Retriever:
    """Searches one generation."""

    def __init__(
        self, generation: OpenGeneration, encoder: Encoder, settings: RetrievalSettings | None = None
    ) -> None:
        self.generation = generation
        self.encoder = encoder
        self.settings = settings or RetrievalSettings()

    def retrieve(
        self, query: str, k: int, filters: Filters | None = None, wants_furniture: bool = False
    ) -> list[Hit]:
        """The best ``k`` passages, best first; scores in [0, 1]."""
        filters = filters or Filters()
        text = to_nfc(query)
        allowed = self.generation.rows_where(filters.source, filters.since, filters.until)
        if not text.strip() or k <= 0 or allowed == []:
            return []
        fused = self._fuse(text, max(self.settings.depth, k), allowed)
        stored = {row: (s.passage, article) for row, s, article in self.generation.passages(list(fused))}
        if not wants_furniture:
            fused = {
                row: s * (self.settings.furniture if stored[row][0].furniture else 1)
                for row, s in fused.items()
            }
        best = sorted(fused.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
        return [Hit(*stored[row], score=score, rank=rank) for rank, (row, score) in enumerate(best, 1)]

    def _fuse(self, text: str, depth: int, allowed: Collection[int] | None) -> dict[int, float]:
        vector = self.encoder.encode_query(text)
        dense = dict(self.generation.vectors.search(vector, depth, allowed))
        lexical = dict(self.generation.lexical.search(query_terms(text, self.settings), depth, allowed))
        missing = [row for row in lexical if row not in dense]
        dense.update(zip(missing, self.generation.vectors.cosines(vector, missing), strict=True))
        share = self.settings.dense if lexical else 1.0
        near = _min_max(dense)
        top = max(lexical.values(), default=1.0)
        return {row: share * near[row] + (1 - share) * lexical.get(row, 0.0) / top for row in dense}


def query_terms(text: str, settings: RetrievalSettings) -> dict[str, dict[str, float]]:
    """Field -> term -> weight for the lexical leg.

    >>> query_terms("ngân sách", RetrievalSettings(pair=2, accented=0.5, title=0))["accented"]
    {'ngân': 0.5, 'sách': 0.5, 'ngân_sách': 1.0}
    """
    words = content_words(text)
    folded = _weigh([(fold(word), weight) for word, weight in words], settings.pair)
    for word, weight in words:
        for phrase in expand(fold(word)):
            for term in with_pairs(phrase.split()):
                folded.setdefault(term, weight)
    terms = {"folded": folded, "title": {term: weight * settings.title for term, weight in folded.items()}}
    if has_diacritics(text):
        accented = _weigh(words, settings.pair)
        terms["accented"] = {term: weight * settings.accented for term, weight in accented.items()}
    return terms


def _weigh(words: list[tuple[str, float]], pair: float) -> dict[str, float]:
    weights: dict[str, float] = {}
    for word, weight in words:
        weights[word] = max(weight, weights.get(word, 0.0))
    for (a, left), (b, right) in itertools.pairwise(words):
        weights[f"{a}_{b}"] = pair * min(left, right)
    return weights


def _min_max(scores: dict[int, float]) -> dict[int, float]:
    low, high = min(scores.values(), default=0.0), max(scores.values(), default=0.0)
    return {row: (score - low) / (high - low) if high > low else 1.0 for row, score in scores.items()}
