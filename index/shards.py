"""Vectors in Parquet: encoded on many machines, read by the one that builds. The only file that imports pyarrow.

A file holds, for every passage of one shard, its id, the hash of what the encoder was given and its vector; the model
stands in the file's metadata. A vector is found again by the hash, so neither the folder the articles lie in nor the
order of the shards matters, and a shard that is done again replaces its file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.encode import Encoder
from index.errors import IndexMismatch, InputError
from index.store_protocol import FloatArray, PassageRow

Batch = tuple[Sequence[PassageRow], FloatArray]
"""Passages and their vectors ``(passages, dim) float32``."""


def shard_path(folder: Path, number: int, count: int) -> Path:
    """The file of a shard.

    >>> shard_path(Path("vectors"), 3, 16).name
    'shard-0003-of-0016.parquet'
    """
    return folder / f"shard-{number:04d}-of-{count:04d}.parquet"


def write_shard(path: Path, encoder: Encoder, batches: Iterable[Batch]) -> int:
    """Write one shard, a row group a batch, and return how many passages it holds.

    The file appears under its name when it is whole, in the place of an earlier one.
    """
    arrow, parquet = _pyarrow()
    schema = arrow.schema(
        [
            ("passage_id", arrow.string()),
            ("encoded", arrow.binary(16)),
            ("vector", arrow.list_(arrow.float32(), encoder.dim)),
        ],
        metadata={"hoidap": json.dumps(_model(encoder))},
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    written = 0
    with parquet.ParquetWriter(draft, schema) as writer:
        for stored, vectors in batches:
            columns = [
                arrow.array([row.passage.passage_id for row in stored], arrow.string()),
                arrow.array([row.encoded for row in stored], arrow.binary(16)),
                arrow.FixedSizeListArray.from_arrays(arrow.array(vectors.ravel()), encoder.dim),
            ]
            writer.write_table(arrow.Table.from_arrays(columns, schema=schema))
            written += len(stored)
    draft.replace(path)
    return written


class ShardFolder:
    """The vectors of all Parquet files of a folder, found by the hash of what the encoder was given.

    Only the hashes are kept in memory; vectors are read row group by row group.
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        """Read the hashes.

        Raises:
            InputError: there is no Parquet file, or one that is not of this kind.
            IndexMismatch: a shard was encoded with another model.
        """
        self._files: list[Any] = []
        self._where: dict[bytes, tuple[int, int, int]] = {}
        paths = sorted(folder.glob("*.parquet"))
        if not paths:
            raise InputError(
                f"{folder}: no Parquet file; make them with `hoidap encode PATH --shard 1/1 --out {folder}`"
            )
        for path in paths:
            self._add(path, encoder)

    def __len__(self) -> int:
        """Number of different texts."""
        return len(self._where)

    def __contains__(self, encoded: bytes) -> bool:
        """Whether there is a vector of what has this hash."""
        return encoded in self._where

    def rows(self, encoded: Sequence[bytes]) -> FloatArray:
        """The vectors of what has these hashes, in their order: ``(len(encoded), dim) float32``."""
        places = np.array([self._where[key] for key in encoded], dtype=np.int64).reshape(-1, 3)
        vectors: FloatArray | None = None
        for file, group in np.unique(places[:, :2], axis=0):
            chosen = np.flatnonzero((places[:, 0] == file) & (places[:, 1] == group))
            column = self._files[file].read_row_group(group, columns=["vector"])["vector"].combine_chunks()
            read = column.flatten().to_numpy().reshape(len(column), -1)
            if vectors is None:
                vectors = np.empty((len(encoded), read.shape[1]), np.float32)
            vectors[chosen] = read[places[chosen, 2]]
        return np.empty((0, 0), np.float32) if vectors is None else vectors

    def _add(self, path: Path, encoder: Encoder) -> None:
        arrow, parquet = _pyarrow()
        try:
            file = parquet.ParquetFile(path)
            made_with = json.loads(file.schema_arrow.metadata[b"hoidap"])
        except (arrow.ArrowException, KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"{path}: not a file of `hoidap encode` ({str(error).splitlines()[0]}); do this shard again"
            ) from error
        for field, here in _model(encoder).items():
            if made_with[field] != here:
                raise IndexMismatch(
                    f"{path}: {field} is {made_with[field]!r} in the shard, {here!r} here; encode it with this model"
                )
        for group in range(file.num_row_groups):
            hashes = file.read_row_group(group, columns=["encoded"])["encoded"].to_pylist()
            self._where.update((key, (len(self._files), group, row)) for row, key in enumerate(hashes))
        self._files.append(file)


def _model(encoder: Encoder) -> dict[str, str | int]:
    return {
        "fingerprint": encoder.fingerprint,
        "passage_prefix": encoder.passage_prefix,
        "dim": encoder.dim,
    }


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise InputError(
            "vectors in Parquet need the package pyarrow; run `pip install 'hoidap[shards]'`"
        ) from error
    return pyarrow, pyarrow.parquet
