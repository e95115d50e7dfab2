"""Whether two quantities say the same: exactly, or told more or less exactly."""

from __future__ import annotations

import re
from decimal import Decimal

from index.numbers import DIGITS, read_amount, scan_form
from index.types import Quantity

ROUGHLY = Decimal("0.1")
"""How far a value may lie from a figure said with "hơn", "gần", "khoảng": a tenth of the figure."""

_DIGITS = re.compile(DIGITS)
_IN_SMALLER = {
    "km": ("m", 1000), "tấn": ("kg", 1000), "tạ": ("kg", 100), "yến": ("kg", 10), "ha": ("m²", 10_000),
    "km²": ("m²", 1_000_000), "mw": ("kw", 1000), "mwh": ("kwh", 1000),
}  # fmt: skip


def normal_form(quantity: Quantity) -> tuple[Decimal, str]:
    """Value and unit with measures brought to the smaller unit.

    >>> from index.quantities import find_quantities
    >>> [str(part) for part in normal_form(find_quantities("dài 2 km")[0])]
    ['2000', 'm']
    """
    head, slash, rest = quantity.unit.partition("/")
    name, factor = _IN_SMALLER.get(head, (head, 1))
    return quantity.value * factor, name + slash + rest


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities say the same: equal value and unit, whatever the spelling.

    A ratio equals another of the same total, or a plain quantity of its value.

    >>> from index.quantities import find_quantities
    >>> same_value(find_quantities("3.250 tỷ đồng")[0], find_quantities("3,25 nghìn tỷ đồng")[0])
    True
    """
    totals = {total for total in (a.total, b.total) if total is not None}
    return normal_form(a) == normal_form(b) and len(totals) < 2


def _step(quantity: Quantity) -> Decimal:
    """The worth of the last digit shown; for a range's first number, its share of the magnitude."""
    scan, marked = scan_form(quantity.text)
    digits = _DIGITS.search(scan)
    amount = read_amount(scan, digits.start() if digits else 0, marked)
    if amount is None or amount.value == 0:
        return Decimal(0)
    return amount.step * abs(quantity.value / amount.value)


def _rounds_to(exact: Quantity, rounded: Quantity) -> bool:
    return abs(exact.value - rounded.value) * 2 <= _step(rounded)


_MORE = frozenset(
    ["hơn", "trên", "ít nhất", "tối thiểu", "không dưới", "không ít hơn", "trở lên", "từ"]
)  # fmt: skip
_LESS = frozenset(
    ["gần", "dưới", "không quá", "tối đa", "nhiều nhất", "không hơn", "không tới", "không cao hơn",
     "chưa đến", "chưa tới", "ngót", "trở xuống"]
)  # fmt: skip
_ABOUT = frozenset(["khoảng", "xấp xỉ", "chừng", "ước", "ước tính", "tầm"])


def _within(value: Decimal, said: Quantity) -> bool:
    """Whether a value lies on the side the qualifier tells of, within a tenth."""
    difference, most = value - said.value, abs(said.value) * ROUGHLY
    low = -most if said.qualifier in _LESS | _ABOUT else Decimal(0)
    high = most if said.qualifier in _MORE | _ABOUT else Decimal(0)
    return low <= difference <= high


def approximately(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities can be the same one, told more or less exactly.

    True when the units are equal and the values are, or one is the other rounded to the digits it shows
    ("459,6 tỷ đồng" and "460 tỷ đồng"), or one has a qualifier and the other lies on its side within
    ``ROUGHLY`` ("hơn 450 tỷ đồng").

    >>> from index.quantities import find_quantities
    >>> exact, rounded, more = find_quantities("459,6 tỷ đồng; 460 tỷ đồng; hơn 470 tỷ đồng")
    >>> approximately(exact, rounded), approximately(exact, more)
    (True, False)
    """
    if same_value(a, b):
        return True
    if a.unit != b.unit:
        return False
    return _rounds_to(a, b) or _rounds_to(b, a) or _within(a.value, b) or _within(b.value, a)
