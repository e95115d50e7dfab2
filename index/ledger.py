"""The figures of a generation on disk: one SQLite file for each of its segments, shared with the generation before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from index.figures import FIGURES_VERSION
from index.joined import copy_living, open_together
from index.types import Change, Figure, Period, Span

LEDGER_FOLDER = "figures"

_TABLES = """
CREATE TABLE figures (
    article_row INTEGER NOT NULL, article_id TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    indicator TEXT NOT NULL, value TEXT NOT NULL, unit TEXT NOT NULL, text TEXT NOT NULL, qualifier TEXT NOT NULL,
    place TEXT NOT NULL, kind TEXT NOT NULL, change TEXT NOT NULL, indicator_text TEXT NOT NULL, total TEXT,
    compares INTEGER NOT NULL, first TEXT, last TEXT, period TEXT, spans TEXT NOT NULL, changes TEXT NOT NULL
);
"""
_INDEXES = (
    "CREATE INDEX main.figures_of_article ON figures (article_id, start)",
    "CREATE INDEX main.figures_of_indicator ON figures (indicator, article_row)",
    "CREATE INDEX main.figures_at_place ON figures (place, article_row)",
)
_COLUMNS = (
    "indicator, value, unit, text, qualifier, period, place, kind, change, article_id, start, end, indicator_text,"
    " spans, changes, total"
)


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """Which rows are wanted; None and "" let everything pass.

    Attributes:
        indicators: canonical texts, as ``Ledger.indicators`` gives them.
        since: only figures whose period ends on this day or later; those without a period do not pass.
        until: only figures whose period begins on this day or earlier.
        kind: "actual", "estimate" or "plan".
        unit: the base unit.
        comparisons: also the figures that only compare another one ("tăng 12,8%").
    """

    indicators: Collection[str] | None = None
    since: date | None = None
    until: date | None = None
    kind: str = ""
    unit: str = ""
    comparisons: bool = False


class Ledger:
    """The figures of one generation, open for reading."""

    def __init__(self, paths: Sequence[Path], dead: Sequence[int] = ()) -> None:
        self._database = open_together(paths, dead)
        versions = {
            self._database.execute(f"PRAGMA s{n}.user_version").fetchone()[0] for n in range(len(paths))
        }
        self.version: int = min(versions)

    def __len__(self) -> int:
        count: int = self._database.execute("SELECT count(*) FROM figures").fetchone()[0]
        return count

    def indicators(self) -> list[str]:
        """The canonical text of every indicator once, in alphabetical order."""
        return self._once("indicator")

    def places(self) -> list[str]:
        """Every place once, as written."""
        return self._once("place")

    def _once(self, column: str) -> list[str]:
        sql = f"SELECT DISTINCT {column} FROM figures ORDER BY {column}"
        return [record[0] for record in self._database.execute(sql)]

    def of(self, article_id: str) -> list[Figure]:
        """The figures of one article in reading order."""
        sql = f"SELECT {_COLUMNS} FROM figures WHERE article_id = ? ORDER BY start"
        return [_figure(record) for record in self._database.execute(sql, (article_id,))]

    def touching(self, article_id: str, start: int, end: int) -> list[Figure]:
        """The figures of an article that touch ``[start, end)`` of its text, in reading order."""
        sql = f"SELECT {_COLUMNS} FROM figures WHERE article_id = ? AND start < ? AND end > ? ORDER BY start"
        return [_figure(record) for record in self._database.execute(sql, (article_id, end, start))]

    def where(self, query: FigureQuery) -> Iterator[Figure]:
        """The figures that pass, by article and place."""
        conditions, values = _conditions(query)
        sql = f"SELECT {_COLUMNS} FROM figures WHERE {' AND '.join(conditions)} ORDER BY article_id, start"
        return map(_figure, self._database.execute(sql, values))

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def _conditions(query: FigureQuery) -> tuple[list[str], list[object]]:
    conditions, values = ["TRUE" if query.comparisons else "compares = 0"], list[object]()
    if query.indicators is not None:
        conditions.append("indicator IN (SELECT value FROM json_each(?))")
        values.append(_json(list(query.indicators)))
    for condition, value in (
        ("last >= ?", query.since),
        ("first <= ?", query.until),
        ("kind = ?", query.kind),
        ("unit = ?", query.unit),
    ):
        if value:
            conditions.append(condition)
            values.append(str(value))
    return conditions, values


def ledger_files(folder: Path, segments: Iterable[str]) -> list[Path]:
    """Where a generation keeps the figures of its segments: a file each, shared with the generation before."""
    return [folder / LEDGER_FOLDER / f"{name}.sqlite" for name in segments]


def write_ledger(path: Path, figures: Iterable[tuple[int, Sequence[Figure]]]) -> None:
    """Write figures to a new file.

    Args:
        path: the file to make.
        figures: (row of an article, its figures in reading order).
    """
    with closing(_create(path)) as database:
        for row, found in figures:
            records = [_record(row, figure) for figure in found]
            database.executemany(f"INSERT INTO figures VALUES ({','.join('?' * 20)})", records)
        _finish(database)


def merge_ledger(path: Path, sources: Sequence[Path], dead: Sequence[int]) -> None:
    """Write the figures of some files, without those of dead articles, to a new one."""
    with closing(_create(path)) as database:
        copy_living(database, sources, dead)
        _finish(database)


def _create(path: Path) -> sqlite3.Connection:
    """Written without a journal: a crash throws the whole generation away."""
    path.parent.mkdir(exist_ok=True)
    database = sqlite3.connect(path.as_uri(), uri=True)
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
    return database


def _finish(database: sqlite3.Connection) -> None:
    for statement in _INDEXES:
        database.execute(statement)
    database.execute(f"PRAGMA main.user_version = {FIGURES_VERSION}")
    database.commit()


def _record(article_row: int, figure: Figure) -> tuple[object, ...]:
    period = figure.period
    days = (period.first, period.last) if period else (None, None)
    spans = (figure.indicator_span, figure.sentence, figure.of)
    return (
        article_row, figure.article_id, figure.start, figure.end, figure.indicator, str(figure.value), figure.unit,
        figure.text, figure.qualifier, figure.place, figure.kind, figure.change, figure.indicator_text,
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
