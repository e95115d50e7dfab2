"""Stretches of time counted from publication: "trong 5 năm qua", "2 tháng tới", "tuần qua".

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
_WEEK = re.compile(r"(?<!\w)(?P<end>cuối )?tuần (?P<way>này|qua|trước|vừa qua|vừa rồi|rồi|tới|sau)(?!\w)")
_SCHOOL = re.compile(r"(?<!\w)năm học (?P<way>này|nay|mới|tới|sau|trước|vừa qua|vừa rồi|qua|ngoái)(?!\w)")
_AGO = re.compile(
    rf"(?<![\w.,/])(?:cách (?:đây|nay)(?: (?:hơn|gần|khoảng|đúng|chừng|tròn))? (?P<a>{_NUMBER}) (?P<au>ngày|tháng|năm)(?!\w)"
    rf"|(?P<b>{_NUMBER}) (?P<bu>ngày|tháng|năm) trước(?!\w)(?! (?:đó|đây|khi|ngày|mắt|hết|thời|kỳ|năm|mùa)))"
)
_WAYS = (
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
    >>> [(str(p.first), str(p.last)) for p in find_stretches(*["tuần qua"] * 2, date(2006, 3, 24))]
    [('2006-03-13', '2006-03-19')]
    """
    if published is None or not any(word in scan for word in _WAYS):
        return []
    found = [(match, _counted(match, published)) for match in _COUNTED.finditer(scan)]
    found += [(match, (*_week(match, published), "day")) for match in _WEEK.finditer(scan)]
    found += [(match, _ago(match, published)) for match in _AGO.finditer(scan)]
    found += [(match, (*_school_year(match["way"], published), "years")) for match in _SCHOOL.finditer(scan)]
    return [
        Period(*match.span(), text[slice(*match.span())], first, last, grain)
        for match, (first, last, grain) in found
    ]


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
