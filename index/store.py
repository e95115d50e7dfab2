"""The index on disk: generations, publish, open, roll back.

    <index>/CURRENT                  the name of the published generation, one line
    <index>/lock                     held by the process that builds
    <index>/segments/000007/         articles, passages and vectors, written once (index/segments.py)
    <index>/generations/000007/      manifest.json, which names its segments; dead.npy; figures.sqlite; lexical/

What a generation is made of is written in full under hidden names, synced, renamed, and only then named in
CURRENT by one atomic rename: a reader, or a crash at any moment, sees the old generation or the new one.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np

from index import database
from index.database import DATABASE, PassageRow
from index.errors import IndexDamaged, IndexMismatch, IndexMissing, StoreError
from index.ledger import LEDGER_FILE, Ledger
from index.lexical import Lexical, LexicalEntry, write_lexical
from index.lock import lock
from index.segments import Segment, SegmentWriter, Vectors, check_size, merge, mergeable
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
        self._database = database.open_together(
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
        return {record[0]: FileRecord(*record) for record in self._database.execute(sql)}

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
        path = self.folder / LEDGER_FILE
        return Ledger(path) if path.is_file() else None

    def close(self) -> None:
        """Close databases and vectors."""
        self._database.close()
        if self.ledger is not None:
            self.ledger.close()
        for segment in self.segments:
            segment.close()


class Draft:
    """A generation being written; nothing of it is seen before ``publish``.

    Args:
        folder: of the index.
        base: the generation it continues; None to make everything anew.
        dead: article rows of ``base`` that are replaced or removed.
        dim: numbers in a vector.
        kind: the kind of vector index that is asked for, or "auto".
    """

    def __init__(
        self, folder: Path, base: Generation | None, dead: Iterable[int], dim: int, kind: str = "auto"
    ) -> None:
        names = generations(folder)
        self.name = f"{int(names[-1]) + 1 if names else 1:06d}"
        self._root, self._base, self._dim, self._kind = folder, base, dim, kind
        self._newly_dead = np.array(sorted(dead), np.int64)
        self.dead = np.union1d(base.dead, self._newly_dead) if base else self._newly_dead
        self._old = list(base.manifest.segments) if base else []
        _sweep(folder)
        self.folder = folder / "generations" / f".{self.name}"
        self.folder.mkdir(parents=True)
        first = (base.manifest.next_article, base.manifest.next_passage) if base else (0, 0)
        self.segment = SegmentWriter(folder / "segments" / f".{self.name}", *first)

    @property
    def grows(self) -> bool:
        """Whether it continues a generation, so that only what is new is added."""
        return self._base is not None

    def articles(self) -> Iterator[Article]:
        """Every article it will hold: those of the base, without the dead, and the new ones."""
        dead = set(self._newly_dead.tolist())
        if self._base:
            yield from (article for row, article in self._base.walk() if row not in dead)
        yield from self.segment.articles()

    def publish(self, manifest: Manifest) -> Manifest:
        """Finish the segment, index its terms, move all into place, point CURRENT at it, drop old generations.

        The segment's articles and vectors are written before. What the manifest says of segments, rows and
        numbers of articles and passages is filled in; the filled manifest is returned.
        """
        base = self._base.folder / "lexical" if self._base else None
        write_lexical(self.folder / "lexical", self._entries(), base, self._newly_dead.tolist())
        passages = self._passages()
        segments = self._segments()
        np.save(self.folder / DEAD, self.dead)
        manifest = replace(
            manifest,
            articles=sum(segment.articles for segment in segments) - len(self.dead),
            passages=passages,
            segments=segments,
            next_article=self.segment.next_article,
            next_passage=self.segment.next_passage,
            sizes=_sizes(self.folder),
        )
        _move_into_place(self._root, self.folder, manifest)
        return manifest

    def discard(self) -> None:
        """Remove what was written, after a failure."""
        self.segment.close()
        _sweep(self._root)

    def _entries(self) -> Iterator[LexicalEntry]:
        walk = zip(self.segment.passages(), self.segment.article_rows(), strict=True)
        for (row, stored, article), article_row in walk:
            yield LexicalEntry(row, stored.passage.text, article.title, article_row)

    def _passages(self) -> int:
        """Living passages: those of the base, without the newly dead, and the new ones."""
        old = self._base.segments if self._base else []
        killed = sum(int(np.isin(segment.article_rows, self._newly_dead).sum()) for segment in old)
        return sum(map(len, old)) - killed + len(self.segment)

    def _segments(self) -> tuple[SegmentRecord, ...]:
        """Finish the new segment, if anything is in it, and make it one with small ones before it."""
        written = self.segment.finish()
        if not written.articles and self._old:
            shutil.rmtree(self.segment.folder)
            return tuple(self._old)
        records = [*self._old, replace(written, name=self.name)]
        count = mergeable([record.passages for record in records])
        if count:
            records[-count:] = [self._merged(records[-count:])]
        return tuple(records)

    def _merged(self, records: Sequence[SegmentRecord]) -> SegmentRecord:
        part = self.segment.folder.with_name(f".{self.name}.part")
        self.segment.folder.replace(part)
        folders = [*(self._root / "segments" / record.name for record in records[:-1]), part]
        sources = [
            Segment(folder, record, self._dim, self.dead)
            for folder, record in zip(folders, records, strict=True)
        ]
        merged = merge(sources, self.dead, self.segment.folder, self._dim, self._kind)
        for source in sources:
            source.close()
        shutil.rmtree(part)
        self.dead = self.dead[self.dead < merged.first_article]
        return replace(merged, name=self.name)


def rollback(folder: Path) -> str:
    """Publish the generation before the current one again and return its name."""
    current = current_generation(folder)
    if current is None:
        raise IndexMissing(f"{folder}: no index yet, so nothing to roll back")
    older = [name for name in generations(folder) if name < current]
    if not older:
        raise IndexMissing(f"{folder}: {current} is the oldest generation kept; nothing to roll back to")
    with lock(folder):
        _point(folder, older[-1])
    return older[-1]


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation folder; IndexMismatch for another format."""
    path = folder / "manifest.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        version = data["format_version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(
            f"{path}: cannot be read ({error}); run `hoidap rollback` or build anew"
        ) from error
    if version != FORMAT_VERSION:
        raise IndexMismatch(
            f"{path}: format_version is {version}, this hoidap reads {FORMAT_VERSION}; run `hoidap index` on the articles again"
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


def _move_into_place(root: Path, draft: Path, manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (draft / "manifest.json").write_text(text, encoding="utf-8")
    segment = root / "segments" / draft.name
    for path in [*_files(segment), *_files(draft)]:
        _sync(path)
    if segment.is_dir():
        segment.replace(segment.with_name(draft.name.lstrip(".")))
    draft.replace(draft.with_name(draft.name.lstrip(".")))
    _point(root, draft.name.lstrip("."))
    _sweep(root)


def _sizes(folder: Path) -> dict[str, int]:
    """Bytes of each file below a folder, by relative name."""
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in _files(folder)}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _point(folder: Path, name: str) -> None:
    temporary = folder / ".CURRENT"
    temporary.write_text(name + "\n", encoding="ascii")
    _sync(temporary)
    temporary.replace(folder / "CURRENT")


def _sweep(folder: Path) -> None:
    """Keep the newest generations, whatever CURRENT names, and their segments; drop the rest, and drafts."""
    kept = {*generations(folder)[-KEPT_GENERATIONS:], current_generation(folder)}
    _drop(folder / "generations", kept)
    _drop(
        folder / "segments", {name for generation in kept if generation for name in _held(folder, generation)}
    )


def _held(folder: Path, generation: str) -> list[str]:
    """The segments of a generation; none when its manifest cannot be read, for then it cannot be opened."""
    try:
        return [record.name for record in read_manifest(folder / "generations" / generation).segments]
    except StoreError:
        return []


def _drop(folder: Path, kept: Collection[str | None]) -> None:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
