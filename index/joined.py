"""Several SQLite files of the same tables read as one: what lives in each of them, seen through views."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path


def open_together(paths: Sequence[Path], dead: Sequence[int]) -> sqlite3.Connection:
    """Some databases as one, read-only; for use from any thread.

    Args:
        paths: of the files, ten at most.
        dead: article rows that are not to be seen.
    """
    database = sqlite3.connect("file::memory:", uri=True, check_same_thread=False)
    attach(database, paths, dead)
    return database


def attach(
    database: sqlite3.Connection, paths: Sequence[Path], dead: Sequence[int], prefix: str = ""
) -> list[str]:
    """Add some databases to a connection, with views named ``prefix`` + table; the names of the tables.

    A view holds the rows of all files whose article is not in ``dead``. The table ``articles`` knows its articles by ``row``,
    every other one by ``article_row``.
    """
    database.execute("CREATE TEMP TABLE dead (row INTEGER PRIMARY KEY)")
    database.executemany("INSERT INTO dead VALUES (?)", [(row,) for row in dead])
    for number, path in enumerate(paths):
        database.execute(f"ATTACH ? AS s{number}", (f"{path.as_uri()}?mode=ro&immutable=1",))
    listed = database.execute("SELECT name FROM s0.sqlite_master WHERE type = 'table'").fetchall()
    tables = [str(name) for (name,) in listed]
    for table in tables:
        key = "row" if table == "articles" else "article_row"
        living = f" WHERE {key} NOT IN (SELECT row FROM temp.dead)" if dead else ""
        parts = [f"SELECT * FROM s{number}.{table}{living}" for number in range(len(paths))]
        database.execute(f"CREATE TEMP VIEW {prefix}{table} AS " + " UNION ALL ".join(parts))
    database.commit()
    return tables


def copy_living(database: sqlite3.Connection, paths: Sequence[Path], dead: Sequence[int]) -> None:
    """Copy what lives in some databases into a new one with the same tables, in the order of the files."""
    for table in attach(database, paths, dead, "old_"):
        database.execute(f"INSERT INTO main.{table} SELECT * FROM old_{table}")
    database.commit()
