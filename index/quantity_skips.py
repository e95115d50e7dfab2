"""Numbers that are no quantities: telephones and clock times, passed over as a whole."""

from __future__ import annotations

import re

from index.numbers import GAP, MAYBE, Grammar
from index.quantity_words import Page

_RUN = re.compile(r"[\d.,/:-]*\d")
_PHONE = re.compile(r"\(?0\d{1,4}\)?(?:[ .\-]{0,2}\d{2,7}){1,4}(?!\d)")
_AT = Grammar.of(rf"(?:lúc|vào){GAP}$")
_HOUR = Grammar.of(rf"\d{{1,2}}{GAP}giờ(?!\w)")
_CLOCK = Grammar.of(
    rf"\d{{1,2}}(?::\d\d|{MAYBE}[hg](?!\w)|[hg]\d\d?"
    rf"|{GAP}giờ{GAP}(?:\d|(?:sáng|trưa|chiều|tối|đêm|kém)(?!\w)))"
)


def skipped(page: Page, start: int) -> int | None:
    """The end of a telephone number or a clock time that starts here; None otherwise."""
    phone = _PHONE.match(page.scan, start)
    if phone and sum(char.isdigit() for char in phone[0]) >= 8:
        return phone.end()
    clock = _CLOCK.pick(page.marked).match(page.scan, start)
    if clock:
        return clock.end()
    if page.scan[start - 1 : start] == ":" and page.scan[start - 2 : start - 1].isdigit():
        return run_end(page, start)
    hour = _HOUR.pick(page.marked).match(page.scan, start)
    at = _AT.pick(page.marked).search(page.scan, max(0, start - 6), start)
    return hour.end() if hour and at else None


def run_end(page: Page, start: int) -> int:
    """The end of the digits and marks that a number which is none runs over."""
    run = _RUN.match(page.scan, start)
    return run.end() if run else start + 1
