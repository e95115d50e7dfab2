"""Figures that a sentence tells in parts, each of a name: "60 xe mới (Bạc Liêu 41, Bến Tre 6)"."""

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

    >>> [(one.name, one.whole.text) for one in shares("Mua 60 xe mới (Bạc Liêu 41, Bến Tre 19 xe).")]
    [('Bạc Liêu', '60 xe'), ('Bến Tre', '60 xe')]
    """
    for items in _ITEMS.finditer(sentence):
        before = [one for one in find_quantities(sentence[: items.start()]) if one.unit]
        for each in _EACH.finditer(sentence, *items.span()):
            whole = before[-1] if before else None
            yield Share(each["name"], *each.span("number"), whole, items.span())


_TOGETHER = re.compile(rf"{_NAME}(?:, {_NAME})+,? và {_NAME}")
_OF_EACH = re.compile(r"\b(?:mỗi|từng|đều|lần lượt|tương ứng|cùng)\b", re.IGNORECASE)
_NO_SUM = frozenset({"", "%", "lần"})


def of_all_together(question: str, sentence: str, quantity: Quantity) -> bool:
    """Whether a figure is of three names or more together of which the question says one.

    >>> sentence = "Bạc Liêu, Bến Tre và Hậu Giang mở 5 chợ."
    >>> five = find_quantities(sentence)[0]
    >>> [of_all_together(f"{where} mở mấy chợ?", sentence, five) for where in ("Bến Tre", "Bến Tre và Hậu Giang", "Hà Nội")]
    [True, False, False]
    """
    if quantity.unit in _NO_SUM or "/" in quantity.unit or _OF_EACH.search(sentence):
        return False
    listed = (found.group() for found in _TOGETHER.finditer(sentence, 0, quantity.start))
    told = [[says_name(question, name) for name in re.findall(_NAME, names)] for names in listed]
    return any(sum(said) == 1 for said in told)


def part_around(sentence: str, at: int) -> str:
    """What stands between two commas, semicolons or brackets around a place in a sentence.

    >>> part_around("Đã giao 25 xe ở Bạc Liêu, 7 xe ở Bến Tre.", 26)
    ' 7 xe ở Bến Tre.'
    """
    marks = [one.span() for one in _PART.finditer(sentence)]
    start = max((end for _, end in marks if end <= at), default=0)
    end = min((begin for begin, _ in marks if begin >= at), default=len(sentence))
    return sentence[start:end]


def says_name(question: str, name: str) -> bool:
    """Whether a question says a name; a name of one syllable only as it is written.

    >>> [says_name("xe mới ở ben tre", name) for name in ("Bến Tre", "Bạc Liêu")]
    [True, False]
    """
    said, asked = (fold(name), fold(question)) if " " in name else (name, question)
    return re.search(rf"(?<!\w){re.escape(said)}(?!\w)", asked) is not None
