"""Whether two periods share days, and whether what is said for one answers for the other."""

from __future__ import annotations

from datetime import date

from index.types import Period

PART_GRAINS = frozenset({"month", "quarter", "half", "months"})
"""The grains of a part of a year."""


def overlaps(a: Period, b: Period) -> bool:
    """Whether two periods share a day; False when either has no days.

    >>> from index.periods import find_periods
    >>> a, b = find_periods("quý IV/2020 và năm 2020")
    >>> overlaps(a, b)
    True
    """
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return False
    return a.first <= b.last and b.first <= a.last


def compatible(asked: Period, said: Period) -> bool | None:
    """Whether a figure said for one period answers a question for another.

    Rules, in this order:

    1. either has no days: None (nothing can be told);
    2. the same first and last day: True, whatever the words ("6 tháng đầu năm" and "nửa đầu năm");
    3. no common day: False;
    4. a single day or a few days (grain "day") on either side, inside the other: None (an event, an "as of");
    5. a part of a year was asked (month, quarter, half, months), something else of a year or less was said:
       False ("9 tháng" is neither "6 tháng" nor the whole year);
    6. two terms of years that share less than half of the time that they cover together: False ("2010-2015" is not
       "2015-2020");
    7. all else that overlaps, None: a year asked and nine months of it said, a year and a term around it.

    >>> from index.periods import find_periods
    >>> year, months, half = find_periods("năm 2021, 9 tháng đầu năm 2021, 6 tháng đầu năm 2021")
    >>> compatible(year, months), compatible(months, half), compatible(months, year), compatible(half, half)
    (None, False, False, True)
    >>> past, term = find_periods("giai đoạn 2010-2015, nhiệm kỳ 2015-2020")
    >>> compatible(past, term)
    False
    """
    if asked.first is None or asked.last is None or said.first is None or said.last is None:
        return None
    wanted, told = (asked.first, asked.last), (said.first, said.last)
    if wanted == told:
        return True
    if not overlaps(asked, said):
        return False
    if asked.grain == said.grain == "years" and _shared(wanted, told) < 0.5:
        return False
    if "day" in (asked.grain, said.grain) or asked.grain not in PART_GRAINS:
        return None
    return False if said.grain in PART_GRAINS | {"year"} else None


def _shared(a: tuple[date, date], b: tuple[date, date]) -> float:
    """The days of both, of the days of either."""
    both = (min(a[1], b[1]) - max(a[0], b[0])).days + 1
    either = (max(a[1], b[1]) - min(a[0], b[0])).days + 1
    return both / either
