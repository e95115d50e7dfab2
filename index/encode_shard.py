"""Encode one shard of some articles; ``build_index`` takes the vectors of all shards from their folder."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.articles import find_files, read_article
from index.build import Progress, encoder_text, passage_rows
from index.encode import Encoder, load_encoder
from index.errors import InputError, UnreadableFile
from index.shards import Batch, shard_path, write_shard
from index.store_protocol import PassageRow
from index.types import SkippedFile

BATCH = 4096
"""Passages a row group: 6 MB of vectors of 384 dimensions."""


@dataclass(frozen=True, slots=True)
class ShardReport:
    """What was encoded.

    Attributes:
        path: the Parquet file.
        files: article files of this shard.
        passages: passages in it, all of them encoded.
        skipped: the files of this shard that could not be read, with reasons.
        seconds: wall time.
    """

    path: str
    files: int
    passages: int
    skipped: tuple[SkippedFile, ...]
    seconds: float


def encode_shard(
    paths: Sequence[str | Path],
    folder: str | Path,
    *,
    number: int = 1,
    count: int = 1,
    model: str | Path | None = None,
    progress: Progress | None = None,
) -> ShardReport:
    """Encode the passages of shard ``number`` of ``count`` and write them to ``folder`` as Parquet.

    Which shard a file belongs to depends on its path below the named folder alone: machines that see the same files
    under different mounts, or at different times, agree. Any shard can be done again alone.

    Args:
        paths: files and folders, the same for every shard.
        folder: where the shards are kept; made when it is not there.
        number: which shard, from 1.
        count: how many shards there are.
        model: name or folder of a SentenceTransformer; None for the bundled model.
        progress: called as ``progress(stage, done, total)``; stage is "read".

    Raises:
        InputError: a path that cannot be used, or no such shard.
        ModelError: the model cannot be loaded.
    """
    started = time.monotonic()
    if not 1 <= number <= count:
        raise InputError(f"there is no shard {number} of {count}; shards are counted from 1")
    notify = progress or (lambda stage, done, total: None)
    roots = [Path(path).absolute() for path in paths]
    if not roots:
        raise InputError("no path given; name a file or a folder of articles")
    files = [path for path in find_files(roots)[0] if shard_of(path, roots, count) == number]
    encoder = load_encoder(model)
    skipped: list[SkippedFile] = []
    path = shard_path(Path(folder).absolute(), number, count)
    written = write_shard(path, encoder, _encoded(files, encoder, skipped, notify))
    return ShardReport(str(path), len(files), written, tuple(skipped), time.monotonic() - started)


def shard_of(path: Path, roots: Sequence[Path], count: int) -> int:
    """The shard of a file, from 1, spread evenly by a hash of its path below its root.

    >>> shard_of(Path("/a/news/x.txt"), [Path("/a/news")], 16) == shard_of(Path("/b/x.txt"), [Path("/b")], 16)
    True
    """
    root = next((root.resolve() for root in roots if path.is_relative_to(root.resolve())), path)
    name = path.name if path == root else path.relative_to(root).as_posix()
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) % count + 1


def _encoded(
    files: Sequence[Path], encoder: Encoder, skipped: list[SkippedFile], notify: Progress
) -> Iterator[Batch]:
    """Read and encode file after file, so that memory holds one batch."""
    waiting: list[tuple[PassageRow, str]] = []
    for done, path in enumerate(files):
        notify("read", done, len(files))
        try:
            article = read_article(path)
        except UnreadableFile as error:
            skipped.append(SkippedFile(path.as_posix(), str(error)))
            continue
        waiting += [(row, encoder_text(row.passage, article)) for row in passage_rows(article)]
        while len(waiting) >= BATCH:
            yield _batch(waiting[:BATCH], encoder)
            del waiting[:BATCH]
    notify("read", len(files), len(files))
    if waiting:
        yield _batch(waiting, encoder)


def _batch(waiting: Sequence[tuple[PassageRow, str]], encoder: Encoder) -> Batch:
    return [row for row, _ in waiting], encoder.encode_passages([text for _, text in waiting])
