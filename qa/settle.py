"""Amounts are looked up in the ledger of figures first: its passages are read too, and what it says settles what is close.

The reader ranks sentences by their words: a sentence that names the city and "ngân sách" may stand above the one that tells
the revenue, whose article names the city elsewhere. The ledger has what is measured, when and where of each figure apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.ledger import Ledger
from index.places import Place, mentions, read_place
from index.store_protocol import OpenGeneration
from index.types import Figure
from index.vietnamese import fold, syllables
from qa.fits import period_fits
from qa.indicators import SAME, apart, content
from qa.question import Question
from qa.read import Reply, put_first
from qa.types import Hit

MARGIN = 4.0
"""How far below the best reply the other one may score. Of 2,877 questions with an amount over invented and real articles, half
of them held out, three replies would change without it: two are wrong before and after, one was right and lay 6.5 above."""
MOST = 2
"""Passages that are read beside what the search found."""
_FRAME = frozenset(
    "la duoc bao nhieu may dat co den nay tinh hien khoang da so voi cua va o tai het trong ve thi nam thang quy dau cuoi".split()
)
"""Folded words of a question that name nothing that is measured."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is measured (folded words), where, the folded words of the places' names, and by which question."""

    words: tuple[str, ...]
    places: tuple[Place, ...]
    names: frozenset[str]
    asked: Question


def looked_up(asked: Question, hits: list[Hit], generation: OpenGeneration) -> list[Hit]:
    """The hits, and behind them the passages of their articles whose figures are of what, when and where is asked, two at most.

    Args:
        asked: the question; it has to name what is measured and a time or a place.
        hits: what is to be read, best first.
        generation: what was searched.
    """
    wanted, ledger = _wanted(asked), generation.ledger
    if wanted is None or ledger is None:
        return hits
    known = {hit.passage.passage_id for hit in hits}
    more: dict[str, Hit] = {}
    for hit in {hit.article.article_id: hit for hit in reversed(hits)}.values():
        fitting = [
            figure
            for figure in ledger.of(hit.article.article_id)
            if figure.of is None and _fits(wanted, figure)
        ]
        passages = [row.passage for row in generation.passages_of(hit.article.article_id)] if fitting else []
        for figure in fitting:
            holding = [one for one in passages if one.start <= figure.start and figure.end <= one.end]
            if holding and not any(one.passage_id in known for one in holding):
                more[holding[0].passage_id] = Hit(holding[0], hit.article, hits[-1].score, len(hits) + 1)
    return [*hits, *list(more.values())[:MOST]]


def settle(asked: Question, replies: list[Reply], ledger: Ledger | None) -> list[Reply]:
    """The replies, first the one whose figure is of the very thing, time and place that are asked for.

    They stay as they are unless the figure of the best one is of something else by the ledger, and exactly one amount fits.

    Args:
        asked: the question; it has to name a time or a place.
        replies: best first.
        ledger: of the corpus; None where there is none.
    """
    wanted = _wanted(asked)
    if ledger is None or wanted is None or not replies:
        return replies
    best, *others = replies
    mistaken = _figure(best, ledger)
    if mistaken is None or not mistaken.indicator or wanted.words[0] in content(mistaken.indicator):
        return replies
    near = [other for other in others if other.score >= best.score - MARGIN]
    fitting = [
        (other, figure) for other in near if (figure := _figure(other, ledger)) and _fits(wanted, figure)
    ]
    if len({(figure.value, figure.unit) for _, figure in fitting}) != 1:
        return replies
    chosen, figure = fitting[0]
    if set(wanted.words) & set(content(mistaken.indicator)) - set(content(figure.indicator)):
        return replies  # it lacks a word that the first one has
    return put_first(replies, chosen, max(chosen.confidence, best.confidence))


def _wanted(asked: Question) -> _Wanted | None:
    """What is asked for; None when it is no plain amount, or neither time nor place is told."""
    places = tuple(one.place for one in mentions(asked.text) if one.place.name)
    if asked.kind != "number" or asked.change or asked.share or not (asked.periods or places):
        return None
    named = {word for place in places for word in syllables(fold(f"{place.type} {place.name}"))}
    words = content(" ".join(word for word, _ in asked.topic))
    kept = tuple(word for word in words if word not in named | _FRAME and not word[0].isdigit())
    names = frozenset(word for place in places for word in syllables(fold(place.name)))
    return _Wanted(kept, places, names, asked) if len(kept) > 1 else None


def _figure(reply: Reply, ledger: Ledger) -> Figure | None:
    """The figure of a reply, unless it only compares another one."""
    reading, candidate = reply.scored.reading, reply.scored.candidate
    if candidate.form == "sentence":
        return None
    start, end = reading.start + candidate.start, reading.start + candidate.end
    figures = ledger.touching(reading.hit.article.article_id, start, end)
    return next((one for one in figures if one.of is None), None)


def _fits(wanted: _Wanted, figure: Figure) -> bool:
    """Whether a figure is of what is asked for, of that time, place and kind."""
    measured = (
        [word for word in content(figure.indicator) if word not in wanted.names] if figure.indicator else []
    )
    if wanted.words[0] not in measured or apart(wanted.words, measured):
        return False
    both = len(set(wanted.words) & set(measured))
    asked = wanted.asked
    return (
        both >= SAME * max(len(set(wanted.words)), len(set(measured)))
        and (asked.nature == "plan") == (figure.kind == "plan")
        and (
            not asked.periods
            or (figure.period is not None and period_fits(asked.periods, figure.period) is True)
        )
        and (not wanted.places or _at(wanted.places, figure.place))
    )


def _at(places: Sequence[Place], written: str) -> bool:
    return bool(written) and any(place.matches(read_place(written)) for place in places)
