"""The data types of questions and answers: everything that crosses the modules of ``qa``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from index.types import Article, Figure, Passage, Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query.

    Attributes:
        passage: the passage.
        article: the article it belongs to.
        score: in [0, 1], higher is better: how well the passage fits the query among all that were found.
        rank: from 1.
    """

    passage: Passage
    article: Article
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a part of an answer stands; ``article.text[start:end] == quote``.

    Attributes:
        number: from 1; the marker ``[1]`` in the answer's text.
        passage_id: the passage the quote was read in.
        article_id: its article.
        path: the article's file.
        title: the article's title.
        source: its publisher; "" when unknown.
        url: its address; "" when unknown.
        published: its day of publication, None when unknown.
        quote: whole sentences, verbatim.
        start: first character of the quote in the article's text.
        end: one past the last.
        marks: the spans of the article's text that are the answer itself, inside the quote.
    """

    number: int
    passage_id: str
    article_id: str
    path: str
    title: str
    source: str
    url: str
    published: date | None
    quote: str
    start: int
    end: int
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question, and what it rests on.

    Attributes:
        question: as typed.
        text: a sentence or two of Vietnamese with ``[1]`` markers.
        short: the answer itself, verbatim from a quote; None when a sentence is the answer.
        answered: False when the corpus holds no answer; ``text`` then says so.
        confidence: in [0, 1]: the estimated probability that the answer is right.
        citations: what the answer rests on, by number; when not answered empty, but for a comparison of which
            the figure of one side was found.
        hits: the passages that were read, best first.
        outcome: "answer", "nearest" (the closest passage is shown, said not to be the answer) or "none".
        understood: what was understood of the question, for people: "thu ngân sách · năm 2020".
        searched: the question made whole from the history; equal to ``question`` without one.
        conflict: "" for one answer; "ambiguous" when the question leaves place or time open and ``text`` lists
            an answer for each; "disagreement" when sources differ on one place and time. ``short`` is then
            the one the reader trusts most.
        figures: the figures of a series, in the order they are said; empty for any other answer.
        scope: what a figure is said of, for people, as far as the article tells: "thành phố An Lạc · năm 2020".
    """

    question: str
    text: str
    short: str | None
    answered: bool
    confidence: float
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    outcome: str = "answer"
    understood: str = ""
    searched: str = ""
    conflict: str = ""
    scope: str = ""
    figures: tuple[Figure, ...] = ()
