"""The questions that are asked of the sides of a comparison, each alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.numbers import Grammar
from index.types import Period
from index.vietnamese import fold
from qa.arithmetic import Operation
from qa.side_words import ASKING, Degree, Item, Page
from qa.words import content_words


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared.

    Attributes:
        name: as typed: "huyện An Bình", "năm 2019".
        bare: the name without its type word: "An Bình".
        question: the question asked of this side alone.
        period: the stretch of time it is; None for a place or an organisation.
    """

    name: str
    bare: str
    question: str
    period: Period | None


@dataclass(frozen=True, slots=True)
class Sides:
    """A comparison.

    Attributes:
        sides: two or three, in the order of the question.
        more: the greater one is asked for; False for the smaller.
        degree: the comparing words, with diacritics: "giảm nhanh hơn", "thấp nhất".
        operations: what is to be computed from the figures of two sides.
        measure: by how much one differs from the other: a sentence may state that itself.
        people: people are counted ("đông hơn").
        things: the sides are no names ("môn toán hay môn lý"): where their figures are not found, the question
            may be no comparison.
    """

    sides: tuple[Side, ...]
    more: bool
    degree: str
    operations: tuple[Operation, ...]
    measure: bool
    people: bool = False
    things: bool = False


class Edit(NamedTuple):
    """A stretch of the question and what takes its place in the questions of the sides."""

    start: int
    end: int
    text: str = ""


SLOT = "{}"
"""Where the name of a side stands in what is asked of each."""
TAIL = Grammar.of(
    r"[,;]?(?:\s+(?:và|thì))?(?:\s+(?:chênh(?: lệch)?|(?:(?:cao|thấp|nhiều|ít|lớn) )?hơn|hơn kém|gấp|khác|cách biệt))?"
    rf"(?:\s+nhau)?(?:\s+(?:là|được|đến|tới|khoảng|lên|thêm|đi))*\s+{ASKING}"
    r"(?:\s*(?:%|lần|phần trăm|điểm|tỷ|triệu|nghìn|đồng|tiền|người|hộ|km|ha|usd|nhau))*\s*$"
    r"|\s+(?:là\s+)?(?:hay\s+)?không\s*$"
)
_MEASURED = {
    "cao": "cao bao nhiêu", "dai": "dài bao nhiêu", "rong": "rộng bao nhiêu", "sau": "sâu bao nhiêu",
    "nang": "nặng bao nhiêu", "dong": "người",
}  # fmt: skip
"""Adjectives that need no other word to say what is compared: "cầu A hay cầu B dài hơn"."""


def emptied(*matches: Iterable[re.Match[str]]) -> list[Edit]:
    """The edits that take out what was found."""
    return [Edit(*match.span(), " ") for found in matches for match in found]


def built(
    page: Page, items: Sequence[Item], degree: Degree | None, edits: list[Edit], *, measure: bool
) -> Sides | None:
    """The sides with their questions; None when nothing is left to ask of them."""
    tail = page.find(TAIL)
    removed = [page.scan[edit.start : edit.end] for edit in edits]
    if tail:
        edits.append(Edit(*tail.span(), " "))
        removed.append(tail.group())
    if degree:
        edits.append(Edit(degree.start, degree.end, f" {_asked_for(degree)} "))
    frame = _frame(page, edits, degree)
    if frame is None:
        return None
    found = tuple(Side(item.name, _bare(item), _question(frame, item.name), item.period) for item in items)
    said = degree.said if degree else "cao hơn"
    people = degree is not None and degree.adjective == "dong"
    operations = _operations(" ".join(removed))
    return Sides(found, degree is None or degree.more, said, operations, measure, people, items[0].thing)


def _bare(item: Item) -> str:
    bare = item.name[len(item.kind) :].strip() if item.kind and not item.organisation else item.name
    return item.name if not bare or bare.isdigit() else bare


def _operations(removed: str) -> tuple[Operation, ...]:
    asked = fold(removed)
    if re.search(r"\bgap\b|\blan\b(?! nao)", asked):
        return ("ratio", "difference")
    share = re.search(r"(?<!diem )phan tram|(?<!diem )%", asked)
    return ("percent", "difference") if share else ("difference",)


def _asked_for(degree: Degree) -> str:
    """What asks for the figure in place of the comparing words: "nhiều trường học hơn", "đông hơn"."""
    if degree.adjective == "dong" and fold(degree.noun) in ("", "dan"):
        return "có dân số" if degree.noun else "có bao nhiêu"
    return f"bao nhiêu {degree.noun}" if degree.noun else ""


def _frame(page: Page, edits: Sequence[Edit], degree: Degree | None) -> str | None:
    """The question with a slot for the side; None when it asks for nothing."""
    frame = _tidy(_edited(page.text, edits))
    if SLOT not in frame:
        return None
    if not any(weight == 1.0 for _, weight in content_words(frame.replace(SLOT, " "))):
        if degree is None or degree.adjective not in _MEASURED:
            return None
        frame = f"{frame} {_MEASURED[degree.adjective]}"
    frame = frame if "bao nhiêu" in frame else f"{frame} là bao nhiêu"
    return frame if page.marked else fold(frame)


def _edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with the edits made; of two that overlap, what the later one removes is removed too."""
    parts, at = [], 0
    for edit in sorted(edits):
        parts += [text[at : edit.start], edit.text if edit.start >= at or SLOT in edit.text else ""]
        at = max(at, edit.end)
    return "".join([*parts, text[at:]])


def _tidy(frame: str) -> str:
    """Single spaces, no comma beside nothing, and "{} về X" as "X của {}"."""
    frame = re.sub(r"\s+([,;])", r"\1", " ".join(frame.split()))
    frame = re.sub(r"(?:[,;]\s*)+$|^(?:[,;]\s*)+", "", frame).strip()
    frame = re.sub(r"\b(có|co) có\b", r"\1", frame)
    frame = re.sub(r"\{\} bao nhiêu", "{} có bao nhiêu", frame)
    frame = re.sub(r" (?:có|co)$", "", frame)
    return re.sub(r"^(?:của |cua )?\{\} (?:về|ve) (.+)$", r"\1 của {}", frame)


def _question(frame: str, name: str) -> str:
    whole = frame.replace(SLOT, name)
    return f"{whole[:1].upper()}{whole[1:]}?"
