"""What a reply is said of: its place and its stretch of time, read from the sentence and its article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from index.period_compare import overlaps
from index.places import LEVELS, Place, places
from index.quantities import find_quantities
from index.types import Article, Period
from index.vietnamese import UPPER, fold
from qa.bare_places import bare, paragraph_place, places_of
from qa.features import Scored
from qa.held_periods import held_periods
from qa.spans import Candidate
from qa.surroundings import Reading, governing_period

_CAP = rf"[{UPPER}][a-zà-ỹđ’'-]+"
_LEVEL = re.compile(
    rf"(?<!\w)(?i:(?:toàn|cả|địa bàn)\s+|^\W*(?:(?:hiện|đến nay|hiện nay),?\s+)?)(?P<type>(?i:{'|'.join(LEVELS)}|nước))"
    rf"(?!\w)(?!\s+{_CAP})"
)
_COMPARED = re.compile(r"\b(?:so voi|hon|chiem [^;]{0,20}cua)\s*$")
"""Before a place that a figure is only compared with."""
_WHOLE_COUNTRY = "cả nước"
_HEAD = 400
"""Characters of an article that are searched for the place it is about, beside its title."""
_OF_THE_YEAR_BEFORE = 200
"""A year may be reported as "the year" for so many days after its end."""
_NEAR_DAYS = 180
_PART = re.compile(r"[;(),]")
_RIGHT_BEHIND = re.compile(r"\s*\(?(?:vào |của |trong )?")
"""Articles without a stated period speak of the same time when published so close together."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a reply is said of.

    Attributes:
        place: None when it cannot be told.
        named: whether the sentence itself tells the place.
        period: the stretch of time that is stated for it; None when none is.
        published: the article's day.
    """

    place: Place | None
    named: bool
    period: Period | None
    published: date | None

    @property
    def day(self) -> date:
        """What "newest first" goes by: the end of the period, else the day of publication."""
        return (self.period.last if self.period else None) or self.published or date.min

    def other_place(self, other: Scope) -> bool:
        """Whether both places are known and differ."""
        return self.place is not None and other.place is not None and not self.place.matches(other.place)

    def other_time(self, other: Scope) -> bool | None:
        """True for times that exclude each other, False for the same or unknown, None for a part of the other.

        A day inside the other period is its "as of". Without a stated period the day of publication
        speaks: the year it lies in, or the one before.
        """
        if self.period and other.period:
            return _other_period(self.period, other.period)
        if self.period or other.period:
            stated, open_ = (self, other) if self.period else (other, self)
            return stated.period is not None and not _reported(stated.period, open_.published)
        if self.published is None or other.published is None:
            return False
        return abs((self.published - other.published).days) > _NEAR_DAYS


_TO_DATE = re.compile(r"\bden nay\b|\bhien (?:nay|co|con|tai)\b")
"""A figure of the day it was reported."""


def _other_period(a: Period, b: Period) -> bool | None:
    if None in (a.first, a.last, b.first, b.last):
        return False
    if (a.first, a.last) == (b.first, b.last):
        return False
    if not overlaps(a, b):
        return True
    return False if (a.grain == "day") != (b.grain == "day") else None


def _reported(stated: Period, published: date | None) -> bool:
    """Whether an article of that day, which names no period, can speak of the stated one."""
    if published is None or stated.first is None or stated.last is None:
        return True
    return stated.first <= published and (published - stated.last).days <= _OF_THE_YEAR_BEFORE


def scope_of(scored: Scored) -> Scope:
    """The place and the time of a candidate in its sentence."""
    reading, span = scored.reading, scored.candidate
    own = _in_sentence(reading, span.start)
    place = own or article_place(reading.hit.article)
    return Scope(place, own is not None, _period(scored), reading.hit.article.published)


def stated_period(reading: Reading, span: Candidate) -> Period | None:
    """The period that the sentence gives a figure or a name: in "từ 5% năm 2001 lên 7% năm 2005" the one behind it.

    A period behind the span is its own where the one before stands right behind another figure.
    """
    governing = governing_period(reading, span)
    if governing is None or governing.end > span.start:
        return governing
    before = find_quantities(reading.text[: governing.start])
    taken = any(_RIGHT_BEHIND.fullmatch(reading.text, one.end, governing.start) for one in before)
    behind = (one for one in reading.periods if one.start >= span.end)
    own = next((one for one in behind if _RIGHT_BEHIND.fullmatch(reading.text, span.end, one.start)), None)
    return own if taken and own else governing


def _period(scored: Scored) -> Period | None:
    reading, span = scored.reading, scored.candidate
    if span.period:  # the answer is the time itself
        return None
    governing = stated_period(reading, span)
    if governing is not None:
        return governing
    if _TO_DATE.search(reading.folded) and not reading.periods:
        return None
    near = (one for one in reading.periods if not _behind_a_part(reading, span, one))
    return next((period for period in (*near, *held_periods(reading)) if period.first), None)


def _behind_a_part(reading: Reading, span: Candidate, period: Period) -> bool:
    """Whether a time stands behind a figure in another part of the sentence, with its own: "41 hộ, năm 2020 là 690"."""
    if period.start < span.end or _PART.search(reading.text, span.end, period.start) is None:
        return False
    stop = _PART.search(reading.text, period.end)
    return any(map(str.isdigit, reading.text[period.end : stop.start() if stop else None]))


def _in_sentence(reading: Reading, at: int) -> Place | None:
    """The place that the sentence names: the last before the span, else the first behind it."""
    article = reading.hit.article
    told = places_of(reading.text, article)
    before = [place for start, place in told if start < at]
    if told:
        place = before[-1] if before else told[0][1]
        return place if place.name else _of_level(place.type, article)
    around = paragraph_place(article, reading.start)
    levels = list(_LEVEL.finditer(reading.text))
    own = [one for one in levels if not _COMPARED.search(reading.folded, 0, one.start())]
    kind = own[0]["type"].lower() if own else ""
    if kind and not (around and around.type == kind):
        return _of_level(kind, article)
    return around


def _of_level(kind: str, article: Article) -> Place:
    """The place that "the district" stands for in an article."""
    if kind == "nước":
        return Place("", _WHOLE_COUNTRY)
    known = (place for _, place in places(_about(article)) if place.type == kind and place.name)
    return next(known, Place(kind, ""))


def article_place(article: Article) -> Place | None:
    """The place an article is about: of its title, its source, else the administrative one it names most often."""
    for text in (article.title, article.source):
        for _, place in places(text):
            if place.name:
                return place
        if text is article.title and (told := bare(text, article)):
            return told[0][1]
    counted = Counter(place for _, place in places(article.text) if place.name and place.type in LEVELS)
    return counted.most_common(1)[0][0] if counted else None


def _about(article: Article) -> str:
    return f"{article.title}\n{article.source}\n{article.text[:_HEAD]}"


def asked_place(text: str, folded: str, known: Iterable[Place]) -> Place | None:
    """The place that a question names first: with its type, or one of the known names.

    Args:
        text: the question.
        folded: the question without diacritics.
        known: the places of the replies.
    """
    typed = [place for _, place in places(text) if place.name]
    if typed:
        return typed[0]
    found = (
        (match.start(), place)
        for place in known
        if place.name and (match := re.search(rf"\b{re.escape(fold(place.name))}\b", folded))
    )
    named = min(found, key=lambda pair: pair[0], default=None)
    return Place("", named[1].name) if named else None
