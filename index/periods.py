"""Stretches of time in Vietnamese text, resolved to days: "9 tháng đầu năm 2021", "quý I", "sáng 17-8".

How a form without a year is resolved, given the day of publication:

* "ngày 24/6", "tháng 9", "quý IV": in the year of publication, or the year before when the period would
  begin more than ``HALF_A_YEAR`` days after publication.
* "9 tháng đầu năm", "nửa đầu năm", "ba quý đầu năm" tell of what is over: the year before when they would
  *end* more than ``HALF_A_YEAR`` days after publication.
* "năm nay", "năm ngoái", "năm qua", "tháng trước", "hôm qua" count from publication; "năm trước" counts from what is
  named before it in the same sentence, if anything is.
* "cùng kỳ" is the period named last before it in the text, one year earlier or in the year it names;
  with nothing before it, the whole year it names ("cùng kỳ năm 2019"), or no days. What is named only to
  compare with ("so với năm 2015", another "cùng kỳ") is passed over.
* đầu, giữa, cuối năm are January-April, May-August, September-December (grain "months"); đầu, giữa, cuối
  tháng are the days 1-10, 11-20 and the rest (grain "day").
* "từ đầu năm (đến nay)" ends on the day of publication.
* "năm học 2021-2022" runs from 1 September to 31 August; "thế kỷ XX" is 1901-2000.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from index.numbers import scan_form
from index.period_compare import PART_GRAINS, compatible, overlaps
from index.period_forms import CONNECTOR, TO_NOW, Found, Scan, count_of, find_forms, month_of
from index.types import Period, Span

__all__ = ["compatible", "find_periods", "overlaps", "period_spans"]

HALF_A_YEAR = 183
_YEAR_END = timedelta(days=31)
Days = tuple[date, date]
Built = tuple[date, date, str]
Groups = dict[str, str]

_ROMAN = {"i": 1, "v": 5, "x": 10}
_REL_YEARS = {"nay": 0, "này": 0, "ngoái": -1, "trước": -1, "tới": 1, "sau": 1, "kế tiếp": 1, "tiếp theo": 1}
_REL_YEARS |= {"ngoai": -1, "truoc": -1, "toi": 1, "ke tiep": 1, "tiep theo": 1}
_REL_YEARS |= dict.fromkeys(["qua", "vừa qua", "vua qua", "vừa rồi", "vua roi"], -1)
_REL_STEPS = _REL_YEARS | {"hiện tại": 0, "hien tai": 0, "tiếp": 1, "tiep": 1}
_PARTS = {"đầu": 0, "dau": 0, "thượng tuần": 0, "thuong tuan": 0, "giữa": 1, "giua": 1, "trung tuần": 1}
_PARTS |= {"trung tuan": 1, "cuối": 2, "cuoi": 2, "hạ tuần": 2, "ha tuan": 2}


# --- forms to days, the year being known --------------------------------------------------------------------


def _months(year: int, first: int, last: int) -> Days:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _is_last(part: str) -> bool:
    return part.endswith(("cuối", "cuoi"))


def _day(groups: Groups, year: int) -> Built:
    month = month_of(groups["m"])
    last = date(year, month, min(int(groups["d"]), monthrange(year, month)[1]))
    if "d1" not in groups:
        return last, last, "day"
    first_month = int(groups.get("m1", month))
    return date(year - (first_month > month), first_month, int(groups["d1"])), last, "day"


def _month(groups: Groups, year: int) -> Built:
    month = month_of(groups["m"])
    return *_months(year, month, month), "month"


def _part_month(groups: Groups, year: int) -> Built:
    first, last = _months(year, *[month_of(groups["m"])] * 2)
    part = " ".join(groups["part"].split())
    if part.startswith(("nửa", "nua")):
        bounds = (16, last.day) if _is_last(part) else (1, 15)
    else:
        bounds = ((1, 10), (11, 20), (21, last.day))[_PARTS[part]]
    return first.replace(day=bounds[0]), first.replace(day=bounds[1]), "day"


def _first_months(groups: Groups, year: int) -> Built:
    count = count_of(groups["n"])
    grain = "half" if count == 6 else "months"
    if _is_last(groups.get("part", "")):
        return *_months(year, 13 - count, 12), grain
    return *_months(year, 1, count), grain


def _quarters(groups: Groups, year: int) -> Built:
    return _first_months(groups | {"n": str(3 * count_of(groups["n"]))}, year)


def _quarter(groups: Groups, year: int) -> Built:
    name = groups["q"]
    number = name.count("i") if set(name) == {"i"} else 4 if name == "iv" else count_of(name)
    return *_months(year, 3 * number - 2, 3 * number), "quarter"


def _half(groups: Groups, year: int) -> Built:
    return *(_months(year, 7, 12) if _is_last(groups["part"]) else _months(year, 1, 6)), "half"


def _part_year(groups: Groups, year: int) -> Built:
    part = _PARTS[groups["part"]]
    return *_months(year, 4 * part + 1, 4 * part + 4), "months"


def _year(_: Groups, year: int) -> Built:
    return *_months(year, 1, 12), "year"


_BUILDERS: dict[str, Callable[[Groups, int], Built]] = {
    "day": _day,
    "days": _day,
    "date": _day,
    "day_month": _day,
    "part_month": _part_month,
    "month": _month,
    "month_year": _month,
    "months": _first_months,
    "months_short": _first_months,
    "quarters": _quarters,
    "quarter": _quarter,
    "half": _half,
    "part_year": _part_year,
    "whole": _year,
    "year": _year,
    "bare_year": _year,
    "year_rel": _year,
}
_ELAPSED = frozenset({"months", "quarters", "half"})


def _named_year(groups: Groups, published: date | None) -> int | None:
    """The year a form names, in figures or relative to publication; None when it names none."""
    if "y" in groups:
        year = int(groups["y"])
        return year if len(groups["y"]) > 2 else year + (2000 if year < 50 else 1900)
    if "rel" in groups and published is not None:
        past = groups["rel"].endswith(("qua", "rồi", "roi"))  # in December the year that ends
        return (published + _YEAR_END * past).year + _REL_YEARS[groups["rel"]]
    return None


def _nearest(found: Found, published: date) -> Built:
    """A form without a year, in the year of publication or the one before."""
    built = _BUILDERS[found.form](found.groups, published.year)
    elapsed = found.form in _ELAPSED and not _is_last(found.groups.get("part", ""))
    bound = built[1] if elapsed else built[0]
    late = bound - published > timedelta(days=HALF_A_YEAR)
    return _BUILDERS[found.form](found.groups, published.year - 1) if late else built


# --- forms with a rule of their own -------------------------------------------------------------------------


def _step_months(published: date, step: int, size: int) -> Days:
    """The stretch of ``size`` months (1 or 3) that lies ``step`` stretches from the one of publication."""
    index = (published.year * 12 + published.month - 1) // size + step
    year, first = divmod(index * size, 12)
    return _months(year, first + 1, first + size)


def _today(groups: Groups, published: date) -> Built:
    word = groups.get("rel") or groups.get("rel2") or groups.get("mai") or "nay"
    day = published + timedelta(days={"nay": 0, "qua": -1, "kia": -2, "mai": 1}[word])
    return day, day, "day"


def _relative(found: Found, published: date) -> Built:
    groups = found.groups
    if found.form == "today":
        return _today(groups, published)
    if found.form == "so_far":
        year = _named_year(groups, published) or published.year
        return date(year, 1, 1), max(published, date(year, 1, 1)), "months"
    size = 3 if found.form == "quarter_rel" else 1
    step = _REL_STEPS[groups.get("rel2") or groups["rel"]]
    first, last = _step_months(published, step, size)
    if found.form == "part_month":
        return _part_month(groups | {"m": str(first.month)}, first.year)
    return first, last, "quarter" if size == 3 else "month"


_RELATIVE_GRAINS = {"today": "day", "so_far": "months", "quarter_rel": "quarter", "month_rel": "month"}


def _span(groups: Groups) -> Built:
    first, last = int(groups["y"]), int(groups["y2"])
    if groups.get("kind") in ("năm học", "nam hoc", "niên khóa", "nien khoa"):
        return date(first, 9, 1), date(last, 8, 31), "years"
    return date(first, 1, 1), date(last, 12, 31), "years"


def _decade(groups: Groups) -> Built:
    first = int(groups["y"]) + (1900 if len(groups["y"]) == 2 else 0)
    return date(first, 1, 1), date(first + 9, 12, 31), "years"


def _century(groups: Groups) -> Built:
    name = groups["c"]
    values = [int(name)] if name.isdigit() else [_ROMAN[letter] for letter in name]
    pairs = zip(values, [*values[1:], 0], strict=True)
    number = sum(-value if value < following else value for value, following in pairs)
    return date(100 * number - 99, 1, 1), date(100 * number, 12, 31), "years"


_ABSOLUTE: dict[str, Callable[[Groups], Built]] = {"span": _span, "decade": _decade, "century": _century}


def _resolve(
    found: Found, published: date | None, hint: int | None = None
) -> tuple[date | None, date | None, str]:
    """Days and grain of a form.

    Args:
        found: the form; not "cùng kỳ".
        published: the day of publication, if known.
        hint: a year to use for a form that names none.
    """
    if found.form in _ABSOLUTE:
        return _ABSOLUTE[found.form](found.groups)
    if found.form in _RELATIVE_GRAINS or "rel2" in found.groups:
        if published is None:
            return None, None, _RELATIVE_GRAINS.get(found.form, "day")
        return _relative(found, published)
    build, year = _BUILDERS[found.form], _named_year(found.groups, published) or hint
    if year is not None:
        return build(found.groups, year)
    if published is None or "rel" in found.groups:
        return None, None, build(found.groups, 2000)[2]
    return _nearest(found, published)


# --- a text -------------------------------------------------------------------------------------------------

_FROM = re.compile(r"(?<!\w)(?:từ|tu)[ \t\xa0]+$")
_COMPARED = re.compile(r"(?<!\w)(?:so|so[ \t\xa0]+với|so[ \t\xa0]+voi)[ \t\xa0]+$")
_SENTENCE_END = re.compile(r"[.!?…]\s|\n")


def _period(text: str, start: int, end: int, built: tuple[date | None, date | None, str]) -> Period:
    return Period(start, end, text[start:end], *built)


def _in_year(days: Days, year: int) -> Days:
    """The same stretch, ending in another year."""
    first, last = days
    shift = year - last.year
    start = date(
        first.year + shift, first.month, min(first.day, monthrange(first.year + shift, first.month)[1])
    )
    month_end = last.day == monthrange(last.year, last.month)[1]
    length = monthrange(year, last.month)[1]
    return start, date(year, last.month, length if month_end else min(last.day, length))


def _is_compared(scan: Scan, found: Found) -> bool:
    """Whether a period is named only to compare with it."""
    backward = found.groups.get("rel") in ("trước", "truoc", "ngoái", "ngoai")
    return (
        found.form == "same"
        or backward
        or bool(_COMPARED.search(scan.text, max(0, found.start - 9), found.start))
    )


def _anchor(before: list[Period]) -> Period | None:
    resolved = (period for period in reversed(before) if period.first is not None and period.grain != "day")
    return next(resolved, None)


def _same_period(
    found: Found, before: list[Period], published: date | None
) -> tuple[date | None, date | None, str]:
    anchor, year = _anchor(before), _named_year(found.groups, published)
    if anchor is None or anchor.first is None or anchor.last is None or anchor.grain == "years":
        return (*_year({}, year)[:2], "year") if year is not None else (None, None, "months")
    return *_in_year((anchor.first, anchor.last), year or anchor.last.year - 1), anchor.grain


def _year_before(text: str, found: Found, before: list[Period]) -> int | None:
    """The year "năm trước" counts from: of the period named before it in the sentence."""
    anchor = _anchor(before)
    if found.groups["rel"] not in ("trước", "truoc") or anchor is None or anchor.last is None:
        return None
    return None if _SENTENCE_END.search(text, anchor.end, found.start) else anchor.last.year - 1


def _one(text: str, found: Found, before: list[Period], published: date | None) -> Period:
    if found.form == "same":
        built = _same_period(found, before, published)
    elif found.form == "year_rel" and (year := _year_before(text, found, before)):
        built = _year({}, year)
    else:
        built = _resolve(found, published)
    return _period(text, found.start, found.end, built)


def _joined_grain(first: Period, last: Period) -> str:
    if first.grain == last.grain == "day":
        return "day"
    same_year = first.first and last.last and first.first.year == last.last.year
    return "months" if same_year or (first.grain in PART_GRAINS and last.last is None) else "years"


def _join(text: str, start: int, first: Found, last: Period, published: date | None) -> Period:
    """One period of "từ <first> đến <last>"; a year named only at the end holds for both."""
    if first.form == "so_far" and last.last:
        return _period(text, start, last.end, (date(last.last.year, 1, 1), last.last, "months"))
    opening = _period(
        text, first.start, first.end, _resolve(first, published, last.last.year if last.last else None)
    )
    if opening.first and last.last and opening.first > last.last:
        opening = _period(text, first.start, first.end, _resolve(first, published, last.last.year - 1))
    known = opening.first is not None and last.last is not None
    grain = _joined_grain(opening, last)
    return _period(text, start, last.end, (opening.first, last.last, grain) if known else (None, None, grain))


def _from_start(scan: Scan, found: Found) -> int | None:
    match = _FROM.search(scan.text, max(0, found.start - 6), found.start)
    return match.start() if match and found.form not in ("same", "days", "so_far") else None


def _year_so_far(scan: Scan, found: Found) -> tuple[int, Found] | None:
    """Of "từ đầu năm", which may go on "đến hết tháng 9"."""
    ended = scan.text[found.start : found.end].endswith("nay")
    return (found.start, found) if found.form == "so_far" and not ended else None


def _until_now(text: str, start: int, end: int, first: Period, published: date | None) -> Period:
    known = first.first is not None and published is not None and first.first <= published
    grain = "day" if first.grain == "day" else "months" if first.grain in PART_GRAINS else "years"
    return _period(text, start, end, (first.first, published, grain) if known else (None, None, grain))


def find_periods(text: str, published: date | None = None) -> list[Period]:
    """The stretches of time a text names, as they stand in it.

    Args:
        text: NFC text, with or without diacritics, in any case.
        published: the day the text was published; without it relative and year-less forms have no days.

    Returns:
        Periods in the order of the text, disjoint; ``text[p.start:p.end] == p.text``.

    >>> found = find_periods("9 tháng đầu năm so với năm 2019", date(2021, 10, 5))
    >>> [(p.text, str(p.first), str(p.last)) for p in found]
    [('9 tháng đầu năm', '2021-01-01', '2021-09-30'), ('năm 2019', '2019-01-01', '2019-12-31')]
    """
    scan = Scan(*scan_form(text))
    periods: list[Period] = []
    told: list[Period] = []
    opened: tuple[int, Found] | None = None
    for found in find_forms(scan):
        period = _one(text, found, told, published)
        if opened and CONNECTOR.pick(scan.marked).fullmatch(scan.text, opened[1].end, found.start):
            periods[-1], opened = _join(text, *opened, period, published), None
            continue
        start = _from_start(scan, found)
        now = TO_NOW.pick(scan.marked).match(scan.text, found.end) if start is not None else None
        if start is not None and now:
            period = _until_now(text, start, now.end(), period, published)
        opened = (start, found) if start is not None and not now else _year_so_far(scan, found)
        periods.append(period)
        if not _is_compared(scan, found):
            told.append(period)
    return periods


def period_spans(scan: str, marked: bool) -> list[Span]:
    """Where the periods of a scan stand, without resolving them.

    Args:
        scan: as ``index.numbers.scan_form`` gives it.
        marked: whether it has diacritics.

    >>> period_spans("thu ngân sách 9 tháng đầu năm 2021 đạt 5 tỷ", True)
    [(14, 34)]
    """
    return [(found.start, found.end) for found in find_forms(Scan(scan, marked))]
