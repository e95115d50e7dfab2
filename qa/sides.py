"""Questions that set two (or three) places, organisations or periods against each other, taken apart.

"Giữa A và B, nơi nào có tỷ lệ hộ nghèo thấp hơn?" becomes "A có tỷ lệ hộ nghèo là bao nhiêu?" and the same for B.
Two forms are read: a *choice*, where the sides stand together ("A hay B", "giữa A và B", "năm 2019 và 2020"), and a
*measure*, where one stands behind the comparing words ("... của A cao hơn B bao nhiêu", "so với năm 2019 ...").
Whatever does not plainly name its sides and what is compared is left alone: it is an ordinary question.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.numbers import Grammar
from index.periods import find_periods
from index.types import Period
from index.vietnamese import fold
from qa.question import Question
from qa.side_questions import SLOT, TAIL, Edit, Side, Sides, built, emptied
from qa.side_words import ASKING, PICK, Item, Page

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
_AGAINST = Grammar.of(
    rf"(?<!\w)(?:gấp\s+(?:khoảng\s+)?{ASKING}(?:\s+lần)?(?:\s+so với)?|so với|hơn(?:\s+so với)?)\s+(?=\S)"
)
_STEP = Grammar.of(
    rf"(?<!\w)(?:tăng|giảm|chênh(?: lệch)?|hơn|gấp)(?=\s+(?:(?:lên|thêm|đi|được)\s+)?{ASKING})"
)
_HOW_MUCH = Grammar.of(
    rf"(?<!\w)(?:(?:là|lên|thêm|đi|được)\s+)?{ASKING}(?:\s*(?:%|lần|phần trăm|tỷ|triệu|đồng|tiền))*(?!\w)"
)
_UP_OR_DOWN = Grammar.of(
    r"(?<!\w)(?:tăng(?: lên)? hay (?:là )?giảm(?: đi)?|giảm(?: đi)? hay (?:là )?tăng(?: lên)?)(?!\w)"
)
_HOW_IS_IT = Grammar.of(r"(?<!\w)(?:thì )?(?:thế nào|ra sao|như thế nào)(?=[ ?.!]*$)")
_HAS = Grammar.of(r"\s+có(?!\w)")
_OF_NAME = Grammar.of(r"(?<!\w)(?:của|ở|tại)\s+")


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
    page = Page(_decided(asked.text))
    if page.find(_REASON):
        return None
    return _dated(page) or _choice(page) or _measure(page)


_EITHER_WAY = Grammar.of(
    r"(?<!\w)(?P<more>nhiều|cao|lớn|đông|dài|nhanh)(?: hơn)? hay (?:là )?(?:ít|thấp|nhỏ|kém|ngắn|chậm) hơn(?: so với)?(?!\w)"
)


def _decided(text: str) -> str:
    """What asks for one of two ways, as what asks for one: "A cao hơn hay thấp hơn B?" as "A cao hơn B không?"."""
    page = Page(text)
    way = page.find(_EITHER_WAY)
    if way is None:
        return text
    than, no = ("hơn", "không") if page.marked else ("hon", "khong")
    return f"{text[: way.end('more')]} {than}{text[way.end() :].rstrip(' ?.!')} {no}?"


def _dated(page: Page) -> Sides | None:
    """Read names that each have a time of their own: "A 9 tháng năm 2021 so với B năm 2020"; None for other questions."""
    periods = page.named_periods
    if len(periods) != _PAIR:
        return None
    text = page.text
    for period in reversed(periods):
        lead = page.before(_IN, period.start)
        text = f"{text[: lead.start() if lead else period.start].rstrip()}{text[period.end :]}"
    bare = Page(text)
    found = _choice(bare) or _measure(bare)
    if found is None or len(found.sides) != _PAIR or any(side.period for side in found.sides):
        return None
    named = sorted(found.sides, key=lambda side: page.text.find(side.bare))
    ends = [page.text.find(side.bare) + len(side.bare) for side in named]
    if not ends[0] <= periods[0].start < ends[1] <= periods[1].start:
        return None
    whole = {side: _at(side, period) for side, period in zip(named, periods, strict=True)}
    return replace(found, sides=tuple(whole[side] for side in found.sides))


def _at(side: Side, period: Period) -> Side:
    """A side with its time."""
    name = f"{side.name} {period.text}"
    question = re.sub(re.escape(side.name), lambda _: name, side.question, count=1, flags=re.IGNORECASE)
    return replace(side, name=name, question=question)


_PAIR = 2
_IN = Grammar.of(r"(?<=\S) (?:trong|vào|của|ở|năm)? *$")

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
    told = [_with_kind(item, kind) if item.period is None else _with_year(page, item, year) for item in items]
    whole = _of_one_part([item for item in told if item])
    return whole if len({fold(item.name) for item in whole}) == len(items) else []


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


_PARTS = ("quarter", "half", "months", "month")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def _of_one_part(items: Sequence[Item]) -> list[Item]:
    """Periods of which the first is a part of its year, each the same part: "quý I năm 2012 và năm 2013"."""
    first = items[0].period if items else None
    if first is None or first.grain not in _PARTS or not _YEAR.search(items[0].name):
        return list(items)
    return [_part_of(item, items[0].name) for item in items]


def _part_of(item: Item, like: str) -> Item:
    """A whole year as the part of it that ``like`` is of another one; any other period as it is."""
    year = _YEAR.search(item.name)
    if item.period is None or item.period.grain != "year" or year is None:
        return item
    found = find_periods(_YEAR.sub(year.group(), like))
    return item._replace(name=found[0].text, period=found[0]) if len(found) == 1 else item


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
    slot = f"của {SLOT}" if between and page.before(_OF, left) is None else SLOT
    behind = page.at(_BEHIND, end)
    edits = [Edit(left, behind.end() if behind else end, " " if pick_place else f" {slot} ")]
    if pick:
        edits.append(Edit(*pick.span(), f" {SLOT} " if pick_place else " "))
    return built(page, items, degree, [*edits, *emptied(page.all(_GAP))], measure=False)


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
                Edit(items[0].start, items[0].end, f" {SLOT} "),
                Edit(against.start(), _behind(page, other.end)),
                *emptied(page.all(_UP_OR_DOWN), page.all(_STEP), page.all(_HOW_MUCH), page.all(_HOW_IS_IT)),
            ]
            degree = next((one for one in page.degrees), None)
            return built(page, items, degree, edits, measure=True)
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
    if opening == "gap" or page.find(_UP_OR_DOWN):
        return True
    if opening == "so" and page.find(_HOW_IS_IT, other.end):
        return True
    how_much = page.find(_HOW_MUCH)
    if how_much is None:
        return bool(page.degrees) and page.find(TAIL, other.end) is not None
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
