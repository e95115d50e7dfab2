"""Whether a sentence, what is carried to it and its article are of the time that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from index.types import Period
from index.vietnamese import fold
from qa.fits import period_fits
from qa.question import Question
from qa.span_features import Features
from qa.surroundings import Reading

_WORD = re.compile(r"\w+")
_OF_PLAN = re.compile(r"\b(?:nghi quyet|ke hoach|du toan|chi tieu|chuong trinh|nhiem vu)(?: cua)? $")
_UNTIL = re.compile(r"\b(?:den|toi|het)(?: het| cuoi)? $")
_SINCE = re.compile(r"\b(?:ke tu|tu|so voi|hon|truoc|sau)(?: (?:nam|thang|cuoi nam|dau nam))? \d")
"""Of a time that only begins, ends or is compared with."""
LATER = timedelta(days=400)
"""How long after a time an article may still tell of it without naming it: "năm ngoái", "cả năm"."""


def period_features(question: Question, reading: Reading) -> Features:
    """Whether a sentence, what is carried to it, and its article are of the time that is asked for."""
    asked = question.periods
    if not asked:
        return {"no_period": 1.0}
    own = [says(asked, said, reading) for said in reading.periods]
    carried = [period_fits(asked, said) for said in reading.carried]
    fits, carries = any(value is True for value in own), any(value is True for value in carried)
    since = _SINCE.search(question.folded) is not None
    astray = _published_astray(asked, reading)
    literal = [set(_WORD.findall(period.text)) & set(re.findall(r"\d+", reading.text)) for period in asked]
    return {
        "period_fits": float(fits),
        "period_clashes": float(_clash(own)),
        "period_open": float(not own),
        "carried_fits": float(not fits and carries),
        "carried_clashes": float(not own and _clash(carried)),
        "day_clashes": float(astray and not fits and not carries),
        "day_apart": float(
            astray and not since and not any(literal) and all(value is False for value in (*own, *carried))
        ),
        "years_clash": float(
            question.kind == "number" and not own and not since and _of_other_years(asked, reading)
        ),
        "not_yet": float(not own and _clash(carried) and _still_to_come(asked, reading)),
        "period_digits": sum(map(bool, literal)) / len(literal),
    }


def says(asked: Sequence[Period], said: Period, reading: Reading) -> bool | None:
    """As ``period_fits``; the year of a plan ("Nghị quyết năm 2021") does not contradict unless it opens the sentence.

    "Đến hết tháng 9" is said of nine months, too.
    """
    fits = period_fits(asked, said)
    if fits is not False:
        return fits
    before = fold(_said_before(reading, said))
    if said.grain == "month" and _UNTIL.search(before) and any(period.last == said.last for period in asked):
        return True
    of_plan = _OF_PLAN.search(before)
    opens = of_plan is not None and said.start < 24 and not before[: of_plan.start()].strip(" -–•*")
    return None if of_plan and not opens else False


def _said_before(reading: Reading, period: Period) -> str:
    return reading.text[max(0, period.start - 24) : period.start]


def _published_astray(asked: Sequence[Period], reading: Reading) -> bool:
    """Whether an article was published before the asked time began or more than a year after it ended."""
    day = reading.hit.article.published
    spans = [(period.first, period.last) for period in asked if period.first and period.last]
    if day is None or not spans:
        return False
    return not any(first <= day <= last + LATER for first, last in spans if first and last)


def _of_other_years(asked: Sequence[Period], reading: Reading) -> bool:
    """Whether neither what is carried to a sentence nor the day of its article is of a year that is asked for."""
    years, carried, day = _years(asked), _years(reading.carried), reading.hit.article.published
    return bool(years and carried) and not years & carried and (day is None or day.year not in years)


def _still_to_come(asked: Sequence[Period], reading: Reading) -> bool:
    """Whether all that is asked for began after the year in which the article was published."""
    day = reading.hit.article.published
    return day is not None and all(one.first is not None and one.first.year > day.year for one in asked)


def _years(periods: Sequence[Period]) -> set[int]:
    bounds = [(period.first, period.last) for period in periods]
    return {year for first, last in bounds if first and last for year in range(first.year, last.year + 1)}


def _clash(fits: Sequence[bool | None]) -> bool:
    """Whether a period is one that is not asked for, and none is; a term around the asked year decides nothing."""
    return any(value is False for value in fits) and not any(value is True for value in fits)
