"""Which figures are set against each other: for each side one, of the same thing, of its own place and time.

The best reply to a side's question alone is often the other side's figure, a plan beside a result, or a level beside
a change. So figures are chosen together: what plainly belongs to another side or time is struck out, and of the
rest the figures are taken that fit their questions and each other best.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from index.periods import compatible, find_periods, overlaps
from index.quantities import find_quantities
from index.types import Article, Period, Quantity
from index.units import kind_of
from index.vietnamese import fold
from qa.arithmetic import comparable
from qa.compose import ANSWER_FROM
from qa.question import PLAN
from qa.read import Reply
from qa.scope import scope_of, stated_period
from qa.side_questions import Side, Sides
from qa.surroundings import ArticleWords, Reading, folded_words, with_neighbours
from qa.words import content_words

COVERED = 0.7
"""Share of the words of what is compared that the clause of a figure holds which is not sure by itself."""
_TOUCHED = 0.5
"""The same for a sure one, whose whole sentence and title count too."""
_EACH = 8
"""Figures of a side that are tried together with those of the others."""
_AGREE = 4.0
"""What full agreement of two figures counts, in points of the reader's score, and what other signs of the right
sentence do: its words, the side's name in it, that it tells no plan."""
_PERIOD = 1.5
_TOGETHER = 3.0
"""What two figures gain that are told of the same time, though none was asked for."""
_SAME_TIME = 2
_SOON = timedelta(days=60)
"""How long after its end a period is reported without being named: "đến nay"."""
_CLAUSE = re.compile(r"[;:]|[.!?](?=\s)")
_CHANGE = re.compile(r"\b(?:tang|giam|hut|vuot|gap)\b(?:(?!\b(?:con|xuong|len|den|dat|tu)\b)[^,;])*$")
_FROM = re.compile(r"\b(?:tang|giam|nang|ha)\b[^,;]*\btu $")
"""Before a figure that something went up or down from: "từ" is no qualifier of it."""
_OWNED = re.compile(r"\s*(?:o|tai|cua|cho|thuoc)\s(?:\w+\s){0,2}")
"""What ties a figure to the name behind it: "5 tỷ đồng ở xã An Bình"."""
_IN_TURN = re.compile(r"\blan luot\b|\btuong ung\b")
_BEFORE = 40
"""Characters before a figure that may call it a change."""
_KINDS = re.compile(r"\b(?:thanh pho|tp|tinh|huyen|thi xa|thi tran|xa|phuong)\b")
_ASKS_CHANGE = re.compile(r"\b(?:tang|giam)\b(?! truong)")


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure that answers for a side.

    Attributes:
        reply: where it stands.
        quantity: the figure.
        period: the stretch of time its sentence says it for; None when it says none.
        sure: the reply alone is an answer; else it can be one beside a sure figure of another side.
        exact: its clause holds all words of what is compared, and the side's name or period.
        worth: the reader's score with what speaks for and against the figure in this comparison.
        planned: it is told as a plan.
        words: the folded words of its clause.
    """

    reply: Reply
    quantity: Quantity
    period: Period | None
    sure: bool
    exact: bool
    worth: float
    planned: bool
    words: frozenset[str]

    @property
    def text(self) -> str:
        """The figure as it stands, without the "từ" of "tăng từ 5% lên 7%"."""
        text = self.reply.scored.candidate.text
        return text if self.quantity.qualifier else re.sub(r"^[Tt]ừ\s+", "", text)


def choose(compared: Sides, replies: Sequence[Sequence[Reply]]) -> list[Figure | None]:
    """The figure of each side, in order; None for a side that has none.

    Args:
        compared: the sides.
        replies: to the question of each side, best first.
    """
    options = [_figures(compared, side, own) for side, own in zip(compared.sides, replies, strict=True)]
    together = [chosen for chosen in itertools.product(*(own[:_EACH] for own in options)) if _fit(chosen)]
    if together:
        return [*max(together, key=_worth)]
    alone = [next((one for one in own if one.sure), None) for own in options]
    return alone if _distinct([one for one in alone if one]) else _only_surest(alone)


def covers(topic: frozenset[str], reading: Reading, start: int, end: int) -> bool:
    """Whether the clause around ``[start, end)`` of a sentence holds most words of a topic."""
    return _share(topic, _clause_words(reading, start, end), reading) >= COVERED


def topic_of(side: Side) -> frozenset[str]:
    """The folded words of what is compared: a side's question without the side, its periods and types of places."""
    question = re.sub(
        re.escape(side.name), lambda name: " " * len(name.group()), side.question, flags=re.IGNORECASE
    )
    for period in find_periods(question):
        question = question[: period.start] + " " * (period.end - period.start) + question[period.end :]
    for kind in _KINDS.finditer(fold(question)):
        question = question[: kind.start()] + " " * (kind.end() - kind.start()) + question[kind.end() :]
    return frozenset(
        part for word, weight in content_words(question) if weight == 1.0 for part in folded_words(word)
    )


def _figures(compared: Sides, side: Side, replies: Sequence[Reply]) -> list[Figure]:
    """The figures of the replies that can be the side's, most worth first."""
    topic = topic_of(side)
    found = [figure for reply in replies if (figure := _figure(compared, side, topic, reply))]
    return sorted(found, key=lambda figure: -figure.worth)


def _figure(compared: Sides, side: Side, topic: frozenset[str], reply: Reply) -> Figure | None:
    """The reply's figure; None when it is of another side, of another time, or a change where a level is asked."""
    candidate, reading = reply.scored.candidate, reply.scored.reading
    quantity = candidate.quantity or next(iter(find_quantities(candidate.text)), None)
    period = stated_period(reading, candidate)
    timely = _timely(side, reply, period)
    if quantity is None or timely is None or not _is_of(compared, side, reply):
        return None
    number = re.search(r"\d|$", candidate.text)
    assert number is not None  # "$" matches
    before = reading.folded[max(0, candidate.start - _BEFORE) : candidate.start + number.start()]
    if _FROM.search(before):
        quantity = replace(quantity, qualifier="")
    if bool(_CHANGE.search(before)) != bool(_ASKS_CHANGE.search(fold(side.question))):
        return None
    words = _clause_words(reading, candidate.start, candidate.end)
    share = _share(topic, words, reading)
    sure = (
        reply.confidence >= ANSWER_FROM and _share(topic, words | _near_words(reading), reading) >= _TOUCHED
    )
    if (not sure and share < COVERED) or (compared.people and not _counts(quantity)):
        return None
    planned = PLAN.search(re.split(r"[,;:]", reading.folded[: candidate.start])[-1]) is not None
    unasked = planned and PLAN.search(fold(side.question)) is None
    named = side.period is None and _name_words(side.bare) <= words
    worth = reply.score + _AGREE * (share + named - unasked) + _PERIOD * timely
    exact = share == 1 and (named or (side.period is not None and timely == _SAME_TIME))
    return Figure(reply, quantity, period, sure, exact, worth, planned, words)


def _timely(side: Side, reply: Reply, period: Period | None) -> int | None:
    """How well the figure's time is the one asked for, -1 to 2; None when it is another.

    For a side that is a period something must tell that the figure is of it: where nothing is said, the day of the article.
    """
    asked = [side.period] if side.period else [one for one in find_periods(side.question) if one.first]
    if not asked:
        return 0
    said = period or scope_of(reply.scored).period
    if said is None or said.first is None:
        return 0 if side.period is None or _told_then(side.period, reply) else None
    if any(compatible(one, said) is True for one in asked):
        return _SAME_TIME if period else 1
    if any(overlaps(one, said) for one in asked):
        return -1 if period else 0
    return None


def _told_then(asked: Period, reply: Reply) -> bool:
    """Whether a sure reply is of an article published in the period asked for, or soon after its end."""
    day = reply.scored.reading.hit.article.published
    if day is None or asked.first is None or asked.last is None or reply.confidence < ANSWER_FROM:
        return False
    return asked.first <= day <= asked.last + _SOON


def _is_of(compared: Sides, side: Side, reply: Reply) -> bool:
    """Whether the sentence speaks of the side, not of another one; for a period its time tells that."""
    reading = reply.scored.reading
    if side.period:
        return True
    owner = _owner(compared, reply)
    if owner is not None or compared.things:
        return owner is side
    if _names(reading.text, side.bare):
        return True
    place = scope_of(reply.scored).place
    for text in (reading.text, place.text if place else ""):
        if any(_names(text, other.bare) for other in compared.sides if other is not side):
            return _names(text, side.bare)
    article = _article_words(reading.hit.article)
    return _name_words(side.bare) <= (article.words | article.title)


def _owner(compared: Sides, reply: Reply) -> Side | None:
    """The side that the sentence gives a figure to: the one right behind it, else the last one before it.

    Of "A và B lần lượt đạt 5% và 7%" the figures go by their order. None where that cannot be told.
    """
    reading, candidate = reply.scored.reading, reply.scored.candidate
    named = sorted(
        (match.start(), match.end(), side)
        for side in compared.sides
        for match in re.finditer(rf"\b{re.escape(fold(side.bare))}\b", reading.folded)
    )
    behind = next((one for one in named if _OWNED.fullmatch(reading.folded, candidate.end, one[0])), None)
    if behind:
        return behind[2]
    before = [one for one in named if one[1] <= candidate.start]
    if not before:
        return None
    *_, (start, end, last) = before
    first = [one for one in before if one[2] is not last]
    if not first or re.search(r"\d", reading.text[first[-1][1] : start]):
        return last
    if not _IN_TURN.search(reading.folded, end):
        return None
    figures = [end + one.start for one in find_quantities(reading.text[end:])]
    place = sum(at < candidate.start for at in figures)
    return before[place][2] if place < len(before) == len(figures) else None


def _names(text: str, name: str) -> bool:
    return _name_words(name) <= with_neighbours(folded_words(text))


def _name_words(name: str) -> frozenset[str]:
    return with_neighbours(folded_words(name))


def _clause_words(reading: Reading, start: int, end: int) -> frozenset[str]:
    edges = [0, *(match.end() for match in _CLAUSE.finditer(reading.text)), len(reading.text)]
    low = max(edge for edge in edges if edge <= start)
    high = min(edge for edge in edges if edge >= end)
    return with_neighbours(folded_words(reading.text[low:high]))


def _near_words(reading: Reading) -> frozenset[str]:
    """The words of the sentence and of the title."""
    return frozenset(folded_words(f"{reading.hit.article.title}\n{reading.text}"))


def _share(topic: frozenset[str], words: frozenset[str], reading: Reading) -> float:
    """Share of a topic that words hold; a name that the article writes with a capital counts as held."""
    article = _article_words(reading.hit.article)
    held = [word for word in topic if word in words or article.names(word)]
    return len(held) / len(topic) if topic else 1.0


@lru_cache(maxsize=32)
def _article_words(article: Article) -> ArticleWords:
    return ArticleWords.of(article)


def _counts(quantity: Quantity) -> bool:
    """Whether a figure can count people: neither money nor a share nor a measure."""
    return kind_of(quantity.unit.partition("/")[0]) == "noun" or quantity.unit == ""


# --- figures that go together -------------------------------------------------------------------------------


def _fit(chosen: Sequence[Figure]) -> bool:
    """Whether the figures count the same, stand apart, are all plans or none, and can be trusted."""
    first = chosen[0]
    return (
        (any(one.sure for one in chosen) or all(one.exact for one in chosen))
        and all(comparable(first.quantity, one.quantity) for one in chosen[1:])
        and len({one.planned for one in chosen}) == 1
        and _distinct(chosen)
    )


def _worth(chosen: Sequence[Figure]) -> float:
    pairs = list(itertools.combinations(chosen, 2))
    agreement = sum(len(a.words & b.words) / max(1, len(a.words | b.words)) for a, b in pairs)
    alike = sum(bool(a.period and b.period and compatible(a.period, b.period)) for a, b in pairs)
    return sum(one.worth for one in chosen) + _AGREE * agreement + _TOGETHER * alike


def _distinct(found: Sequence[Figure]) -> bool:
    """Whether no two sides have the same span of the same article as their figure."""
    return len({_span(one) for one in found}) == len(found)


def _span(one: Figure) -> tuple[str, int, int]:
    reading, candidate = one.reply.scored.reading, one.reply.scored.candidate
    return reading.hit.article.article_id, reading.start + candidate.start, reading.start + candidate.end


def _only_surest(found: Sequence[Figure | None]) -> list[Figure | None]:
    """One span cannot be the figure of two sides: it is the surest one's."""
    surest = max((one for one in found if one), key=lambda one: one.reply.confidence)
    return [one if one is surest or (one and _span(one) != _span(surest)) else None for one in found]
