"""What a person limits a search to: the filter fields of the chat, read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from index.errors import InputError


@dataclass(frozen=True, slots=True)
class Limits:
    """Which articles a question is put to; None where nothing was asked for.

    Attributes:
        source: a part of the source's name.
        since: the first day of publication.
        until: the last day of publication.
    """

    source: str | None = None
    since: date | None = None
    until: date | None = None


def read_limits(source: str | None, since: str | None, until: str | None) -> Limits:
    """Read what was typed into the filter fields.

    Raises:
        InputError: a day cannot be read, or the first comes after the last.

    Examples:
        >>> read_limits(" Báo ", "2021", None)
        Limits(source='Báo', since=datetime.date(2021, 1, 1), until=None)
    """
    first, last = parse_day(since, "Đăng từ"), parse_day(until, "Đăng đến", last=True)
    if first and last and first > last:
        raise InputError("“Đăng từ” đang sau “Đăng đến”. Xin sửa lại hai ô này.")
    return Limits((source or "").strip() or None, first, last)


def parse_day(text: str | None, label: str, *, last: bool = False) -> date | None:
    """Read a year or a day a person typed, ``2021``, ``2021-09-30`` or ``30/9/2021``; None when nothing was typed.

    Args:
        text: what was typed.
        label: the name of the field, for the message.
        last: a year means its last day, not its first.

    Raises:
        InputError: it is no year and no day of the calendar.

    Examples:
        >>> parse_day("30/9/2021", "Đăng từ") == parse_day("2021-09-30", "Đăng từ") == date(2021, 9, 30)
        True
        >>> parse_day("2021", "Đăng đến", last=True)
        datetime.date(2021, 12, 31)
    """
    typed = (text or "").strip()
    if not typed:
        return None
    if re.fullmatch(r"[12]\d{3}", typed):
        return date(int(typed), 12, 31) if last else date(int(typed), 1, 1)
    parts = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", typed)
    if parts:
        iso, vietnamese = parts.group(1, 2, 3), parts.group(6, 5, 4)
        year, month, day = (int(part) for part in (iso if iso[0] else vietnamese))
        try:
            return date(year, month, day)
        except ValueError:
            pass
    raise InputError(f"{label}: “{typed}” không phải là năm hay ngày. Xin viết như 2021 hoặc 30/9/2021.")
