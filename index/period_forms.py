"""The written forms of periods, found in a scan but not yet resolved to days.

One pattern a form, tried in this order at every word; then a check looks at the words around ("11/3" is a
day, "11/34 xã" and "3/11 xã" are ratios).

Group names are the vocabulary of ``index.periods``: ``d m y`` (day, month, year), ``d1 m1`` (the first day of
a range), ``y2``, ``n`` (how many), ``q`` (quarter), ``c`` (century), ``part`` (đầu, giữa, cuối), ``rel``
(nay, trước, ...), ``intro`` and ``kind`` (the words before).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from index.numbers import GAP, MAGNITUDE_WORDS, MAYBE, Grammar, words_value
from index.units import HEADCOUNTS, next_words, read_unit
from index.vietnamese import fold

_D = r"(?<![\d./,])(?<!\d-)(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
_D1 = r"(?<![\d./,])(?<!\d-)(?P<d1>0?[1-9]|[12]\d|3[01])(?!\d)"
_D2 = r"(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
_MM = r"(?P<m>1[0-2]|0?[1-9])"
_M = rf"{_MM}(?![\d%]|[.,]\d)"
_MW = (
    r"(?:(?P<m>1[0-2]|0?[1-9]|mười một|mười hai|mười|giêng|hai|ba|tư|bốn|sáu|bảy|bẩy|tám|chín|chạp"
    rf"|năm(?!{GAP}(?:\d|nay|này|ngoái|trước|tới|sau|qua)))(?![\w%]|[.,]\d))"
)
_Y4 = r"(?:1\d|20|21)\d\d"
_Y = rf"(?P<y>{_Y4})(?!\d)"
_REL = r"(?P<rel>nay|này|ngoái|trước|tới|sau|kế tiếp|tiếp theo|vừa qua|vừa rồi|qua)(?!\w)"
_TAIL = (
    rf"(?:(?:{MAYBE}[/-]{MAYBE}|,?{GAP}(?:của{GAP})?năm{GAP}|{GAP}){_Y}(?![.,/-]\d)"
    rf"|{GAP}(?:của{GAP})?năm{GAP}{_REL})"
)
_BARE_YEAR = rf"{GAP}năm(?!{GAP}(?:học|đầu|cuối|thứ|nhiệm))(?!\w)"
_PART_OF_DAY = r"(?:rạng sáng|sáng|trưa|chiều|tối|đêm)"
_INTRO = (
    rf"(?P<intro>(?:{_PART_OF_DAY}(?:{GAP}(?:ngày|hôm))?|ngày|hôm|mùng|mồng){GAP}"
    rf"(?:(?:mùng|mồng){GAP})?)"
)
_N = (
    r"(?<![\d./,])(?<!\d-)(?P<n>1[0-2]|0?[1-9]|một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười một|mười hai"
    r"|mười)(?!\w)"
)
_TO = rf"(?:{MAYBE}[-–]{MAYBE}|{GAP}(?P<to>đến|tới|và){GAP}(?:hết{GAP})?(?:ngày{GAP})?)"
_BC = rf"(?!{GAP}(?:tcn|trước{GAP}công{GAP}nguyên))"  # no date can hold a year before Christ
_BOUND = r"(?:(?<=đến.\d)|(?<=đến.\d\d)|(?<=từ.\d)|(?<=từ.\d\d))"  # behind the month of "đến 6-2003"
_PARTS = r"(?P<part>đầu|giữa|cuối)"

FORMS: dict[str, str] = {
    "day": rf"{_INTRO}?{_D}[/.-]{_MM}(?:[/.-]|{GAP}năm{GAP}(?={_Y4}))(?P<y>{_Y4}|\d\d)(?![\d/]|[.,-]\d)",
    "days": (
        rf"(?P<kind>từ{GAP})?{_INTRO}?{_D1}(?:[/.](?P<m1>1[0-2]|0?[1-9]))?{_TO}{_D2}"
        rf"(?P<sep>[/.-]|{GAP}tháng{GAP}){_MM}(?![\d%])(?:(?:[/.-]|{GAP}năm{GAP}){_Y})?(?![\d/]|[.-]\d)"
    ),
    "date": rf"{_INTRO}?{_D}{GAP}tháng{GAP}{_MW}{_TAIL}?",
    "day_month": rf"{_INTRO}?{_D}(?P<sep>[/.-]){_M}(?![\d/]|[.-]\d|{MAYBE}%)",
    "part_month": (
        rf"(?P<part>đầu|giữa|cuối|thượng tuần|trung tuần|hạ tuần|nửa đầu|nửa cuối){GAP}tháng{GAP}"
        rf"(?:{_MW}{_TAIL}?|(?P<rel2>này|trước|tới|sau|qua)(?!\w))"
    ),
    "month": rf"(?:tháng{GAP}|t\.?{MAYBE}(?=\d\d?[/-]{_Y4})){_MW}(?:{_TAIL}|\.{_Y4}(?!\d))?",
    "month_rel": rf"tháng{GAP}(?P<rel>này|trước|tới|sau|qua|vừa qua|vừa rồi)(?!\w)",
    "month_year": rf"(?<![\d./,])(?<!\d-){_M}(?:/|{_BOUND}-){_Y}(?![/\w-])",
    "months": rf"{_N}{GAP}tháng(?!\w)(?:{GAP}(?P<part>đầu|cuối)(?!\w))?(?:{_TAIL}|{_BARE_YEAR})?",
    "months_short": rf"(?<![\d.,/])(?P<n>1[0-2]|[1-9])t[/-]?{_Y}",
    "quarters": rf"(?P<n>hai|ba|2|3){GAP}qu[ýí]{GAP}(?P<part>đầu|cuối)(?:{_TAIL}|{_BARE_YEAR})?",
    "quarter": rf"qu[ýí]{GAP}(?P<q>iv|iii|ii|i|[1-4]|một|hai|ba|bốn|tư)(?!\w|[.,]\d){_TAIL}?",
    "quarter_rel": rf"qu[ýí]{GAP}(?P<rel>này|nay|hiện tại|trước|tới|sau|tiếp theo|tiếp|vừa qua)(?!\w)",
    "half": rf"(?P<part>nửa{GAP}đầu|nửa{GAP}cuối)(?:{_TAIL}|{_BARE_YEAR})",
    "so_far": rf"từ{GAP}đầu(?:{_TAIL}|{_BARE_YEAR})(?:{GAP}(?:đến|tới){GAP}nay)?(?!\w)",
    "part_year": rf"{_PARTS}(?:{_TAIL}|{_BARE_YEAR})",
    "whole": rf"cả{GAP}năm(?!{GAP}học)(?!\w)(?:{GAP}(?:{_Y}|{_REL}))?",
    "decade": (
        rf"(?:(?:những|các){GAP}năm|thập{GAP}(?:niên|k[ỷỉ])(?:{GAP}(?:những{GAP})?năm)?){GAP}"
        r"(?P<y>(?:1\d|20)\d0|[1-9]0)(?!\d)"
    ),
    "span": (
        rf"(?:(?P<kind>nhiệm k[ỳì]|giai đoạn|thời k[ỳì]|năm học|niên khóa|niên vụ|năm){GAP})?(?<![\d./,])"
        rf"{_Y}{MAYBE}[-–—/]{MAYBE}(?P<y2>{_Y4})(?!\d|[./]\d|/\w)"
    ),
    "same": rf"cùng{GAP}k[ỳì](?!\w){_TAIL}?",
    "year_rel": rf"năm{GAP}{_REL}",
    "year": rf"(?P<kind>năm){GAP}(?P<y>{_Y4}|[1-9]\d\d)(?!\d|[.,]\d|[/-]\w){_BC}",
    "bare_year": rf"(?<![\w.,/$€£#-]){_Y}(?![\w%]|[.,:]\d|[/-]\w)",
    "century": rf"thế{GAP}k[ỷỉ]{GAP}(?:thứ{GAP})?(?P<c>[ivx]+|\d{{1,2}})(?!\w){_BC}",
    "today": (
        rf"(?:(?:ngày|{_PART_OF_DAY}){GAP})?(?:hôm{GAP}(?P<rel>nay|qua|kia)|bữa{GAP}nay)(?!\w)"
        rf"|(?:(?:ngày|{_PART_OF_DAY}){GAP}(?P<mai>mai)|{_PART_OF_DAY}{GAP}(?P<rel2>nay|qua))(?!\w)"
    ),
}

CONNECTOR = Grammar.of(rf"(?:{GAP}(?:cho{GAP})?(?:đến|tới){GAP}(?:hết{GAP})?|{MAYBE}[-–]{MAYBE})")
TO_NOW = Grammar.of(rf"{GAP}(?:cho{GAP})?(?:đến|tới){GAP}nay(?!\w)")

_GROUP = re.compile(r"\(\?P<\w+>")
_FIRST = "(?=[0-9bcđghmnqrst])"  # no form starts with anything else; keeps the scan fast
MASTER = Grammar.of(
    rf"(?<!\w){_FIRST}(?:"
    + "|".join(f"(?P<{name}>{_GROUP.sub('(?:', pattern)})" for name, pattern in FORMS.items())
    + ")"
)
PARSERS = {name: Grammar.of(pattern) for name, pattern in FORMS.items()}


class Found(NamedTuple):
    """One form found in a scan: its name, its place and its named groups that took part."""

    form: str
    start: int
    end: int
    groups: dict[str, str]


class Scan(NamedTuple):
    """A scan and whether it has diacritics, as ``scan_form`` gives them."""

    text: str
    marked: bool


# --- is it a period? ----------------------------------------------------------------------------------------

_PREVIOUS = re.compile(r"([^\W_]+)[ \t\xa0]+$")
_MAGNITUDE = Grammar.of(rf"{MAYBE}{MAGNITUDE_WORDS}(?!\w)")
_UPPER_END = Grammar.of(rf"(?:{MAYBE}[-–]{MAYBE}|{GAP}(?:đến|tới|và){GAP})\d[\d.,]*(?<!\D)")
_SENTENCE_HEAD = re.compile(r"(?:^|[.;:!?\n(\"“*•-])\s*$")


def _words(text: str) -> frozenset[str]:
    """A word list for both kinds of text; "_" joins syllables."""
    words = [word.replace("_", " ") for word in text.split()]
    return frozenset(words) | {fold(word) for word in words}


_EACH = _words("mỗi hàng một từng bình_quân")
_COUNTING = _words(
    "nhiều mấy những các vài hàng nửa một hai ba bốn năm sáu bảy tám chín mười mươi chục trăm bao ít thứ"
)
_BEFORE_COUNT = _words(
    "số thứ mã đạt có còn thêm tăng giảm gồm cần giá hơn gần đường hẻm ngõ tới_tận tổng_đài"
)
_ADDRESS = _words("số thứ hẻm ngõ đường nhà lô mục")
_FRACTION_BEFORE = _words("hơn gần chiếm")
_HOLIDAY = _words("dịp lễ nghỉ mừng")
_WHOLE_OF = _words("số tổng diện dân thời quãng")
_DATE_BEFORE = _words("từ đến trước sau vào hết tới")
_TOLD_DAY = Grammar.of(
    rf"(?<!\w)(?:hôm (?:nay|qua|kia)|ngày mai|{_PART_OF_DAY} (?:nay|qua|mai))(?:,| ?\() ?$"
)
_PLACES = _words("tỉnh thành_phố huyện xã phường thị_xã quận thị_trấn nước")
_SPAN_BEFORE = _words(
    "trong vòng sau trước hơn gần khoảng mỗi hạn tối_đa đa kéo dài gian kỳ từng ít nhất dưới trên"
)
_SPAN_BEFORE |= _words("thêm mất tù phạt chừng được")
_SPAN_AFTER = _words("tuổi tù trước sau qua tới nữa liên liền kể để một giam cải sinh đến và thi")


def _word_before(scan: Scan, start: int) -> str:
    match = _PREVIOUS.search(scan.text, max(0, start - 16), start)
    return match[1] if match else ""


def _word_after(scan: Scan, end: int) -> str:
    words = next_words(scan.text, end, 1)
    return words[0][0] if words else ""


def _is_counted(scan: Scan, start: int) -> bool:
    """Whether the word before a place counts what follows; "Nam" of a name does not, "nam" without diacritics may."""
    word = _word_before(scan, start)
    return word.isdigit() or (word in _COUNTING and not (scan.marked and word == "nam"))


def count_of(number: str) -> int:
    """The value of a small number in figures or words.

    >>> count_of("09"), count_of("chín"), count_of("muoi hai")
    (9, 9, 12)
    """
    return int(number) if number.isdigit() else words_value(number)


def month_of(name: str) -> int:
    """The number of a month: figures, words, giêng (1) or chạp (12).

    >>> month_of("09"), month_of("tư"), month_of("chạp")
    (9, 4, 12)
    """
    return {"giêng": 1, "gieng": 1, "chạp": 12, "chap": 12}.get(name) or count_of(name)


def _counted(scan: Scan, end: int) -> bool:
    """Whether a magnitude or a unit follows, so that the number before it is an amount."""
    return (
        bool(_MAGNITUDE.pick(scan.marked).match(scan.text, end))
        or read_unit(scan.text, end, scan.marked) is not None
    )


def _real_day(groups: dict[str, str]) -> bool:
    """Whether the day exists in the month; a leap year is assumed."""
    first_month, last_month = groups.get("m1", groups["m"]), groups["m"]
    first_fits = int(groups.get("d1", "1")) <= monthrange(2000, month_of(first_month))[1]
    return first_fits and int(groups["d"]) <= monthrange(2000, month_of(last_month))[1]


def _is_day_month(scan: Scan, found: Found) -> bool:
    groups, before = found.groups, _word_before(scan, found.start)
    if not _real_day(groups) or ((groups["d"], groups["m"]) == ("24", "7") and "intro" not in groups):
        return False
    if "intro" in groups or before in _HOLIDAY:
        return True
    if groups["sep"] != "/" and _TOLD_DAY.pick(scan.marked).search(
        scan.text, max(0, found.start - 16), found.start
    ):
        return True  # "hôm qua (6-2)"
    if groups["sep"] != "/":
        after = scan.text[found.end : found.end + 1]
        return before in _DATE_BEFORE and groups["sep"] == "-" and (after in "),.;:" or not after)
    if before in _FRACTION_BEFORE:
        return False  # "hơn 1/3 nguồn cung"
    ratio = _counted(scan, found.end) or _word_after(scan, found.end) in _WHOLE_OF
    return before not in _ADDRESS and not ratio


def _is_days(scan: Scan, found: Found) -> bool:
    groups = found.groups
    if not _real_day(groups) or ("m1" not in groups and int(groups["d1"]) >= int(groups["d"])):
        return False
    introduced = "intro" in groups or "kind" in groups
    sure = introduced or ("to" not in groups and groups["sep"] == "/")
    return sure and (introduced or not _counted(scan, found.end))


def _is_date(scan: Scan, found: Found) -> bool:
    if not _real_day(found.groups):
        return False
    unit = read_unit(scan.text, found.end, scan.marked)
    return "intro" in found.groups or not (unit and unit.kind == "time")


def _is_month(scan: Scan, found: Found) -> bool:
    return _word_before(scan, found.start) not in _EACH or not _counted(scan, found.end)


def _is_bare_months(scan: Scan, found: Found) -> bool:
    """A bare "9 tháng": at the head of a sentence, or 3, 6 and 9 in the manner of reports."""
    after = _word_after(scan, found.end)
    if not scan.text.endswith(("tháng", "thang"), found.start, found.end) or after in _SPAN_AFTER:
        return False
    if _SENTENCE_HEAD.search(scan.text, max(0, found.start - 4), found.start):
        return count_of(found.groups["n"]) > 1
    in_report = count_of(found.groups["n"]) in (3, 6, 9) and scan.text[found.start - 1] != "/"
    return in_report and _word_before(scan, found.start) not in _SPAN_BEFORE


def _is_months(scan: Scan, found: Found) -> bool:
    if _word_before(scan, found.start) in _EACH:
        return False
    return bool(found.groups.keys() & {"part", "y", "rel"}) or _is_bare_months(scan, found)


def _is_year(scan: Scan, found: Found) -> bool:
    before = _word_before(scan, found.start)
    if before in _EACH or len(found.groups["y"]) == 3:
        return not _counted(scan, found.end) and before not in _EACH
    return not _is_counted(scan, found.start)


def _opens_amount(scan: Scan, end: int) -> bool:
    """Whether a number is the lower end of a range of amounts ("1000 đến 2000 đồng") or has a magnitude."""
    upper = _UPPER_END.pick(scan.marked).match(scan.text, end)
    ranged = upper is not None and _counted(scan, upper.end())
    return ranged or _MAGNITUDE.pick(scan.marked).match(scan.text, end) is not None


def _is_part_year(scan: Scan, found: Found) -> bool:
    named = any(word in scan.text[found.start : found.end] for word in ("năm", "nam"))
    return named or not (_opens_amount(scan, found.end) or _counted(scan, found.end))


def _is_bare_year(scan: Scan, found: Found) -> bool:
    if _word_before(scan, found.start) in _BEFORE_COUNT or re.match(r"[ .]\d{3,4}\b", scan.text[found.end :]):
        return False
    if _opens_amount(scan, found.end):
        return False
    unit = read_unit(scan.text, found.end, scan.marked)
    if unit is None or unit.name in _PLACES:
        return True
    return not scan.marked and unit.kind == "noun" and unit.name not in HEADCOUNTS and " " not in unit.name


def _is_relative(scan: Scan, found: Found) -> bool:
    """Whether nothing counts the word: "năm trước", but not "5 năm trước" or "những năm tới"."""
    return not _is_counted(scan, found.start) and _word_before(scan, found.start) not in _EACH


def _is_span(scan: Scan, found: Found) -> bool:
    if found.groups.get("kind") in ("năm", "nam") and _is_counted(scan, found.start):
        return False  # "5 năm 2016-2020": the five years are a length, the rest is tried again
    return 0 < int(found.groups["y2"]) - int(found.groups["y"]) <= 100


def _is_today(scan: Scan, found: Found) -> bool:
    # Without diacritics "toi nay" is as often "tới nay", "toi qua" "tôi qua".
    return scan.marked or not scan.text.startswith("toi", found.start)


_CHECKS: dict[str, Callable[[Scan, Found], bool]] = {
    "day": lambda scan, found: _real_day(found.groups),
    "days": _is_days,
    "date": _is_date,
    "day_month": _is_day_month,
    "month": _is_month,
    "months": _is_months,
    "year": _is_year,
    "bare_year": _is_bare_year,
    "part_year": _is_part_year,
    "year_rel": _is_relative,
    "month_rel": _is_relative,
    "span": _is_span,
    "today": _is_today,
}

_NAMES = tuple(FORMS)
_ORDER = {name: place for place, name in enumerate(_NAMES)}


def _form_at(scan: Scan, start: int, first: str) -> Found | None:
    """The first form from ``first`` on that stands at a place and passes its check."""
    for form in _NAMES[_ORDER[first] :]:
        match = PARSERS[form].pick(scan.marked).match(scan.text, start)
        if match is None:
            continue
        found = Found(
            form, *match.span(), {name: value for name, value in match.groupdict().items() if value}
        )
        if form not in _CHECKS or _CHECKS[form](scan, found):
            return found
    return None


@lru_cache(maxsize=64)  # quantities and periods are mostly looked for in the same sentence
def find_forms(scan: Scan) -> tuple[Found, ...]:
    """The periods of a scan, left to right and disjoint.

    >>> [(found.form, found.start) for found in find_forms(Scan("quý i năm 2020, 5 năm 2016-2020", True))]
    [('quarter', 0), ('span', 22)]
    """
    forms: list[Found] = []
    place = 0
    while match := MASTER.pick(scan.marked).search(scan.text, place):
        found = _form_at(scan, match.start(), match.lastgroup or "")
        if found is not None:
            forms.append(found)
        place = found.end if found else match.start() + 1
    return tuple(forms)
