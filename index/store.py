"""The index on disk: generations, publish, open, roll back.

    <index>/CURRENT                  the name of the published generation, one line
    <index>/lock                     held by the process that builds
    <index>/segments/000007/         articles, passages and vectors, written once (index/segments.py)
    <index>/generations/000007/      manifest.json, which names its segments; dead.npy; figures/; lexical/

What a generation is made of is written in full under hidden names, synced, renamed, and only then named in
CURRENT by one atomic rename: a reader, or a crash at any moment, sees the old generation or the new one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np

from index import database
from index.database import DATABASE
from index.errors import IndexDamaged, IndexMismatch, IndexMissing
from index.joined import open_together
from index.ledger import Ledger, ledger_files
from index.lexical import Lexical
from index.lock import lock
from index.segments import Segment, Vectors, check_size
from index.store_protocol import PassageRow
from index.types import Article, FileRecord, Manifest, SegmentRecord, SkippedFile
from index.vectors import IntArray

FORMAT_VERSION = 2
KEPT_GENERATIONS = 3
DEFAULT_FOLDER = ".hoidap"
DEAD = "dead.npy"


def index_folder(index_dir: str | Path | None = None) -> Path:
    """The index folder: the argument, else ``$HOIDAP_INDEX``, else ``./.hoidap``."""
    return Path(index_dir or os.environ.get("HOIDAP_INDEX") or DEFAULT_FOLDER).absolute()


def current_generation(folder: Path) -> str | None:
    """The name of the published generation; None when nothing was published yet."""
    try:
        return (folder / "CURRENT").read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None


def generations(folder: Path) -> list[str]:
    """The names of the generations on disk, oldest first."""
    root = folder / "generations"
    return sorted(path.name for path in root.iterdir() if path.name.isdigit()) if root.is_dir() else []


class Generation:
    """One published generation, open for reading."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.folder = folder / "generations" / name
        self.manifest = read_manifest(self.folder)
        for file, size in self.manifest.sizes.items():
            check_size(self.folder / file, size)
        self.dead: IntArray = np.load(self.folder / DEAD)
        self.segments = _open_segments(folder, self.manifest.segments, self.manifest.dim, self.dead)
        self.vectors = Vectors(self.segments, self.manifest.dim)
        self.lexical = Lexical(self.folder / "lexical")
        self._database = open_together(
            [segment.folder / DATABASE for segment in self.segments], self.dead.tolist()
        )
        _check_counts(self)

    @classmethod
    def open_current(cls, folder: Path) -> Generation:
        """Open what CURRENT names; IndexMissing when there is nothing."""
        name = current_generation(folder)
        if name is None:
            raise IndexMissing(f"{folder}: no index yet; make one with `hoidap index PATH --index {folder}`")
        return cls(folder, name)

    @property
    def place(self) -> str:
        """Its folder, for messages."""
        return str(self.folder)

    @property
    def deleted(self) -> int:
        """Deleted passages that still count in BM25."""
        return self.lexical.deleted

    def articles(self, rows: Iterable[int] | None = None) -> dict[int, Article]:
        """Articles by row; all of them when ``rows`` is None."""
        return dict(database.articles(self._database, rows))

    def walk(self) -> Iterator[tuple[int, Article]]:
        """(row, article) of all articles by row, read as they are used."""
        return database.articles(self._database)

    def article(self, article_id: str) -> Article | None:
        """The article with this id; None when there is none."""
        sql = "SELECT row FROM articles WHERE article_id = ?"
        found = self._database.execute(sql, (article_id,)).fetchone()
        return self.articles([found[0]])[found[0]] if found else None

    def passages(self, rows: Sequence[int] | None = None) -> Iterator[tuple[int, PassageRow, Article]]:
        """(row, passage, its article) by row; all of them, read as they are used, when ``rows`` is None."""
        return database.passages(self._database, rows)

    def passages_of(self, article_id: str) -> list[PassageRow]:
        """The passages of one article in reading order."""
        sql = "SELECT row FROM passages WHERE article_row = (SELECT row FROM articles WHERE article_id = ?)"
        rows = [record[0] for record in self._database.execute(sql, (article_id,))]
        return [stored for _, stored, _ in self.passages(rows)]

    def files(self) -> dict[str, FileRecord]:
        """Every indexed file by its path."""
        sql = "SELECT path, sha256, article_id, stamp, row FROM articles"
        return {record[0]: FileRecord._make(record) for record in self._database.execute(sql)}

    def encoded_rows(self, encoded: Sequence[bytes]) -> dict[bytes, int]:
        """Hash of what the encoder was given -> row of the vector it gave, for those hashes that are known."""
        return database.known_encodings(self._database, encoded)

    def furniture(self, rows: Iterable[int]) -> set[int]:
        """Which of these passages are page furniture."""
        wanted = np.fromiter(rows, np.int64)
        marked: set[int] = set()
        for segment in self.segments:
            places, inside = segment.places(wanted)
            marked.update(wanted[inside & (segment.furniture[places] == 1)].tolist())
        return marked

    def rows_where(
        self, source: str | None = None, since: date | None = None, until: date | None = None
    ) -> IntArray | None:
        """Rows of the passages whose article passes the filters, ascending; None when no filter is set.

        Args:
            source: stands in the article's source, case and diacritics as written.
            since: the first day of publication that passes; articles without a date do not pass.
            until: the last day that passes.
        """
        conditions = {"instr(source, ?) > 0": source, "published >= ?": since, "published <= ?": until}
        given = {condition: str(value) for condition, value in conditions.items() if value is not None}
        if not given:
            return None
        sql = f"SELECT row FROM articles WHERE {' AND '.join(given)}"
        passing = np.array(self._database.execute(sql, list(given.values())).fetchall(), np.int64).ravel()
        rows = [segment.rows[np.isin(segment.article_rows, passing)] for segment in self.segments]
        return np.concatenate(rows).astype(np.int64)

    def newest(self) -> date | None:
        """The newest day of publication."""
        found = self._database.execute("SELECT max(published) FROM articles").fetchone()[0]
        return date.fromisoformat(found) if found else None

    @cached_property
    def ledger(self) -> Ledger | None:
        """The figures; None in an index of a version that did not keep any."""
        paths = ledger_files(self.folder, [record.name for record in self.manifest.segments])
        return Ledger(paths, self.dead.tolist()) if all(path.is_file() for path in paths) else None

    def close(self) -> None:
        """Close databases and vectors."""
        self._database.close()
        if self.ledger is not None:
            self.ledger.close()
        for segment in self.segments:
            segment.close()


def rollback(folder: Path, to: str | None = None) -> str:
    """Publish an earlier generation again, the one before the current one unless told which, and return its name."""
    if current_generation(folder) is None:
        raise IndexMissing(nothing_yet(folder))
    with lock(folder):
        name = earlier(generations(folder), current_generation(folder), to, folder)
        point(folder, name)
    return name


def nothing_yet(place: Path | str) -> str:
    """What is wrong where a store has no generation to leave."""
    return f"{place}: no index yet, so nothing to roll back"


def earlier(names: Sequence[str], current: str | None, to: str | None, place: Path | str) -> str:
    """Of a store's generations, oldest first, the last one before the current, or the one told if it is before that.

    Raises:
        IndexMissing: there is none.
    """
    if current is None:
        raise IndexMissing(nothing_yet(place))
    older = [name for name in names if name < current and to in (None, name)]
    if not older:
        raise IndexMissing(f"{place}: {current} is the oldest generation kept; nothing to roll back to")
    return older[-1]


def rolled_past(names: Sequence[str], current: str | None) -> list[str]:
    """The generations newer than the published one: people went back from them, so none is gone back to after the next build."""
    return [name for name in names if current is not None and name > current]


def kept_generations(names: Sequence[str], current: str | None, passed: Collection[str] = ()) -> set[str]:
    """Of a store's generations, oldest first, the newest that were not passed, and the published one."""
    newest = [name for name in names if name not in passed][-KEPT_GENERATIONS:]
    return {*newest, *([current] if current else [])}


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation folder; IndexMismatch for another format."""
    path = folder / "manifest.json"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise IndexDamaged(
            f"{path}: cannot be read ({error}); run `hoidap rollback` or build anew"
        ) from error
    return manifest_of(text, str(path))


def manifest_text(manifest: Manifest) -> str:
    """The manifest as JSON; ``manifest_of`` reads it."""
    return json.dumps(asdict(manifest), ensure_ascii=False, indent=1)


def manifest_of(text: str, place: str) -> Manifest:
    """The manifest written as ``text``; ``place`` is named in what is raised, as by ``read_manifest``."""
    try:
        data = json.loads(text)
        version = data["format_version"]
    except (ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(
            f"{place}: cannot be read ({error}); run `hoidap rollback` or build anew"
        ) from error
    if version != FORMAT_VERSION:
        raise IndexMismatch(
            f"{place}: format_version is {version}, this hoidap reads {FORMAT_VERSION}; run `hoidap index` on the articles again"
        )
    data["segments"] = tuple(SegmentRecord(**record) for record in data["segments"])
    data["skipped"] = tuple(SkippedFile(**record) for record in data["skipped"])
    data["roots"] = tuple(data["roots"])
    return Manifest(**data)


def _open_segments(folder: Path, records: Sequence[SegmentRecord], dim: int, dead: IntArray) -> list[Segment]:
    return [Segment(folder / "segments" / record.name, record, dim, dead) for record in records]


def _check_counts(generation: Generation) -> None:
    expected = generation.manifest.passages
    for name, count in (("segments", len(generation.vectors)), ("lexical", len(generation.lexical))):
        if count != expected:
            raise IndexDamaged(
                f"{generation.folder / name}: {count} passages, {expected} expected; run `hoidap rollback` or build anew"
            )


def sync(path: Path) -> None:
    """Have the system write a file to the disk now."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def point(folder: Path, name: str) -> None:
    """Publish a generation: CURRENT names it from now on."""
    write_whole(folder / "CURRENT", name + "\n")


def write_whole(path: Path, text: str) -> None:
    """Write a file so that whoever reads it, or a crash, sees all of it or the one before."""
    temporary = path.with_name(f".{path.name}")
    temporary.write_text(text, encoding="utf-8")
    sync(temporary)
    temporary.replace(path)
