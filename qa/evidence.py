"""How sure a row of the ledger is, from where its period and place stand and from what other rows say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.places import read_place
from index.quantity_compare import approximately
from index.types import Article, Figure, Quantity
from index.vietnamese import fold
from qa.indicators import word_fit

AMOUNT = 0.94
PERIOD_HERE, PERIOD_CARRIED = 0.96, 0.88
PLACE_HERE, PLACE_CARRIED = 0.93, 0.88
"""Share of rows whose value, unit and kind, whose period, and whose place are right; the latter two where they stand in the
row's own sentence and where they were said before it. ``benchmarks/figures_evidence.py`` over all labels."""
OTHER_WORDS = 0.95
"""Share right among indicators that are taken for one in other words: precision of ``benchmarks/indicators.py``."""
_CONTRADICTED = 0.5
"""Of two rows that tell one thing differently one at most is right."""


def sureness(
    asked: str, shown: Sequence[Figure], heard: Sequence[Figure], articles: Mapping[str, Article]
) -> float:
    """How sure an answer is that is made of rows: as sure as the least sure of them, in [0, 1].

    Args:
        asked: the indicator that is asked for.
        shown: the rows of the answer.
        heard: all rows that fit the question, those shown among them.
        articles: the articles of all rows by id.
    """
    return min(_sure(asked, one, heard, articles) for one in shown)


def _sure(asked: str, figure: Figure, heard: Sequence[Figure], articles: Mapping[str, Article]) -> float:
    """One row: less where another one contradicts it, more where another article says the same."""
    sure = row_sure(figure, articles[figure.article_id])
    rivals = [other for other in heard if other is not figure and _scope(other) == _scope(figure)]
    agreeing = [other for other in rivals if approximately(quantity(figure), quantity(other))]
    if len(agreeing) < len(rivals):
        sure *= _CONTRADICTED
    else:
        others = {other.article_id: other for other in agreeing if other.article_id != figure.article_id}
        for other in others.values():
            sure = 1 - (1 - sure) * (1 - row_sure(other, articles[other.article_id]))
    return sure if word_fit(asked, figure.indicator) >= 1 else sure * OTHER_WORDS


def row_sure(figure: Figure, article: Article) -> float:
    """The share of rows that are right whose period and place are told as those of this one.

    A row without a period or place claims none: that cannot be wrong.
    """
    start, end = figure.sentence
    sure = AMOUNT
    if figure.period is not None:
        sure *= (
            PERIOD_HERE if start <= figure.period.start < end and figure.period.end > 0 else PERIOD_CARRIED
        )
    if figure.place:
        here = fold(read_place(figure.place).name) in fold(article.text[start:end])
        sure *= PLACE_HERE if here else PLACE_CARRIED
    return sure


def quantity(figure: Figure) -> Quantity:
    """The amount of a figure."""
    return Quantity(
        figure.start, figure.end, figure.text, figure.value, figure.unit, figure.qualifier, figure.total
    )


def _scope(figure: Figure) -> tuple[object, ...]:
    days = (figure.period.first, figure.period.last) if figure.period else None
    return figure.indicator, figure.place, days, figure.kind, figure.unit
