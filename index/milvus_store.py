"""An index on a Milvus server: write a generation, publish it, roll back.

    COLLECTION                             an alias: the published generation
    COLLECTION_000007                      its catalogue: manifest, sources, newest day
    COLLECTION_000007_4f0c21d9_passages    row, article, offsets, source, day, dense vector, BM25 as a sparse vector
    COLLECTION_000007_4f0c21d9_articles    the articles as JSON, in pieces that fit into a field
    COLLECTION_000007_4f0c21d9_terms       term -> its number in the sparse vectors, its document frequency

A generation is written in full under a draft name. Renaming its catalogue makes it one, which the server lets happen
only once for a name; moving the alias publishes it: a reader, or a crash at any moment, sees the old generation or
the new one. Every collection has a vector field, since the server demands one, if only an unused one.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from index.bundled import cache_folder
from index.errors import IndexLocked, IndexMissing, InputError, StoreError
from index.lexical import lexical_entries
from index.lock import lock
from index.milvus import TEXT_BYTES, MilvusServer, Row, parse_address
from index.milvus_generation import MilvusGeneration, read_catalogue
from index.sparse import Vocabulary, passage_vector, vocabulary
from index.store import earlier, kept_generations, manifest_text, rolled_past
from index.store_protocol import FigureFile, FloatArray, OpenGeneration, PassageRow
from index.types import Article, Manifest

Articles = Sequence[tuple[Article, Sequence[PassageRow]]]
Files = Sequence[tuple[str, str, str, str]]
"""Path, sha256, article id and stamp of each article's file."""

EXACT_PASSAGES = 50_000
"""Up to here the dense leg is searched exactly; above, by a graph (HNSW) unless the address names another kind."""
PIECE = TEXT_BYTES // 4
"""Characters a piece: at most four bytes each."""

Fields = dict[str, Mapping[str, Any]]

_KEY: Mapping[str, Any] = {"type": "INT64"}
_TEXT: Mapping[str, Any] = {"type": "VARCHAR", "max_length": TEXT_BYTES}
_NAME: Mapping[str, Any] = {"type": "VARCHAR", "max_length": 4096}
_SORTED: Mapping[str, Any] = {"index_type": "INVERTED"}
_UNUSED: Mapping[str, Any] = {
    "type": "FLOAT_VECTOR",
    "dim": 2,
    "index": {"index_type": "FLAT", "metric_type": "IP"},
}
_PIECES: Fields = {
    "key": _KEY, "row": {**_KEY, "index": _SORTED}, "piece": _KEY, "pieces": _KEY, "first": _KEY, "passages": _KEY,
    "article_id": {**_NAME, "index": _SORTED}, "text": _TEXT, "unused": _UNUSED,
}  # fmt: skip
_TERMS: Fields = {"term": _TEXT, "number": _KEY, "frequency": _KEY, "unused": _UNUSED}
_GRAPH = {"M": 16, "efConstruction": 200}


class MilvusDraft:
    """What a build hands over, held in memory; the server gets all of it when it is published.

    Attributes:
        name: of the generation, once it is published.
        grows: never; a generation is written whole.
    """

    grows = False

    def __init__(self, store: MilvusStore, dim: int) -> None:
        self.name = ""
        self._store = store
        self._written: list[tuple[Article, Sequence[PassageRow]]] = []
        self._files: list[tuple[str, str, str, str]] = []
        self._vectors = np.zeros((0, dim), np.float32)

    def __len__(self) -> int:
        """Passages added so far."""
        return sum(len(stored) for _, stored in self._written)

    def add(self, article: Article, stored: Sequence[PassageRow], sha256: str, stamp: str) -> None:
        """Add an article with its passages in reading order, and what its file is known by."""
        self._written.append((article, stored))
        self._files.append((article.path, sha256, article.article_id, stamp))

    def figure_files(self) -> Sequence[FigureFile]:
        """None; a server keeps no figures yet."""
        return ()

    def passages(self) -> Iterator[tuple[int, PassageRow, Article]]:
        """(row, passage, its article) of everything added, in order."""
        pairs = ((stored, article) for article, rows in self._written for stored in rows)
        return ((row, stored, article) for row, (stored, article) in enumerate(pairs))

    def write_vectors(self, blocks: Iterable[FloatArray]) -> None:
        """Take the vectors of all passages added, in order."""
        self._vectors = np.concatenate([self._vectors, *blocks])

    def publish(self, manifest: Manifest) -> Manifest:
        """Write everything and publish it at once."""
        whole = replace(manifest, articles=len(self._written), passages=len(self))
        self.name = self._store.write(whole, self._written, self._files, self._vectors)
        return whole

    def discard(self) -> None:
        """Nothing is to be removed: ``publish`` leaves nothing behind when it fails."""


class MilvusStore:
    """The generations of one alias of a Milvus server."""

    def __init__(self, address: str) -> None:
        self._server = MilvusServer(parse_address(address))
        self._alias = self._server.address.collection

    @property
    def folder(self) -> Path:
        """Where on this machine that is kept which goes with the index: uploads, what was left out, feedback."""
        return cache_folder() / "stores" / re.sub(r"\W+", "_", self.place)

    @property
    def place(self) -> str:
        """The address, without the password."""
        return self._server.address.place

    def current(self) -> str | None:
        """The name of the published generation; None when nothing was published yet."""
        collection = self._server.target(self._alias)
        return collection.rpartition("_")[2] if collection else None

    def generations(self) -> list[str]:
        """The names of the generations kept, oldest first."""
        found = (re.fullmatch(rf"{self._alias}_(\d{{6}})", name) for name in self._server.collections())
        return sorted(match.group(1) for match in found if match)

    def manifest(self, name: str) -> Manifest:
        """The manifest of a generation."""
        return read_catalogue(self._server, self._catalogue(name)).manifest

    def open_current(self) -> MilvusGeneration:
        """Open the published generation; IndexMissing when there is none."""
        name = self.current()
        if name is None:
            raise IndexMissing(
                f"{self.place}: no index yet; make one with `hoidap index PATH --store {self.place}`"
            )
        return MilvusGeneration(self._server, self._catalogue(name))

    def draft(self, base: OpenGeneration | None, dead: Iterable[int], dim: int, kind: str) -> MilvusDraft:
        """Begin a generation; it is written whole, so ``base`` and ``dead`` are of no use here.

        Raises:
            InputError: a kind is asked for; here the address names it.
        """
        if kind != "auto":
            raise InputError(
                f"{self.place}: the address names the kind of index, as in {self.place}?index=HNSW"
            )
        return MilvusDraft(self, dim)

    def write(self, manifest: Manifest, articles: Articles, files: Files, vectors: FloatArray) -> str:
        """Write a whole generation, then publish it at once, and return its name.

        Raises:
            IndexLocked: another machine published meanwhile; nothing of this build is kept.
        """
        before, kept = self.current(), self.generations()
        name = f"{int(kept[-1]) + 1 if kept else 1:06d}"
        prefix = f"{self._alias}_{name}_{secrets.token_hex(4)}"
        try:
            self._write_collections(prefix, manifest, articles, files, vectors)
            self._rename(prefix, name)
        except BaseException:
            self._drop(self._names(prefix))
            raise
        try:
            self._publish(name, before)
        except BaseException:
            self._drop([self._catalogue(name), *self._names(prefix)])
            raise
        self._drop_old(rolled_past(kept, before))
        return name

    def lock(self, wait: float = 0.0) -> AbstractContextManager[None]:
        """Keep a second builder of this machine out; one of another machine is refused when it wants to publish."""
        return lock(self.folder, wait)

    def rollback(self, to: str | None = None) -> str:
        """Publish an earlier generation again, the one before the current one unless told which, and return its name."""
        with self.lock():
            current = self.current()
            name = earlier(self.generations(), current, to, self.place)
            self._point(name, current)
        return name

    def _catalogue(self, name: str) -> str:
        return f"{self._alias}_{name}"

    def _names(self, prefix: str = "") -> list[str]:
        """The collections of this alias, those of drafts among them; only those that begin with ``prefix``."""
        found = (name for name in self._server.collections() if name.startswith(prefix))
        return [name for name in found if re.match(rf"{self._alias}_\d{{6}}(_|$)", name)]

    def _write_collections(
        self, prefix: str, manifest: Manifest, articles: Articles, files: Files, vectors: FloatArray
    ) -> None:
        counted = vocabulary(lexical_entries(articles))
        kind = self._server.address.index or ("FLAT" if manifest.passages <= EXACT_PASSAGES else "HNSW")
        self._fill(f"{prefix}_terms", _TERMS, _term_rows(counted))
        self._fill(f"{prefix}_articles", _PIECES, _article_rows(articles))
        self._fill(
            f"{prefix}_passages",
            _passage_fields(manifest.dim, kind),
            _passage_rows(articles, vectors, counted),
        )
        days = [article.published.isoformat() for article, _ in articles if article.published]
        text = json.dumps(
            {
                "manifest": manifest_text(manifest),
                "prefix": prefix,
                "newest": max(days, default=None),
                "sources": sorted({article.source for article, _ in articles}),
                "files": files,
            },
            ensure_ascii=False,
        )
        self._fill(f"{prefix}_draft", _PIECES, _pieces(0, text))

    def _fill(self, collection: str, fields: Fields, rows: Iterator[Row]) -> None:
        self._server.create(collection, fields)
        self._server.insert(collection, rows)
        self._server.write("flush", collection)
        self._server.write("load_collection", collection)

    def _rename(self, prefix: str, name: str) -> None:
        """Make the draft a generation; IndexLocked when another builder made one of this name."""
        try:
            self._server.write("rename_collection", f"{prefix}_draft", self._catalogue(name))
        except StoreError as error:
            if self._catalogue(name) in self._server.collections():
                raise self._overtaken(name) from error
            raise

    def _publish(self, name: str, before: str | None) -> None:
        self._server.write("load_collection", self._catalogue(name))
        if self.current() != before:
            raise self._overtaken(self.current())
        self._point(name, before)

    def _overtaken(self, name: str | None) -> IndexLocked:
        return IndexLocked(
            f"{self.place}: another machine published generation {name} meanwhile; run it again"
        )

    def _point(self, name: str, before: str | None) -> None:
        method = "create_alias" if before is None else "alter_alias"
        self._server.write(method, self._catalogue(name), self._alias)

    def _drop_old(self, passed: Collection[str]) -> None:
        """Keep the newest generations but those passed, and the published one; sweep what crashed builds left."""
        current = self.current()
        names = kept_generations(self.generations(), current, passed)
        prefixes = {read_catalogue(self._server, self._catalogue(name)).prefix for name in names}
        self._drop(
            name
            for name in self._names()
            if name[len(self._alias) + 1 :][:6] <= str(current)
            and name[len(self._alias) + 1 :] not in names
            and name.rpartition("_")[0] not in prefixes
        )

    def _drop(self, collections: Iterable[str]) -> None:
        """Drop collections, a generation's catalogue (its name is shorter) before what it names."""
        for collection in sorted(collections):
            self._server.write("drop_collection", collection)


def _passage_fields(dim: int, kind: str) -> Fields:
    dense = {"index_type": kind, "metric_type": "IP", "params": _GRAPH if kind.startswith("HNSW") else {}}
    return {
        "row": _KEY,
        "passage_id": _NAME,
        "article_row": _KEY,
        "start": _KEY,
        "end": _KEY,
        "furniture": {"type": "BOOL"},
        "encoded": {"type": "VARCHAR", "max_length": 64, "index": _SORTED},
        "source": {**_TEXT, "index": _SORTED},
        "day": {**_KEY, "index": _SORTED},
        "dense": {"type": "FLOAT_VECTOR", "dim": dim, "index": dense},
        "sparse": {
            "type": "SPARSE_FLOAT_VECTOR",
            "index": {"index_type": "SPARSE_INVERTED_INDEX", "metric_type": "IP"},
        },
    }


def _passage_rows(articles: Articles, vectors: FloatArray, counted: Vocabulary) -> Iterator[Row]:
    entries = lexical_entries(articles)
    for article_row, (article, stored) in enumerate(articles):
        for passage_row in stored:
            entry = next(entries)
            passage = passage_row.passage
            yield {
                "row": entry.row,
                "passage_id": passage.passage_id,
                "article_row": article_row,
                "start": passage.start,
                "end": passage.end,
                "furniture": passage.furniture,
                "encoded": passage_row.encoded.hex(),
                "source": article.source,
                "day": article.published.toordinal() if article.published else 0,
                "dense": vectors[entry.row],
                "sparse": passage_vector(entry, counted) or {0: 1.0},  # the server refuses an empty one
            }


def _article_rows(articles: Articles) -> Iterator[Row]:
    first = 0
    for row, (article, stored) in enumerate(articles):
        data = asdict(article)
        data["published"] = article.published.isoformat() if article.published else None
        text = json.dumps(data, ensure_ascii=False)
        for piece in _pieces(row, text):
            yield {**piece, "article_id": article.article_id, "first": first, "passages": len(stored)}
        first += len(stored)


def _pieces(row: int, text: str) -> Iterator[Row]:
    """A text in pieces that fit into a field; ``key`` is the row, then the piece in 20 bits."""
    count = -(-len(text) // PIECE)
    for piece in range(count):
        yield {
            "key": (row << 20) + piece, "row": row, "piece": piece, "pieces": count, "first": 0, "passages": 0,
            "article_id": "", "text": text[piece * PIECE : (piece + 1) * PIECE], "unused": [0.0, 0.0],
        }  # fmt: skip


def _term_rows(counted: Vocabulary) -> Iterator[Row]:
    for term, number in counted.numbers.items():
        yield {
            "term": term,
            "number": number,
            "frequency": counted.frequencies[term],
            "unused": [0.0, 0.0],
        }
