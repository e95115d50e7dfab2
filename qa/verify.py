"""The number guard: nothing numeric is said that does not stand in a cited quote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from index.periods import find_periods
from index.quantities import find_quantities
from index.quantity_compare import same_value
from index.types import Period, Quantity
from index.vietnamese import fold
from qa.arithmetic import Computed

_MARKER = re.compile(r"\[\d+\]")
_MAGNITUDE = re.compile(r"\b(?:nghin|ngan|trieu|ty)\b")
"""A number with such a word and no unit ("240 tỷ 697 triệu") leaves the unit to the quote."""
_NUMBER = re.compile(r"\d+(?:[.,/:-]\d+)*")


def unsupported(text: str, quotes: Iterable[str], computed: Iterable[Computed] = ()) -> list[str]:
    """The numbers of ``text`` (without its [n] markers) that no quote holds with the same value and unit.

    A number may also be the result of a calculation in ``computed``, when a quote holds both of its figures; the
    result is worked out here from the figures.

    >>> unsupported("Thu 459,6 tỷ đồng [1]", ["đạt 459,6 tỷ đồng"])
    []
    >>> unsupported("Thu 459,7 tỷ đồng [1]", ["đạt 459,6 tỷ đồng"])
    ['459,7 tỷ đồng']
    """
    said = _MARKER.sub(" ", text)
    quotes = list(quotes)
    held = _held(quotes)
    quotes += [one.said() for one in computed if _stands(one.a, held) and _stands(one.b, held)]
    held = _held(quotes)
    numbers = [number for quote in quotes for number in _bare(quote)]
    missing = [quantity.text for quantity in find_quantities(said) if not _stands(quantity, held)]
    others = _without_repeated(said, quotes)
    missing += [number for number in _bare(others) if not any(_part_of(number, other) for other in numbers)]
    return missing or _strange_periods(others, quotes)


def _without_repeated(said: str, quotes: Iterable[str]) -> str:
    """The text with the periods blanked that a quote names in the same words: "9 tháng" of "suốt 9 tháng qua"."""
    known = [fold(quote) for quote in quotes]
    for period in find_periods(said):
        words = re.compile(rf"(?<![\w.,/-]){re.escape(fold(period.text))}(?![\w/-]|[.,]\d)")
        if any(words.search(quote) for quote in known):
            said = said[: period.start] + " " * (period.end - period.start) + said[period.end :]
    return said


def _bare(text: str) -> list[str]:
    """The numbers of a text that belong to no quantity: years, dates, document and telephone numbers."""
    covered = [(quantity.start, quantity.end) for quantity in find_quantities(text)]
    return [
        match.group()
        for match in _NUMBER.finditer(text)
        if not any(start <= match.start() < end for start, end in covered)
    ]


def _part_of(number: str, other: str) -> bool:
    """Whether a number is another one, or a part of it when that is a date or a stretch of years.

    >>> _part_of("24/6", "24/6/2020"), _part_of("2020", "24/6/2020"), _part_of("6", "24/6/2020")
    (True, True, False)
    """
    if number == other:
        return True
    parts, whole = _parts(number), _parts(other)
    if len(whole) == 1 or not (len(parts) > 1 or len(number) == 4):
        return False
    return any(whole[at : at + len(parts)] == parts for at in range(len(whole)))


def _parts(number: str) -> list[str]:
    """The parts between "/" and "-", without leading zeros."""
    return [part.lstrip("0") or "0" for part in re.split(r"[/-]", number)]


def _strange_periods(said: str, quotes: Iterable[str]) -> list[str]:
    """The periods that are said with numbers of the quotes and name no time that a quote names."""
    told = [period for quote in quotes for period in find_periods(quote)]
    return [
        period.text
        for period in find_periods(said)
        if any(map(str.isdigit, period.text)) and not any(_within(other, period) for other in told)
    ]


def _within(inner: Period, outer: Period) -> bool:
    """Whether a period lies in another, or is the first or last year of it; without a year, by its numbers."""
    if inner.first is None or inner.last is None or outer.first is None or outer.last is None:
        few, many = (re.findall(r"[1-9]\d*", period.text) for period in (outer, inner))
        return any(many[at : at + len(few)] == few for at in range(len(many)))
    return (outer.first <= inner.first and inner.last <= outer.last) or (
        outer.grain == "year" and outer.first.year in (inner.first.year, inner.last.year)
    )


def _held(quotes: Iterable[str]) -> list[Quantity]:
    return [quantity for quote in quotes for quantity in find_quantities(quote)]


def _stands(quantity: Quantity, held: Iterable[Quantity]) -> bool:
    bare = quantity.unit == "" and _MAGNITUDE.search(fold(quantity.text)) is not None
    return any(same_value(replace(quantity, unit=other.unit) if bare else quantity, other) for other in held)
