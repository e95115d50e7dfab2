"""Replies that answer the question about as well as the best one and say something else.

Two things look alike and are told apart here. A question that leaves place or time open has an answer for
each (*ambiguous*); sources that give different answers for one place and time disagree (*disagreement*).
Roundings, copies, plans beside results, changes beside amounts and figures of another thing are neither.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from index.abbreviations import expand
from index.period_compare import compatible, overlaps
from index.places import Place
from index.quantities import approximately
from index.types import Period
from index.vietnamese import fold, has_diacritics, normal_tone, syllables
from qa.fits import unit_fits
from qa.question import PLAN, Question
from qa.read import Reply
from qa.scope import Scope, asked_place
from qa.surroundings import folded_words
from qa.views import REPORTING_FOLDED, View, spellings

MOST_RIVALS = 3
"""Most replies that are listed beside the best one."""
_MARGINS = {"number": 7.0, "person": 4.0, "date": 7.0}
"""How far below the best a rival may score, by kind of question. The score prefers some wordings, so it only
keeps out what is plainly worse; what a sentence is about is compared word by word."""
_LOST = {"number": 0.25, "person": 0.0, "date": 0.25}
"""The share of the question's words that the best reply's surroundings hold and a rival's may lack."""
_LIKELY = {"number": 0.05, "person": 0.5, "date": 0.5}
_MOST_LOST = 0.7
"""The confidence from which a rival may lack up to that share: the second reading takes it for an answer in other words.
Set by hand: of four figures listed this way on seven sets three were one, and wrong ones left out lay at 0.03 or below."""
_REPORTED = 0.25
"""The weight of a word of the question that only reports."""
_ENOUGH = 0.5
"""Share of the question's words in a reply's clause that the words beside it hold, where these tell what it is."""
_PEOPLE = frozenset({"người"})
_COPY = 0.9
"""Share of common words from which two passages are one text."""


@dataclass(frozen=True, slots=True)
class Rivals:
    """Several answers to one question.

    Attributes:
        kind: "ambiguous" (they are of other places or times) or "disagreement" (of the same).
        replies: the replies, newest first; one of them is the best one.
        scopes: what each is said of.
        by: what an ambiguous question leaves open: "place", "time", both or none, in this order.
        plans: which replies are plans, where others are results; else empty.
    """

    kind: str
    replies: tuple[Reply, ...]
    scopes: tuple[Scope, ...]
    by: tuple[str, ...] = ()
    plans: tuple[bool, ...] = ()


def find_rivals(asked: Question, replies: Sequence[Reply]) -> Rivals | None:
    """What stands beside the best reply; None when nothing does.

    Args:
        asked: the question.
        replies: all replies, best first; not empty.
    """
    if asked.kind not in _MARGINS:
        return None
    best, *others = replies
    close = [other for other in others if other.score >= best.score - _MARGINS[asked.kind]]
    field = _Field(asked, [View(asked, reply) for reply in (best, *close)])
    listed = field.listed()
    if len(listed) == 1:
        return None
    return _rivals(listed)


def _rivals(listed: Sequence[View]) -> Rivals:
    first = listed[0].scope
    by = [
        name
        for name, differs in (
            ("place", any(first.other_place(view.scope) for view in listed)),
            (
                "time",
                any(_other_time(listed[0], view) or listed[0].planned != view.planned for view in listed),
            ),
        )
        if differs
    ]
    newest = sorted(
        listed,
        key=lambda view: (view.scope.day if by else date.min, view.scope.published or date.min),
        reverse=True,
    )
    return Rivals(
        "ambiguous" if by else "disagreement",
        tuple(view.reply for view in newest),
        tuple(view.scope for view in newest),
        tuple(by),
        tuple(view.planned for view in newest) if any(not view.planned for view in newest) else (),
    )


class _Field:
    """The replies in reach of the best one."""

    def __init__(self, asked: Question, views: Sequence[View]) -> None:
        self.asked = asked
        self.best, *self.others = views
        known = [view.scope.place for view in views if view.scope.place]
        self.place = asked_place(asked.text, asked.folded, known)
        self.subject = _subject(asked, self.place)
        self.accented = spellings(asked.text)

    def listed(self) -> list[View]:
        """The best reply and its rivals, in order of rank."""
        listed = [self.best]
        for view in self.others:
            if len(listed) > MOST_RIVALS:
                break
            told = self.asked.kind == "person" and any(same_said(view, other) for other in listed)
            if not told and self._fits(view) and all(self._another(view, other) for other in listed):
                listed.append(view)
        return listed if any(not same_said(self.best, view) for view in listed) else listed[:1]

    def _fits(self, view: View) -> bool:
        """Whether a reply is an answer to the same question."""
        return (
            _comparable(self.best, view)
            and not view.names_place
            and self.best.sense == view.sense
            and (self.best.planned == view.planned or self._result_beside_plan(view))
            and self._of_place(view)
            and self._of_time(view)
            and self._about_the_same(view)
        )

    def _result_beside_plan(self, view: View) -> bool:
        """Whether a result answers where the best reply is a plan that was not asked for."""
        open_ = not self.asked.periods and PLAN.search(self.asked.folded) is None
        return open_ and self.best.planned and not view.planned and view.span.quantity is not None

    def _of_place(self, view: View) -> bool:
        has, best = view.reply.scored.features.get, self.best.reply.scored.features.get
        if has("names_whole", 1.0) < best("names_whole", 1.0) and (self.place or self._lost(view)):
            return False
        if self.place is None or view.scope.place is None:
            return True
        return self.place.matches(view.scope.place) or (not view.scope.named and _mentions(view, self.place))

    def _of_time(self, view: View) -> bool:
        """Whether the reply is of a period that was asked for, told or not."""
        if not self.asked.periods:
            return True
        said = view.span.period or view.scope.period
        if said is None:
            day = view.scope.published
            return day is None or any(_year_near(period, day.year) for period in self.asked.periods)
        same = self.best.scope.period
        return any(_answers(period, said) for period in self.asked.periods) or (
            same is not None and (same.first, same.last) == (said.first, said.last)
        )

    @cached_property
    def _held(self) -> tuple[bool, frozenset[str]]:
        """The question's words that the best reply's surroundings hold; True when only its whole clause holds most."""
        near, clause = (
            frozenset(word for word in self.subject if self.best.says(word, self.accented, wide=wide))
            for wide in (False, True)
        )
        wide = self._weight(near) < _ENOUGH * self._weight(clause)
        return wide, clause if wide else near

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self.subject[word] for word in words)

    def _lost(self, view: View) -> float:
        """The share of what the best reply's surroundings hold that a rival's lack, words that only report aside."""
        wide, held = self._held
        total = self._weight(held)
        lost = self._weight(word for word in held if not view.says(word, self.accented, wide=wide))
        return lost / total if total else 1.0

    def _about_the_same(self, view: View) -> bool:
        """Whether the words around a rival cover the question as those around the best reply do, or others do as well."""
        if (view.beside_office and not self.best.beside_office) or not _same_noun(
            self.asked, self.best, view
        ):
            return False
        if self._lost(view) > _LOST[self.asked.kind]:
            return self._likely(view)
        return view.between(self.subject) <= self.best.between(self.subject)

    def _likely(self, view: View) -> bool:
        """Whether a reply that lacks words of the question may be its answer all the same."""
        dated = view.span.period or view.scope.period or not self.asked.periods
        sure = view.reply.confidence >= _LIKELY[self.asked.kind]
        return bool(dated) and sure and self._lost(view) <= _MOST_LOST

    def _another(self, view: View, other: View) -> bool:
        """Whether a reply adds to one that is listed already."""
        elsewhere = view.scope.other_place(other.scope)
        later = view.planned != other.planned or _other_time(view, other)
        if later is None and not elsewhere:
            return False
        if view.reading.text == other.reading.text and fold(view.span.text) != fold(other.span.text):
            return False
        if same_said(view, other):
            stated = view.scope.period is not None and other.scope.period is not None
            return (elsewhere and view.scope.named and other.scope.named) or bool(later and stated)
        if elsewhere or later:
            return self.asked.kind == "number" or not _one_text(view, other)
        return not _one_text(view, other)


def _subject(asked: Question, place: Place | None) -> dict[str, float]:
    """The folded words of the question, and for names their pairs, without the place."""
    named = set(syllables(normal_tone(place.text))) if place else set[str]()
    if not has_diacritics(asked.text):
        named = {fold(word) for word in named}
    words = [(part, weight) for word, weight in asked.topic if word not in named for part in _parts(word)]
    subject = {word: weight * _REPORTED if word in REPORTING_FOLDED else weight for word, weight in words}
    if asked.kind == "person":
        subject |= {f"{a}_{b}": 1.0 for a, b in itertools.pairwise(word for word, _ in words)}
    return subject


def _parts(word: str) -> list[str]:
    phrases = expand(fold(word))
    return phrases[0].split() if len(phrases) == 1 else [fold(word)]


def _comparable(a: View, b: View) -> bool:
    """Whether two spans are answers of one sort: names, days, or quantities of one unit."""
    if a.span.quantity and b.span.quantity:
        return _same_unit(a.unit, b.unit) or all(
            "người" in view.asked.units and unit_fits(_PEOPLE, view.unit) for view in (a, b)
        )
    if a.span.period and b.span.period:
        dated = all(any(map(str.isdigit, period.text)) for period in (a.span.period, b.span.period))
        return dated and a.span.period.grain == b.span.period.grain
    if a.names_person and b.names_person:
        return True
    return a.span.form == b.span.form != "phrase"


def _same_unit(a: str, b: str) -> bool:
    """Equal, or one told more exactly: "đồng" and "đồng/người/năm", "lượt" and "lượt khách"."""
    short, long = sorted((a, b), key=len)
    return short == long or (bool(short) and long.startswith((f"{short}/", f"{short} ")))


def same_said(a: View, b: View) -> bool:
    """Whether two replies say the same, told more or less exactly."""
    if a.span.quantity and b.span.quantity:
        first, second = a.span.quantity, b.span.quantity
        return approximately(first, replace(second, unit=first.unit))
    if a.span.period and b.span.period:
        return _same_day(a.span.period, b.span.period)
    first_words, second_words = sorted((fold(a.span.text).split(), fold(b.span.text).split()), key=len)
    return second_words[-len(first_words) :] == first_words


def _same_day(a: Period, b: Period) -> bool:
    """Whether two dates can be one: they share days; without a year, they are written alike."""
    if a.first and b.first:
        return overlaps(a, b)
    short, long = sorted(([int(n) for n in re.findall(r"\d+", p.text)] for p in (a, b)), key=len)
    return long[: len(short)] == short


def _other_time(a: View, b: View) -> bool | None:
    """As ``Scope.other_time``; days that are answers are of other times only in other years."""
    if a.span.quantity and b.span.quantity:
        return a.scope.other_time(b.scope)
    if not (a.span.period and b.span.period):
        return a.scope.other_time(b.scope) is True
    if "day" not in (a.span.period.grain, b.span.period.grain):
        return False
    first, second = a.span.period.first, b.span.period.first
    return bool(first and second and first.year != second.year and a.scope.other_time(b.scope))


def _one_text(a: View, b: View) -> bool:
    """Whether two replies stand in one article or in copies of one."""
    if a.article.article_id == b.article.article_id:
        return True
    first, second = (frozenset(folded_words(view.reading.hit.passage.text)) for view in (a, b))
    figures = [{word for word in words if word[0].isdigit()} for words in (first, second)]
    return figures[0] == figures[1] and len(first & second) >= _COPY * len(first | second)


def _mentions(view: View, place: Place) -> bool:
    text = fold(f"{view.article.title} {view.article.source} {view.article.text}")
    return re.search(rf"\b{re.escape(fold(place.name))}\b", text) is not None


def _answers(asked: Period, said: Period) -> bool:
    """Whether a figure of one period is one of the other: equal, or a day of it ("as of")."""
    fits = compatible(asked, said)
    return fits is True or (fits is None and (said.first is None or said.grain == "day"))


def _year_near(period: Period, year: int) -> bool:
    return period.last is None or year - period.last.year in (0, 1)


def _same_noun(asked: Question, best: View, view: View) -> bool:
    """Whether what is counted stands behind both or around the rival: "hộ nghèo" is not "hộ cận nghèo"."""
    if " " not in asked.noun:
        return True
    said = [" ".join(folded_words(one.reading.text[one.span.start :]))[:80] for one in (best, view)]
    around = all(f"{a}_{b}" in view.words for a, b in itertools.pairwise(asked.noun.split()))
    return asked.noun not in said[0] or asked.noun in said[1] or around
