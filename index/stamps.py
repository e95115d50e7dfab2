"""Publication dates: lines that are nothing but a date, and dates in file names.

A date inside a sentence is news, not a date of publication, so only whole lines count here.
"""

from __future__ import annotations

import re
from datetime import date

_DAY = r"(?P<{0}d>\d{{1,2}})[./-](?P<{0}m>\d{{1,2}})[./-](?P<{0}y>\d{{4}})"
_WORDS = r"(?:ngày\s+)?(?P<wd>\d{1,2})\s+tháng\s+(?P<wm>\d{1,2}),?\s+(?:năm\s+)?(?P<wy>\d{4})"
_ISO = r"(?P<iy>\d{4})-(?P<im>\d{1,2})-(?P<id>\d{1,2})"
_DATE = rf"(?:{_DAY.format('n')}|{_WORDS}|{_ISO})"
_CLOCK = r"(?P<{0}>\d{{1,2}}\s*(?::|h|g|giờ)\s*\d{{2}}(?::\d{{2}}(?:\.\d+)?)?\s*(?:phút)?\s*(?:am|pm|sa|ch)?)"
_ZONE = r"(?:\s*\(?(?:gmt|utc)\s*[+-]?\s*\d{0,2}(?::?\d{2})?\)?|\s*z|\s*[+-]\d{2}:?\d{2})?"
_LABEL = (
    r"(?:(?:cập nhật|ngày đăng|đăng ngày|đăng lúc|ngày xuất bản|xuất bản|ngày cập nhật|ngày|lần cuối"
    r"|thời gian|posted|published|updated)(?:\s+(?:lần cuối|lúc|ngày|on))?\s*:?\s*)*+"
)
_WEEKDAY = r"(?:(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật|t[2-7]|cn)\b\s*[,.\-–|]*\s*(?:ngày\s+)?)?"
_GAP = r"\s*(?:[,;|\-–—•·T]|lúc|vào lúc|ngày)*\s*"
_PLACE = r"(?:[^\d,.:;|]{2,30},\s*(?=ngày\s+\d))?"
_VIEWS = r"(?:\s*[|,\-–•·]*\s*(?:số\s+)?lượt\s+(?:xem|đọc)\s*:?\s*[\d.,]+)?"
_STAMP = re.compile(
    rf"[(\[]?{_LABEL}{_PLACE}{_WEEKDAY}(?:{_CLOCK.format('before')}{_ZONE}{_GAP}{_WEEKDAY})?{_DATE}"
    rf"(?:{_GAP}{_CLOCK.format('after')}{_ZONE})?[)\].]?{_VIEWS}",
    re.IGNORECASE,
)
_HEAD, _TOP, _FOOT = 10, 4, 3  # lines where a page prints its date: with a time, without one, at the end

_LONGEST = 120  # characters of a stamp line

_NAME_DATES = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-_.]?)(?P<m>\d\d)(?P=s)(?P<d>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d\d)(?P<s>[-_.])(?P<m>\d\d)(?P=s)(?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"_(?P<y>\d\d)(?P<m>\d\d)(?P<d>\d\d)_(?:[01]\d|2[0-4])[0-5]\d(?!\d)"),
)


def stamp_date(line: str) -> date | None:
    """The date of a line that is nothing but a date, perhaps with weekday, time and "Cập nhật:".

    Args:
        line: one line of NFC text.

    Returns:
        The date (day before month), or None for any other line and for impossible dates.

    >>> stamp_date("Thứ sáu, 02/07/2021 | 07:49")
    datetime.date(2021, 7, 2)
    >>> stamp_date("Sau 3 ngày, ngày 24/6/2020, đại hội bế mạc") is None
    True
    """
    match = _STAMP.fullmatch(line.strip()) if len(line) <= _LONGEST else None
    if match is None:
        return None
    found = match.groupdict()
    kind = next(kind for kind in "nwi" if found[f"{kind}y"])
    return _date(found[f"{kind}y"], found[f"{kind}m"], found[f"{kind}d"])


def has_clock(line: str) -> bool:
    """Whether a stamp line also tells the time of day.

    >>> has_clock("02-07-2021 07:49"), has_clock("02-07-2021")
    (True, False)
    """
    match = _STAMP.fullmatch(line.strip()) if len(line) <= _LONGEST else None
    return match is not None and bool(match["before"] or match["after"])


def timed_stamp(lines: list[str]) -> date | None:
    """The publication date that a page prints with its time of day.

    Args:
        lines: the lines of the text, without empty ones.

    Returns:
        The first such stamp among the first ten or the last three lines; None without any.

    >>> timed_stamp(["Tiêu đề", "02-07-2021 07:49", "Ngày 24/6/2021, hội nghị diễn ra."])
    datetime.date(2021, 7, 2)
    """
    near = lines[:_HEAD] + lines[_HEAD:][-_FOOT:]
    return next((found for line in near if has_clock(line) and (found := stamp_date(line))), None)


def bare_stamp(lines: list[str]) -> date | None:
    """A date alone among the first four lines: weaker, since a chronicle begins so too.

    >>> bare_stamp(["Quyết định", "Hà Nội, ngày 2 tháng 7 năm 2021", "Căn cứ Luật ..."])
    datetime.date(2021, 7, 2)
    """
    return next((found for line in lines[:_TOP] if (found := stamp_date(line))), None)


def date_in_name(name: str) -> date | None:
    """The date in a file name: 2021-07-02, 20210702, 02-07-2021 or the archives' _YYMMDD_HHMM.

    >>> date_in_name("ABC_060408_0839.txt"), date_in_name("so-lieu-2020.txt")
    (datetime.date(2006, 4, 8), None)
    """
    for pattern in _NAME_DATES:
        for match in pattern.finditer(name):
            year = match["y"] if len(match["y"]) == 4 else _century(match["y"])
            found = _date(year, match["m"], match["d"])
            if found is not None:
                return found
    return None


def _century(year: str) -> str:
    """Two digits to four: such names are in use since the web's first years."""
    return f"19{year}" if int(year) >= 90 else f"20{year}"


_YEARS = (1800, 2200)
"""Years in which an article can have been published; systems print 0001 or 9999 where they know no day."""


def _date(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if _YEARS[0] <= found.year <= _YEARS[1] else None
