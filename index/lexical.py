"""BM25 over folded and accented syllables and syllable pairs. The only file that imports tantivy.

Three fields a passage: ``folded`` (no diacritics: finds whatever the keyboard could not type),
``accented`` (one tone placement) and ``title`` (folded, of the article). A pair is two neighbouring
syllables, "thu_ngan": it stands in for word segmentation (syllables and pairs beat segmented words on
every set tried). BM25 is tantivy's, k1 = 1.2, b = 0.75.

tantivy keeps segments of its own, files that are written once, so a new index starts as hard links to the one
before it. What is deleted is found no more, but counts in the statistics of BM25 until its segment is merged.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.store_protocol import PassageRow, Rows, row_array
from index.terms import passage_terms, title_terms
from index.types import Article

FIELDS = ("folded", "accented", "title")
LEXICAL_VERSION = 2
"""Part of the manifest: raise it when the same passage would be indexed under other terms."""

_HEAP = 512_000_000
"""Bytes of terms held before tantivy writes a segment, some 240,000 passages: few large segments are searched faster
than many small ones (docs/scale.md). Less is held where there is less."""


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """What is indexed of one passage."""

    row: int
    text: str
    title: str
    article_row: int = 0

    def terms(self) -> dict[str, str]:
        """Field -> the terms indexed there, a blank between them, in order, repeated as they repeat."""
        folded, accented = passage_terms(self.text)
        return {"folded": folded, "accented": accented, "title": title_terms(self.title)}


def lexical_entries(articles: Iterable[tuple[Article, Sequence[PassageRow]]]) -> Iterator[LexicalEntry]:
    """What is indexed of every passage; rows of passages and articles are counted from 0 in the order given."""
    stored = ((number, article, row) for number, (article, rows) in enumerate(articles) for row in rows)
    for row, (number, article, passage_row) in enumerate(stored):
        yield LexicalEntry(row, passage_row.passage.text, article.title, number)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=False, indexed=False, fast=True)
    builder.add_integer_field("article", stored=False, indexed=True)
    for field in FIELDS:
        builder.add_text_field(field, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def write_lexical(
    folder: Path, entries: Iterable[LexicalEntry], base: Path | None = None, dead: Iterable[int] = ()
) -> None:
    """Write a lexical index into a new folder.

    Args:
        folder: where; it is made.
        entries: the passages to add.
        base: an index to start from, which stays as it is; None for an empty one.
        dead: article rows whose passages are deleted from what ``base`` holds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if base is None:
        index = tantivy.Index(_schema(), path=str(folder), reuse=False)
    else:
        _link(base, folder)
        index = tantivy.Index.open(str(folder))
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for row in dead:
        writer.delete_documents_by_term("article", row)
    for entry in entries:
        writer.add_document(_document(entry))
    writer.commit()
    writer.wait_merging_threads()


def _link(base: Path, folder: Path) -> None:
    """The files of an index under new names; its two lists of files, which are written anew, as copies."""
    for path in base.iterdir():
        if path.suffix == ".json":
            shutil.copy(path, folder)
        elif path.suffix != ".lock":
            link_or_copy(path, folder / path.name)


def link_or_copy(path: Path, target: Path) -> None:
    """Give a file that is never changed a second name."""
    try:
        os.link(path, target)
    except OSError:  # a file system without hard links
        shutil.copy(path, target)


def _document(entry: LexicalEntry) -> tantivy.Document:
    document = tantivy.Document(**entry.terms())
    document.add_unsigned("row", entry.row)
    document.add_integer("article", entry.article_row)
    return document


class Lexical:
    """The lexical index of one generation.

    Attributes:
        deleted: passages that are deleted and still count in the statistics of BM25.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._index = tantivy.Index.open(str(folder))
        except (ValueError, OSError) as error:
            raise IndexDamaged(f"{folder}: cannot be read ({error}); run `hoidap rollback`") from error
        self._searcher = self._index.searcher()
        self.deleted = _deleted(folder)
        self._schema = _schema()

    def __len__(self) -> int:
        """Number of passages."""
        return int(self._searcher.num_docs)

    def document_frequency(self, term: str, field: str = "folded") -> int:
        """In how many passages (titles, for the field ``title``) the term stands."""
        return int(self._searcher.doc_freq(field, term))

    def search(
        self,
        terms: dict[str, dict[str, float]],
        k: int,
        allowed: Rows | None = None,
    ) -> list[tuple[int, float]]:
        """The best ``k`` rows with their BM25 sum (>= 0, no upper bound), best first.

        Args:
            terms: field -> term -> weight (> 0) of the term in the query.
            k: how many at most.
            allowed: the rows that may be found; None for all.
        """
        query, k = self._query(terms), min(k, len(self))
        if query is None or k <= 0:
            return []
        passing = None if allowed is None else row_array(allowed)
        wanted = k
        while True:
            rows, scores = self._run(query, wanted)
            kept = np.ones(len(rows), np.bool_) if passing is None else np.isin(rows, passing)
            if kept.sum() >= k or len(rows) < wanted or wanted >= len(self):
                return list(zip(rows[kept][:k].tolist(), scores[kept][:k].tolist(), strict=True))
            wanted = min(8 * wanted, len(self))

    def _query(self, terms: dict[str, dict[str, float]]) -> tantivy.Query | None:
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(field, term), weight))
            for field, weights in terms.items()
            for term, weight in weights.items()
            if weight > 0
        ]
        return tantivy.Query.boolean_query(clauses) if clauses else None

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, term, "freq")

    def _run(self, query: tantivy.Query, limit: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Rows and scores of the best, best first; of equal ones, the lower row."""
        hits = self._searcher.search(query, limit, count=False).hits
        rows = np.array(self._searcher.fast_field_values("row", [a for _, a in hits]), np.int64)
        scores = np.array([score for score, _ in hits], np.float64)
        order = np.lexsort((rows, -scores))
        return rows[order], scores[order]


def _deleted(folder: Path) -> int:
    listed = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["segments"]
    return sum(segment["deletes"]["num_deleted_docs"] for segment in listed if segment["deletes"])
