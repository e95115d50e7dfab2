"""From ranked replies to the answer: what is said, what it is cited from, and when nothing is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa import wording
from qa.cite import cite, quote
from qa.full_names import full_name, sentence_around
from qa.gather import gather
from qa.question import Question
from qa.read import Reply
from qa.rivals import Rivals, find_rivals
from qa.scope import scope_of
from qa.types import Answer, Citation, Hit
from qa.verify import unsupported

ANSWER_FROM = 0.2
"""Confidence from which a reply is given as the answer: chosen on five question sets; false answers and false refusals
by set are in docs/evaluation.md."""
NEAREST_FROM = 0.16
"""Confidence from which the closest passage is shown, said not to be the answer."""


def compose(typed: str, asked: Question, hits: Sequence[Hit], replies: Sequence[Reply]) -> Answer:
    """The answer that the replies allow."""
    best = replies[0] if replies else None
    if best is None or best.confidence < ANSWER_FROM:
        return _refusal(typed, asked, hits, best.confidence if best else 0.0)
    short = best.scored.short
    text, citations, conflict = _said(short, asked, replies)
    if asked.kind == "person" and len(citations) == 1:
        short, text, citations = _with_full_name(short, text, best, citations[0])
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
        conflict,
        _scope(best) if asked.kind == "number" and not conflict else "",
    )


def _with_full_name(
    short: str | None, text: str, best: Reply, citation: Citation
) -> tuple[str | None, str, tuple[Citation, ...]]:
    """The answer with the full name of a person whom the sentence calls by the given name, cited from where it stands.

    Nothing more is cited when the sentence itself says the full name.
    """
    hit = best.scored.reading.hit
    span = full_name(hit.article, short or "", citation.end)
    if span is None:
        return short, text, (citation,)
    whole = hit.article.text[slice(*span)]
    if citation.start <= span[0] and span[1] <= citation.end:
        marks = tuple(mark for mark in citation.marks if not span[0] <= mark[0] < span[1])
        citation = replace(citation, marks=(span, *marks))
        return whole, wording.named(whole, citation), (citation,)
    second = quote(2, hit, *sentence_around(hit.article, span), (span,))
    told = wording.full_name(whole, text, second)
    if unsupported(told, [citation.quote, second.quote]):
        return short, text, (citation,)
    return whole, told, (citation, second)


def _scope(reply: Reply) -> str:
    """Place and time of a reply, for people."""
    return " · ".join(filter(None, wording.scope_texts(scope_of(reply.scored))))


def _refusal(typed: str, asked: Question, hits: Sequence[Hit], confidence: float) -> Answer:
    near = confidence >= NEAREST_FROM and bool(hits)
    text = wording.nearest(asked) if near else wording.not_found(asked)
    outcome = "nearest" if near else "none"
    return Answer(
        typed, text, None, False, confidence, (), tuple(hits), outcome, wording.understood(asked), asked.text
    )


def _said(
    short: str | None, asked: Question, replies: Sequence[Reply]
) -> tuple[str, tuple[Citation, ...], str]:
    """What is said, from what it is cited, and the kind of conflict; what the guard strikes is not said."""
    best, rivals = replies[0], find_rivals(asked, replies)
    if rivals is not None:
        citations = tuple(cite(number, reply.scored) for number, reply in enumerate(rivals.replies, 1))
        text = wording.several(rivals)
        if not unsupported(text, [*(citation.quote for citation in citations), *_told(rivals)]):
            return text, citations, rivals.kind
    if best.scored.candidate.form == "sentence":
        return _quoted(gather(replies))
    citation = cite(1, best.scored)
    text = wording.answer(short, best.scored, 1)
    if unsupported(text, [citation.quote]):
        text = f"{citation.quote} [1]"
    return text, (citation,), ""


def _quoted(replies: Sequence[Reply]) -> tuple[str, tuple[Citation, ...], str]:
    """Sentences that answer together, each with its marker."""
    citations = tuple(cite(number, reply.scored) for number, reply in enumerate(replies, 1))
    parts = [wording.answer(None, reply.scored, number) for number, reply in enumerate(replies, 1)]
    return " ".join(parts), citations, ""


def _told(rivals: Rivals) -> list[str]:
    """What the answer takes from the articles beside the quotes: scopes, sources and days."""
    told: list[str] = []
    for reply, scope in zip(rivals.replies, rivals.scopes, strict=True):
        article = reply.scored.reading.hit.article
        told += [
            *wording.scope_texts(scope),
            article.title,
            article.source,
            wording.show_day(scope.published),
        ]
    return told
