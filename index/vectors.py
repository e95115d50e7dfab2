"""Passage vectors on disk, searched by inner product. The only file that imports faiss."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged

FloatArray = NDArray[np.float32]


def write_vectors(path: Path, vectors: FloatArray) -> None:
    """Write ``(n, dim) float32`` unit rows; row number = passage row."""
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(np.ascontiguousarray(vectors, dtype=np.float32))
    faiss.write_index(flat, str(path))


class Vectors:
    """The vectors of one generation, memory-mapped."""

    def __init__(self, path: Path) -> None:
        try:
            self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)
        except RuntimeError as error:
            raise IndexDamaged(
                f"{path}: cannot be read ({_last_line(error)}); run `hoidap rollback`"
            ) from error

    def __len__(self) -> int:
        """Number of vectors."""
        return int(self._index.ntotal)

    def search(
        self, query: FloatArray, k: int, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """The ``k`` nearest rows with their cosine in [-1, 1], best first; fewer when fewer are allowed.

        Args:
            query: ``(dim,) float32``, unit length.
            k: how many; clamped to what there is.
            allowed: the rows that may be found; None for all.
        """
        k = min(k, len(self) if allowed is None else len(allowed))
        if k <= 0:
            return []
        parameters = None
        if allowed is not None:
            selector = faiss.IDSelectorBatch(np.fromiter(allowed, dtype=np.int64, count=len(allowed)))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, rows = self._index.search(query[np.newaxis, :], k, params=parameters)
        return [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]

    def cosines(self, query: FloatArray, rows: Sequence[int]) -> list[float]:
        """The cosine of the query with each of these rows, in their order."""
        return [float(np.dot(self._index.reconstruct(int(row)), query)) for row in rows]

    def rows(self, rows: Sequence[int]) -> FloatArray:
        """The vectors of these rows: ``(len(rows), dim) float32``."""
        if not len(rows):
            return np.empty((0, int(self._index.d)), dtype=np.float32)
        found: FloatArray = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return found


def _last_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[-1][:200]
