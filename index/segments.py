"""Segments: some articles of an index, written once and never changed, shared by the generations that hold them.

    segments/000007/    articles.sqlite   articles and their passages, by row (index/database.py)
                        rows.npy          (3, n) int32: passage row, article row, furniture; rows ascend
                        vectors.f32       the passages' vectors, in the order of rows.npy (index/vectors.py)

Rows are numbers that are given once: a later segment's are higher. A generation lists its segments and the
article rows that are dead, replaced or removed since their segment was written.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from index import database
from index.database import DATABASE
from index.errors import IndexDamaged
from index.joined import open_together
from index.store_protocol import PassageRow, Rows, row_array
from index.types import Article, SegmentRecord
from index.vectors import FloatArray, IntArray, Mask, VectorFile, write_vectors

ROWS = "rows.npy"
MOST_SEGMENTS = 8
"""SQLite opens ten databases as one; each segment is one of them."""

_GROWTH = 4  # a segment stays while it is so many times larger than all later ones together
_BLOCK = 65_536  # vectors copied at once


class SegmentWriter:
    """Writes one segment: the articles one by one, then the vectors, then ``finish``."""

    def __init__(self, folder: Path, first_article: int, first_passage: int) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.first_article, self.next_article, self.next_passage = first_article, first_article, first_passage
        self._rows = array("i")
        self._kind = "flat"
        self._database = database.create(folder / DATABASE)

    def __len__(self) -> int:
        """Passages so far."""
        return len(self._rows) // 3

    def add(self, article: Article, stored: Sequence[PassageRow], sha256: str, stamp: str) -> None:
        """Add an article with its passages in reading order; both get the next rows."""
        origin = (sha256, stamp)
        database.insert(self._database, self.next_article, self.next_passage, article, stored, origin)
        for row, passage in enumerate(stored, self.next_passage):
            self._rows.extend((row, self.next_article, passage.passage.furniture))
        self.next_article += 1
        self.next_passage += len(stored)

    def articles(self) -> Iterator[tuple[int, Article]]:
        """(row, article) of every article added, in order."""
        return database.articles(self._database)

    def passages(self) -> Iterator[tuple[int, PassageRow, Article]]:
        """(row, passage, its article) of everything added, in order."""
        return database.passages(self._database)

    def article_rows(self) -> Sequence[int]:
        """The article row of each passage, in order."""
        return self._rows[1::3]

    def write_vectors(self, blocks: Iterable[FloatArray], dim: int, kind: str) -> None:
        """Write the vectors of all passages, in order."""
        self._kind = write_vectors(self.folder, blocks, dim, kind)

    def finish(self) -> SegmentRecord:
        """Close the files; what the manifest says of them."""
        articles = database.finish(self._database)
        self.close()
        np.save(self.folder / ROWS, np.array(self._rows, np.int32).reshape(-1, 3).T.copy())
        return _record(self.folder, articles, len(self), self.first_article, self._kind)

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def articles_of(folder: Path, dead: Sequence[int]) -> Iterator[tuple[int, Article]]:
    """(row, article) of the living articles of one segment, read as they are used."""
    with closing(open_together([folder / DATABASE], dead)) as opened:
        yield from database.articles(opened)


class Segment:
    """One segment, open for reading: its vectors, its rows, and which of them live."""

    def __init__(self, folder: Path, record: SegmentRecord, dim: int, dead: IntArray) -> None:
        self.folder = folder
        self.record = record
        for name, size in record.sizes.items():
            check_size(folder / name, size)
        self.rows, self.article_rows, self.furniture = np.load(folder / ROWS, mmap_mode="r")
        if len(self.rows) != record.passages:
            raise IndexDamaged(
                f"{folder / ROWS}: {len(self.rows)} passages, {record.passages} expected; run `hoidap rollback`"
            )
        self.vectors = VectorFile(folder, record.passages, dim, record.kind)
        killed = np.isin(self.article_rows, dead) if len(dead) else np.zeros(0, np.bool_)
        self.alive: Mask | None = ~killed if killed.any() else None

    def __len__(self) -> int:
        """Living passages."""
        return len(self.rows) if self.alive is None else int(self.alive.sum())

    def places(self, rows: IntArray) -> tuple[IntArray, Mask]:
        """Positions of some rows in this segment, and which of the rows are in it at all."""
        if not len(self.rows):
            return np.zeros(len(rows), np.int64), np.zeros(len(rows), np.bool_)
        places = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
        return places, self.rows[places] == rows

    def mask(self, allowed: IntArray | None) -> Mask | None:
        """``(n,)``: which positions may be found; None for all."""
        if allowed is None:
            return self.alive
        places, inside = self.places(allowed)
        mask = np.zeros(len(self.rows), np.bool_)
        mask[places[inside]] = True
        return mask if self.alive is None else mask & self.alive

    def living(self) -> IntArray:
        """Positions of the living passages."""
        return np.arange(len(self.rows)) if self.alive is None else np.flatnonzero(self.alive)

    def close(self) -> None:
        """Close the file of the vectors."""
        self.vectors.close()


class Vectors:
    """The vectors of all segments of a generation, searched as one."""

    def __init__(self, segments: Sequence[Segment], dim: int) -> None:
        self._segments = segments
        self._dim = dim

    def __len__(self) -> int:
        """Number of living passages."""
        return sum(map(len, self._segments))

    def search(self, query: FloatArray, k: int, allowed: Rows | None = None) -> list[tuple[int, float]]:
        """The ``k`` nearest rows with their cosine in [-1, 1], best first; fewer when fewer are allowed.

        Args:
            query: ``(dim,) float32``, unit length.
            k: how many at most.
            allowed: the rows that may be found; None for all.
        """
        wanted = None if allowed is None else row_array(allowed)
        found: list[tuple[int, float]] = []
        for segment in self._segments:
            places, scores = segment.vectors.search(query, k, segment.mask(wanted))
            found.extend(zip(segment.rows[places].tolist(), scores.tolist(), strict=True))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]

    def cosines(self, query: FloatArray, rows: Sequence[int] | IntArray) -> list[float]:
        """The cosine of the query with each of these rows, in their order."""
        cosines = np.zeros(len(rows), np.float32)
        for segment, places, inside in self._split(rows):
            cosines[inside] = segment.vectors.cosines(query, places)
        return cosines.tolist()

    def rows(self, rows: Sequence[int] | IntArray) -> FloatArray:
        """The vectors of these rows: ``(len(rows), dim) float32``."""
        found = np.zeros((len(rows), self._dim), np.float32)
        for segment, places, inside in self._split(rows):
            found[inside] = segment.vectors.rows(places)
        return found

    def _split(self, rows: Sequence[int] | IntArray) -> Iterator[tuple[Segment, IntArray, Mask]]:
        wanted = np.asarray(rows, dtype=np.int64)
        for segment in self._segments:
            places, inside = segment.places(wanted)
            if inside.any():
                yield segment, places[inside], inside


def mergeable(sizes: Sequence[int]) -> int:
    """How many of the last segments, oldest first, are to become one; 0 for none.

    A segment stays while it is four times larger than all later ones together, so that each passage is
    written again a few times at most and there are few segments.

    >>> mergeable([1000, 40, 1]), mergeable([1000, 40, 11]), mergeable([1000, 40, 11, 300])
    (0, 2, 4)
    >>> mergeable([5**n for n in range(10, 0, -1)])
    3
    """
    start, later = len(sizes), sizes[-1] if sizes else 0
    for place in range(len(sizes) - 2, -1, -1):
        if sizes[place] < _GROWTH * later:
            start = place
        later += sizes[place]
    if start < len(sizes):
        return len(sizes) - min(start, MOST_SEGMENTS - 1)
    return max(0, len(sizes) - MOST_SEGMENTS + 1) if len(sizes) > MOST_SEGMENTS else 0


def merge(sources: Sequence[Segment], dead: IntArray, folder: Path, dim: int, kind: str) -> SegmentRecord:
    """Write what lives of some segments, oldest first, as one; rows keep their numbers."""
    folder.mkdir(parents=True)
    written = database.create(folder / DATABASE)
    try:
        articles = database.copy_living(
            written, [source.folder / DATABASE for source in sources], dead.tolist()
        )
    finally:
        written.close()
    kept = [source.living() for source in sources]
    columns = [
        np.stack((source.rows, source.article_rows, source.furniture))[:, places]
        for source, places in zip(sources, kept, strict=True)
    ]
    np.save(folder / ROWS, np.concatenate(columns, axis=1))
    kind = write_vectors(folder, _blocks(sources, kept), dim, kind)
    return _record(folder, articles, sum(map(len, kept)), sources[0].record.first_article, kind)


def check_size(path: Path, size: int) -> None:
    """IndexDamaged when a file is missing or not of the size recorded."""
    if not path.is_file():
        raise IndexDamaged(f"{path}: missing; run `hoidap rollback` or `hoidap index` again")
    if path.stat().st_size != size:
        raise IndexDamaged(
            f"{path}: {path.stat().st_size} bytes, {size} expected; run `hoidap rollback` or `hoidap index` again"
        )


def _record(folder: Path, articles: int, passages: int, first_article: int, kind: str) -> SegmentRecord:
    sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    return SegmentRecord(folder.name, articles, passages, first_article, kind, sizes)


def _blocks(sources: Sequence[Segment], kept: Sequence[IntArray]) -> Iterator[FloatArray]:
    for source, places in zip(sources, kept, strict=True):
        for first in range(0, len(places), _BLOCK):
            yield source.vectors.rows(places[first : first + _BLOCK])
