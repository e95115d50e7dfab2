"""Vectors of one segment on disk, searched by inner product. The only file that imports faiss.

    vectors.f32     (n, dim) float32, one row after the other: exact, read by position
    search.faiss    small codes that name candidates; absent when every row is compared ("flat")

Whatever named the candidates, they are ranked by their exact cosines. docs/scale.md says what each kind costs.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged, InputError

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]
Mask = NDArray[np.bool_]

KINDS = ("flat", "sq8", "rabitq", "ivf")
"""Every row; 8 bits a number; 1 bit a number; 1 bit a number in the nearest cells of a k-means."""

VECTORS = "vectors.f32"
SEARCH = "search.faiss"

FLAT_BELOW = 20_000
"""Rows up to which comparing every one is fastest (docs/scale.md)."""

IVF_FROM = 2_000_000
"""Rows from which comparing all codes takes longer than an answer may; cells lose some (docs/scale.md)."""

_faiss: Any = faiss  # its type hints do not know what its Python layer adds

_TRAINING_ROWS = 65_536
_BLOCK = 65_536  # rows added at once: 100 MB at 384 numbers
_FEW = 2_000  # allowed rows that are read and compared one by one
_LEAST_TRAINED = 1_000  # fewer rows than this train nothing worth having
_CANDIDATES = {"sq8": 2, "rabitq": 10, "ivf": 10}  # for each row wanted, that many are compared exactly
_QUERY_BITS = 4  # of a query against RaBitQ codes: twice as fast as 8, recall within 0.003 (docs/scale.md)
_PROBED = 0.3  # share of the cells that is searched


def chosen_kind(rows: int, kind: str = "auto") -> str:
    """The kind of search that so many rows get.

    >>> [chosen_kind(rows) for rows in (5_000, 1_000_000, 5_000_000)]
    ['flat', 'rabitq', 'ivf']
    >>> chosen_kind(5_000, "sq8"), chosen_kind(50, "sq8")
    ('sq8', 'flat')
    """
    if kind != "auto":
        return kind if rows >= _LEAST_TRAINED else "flat"
    return "flat" if rows < FLAT_BELOW else "rabitq" if rows < IVF_FROM else "ivf"


def checked_kind(kind: str) -> str:
    """The kind itself; InputError when there is no such kind."""
    if kind not in ("auto", *KINDS):
        raise InputError(f"no vector index {kind!r}; one of: auto, {', '.join(KINDS)}")
    return kind


def write_vectors(folder: Path, blocks: Iterable[FloatArray], dim: int, kind: str = "auto") -> str:
    """Write the vectors of a segment block by block, then what searches them.

    Args:
        folder: of the segment.
        blocks: ``(any, dim) float32``, unit rows; a row's position is its place in all of them.
        dim: numbers in a vector.
        kind: one of ``KINDS``, or "auto" for what fits the number of rows.

    Returns:
        The kind that was written.
    """
    rows = 0
    with (folder / VECTORS).open("wb") as stream:
        for block in blocks:
            stream.write(np.ascontiguousarray(block, dtype=np.float32).data)
            rows += len(block)
    kind = chosen_kind(rows, kind)
    if kind != "flat":
        _write_search(folder, rows, dim, kind)
    return kind


def _write_search(folder: Path, rows: int, dim: int, kind: str) -> None:
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    index = _empty_index(kind, rows, dim)
    path = folder / VECTORS
    index.train(_sample(path, rows, dim))
    for first in range(0, rows, _BLOCK):
        index.add(_read_block(path, first, min(_BLOCK, rows - first), dim))
    faiss.write_index(index, str(folder / SEARCH))


def _empty_index(kind: str, rows: int, dim: int) -> Any:  # noqa: ANN401
    if kind == "sq8":
        return faiss.IndexScalarQuantizer(dim, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
    if kind == "rabitq":
        return faiss.IndexRaBitQ(dim, faiss.METRIC_INNER_PRODUCT)
    cells = _cells(rows)
    index = faiss.IndexIVFRaBitQ(faiss.IndexFlatIP(dim), dim, cells, faiss.METRIC_INNER_PRODUCT)
    index.cp.seed = 1  # the same rows give the same cells
    index.cp.max_points_per_centroid = -(-_TRAINING_ROWS // cells)
    return index


def _cells(rows: int) -> int:
    """Cells for so many rows: the power of two next to the square root, 30 rows or more in each.

    >>> _cells(1_000), _cells(300_000), _cells(1_000_000)
    (32, 512, 1024)
    """
    return int(2 ** round(np.log2(min(rows**0.5, rows / 30))))


def _sample(path: Path, rows: int, dim: int) -> FloatArray:
    """Rows to train on, evenly spaced."""
    places = np.linspace(0, rows - 1, min(rows, _TRAINING_ROWS)).astype(np.int64)
    with path.open("rb") as stream:  # not mapped: a map counts all it reads ahead as this process's memory
        return np.stack([_read_row(stream, place, dim) for place in places.tolist()])


def _read_row(stream: BinaryIO, place: int, dim: int) -> FloatArray:
    stream.seek(4 * dim * place)
    return np.frombuffer(stream.read(4 * dim), np.float32)


def _read_block(path: Path, first: int, rows: int, dim: int) -> FloatArray:
    return np.fromfile(path, np.float32, rows * dim, offset=4 * first * dim).reshape(rows, dim)


class VectorFile:
    """The vectors of one segment, open for reading; rows are named by position, from 0."""

    def __init__(self, folder: Path, rows: int, dim: int, kind: str) -> None:
        self.kind = kind
        self._shape = (rows, dim)
        path = folder / VECTORS
        size = path.stat().st_size if path.is_file() else 0
        if size != 4 * rows * dim:
            raise IndexDamaged(
                f"{path}: {size // (4 * dim)} passages, {rows} expected; run `hoidap rollback` or build anew"
            )
        # Read by position, not mapped: a map counts every page ever touched as this process's memory.
        self._file = os.open(path, os.O_RDONLY) if kind != "flat" and hasattr(os, "pread") else None
        self._close = weakref.finalize(self, os.close, self._file) if self._file is not None else None
        mapped = rows and self._file is None
        self._mapped = np.memmap(path, np.float32, "r", shape=self._shape) if mapped else None
        self._index = None if kind == "flat" else _open_index(folder / SEARCH, rows)

    def __len__(self) -> int:
        """Number of vectors."""
        return self._shape[0]

    def search(self, query: FloatArray, k: int, mask: Mask | None = None) -> tuple[IntArray, FloatArray]:
        """The ``k`` nearest positions and their exact cosines, best first; fewer when fewer are allowed.

        Args:
            query: ``(dim,) float32``, unit length.
            k: how many at most.
            mask: ``(n,)``, True where a row may be found; None for all.
        """
        if k <= 0 or not len(self):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if self._index is None and mask is None and self._mapped is not None:
            return _best(np.arange(len(self)), _products(query, self._mapped), k)
        places = self._candidates(query, k, mask)
        return _best(places, self.cosines(query, places), k)

    def cosines(self, query: FloatArray, places: IntArray) -> FloatArray:
        """``(len(places),)``: the cosine of the query with each of these rows, in their order."""
        return _products(query, self.rows(places))

    def rows(self, places: Sequence[int] | IntArray) -> FloatArray:
        """``(len(places), dim) float32``: the vectors at these positions."""
        wanted = np.asarray(places, dtype=np.int64)
        if self._mapped is not None:
            return np.asarray(self._mapped[wanted])
        if self._file is None or not len(wanted):
            return np.empty((len(wanted), self._shape[1]), np.float32)
        width = 4 * self._shape[1]
        data = b"".join([os.pread(self._file, width, place * width) for place in wanted.tolist()])
        return np.frombuffer(data, np.float32).reshape(len(wanted), -1)

    def close(self) -> None:
        """Close the file."""
        if self._close:
            self._close()

    def _candidates(self, query: FloatArray, k: int, mask: Mask | None) -> IntArray:
        allowed = np.flatnonzero(mask) if mask is not None else None
        if allowed is not None and (self._index is None or len(allowed) <= _FEW):
            return allowed
        assert self._index is not None
        faiss.omp_set_num_threads(1)  # of this thread: a single query gains nothing, and waits for the others
        wanted = min(len(self), _CANDIDATES[self.kind] * k)
        _, places = self._index.search(query[np.newaxis, :], wanted, params=self._parameters(mask))
        found: IntArray = places[0][places[0] >= 0]
        return np.sort(found)

    def _parameters(self, mask: Mask | None) -> Any:  # noqa: ANN401
        given: dict[str, Any] = {}
        if mask is not None:
            given["sel"] = _faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))
        if self.kind == "rabitq":
            return _faiss.RaBitQSearchParameters(qb=_QUERY_BITS, **given)
        if self.kind == "ivf":
            assert self._index is not None
            probed = max(8, round(_PROBED * self._index.nlist))
            return _faiss.IVFRaBitQSearchParameters(qb=_QUERY_BITS, nprobe=probed, **given)
        return _faiss.SearchParameters(**given)


def _best(places: IntArray, scores: FloatArray, k: int) -> tuple[IntArray, FloatArray]:
    """The ``k`` highest scores; of equal ones, the lower position."""
    if k < len(scores):
        least = np.partition(scores, len(scores) - k)[len(scores) - k]
        keep = np.flatnonzero(scores >= least)
        places, scores = places[keep], scores[keep]
    order = np.lexsort((places, -scores))[:k]
    return places[order], scores[order]


def _products(query: FloatArray, rows: FloatArray) -> FloatArray:
    """Row by row with one kernel, so that equal rows score equally wherever they stand."""
    rows = np.ascontiguousarray(rows, dtype=np.float32)
    products = np.empty(len(rows), np.float32)
    if len(rows):
        asked = np.ascontiguousarray(query, dtype=np.float32)
        _faiss.fvec_inner_products_ny(*map(faiss.swig_ptr, (products, asked, rows)), rows.shape[1], len(rows))
    return products


def _open_index(path: Path, rows: int) -> Any:  # noqa: ANN401
    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_READ_ONLY)
    except RuntimeError as error:
        reason = str(error).strip().splitlines()[-1][:200]
        raise IndexDamaged(f"{path}: cannot be read ({reason}); run `hoidap rollback`") from error
    if index.ntotal != rows:
        raise IndexDamaged(f"{path}: {index.ntotal} passages, {rows} expected; run `hoidap rollback`")
    return index
