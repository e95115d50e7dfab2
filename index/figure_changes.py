"""Comparisons: "tăng 12,8% so cùng kỳ", "đạt 71,52% kế hoạch", "gấp 1,75 lần so với năm 2015"."""

from __future__ import annotations

import re

from index.figure_sentence import Sentence
from index.figure_words import AGAINST, AGAINST_BEFORE, KIND_OF_LEAD, LEAD, REACHED, SHARE, TARGETS, TIMES
from index.types import Change, Quantity

_RELATIVE = frozenset(["%", "lần", "điểm phần trăm", "‰"])
_WHOLE = re.compile(rf"[ ]*(?:{TARGETS}|(?:của )?(?:toàn|cả|tổng|tổng số)(?!\w)|/[ ]*tổng)")
_TARGET = re.compile(rf"[ ]*(?:của[ ])?{TARGETS}")
_BASE = re.compile(r"(?<!\w)so với (?:(?:mức|con số|khoảng|hơn|gần) )*$")
"""Right before the number that a change is counted from: "tăng so với 30,2 triệu thùng"."""
_MARK = re.compile(r"[;:()]|,(?![ ]so[ ])")


def change_of(sentence: Sentence, place: int) -> Change | None:
    """The comparison that the sentence's number ``place`` tells; None for a number that stands for itself.

    Offsets of the change are into the sentence.

    >>> s = Sentence("Thu đạt 459 tỷ đồng, tăng 3,28 lần so với năm 2015.", 0, None)
    >>> change_of(s, 0), change_of(s, 1).text
    (None, 'tăng 3,28 lần so với năm 2015')
    """
    quantity = sentence.quantities[place]
    floor = sentence.quantities[place - 1].end if place else 0
    lead = _lead(sentence, floor, quantity)
    if lead is None:
        return None
    kind, start = lead
    against = AGAINST.match(sentence.scan, quantity.end)
    end = against.end("against") if against else quantity.end
    said = sentence.text[against.start("against") : end] if against else ""
    if not said:
        said, start = _said_before(sentence, floor, start)
    return Change(kind, sentence.text[start:end], abs(quantity.value), quantity.unit, _bare(said), start, end)


def _lead(sentence: Sentence, floor: int, quantity: Quantity) -> tuple[str, int] | None:
    """The kind of a comparison and where it begins; None for none."""
    before = sentence.blanked[floor : quantity.start]
    marks = [match.end() for match in _MARK.finditer(before)]
    cut = marks[-1] if marks else 0
    found = None
    for match in LEAD.finditer(before, cut):
        found = match  # the last one
    if found is None:
        alone = quantity.unit == "%" and _TARGET.match(sentence.scan, quantity.end) is not None
        return (SHARE, quantity.start) if alone else None
    if REACHED.search(before, cut) or _BASE.search(before):
        return None
    kind = KIND_OF_LEAD[found["lead"]]
    if kind == SHARE and not (
        _is_share(sentence, quantity) or (found["lead"] == "chiếm" and quantity.unit == "%")
    ):
        return None
    if kind == TIMES and quantity.unit != "lần":
        return None
    return kind, floor + found.start()


def _is_share(sentence: Sentence, quantity: Quantity) -> bool:
    return quantity.unit in _RELATIVE and _WHOLE.match(sentence.scan, quantity.end) is not None


def _said_before(sentence: Sentence, floor: int, start: int) -> tuple[str, int]:
    """What is compared with, when it stands before the comparing word: "so với cùng kỳ tăng"."""
    found = AGAINST_BEFORE.search(sentence.scan, floor, start)
    if found is None or found.end() != start:
        found = AGAINST_BEFORE.search(sentence.scan[floor:start])
        if found is None:
            return "", start
        return sentence.text[
            floor + found.start("against") : floor + found.end("against")
        ], floor + found.start()
    return sentence.text[found.start("against") : found.end("against")], found.start()


def _bare(against: str) -> str:
    """What is compared with, without "so với".

    >>> _bare("so với cùng kỳ"), _bare("kế hoạch")
    ('cùng kỳ', 'kế hoạch')
    """
    return re.sub(r"^(?i:so(?: với| cùng(?= với))?) ", "", against).strip()
