"""Numbers that only the ledger reads beside ``index.quantities``: of less common nouns, abbreviations and broken units.

A reader of questions does without them, for there a number too many costs more than one too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from index.figure_forms import more_forms, with_countries
from index.figure_nouns import (
    COMPOUNDING,
    NOT_COMPOUNDED,
    NOT_COUNTED,
    NOT_NOUNS,
    NOUNS,
    is_person,
)
from index.numbers import parse_number
from index.quantity_words import LABELS, QUALIFIERS, WEAK_LABELS
from index.types import Quantity
from index.units import kind_of, read_unit

_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_NOUN_LONGEST = 3
_IN_WORDS = re.compile(rf"(?<!\w)({'|'.join(_WORDS)})(?: ([^\W\d_]+))(?: ([^\W\d_]+))?(?: ([^\W\d_]+))?")
_NO_COUNT_BEFORE = re.compile(
    r"(?<!\w)(?:thứ|lần|tháng|ngày|giải|hạng|nhì|vài|mấy|đôi|hàng|hoặc|hay|bà|ông|chị|anh|cô|chú|bác|dì|cậu|em|của|lớp|quận|số"
    r"|phường|khóa|tầng|mươi|trăm|tập|kỳ|hồi|năm|một|hai|ba|trong) $"
)
"""Before a number in words: which one, a name, or "about so many"; "trong" opens "hai trong ba"."""
_FIVE = re.compile(r"(?<!\w)năm(?= [^\W\d_])")
_YEAR_BEFORE = re.compile(
    r"(?<!\w)(?:mỗi|từng|đầu|cuối|giữa|nhiều|những|các|cả|qua|hết|suốt|sau|trước|vào|từ|đến|tới|nửa|hằng|tròn|học|toàn|kế hoạch"
    r"|tết|đón|chào|tổng kết|tuổi|đời|quý|mùa|\d[\d.,]*) $"
)
"""Before "năm" where it is a year."""
_FIVE_OF = frozenset(
    (
        "người em vụ hộ ca tầng đội nước tỉnh huyện xã trường căn chiếc con cây cháu phòng cửa nhóm cuộc trận bàn đứa "
        "tên bức cuốn"
    ).split()
)
"""Nouns of one syllable that are as good as never said of a year behind "năm"."""
_CAPITALS = re.compile(r"(?<![\w.,/:-])(\d[\d.]*)( (?:triệu|nghìn|ngàn|vạn))? (Cty|[A-ZĐ]{2,6})(?![\w/-])")
_DIGITS = re.compile(r"(?<![\w.,/:-])(?:[1-9]\d{0,2}(?:\.\d{3})*|\d{4,})(?= [^\W\d_])")
_HEIGHT = re.compile(r"(?<![\w.,/:-])(\d)m(\d{1,2})(?![\w.,]\w|\w)")
_RAISED = re.compile(r" ?([23])(?=[ ]*(?:$|[,.;:!?)/”\"]|[^\W\d_]))")
_SQUARE = {("m", "2"): "m²", ("m", "3"): "m³", ("km", "2"): "km²"}
_OR = re.compile(r"(?<![\w.,/:-])(\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín) (?:hay|hoặc) $")
_SHARED = re.compile(r" ?(?:,|và|hay|hoặc|hay là) ")
_PART = re.compile(
    r"(?<!\w)(?:giảm|tăng|chiếm|hơn|gần|khoảng|còn|mất|bằng|chỉ|được|có|hết|là|tới) "
    r"(?:(?:khoảng|gần|hơn|tới|đến|còn|được|mất) )?"
    r"(([1-9])/([2-9]|10))(?= [^\W\d_]| ?[,.;)])"
)
_AGES = re.compile(r"(?<!\w)(?:độ )?tuổi từ (\d{1,2})(?: ?[-–] ?| đến | tới )(\d{1,2})(?!\w| tuổi)")
_MAGNITUDES = {"triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4}


def with_more(text: str, scan: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities of a sentence with those that only the ledger reads, in order.

    Args:
        text: the sentence as written.
        scan: in lower case, one style of tones, same length.
        found: by ``index.quantities.find_quantities``.

    >>> text = "Ba tuyển thủ cao 1m75 và 66 CĐV ở phòng 15m 2, giá 10.000 hoặc 20.000 đồng."
    >>> from index.quantities import find_quantities
    >>> [(q.text, str(q.value), q.unit) for q in with_more(text, text.lower(), find_quantities(text))]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('Ba tuyển thủ', '3', 'tuyển thủ'), ('1m75', '1.75', 'm'), ('66 CĐV', '66', 'cđv'), ('15m 2', '15', 'm²'),
     ('10.000', '10000', 'đồng'), ('20.000 đồng', '20000', 'đồng')]
    """
    ages = list(_ages(scan))
    found = [*(one for one in found if all(_is_apart(one, age) for age in ages)), *ages]
    read = _with_raised(text, [_with_noun(text, scan, one) for one in with_countries(text, scan, found)])
    more = [
        *more_forms(text, scan),
        *_in_digits(text, scan),
        *_capitals(text),
        *_heights(text),
        *_parts(scan),
        *_in_words(text, scan),
        *_fives(text, scan),
    ]
    for one in more:
        read = [other for other in read if _is_apart(one, other) or other.unit]
        if all(_is_apart(one, other) for other in read):
            qualifier = _qualifier(scan, one.start)
            read.append(replace(one, qualifier=qualifier))
    read.sort(key=lambda one: one.start)
    return _with_shared(text, scan, read)


def _is_apart(one: Quantity, other: Quantity) -> bool:
    return one.end <= other.start or other.end <= one.start


def _qualifier(scan: str, start: int) -> str:
    words = scan[max(0, start - 20) : start].split(" ")[:-1]
    return next(
        (QUALIFIERS[name] for n in (3, 2, 1) if (name := " ".join(words[-n:])) in QUALIFIERS),
        "",
    )


def _noun(scan: str, start: int) -> int | None:
    """The end of the longest of ``NOUNS`` that stands behind a blank there."""
    words = re.match(r"(?: [^\W\d_]+){1,3}", scan[start : start + 40])
    parts = words[0].split(" ")[1:] if words else []
    for count in range(min(_NOUN_LONGEST, len(parts)), 0, -1):
        name = " ".join(parts[:count])
        if name in NOUNS or (count == 2 and is_person(name)):
            return start + 1 + len(name)
    return None


def _with_noun(text: str, scan: str, one: Quantity) -> Quantity:
    """A number with the whole of its noun: "7 tuyển thủ", not "7 tuyển"; alone before a verb: "hiệp 1 kết thúc"."""
    if kind_of(one.unit) != "noun" or "/" in one.unit or one.total is not None:
        return one
    at = one.end - len(one.unit) - 1 if one.unit and scan.endswith(" " + one.unit, 0, one.end) else one.end
    if one.unit and at == one.end:
        return one
    end = _noun(scan, at) or _compound(scan, at, one.unit)
    if one.unit in NOT_NOUNS and end is None:
        return replace(one, end=at, text=text[one.start : at], unit="")
    if end is None or end <= one.end:
        return one
    return replace(one, end=end, text=text[one.start : end], unit=scan[at + 1 : end])


def _compound(scan: str, start: int, unit: str) -> int | None:
    """The end of a noun that opens with a syllable of ``COMPOUNDING``: "4 trung phong", "3 siêu tiền đạo"."""
    if unit not in COMPOUNDING:
        return None
    opening = start + 1 + len(unit)
    behind = re.match(r" ([^\W\d_]+)", scan[opening:])
    if behind is None or behind[1] in NOT_COMPOUNDED:
        return None
    return _noun(scan, opening) or opening + behind.end()


def _with_raised(text: str, found: list[Quantity]) -> list[Quantity]:
    """Square and cubic metres whose raised figure has slid down: "15m 2"."""
    kept: list[Quantity] = []
    for one in found:
        before = kept[-1] if kept else None
        if before and one.start < before.end:
            continue  # its figure was read as a number of its own
        raised = _RAISED.match(text, one.end) if one.unit in ("m", "km") else None
        unit = _SQUARE.get((one.unit, raised[1])) if raised else None
        if raised and unit and text[one.end - 1] == "m" and not _is_noun_behind(text, raised.end()):
            one = replace(one, end=raised.end(), text=text[one.start : raised.end()], unit=unit)
        kept.append(one)
    return kept


def _is_noun_behind(text: str, start: int) -> bool:
    return read_unit(text.lower(), start, True) is not None


def _capitals(text: str) -> Iterator[Quantity]:
    """Abbreviations that are counted: "66 CĐV", "60 Cty"."""
    for match in _CAPITALS.finditer(text):
        before = text[: match.start()].rstrip(" ").rsplit(" ", 1)[-1]
        named = before[:1].isupper() and (
            before.isupper() or len(before) < len(text[: match.start()].strip())
        )
        label = named or before.lower() in LABELS.marked or before.lower() in WEAK_LABELS.marked
        value = parse_number(match[1]) if not match[1].endswith(".") else None
        if value is None or value < 1 or match[3] in NOT_COUNTED or (label and match.start() > 0):
            continue
        if read_unit(f" {match[3].lower()}", 0, True) and match[3] != "Cty":
            continue
        value *= _MAGNITUDES.get((match[2] or "").strip(), 1)
        unit = "công ty" if match[3] == "Cty" else match[3].lower()
        yield Quantity(match.start(), match.end(), match[0], value, unit)


def _in_digits(text: str, scan: str) -> Iterator[Quantity]:
    """Numbers before a noun of ``NOUNS`` that opens with a word which elsewhere is none: "11 liên doanh"."""
    for match in _DIGITS.finditer(scan):
        end = _noun(scan, match.end())
        if end is None or _is_labelled(scan, match.start()) or not text[match.end() : end].islower():
            continue
        value = Decimal(match[0].replace(".", ""))
        yield Quantity(match.start(), end, text[match.start() : end], value, scan[match.end() + 1 : end])


def _heights(text: str) -> Iterator[Quantity]:
    """Metres with their fraction behind: "1m65", "2m5"."""
    for match in _HEIGHT.finditer(text):
        yield Quantity(match.start(), match.end(), match[0], Decimal(f"{match[1]}.{match[2]}"), "m")


def _parts(scan: str) -> Iterator[Quantity]:
    """Fractions of what is not counted: "giảm 1/3 đường trong máu"."""
    for match in _PART.finditer(scan):
        if int(match[2]) < int(match[3]):
            yield Quantity(
                match.start(1), match.end(1), match[1], Decimal(match[2]), "", total=Decimal(match[3])
            )


def _ages(scan: str) -> Iterator[Quantity]:
    """Ages whose word stands before them: "tuổi từ 16-24"."""
    for match in _AGES.finditer(scan):
        for place in (1, 2):
            yield Quantity(match.start(place), match.end(place), match[place], Decimal(match[place]), "tuổi")


def _in_words(text: str, scan: str) -> Iterator[Quantity]:
    """Numbers in words before a noun of ``NOUNS``: "ba tuyển thủ"; not those that say which one."""
    for match in _IN_WORDS.finditer(scan):
        start = match.start()
        opens = not text[:start].strip(" \"“'-–(.\n")
        if (text[start].isupper() and not opens) or _NO_COUNT_BEFORE.search(scan[:start]):
            continue
        end = _noun(scan, match.end(1))
        if end is None or not text[match.end(1) : end].islower():
            continue
        yield Quantity(start, end, text[start:end], Decimal(_WORDS[match[1]]), scan[match.end(1) + 1 : end])


def _fives(text: str, scan: str) -> Iterator[Quantity]:
    """Five things, where "năm" is no year: "năm gói thầu", not "đầu năm công ty lãi"."""
    for match in _FIVE.finditer(scan):
        before = scan[: match.start()]
        if _NO_COUNT_BEFORE.search(before) or _YEAR_BEFORE.search(before):
            continue
        end, unit = _noun(scan, match.end()), read_unit(scan, match.end(), True)
        if end is None and unit is not None and unit.kind == "noun":
            end = match.end() + 1 + len(unit.name)
        if end is None:
            continue
        name = scan[match.end() + 1 : end]
        counted = " " in name or name in _FIVE_OF
        if not counted or name.startswith("học ") or scan.startswith(" ta", end):
            continue
        if text[match.end() : end].islower():
            yield Quantity(match.start(), end, text[match.start() : end], Decimal(5), name)


def _with_shared(text: str, scan: str, found: list[Quantity]) -> list[Quantity]:
    """Numbers whose unit stands with the next one: "10.000 và 20.000 đồng", "7 hay 8 con số"."""
    kept: list[Quantity] = []
    for one in reversed(found):
        after = kept[-1] if kept else None
        if one.unit == "" and one.total is None and after and _shares(scan, one, after):
            one = replace(one, unit=after.unit)
        kept.append(one)
        first = _OR.search(scan, max(0, one.start - 12), one.start) if one.unit else None
        if first and not _is_labelled(scan, first.start()) and kind_of(one.unit) != "time":
            value = Decimal(_WORDS.get(first[1]) or {"một": 1, "năm": 5}.get(first[1]) or int(first[1]))
            if value < one.value < 1000:
                span = first.start(1), first.end(1)
                kept.append(Quantity(*span, text[slice(*span)], value, one.unit))
    return _disjoint(kept[::-1])


def _disjoint(found: list[Quantity]) -> list[Quantity]:
    kept: list[Quantity] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            kept.pop()  # read without its unit: "7" of "7 hay 8 con số"
        kept.append(one)
    return kept


def _shares(scan: str, one: Quantity, after: Quantity) -> bool:
    """Whether a bare number stands side by side with one that has a unit, and both are written alike."""
    if _SHARED.fullmatch(scan, one.end, after.start) is None or kind_of(after.unit) == "time":
        return False
    if _is_labelled(scan, one.start) or "%" in after.unit:
        return False
    neighbours = one.text.isdigit() and after.value - one.value == 1
    grouped = re.fullmatch(r"\d{1,3}(?:\.\d{3})+", one.text) is not None and after.text.startswith(
        tuple("123456789")
    )
    return neighbours or (grouped and after.value.adjusted() - one.value.adjusted() in (-1, 0, 1))


def _is_labelled(scan: str, start: int) -> bool:
    words = scan[max(0, start - 20) : start].split()
    return bool(words) and (
        words[-1] in LABELS.marked or words[-1] in WEAK_LABELS.marked or words[-1] == "phút"
    )
