"""Passages in the order of how well one sentence of each answers a question (``--reranker bundled``)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index.encode import Encoder
from index.store_protocol import LexicalLeg
from qa.cross_encoder import CrossEncoder, load_cross_encoder
from qa.features import Scored
from qa.order import placed, with_article
from qa.question import Question
from qa.read import ExtractiveReader, Reader, first_reading, judged, parts
from qa.rerank import RERANKED
from qa.types import Hit

LEADING = 3
"""So many stand first as the whole reader orders them, where it answers: it knows years, places and units better."""
WORTH, LEAST, TOGETHER = 0.04, -10.0, 0.4
"""What a point of relevance weighs beside the search's score, how far behind the best passage counts, and how much of the
search's score a passage has from the best of its article (docs/evaluation.md has what other numbers do)."""


@dataclass(frozen=True, slots=True)
class Relevance:
    """Puts passages in order by the relevance of a sentence of each.

    Attributes:
        cross: reads the question with the sentence; None to go by the first reading of it.
    """

    cross: CrossEncoder | None

    def ordered(
        self, question: Question, hits: Sequence[Hit], read: Sequence[Hit], lexical: LexicalLeg
    ) -> list[Hit]:
        """The first that were read for an answer, then the others by the search's score and by how they answer.

        The highest score goes to the first, the lowest to the last.

        Args:
            question: what is asked.
            hits: what the search found, best first; behind the first ``RERANKED`` they stay as they stand.
            read: what was read for an answer, in that order; most of it is among the hits. Empty where nothing was answered.
            lexical: tells how rare the words are.
        """
        first = read[:LEADING]
        known = {hit.passage.passage_id for hit in first}
        among, behind = hits[:RERANKED], hits[RERANKED:]
        told = self._told(question, _best(question, among, lexical))
        top = max(told.values(), default=0.0)
        searched = with_article(among, TOGETHER)

        def worth(hit: Hit) -> float:
            passage = hit.passage.passage_id
            return searched[passage] + WORTH * max(LEAST, told.get(passage, -math.inf) - top)

        others = [*sorted(among, key=worth, reverse=True), *behind]
        return placed([*first, *(hit for hit in others if hit.passage.passage_id not in known)])

    def _told(self, question: Question, best: dict[str, tuple[float, Scored]]) -> dict[str, float]:
        """The id of a passage -> how well its best candidate's sentence answers."""
        if self.cross is None or not best:
            return {passage: score for passage, (score, _) in best.items()}
        sentences = judged(self.cross, question, [(one.reading, parts(one)[0]) for _, one in best.values()])
        return {passage: sentence.relevance for passage, sentence in zip(best, sentences, strict=True)}


def load_relevance(reader: Reader, encoder: Encoder) -> Relevance:
    """With the cross-encoder of the built-in reader, or beside another reader with one of its own."""
    return Relevance(reader.cross if isinstance(reader, ExtractiveReader) else load_cross_encoder(encoder))


def _best(question: Question, hits: Sequence[Hit], lexical: LexicalLeg) -> dict[str, tuple[float, Scored]]:
    """The id of a passage -> its best candidate by the first reading, with its score; those without any have none."""
    best: dict[str, tuple[float, Scored]] = {}
    for score, one in first_reading(question, hits, lexical.document_frequency, len(lexical)):
        best.setdefault(one.reading.hit.passage.passage_id, (score, one))
    return best
