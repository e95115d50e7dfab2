"""Numbers whose unit stands with the first of a list: "Tin học (80 chỉ tiêu), tiếng Anh (60)"."""

from __future__ import annotations

import re
from decimal import Decimal

from index.types import Quantity

_LISTED = re.compile(r"\((\d+(?:\.\d{3})*)\)")


def with_listed(text: str, found: list[Quantity]) -> list[Quantity]:
    """Add the numbers in parentheses whose unit stands with the first: "Tin học (80 chỉ tiêu), tiếng Anh (60)"."""
    enclosed = [
        one for one in found if text[one.start - 1 : one.start] == "(" and text[one.end : one.end + 1] == ")"
    ]
    if not enclosed:
        return found
    taken = {one.start for one in found}
    for match in _LISTED.finditer(text, enclosed[0].end):
        told = [one for one in enclosed if one.end < match.start()]
        if match.start(1) not in taken and "\n" not in text[told[-1].end : match.start()]:
            value = Decimal(match[1].replace(".", ""))
            found.append(Quantity(match.start(1), match.end(1), match[1], value, told[-1].unit))
    return sorted(found, key=lambda one: one.start)
