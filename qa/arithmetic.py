"""What two cited figures give when they are set against each other: difference, ratio, share; exact, in Decimal.

A ``Computed`` holds only the operation and its two figures. The result and its words are worked out anew each
time they are needed, so the number guard can never be handed a result that the figures do not give.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from index.quantity_compare import normal_form
from index.types import Quantity
from index.vietnamese import fold

Operation = Literal["difference", "ratio", "percent"]

_CENT = Decimal("0.01")
_MAGNITUDES = (("tỷ", Decimal(10**9), r"\b(?:ty|ti)\b"), ("triệu", Decimal(10**6), r"trieu\b|\dtr"))
_SHOWN = {
    "usd": "USD",
    "eur": "EUR",
    "kwh": "kWh",
    "mwh": "MWh",
    "kw": "kW",
    "mw": "MW",
    "gw": "GW",
    "°c": "°C",
}
"""Units that are written otherwise than their canonical name."""
_PEOPLE = frozenset(
    ["người", "ủy viên", "thành viên", "đại biểu", "đồng chí", "đảng viên", "đoàn viên", "hội viên", "cán bộ",
     "nhân khẩu", "vị"]
)  # fmt: skip
"""Units that all count people."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A result of two figures: ``operation`` over ``a`` and ``b``, which can be compared.

    "difference" is the distance of the two, "ratio" the greater over the smaller, "percent" how much ``a`` lies
    above or below ``b``, as a share of ``b``; ratio and percent to two decimals.

    >>> from index.quantities import find_quantities
    >>> a, b = find_quantities("88,9 triệu đồng và 70 triệu đồng")
    >>> [Computed(operation, a, b).said() for operation in ("difference", "ratio", "percent")]
    ['18,9 triệu đồng', '1,27 lần', '27%']
    """

    operation: Operation
    a: Quantity
    b: Quantity

    def said(self) -> str:
        """The result in Vietnamese, with its unit; ValueError when the figures cannot be compared."""
        shared = comparable(self.a, self.b)
        if shared is None or (self.operation != "difference" and 0 in shared[:2]):
            raise ValueError(f"no {self.operation} of {self.a.text!r} and {self.b.text!r}")
        first, second, unit = shared
        if self.operation == "ratio":
            low, high = sorted((abs(first), abs(second)))
            return f"{number_text(_rounded(high / low))} lần"
        if self.operation == "percent":
            return f"{number_text(_rounded(abs(first - second) / abs(second) * 100))}%"
        return amount_text(abs(first - second), unit, f"{self.a.text} {self.b.text}")


def comparable(a: Quantity, b: Quantity) -> tuple[Decimal, Decimal, str] | None:
    """The two values in one unit, and that unit; None when they count different things.

    Two nouns for people are one unit, so are a noun and the same noun with more said ("dự án", "dự án FDI"),
    and a figure "per year" and one whose sentence says so elsewhere ("1,96%/năm", "0,66%").

    >>> from index.quantities import find_quantities
    >>> comparable(*find_quantities("41 ủy viên và 39 đồng chí"))
    (Decimal('41'), Decimal('39'), 'người')
    >>> comparable(*find_quantities("5 tỷ đồng và 5 triệu USD"))
    """
    if a.unit == b.unit:
        return a.value, b.value, a.unit
    (first, one), (second, other) = normal_form(a), normal_form(b)
    (head, _, rest), (other_head, _, other_rest) = one.partition("/"), other.partition("/")
    if rest != other_rest and not _within(rest.split("/"), other_rest.split("/")):
        return None
    unit = _common_unit(head, other_head)
    return (
        None if unit is None else (first, second, unit + (f"/{rest}" if rest and rest == other_rest else ""))
    )


def _within(first: list[str], second: list[str]) -> bool:
    """Whether one list of denominators holds the other; no denominator is held by any."""
    return set(first) - {""} <= set(second) or set(second) - {""} <= set(first)


def _common_unit(first: str, second: str) -> str | None:
    if first == second:
        return first
    if {first, second} <= _PEOPLE:
        return "người"
    short, long = sorted((first, second), key=len)
    return short if short and long.startswith(f"{short} ") else None


def amount_text(value: Decimal, unit: str, like: str) -> str:
    """An amount with its unit, in tỷ or triệu when the texts it comes from are.

    >>> amount_text(Decimal("1234500000"), "đồng", "3,2 tỷ đồng"), amount_text(Decimal("1.3"), "%", "1,96%")
    ('1,2345 tỷ đồng', '1,3 điểm phần trăm')
    """
    if unit.partition("/")[0] == "%":
        return f"{number_text(value)} điểm phần trăm"
    head, slash, rest = unit.partition("/")
    shown = f"{_SHOWN.get(head, head)}{slash}{rest}"
    written = fold(like)
    used = [re.search(pattern, written) is not None for _, _, pattern in _MAGNITUDES]
    for place, (name, size, _) in enumerate(_MAGNITUDES):
        if value >= size and any(used[: place + 1]):
            return f"{number_text(value / size)} {name} {shown}".rstrip()
    return f"{number_text(value)} {shown}".rstrip()


def number_text(value: Decimal) -> str:
    """A number as Vietnamese writes it: dots between thousands, a decimal comma, no needless zeros.

    >>> number_text(Decimal("1234567.50")), number_text(Decimal("0.30")), number_text(Decimal(700))
    ('1.234.567,5', '0,3', '700')
    """
    whole, _, decimals = f"{value:,f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_CENT, rounding=ROUND_HALF_UP)
