"""BM25 over folded and accented syllables and syllable pairs. The only file that imports tantivy.

Three fields a passage: ``folded`` (no diacritics: finds whatever the keyboard could not type),
``accented`` (one tone placement) and ``title`` (folded, of the article). A pair is two neighbouring
syllables, "thu_ngan": it stands in for word segmentation (syllables and pairs beat segmented words on
every set tried). BM25 is tantivy's, k1 = 1.2, b = 0.75.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from index.errors import IndexDamaged
from index.store_protocol import PassageRow
from index.types import Article
from index.vietnamese import expand, fold, normal_tone, syllables

FIELDS = ("folded", "accented", "title")
LEXICAL_VERSION = 1
"""Part of the manifest: raise it when the same passage would be indexed under other terms."""


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """What is indexed of one passage."""

    row: int
    text: str
    title: str

    def terms(self) -> dict[str, list[str]]:
        """Field -> the terms indexed there, in order, repeated as they repeat."""
        return {
            "folded": folded_terms(self.text),
            "accented": accented_terms(self.text),
            "title": folded_terms(self.title),
        }


def lexical_entries(articles: Iterable[tuple[Article, Sequence[PassageRow]]]) -> Iterator[LexicalEntry]:
    """What is indexed of every passage; rows are counted from 0 in the order given."""
    stored = ((article, row) for article, rows in articles for row in rows)
    for row, (article, passage_row) in enumerate(stored):
        yield LexicalEntry(row, passage_row.passage.text, article.title)


def with_pairs(words: Sequence[str]) -> list[str]:
    """The words and their neighbouring pairs.

    >>> with_pairs(["thu", "ngan", "sach"])
    ['thu', 'ngan', 'sach', 'thu_ngan', 'ngan_sach']
    """
    return [*words, *(f"{a}_{b}" for a, b in itertools.pairwise(words))]


def folded_terms(text: str) -> list[str]:
    """Folded syllables and pairs, abbreviations written out behind their short form.

    >>> folded_terms("UBND xã")
    ['ubnd', 'xa', 'ubnd_xa', 'uy', 'ban', 'nhan', 'dan', 'uy_ban', 'ban_nhan', 'nhan_dan']
    """
    words = [fold(word) for word in syllables(text)]
    written_out = [term for word in words for phrase in expand(word) for term in with_pairs(phrase.split())]
    return with_pairs(words) + written_out


def accented_terms(text: str) -> list[str]:
    """Lower-case syllables and pairs with their diacritics, in one tone placement.

    >>> accented_terms("Hoà Bình")
    ['hòa', 'bình', 'hòa_bình']
    """
    return with_pairs(syllables(normal_tone(text)))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=False, indexed=False, fast=True)
    for field in FIELDS:
        builder.add_text_field(field, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def write_lexical(folder: Path, entries: Iterable[LexicalEntry]) -> None:
    """Write a new lexical index into an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(_schema(), path=str(folder), reuse=False)
    writer = index.writer(heap_size=128_000_000, num_threads=1)
    for entry in entries:
        document = tantivy.Document(**{field: " ".join(terms) for field, terms in entry.terms().items()})
        document.add_unsigned("row", entry.row)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class Lexical:
    """The lexical index of one generation."""

    def __init__(self, folder: Path) -> None:
        try:
            self._index = tantivy.Index.open(str(folder))
        except (ValueError, OSError) as error:
            raise IndexDamaged(f"{folder}: cannot be read ({error}); run `hoidap rollback`") from error
        self._searcher = self._index.searcher()
        self._schema = _schema()

    def __len__(self) -> int:
        """Number of passages."""
        return int(self._searcher.num_docs)

    def document_frequency(self, term: str, field: str = "folded") -> int:
        """In how many passages (titles, for the field ``title``) the term stands."""
        return int(self._searcher.doc_freq(field, term))

    def search(
        self, terms: dict[str, dict[str, float]], k: int, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """The best ``k`` rows with their BM25 sum (>= 0, no upper bound), best first.

        Args:
            terms: field -> term -> weight (> 0) of the term in the query.
            k: how many at most.
            allowed: the rows that may be found; None for all.
        """
        query = self._query(terms)
        if query is None or k <= 0:
            return []
        wanted = k
        rows = None if allowed is None else set(allowed)
        while True:
            found = self._run(query, wanted)
            kept = found if rows is None else [pair for pair in found if pair[0] in rows]
            if len(kept) >= k or len(found) < wanted:
                return kept[:k]
            wanted *= 8

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

    def _run(self, query: tantivy.Query, limit: int) -> list[tuple[int, float]]:
        hits = self._searcher.search(query, limit, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        found = [(int(row), float(score)) for (score, _), row in zip(hits, rows, strict=True)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))
