"""Page text to article text: counters, menus and pagers out, owner and address lines marked, the rest kept.

Two kinds of lines leave: those that are page machinery wherever they stand ("Lượt xem: 357", "Đăng nhập"),
and those that are only below the last line of prose ("Thông báo" may head an article, so there it stays).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.lines import has_bullet, is_counter, is_counter_row, is_furniture, is_menu, is_pager, unglued
from index.stamps import has_clock, stamp_date
from index.types import Span

CLEANER_VERSION = 2
"""Raised whenever the same file gives another text than before."""

_PROSE = 60  # characters; shorter lines count as prose only when they end like a sentence
_LONG = 300  # characters; longer lines are prose whatever they begin with
_SENTENCE = re.compile(r".*[.!?…]['”\"’)]*")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of a text.

    Attributes:
        text: the kept lines, single spaces, no empty lines, separated by one line feed.
        furniture: spans of ``text`` that are stamps, owner, address, telephone or licence lines;
            ascending, disjoint, each one line.
        removed: the lines that were taken out, in their order.
    """

    text: str
    furniture: tuple[Span, ...]
    removed: tuple[str, ...]


def clean(text: str) -> Cleaned:
    r"""Take page machinery out of a text and mark page furniture.

    Args:
        text: NFC text of one article, as it was read from its file.

    Returns:
        The kept text, the furniture in it, and what was removed. Figures and words are never altered;
        only white space is. Cleaning a cleaned text again changes nothing.

    >>> cleaned = clean("Lượt xem: 357\n\nThu  ngân sách đạt 317 tỷ, bằng 75% kế hoạch.\nĐịa chỉ: 1 Lê Lợi")
    >>> cleaned.text
    'Thu ngân sách đạt 317 tỷ, bằng 75% kế hoạch.\nĐịa chỉ: 1 Lê Lợi'
    >>> cleaned.furniture, cleaned.removed
    (((45, 62),), ('Lượt xem: 357',))
    """
    lines = _lines(text)
    first, after = prose_range(lines)
    gone = _machinery(lines, after)
    kept = [number for number in range(len(lines)) if number not in gone]
    marked = {
        number
        for place, number in enumerate(kept)
        if _is_marked(lines[number], inside=first < number < after, at_top=place <= 1)
    }
    spans: list[Span] = []
    start = 0
    for number in kept:
        end = start + len(lines[number])
        if number in marked:
            spans.append((start, end))
        start = end + 1
    text = "\n".join(lines[number] for number in kept)
    return Cleaned(text, tuple(spans), tuple(lines[number] for number in sorted(gone)))


def _lines(text: str) -> list[str]:
    """The lines with single spaces, without empty ones; headers glued to a word stand alone."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [part for line in lines if line for part in unglued(line)]


def prose_range(lines: list[str]) -> tuple[int, int]:
    """The first line of prose and the line after the last one; the first line alone when there is none.

    >>> prose_range(["Tiêu đề", "Thu ngân sách năm nay tăng khá.", "Lê Vũ"])
    (1, 2)
    """
    prose = [number for number, line in enumerate(lines) if _is_prose(line)]
    return (prose[0], prose[-1] + 1) if prose else (0, 1)


def _is_prose(line: str) -> bool:
    """Whether a line belongs to the body: long, or a short sentence."""
    if len(line) > _LONG:
        return True
    if len(line) < _PROSE and not (_SENTENCE.fullmatch(line) and len(_WORD.findall(line)) > 4):
        return False
    return not (has_bullet(line) or is_furniture(line) or is_counter(line) or stamp_date(line))


def _is_marked(line: str, *, inside: bool, at_top: bool) -> bool:
    """Whether a kept line is furniture; inside the body only stamps with a time are, or at its top."""
    if len(line) > _LONG:
        return False
    if stamp_date(line):
        return at_top or not inside or has_clock(line)
    return not inside and is_furniture(line)


def _machinery(lines: list[str], after: int) -> set[int]:
    """The numbers of the lines to take out; ``after`` is the first line below the prose."""
    counters = _counters(lines, after)
    menus: set[int] = set()
    for number, line in enumerate(lines):
        listed = number - 1 in menus
        if (
            is_menu(line, after_article=number >= after)
            or (listed and has_bullet(line))
            or is_pager(line, after_menu=listed or number - 1 in counters)
        ):
            menus.add(number)
    return counters | menus


def _counters(lines: list[str], after: int) -> set[int]:
    """The counters, with the rows around them that are counters only in such company."""
    counters = {number for number, line in enumerate(lines) if is_counter(line)}
    rows = {number for number, line in enumerate(lines) if is_counter_row(line)}
    counters |= {number for number in rows if number >= after}
    for number in sorted(rows):
        if number - 1 in counters:
            counters.add(number)
    for number in sorted(rows, reverse=True):
        if number + 1 in counters:
            counters.add(number)
    return counters
