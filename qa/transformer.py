"""Any extractive question-answering model of the transformers library as the reader of hits.

The model scores every token of a passage as the first and as the last of the answer, and its first token as
"no answer here" (SQuAD 2). A passage longer than the model reads is cut into overlapping windows.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from index.periods import find_periods
from index.quantities import find_quantities
from index.types import Period, Quantity, Span
from index.vietnamese import fold
from qa.features import Scored
from qa.pair_model import FloatArray, PairModel
from qa.question import Question
from qa.read import Reply
from qa.retrieve import BEST
from qa.spans import Candidate, whole_words
from qa.surroundings import Reading, readings
from qa.types import Hit

LONGEST_ANSWER = 60
"""Tokens; twice the 30 that is usual for English: Vietnamese writes every syllable as a word."""
SPANS_PER_WINDOW = 3
_BATCH = 8


@dataclass(frozen=True, slots=True)
class Window:
    """What the model thinks of a stretch of a passage.

    Attributes:
        passage: place of the passage among those given.
        offsets: where its tokens stand in the passage, in order.
        starts: ``(tokens,)``, how well each is the first of the answer: logits.
        ends: ``(tokens,)``, how well each is the last.
        null: how well "no answer here" fits: the same sum for the model's first token.
    """

    passage: int
    offsets: tuple[Span, ...]
    starts: FloatArray
    ends: FloatArray
    null: float


class TransformerReader:
    """Reads hits with an extractive question-answering model; see ``Reader``. Threads may share it.

    Spans of all passages are weighed by their lead: the logits of their first and last token less those of "no
    answer" in the same window. The confidence is the softmax over the leads of the best spans that do not overlap
    and 0 for "no answer in any passage"; spans that say the same are one reply's evidence and add up. The score is
    the logarithm of the same sum before it is divided.
    """

    def __init__(self, model: str | Path) -> None:
        """Load the model.

        Args:
            model: a folder, or a name on the Hugging Face hub, which is fetched once.

        Raises:
            ModelError: the model is not there, cannot be loaded, or is not one that answers questions.
        """
        self._network, self.name = _Network.open(model)
        self._lock = threading.Lock()  # a tokenizer cannot be used by two threads at once

    def read(
        self, question: Question, hits: Sequence[Hit], frequency: Callable[[str], int], documents: int
    ) -> list[Reply]:
        """See ``Reader.read``; the frequencies are not used."""
        hits = hits[:BEST]
        sentences = [readings(hit) for hit in hits]
        with self._lock:
            windows = list(self._network.windows(question.text, [hit.passage.text for hit in hits]))
        found = [
            one
            for window in windows
            for one in _in_window(window, hits[window.passage], sentences[window.passage])
        ]
        return _replies(_apart(found))


@dataclass(frozen=True, slots=True)
class _Network(PairModel):
    """A model that scores the tokens of a passage as ends of the answer."""

    HEAD: ClassVar[str] = "AutoModelForQuestionAnswering"
    KIND: ClassVar[str] = "one that answers questions"
    REMEDY: ClassVar[str] = "an extractive question-answering model"
    MOST_TOKENS: ClassVar[int] = 384  # with an overlap of a third: what models for SQuAD are trained with

    def numbers(self, question: str, text: str) -> FloatArray:
        """See ``PairModel.numbers``."""
        if not self.tokenizer.is_fast:
            raise ValueError("its tokenizer does not tell where its tokens stand")
        return np.concatenate([window.starts + window.ends for window in self.windows(question, [text])])

    def windows(self, question: str, texts: Sequence[str]) -> Iterator[Window]:
        """The windows of all texts, in order."""
        if not texts:
            return
        encoded = self.tokenizer(
            [self._short(question)] * len(texts),
            list(texts),
            truncation="only_second",
            max_length=self.length,
            stride=self.length // 3,
            padding=True,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
        )
        starts, ends = self._logits(encoded)
        for row, passage in enumerate(encoded["overflow_to_sample_mapping"]):
            places = encoded["offset_mapping"][row]
            own = [i for i, part in enumerate(encoded.sequence_ids(row)) if part == 1 and places[i][1]]
            ids = encoded["input_ids"][row]
            first = ids.index(self.tokenizer.cls_token_id) if self.tokenizer.cls_token_id in ids else 0
            null = float(starts[row, first] + ends[row, first])
            offsets = tuple((places[i][0], places[i][1]) for i in own)
            yield Window(passage, offsets, starts[row, own], ends[row, own], null)

    def _short(self, question: str) -> str:
        """The question, its beginning cut off when it takes more than a quarter of a window."""
        tokens = self.tokenizer(question, add_special_tokens=False, return_offsets_mapping=True)
        offsets, most = tokens["offset_mapping"], self.length // 4
        return question if len(offsets) <= most else question[offsets[-most][0] :]

    def _logits(self, encoded: Any) -> tuple[FloatArray, FloatArray]:  # noqa: ANN401 - a library's type
        """``(windows, tokens)`` each: of the first and of the last token of the answer."""
        starts, ends = [], []
        for low in range(0, len(encoded["input_ids"]), _BATCH):
            out = self.run({name: rows[low : low + _BATCH] for name, rows in encoded.items()})
            starts.append(out.start_logits.double().numpy())
            ends.append(out.end_logits.double().numpy())
        return np.concatenate(starts), np.concatenate(ends)


def best_spans(starts: FloatArray, ends: FloatArray, most: int) -> Iterator[tuple[int, int, float]]:
    """The best spans that do not overlap, best first.

    Args:
        starts: ``(tokens,)``, logits of being the first token.
        ends: ``(tokens,)``, logits of being the last one.
        most: how many spans at most.

    Yields:
        First token, last token, sum of their logits; at most ``LONGEST_ANSWER`` tokens.

    >>> list(best_spans(np.array([0.0, 5.0, 1.0, 2.0]), np.array([4.0, 1.0, 3.0, 0.0]), 2))
    [(1, 2, 8.0), (0, 0, 4.0)]
    """
    size = len(starts)
    allowed = np.triu(np.ones((size, size), bool)) & ~np.triu(np.ones((size, size), bool), LONGEST_ANSWER)
    sums = np.where(allowed, starts[:, None] + ends[None, :], -np.inf)
    for _ in range(most):
        first, last = divmod(int(sums.argmax()), size) if size else (0, 0)
        if not size or sums[first, last] == -np.inf:
            return
        yield first, last, float(sums[first, last])
        sums[: last + 1, first:] = -np.inf


def _in_window(window: Window, hit: Hit, sentences: Sequence[Reading]) -> Iterator[Scored]:
    """The best spans of a window, each in its sentence, with its lead and the null score as features."""
    for first, last, total in best_spans(window.starts, window.ends, SPANS_PER_WINDOW):
        start, end = window.offsets[first][0], window.offsets[last][1]
        scored = _placed(hit.passage.start + start, hit.passage.start + end, sentences)
        if scored:
            scored.features.update(lead=total - window.null, null=window.null)
            yield scored


def _placed(start: int, end: int, sentences: Sequence[Reading]) -> Scored | None:
    """The span of the article in the sentence that holds most of it, cut to that sentence; None without a word."""
    reading = max(sentences, key=lambda one: min(end, one.end) - max(start, one.start), default=None)
    if reading is None or min(end, reading.end) <= max(start, reading.start):
        return None
    low, high = max(start, reading.start) - reading.start, min(end, reading.end) - reading.start
    low, high = whole_words(reading.text, low, high)
    return Scored(reading, candidate_at(reading, low, high), {}) if low < high else None


def candidate_at(reading: Reading, start: int, end: int) -> Candidate:
    """The span of a sentence as a candidate: the quantity or the period that it is, else just a "span"."""
    quantity = _quantity(reading.text, start, end)
    period = None if quantity else _period(reading, start, end)
    form = "quantity" if quantity else "period" if period else "span"
    return Candidate(start, end, reading.text[start:end], form, quantity, period)


def _quantity(sentence: str, start: int, end: int) -> Quantity | None:
    """The quantity that is just this span, with or without its qualifier ("gần")."""
    for quantity in find_quantities(sentence):
        before = sentence[start : quantity.start].strip().lower()
        if quantity.end == end and (start == quantity.start or before == quantity.qualifier != ""):
            return quantity
    return None


def _period(reading: Reading, start: int, end: int) -> Period | None:
    found = find_periods(reading.text, reading.day)
    return next((period for period in found if (period.start, period.end) == (start, end)), None)


def _apart(found: Sequence[Scored]) -> list[Scored]:
    """The spans that overlap no better one, best first: windows overlap, and a passage may come twice."""
    kept: list[Scored] = []
    for one in sorted(found, key=_lead, reverse=True):
        article, start, end = _place(one)
        others = map(_place, kept)
        if not any(article == other and start < high and low < end for other, low, high in others):
            kept.append(one)
    return kept


def _place(scored: Scored) -> tuple[str, int, int]:
    """The article, and the span's offsets into its text."""
    reading, candidate = scored.reading, scored.candidate
    return reading.hit.article.article_id, reading.start + candidate.start, reading.start + candidate.end


def _lead(scored: Scored) -> float:
    """The logits of a span's ends less those of "no answer" in the same window."""
    return scored.features["lead"]


def _replies(found: Sequence[Scored]) -> list[Reply]:
    """The spans as replies, best first; beside the best only those that beat "no answer" in their window.

    What the model itself rejects must not be set beside the best as another opinion.
    """
    said: dict[str, list[float]] = {}
    for one in found:
        said.setdefault(fold(one.candidate.text), []).append(_lead(one))
    total = log_sum([0.0, *map(_lead, found)])
    scores = [log_sum(said[fold(one.candidate.text)]) for one in found]
    replies = [Reply(one, score, math.exp(score - total)) for one, score in zip(found, scores, strict=True)]
    replies.sort(key=lambda reply: -reply.score)
    return [*replies[:1], *(reply for reply in replies[1:] if _lead(reply.scored) > 0)]


def log_sum(values: Sequence[float]) -> float:
    """log(e^a + e^b + ...), safe for large values.

    >>> log_sum([1000.0, 1000.0]) == 1000 + math.log(2)
    True
    """
    top = max(values)
    return top + math.log(sum(math.exp(value - top) for value in values))
