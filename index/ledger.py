"""The figures of an index on disk: one SQLite file a generation, a copy of the one before with what changed."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from index.figures import FIGURES_VERSION, figures_of
from index.types import Article, Change, Figure, Period, Span

LEDGER_FILE = "figures.sqlite"

_TABLES = """
CREATE TABLE version (figures INTEGER NOT NULL);
CREATE TABLE indicators (id INTEGER PRIMARY KEY, indicator TEXT UNIQUE NOT NULL);
CREATE TABLE figures (
    article_id TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, indicator INTEGER NOT NULL REFERENCES indicators,
    value TEXT NOT NULL, unit TEXT NOT NULL, text TEXT NOT NULL, qualifier TEXT NOT NULL, place TEXT NOT NULL,
    kind TEXT NOT NULL, change TEXT NOT NULL, indicator_text TEXT NOT NULL, total TEXT, compares INTEGER NOT NULL,
    first TEXT, last TEXT, period TEXT, spans TEXT NOT NULL, changes TEXT NOT NULL, PRIMARY KEY (article_id, start)
);
CREATE INDEX figures_of_indicator ON figures (indicator);
"""
_COLUMNS = (
    "i.indicator, f.value, f.unit, f.text, f.qualifier, f.period, f.place, f.kind, f.change, f.article_id, f.start, f.end,"
    " f.indicator_text, f.spans, f.changes, f.total"
)
_FROM = "FROM figures f JOIN indicators i ON i.id = f.indicator"


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """Which rows are wanted; None and "" let everything pass.

    Attributes:
        indicators: their ids, as ``Ledger.indicators`` gives them.
        since: only figures whose period ends on this day or later; those without a period do not pass.
        until: only figures whose period begins on this day or earlier.
        kind: "actual", "estimate" or "plan".
        unit: the base unit.
        comparisons: also the figures that only compare another one ("tăng 12,8%").
    """

    indicators: Collection[int] | None = None
    since: date | None = None
    until: date | None = None
    kind: str = ""
    unit: str = ""
    comparisons: bool = False


class Ledger:
    """The figures of one generation, open for reading."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = sqlite3.connect(
            f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self.version: int = self._database.execute("SELECT figures FROM version").fetchone()[0]

    def __len__(self) -> int:
        count: int = self._database.execute("SELECT count(*) FROM figures").fetchone()[0]
        return count

    def indicators(self) -> list[tuple[int, str]]:
        """Every indicator once: (id, canonical text)."""
        return self._database.execute("SELECT id, indicator FROM indicators ORDER BY id").fetchall()

    def places(self) -> list[str]:
        """Every place once, as written."""
        return [
            record[0]
            for record in self._database.execute("SELECT DISTINCT place FROM figures ORDER BY place")
        ]

    def of(self, article_id: str) -> list[Figure]:
        """The figures of one article in reading order."""
        sql = f"SELECT {_COLUMNS} {_FROM} WHERE f.article_id = ? ORDER BY f.start"
        return [_figure(record) for record in self._database.execute(sql, (article_id,))]

    def where(self, query: FigureQuery) -> Iterator[Figure]:
        """The figures that pass, by article and place."""
        conditions, values = _conditions(query)
        sql = f"SELECT {_COLUMNS} {_FROM} WHERE {' AND '.join(conditions)} ORDER BY f.article_id, f.start"
        return map(_figure, self._database.execute(sql, values))

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def _conditions(query: FigureQuery) -> tuple[list[str], list[object]]:
    conditions, values = ["TRUE" if query.comparisons else "f.compares = 0"], list[object]()
    if query.indicators is not None:
        conditions.append(f"f.indicator IN ({','.join(str(int(number)) for number in query.indicators)})")
    for condition, value in (
        ("f.last >= ?", query.since),
        ("f.first <= ?", query.until),
        ("f.kind = ?", query.kind),
        ("f.unit = ?", query.unit),
    ):
        if value:
            conditions.append(condition)
            values.append(str(value))
    return conditions, values


def write_ledger(path: Path, articles: Iterable[Article]) -> None:
    """Write the figures of some articles to a new file."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript(_TABLES)
        database.execute("INSERT INTO version VALUES (?)", (FIGURES_VERSION,))
        _insert(database, articles)
        database.commit()


def update_ledger(path: Path, old: Ledger, gone: Iterable[str], articles: Iterable[Article]) -> None:
    """Write a copy of a ledger of this version in which some articles are replaced; the rest is not read.

    Args:
        path: the file to make.
        old: the ledger to copy; indicators keep their numbers.
        gone: ids of articles whose figures are left out.
        articles: whose figures are added.
    """
    shutil.copy2(old.path, path)
    with closing(sqlite3.connect(path)) as database:
        database.executemany("DELETE FROM figures WHERE article_id = ?", [(one,) for one in gone])
        _insert(database, articles)
        database.execute("DELETE FROM indicators WHERE id NOT IN (SELECT indicator FROM figures)")
        database.commit()


def _insert(database: sqlite3.Connection, articles: Iterable[Article]) -> None:
    numbers: dict[str, int] = {}
    for article in articles:
        figures = figures_of(article)
        for figure in figures:
            if figure.indicator not in numbers:
                numbers[figure.indicator] = _number(database, figure.indicator)
        rows = [_record(figure, numbers[figure.indicator]) for figure in figures]
        database.executemany(f"INSERT INTO figures VALUES ({','.join('?' * 19)})", rows)


def _number(database: sqlite3.Connection, indicator: str) -> int:
    """The number of an indicator; a new one gets the next."""
    database.execute("INSERT OR IGNORE INTO indicators (indicator) VALUES (?)", (indicator,))
    sql = "SELECT id FROM indicators WHERE indicator = ?"
    return int(database.execute(sql, (indicator,)).fetchone()[0])


def _record(figure: Figure, indicator: int) -> tuple[object, ...]:
    period = figure.period
    days = (period.first, period.last) if period else (None, None)
    spans = (figure.indicator_span, figure.sentence, figure.of)
    return (
        figure.article_id, figure.start, figure.end, indicator, str(figure.value), figure.unit, figure.text,
        figure.qualifier, figure.place, figure.kind, figure.change, figure.indicator_text,
        None if figure.total is None else str(figure.total), int(figure.of is not None), *map(_iso, days),
        _json(_plain(period)) if period else None, _json(spans),
        _json([(*map(str, astuple(change)[:5]), change.start, change.end) for change in figure.changes]),
    )  # fmt: skip


def _plain(period: Period) -> tuple[object, ...]:
    return period.start, period.end, period.text, _iso(period.first), _iso(period.last), period.grain


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _figure(record: Sequence[str]) -> Figure:
    (indicator, value, unit, text, qualifier, period, place, kind, change, article_id, start, end, indicator_text,
     spans, changes, total) = record  # fmt: skip
    indicator_span, sentence, of = map(_span, json.loads(spans))
    return Figure(
        indicator, Decimal(value), unit, text, qualifier, _period(period), place, kind, change, article_id,
        int(start), int(end), indicator_text, indicator_span or (0, 0), sentence or (0, 0),
        tuple(_change(*part) for part in json.loads(changes)), of, None if total is None else Decimal(total),
    )  # fmt: skip


def _span(pair: Sequence[int] | None) -> Span | None:
    return (pair[0], pair[1]) if pair else None


def _period(record: str | None) -> Period | None:
    if record is None:
        return None
    start, end, text, first, last, grain = json.loads(record)
    return Period(start, end, text, _day(first), _day(last), grain)


def _change(kind: str, text: str, value: str, unit: str, against: str, start: int, end: int) -> Change:
    return Change(kind, text, Decimal(value), unit, against, start, end)
