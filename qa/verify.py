"""The number guard: nothing numeric is said that does not stand in a cited quote."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.quantities import find_quantities
from index.quantity_compare import same_value

_MARKER = re.compile(r"\[\d+\]")
_NUMBER = re.compile(r"\d+(?:[.,/:-]\d+)*")


def unsupported(text: str, quotes: Iterable[str]) -> list[str]:
    """The numbers of ``text`` (without its [n] markers) that no quote holds with the same value and unit.

    >>> unsupported("Thu 459,6 tỷ đồng [1]", ["đạt 459,6 tỷ đồng"])
    []
    >>> unsupported("Thu 459,7 tỷ đồng [1]", ["đạt 459,6 tỷ đồng"])
    ['459,7 tỷ đồng']
    """
    said = _MARKER.sub(" ", text)
    quotes = list(quotes)
    held = [quantity for quote in quotes for quantity in find_quantities(quote)]
    numbers = {match.group() for quote in quotes for match in _NUMBER.finditer(quote)}
    missing: list[str] = []
    covered: list[tuple[int, int]] = []
    for quantity in find_quantities(said):
        covered.append((quantity.start, quantity.end))
        if not any(same_value(quantity, other) for other in held):
            missing.append(quantity.text)
    for match in _NUMBER.finditer(said):
        inside = any(start <= match.start() < end for start, end in covered)
        if not inside and match.group() not in numbers:
            missing.append(match.group())
    return missing
