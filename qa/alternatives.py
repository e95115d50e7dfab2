"""A result of the asked time goes before a plan of another one, an exact figure before a rounded one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.period_compare import overlaps
from index.quantities import approximately
from index.types import Quantity
from index.vietnamese import fold
from qa.question import PLAN, Question
from qa.read import Reply, put_first
from qa.views import View

MARGIN = 7.0
"""How far below the best reply the other one may score."""
_LESS_SURE = 0.6
"""What the confidence of a reply that was first is multiplied with for the one that goes before it."""
_EXACT = frozenset({"", "ước", "ước tính", "đạt"})
"""Words before an amount that do not round it."""


def better_told(asked: Question, replies: Sequence[Reply]) -> list[Reply]:
    """The replies, first the result of the asked time or the exact figure where the best one is a plan of another or rounded.

    Args:
        asked: the question; only those for an amount are looked at.
        replies: best first.
    """
    replies = list(replies)
    if asked.kind != "number" or not replies or replies[0].scored.candidate.quantity is None:
        return replies
    best = View(asked, replies[0])
    near = [one for one in replies[1:] if one.score >= replies[0].score - MARGIN]
    if _planned_for_another_time(asked, best):
        views = (View(asked, one) for one in near)
        result = next((one for one in views if _is_result(asked, best, one)), None)
        if result:
            sure = max(result.reply.confidence, best.reply.confidence * _LESS_SURE)
            return put_first(replies, result.reply, sure)
    if _is_rounded(best):
        exact = next((one for one in (View(asked, other) for other in near) if _is_exact(best, one)), None)
        if exact:
            return put_first(replies, exact.reply, max(exact.reply.confidence, best.reply.confidence))
    return replies


def _planned_for_another_time(asked: Question, best: View) -> bool:
    plain = not asked.change and PLAN.search(asked.folded) is None
    return plain and best.planned and _of_asked_time(asked, best) is False


def _of_asked_time(asked: Question, view: View) -> bool | None:
    """Whether a reply is of a time that is asked for; None when either is not told."""
    said, times = view.scope.period, [period for period in asked.periods if period.first]
    if said is None or said.first is None or not times:
        return None
    return any(overlaps(period, said) for period in times)


def _is_result(asked: Question, best: View, other: View) -> bool:
    one, two = best.span.quantity, other.span.quantity
    return (
        one is not None
        and two is not None
        and (
            one.unit == two.unit or one.unit.startswith(f"{two.unit}/") or two.unit.startswith(f"{one.unit}/")
        )
        and not other.planned
        and _of_asked_time(asked, other) is True
        and not other.scope.other_place(best.scope)
        and other.sense == best.sense
        and _held(asked, other) >= _held(asked, best)
    )


def _held(asked: Question, view: View) -> float:
    """How much of what is asked for the words around a reply say."""
    return sum(weight for word, weight in asked.topic if set(fold(word).split()) <= view.words)


def _is_rounded(view: View) -> bool:
    return view.span.quantity is not None and view.span.quantity.qualifier not in _EXACT


def _is_exact(best: View, other: View) -> bool:
    one, two = best.span.quantity, other.span.quantity
    return (
        one is not None
        and two is not None
        and two.qualifier in _EXACT
        and other.article.article_id != best.article.article_id
        and _is_one_unit(one, two)
        and approximately(one, replace(two, unit=one.unit))
        and not best.scope.other_place(other.scope)
        and best.scope.other_time(other.scope) is not True
        and best.sense == other.sense
    )


def _is_one_unit(one: Quantity, other: Quantity) -> bool:
    first, second = (quantity.unit.split("/")[0].split(" ")[0] for quantity in (one, other))
    return first == second
