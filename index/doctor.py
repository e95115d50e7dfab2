"""Is the index whole? Every check says what it looked at."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np

from index.errors import StoreError
from index.store import Generation
from index.store_protocol import OpenGeneration, Store


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; ``detail`` says what was found and, when it failed, what to do."""

    name: str
    passed: bool
    detail: str


def examine(store: Store) -> list[Check]:
    """Look at the published generation: files, database, passages against their articles, vectors."""
    try:
        generation = store.open_current()
    except StoreError as error:
        return [Check("open", False, str(error))]
    kept = ", ".join(store.generations())
    return [
        Check("open", True, f"generation {generation.name} (kept: {kept})"),
        *([_database(generation)] if isinstance(generation, Generation) else []),
        _passages(generation),
        _vectors(generation),
    ]


def _database(generation: Generation) -> Check:
    connection = sqlite3.connect(f"file:{generation.folder / 'articles.sqlite'}?mode=ro", uri=True)
    try:
        result = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        result = str(error)
    finally:
        connection.close()
    return Check(
        "articles.sqlite", result == "ok", result if result == "ok" else f"{result}; run `hoidap rollback`"
    )


def _passages(generation: OpenGeneration) -> Check:
    wrong = [
        stored.passage.passage_id for _, stored, _ in generation.passages() if not stored.passage.text.strip()
    ]
    detail = (
        f"{generation.manifest.passages} passages" if not wrong else f"{len(wrong)} empty, first {wrong[0]}"
    )
    return Check("passages", not wrong, detail)


def _vectors(generation: OpenGeneration) -> Check:
    rows = generation.vectors.rows(range(len(generation.vectors)))
    lengths = np.linalg.norm(rows, axis=1)
    wrong = int(np.sum(np.abs(lengths - 1) > 1e-3))
    detail = (
        f"{len(rows)} unit rows"
        if not wrong
        else f"{wrong} rows are not of unit length; build the index anew"
    )
    return Check("vectors.faiss", wrong == 0, detail)
