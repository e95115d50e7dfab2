"""What the cross-encoder is given to read of an article: a part of a sentence, behind the title, the day and what leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from index.split import sentences
from index.types import Article, Span
from index.vietnamese import fold
from qa.question import Question
from qa.surroundings import Reading, words_of
from qa.types import Hit

MOST_TITLE = 120
"""Characters of a title that are read before a sentence."""
MOST_BEFORE = 110
"""Characters of what leads to a sentence: who "ông" is, which year "cùng kỳ" means, whose market it is."""
MOST_PART = 250
"""Characters of a sentence that are read at a time: with title and what leads to it they fit into the cross-encoder's
``MOST_TOKENS``, and most sentences that it was fitted on are no longer."""
HEAD_CHARACTERS, HEAD_SENTENCES = 900, 5
"""The head of an article, whose sentences may lead to any later one."""


def in_context(title: str, before: str, sentence: str, published: date | None = None) -> tuple[str, int]:
    """The sentence behind its article's title and day and what leads to it, and where it starts there.

    >>> in_context("Xã Tân Lập có chợ mới", "", "Kinh phí xây chợ là 1,3 tỷ đồng.")
    ('Xã Tân Lập có chợ mới: Kinh phí xây chợ là 1,3 tỷ đồng.', 23)
    >>> in_context("Chợ mới", "Chợ khởi công năm nay.", "Kinh phí là 1,3 tỷ đồng.", date(2019, 3, 14))[0]
    'Chợ mới (14/3/2019): Chợ khởi công năm nay. | Kinh phí là 1,3 tỷ đồng.'
    """
    parts = [title[:MOST_TITLE]] if title and title not in sentence else []
    if published:
        parts.append(f"({published.day}/{published.month}/{published.year})")
    head = f"{' '.join(parts)}: " if parts else ""
    if before and before != title:
        head += f"{_tail(before)} | "
    return head + sentence, len(head)


def heading(hit: Hit) -> str:
    """What a sentence of a hit stands below: the article's title, for a footer the source whose address it tells."""
    article = hit.article
    return article.source if hit.passage.furniture and article.source else article.title


def windows(sentence: str) -> list[Span]:
    """The parts in which a long sentence is read; one for most sentences.

    A part ends behind the last ";" or else "," of its first ``MOST_PART`` characters, or between two words.

    >>> [end - start for start, end in windows("Chợ mở cửa. " + "một hai ba, " * 40)]
    [240, 240, 12]
    """
    found, start = [], 0
    while len(sentence) - start > MOST_PART:
        room = sentence[start : start + MOST_PART]
        ends = (room.rfind(mark) + len(mark) for mark in ("; ", ", ", " "))
        end = start + next((end for end in ends if end > MOST_PART // 2), MOST_PART)
        found.append((start, end))
        start = end
    return [*found, (start, len(sentence))]


def leading(question: Question, reading: Reading, start: int) -> str:
    """What leads to the part of a sentence that begins at ``start``, ``MOST_BEFORE`` characters at most.

    It is the end of what stands before: of the sentence's own words for a later part of it, else of the sentence before. A
    stretch of the passage or of the article's head leads instead where it holds at least two more words of the question that
    neither title nor part says.
    """
    article = reading.hit.article
    part = reading.text[start : start + MOST_PART]
    asked = {fold(word) for word, weight in question.words if weight == 1.0}
    asked -= words_of(part) | words_of(article.title[:MOST_TITLE])
    best = _tail(reading.text[:start].rstrip() if start else reading.previous)
    most = len(asked & words_of(best)) + 1
    for stretch in _stretches(article, min(reading.hit.passage.start, reading.start), reading.start):
        held = len(asked & words_of(stretch))
        if held > most:
            best, most = stretch, held
    return best


@lru_cache(maxsize=256)
def _stretches(article: Article, low: int, high: int) -> tuple[str, ...]:
    """Stretches of the sentences of ``article.text[low:high]``, the last first, then of those of the article's head before."""
    near = (
        [article.text[start:end] for start, end in sentences(article.text, low, high)] if low < high else []
    )
    found = sentences(article.text, 0, min(len(article.text), HEAD_CHARACTERS))[:HEAD_SENTENCES]
    head = [article.text[start:end] for start, end in found if end <= high]
    return tuple(stretch for text in (*reversed(near), *reversed(head)) for stretch in _cut(text))


def _cut(text: str) -> Iterator[str]:
    """A text in whole words, ``MOST_BEFORE`` characters at a time, every half of it."""
    for start in range(0, max(1, len(text) - MOST_BEFORE // 2), MOST_BEFORE // 2):
        low = text.rfind(" ", 0, start + 1) + 1
        stretch = text[low : low + MOST_BEFORE]
        yield stretch if low + MOST_BEFORE >= len(text) else stretch.rpartition(" ")[0] or stretch


def _tail(text: str) -> str:
    """The last whole words of a text, ``MOST_BEFORE`` characters at most."""
    return text if len(text) <= MOST_BEFORE else text[-MOST_BEFORE:].partition(" ")[2]
