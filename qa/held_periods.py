"""The times that hold on from one sentence to the next: what opens it or stands before its figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from index.quantities import find_quantities
from index.split import sentences
from index.types import Article, Period
from qa.surroundings import Reading, own_periods, reference_day, topic_periods


def held_periods(reading: Reading) -> tuple[Period, ...]:
    """What was said last of time before a sentence, then what its article is about; days of events are not among them."""
    passage = reading.hit.passage
    return _held(reading.hit.article, passage.start, passage.end, reading.start)


@lru_cache(maxsize=1024)
def _held(article: Article, start: int, end: int, at: int) -> tuple[Period, ...]:
    day = reference_day(article)
    topic = tuple(period for period in topic_periods(article, day) if not _ahead(period, day))
    lead = max(0, article.text.rfind("\n", 0, start))
    held: tuple[Period, ...] = topic
    for first, last in sentences(article.text, lead, end):
        if first >= at:
            break
        text = article.text[first:last]
        own = _lasting(text, own_periods(text, day), day)
        held = (*own, *topic) if own else held
    return tuple(period for period in held if period.grain != "day" and period.first)


def _lasting(text: str, periods: Sequence[Period], day: date | None) -> list[Period]:
    """The periods before the first figure of a sentence; what lies ahead only where it opens the sentence."""
    first = min((one.start for one in find_quantities(text)), default=len(text))
    return [one for one in periods if one.start < first and (one.start < _OPENING or not _ahead(one, day))]


_OPENING = 12
"""Characters of a sentence within which a time opens it."""


def _ahead(period: Period, day: date | None) -> bool:
    return day is not None and period.first is not None and period.first > day
