"""The figures of the corpus that fit what is asked for: filtered, sorted by fit, as a list that can be exported."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from index.errors import IndexMismatch, InputError
from index.ledger import FigureQuery, Ledger
from index.places import Place, read_place
from index.store_protocol import OpenGeneration
from index.types import Article, Figure
from index.vietnamese import fold, to_nfc
from qa.indicators import SAME, Embed, fits, groups

if TYPE_CHECKING:
    from pandas import DataFrame

KINDS = {"actual": "thực hiện", "estimate": "ước", "plan": "kế hoạch"}
"""The kinds of figures, and what people read."""


@dataclass(frozen=True, slots=True)
class FigureFilters:
    """Which figures are wanted; an empty field lets everything pass. See ``Assistant.figures``."""

    place: str = ""
    since: date | None = None
    until: date | None = None
    kind: str = ""
    unit: str = ""


class FigureList(list[Figure]):
    """Figures, best fit first, with the articles they stand in.

    Attributes:
        articles: the articles by id.
    """

    def __init__(self, figures: Iterable[Figure] = (), articles: Mapping[str, Article] | None = None) -> None:
        super().__init__(figures)
        self.articles: Mapping[str, Article] = articles or {}

    def rows(self) -> list[dict[str, object]]:
        """One flat record a figure: its fields, its sentence, its article."""
        return [_row(figure, self.articles.get(figure.article_id)) for figure in self]

    def lines(self) -> list[str]:
        """Each figure and its sentence as text for people."""
        return [line for figure in self for line in _lines(figure, self.articles.get(figure.article_id))]

    def to_csv(self) -> str:
        """The rows as CSV with a header line; values in base units.

        A text that a spreadsheet would take for a formula has "'" before it.
        """
        stream = io.StringIO()
        writer = csv.DictWriter(stream, fieldnames=list(_FIELDS), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in self.rows())
        return stream.getvalue()

    def to_dataframe(self) -> DataFrame:
        """The rows as a pandas table, ``value`` and ``total`` as float (the extra ``figures``).

        Raises:
            InputError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise InputError("a table needs pandas: pip install 'hoidap[figures]'") from error
        frame = pandas.DataFrame(self.rows(), columns=list(_FIELDS))
        numbers = {name: frame[name].astype(float) for name in ("value", "total")}
        days = {name: pandas.to_datetime(frame[name]) for name in ("first", "last", "published")}
        return frame.assign(**numbers, **days)


_FIELDS = (
    "indicator", "value", "unit", "text", "qualifier", "total", "period", "first", "last", "place", "kind", "change",
    "sentence", "title", "source", "published", "path", "article_id", "start", "end",
)  # fmt: skip


def _row(figure: Figure, article: Article | None) -> dict[str, Any]:
    period = figure.period
    named = {name: getattr(figure, name) for name in _FIELDS if hasattr(figure, name)}
    named |= {
        "period": period.text if period else "",
        "first": period.first if period else None,
        "last": period.last if period else None,
        "sentence": article.text[slice(*figure.sentence)] if article else "",
    }
    told = ("title", "source", "published", "path")
    return {name: named.get(name, "") for name in _FIELDS} | {
        name: getattr(article, name) if article else "" for name in told
    }


def _cell(value: object) -> object:
    return (
        f"'{value}"
        if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
        else value
    )


def _lines(figure: Figure, article: Article | None) -> tuple[str, str]:
    amount = f"{figure.qualifier} {figure.text}".strip()
    when = figure.period.text if figure.period else ""
    told = (f"{figure.indicator}: {amount}", when, figure.place, KINDS[figure.kind], figure.change)
    sentence = article.text[slice(*figure.sentence)] if article else ""
    title = article.title if article else ""
    return " · ".join(part for part in told if part), f"    “{sentence}” – {title}"


def unit_told(figure: Figure) -> str:
    """The unit of a figure, whether or not it says that it is a head's and a year's: "triệu đồng/người/năm"."""
    return _A_HEAD.sub("", figure.unit)


_A_HEAD = re.compile(r"(?:/người)?(?:/năm)?$")


def find_figures(
    indicator: str, filters: FigureFilters, generation: OpenGeneration, embed: Embed | None = None
) -> FigureList:
    """The figures that fit, best first; those of one fit by place, then by period.

    Raises:
        InputError: a kind that does not exist.
        IndexMismatch: the index holds no figures.
    """
    if filters.kind not in ("", *KINDS):
        raise InputError(f"kind is {filters.kind!r}; it is one of {', '.join(KINDS)}")
    ledger = _ledger(generation)
    fit = _fit_by_indicator(indicator, ledger, embed)
    query = FigureQuery(
        fit,
        filters.since,
        filters.until,
        filters.kind,
        to_nfc(filters.unit),
        bool(filters.unit),
    )
    asked = read_place(filters.place) if filters.place else None
    found = [figure for figure in ledger.where(query) if asked is None or _is_at(asked, figure.place)]
    found.sort(key=lambda figure: _order(figure, fit or {}))
    return FigureList(found, _Articles(generation, {figure.article_id for figure in found}))


class _Articles(Mapping[str, Article]):
    """The articles of some figures, each read when it is first asked for: a page shows fifty figures of many thousands."""

    def __init__(self, generation: OpenGeneration, ids: Collection[str]) -> None:
        self._generation, self._ids, self._known = generation, ids, dict[str, Article]()

    def __getitem__(self, article_id: str) -> Article:
        if article_id not in self._known:
            article = self._generation.article(article_id) if article_id in self._ids else None
            if article is None:
                raise KeyError(article_id)
            self._known[article_id] = article
        return self._known[article_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


@lru_cache(maxsize=1)
def known_indicators(generation: OpenGeneration) -> list[tuple[str, list[str], int]]:
    """The indicators of an index, grouped; see ``qa.indicators.groups``."""
    ledger = _ledger(generation)
    counted = Counter(figure.indicator for figure in ledger.where(FigureQuery()) if figure.indicator)
    return groups(counted.items())


def _ledger(generation: OpenGeneration) -> Ledger:
    if generation.ledger is None:
        raise IndexMismatch(
            f"{generation.place}: holds no figures; run `hoidap index` again (a folder keeps them, a server does not yet)"
        )
    return generation.ledger


def _fit_by_indicator(asked: str, ledger: Ledger, embed: Embed | None) -> dict[str, float] | None:
    """The fitting indicators; None when none is asked for."""
    if not asked.strip():
        return None
    known = ledger.indicators()
    fit = fits(asked, known, embed)
    return {one: value for one, value in zip(known, fit, strict=True) if value >= SAME}


def _order(figure: Figure, fit: Mapping[str, float]) -> tuple[object, ...]:
    period = figure.period
    day = (period.last if period else None) or date.max
    return (-fit.get(figure.indicator, 0.0), day, figure.article_id, figure.start)


def _is_at(asked: Place, written: str) -> bool:
    """Whether a figure's place is the one asked for: equal names, kinds that do not contradict."""
    if not written:
        return False
    said = read_place(written)
    if asked.type and said.type and asked.type != said.type:
        return False
    return fold(asked.name) == fold(said.name)
