"""From ranked replies to the answer: what is said, what it is cited from, and when nothing is said."""

from __future__ import annotations

from collections.abc import Sequence

from index.quantities import same_value
from index.vietnamese import fold
from qa import wording
from qa.cite import cite
from qa.question import Question
from qa.read import Reply
from qa.types import Answer, Hit
from qa.verify import unsupported

ANSWER_FROM = 0.22
"""Confidence from which a reply is given as the answer: on the development sets three in ten of the unanswerable
questions are then answered, and two in ten of the answerable ones are not (docs/evaluation.md)."""
NEAREST_FROM = 0.08
"""Confidence from which the closest passage is shown, said not to be the answer."""
RIVAL_MARGIN = 1.0
"""A reply of another article that scores this little below the best one is listed beside it."""
MOST_RIVALS = 3
_OPEN_KINDS = frozenset({"number", "person", "date"})


def compose(typed: str, asked: Question, hits: Sequence[Hit], replies: Sequence[Reply]) -> Answer:
    """The answer that the replies allow."""
    best = replies[0] if replies else None
    if best is None or best.confidence < ANSWER_FROM:
        return _refusal(typed, asked, hits, best.confidence if best else 0.0)
    chosen = [best, *_rivals(asked, replies)]
    citations = tuple(cite(number, reply.scored) for number, reply in enumerate(chosen, 1))
    short = None if best.scored.candidate.form == "sentence" else best.scored.candidate.text
    text = _said(short, chosen)
    if unsupported(text, [citation.quote for citation in citations]):
        citations = citations[:1]
        text = f"{citations[0].quote} [1]"
    return Answer(
        typed,
        text,
        short,
        True,
        best.confidence,
        citations,
        tuple(hits),
        "answer",
        wording.understood(asked),
        asked.text,
    )


def _refusal(typed: str, asked: Question, hits: Sequence[Hit], confidence: float) -> Answer:
    near = confidence >= NEAREST_FROM and bool(hits)
    text = wording.nearest(asked) if near else wording.not_found(asked)
    outcome = "nearest" if near else "none"
    return Answer(
        typed, text, None, False, confidence, (), tuple(hits), outcome, wording.understood(asked), asked.text
    )


def _said(short: str | None, chosen: Sequence[Reply]) -> str:
    if len(chosen) == 1:
        return wording.answer(short, chosen[0].scored, 1)
    return wording.several([reply.scored for reply in chosen])


def _rivals(asked: Question, replies: Sequence[Reply]) -> list[Reply]:
    """Replies of other articles that fit about as well and say something else: the question was open."""
    if asked.kind not in _OPEN_KINDS:
        return []
    best, found = replies[0], list[Reply]()
    for reply in replies[1:]:
        if len(found) == MOST_RIVALS or reply.score < best.score - RIVAL_MARGIN:
            break
        if reply.confidence >= ANSWER_FROM and all(_differ(reply, other) for other in (best, *found)):
            found.append(reply)
    return found


def _differ(a: Reply, b: Reply) -> bool:
    if a.scored.reading.hit.article.article_id == b.scored.reading.hit.article.article_id:
        return False
    first, second = a.scored.candidate, b.scored.candidate
    if first.quantity and second.quantity:
        return first.quantity.unit == second.quantity.unit and not same_value(first.quantity, second.quantity)
    return fold(first.text) != fold(second.text)
