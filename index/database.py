"""Articles and passages in SQLite: the tables of a segment, and several segments read as one database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from index import joined
from index.store_protocol import PassageRow
from index.types import Article, Passage

DATABASE = "articles.sqlite"

TABLES = """
CREATE TABLE articles (
    row INTEGER PRIMARY KEY, article_id TEXT UNIQUE NOT NULL, path TEXT NOT NULL, title TEXT NOT NULL,
    source TEXT NOT NULL, url TEXT NOT NULL, published TEXT, text TEXT NOT NULL, furniture TEXT NOT NULL,
    sha256 TEXT NOT NULL, stamp TEXT NOT NULL
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, passage_id TEXT NOT NULL, article_row INTEGER NOT NULL REFERENCES articles,
    start INTEGER NOT NULL, end INTEGER NOT NULL, furniture INTEGER NOT NULL, encoded BLOB NOT NULL
);
"""
INDEXES = """
CREATE INDEX passages_of_article ON passages (article_row);
CREATE INDEX passages_by_encoding ON passages (encoded);
CREATE INDEX articles_by_day ON articles (published, source);
CREATE INDEX articles_by_file ON articles (path, sha256, stamp, article_id);
"""
"""Made after the rows. The last two hold all that filters and an incremental build read, so neither reads a text."""

_ARTICLE = "row, article_id, path, title, source, url, published, text, furniture"
_PASSAGE = "row, passage_id, article_row, start, end, furniture, encoded"
_AT_ONCE = 500  # values in one IN (...)


def create(path: Path) -> sqlite3.Connection:
    """A new database with empty tables, written without a journal: a crash throws the whole segment away."""
    database = sqlite3.connect(path.as_uri(), uri=True)
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
    return database


def copy_living(database: sqlite3.Connection, paths: Sequence[Path], dead: Sequence[int]) -> int:
    """Copy the living rows of some segments, oldest first, into a new database; the number of articles."""
    joined.copy_living(database, paths, dead)
    return finish(database)


def finish(database: sqlite3.Connection) -> int:
    """Index a filled database; the number of articles."""
    for statement in filter(str.strip, INDEXES.split(";")):
        database.execute(statement.replace("CREATE INDEX ", "CREATE INDEX main."))
    database.commit()
    return int(database.execute("SELECT count(*) FROM main.articles").fetchone()[0])


def insert(
    database: sqlite3.Connection,
    article_row: int,
    first_passage: int,
    article: Article,
    stored: Sequence[PassageRow],
    origin: tuple[str, str],
) -> None:
    """Write one article under its row and its passages under rows from ``first_passage``.

    Args:
        database: from ``create``.
        article_row: row of the article.
        first_passage: row of its first passage.
        article: the article.
        stored: its passages in reading order.
        origin: sha256 and stamp of its file.
    """
    day = article.published.isoformat() if article.published else None
    database.execute(
        "INSERT INTO articles VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (article_row, article.article_id, article.path, article.title, article.source, article.url, day,
         article.text, json.dumps(article.furniture), *origin),
    )  # fmt: skip
    database.executemany(
        "INSERT INTO passages VALUES (?,?,?,?,?,?,?)",
        [
            (row, p.passage.passage_id, article_row, p.passage.start, p.passage.end,
             int(p.passage.furniture), p.encoded)
            for row, p in enumerate(stored, first_passage)
        ],
    )  # fmt: skip


def articles(
    database: sqlite3.Connection, rows: Iterable[int] | None = None
) -> Iterator[tuple[int, Article]]:
    """(row, article) by row; all of them when ``rows`` is None."""
    sql = f"SELECT {_ARTICLE} FROM articles{_where('row', rows)} ORDER BY row"
    for record in database.execute(sql):
        yield record[0], _article(record[1:])


def passages(
    database: sqlite3.Connection, rows: Sequence[int] | None = None
) -> Iterator[tuple[int, PassageRow, Article]]:
    """(row, passage, its article) by row; all of them when ``rows`` is None."""
    found = database.execute(f"SELECT {_PASSAGE} FROM passages{_where('row', rows)} ORDER BY row")
    if rows is None:  # article rows ascend with passage rows, so two walks side by side meet
        yield from _walk(found, articles(database))
    else:
        records = found.fetchall()
        yield from _walk(records, articles(database, sorted({record[2] for record in records})))


def _walk(
    records: Iterable[tuple[int, str, int, int, int, int, bytes]], walked: Iterator[tuple[int, Article]]
) -> Iterator[tuple[int, PassageRow, Article]]:
    article_row, article = -1, None
    for row, passage_id, wanted, start, end, furniture, encoded in records:
        while article is None or article_row < wanted:
            article_row, article = next(walked)
        text = article.text[start:end]
        passage = Passage(passage_id, article.article_id, start, end, text, bool(furniture))
        yield row, PassageRow(passage, encoded), article


def known_encodings(database: sqlite3.Connection, encoded: Sequence[bytes]) -> dict[bytes, int]:
    """Hash of what the encoder was given -> row of a passage whose vector it gave."""
    known: dict[bytes, int] = {}
    for first in range(0, len(encoded), _AT_ONCE):
        wanted = encoded[first : first + _AT_ONCE]
        marks = ",".join("?" * len(wanted))
        known.update(
            database.execute(f"SELECT encoded, row FROM passages WHERE encoded IN ({marks})", wanted)
        )
    return known


def _where(column: str, rows: Iterable[int] | None) -> str:
    return "" if rows is None else f" WHERE {column} IN ({','.join(str(int(row)) for row in rows)})"


def _article(record: Sequence[str]) -> Article:
    article_id, path, title, source, url, published, text, furniture = record
    day = date.fromisoformat(published) if published else None
    spans = tuple((start, end) for start, end in json.loads(furniture))
    return Article(article_id, path, title, source, url, day, text, spans)
