"""Questions that set two (or three) places, organisations or periods against each other, taken apart.

"Giữa A và B, nơi nào có tỷ lệ hộ nghèo thấp hơn?" becomes "A có tỷ lệ hộ nghèo là bao nhiêu?" and the same for B.
Two forms are read: a *choice*, where the sides stand together ("A hay B", "giữa A và B", "năm 2019 và 2020"), and a
*measure*, where one stands behind the comparing words ("... của A cao hơn B bao nhiêu", "so với năm 2019 ...").
Whatever does not plainly name its sides and what is compared is left alone: it is an ordinary question.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.numbers import Grammar
from index.periods import find_periods
from index.types import Period
from index.vietnamese import fold
from qa.arithmetic import Operation
from qa.question import Question
from qa.side_words import ASKING, PICK, Degree, Item, Page
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


class _Edit(NamedTuple):
    """A stretch of the question and what takes its place in the questions of the sides."""

    start: int
    end: int
    text: str = ""


_SLOT = "{}"
_REASON = Grammar.of(
    r"(?<!\w)(?:vì sao|tại sao|do đâu|vì đâu|nhờ đâu|sao|lý do|nguyên nhân|khi nào|bao giờ)(?!\w)"
)
_JOIN = Grammar.of(r"\s+(?:(?P<either>hay là|hay|hoặc là|hoặc)|và|(?:so\s+)?với|vs)\s+")
_GAP = Grammar.of(
    r"(?<!\w)(?:(?:sự|mức)\s+)?(?:chênh(?:\s+lệch)?|so sánh|hơn kém|cách biệt)(?:\s+nhau)?(?!\w)(?:\s+về(?!\w))?"
)
_LEAD = Grammar.of(r"(?:(?P<between>giữa|trong(?: số)?)\s+)?(?:(?:cả\s+)?(?:hai|ba|2|3|các)\s+)?$")
_LISTED = Grammar.of(r"(?P<off>(?:ở|tại|thuộc|theo)\s+[^,]*)?(?:,|(?<!\w)(?:hay|hoặc|và))\s*$")
_BEHIND = Grammar.of(r"\s*,?(?:\s*thì(?!\w))?")
_OF = Grammar.of(r"(?:của|ở|tại|trên địa bàn)\s+$")
_TAIL = Grammar.of(
    r"[,;]?(?:\s+(?:và|thì))?(?:\s+(?:chênh(?: lệch)?|(?:(?:cao|thấp|nhiều|ít|lớn) )?hơn|hơn kém|gấp|khác|cách biệt))?"
    rf"(?:\s+nhau)?(?:\s+(?:là|được|đến|tới|khoảng|lên|thêm|đi))*\s+{ASKING}"
    r"(?:\s*(?:%|lần|phần trăm|điểm|tỷ|triệu|nghìn|đồng|tiền|người|hộ|km|ha|usd|nhau))*\s*$"
    r"|\s+(?:là\s+)?(?:hay\s+)?không\s*$"
)
_AGAINST = Grammar.of(
    rf"(?<!\w)(?:gấp\s+(?:khoảng\s+)?{ASKING}(?:\s+lần)?(?:\s+so với)?|so với|hơn(?:\s+so với)?)\s+(?=\S)"
)
_STEP = Grammar.of(
    rf"(?<!\w)(?:tăng|giảm|chênh(?: lệch)?|hơn|gấp)(?=\s+(?:(?:lên|thêm|đi|được)\s+)?{ASKING})"
)
_HOW_MUCH = Grammar.of(
    rf"(?<!\w)(?:(?:là|lên|thêm|đi|được)\s+)?{ASKING}(?:\s*(?:%|lần|phần trăm|tỷ|triệu|đồng|tiền))*(?!\w)"
)
_HAS = Grammar.of(r"\s+có(?!\w)")
_OF_NAME = Grammar.of(r"(?<!\w)(?:của|ở|tại)\s+")
_MEASURED = {
    "cao": "cao bao nhiêu", "dai": "dài bao nhiêu", "rong": "rộng bao nhiêu", "sau": "sâu bao nhiêu",
    "nang": "nặng bao nhiêu", "dong": "người",
}  # fmt: skip
"""Adjectives that need no other word to say what is compared: "cầu A hay cầu B dài hơn"."""


def sides(asked: Question) -> Sides | None:
    """The sides of a comparison, each with its own question; None for any other question.

    >>> from qa.question import understand
    >>> found = sides(understand("Giữa An Bình và Hòa Lộc, nơi nào có tỷ lệ hộ nghèo thấp hơn?"))
    >>> [side.question for side in found.sides]
    ['An Bình có tỷ lệ hộ nghèo là bao nhiêu?', 'Hòa Lộc có tỷ lệ hộ nghèo là bao nhiêu?']
    >>> found.more, found.degree
    (False, 'thấp hơn')
    >>> sides(understand("tỷ lệ hộ nghèo của An Bình là bao nhiêu"))
    """
    page = Page(asked.text)
    if page.find(_REASON):
        return None
    return _choice(page) or _measure(page)


# --- a choice: the sides stand together ---------------------------------------------------------------------


def _choice(page: Page) -> Sides | None:
    """Read "A hay B", "giữa A và B": the first pair of sides for which the rest of the question compares."""
    joins = sorted(page.all(_JOIN), key=lambda join: join["either"] is None)
    named = ((join, _joined(page, join.start(), join.end())) for join in joins)
    things = ((join, page.pair(join.start(), join.end(), join["either"] is not None)) for join in joins)
    for join, items in itertools.chain(named, things):
        found = _compared(page, items, join["either"] is not None) if items else None
        if found:
            return found
    return None


def _joined(page: Page, left: int, right: int) -> list[Item]:
    """The items around a connecting word, and those listed before them; empty when they are not of one sort."""
    last = page.item_after(right)
    first = page.item_before(left, len(last.name.split())) if last else None
    if last is None or first is None or (first.period is None) != (last.period is None):
        return []
    items = [first, last]
    while len(items) < 3:
        listed = page.before(_LISTED, items[0].start)
        more = page.item_before(listed.end(), None) if listed and not listed["off"] else None
        if more is None or (more.period is None) != (first.period is None):
            break
        items.insert(0, more)
    return _alike(page, items)


def _alike(page: Page, items: Sequence[Item]) -> list[Item]:
    """Items with what only one of them says: "huyện A và B", "quý I và quý II năm 2020"; empty if unclear."""
    kind = items[0].kind
    year = next((item.period.first.year for item in items if item.period and item.period.first), None)
    whole = [
        _with_kind(item, kind) if item.period is None else _with_year(page, item, year) for item in items
    ]
    names = {fold(item.name) for item in whole if item}
    return [item for item in whole if item] if len(names) == len(items) else []


def _with_kind(item: Item, kind: str) -> Item:
    return item if item.kind or not kind else item._replace(name=f"{kind} {item.name}", kind=kind)


def _with_year(page: Page, item: Item, year: int | None) -> Item | None:
    """A period with its year; None when it cannot be known."""
    assert item.period is not None
    word = "năm" if page.marked else "nam"
    if item.period.first:
        return item._replace(name=f"{word} {item.name}") if item.name.isdigit() else item
    periods = find_periods(f"{item.name} {word} {year}") if year else []
    if len(periods) != 1 or periods[0].first is None:
        return None
    return item._replace(name=periods[0].text, period=periods[0])


def _compared(page: Page, items: Sequence[Item], either: bool) -> Sides | None:
    """The comparison of a choice; None when the rest of the question compares nothing."""
    start, end = items[0].start, items[-1].end
    degree = next((one for one in page.degrees if one.end <= start or end <= one.start), None)
    gap, pick = page.find(_GAP), _pick(page, items)
    if not (gap or (degree and (either or pick))):
        return None
    lead = page.before(_LEAD, start)
    left = lead.start() if lead else start
    pick_place = pick is not None and (
        pick.start() < start or not page.text[:left].strip() or page.before(_OF, pick.start()) is not None
    )
    between = bool(lead and lead["between"]) and items[0].period is None and bool(page.text[:left].strip())
    slot = f"của {_SLOT}" if between and page.before(_OF, left) is None else _SLOT
    behind = page.at(_BEHIND, end)
    edits = [_Edit(left, behind.end() if behind else end, " " if pick_place else f" {slot} ")]
    if pick:
        edits.append(_Edit(*pick.span(), f" {_SLOT} " if pick_place else " "))
    return _built(page, items, degree, [*edits, *_emptied(page.all(_GAP))], measure=False)


def _pick(page: Page, items: Sequence[Item]) -> re.Match[str] | None:
    """The "nơi nào" or "năm nào" that chooses among the items; not one that asks for something else."""
    wanted = items[0].period is not None
    return next((pick for pick in page.all(PICK) if (pick["time"] is not None) == wanted), None)


# --- a measure: one side behind the comparing words ---------------------------------------------------------


def _measure(page: Page) -> Sides | None:
    """Read "A có ... cao hơn B bao nhiêu", "so với B thì A tăng bao nhiêu", "A gấp mấy lần B"."""
    for against in page.all(_AGAINST):
        other = page.item_after(against.end())
        own = _own_item(page, against, other) if other else None
        items = _alike(page, [own, other]) if own and other else []
        if items and other and _asks_measure(page, against, other):
            edits = [
                _Edit(items[0].start, items[0].end, f" {_SLOT} "),
                _Edit(against.start(), _behind(page, other.end)),
                *_emptied(page.all(_STEP), page.all(_HOW_MUCH)),
            ]
            degree = next((one for one in page.degrees), None)
            return _built(page, items, degree, edits, measure=True)
    return None


def _behind(page: Page, end: int) -> int:
    behind = page.at(_BEHIND, end)
    return behind.end() if behind else end


def _own_item(page: Page, against: re.Match[str], other: Item) -> Item | None:
    """The side that the question is about: the one other period, or the name before the comparing words."""
    if other.period:
        periods = [period for period in page.named_periods if period.start != other.start]
        return (
            Item(periods[0].start, periods[0].end, periods[0].text, "", periods[0])
            if len(periods) == 1
            else None
        )
    return _subject(page, against, other)


def _asks_measure(page: Page, against: re.Match[str], other: Item) -> bool:
    """Whether a figure is asked for beside a comparing word, or whether one is more than the other."""
    opening = fold(against.group().split()[0])
    if opening == "gap":
        return True
    how_much = page.find(_HOW_MUCH)
    if how_much is None:
        return bool(page.degrees) and page.find(_TAIL, other.end) is not None
    if opening == "hon" and not page.degrees:
        return how_much.start() == other.end + 1
    return bool(page.degrees) or page.find(_STEP) is not None


def _subject(page: Page, against: re.Match[str], other: Item) -> Item | None:
    """The name compared with the one behind the comparing words: best one before them, else one behind."""
    found = [
        item for item in _names(page, against.start()) if item.end <= other.start or item.start >= other.end
    ]
    return next((item for item in found if item.end <= against.start()), found[0] if found else None)


def _names(page: Page, place: int) -> Iterator[Item]:
    """The names of the question, the likeliest subject of the comparing words at ``place`` first."""
    found: list[Item | None] = []
    if page.capitals:
        found = [page.item_before(end, None) for end in reversed(page.capital_ends())]
    else:
        openings = [page.item_before(match.start(), None) for match in page.all(_HAS)]
        found = [item for item in openings if item and item.start == 0]
        found += [page.item_after(match.start()) for match in page.all(_OF_NAME)]
        found.append(page.item_before(min([place, *(degree.start for degree in page.degrees)]), None))
    yield from (item for item in found if item)


# --- the question of each side ------------------------------------------------------------------------------


def _emptied(*matches: Iterable[re.Match[str]]) -> list[_Edit]:
    return [_Edit(*match.span(), " ") for found in matches for match in found]


def _built(
    page: Page, items: Sequence[Item], degree: Degree | None, edits: list[_Edit], *, measure: bool
) -> Sides | None:
    """The sides with their questions; None when nothing is left to ask of them."""
    tail = page.find(_TAIL)
    removed = [page.scan[edit.start : edit.end] for edit in edits]
    if tail:
        edits.append(_Edit(*tail.span(), " "))
        removed.append(tail.group())
    if degree:
        edits.append(_Edit(degree.start, degree.end, f" {_asked_for(degree)} "))
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


def _frame(page: Page, edits: Sequence[_Edit], degree: Degree | None) -> str | None:
    """The question with a slot for the side; None when it asks for nothing."""
    frame = _tidy(_edited(page.text, edits))
    if _SLOT not in frame:
        return None
    if not any(weight == 1.0 for _, weight in content_words(frame.replace(_SLOT, " "))):
        if degree is None or degree.adjective not in _MEASURED:
            return None
        frame = f"{frame} {_MEASURED[degree.adjective]}"
    frame = frame if "bao nhiêu" in frame else f"{frame} là bao nhiêu"
    return frame if page.marked else fold(frame)


def _edited(text: str, edits: Sequence[_Edit]) -> str:
    """The text with the edits made; of two that overlap, what the later one removes is removed too."""
    parts, at = [], 0
    for edit in sorted(edits):
        parts += [text[at : edit.start], edit.text if edit.start >= at or _SLOT in edit.text else ""]
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
    whole = frame.replace(_SLOT, name)
    return f"{whole[:1].upper()}{whole[1:]}?"
