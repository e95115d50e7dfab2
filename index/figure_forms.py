"""Forms of numbers that only the ledger reads: money of other countries, prices per so much, "gấp đôi", "nửa mét", ages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from index.numbers import parse_number
from index.types import Figure, Quantity
from index.units import read_unit

_DOLLARS = {
    "sing": "sgd", "singapore": "sgd", "úc": "aud", "australia": "aud", "canada": "cad", "hồng kông": "hkd", "hong kong": "hkd",
    "đài loan": "twd", "new zealand": "nzd", "mỹ": "usd",
}  # fmt: skip
_COUNTRY = re.compile(rf" ?(?:la )?({'|'.join(_DOLLARS)})(?!\w)")
_BARE = re.compile(r"(?:đô|đô la|đôla|đô-la)$")
"""A dollar whose country stands elsewhere, if not of the United States."""
_CODES = {
    "RM": "ringgit", "MYR": "ringgit", "S$": "sgd", "SGD": "sgd", "A$": "aud", "HK$": "hkd", "HKD": "hkd", "C$": "cad",
    "CAD": "cad", "NT$": "twd", "CHF": "chf", "KRW": "krw", "THB": "thb", "DM": "dem", "SEK": "sek",
}  # fmt: skip
_MAGNITUDES = {"triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3, "tỷ": 10**9, "tỉ": 10**9}
_NUMBER = r"\d[\d.]*(?:,\d+)?"
_CODE = re.compile(
    rf"(?<![\w.,/:-])(?:({_NUMBER}) ?[-–] ?)?({_NUMBER})(?: ({'|'.join(_MAGNITUDES)}))? ?"
    rf"({'|'.join(map(re.escape, _CODES))})(?![\w$-])"
)
_ANY_CODE = re.compile(r"[SACKT]\$|RM|MYR|SGD|HKD|CAD|CHF|KRW|THB|DM|SEK")
_PER_SOME = re.compile(
    rf"(?<![\w.,/:-])({_NUMBER})(?: ({'|'.join(_MAGNITUDES)}))? ?(đồng|đ|usd|euro|xu)/(\d{{1,4}}) ?(?=[^\W\d_])"
)
_WHICH = re.compile(r" (?:đầu tiên|đầu|tiếp theo|kế tiếp)(?!\w)")
_TWICE = re.compile(r"(?<!\w)gấp (đôi|rưỡi)(?!\w)")
_HALF = re.compile(
    r"(?<!\w)(?<!hàng )(?<!một )nửa(?= (?:mét|cây số|km|kg|cân|lít|tấn|tạ|ha|héc ta|triệu|tỷ|tỉ)(?!\w))"
)
_AGES = re.compile(
    r"(?<!\w)tuổi(?: từ)? ?:? ?(\d{1,2})(?: ?[-–] ?| đến | tới )(\d{1,2})(?![\w%/.]\w|\w| tuổi)"
)


def more_forms(text: str, scan: str) -> Iterator[Quantity]:
    """The numbers of these forms in a sentence, given as written and in lower case of the same length.

    >>> text = "Lương 750-850 RM/tháng, gấp đôi; cước 250 đồng/6 giây; cao nửa mét, tuổi 22-30."
    >>> [(q.text, str(q.value), q.unit) for q in more_forms(text, text.lower())] # doctest: +NORMALIZE_WHITESPACE
    [('750', '750', 'ringgit/tháng'), ('850 RM/tháng', '850', 'ringgit/tháng'), ('250 đồng/6 giây', '250', 'đồng/6 giây'),
     ('đôi', '2', 'lần'), ('nửa mét', '0.5', 'm'), ('22', '22', 'tuổi'), ('30', '30', 'tuổi')]
    """
    if _ANY_CODE.search(text):
        yield from _of_codes(text, scan)
    if "/" in scan:
        yield from _per_some(text, scan)
    for match in _TWICE.finditer(scan) if "gấp " in scan else ():
        times = Decimal(2) if match[1] == "đôi" else Decimal("1.5")
        yield Quantity(*match.span(1), match[1], times, "lần")
    for match in _HALF.finditer(scan) if "nửa " in scan else ():
        unit, factor = read_unit(scan, match.end(), True), 1
        if unit is None:  # "nửa triệu đồng", "nửa tỷ"
            word = scan[match.end() + 1 :].split(" ")[0].rstrip(",.;")
            after = match.end() + 1 + len(word)
            unit, factor = read_unit(scan, after, True), _MAGNITUDES.get(word, 0)
        if unit and factor:
            span = match.start(), unit.end
            yield Quantity(*span, text[slice(*span)], Decimal(factor) / 2, unit.name)
    for match in _AGES.finditer(scan) if "tuổi" in scan else ():
        if int(match[1]) < int(match[2]):
            for place in (1, 2):
                yield Quantity(*match.span(place), match[place], Decimal(match[place]), "tuổi")


def _of_codes(text: str, scan: str) -> Iterator[Quantity]:
    """Money with its code, and what it is paid by: "750-850 RM/người/tháng"."""
    for match in _CODE.finditer(text):
        factor = _MAGNITUDES.get(match[3] or "", 1)
        end, suffix = match.end(), ""
        while scan.startswith("/", end) and (by := read_unit(f" {scan[end + 1 : end + 25]}", 0, True)):
            end, suffix = end + by.end, f"{suffix}/{by.name}"
        for place, stop in ((1, match.end(1)), (2, end)):
            value = parse_number(match[place]) if match[place] else None
            if value is not None:
                start = match.start(place)
                yield Quantity(start, stop, text[start:stop], value * factor, _CODES[match[4]] + suffix)


def _per_some(text: str, scan: str) -> Iterator[Quantity]:
    """A price of so many: "250 đồng/6 giây"."""
    for match in _PER_SOME.finditer(scan):
        value, by = parse_number(match[1]), read_unit(f" {scan[match.end() : match.end() + 20]}", 0, True)
        money = read_unit(f" {match[3]}", 0, True)
        if value is not None and by and money:
            end = match.end() + by.end - 1
            which = _WHICH.match(scan, end)
            span = match.start(), which.end() if which else end
            unit = f"{money.name}/{match[4]} {by.name}"
            yield Quantity(*span, text[slice(*span)], value * _MAGNITUDES.get(match[2] or "", 1), unit)


def with_countries(text: str, scan: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Dollars with the country that stands behind them: "1.000 đô Sing"."""
    told: list[Quantity] = []
    for one in found:
        country = _COUNTRY.match(scan, one.end) if one.unit == "usd" and one.text[-1:].isalpha() else None
        if country and "đô" in scan[one.start : one.end]:
            span = one.start, country.end()
            one = replace(one, end=span[1], text=text[slice(*span)], unit=_DOLLARS[country[1]])
        told.append(one)
    return told


def with_dollars_named(figures: Sequence[Figure]) -> list[Figure]:
    """Bare dollars as those of the country that the figures before them named: "1.000 đô Sing ... phạt 500 đô"."""
    named, told = "usd", []
    for one in figures:
        written = one.text.lower()
        if one.unit == "usd" and _BARE.search(written):
            one = replace(one, unit=named)
        elif "đô" in written and one.unit in _DOLLARS.values():
            named = one.unit
        told.append(one)
    return told
