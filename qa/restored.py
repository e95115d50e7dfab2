"""What was typed without diacritics or capitals, written with those of the passages found for it."""

from __future__ import annotations

from collections.abc import Sequence

from index.numbers import Grammar
from index.vietnamese import has_diacritics
from qa.antecedent import find
from qa.diacritics import restore
from qa.followup import Turn, asked_in, make_whole
from qa.question import Question
from qa.retrieve import Filters, Retriever
from qa.script import USUAL

RESTORED_FROM = 20
"""Passages whose words give a question its diacritics."""


def restored(asked: Question, retriever: Retriever, filters: Filters) -> str:
    """A question with the diacritics and capitals of the passages found for it."""
    hits = retriever.retrieve(asked.text, RESTORED_FROM, filters, asked.kind in ("contact", "place"))
    return restore(asked.text, [hit.passage.text for hit in hits], USUAL)


def conversation(
    question: str, history: Sequence[Turn], retriever: Retriever, filters: Filters
) -> tuple[str, list[str]]:
    """A follow-up and the questions before it, all with diacritics when one of them has none.

    Names show in a follow-up by their capitals: "con an binh?" cannot be told from a measure before it is written
    "còn An Bình?". The words are those of the passages found for the question before and for the follow-up alone.
    """
    turns = [asked_in(turn) for turn in history]
    if not turns or all(map(has_diacritics, (question, *turns))):
        return question, turns
    before = make_whole(turns[-1], turns[:-1])
    hits = [hit for text in (before, question) for hit in retriever.retrieve(text, RESTORED_FROM, filters)]
    texts = [hit.passage.text for hit in hits]
    written = [
        text if has_diacritics(text) else (_follow_up if turns_before else restore)(text, texts)
        for turns_before, text in enumerate((*turns, question))
    ]
    return written[-1], written[:-1]


def _follow_up(question: str, texts: Sequence[str]) -> str:
    """A follow-up with diacritics; "con" that begins it is "còn", whatever the passages write so."""
    opening = find(_AND, question)
    head = opening.group() if opening else ""
    usual = USUAL * _OFTEN
    return restore(head, (), usual) + restore(question[len(head) :], texts, usual)


_AND = Grammar.of(r"^(?:(?:thế|vậy|rồi|ok) )?còn (?:về )?")
_OFTEN = 12
"""The words that follow-ups are made of count so many times next to those of the passages."""
