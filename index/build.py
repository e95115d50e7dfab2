"""read -> clean -> split -> encode -> store, doing again only what changed."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from index.articles import find_files, read_article
from index.clean import CLEANER_VERSION
from index.encode import Encoder, load_encoder
from index.errors import InputError, StoreError, StoreUnavailable, UnreadableFile
from index.lexical import LEXICAL_VERSION
from index.shards import ShardFolder
from index.split import SPLITTER_VERSION, SplitSettings, passages
from index.store import FORMAT_VERSION
from index.store_protocol import FloatArray, OpenGeneration, PassageRow, Store
from index.stores import open_store
from index.types import Article, BuildReport, FileRecord, Manifest, Passage, SkippedFile

Progress = Callable[[str, int, int], None]
"""``progress(stage, done, total)``; stage is "read", "encode" or "store"."""

LOCK_WAIT = 30.0
"""Seconds a second builder waits for the first one."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file on its way into the index."""

    record: FileRecord
    article: Article
    stored: list[PassageRow]


def build_index(
    paths: Iterable[str | Path],
    index_dir: str | Path | None = None,
    *,
    model: str | Path | None = None,
    vectors: str | Path | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Bring the index to exactly what the paths hold.

    New articles are added, changed ones redone, missing ones removed, unchanged ones not touched. A file
    that cannot be read is listed in the report with its reason and never stops the build. Readers keep
    the old generation until the new one is published at the end.

    Args:
        paths: files and folders; an empty list, or a path that does not exist, is an InputError.
        index_dir: the index folder or ``milvus://HOST:PORT/COLLECTION``; None for ``$HOIDAP_INDEX`` or ``./.hoidap``.
        model: name or folder of a SentenceTransformer; None for the bundled model.
        vectors: a folder of shards made by ``encode_shard``; only passages that are in none go through the model.
        progress: called as ``progress(stage, done, total)``.

    Raises:
        InputError: a path or a folder of shards that cannot be used.
        IndexMismatch: a shard was encoded with another model.
        IndexLocked: another process is building and did not finish within half a minute.
        ModelError: the model cannot be loaded.
    """
    started = time.monotonic()
    notify = progress or (lambda stage, done, total: None)
    roots = [Path(path).absolute() for path in ([paths] if isinstance(paths, str | Path) else paths)]
    if not roots:
        raise InputError("no path given; name a file or a folder of articles")
    store = open_store(index_dir)
    encoder = load_encoder(model)
    shards = ShardFolder(Path(vectors), encoder) if vectors is not None else None
    with store.lock(wait=LOCK_WAIT):
        old = _open_old(store, encoder)
        files, skipped = find_files(roots)
        same = old is not None and old.manifest.settings == settings_of_this_version()
        entries, unreadable = _read_all(files, old if same else None, notify)
        rows, encoded = _encode_all(entries, old, shards, encoder, notify)
        manifest = _manifest(entries, [*skipped, *unreadable], roots, encoder, str(model or ""))
        notify("store", 0, 1)
        name = store.write(manifest, [(entry.article, entry.stored) for entry in entries], rows)
        notify("store", 1, 1)
        return _report(name, old, manifest, encoded, time.monotonic() - started)


def passage_rows(article: Article) -> list[PassageRow]:
    """The passages of an article as they are stored."""
    return [PassageRow(passage, _hash(encoder_text(passage, article))) for passage in passages(article)]


def encoder_text(passage: Passage, article: Article) -> str:
    """What the encoder is given for a passage: title and date as context, then the passage."""
    day = f" ({article.published:%d/%m/%Y})" if article.published else ""
    return f"{article.title}{day}\n{passage.text}"


def settings_of_this_version() -> dict[str, int]:
    """What, beside the model, decides how a file becomes passages; part of the manifest."""
    split = SplitSettings()
    return {
        "cleaner": CLEANER_VERSION,
        "splitter": SPLITTER_VERSION,
        "lexical": LEXICAL_VERSION,
        "enough": split.enough,
        "most": split.most,
        "rest": split.rest,
    }


def _open_old(store: Store, encoder: Encoder) -> OpenGeneration | None:
    """The current generation when its vectors are this encoder's; None otherwise."""
    try:
        generation = store.open_current()
    except StoreUnavailable:
        raise
    except StoreError:  # missing, damaged or of another format: everything is made anew
        return None
    return generation if generation.manifest.fingerprint == encoder.fingerprint else None


def _read_all(
    files: Sequence[Path], old: OpenGeneration | None, notify: Progress
) -> tuple[list[_Entry], list[SkippedFile]]:
    known = {record.path: record for record in old.manifest.files} if old else {}
    entries: list[_Entry] = []
    skipped: list[SkippedFile] = []
    for done, path in enumerate(files):
        notify("read", done, len(files))
        try:
            entries.append(_read_one(path, known.get(path.as_posix()), old))
        except UnreadableFile as error:
            skipped.append(SkippedFile(path.as_posix(), str(error)))
    notify("read", len(files), len(files))
    return entries, skipped


def _read_one(path: Path, known: FileRecord | None, old: OpenGeneration | None) -> _Entry:
    digest = _sha256(path)
    if known and old and known.sha256 == digest:
        article = old.article(known.article_id)
        if article is not None:
            return _Entry(known, article, old.passages_of(known.article_id))
    article = read_article(path)
    return _Entry(FileRecord(path.as_posix(), digest, article.article_id), article, passage_rows(article))


def _encode_all(
    entries: Sequence[_Entry],
    old: OpenGeneration | None,
    shards: ShardFolder | None,
    encoder: Encoder,
    notify: Progress,
) -> tuple[FloatArray, int]:
    """Vectors ``(passages, dim)`` in order, and how many of them went through the model."""
    wanted = [(row.encoded, row.passage, entry.article) for entry in entries for row in entry.stored]
    known = old.encoded_rows() if old else {}
    vectors = np.zeros((len(wanted), encoder.dim), dtype=np.float32)
    reused = [place for place, (key, _, _) in enumerate(wanted) if key in known]
    if old and reused:
        vectors[reused] = old.vectors.rows([known[wanted[place][0]] for place in reused])
    fresh = [place for place, (key, _, _) in enumerate(wanted) if key not in known]
    ready = [place for place in fresh if wanted[place][0] in shards] if shards else []
    if shards and ready:
        vectors[ready] = shards.rows([wanted[place][0] for place in ready])
        fresh = sorted(set(fresh) - set(ready))
    if fresh:
        notify("encode", 0, len(fresh))
        texts = [encoder_text(wanted[place][1], wanted[place][2]) for place in fresh]
        vectors[fresh] = encoder.encode_passages(texts, lambda done: notify("encode", done, len(fresh)))
    return vectors, len(fresh)


def _manifest(
    entries: Sequence[_Entry], skipped: list[SkippedFile], roots: Sequence[Path], encoder: Encoder, model: str
) -> Manifest:
    return Manifest(
        format_version=FORMAT_VERSION,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        model=model,
        fingerprint=encoder.fingerprint,
        query_prefix=encoder.query_prefix,
        passage_prefix=encoder.passage_prefix,
        dim=encoder.dim,
        settings=settings_of_this_version(),
        articles=len(entries),
        passages=sum(len(entry.stored) for entry in entries),
        roots=tuple(root.as_posix() for root in roots),
        files=tuple(entry.record for entry in entries),
        skipped=tuple(sorted(skipped, key=lambda file: file.path)),
        sizes={},
    )


def _report(
    name: str, old: OpenGeneration | None, new: Manifest, encoded: int, seconds: float
) -> BuildReport:
    before = {record.path: record.sha256 for record in old.manifest.files} if old else {}
    after = {record.path: record.sha256 for record in new.files}
    return BuildReport(
        generation=name,
        added=len(after.keys() - before.keys()),
        changed=sum(1 for path in after.keys() & before.keys() if before[path] != after[path]),
        removed=len(before.keys() - after.keys()),
        unchanged=sum(1 for path in after.keys() & before.keys() if before[path] == after[path]),
        skipped=new.skipped,
        articles=new.articles,
        passages=new.passages,
        encoded=encoded,
        seconds=seconds,
    )


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(f"không đọc được tệp: {error.strerror or error}") from error


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
