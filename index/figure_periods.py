"""What the periods of a sentence are to its numbers: right behind, in parentheses, left with an earlier number, lasting."""

from __future__ import annotations

import re

from index.figure_sentence import Sentence
from index.types import Period, Quantity

FROM_TO = re.compile(r"đến|tới|[-–](?!(?:19|20)\d\d)")
RIGHT_BEHIND = 2
_SAID_BEFORE = re.compile(
    r"(?:năm|tháng|tuần|giai đoạn|nhiệm kỳ|kỳ|quý)(?: qua| này| nay| trước| tới| vừa qua)? ?\((?:từ )?$"
)
_ON_TO = re.compile(r"[ ,)]*(?:lên|xuống|còn)(?: [^\W\d_]+){0,3} ")
_YEARLY = re.compile(
    r"(?<!\w)(?:mỗi|hàng|hằng) năm[^,;]*$|bình quân năm[^,;]*$|(?:^|trong )(?:cả )?(?:\d+ năm|nhiệm kỳ)(?: qua)?,[^;]*$"
)
_YEARLY_AFTER = re.compile(r" (?:mỗi|một|hàng|hằng) năm")
"""A growth "mỗi năm" and what was done "trong nhiệm kỳ" are said of the whole stretch named before."""


def is_yearly(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is told "mỗi năm" or of the whole of a stretch."""
    before, after = sentence.scan[: quantity.start], sentence.scan[quantity.end : quantity.end + 20]
    return quantity.unit.endswith("%/năm") or bool(_YEARLY.search(before) or _YEARLY_AFTER.match(after))


def lasts(period: Period) -> bool:
    """Whether it is more than some day: the day of an event says little of what is told after it."""
    return period.grain != "day" or (period.first != period.last and FROM_TO.search(period.text) is not None)


def is_left(sentence: Sentence, period: Period, quantity: Quantity) -> bool:
    """Whether a period belongs to the number that a change began with: "tăng từ 16% năm 2002 lên 40%"."""
    if not _ON_TO.fullmatch(sentence.scan, period.end, quantity.start):
        return False
    return any(0 <= period.start - one.end <= RIGHT_BEHIND for one in sentence.quantities)


def is_so_far(period: Period) -> bool:
    """Whether it is "từ đầu năm", which says since when rather than which time."""
    return period.text.lower().startswith(("từ đầu", "đầu năm", "cuối năm"))


def in_parentheses(sentence: Sentence, period: Period) -> bool:
    """Whether a period stands in parentheses, not to say which time is meant: "5 năm (2001-2005)"."""
    return not _SAID_BEFORE.search(sentence.text[: period.start]) and opened(sentence.text, period.start)


def opened(text: str, at: int) -> bool:
    """Whether a place of a text stands in parentheses."""
    return text.count("(", 0, at) > text.count(")", 0, at)


def moved(period: Period, by: int) -> Period:
    """A period of a sentence with its place in the article."""
    return Period(period.start + by, period.end + by, period.text, period.first, period.last, period.grain)


def nowhere(period: Period) -> Period:
    """A period of a title that its article does not repeat."""
    return Period(0, 0, period.text, period.first, period.last, period.grain)
