"""What a store is: what answers read from an open generation, and what a build gives it to keep.

Two stores satisfy it: the folder of ``index.store`` and the Milvus collections of ``index.milvus``. A passage is known
by its row, counted from 0 in the order of writing; rows of different generations have nothing to do with each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.types import Article, Manifest, Passage

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage as stored: ``encoded`` is the hash of the text the encoder was given for it."""

    passage: Passage
    encoded: bytes


class DenseLeg(Protocol):
    """The vectors of a generation."""

    def __len__(self) -> int:
        """Number of vectors."""

    def search(
        self, query: FloatArray, k: int, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
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
        self, terms: dict[str, dict[str, float]], k: int, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """The best ``k`` rows with their BM25 sum (>= 0), best first; ``terms`` is field -> term -> weight."""


class OpenGeneration(Protocol):
    """One published generation, open for reading; safe to share between threads."""

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

    def articles(self, rows: Sequence[int] | None = None) -> dict[int, Article]:
        """Articles by row; all of them when ``rows`` is None."""

    def article(self, article_id: str) -> Article | None:
        """The article with this id; None when there is none."""

    def passages(self, rows: Sequence[int] | None = None) -> Iterator[tuple[int, PassageRow, Article]]:
        """(row, passage, its article) by row; all of them when ``rows`` is None."""

    def passages_of(self, article_id: str) -> list[PassageRow]:
        """The passages of one article in reading order."""

    def encoded_rows(self) -> dict[bytes, int]:
        """Hash of what the encoder was given -> row of the vector it gave."""

    def rows_where(
        self, source: str | None = None, since: date | None = None, until: date | None = None
    ) -> Collection[int] | None:
        """Rows of the passages whose article passes the filters; None when no filter is set."""

    def newest(self) -> date | None:
        """The newest day of publication."""

    def close(self) -> None:
        """Let go of files or connections."""


class Store(Protocol):
    """A place where generations are kept, one of them published."""

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

    def write(
        self, manifest: Manifest, articles: Sequence[tuple[Article, list[PassageRow]]], vectors: FloatArray
    ) -> str:
        """Write a whole generation, then publish it at once, and return its name.

        Args:
            manifest: what it is made with and from.
            articles: every article with its passages; rows are counted in this order.
            vectors: ``(passages, dim) float32`` unit rows in the order of the passages.

        A failure, or a crash at any moment, leaves the published generation as it was.
        """

    def lock(self, wait: float = 0.0) -> AbstractContextManager[None]:
        """Hold the builder's lock; wait up to ``wait`` seconds, then IndexLocked."""

    def rollback(self) -> str:
        """Publish the generation before the current one again and return its name."""
