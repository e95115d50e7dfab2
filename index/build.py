"""read -> clean -> split -> encode -> store, doing again only what changed."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.articles import find_names, read_article
from index.clean import CLEANER_VERSION
from index.encode import Encoder, load_encoder
from index.errors import InputError, StoreError, StoreUnavailable, UnreadableFile
from index.figures import FIGURES_VERSION, figures_of
from index.ledger import write_ledger
from index.lexical import LEXICAL_VERSION
from index.shards import ShardFolder
from index.split import SPLITTER_VERSION, SplitSettings, passages
from index.store import FORMAT_VERSION
from index.store_protocol import FloatArray, OpenDraft, OpenGeneration, PassageRow, Store
from index.stores import open_store
from index.types import Article, BuildReport, Figure, FileRecord, Manifest, Passage, SkippedFile
from index.vectors import checked_kind

Progress = Callable[[str, int, int], None]
"""``progress(stage, done, total)``; stage is "read", "encode", "figures" or "store"."""

LOCK_WAIT = 30.0
"""Seconds a second builder waits for the first one."""

REMOVED = "removed.txt"
"""The file of an index folder that names, one a line, the files to leave out."""

LEFT_OUT = "đã gỡ khỏi chỉ mục trong trang Bài viết"
"""Why such a file is not in the index."""


BLOCK = 2048
"""Passages that are held in memory and encoded at a time."""

MOST_DELETED = 0.2
"""Share of deleted passages in the lexical index from which everything is written anew; they blur BM25."""

_YOUNG = 2_000_000_000  # nanoseconds in which a file can change again without its times telling


class _File(NamedTuple):
    """One file on its way into the index; ``known`` when the index holds it as it is."""

    path: str
    sha256: str
    stamp: str
    known: FileRecord | None


@dataclass(frozen=True, slots=True)
class _Known:
    """Where vectors come from before the model is asked: the old generation, and shards."""

    old: OpenGeneration | None
    shards: ShardFolder | None


def build_index(
    paths: Iterable[str | Path],
    index_dir: str | Path | Store | None = None,
    *,
    model: str | Path | None = None,
    vectors: str | Path | None = None,
    progress: Progress | None = None,
    vector_index: str | None = None,
) -> BuildReport:
    """Bring the index to exactly what the paths hold.

    New articles are added, changed ones redone, missing ones removed, unchanged ones not touched. A file
    that cannot be read is listed in the report with its reason and never stops the build. Readers keep
    the old generation until the new one is published at the end.

    Args:
        paths: files and folders; an empty list, or a path that does not exist, is an InputError.
        index_dir: the index folder, ``milvus://HOST:PORT/COLLECTION`` or a store; None for ``$HOIDAP_INDEX`` or
            ``./.hoidap``.
        model: name or folder of a SentenceTransformer; None for the bundled model.
        vectors: a folder of shards made by ``encode_shard``; only passages that are in none go through the model.
        progress: called as ``progress(stage, done, total)``.
        vector_index: how vectors are searched, "flat", "sq8", "rabitq" or "ivf"; "auto" for what fits their
            number; None for what the index was last built with, "auto" at first.

    Raises:
        InputError: a path, a folder of shards or a kind of index that cannot be used.
        IndexMismatch: a shard was encoded with another model.
        IndexLocked: another process is building and did not finish within half a minute.
        ModelError: the model cannot be loaded.
    """
    started = time.monotonic()
    roots = [Path(path).absolute() for path in ([paths] if isinstance(paths, str | Path) else paths)]
    if not roots:
        raise InputError("no path given; name a file or a folder of articles")
    store = open_store(index_dir)
    encoder = load_encoder(model)
    shards = ShardFolder(Path(vectors), encoder) if vectors is not None else None
    with store.lock(wait=LOCK_WAIT):
        known = _Known(_open_old(store, encoder), shards)
        manifest = _new_manifest(roots, encoder, str(model or ""), _kind(vector_index, known.old))
        return _update(
            store, known, manifest, encoder, progress or (lambda stage, done, total: None), started
        )


def _update(
    store: Store, known: _Known, manifest: Manifest, encoder: Encoder, notify: Progress, started: float
) -> BuildReport:
    """Write and publish the generation that ``manifest`` begins to describe."""
    old, kind = known.old, manifest.vector_index
    before = old.files() if old else {}
    found, skipped = _without(left_out(store.folder), *find_names(manifest.roots, store.folder))
    files, unhashed = _examine(found, before if old and _same_settings(old) else {})
    base = old if old and _can_grow(old, files, kind) else None
    kept = {file.known.row for file in files if file.known}
    dead = {record.row for record in before.values()} - kept if base else set()
    draft = store.draft(base, dead, encoder.dim, kind)
    try:
        unreadable = _read(files, draft, old, notify)
        encoded = _encode(draft, known, encoder, notify)
        _write_figures(draft, old, {file.known.article_id for file in files if file.known}, notify)
        notify("store", 0, 1)
        skipped = sorted([*skipped, *unhashed, *unreadable], key=lambda file: file.path)
        manifest = draft.publish(replace(manifest, skipped=tuple(skipped)))
    except BaseException:
        draft.discard()
        raise
    notify("store", 1, 1)
    refused = {file.path for file in unreadable}
    after = {file.path: file.sha256 for file in files if file.path not in refused}
    return _report(draft.name, before, after, manifest, encoded, time.monotonic() - started)


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


def _without(
    paths: Sequence[str], files: Sequence[str], skipped: Sequence[SkippedFile]
) -> tuple[list[str], list[SkippedFile]]:
    """The files without those that people took out of the index; these are listed with that reason."""
    out = set(files) & set(paths)
    told = [SkippedFile(path, LEFT_OUT) for path in sorted(out)]
    return [file for file in files if file not in out], [*skipped, *told]


def left_out(folder: Path) -> list[str]:
    """The files that people took out of the index of a folder; see ``index.library``."""
    path = folder / REMOVED
    return path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []


def _kind(asked: str | None, old: OpenGeneration | None) -> str:
    return checked_kind(asked or (old.manifest.vector_index if old else "auto"))


def _open_old(store: Store, encoder: Encoder) -> OpenGeneration | None:
    """The current generation when its vectors are this encoder's; None otherwise."""
    try:
        generation = store.open_current()
    except StoreUnavailable:
        raise
    except StoreError:  # missing, damaged or of another format: everything is made anew
        return None
    return generation if generation.manifest.fingerprint == encoder.fingerprint else None


def _same_settings(old: OpenGeneration) -> bool:
    return old.manifest.settings == settings_of_this_version()


def _examine(found: Sequence[str], known: dict[str, FileRecord]) -> tuple[list[_File], list[SkippedFile]]:
    """Which files the index holds as they are: by size and times, or else by their bytes."""
    files: list[_File] = []
    skipped: list[SkippedFile] = []
    for path in found:
        record = known.get(path)
        try:
            stamp = _stamp(path)
            digest = record.sha256 if record and stamp and record.stamp == stamp else _sha256(path)
        except OSError as error:
            reason = f"không đọc được tệp: {error.strerror or error}"
            skipped.append(SkippedFile(path, reason))
        else:
            same = record if record and record.sha256 == digest else None
            files.append(_File(path, digest, stamp, same))
    return files, skipped


def _can_grow(old: OpenGeneration, files: Sequence[_File], kind: str) -> bool:
    """Whether a segment is added to the old generation; otherwise everything is written anew."""
    if old.deleted is None or not _same_settings(old) or old.manifest.vector_index != kind:
        return False
    gone = old.manifest.articles - sum(1 for file in files if file.known)
    deleted = old.deleted + gone * old.manifest.passages / max(1, old.manifest.articles)
    return deleted <= MOST_DELETED * (old.deleted + old.manifest.passages)


def _read(
    files: Sequence[_File], draft: OpenDraft, old: OpenGeneration | None, notify: Progress
) -> list[SkippedFile]:
    """Bring into the draft what its base does not hold: from the old index where that has it, or from the file."""
    skipped: list[SkippedFile] = []
    for done, file in enumerate(files):
        notify("read", done, len(files))
        if file.known and draft.grows:
            continue
        try:
            draft.add(*_article(file, old), file.sha256, file.stamp)
        except UnreadableFile as error:
            skipped.append(SkippedFile(file.path, str(error)))
    notify("read", len(files), len(files))
    return skipped


def _article(file: _File, old: OpenGeneration | None) -> tuple[Article, list[PassageRow]]:
    if old and file.known:
        return old.articles([file.known.row])[file.known.row], old.passages_of(file.known.article_id)
    article = read_article(Path(file.path))
    return article, passage_rows(article)


def _encode(draft: OpenDraft, known: _Known, encoder: Encoder, notify: Progress) -> int:
    """Write the vectors of the draft's new passages; how many of them went through the model."""
    total, done, encoded = len(draft), 0, 0

    def blocks() -> Iterator[FloatArray]:
        nonlocal done, encoded
        walk = draft.passages()
        while block := [(row.encoded, encoder_text(row.passage, a)) for _, row, a in islice(walk, BLOCK)]:
            vectors, fresh = _vectors(block, known, encoder, lambda n: notify("encode", done + n, total))  # noqa: B023
            done, encoded = done + len(block), encoded + fresh
            notify("encode", done, total)
            yield vectors

    draft.write_vectors(blocks())
    return encoded


def _vectors(
    block: Sequence[tuple[bytes, str]], known: _Known, encoder: Encoder, notify: Callable[[int], None]
) -> tuple[FloatArray, int]:
    """Vectors ``(len(block), dim)``: known ones of equal texts, the others from the model; and how many of these."""
    old, shards = known.old, known.shards
    rows = old.encoded_rows([key for key, _ in block]) if old else {}
    vectors = np.zeros((len(block), encoder.dim), dtype=np.float32)
    places: dict[str, list[int]] = {"old": [], "shard": [], "fresh": []}
    for place, (key, _) in enumerate(block):
        places["old" if key in rows else "shard" if shards and key in shards else "fresh"].append(place)
    if old and places["old"]:
        vectors[places["old"]] = old.vectors.rows([rows[block[place][0]] for place in places["old"]])
    if shards and places["shard"]:
        vectors[places["shard"]] = shards.rows([block[place][0] for place in places["shard"]])
    fresh = places["fresh"]
    if fresh:
        ready = len(block) - len(fresh)
        texts = [block[place][1] for place in fresh]
        vectors[fresh] = encoder.encode_passages(texts, lambda done: notify(ready + done))
    return vectors, len(fresh)


def _write_figures(
    draft: OpenDraft, old: OpenGeneration | None, kept: Collection[str], notify: Progress
) -> None:
    """Write what figures the draft lacks: those of kept articles from the old ledger, unless another grammar read them."""
    ledger = old.ledger if old else None
    known = ledger if ledger is not None and ledger.version == FIGURES_VERSION else None
    files = draft.figure_files()
    total, done = sum(file.count for file in files), 0

    def figures(articles: Iterator[tuple[int, Article]]) -> Iterator[tuple[int, list[Figure]]]:
        nonlocal done
        for row, article in articles:
            notify("figures", done, total)
            same = known if article.article_id in kept else None
            yield row, figures_of(article) if same is None else same.of(article.article_id)
            done += 1

    for file in files:
        write_ledger(file.path, figures(file.articles))
    notify("figures", total, total)


def _new_manifest(roots: Sequence[Path], encoder: Encoder, model: str, kind: str) -> Manifest:
    """What is known of a generation before it is written."""
    return Manifest(
        format_version=FORMAT_VERSION,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        model=model,
        fingerprint=encoder.fingerprint,
        query_prefix=encoder.query_prefix,
        passage_prefix=encoder.passage_prefix,
        dim=encoder.dim,
        settings=settings_of_this_version(),
        articles=0,
        passages=0,
        roots=tuple(root.as_posix() for root in roots),
        skipped=(),
        vector_index=kind,
    )


def _report(
    name: str,
    before: dict[str, FileRecord],
    after: dict[str, str],
    manifest: Manifest,
    encoded: int,
    seconds: float,
) -> BuildReport:
    both = after.keys() & before.keys()
    unchanged = sum(1 for path in both if before[path].sha256 == after[path])
    return BuildReport(
        generation=name,
        added=len(after) - len(both),
        changed=len(both) - unchanged,
        removed=len(before) - len(both),
        unchanged=unchanged,
        skipped=manifest.skipped,
        articles=manifest.articles,
        passages=manifest.passages,
        encoded=encoded,
        seconds=seconds,
    )


def _stamp(path: str) -> str:
    """Size and times of a file, which change when it does; "" while a change could still hide in them."""
    found = os.stat(path)  # noqa: PTH116  a Path costs more than the call, for each of many thousand files
    young = time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) < _YOUNG
    return "" if young else f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def _sha256(path: str) -> str:
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
