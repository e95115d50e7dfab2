"""The figures of an article: every quantity with what it measures, when, where and whether it happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from index.canonical import canonical
from index.figure_changes import change_of
from index.figure_counts import is_figure
from index.figure_forms import with_dollars_named
from index.figure_scope import Scene
from index.figure_sentence import Sentence, read_sentences
from index.figure_words import (
    AGAINST,
    ESTIMATE,
    FORECAST,
    FORECAST_BEHIND,
    NOT_PLAN,
    PLAN,
    PLAN_BEHIND,
    SHARE,
    SPLITS_KIND,
)
from index.indicators import measured, opening, size_before
from index.types import Article, Change, Figure, Period, Quantity, Span
from index.units import kind_of

FIGURES_VERSION = 9
"""Raise it when the same article would give other figures: an index then makes them anew."""


_TO = re.compile(r"[ ]*(?:[-–—]|đến|tới|lên|xuống)[ ]*")
_AND = re.compile(r"[ ]*(?:,|và|hoặc)[ ]*")
_LED_TO = re.compile(
    r"(?: so với [^,;]*)?[ ,]*(?:lên|xuống|còn|thành|đạt)(?: (?:mức|chỉ|còn|đến|tới|khoảng|gần|hơn|trên))*[ ]"
)
_ASIDE = re.compile(r"\([^()]*\)")
_SAID_AGAIN = re.compile(
    r" ?\((?:(?:khoảng|gần|hơn|trên|tương đương|tức|chiếm|bằng|xấp xỉ|ước)(?: với)? ){0,2}"
)
"""Between a figure and the same in another unit: "27 triệu peso (gần 8,3 tỉ đồng)"."""
_BOUND = re.compile(r"(?<!\w)(?:dưới|trên|từ|quá|đủ) $")
"""Before an age: who is meant, whatever is planned or estimated of them."""
_TO_TAKE = re.compile(r"(?<!\w)(?:phải|mất|cần)(?: (?:thêm|khoảng|hơn|gần|ít nhất|tới|đến))? $")
"""Before what nobody has counted, when "nữa" stands behind: "phải 450 năm nữa"."""
_TASKS = frozenset(
    ["chỉ tiêu", "nhiệm vụ", "mục tiêu", "giải pháp", "nhóm nhiệm vụ", "tiêu chí", "khâu đột phá", "đột phá"]
)
"""How many targets a plan names is no plan itself."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A number of a sentence on its way to a figure; ``of`` is the place of the one it compares."""

    quantity: Quantity
    span: Span | None
    change: Change | None
    of: int | None


def figures_of(article: Article) -> list[Figure]:
    """The figures of an article in reading order; none of its page furniture.

    >>> from datetime import date
    >>> text = "Năm 2020, thu ngân sách thành phố An Lạc đạt hơn 459 tỷ đồng, tăng 12% so với năm 2019."
    >>> article = Article("0" * 16, "/a.txt", "", "", "", date(2021, 1, 5), text)
    >>> [(f.indicator, f.text, f.place, str(f.period.first), f.change) for f in figures_of(article) if not f.of]
    [('thu ngân sách', '459 tỷ đồng', 'thành phố An Lạc', '2020-01-01', 'tăng 12% so với năm 2019')]
    """
    scene = Scene(article)
    figures: list[Figure] = []
    for paragraph, sentence in read_sentences(article, scene.day):
        scene.enter(sentence, paragraph)
        if sentence.quantities:
            figures += _figures(scene, sentence)
        scene.leave(sentence)
    return with_dollars_named(figures)


def _figures(scene: Scene, sentence: Sentence) -> list[Figure]:
    found = _found(sentence)
    made: dict[int, Figure] = {}
    for place, one in found.items():
        main = made.get(one.of) if one.of is not None else None
        made[place] = _figure(scene, sentence, one, main)
    for place, one in found.items():
        if one.of is not None and one.of > place:
            made[place] = _figure(scene, sentence, one, made[one.of])
    for place, before in _said_again(sentence, found):
        made[place] = replace(made[place], kind=made[before].kind, period=made[before].period)
    for one in found.values():
        if one.change and one.of is not None:
            made[one.of] = _with_change(made[one.of], _in_article(one.change, sentence.start))
    return list(made.values())


def _said_again(sentence: Sentence, found: dict[int, _Found]) -> Iterator[tuple[int, int]]:
    """The figures in parentheses that tell the one right before in another unit, each with that one."""
    for before, place in pairwise(found):
        first, second = found[before].quantity, found[place].quantity
        if first.unit != second.unit and _SAID_AGAIN.fullmatch(sentence.scan, first.end, second.start):
            yield place, before


def _found(sentence: Sentence) -> dict[int, _Found]:
    """The figures of a sentence by the place of their number, each with its indicator and what it compares."""
    found: dict[int, _Found] = {}
    last = -1  # what a comparison without a subject of its own is said of
    for place, quantity in enumerate(sentence.quantities):
        if not is_figure(sentence, quantity):
            continue
        one = _Found(quantity, measured(sentence, place), change_of(sentence, place), None)
        if last >= 0:
            one = _after(sentence, one, found[last], last)
            if found[last].span is None and _TO.fullmatch(
                sentence.scan, found[last].quantity.end, quantity.start
            ):
                found[last] = replace(found[last], span=one.span)  # "7% - 10% dân số"
            if _leads_to(sentence, found[last], quantity):  # "tăng 1,73 USD lên 64,36 USD"
                found[last] = replace(found[last], of=place)
                one = replace(one, span=found[last].span)
        one = one if one.span else replace(one, span=size_before(sentence, quantity))
        found[place] = _without_vague_share(one)
        last = place if one.of is None else last
    return found


def _after(sentence: Sentence, one: _Found, before: _Found, place: int) -> _Found:
    """A number that goes on about the figure before it: a comparison of it, or with no subject of its own."""
    if one.change and (
        (
            one.change.start < one.quantity.start
            and sentence.scan[one.change.start - 1 : one.change.start] == "("
        )
        or one.span is None
        or one.span[0] < before.quantity.end
        or one.span[0] >= one.change.start
    ):
        return replace(one, of=place if before.change is None else before.of, span=before.span)
    if (
        before.span
        and before.change is None
        and _is_size(one)
        and before.quantity.unit not in (one.quantity.unit, "%")
        and _SAID_AGAIN.fullmatch(sentence.scan, before.quantity.end, one.quantity.start)
    ):
        return replace(one, span=before.span)  # "40 đơn vị (10 lít máu)"
    ranged = _TO.fullmatch(sentence.scan, before.quantity.end, one.quantity.start) is not None
    counted = one.span is not None and one.span[0] < one.quantity.end and one.span[1] > one.quantity.start
    if one.span is None and _is_money(one) != _is_money(before):
        return replace(one, span=opening(sentence, one.quantity) or before.span)
    goes_on = _AND.fullmatch(sentence.scan, before.quantity.end, one.quantity.start) is not None
    if (
        goes_on
        and _is_money(one)
        and _is_money(before)
        and before.span
        and (one.span or (0, 0))[0] >= one.quantity.end
    ):
        return replace(one, span=before.span)
    if one.span is None or (ranged and before.span and not counted):
        return replace(one, span=before.span)
    return one


def _is_size(one: _Found) -> bool:
    """Whether a number is of money or a measure that tells again what was told: not a share or a count."""
    return kind_of(one.quantity.unit.split("/")[0]) in ("money", "measure") and one.quantity.unit not in (
        "",
        "%",
        "lần",
    )


def _is_money(one: _Found) -> bool:
    return kind_of(one.quantity.unit.split("/")[0]) == "money"


def _without_vague_share(one: _Found) -> _Found:
    """A share of what is not told compares only where a figure stands before it that it can be a share of."""
    vague = one.change is not None and one.change.kind == SHARE and not one.change.against
    return replace(one, change=None) if vague and one.of is None else one


def _leads_to(sentence: Sentence, before: _Found, quantity: Quantity) -> bool:
    """Whether a number is what a change before it led to."""
    if before.change is None or before.of is not None or before.quantity.unit not in (quantity.unit, "%"):
        return False
    return _LED_TO.fullmatch(sentence.scan, before.quantity.end, quantity.start) is not None


def _figure(scene: Scene, sentence: Sentence, one: _Found, main: Figure | None) -> Figure:
    quantity, start = one.quantity, sentence.start
    span = one.span or (0, 0)
    period = main.period if main else scene.period(sentence, quantity)
    return Figure(
        indicator=main.indicator if main else canonical(sentence, span) if one.span else "",
        value=abs(quantity.value) if one.change else quantity.value,
        unit=quantity.unit,
        text=quantity.text,
        qualifier=quantity.qualifier,
        period=period,
        place=main.place if main else scene.place(sentence, quantity),
        kind=main.kind if main else _kind(scene, sentence, quantity, period),
        change="",
        article_id=scene.article.article_id,
        start=start + quantity.start,
        end=start + quantity.end,
        indicator_text=sentence.text[slice(*span)] if one.span else "",
        indicator_span=(start + span[0], start + span[1]) if one.span else (0, 0),
        sentence=(start, start + len(sentence.text)),
        changes=(_in_article(one.change, start),) if one.change and one.of is None else (),
        of=(main.start, main.end) if main else None,
        total=quantity.total,
    )


def _kind(scene: Scene, sentence: Sentence, quantity: Quantity, period: Period | None) -> str:
    if quantity.unit in ("tuổi", "tháng tuổi") and _BOUND.search(sentence.scan[: quantity.start]):
        return "actual"
    if sentence.scan.startswith(" nữa", quantity.end) and _TO_TAKE.search(sentence.scan[: quantity.start]):
        return "estimate"
    before = _ASIDE.sub(" ", _without_targets(sentence, quantity.start))
    cuts = [match.end() for match in SPLITS_KIND.finditer(before)]
    clause = before[cuts[-1] :] if cuts else before
    if (
        quantity.qualifier == "ước"
        or ESTIMATE.search(clause[-40:])
        or ESTIMATE.search(before[:20])
        or FORECAST.search(clause)
        or FORECAST_BEHIND.match(sentence.scan, quantity.end)
    ):
        return "estimate"
    if quantity.unit in _TASKS:
        return "actual"
    if (
        scene.is_to_come(sentence, quantity, period)
        or PLAN.search(NOT_PLAN.sub(" ", clause))
        or PLAN_BEHIND.match(sentence.scan, quantity.end)
    ):
        return "plan"
    return "actual"


def _without_targets(sentence: Sentence, stop: int) -> str:
    """The scan before a place, without what earlier numbers are compared with ("101,2% chỉ tiêu nghị quyết")."""
    text, at = "", 0
    for quantity in sentence.quantities:
        against = AGAINST.match(sentence.scan, quantity.end, stop) if quantity.end < stop else None
        if against:
            text, at = text + sentence.scan[at : quantity.end], against.end()
    return text + sentence.scan[at:stop]


def _in_article(change: Change, by: int) -> Change:
    return replace(change, start=change.start + by, end=change.end + by)


def _with_change(figure: Figure, change: Change) -> Figure:
    text = f"{figure.change}; {change.text}" if figure.change else change.text
    return replace(figure, change=text, changes=(*figure.changes, change))
