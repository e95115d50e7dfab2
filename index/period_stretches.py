"""Stretches of time counted from publication: "trong 5 năm qua", "2 tháng tới", "tuần qua", "mùa thu năm ngoái", "hôm thứ ba".

Kept apart from ``index.periods``: there "5 năm" is a length that can be asked for and answered with; here it says when.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from index.period_forms import count_of
from index.types import Period

_NUMBER = r"(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_COUNTED = re.compile(
    rf"(?<![\w.,/])(?P<n>{_NUMBER}) (?P<unit>ngày|tuần|tháng|năm)"
    r" (?P<way>vừa qua|qua|gần đây|nay|trở lại đây|tới|sắp tới|nữa)(?!\w)"
)
_WEEK = re.compile(
    r"(?<!\w)(?<!\d )(?P<end>cuối )?tuần (?P<way>này|qua|trước|vừa qua|vừa rồi|rồi|tới|sau)(?!\w)"
)
_SCHOOL = re.compile(r"(?<!\w)năm học (?P<way>này|nay|mới|tới|sau|trước|vừa qua|vừa rồi|qua|ngoái)(?!\w)")
_AGO = re.compile(
    rf"(?<![\w.,/])(?:cách (?:đây|nay)(?: (?:hơn|gần|khoảng|đúng|chừng|tròn))? (?P<a>{_NUMBER}) (?P<au>ngày|tháng|năm)(?!\w)"
    rf"|(?P<b>{_NUMBER}) (?P<bu>ngày|tháng|năm) trước(?!\w)(?! (?:đó|đây|khi|ngày|mắt|hết|thời|kỳ|năm|mùa)))"
)
_SEASON = re.compile(
    r"(?<!\w)(?:mùa (?P<name>xuân|hè|hạ|thu|đông)|(?<!mùa )(?P<bare>hè))(?: năm)? "
    r"(?P<way>(?:19|20)\d\d(?![\d/]|[-–]\d)|nay|này|ngoái|trước|tới|sau|vừa qua|vừa rồi|qua)(?!\w)"
)
_FIRST_MONTHS = {"xuân": 3, "hè": 6, "hạ": 6, "thu": 9, "đông": 12}
"""Seasons of three whole months, as weather services count them: spring begins in March."""
_RANGE = re.compile(
    r"(?<![\w.,/-])(?:từ )?(?:ngày )?(?P<d>\d{1,2})(?P<sep>[-/])(?P<m>\d{1,2}) ?(?:đến|tới)(?: hết)?(?: ngày)?"
    r" (?P<d2>\d{1,2})(?P=sep)(?P<m2>\d{1,2})(?:[-/](?P<y>(?:19|20)\d\d))?(?![\w/]|[-–]\d)"
)
"""Two days without "ngày" before the first: "Từ 15-6 đến 31-7"."""
_MONTHS = re.compile(
    r"(?<!\w)(?:từ )?tháng (?P<m>\d{1,2}) ?(?:đến|tới|[-–]) ?(?:hết )?(?P<m2>\d{1,2})[-/](?P<y>(?:19|20)\d\d)(?![\w/]|[-–]\d)"
)
"""The months of one year, told once: "từ tháng 5 đến 11-2005"."""
_DAY_OF = re.compile(
    r"(?<![\w.,/-])(?:ngày )?(?P<d>\d{1,2})[-/](?P<m>\d{1,2}) năm (?P<way>nay|ngoái|trước|sau|tới)(?!\w)"
)
_WEEKDAY = re.compile(
    r"(?<!\w)(?P<intro>hôm |ngày |sáng |trưa |chiều |tối |đêm )?(?P<day>thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
    r"(?: (?P<way>tuần (?:này|qua|trước|rồi|tới|sau)|vừa qua|vừa rồi|trước|này|tới))?(?!\w)"
)
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "nhật": 6} | {
    str(day): day - 2 for day in range(2, 8)
}
_WAYS = (
    "mùa ",
    "tháng ",
    " ngoái",
    "hè ",
    "thứ ",
    "chủ nhật",
    " đến ",
    " tới ",
    " trước",
    "cách đây",
    "cách nay",
    "năm học ",
    "năm qua",
    "tháng qua",
    "ngày qua",
    "tuần",
    " vừa qua",
    "gần đây",
    "năm nay",
    "tháng nay",
    "ngày nay",
    "trở lại đây",
    " tới",
    " nữa",
)
"""A text without any of these has none; looking for them first is five times as fast."""
_AHEAD = ("tới", "sắp tới", "nữa")
_WEEKS = {"này": 0, "tới": 1, "sau": 1}
_GRAINS = {"ngày": "day", "tuần": "day", "tháng": "months", "năm": "years"}


def find_stretches(scan: str, text: str, published: date | None) -> list[Period]:
    """The stretches of a text that are counted from the day of publication; none without that day.

    Args:
        scan: the text in lower case, with diacritics, same length.
        text: the text as written.
        published: the day of publication.

    >>> [(p.text, str(p.first), str(p.last)) for p in find_stretches(*["trong 5 năm qua"] * 2, date(2006, 3, 24))]
    [('5 năm qua', '2001-03-24', '2006-03-24')]
    >>> [(str(p.first), str(p.last)) for p in find_stretches(*["9 tháng qua"] * 2, date(2021, 10, 15))]
    [('2021-01-01', '2021-09-30')]
    >>> [(str(p.first), str(p.last)) for p in find_stretches(*["4 năm trước, ông"] * 2, date(2006, 3, 24))]
    [('2002-01-01', '2002-12-31')]
    >>> [(str(p.first), str(p.last)) for p in find_stretches(*["mùa thu năm ngoái"] * 2, date(2006, 3, 24))]
    [('2005-09-01', '2005-11-30')]
    >>> [str(p.first) for p in find_stretches(*["hôm thứ ba, 3 người"] * 2, date(2006, 3, 24))]  # a Friday
    ['2006-03-21']
    >>> [(str(p.first), str(p.last)) for p in find_stretches(*["tuần qua"] * 2, date(2006, 3, 24))]
    [('2006-03-13', '2006-03-19')]
    """
    if published is None or not any(word in scan for word in _WAYS):
        return []
    found = [(match, _counted(match, published)) for match in _COUNTED.finditer(scan)]
    found += [(match, (*_week(match, published), "day")) for match in _WEEK.finditer(scan)]
    found += [(match, _ago(match, published)) for match in _AGO.finditer(scan)]
    found += [(match, (*_school_year(match["way"], published), "years")) for match in _SCHOOL.finditer(scan)]
    found += [(match, (*_season(match, published), "months")) for match in _SEASON.finditer(scan)]
    found += [(match, (*days, "day")) for match in _RANGE.finditer(scan) if (days := _days(match, published))]
    found += [(match, (*days, "months")) for match in _MONTHS.finditer(scan) if (days := _months(match))]
    found += [
        (match, (day, day, "day")) for match in _DAY_OF.finditer(scan) if (day := _day_of(match, published))
    ]
    found += [
        (match, (day, day, "day")) for match in _WEEKDAY.finditer(scan) if (day := _weekday(match, published))
    ]
    whole = [one for one in found if not any(_is_part(one[0], other) for other, _ in found)]
    return [
        Period(*match.span(), text[slice(*match.span())], first, last, grain)
        for match, (first, last, grain) in whole
    ]


def _is_part(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether a stretch is told more closely by another: "tuần trước" of "thứ sáu tuần trước"."""
    return one is not other and other.start() <= one.start() and one.end() <= other.end()


def _counted(match: re.Match[str], published: date) -> tuple[date, date, str]:
    count = count_of(match["n"])
    if match["unit"] == "tháng" and count in (
        published.month - 1,
        published.month,
    ):  # "9 tháng qua" of a report
        return (
            date(published.year, 1, 1),
            date(published.year, count, monthrange(published.year, count)[1]),
            "months",
        )
    ahead = 1 if match["way"] in _AHEAD else -1
    other = moved(published, ahead * count, match["unit"])
    return *((published, other) if ahead > 0 else (other, published)), _GRAINS[match["unit"]]


def _ago(match: re.Match[str], published: date) -> tuple[date, date, str]:
    """The year, month or day that lies so far back."""
    unit = match["au"] or match["bu"]
    day = moved(published, -count_of(match["a"] or match["b"]), unit)
    if unit == "năm":
        return date(day.year, 1, 1), date(day.year, 12, 31), "year"
    if unit == "tháng":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]), "month"
    return day, day, "day"


def _week(match: re.Match[str], published: date) -> tuple[date, date]:
    monday = published - timedelta(days=published.weekday() - 7 * _WEEKS.get(match["way"], -1))
    return monday + timedelta(days=5 if match["end"] else 0), monday + timedelta(days=6)


def _season(match: re.Match[str], published: date) -> tuple[date, date]:
    """Three months; of "mùa hè tới" and "mùa hè vừa qua" the nearest that begins after, or ends before, publication."""
    way, month = match["way"], _FIRST_MONTHS[match["name"] or match["bare"]]
    if way.isdigit():
        return _three_months(int(way), month)
    by_year = " năm " in match[0]
    if by_year or way in ("nay", "này", "ngoái"):
        shift = -1 if way in ("ngoái", "trước", "qua", "vừa qua") else 1 if way in ("sau", "tới") else 0
        return _three_months(published.year + shift, month)
    seasons = [_three_months(published.year + shift, month) for shift in (-2, -1, 0, 1)]
    if way in ("tới", "sau"):
        return next(one for one in seasons if one[0] > published)
    return next(one for one in reversed(seasons) if one[1] < published)


def _three_months(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, moved(first, 3, "tháng") - timedelta(days=1)


def _days(match: re.Match[str], published: date) -> tuple[date, date] | None:
    """The first and the last day of a range; None for numbers that are no days."""
    year = int(match["y"] or published.year)
    first_year = year - (bool(match["y"]) and int(match["m"]) > int(match["m2"]))
    first, last = _day(first_year, match["m"], match["d"]), _day(year, match["m2"], match["d2"])
    if first and last and last < first:
        last = _day(year + 1, match["m2"], match["d2"])
    return (first, last) if first and last else None


def _day(year: int, month: str, day: str) -> date | None:
    if not 1 <= int(month) <= 12 or not 1 <= int(day) <= monthrange(year, int(month))[1]:
        return None
    return date(year, int(month), int(day))


def _months(match: re.Match[str]) -> tuple[date, date] | None:
    first, last = _day(int(match["y"]), match["m"], "1"), _day(int(match["y"]), match["m2"], "1")
    return (first, moved(last, 1, "tháng") - timedelta(days=1)) if first and last and first < last else None


def _day_of(match: re.Match[str], published: date) -> date | None:
    shift = {"nay": 0, "sau": 1, "tới": 1}.get(match["way"], -1)
    return _day(published.year + shift, match["m"], match["d"])


def _weekday(match: re.Match[str], published: date) -> date | None:
    """The day of the week that is told of: of that week, else the last before publication; None for "thứ ba" alone."""
    way, day = match["way"] or "", _WEEKDAYS[match["day"].split()[-1]]
    monday = published - timedelta(days=published.weekday())
    if way.startswith("tuần"):
        week = {"này": 0, "tới": 1, "sau": 1}.get(way.split()[1], -1)
        return monday + timedelta(days=day + 7 * week)
    if way == "tới" and match["day"] == "chủ nhật":
        return published + timedelta(days=(day - published.weekday() - 1) % 7 + 1)
    told = (bool(match["intro"]) and match["intro"] != "ngày ") or match["day"] == "chủ nhật"
    if not (told or way == "vừa qua") or (not way and not match["intro"]):
        return None  # "lần thứ ba này"
    if way == "này":
        return monday + timedelta(days=day)
    return published - timedelta(days=(published.weekday() - day - 1) % 7 + 1)


def _school_year(way: str, published: date) -> tuple[date, date]:
    """From September to August; a new one is told of from spring on."""
    running = published.year - (published.month < 9)
    fresh = way == "mới" and published.month < 9
    first = running + (1 if fresh or way in ("tới", "sau") else -1 if way in ("trước", "ngoái") else 0)
    return date(first, 9, 1), date(first + 1, 8, 31)


def moved(day: date, count: int, unit: str) -> date:
    """A day so many days, weeks, months or years on; the last of the month where it has no such day.

    >>> moved(date(2004, 2, 29), 1, "năm"), moved(date(2006, 1, 31), -2, "tháng")
    (datetime.date(2005, 2, 28), datetime.date(2005, 11, 30))
    """
    if unit in ("ngày", "tuần"):
        return day + timedelta(days=count * (7 if unit == "tuần" else 1))
    year, month = divmod(day.year * 12 + day.month - 1 + count * (12 if unit == "năm" else 1), 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
