"""What a store is: what answers read from an open generation, and what a build gives it to keep.

Two stores satisfy it: the folder of ``index.store`` and the Milvus collections of ``index.milvus_store``. A passage is
known by its row, an article by a row of its own. Rows ascend in the order of writing; there may be gaps between them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.ledger import Ledger
from index.types import Article, FileRecord, Manifest, Passage

FloatArray = NDArray[np.float32]
Rows = Collection[int] | NDArray[np.int64]
"""Some rows, in any order."""


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage as stored: ``encoded`` is the hash of the text the encoder was given for it."""

    passage: Passage
    encoded: bytes


@dataclass(frozen=True, slots=True)
class FigureFile:
    """A file of figures that is to be written, and whose figures go there.

    Attributes:
        path: where.
        count: how many articles.
        articles: (row, article) by row.
    """

    path: Path
    count: int
    articles: Iterator[tuple[int, Article]]


def row_array(rows: Rows) -> NDArray[np.int64]:
    """Some rows as an array.

    >>> row_array({3}).tolist(), row_array([]).dtype.name
    ([3], 'int64')
    """
    return rows if isinstance(rows, np.ndarray) else np.array(list(rows), np.int64)


class DenseLeg(Protocol):
    """The vectors of a generation."""

    def __len__(self) -> int:
        """Number of vectors."""

    def search(self, query: FloatArray, k: int, allowed: Rows | None = None) -> list[tuple[int, float]]:
        """The ``k`` nearest rows with their cosine in [-1, 1], best first; only ``allowed`` ones unless it is None."""

    def cosines(self, query: FloatArray, rows: Sequence[int]) -> list[float]:
        """The cosine of the query with each of these rows, in their order."""

    def rows(self, rows: Sequence[int]) -> FloatArray:
        """The vectors of these rows: ``(len(rows), dim) float32``."""


class LexicalLeg(Protocol):
    """The terms of a generation."""

    def __len__(self) -> int:
        """Number of passages."""

    def document_frequency(self, term: str, field: str = "folded") -> int:
        """In how many passages (titles, for the field ``title``) the term stands."""

    def search(
        self, terms: dict[str, dict[str, float]], k: int, allowed: Rows | None = None
    ) -> list[tuple[int, float]]:
        """The best ``k`` rows with their BM25 sum (>= 0), best first; ``terms`` is field -> term -> weight."""


class OpenGeneration(Protocol):
    """One published generation, open for reading; safe to share between threads."""

    def __hash__(self) -> int:
        """Of itself: what is computed of a generation is kept with it."""

    @property
    def name(self) -> str:
        """Its name: six digits, growing with every build."""

    @property
    def place(self) -> str:
        """Where it is, for messages."""

    @property
    def manifest(self) -> Manifest:
        """What it was made with and from."""

    @property
    def vectors(self) -> DenseLeg:
        """Its vectors."""

    @property
    def lexical(self) -> LexicalLeg:
        """Its terms."""

    @property
    def ledger(self) -> Ledger | None:
        """Its figures; None when it keeps none."""

    @property
    def deleted(self) -> int | None:
        """Deleted passages that still count in BM25; None when a build cannot continue it and writes all anew."""

    def files(self) -> dict[str, FileRecord]:
        """Every indexed file by its path."""

    def articles(self, rows: Iterable[int] | None = None) -> dict[int, Article]:
        """Articles by row; all of them when ``rows`` is None."""

    def walk(self) -> Iterator[tuple[int, Article]]:
        """(row, article) of all articles by row, read as they are used."""

    def article(self, article_id: str) -> Article | None:
        """The article with this id; None when there is none."""

    def passages(self, rows: Sequence[int] | None = None) -> Iterator[tuple[int, PassageRow, Article]]:
        """(row, passage, its article) by row; all of them when ``rows`` is None."""

    def passages_of(self, article_id: str) -> list[PassageRow]:
        """The passages of one article in reading order."""

    def encoded_rows(self, encoded: Sequence[bytes]) -> dict[bytes, int]:
        """Hash of what the encoder was given -> row of the vector it gave, for those hashes that are known."""

    def furniture(self, rows: Iterable[int]) -> set[int]:
        """Which of these passages are page furniture."""

    def rows_where(
        self, source: str | None = None, since: date | None = None, until: date | None = None
    ) -> Rows | None:
        """Rows of the passages whose article passes the filters; None when no filter is set."""

    def newest(self) -> date | None:
        """The newest day of publication."""

    def close(self) -> None:
        """Let go of files or connections."""


class OpenDraft(Protocol):
    """A generation being written: articles one by one, then their vectors, then ``publish``."""

    @property
    def name(self) -> str:
        """The name of the generation it becomes; "" while that is not known."""

    @property
    def grows(self) -> bool:
        """Whether it continues a generation, so that only what is new is added."""

    def __len__(self) -> int:
        """Passages added so far."""

    def add(self, article: Article, stored: Sequence[PassageRow], sha256: str, stamp: str) -> None:
        """Add an article with its passages in reading order, and what its file is known by."""

    def figure_files(self) -> Sequence[FigureFile]:
        """The files of figures that are to be written; none for what it keeps of the generation it continues."""

    def passages(self) -> Iterator[tuple[int, PassageRow, Article]]:
        """(row, passage, its article) of everything added, in order."""

    def write_vectors(self, blocks: Iterable[FloatArray]) -> None:
        """Take the vectors of all passages added, ``(n, dim) float32`` unit rows, in order."""

    def publish(self, manifest: Manifest) -> Manifest:
        """Finish it and publish it at once; the manifest is returned with the numbers of articles and passages.

        A failure, or a crash at any moment, leaves the published generation as it was.
        """

    def discard(self) -> None:
        """Remove what was written, after a failure."""


class Store(Protocol):
    """A place where generations are kept, one of them published."""

    @property
    def folder(self) -> Path:
        """Where on this machine that is kept which goes with the index: uploads, what was left out, feedback."""

    @property
    def place(self) -> str:
        """The folder or address, as a person would write it."""

    def current(self) -> str | None:
        """The name of the published generation; None when nothing was published yet."""

    def generations(self) -> list[str]:
        """The names of the generations kept, oldest first."""

    def manifest(self, name: str) -> Manifest:
        """The manifest of a generation."""

    def open_current(self) -> OpenGeneration:
        """Open the published generation; IndexMissing when there is none."""

    def draft(self, base: OpenGeneration | None, dead: Iterable[int], dim: int, kind: str) -> OpenDraft:
        """Begin a generation.

        Args:
            base: the generation it continues, one whose ``deleted`` is not None; None to write everything anew.
            dead: article rows of ``base`` that are replaced or removed.
            dim: numbers in a vector.
            kind: the kind of vector index that is asked for, or "auto".

        Raises:
            InputError: the store has no such kind.
        """

    def lock(self, wait: float = 0.0) -> AbstractContextManager[None]:
        """Hold the builder's lock; wait up to ``wait`` seconds, then IndexLocked."""

    def rollback(self, to: str | None = None) -> str:
        """Publish an earlier generation again, the one before the current one unless told which, and return its name."""
