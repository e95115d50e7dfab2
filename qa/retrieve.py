"""Hybrid retrieval: the dense and the lexical leg, brought to one scale and added; the best hits by their sentences."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from index.abbreviations import expand
from index.encode import Encoder
from index.store_protocol import OpenGeneration, Rows
from index.terms import with_pairs
from index.vietnamese import fold, has_diacritics, to_nfc
from qa.order import covered, reordered
from qa.persons import lowered, names, persons_named
from qa.question import Question
from qa.types import Hit
from qa.words import content_words


@dataclass(frozen=True, slots=True)
class RetrievalSettings:
    """The numbers of the fusion; ``benchmarks/fusion.py`` shows what each of them buys.

    Attributes:
        dense: share of the dense leg in the score, in [0, 1].
        dense_plain: the same for a query without diacritics, which the model understands badly.
        pair: weight of a syllable pair next to 1 for a syllable.
        accented: weight of the accented field next to 1 for the folded one.
        title: weight of the title field next to 1 for the folded one.
        furniture: what the score of page furniture is multiplied with.
        depth: candidates taken from each leg.
        again: of the hits, how many are put in a new order by their sentences and the dense leg.
        sentence: what the share of the query that one sentence says adds to the score there.
        near: what a standard deviation of the dense leg adds there, for a query with diacritics.
    """

    dense: float = 0.45
    dense_plain: float = 0.1
    pair: float = 1.0
    accented: float = 0.5
    title: float = 0.3
    furniture: float = 0.6
    depth: int = 100
    again: int = 10
    sentence: float = 0.9
    near: float = 0.05


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may be found: by source (a part of its name) and by day of publication, inclusive."""

    source: str | None = None
    since: date | None = None
    until: date | None = None

    def rows(self, generation: OpenGeneration) -> Rows | None:
        """The passages that pass, None for all; the source may be typed in any Unicode form."""
        source = None if self.source is None else to_nfc(self.source)
        return generation.rows_where(source, self.since, self.until)


BEST, FURTHER, DEPTH = 10, 5, 40
"""Passages that are read as the search has them, and how many more of how many hits for one of their sentences."""
NAMED, NAMED_DEPTH = 3, 200
"""Passages that are read as well since they name a person of the question, when no other one does, and of how many they
are the ones: those that say the name's pairs of syllables, apart or together."""
LEADING, SAME_ARTICLE = 3, 0.1
"""What a passage of the article of one of the first hits is worth more, in shares of the question: its time and place
often stand in another passage of it. Of 716 questions over real articles 708 instead of 706 have the answer in what is read."""


class Retriever:
    """Searches one generation."""

    def __init__(
        self, generation: OpenGeneration, encoder: Encoder, settings: RetrievalSettings | None = None
    ) -> None:
        self.generation = generation
        self.encoder = encoder
        self.settings = settings or RetrievalSettings()
        self._beside = ThreadPoolExecutor(
            thread_name_prefix="lexical"
        )  # the lexical leg, while a query is encoded

    def retrieve(
        self, query: str, k: int, filters: Filters | None = None, wants_furniture: bool = False
    ) -> list[Hit]:
        """The best ``k`` passages, best first; scores in [0, 1]."""
        filters = filters or Filters()
        text = to_nfc(query)
        allowed = filters.rows(self.generation)
        if not text.strip() or k <= 0 or (allowed is not None and not len(allowed)):
            return []
        fused, dense = self._fuse(text, max(self.settings.depth, k), allowed)
        if not wants_furniture:
            for row in self.generation.furniture(fused):
                fused[row] *= self.settings.furniture
        found = self._hits(fused, max(k, self.settings.again))
        return self._again(text, found, dense)[:k]

    def to_read(self, asked: Question, filters: Filters | None = None) -> list[Hit]:
        """The passages that are read for an answer: the ``BEST`` hits and, of those to ``DEPTH``, ``FURTHER`` by their sentences.

        A passage of many subjects lies far behind although one of its sentences says what is asked about; the time that is
        asked for often stands elsewhere in the article.
        """
        found = self.retrieve(asked.text, DEPTH, filters, asked.kind in ("contact", "place"))
        best, rest = found[:BEST], found[BEST:]
        lexical, topic = self.generation.lexical, " ".join(word for word, _ in asked.topic)
        said = covered(topic, rest, lexical.document_frequency, len(lexical), pairs=True)
        leading = {hit.article.article_id for hit in best[:LEADING]}
        worth = [
            share + SAME_ARTICLE * (hit.article.article_id in leading)
            for share, hit in zip(said, rest, strict=True)
        ]
        chosen = sorted(zip(worth, rest, strict=True), key=lambda pair: -pair[0])[:FURTHER]
        return self._with_named(asked.text, [*best, *(hit for _, hit in chosen)], filters)

    def _with_named(self, text: str, hits: list[Hit], filters: Filters | None) -> list[Hit]:
        """The hits, and passages that name a person of the question in full when none of the hits does.

        "Vũ Văn Hòa là ai?" is three frequent syllables: passages full of one of them come first.
        """
        asked = persons_named(text)[:1]
        if not asked or not hits or any(names(hit.passage.text, asked[0]) for hit in hits):
            return hits
        filters = filters or Filters()
        allowed = filters.rows(self.generation)
        words = lowered(asked[0]).split()
        terms = {f"{a}_{b}": 1.0 for a, b in itertools.pairwise(words)}
        found = dict(self.generation.lexical.search({"accented": terms}, NAMED_DEPTH, allowed))
        named = [hit for _, hit in self._hits(found, NAMED_DEPTH) if names(hit.passage.text, asked[0])][
            :NAMED
        ]
        return [
            *hits,
            *(replace(hit, score=hits[-1].score, rank=len(hits) + at) for at, hit in enumerate(named, 1)),
        ]

    def _again(self, text: str, found: list[tuple[int, Hit]], dense: dict[int, float]) -> list[Hit]:
        """The hits, the best of them by what one of their sentences says of the query as well."""
        first, rest = found[: self.settings.again], found[self.settings.again :]
        hits, lexical, near = [hit for _, hit in first], self.generation.lexical, _standard(dense)
        share = self.settings.near if has_diacritics(text) else 0.0
        said = covered(text, hits, lexical.document_frequency, len(lexical))
        scores = [
            hit.score + self.settings.sentence * cover + share * near[row]
            for (row, hit), cover in zip(first, said, strict=True)
        ]
        return [*reordered(hits, scores), *(hit for _, hit in rest)]

    def _hits(self, scores: dict[int, float], k: int) -> list[tuple[int, Hit]]:
        """Row and hit of the best ``k``; of equal ones, first what stands first in the first file: rows tell nothing of that."""
        least = min(sorted(scores.values(), reverse=True)[:k], default=0.0)
        rows = [row for row, score in scores.items() if score >= least]
        found = [
            (row, Hit(stored.passage, article, scores[row], 0))
            for row, stored, article in self.generation.passages(rows)
        ]
        found.sort(key=lambda one: (-one[1].score, one[1].article.path, one[1].passage.start))
        return [(row, replace(hit, rank=rank)) for rank, (row, hit) in enumerate(found[:k], 1)]

    def _fuse(self, text: str, depth: int, allowed: Rows | None) -> tuple[dict[int, float], dict[int, float]]:
        """The fused score and the cosine of every candidate."""
        terms = query_terms(text, self.settings)
        searched = self._beside.submit(self.generation.lexical.search, terms, depth, allowed)
        vector = self.encoder.encode_query(text)
        dense = dict(self.generation.vectors.search(vector, depth, allowed))
        lexical = dict(searched.result())
        missing = [row for row in lexical if row not in dense]
        dense.update(zip(missing, self.generation.vectors.cosines(vector, missing), strict=True))
        share = self.settings.dense if has_diacritics(text) else self.settings.dense_plain
        return fuse(dense, lexical, share if lexical else 1.0), dense


_SPREAD = 50
"""How many of a leg's best scores tell its mean and spread."""


def fuse(dense: Mapping[int, float], lexical: Mapping[int, float], share: float) -> dict[int, float]:
    """One score for each row of ``dense``, in [0, 1]: 1 for a row that both legs put first, 0 for the last of all.

    Each leg's scores are counted in standard deviations from the mean of its best, so that a leg whose scores lie
    close together, since it knows no better, does not outvote one with a clear favourite.

    Args:
        dense: row -> cosine, for every candidate.
        lexical: row -> BM25, for those that share a term with the query.
        share: of the dense leg.

    >>> fuse({1: 0.9, 2: 0.8, 3: 0.7}, {1: 4.0, 2: 2.0}, 0.5)[1]
    1.0
    """
    near, told = _standard(dense), _standard(lexical)
    least = min(told.values(), default=0.0)
    scores = {row: share * near[row] + (1 - share) * told.get(row, least) for row in dense}
    best = share * max(near.values(), default=0.0) + (1 - share) * max(told.values(), default=0.0)
    low = min(scores.values(), default=0.0)
    return {row: (score - low) / (best - low) if best > low else 1.0 for row, score in scores.items()}


def _standard(scores: Mapping[int, float]) -> dict[int, float]:
    if not scores:
        return {}
    top = np.sort(np.fromiter(scores.values(), np.float64))[-_SPREAD:]
    mean, spread = float(top.mean()), float(top.std()) or 1.0
    return {row: (score - mean) / spread for row, score in scores.items()}


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
