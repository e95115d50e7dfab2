"""Of the figures and names of one sentence, the one that the question asks for, where their form decides it.

The second reading knows what a sentence is about better than which of its numbers is of which year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.places import mentions
from index.quantities import find_quantities
from qa.breakdowns import Share, part_around, says_name, shares
from qa.fits import period_fits
from qa.question import Question
from qa.read import Reply, put_first
from qa.scope import stated_period
from qa.spans import Candidate

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
    """The replies, first one of the best one's sentence where its form says that it is the one asked for.

    It is of the asked time, tells the change, is no speaker; is of the place or the thing that the question names where the
    best one is of another; or stands right behind the place whose place is asked for.

    Args:
        asked: the question.
        replies: best first.
    """
    replies = list(replies)
    if not replies or replies[0].scored.candidate.form == "sentence":
        return replies
    best, *others = replies
    beside = [other for other in others if _of_one_sentence(best, other)]
    rules = (_of_the_time, _changed, _no_speaker, _share_of, _of_whom, _of_what, _right_behind)
    chosen = next((one for rule in rules if (one := rule(asked, best, beside))), None)
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


def _share_of(asked: Question, best: Reply, beside: Sequence[Reply]) -> Reply | None:
    """Of a figure that is told in parts, "60 xe (Bạc Liêu 41, Bến Tre 6)", the part that is asked for."""
    candidate, sentence = best.scored.candidate, best.scored.reading.text
    if asked.kind != "number":
        return None
    named = [
        one
        for one in shares(sentence)
        if says_name(asked.text, one.name) and _tells_whole(candidate, one) and not _holds(candidate, one)
    ]
    if len(named) != 1 or (whole := named[0].whole) is None:
        return None
    share = named[0]
    known = next((one for one in beside if one.scored.candidate.start == share.start), None)
    if known:
        return known
    text = sentence[share.start : share.end]
    number = next((one for one in find_quantities(text)), None)
    if number is None:
        return None
    quantity = replace(number, start=share.start, end=share.end, unit=whole.unit)
    own = Candidate(share.start, share.end, text, "quantity", quantity)
    return replace(best, scored=replace(best.scored, candidate=own, focus=None))


def _tells_whole(candidate: Candidate, share: Share) -> bool:
    """Whether a candidate is the whole that a share is of, or another share of it."""
    whole, (start, end) = share.whole, share.room
    return (
        whole is not None and candidate.start <= whole.end and whole.start < candidate.end
    ) or start <= candidate.start < end


def _holds(candidate: Candidate, share: Share) -> bool:
    return candidate.start <= share.start < candidate.end


def _of_whom(asked: Question, best: Reply, beside: Sequence[Reply]) -> Reply | None:
    """In "25 xe ở Bạc Liêu, 7 xe ở Bến Tre" the figure of the place that the question names."""
    sentence = best.scored.reading.text
    own = part_around(sentence, best.scored.candidate.start)
    names = [one.place.name for one in mentions(asked.text) if one.place.name]
    others = [one.place.name for one in mentions(own) if one.place.name]
    if asked.kind != "number" or len(names) != 1 or not others or _says_any(own, names):
        return None
    if _says_any(asked.text, others):
        return None
    unit = _unit(best)
    alike = [one for one in beside if one.scored.candidate.form != "phrase" and _unit(one) == unit]
    of_it = [one for one in alike if _says_any(part_around(sentence, one.scored.candidate.start), names)]
    return of_it[0] if len({one.scored.candidate.start for one in of_it}) == 1 else None


def _says_any(text: str, names: Sequence[str]) -> bool:
    return any(says_name(text, name) for name in names)


def _unit(reply: Reply) -> str:
    candidate = reply.scored.candidate
    found = candidate.quantity or next(iter(find_quantities(candidate.text)), None)
    return found.unit if found else ""


def _of_what(asked: Question, best: Reply, beside: Sequence[Reply]) -> Reply | None:
    """In "12 ca mắc mới, 5 ca nặng" the figure with the noun that is asked for right behind it."""
    if asked.kind != "number" or " " not in asked.noun or _counts(asked, best):
        return None
    counted = [one for one in beside if one.score > best.score - _NEAR and _counts(asked, one)]
    return counted[0] if len({one.scored.candidate.start for one in counted}) == 1 else None


def _counts(asked: Question, reply: Reply) -> bool:
    """Whether the noun of the question stands right behind the number of a reply."""
    folded = reply.scored.reading.folded
    number = next(iter(find_quantities(reply.scored.candidate.text)), None)
    start = reply.scored.candidate.start + (number.start if number else 0)
    return re.match(rf"[\d.,]+ {re.escape(asked.noun)}(?!\w)", folded[start:]) is not None


_INSIDE = re.compile(r"(?:,|,? (?:thuộc|ở|tại)) ")


def _right_behind(asked: Question, best: Reply, beside: Sequence[Reply]) -> Reply | None:
    """In "thôn A, xã B; thôn C, xã D" the commune right behind the village whose commune is asked for."""
    sentence = best.scored.reading.text
    if asked.kind != "place":
        return None
    names = [one.place.name for one in mentions(asked.text) if one.place.name]
    ends = [
        found.end() for name in names for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", sentence)
    ]
    if len(ends) != 1 or best.scored.candidate.start - ends[0] in range(_GAP):
        return None
    return next(
        (
            one
            for one in beside
            if one.scored.candidate.form == "place"
            and _INSIDE.fullmatch(sentence, ends[0], one.scored.candidate.start)
        ),
        None,
    )


_GAP = 10
"""Characters between a place and the one it lies in: ", thuộc "."""
