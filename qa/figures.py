"""The figures of the corpus that fit what is asked for: filtered, sorted by fit, as a list that can be exported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from index.types import Article, Figure
from index.vietnamese import fold


@dataclass(frozen=True, slots=True)
class FigureFilters:
    """Which figures are wanted; an empty field lets everything pass. See ``Assistant.figures``."""

    place: str = ""
    since: date | None = None
    until: date | None = None
    kind: str = ""
    unit: str = ""


class FigureList(list[Figure]):
    """Figures, best fit first."""


def find_figures(
    indicator: str, filters: FigureFilters, read: Iterable[tuple[Article, list[Figure]]]
) -> FigureList:
    """The figures whose sentence holds the words of the indicator."""
    words = fold(indicator).split()
    return FigureList(
        figure
        for article, figures in read
        for figure in figures
        if all(word in fold(article.text[slice(*figure.sentence)]) for word in words)
        and filters.unit in ("", figure.unit)
        and filters.kind in ("", figure.kind)
        and fold(filters.place) in fold(figure.place)
    )
