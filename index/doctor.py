"""Is the index whole? Every check says what it looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.database import DATABASE
from index.errors import StoreError
from index.store import Generation
from index.store_protocol import FloatArray, OpenGeneration, Store
from index.vectors import VECTORS

_BLOCK = 65_536  # vectors looked at at once


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
    checks = [Check("open", True, f"generation {generation.name} (kept: {kept})")]
    if isinstance(generation, Generation):
        checks.append(_database(generation))
    if not checks[-1].passed:
        return [*checks, Check("passages", False, "not looked at: they are in the damaged database")]
    return [*checks, _passages(generation), _vectors(generation)]


def _database(generation: Generation) -> Check:
    wrong = [found for segment in generation.segments if (found := _damage(segment.folder / DATABASE))]
    detail = f"{wrong[0]}; run `hoidap rollback`" if wrong else f"ok, in {len(generation.segments)} segments"
    return Check(DATABASE, not wrong, detail)


def _damage(path: Path) -> str:
    """What SQLite finds wrong with a file; "" when it is whole."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        found = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    except sqlite3.DatabaseError as error:
        found = str(error)
    finally:
        connection.close()
    return "" if found == "ok" else f"{path}: {found}"


def _passages(generation: OpenGeneration) -> Check:
    wrong = [
        stored.passage.passage_id for _, stored, _ in generation.passages() if not stored.passage.text.strip()
    ]
    detail = (
        f"{generation.manifest.passages} passages" if not wrong else f"{len(wrong)} empty, first {wrong[0]}"
    )
    return Check("passages", not wrong, detail)


def _vectors(generation: OpenGeneration) -> Check:
    wrong = sum(int(np.sum(np.abs(np.linalg.norm(rows, axis=1) - 1) > 1e-3)) for rows in _blocks(generation))
    segments = generation.segments if isinstance(generation, Generation) else []
    kinds = ", ".join(dict.fromkeys(segment.record.kind for segment in segments))
    detail = (
        f"{wrong} rows are not of unit length; build the index anew"
        if wrong
        else f"{len(generation.vectors)} unit rows; {kinds or 'searched by the server'}"
    )
    return Check(VECTORS, wrong == 0, detail)


def _blocks(generation: OpenGeneration) -> Iterator[FloatArray]:
    """All vectors, dead ones too, as blocks ``(n, dim)``."""
    if isinstance(generation, Generation):
        for segment in generation.segments:
            places = range(len(segment.rows))
            yield from (segment.vectors.rows(places[first : first + _BLOCK]) for first in places[::_BLOCK])
    else:
        rows = range(generation.manifest.passages)
        yield from (generation.vectors.rows(rows[first : first + _BLOCK]) for first in rows[::_BLOCK])
