"""Figures that a sentence tells in parts, each of a name: "99 nhà hư hỏng (Điện Biên 82, Lào Cai 3)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.places import LEVELS
from index.quantities import find_quantities
from index.types import Quantity, Span
from index.vietnamese import UPPER, fold

_NAME = rf"[{UPPER}][\w’'-]*(?: [{UPPER}][\w’'-]*){{0,3}}"
_NUMBER = r"\d+(?:[.,]\d+)*(?!\w)"
_ITEM = rf"(?:(?:{'|'.join(LEVELS)}|tp\.?) )?{_NAME}:? (?:(?:có|với|hơn|gần|trên|khoảng) )*{_NUMBER}(?: (?!và )[a-zà-ỹđ]+){{0,2}}"
_ITEMS = re.compile(rf"(?:\(|trong đó:? ){_ITEM}(?:(?:,|;| và) ?{_ITEM})+")
_EACH = re.compile(rf"(?P<name>{_NAME}):? (?:(?:có|với|hơn|gần|trên|khoảng) )*(?P<number>{_NUMBER})")
_PART = re.compile(r"[,;()]| và (?=\d)")


class Share(NamedTuple):
    """A part of a figure.

    Attributes:
        name: whose part it is.
        start: first character of its number, offset into the sentence.
        end: one past the last.
        whole: the figure that is told in parts; None when no figure stands before them.
        room: where the parts of the figure stand.
    """

    name: str
    start: int
    end: int
    whole: Quantity | None
    room: Span


def shares(sentence: str) -> Iterator[Share]:
    """The parts of figures that a sentence tells by name, in reading order.

    >>> [(one.name, one.whole.text) for one in shares("Có 99 nhà hỏng (Điện Biên 82, Lào Cai 17 nhà).")]
    [('Điện Biên', '99 nhà'), ('Lào Cai', '99 nhà')]
    """
    for items in _ITEMS.finditer(sentence):
        before = [one for one in find_quantities(sentence[: items.start()]) if one.unit]
        for each in _EACH.finditer(sentence, *items.span()):
            whole = before[-1] if before else None
            yield Share(each["name"], *each.span("number"), whole, items.span())


def part_around(sentence: str, at: int) -> str:
    """What stands between two commas, semicolons or brackets around a place in a sentence.

    >>> part_around("Gần 530 nhà ở Hà Giang, 18 nhà ở Lào Cai còn ngập.", 24)
    ' 18 nhà ở Lào Cai còn ngập.'
    """
    marks = [one.span() for one in _PART.finditer(sentence)]
    start = max((end for _, end in marks if end <= at), default=0)
    end = min((begin for begin, _ in marks if begin >= at), default=len(sentence))
    return sentence[start:end]


def says_name(question: str, name: str) -> bool:
    """Whether a question says a name; a name of one syllable only as it is written.

    >>> [says_name("nhà hỏng ở dien bien", name) for name in ("Điện Biên", "Lào Cai")]
    [True, False]
    """
    said, asked = (fold(name), fold(question)) if " " in name else (name, question)
    return re.search(rf"(?<!\w){re.escape(said)}(?!\w)", asked) is not None
