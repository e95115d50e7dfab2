"""Of the figures and names of one sentence, the one that the question asks for, where their form decides it.

The second reading knows what a sentence is about better than which of its numbers is of which year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.fits import period_fits
from qa.question import Question
from qa.read import Reply, put_first
from qa.scope import stated_period

_BY_HOW_MUCH = re.compile(r"\b(?:tang|giam)(?: them| duoc)? (?:bao nhieu|may)\b")
_LABEL = re.compile(r"\s*:")
_LABEL_WITHIN = 40
"""Characters of a sentence in which the name stands that only says who speaks: "Đồng chí Lê Văn Tú: ..."."""
_SAID = re.compile(
    r"\b(?:noi|phat bieu|cho biet|tra loi|phong van|trao doi|chia se|danh gia|nhan dinh|khang dinh)\b"
)
_NEAR = 5.0
"""How far behind the best reply one that tells the change may score."""


def settled_by_form(asked: Question, replies: Sequence[Reply]) -> list[Reply]:
    """The replies, first one of the best one's sentence where that is of the asked time, tells the change, or is no speaker.

    Args:
        asked: the question.
        replies: best first.
    """
    replies = list(replies)
    if not replies or replies[0].scored.candidate.form == "sentence":
        return replies
    best, *others = replies
    beside = [other for other in others if _of_one_sentence(best, other)]
    chosen = (
        _of_the_time(asked, best, beside) or _changed(asked, best, beside) or _no_speaker(asked, best, beside)
    )
    if chosen is None:
        return replies
    return put_first(replies, chosen, max(chosen.confidence, best.confidence))


def _of_one_sentence(one: Reply, other: Reply) -> bool:
    first, second = one.scored.reading, other.scored.reading
    same = first.hit.article.article_id == second.hit.article.article_id and first.start == second.start
    return same and other.scored.candidate.form != "sentence"


def _of_the_time(asked: Question, best: Reply, beside: Sequence[Reply]) -> Reply | None:
    """In "từ 5% năm 2001 lên 7% năm 2005" the figure of the asked year."""
    quantity = best.scored.candidate.quantity
    if asked.kind != "number" or not asked.periods or quantity is None or _fits(asked, best) is not False:
        return None
    alike = (
        one for one in beside if (other := one.scored.candidate.quantity) and other.unit == quantity.unit
    )
    return next((one for one in alike if _fits(asked, one) is True), None)


def _fits(asked: Question, reply: Reply) -> bool | None:
    period = stated_period(reply.scored.reading, reply.scored.candidate)
    return period_fits(asked.periods, period) if period else None


def _changed(asked: Question, best: Reply, beside: Sequence[Reply]) -> Reply | None:
    """The change where "tăng bao nhiêu" was answered with what was reached."""
    if asked.kind != "number" or asked.share or not _BY_HOW_MUCH.search(asked.folded):
        return None
    has = best.scored.features.get
    if has("change_fits"):
        return None
    return next(
        (
            one
            for one in beside
            if one.scored.features.get("change_fits")
            and one.score > best.score - _NEAR
            and one.scored.features.get("unit_fits", 0.0) >= has("unit_fits", 0.0)
        ),
        None,
    )


def _no_speaker(asked: Question, best: Reply, beside: Sequence[Reply]) -> Reply | None:
    """The next name where the best one is the label of what somebody says."""
    reading, candidate = best.scored.reading, best.scored.candidate
    label = candidate.start < _LABEL_WITHIN and _LABEL.match(reading.text, candidate.end) is not None
    if asked.kind != "person" or not label or _SAID.search(asked.folded):
        return None
    return next(iter(beside), None)
