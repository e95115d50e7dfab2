"""Which sentences together answer a question that no single figure or name answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.split import sentences
from index.types import Span
from index.vietnamese import fold
from qa.features import Scored
from qa.read import Reply
from qa.spans import Candidate
from qa.surroundings import points_back

MOST_WORDS = 150
"""Words of all sentences together: more than this nobody reads as an answer."""
_AHEAD = 1500
"""Characters behind a sentence in which it may go on."""
MOST_SENTENCES, MOST_BESIDE = 3, 6
"""Sentences of an answer; of those that go on where the best one ends, as the lines of a list do."""
_MARGIN = 3.0
"""How far below the best sentence another one of the same article may score and still be quoted with it."""
_GOES_ON = re.compile(
    r"(?:do la|gom|bao gom|cac \w+ con lai|ngoai ra|ben canh do|trong do|cu the|nhu vay)\b|[-+•*]|\d\)"
)
_CONTINUES = re.compile(
    r"(?:do la|gom|bao gom|thu (?:hai|ba|tu|nam)|(?:hai|ba|bon) la)\b|[-+•*–] ?|\d\)|[a-d][).] "
)
"""What begins a sentence that cannot be left out behind the one before it."""


def gather(replies: Sequence[Reply]) -> list[Reply]:
    """The best sentence and those of its article that belong to the answer, in the order of the article.

    With it go the one that says why before "Vì thế", and those that go on where it ends: "Đó là ...", the lines of a list.

    Args:
        replies: ranked; the first is a whole sentence.
    """
    best = replies[0]
    chosen = [best]
    for reply in _beside(best):
        if _words([*chosen, reply]) <= MOST_WORDS:
            chosen.append(reply)
    for reply in sorted(replies[1:], key=lambda reply: not _follows(best, reply)):
        near = reply.score >= best.score - _MARGIN or _follows(best, reply)
        fits = len(chosen) < MOST_SENTENCES and _words([*chosen, reply]) <= MOST_WORDS
        if near and fits and _same_article(best, reply) and not _said(chosen, reply):
            chosen.append(reply)
    return sorted(chosen, key=lambda reply: reply.scored.reading.start)


def _beside(best: Reply) -> list[Reply]:
    """The sentences that cannot be left out around the best one, in the order in which they are wanted."""
    reading = best.scored.reading
    text = reading.hit.article.text
    found = []
    if points_back(reading.text) and reading.previous:
        start = text.rfind(reading.previous, 0, reading.start)
        found += [(start, start + len(reading.previous))] if start >= 0 else []
    opens = reading.text.rstrip().endswith(":")
    for start, end in sentences(text, reading.end, min(len(text), reading.end + _AHEAD))[:MOST_BESIDE]:
        if not (opens or _CONTINUES.match(fold(text[start:end]))):
            break
        found.append((start, end))
        opens = False
    return [_quoted(best, span) for span in found]


def _quoted(best: Reply, span: Span) -> Reply:
    """Another sentence of the best reply's article as a reply."""
    reading = best.scored.reading
    start, end = span
    text = reading.hit.article.text[start:end]
    other = replace(reading, start=start, end=end, text=text, previous="")
    return replace(best, scored=Scored(other, Candidate(0, len(text), text, "sentence"), {}))


def _words(replies: Sequence[Reply]) -> int:
    return sum(len(reply.scored.reading.text.split()) for reply in replies)


def _said(chosen: Sequence[Reply], reply: Reply) -> bool:
    return any(one.scored.reading.start == reply.scored.reading.start for one in chosen)


def _same_article(best: Reply, reply: Reply) -> bool:
    return best.scored.reading.hit.article.article_id == reply.scored.reading.hit.article.article_id


def _follows(best: Reply, reply: Reply) -> bool:
    """Whether a sentence goes on where the best one ends: "Đó là ...", a list item, the text below a heading."""
    first, second = best.scored.reading, reply.scored.reading
    if not _same_article(best, reply):
        return False
    gap = first.hit.article.text[first.end : second.start]
    if second.start < first.end or gap.strip():
        return False
    heading = not first.text.rstrip().endswith((".", "!", "?", "”", '"'))
    return heading or _GOES_ON.match(fold(second.text)) is not None
