"""What was typed without diacritics or capitals, written with those of the passages found for it."""

from __future__ import annotations

from collections.abc import Sequence

from index.numbers import Grammar
from index.vietnamese import to_nfc
from qa.antecedent import find
from qa.diacritics import restore
from qa.followup import Turn, make_whole
from qa.question import Question
from qa.retrieve import Filters, Retriever
from qa.script import USUAL, lacks_diacritics
from qa.typed import latest

RESTORED_FROM = 20
"""Passages whose words give a question its diacritics."""
LEADING = (5, 4, 3, 2, 1)
"""How many times more the first passages count: with this 151 of 5,111 syllables were wrong, without it 166, over the
background before and with passages counting 10 times."""


def restored(asked: Question, retriever: Retriever, filters: Filters) -> str:
    """A question with the diacritics and capitals of the passages found for it."""
    furniture = asked.kind in ("contact", "place")
    texts = _texts(asked.text, retriever, filters, furniture)
    return restore(asked.text, texts, [*_leading(texts), *USUAL])


def conversation(
    question: str, history: Sequence[Turn], retriever: Retriever, filters: Filters
) -> tuple[str, list[str]]:
    """A follow-up and the questions before it, all with diacritics when one of them has none.

    Names show in a follow-up by their capitals: "con an binh?" cannot be told from a measure before it is written
    "còn An Bình?". The words are those of the passages found for the question before and for the follow-up alone.
    """
    question, turns = to_nfc(question), latest(history)
    if not turns or not any(map(lacks_diacritics, (question, *turns))):
        return question, turns
    before = make_whole(turns[-1], turns[:-1])
    found = [_texts(text, retriever, filters) for text in (before, question)]
    texts = [text for part in found for text in part]
    often = [text for part in found for text in _leading(part)]
    written = [
        _written(text, texts, often, follows=number > 0) if lacks_diacritics(text) else text
        for number, text in enumerate((*turns, question))
    ]
    return written[-1], written[:-1]


def _texts(query: str, retriever: Retriever, filters: Filters, furniture: bool = False) -> list[str]:
    """The passages found for a query."""
    return [hit.passage.text for hit in retriever.retrieve(query, RESTORED_FROM, filters, furniture)]


def _leading(texts: Sequence[str]) -> list[str]:
    """The first passages, as often as they count more than the others."""
    return [text for text, times in zip(texts, LEADING, strict=False) for _ in range(times)]


def _written(text: str, texts: Sequence[str], often: Sequence[str], *, follows: bool) -> str:
    """A question with diacritics; "con" that begins a follow-up is "còn", whatever the passages write so."""
    if not follows:
        return restore(text, texts, often)
    opening = find(_AND, text)
    head = opening.group() if opening else ""
    usual = USUAL * _OFTEN
    return restore(head, (), usual) + restore(text[len(head) :], texts, [*often, *usual])


_AND = Grammar.of(
    r"^(?:(?:thế|vậy|rồi|ok) )?còn (?!(?:trai|gái|dâu|rể|số|đường|sông|người|tàu|vật|cháu|em)(?!\w))(?:về )?"
)
_OFTEN = 12
"""The words that follow-ups are made of count so many times next to those of the passages."""
