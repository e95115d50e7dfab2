"""A generation kept by a Milvus server, open for reading; ``index.milvus_store`` writes it."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from index.errors import IndexDamaged
from index.milvus import MOST_HITS, QUERY_ROWS, MilvusServer, Row, batches, one_of, quoted
from index.sparse import idf, term_key
from index.store import manifest_of
from index.store_protocol import FloatArray, PassageRow, Rows
from index.types import Article, FileRecord, Manifest, Passage

KEPT_ARTICLES = 512
"""Articles kept in memory: a question shows ten of up to 200 candidates, the next one often the same."""
KEPT_TERMS = 200_000
"""Terms whose numbers are kept in memory, about 40 MB."""
ARTICLES_AT_ONCE = 64
PIECES_AT_ONCE = 256
"""At most 16 MB of text a request."""
_PASSAGE_FIELDS = ("row", "passage_id", "article_row", "start", "end", "furniture", "encoded")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is known of a generation before its passages are read.

    Attributes:
        manifest: what it was made with and from.
        prefix: what the names of its other collections begin with.
        newest: the newest day of publication.
        sources: every source of an article.
        files: every indexed file, in the order of their articles.
    """

    manifest: Manifest
    prefix: str
    newest: date | None
    sources: tuple[str, ...]
    files: tuple[FileRecord, ...]


def read_catalogue(server: MilvusServer, name: str) -> Catalogue:
    """The catalogue of the generation whose catalogue collection is ``name``."""
    data = json.loads(_texts(server, name, [0])[0])
    newest = date.fromisoformat(data["newest"]) if data["newest"] else None
    manifest = manifest_of(data["manifest"], f"{server.address.place} ({name})")
    files = tuple(
        FileRecord(path, sha256, article_id, stamp, row)
        for row, (path, sha256, article_id, stamp) in enumerate(data["files"])
    )
    return Catalogue(manifest, data["prefix"], newest, tuple(data["sources"]), files)


class MilvusGeneration:
    """One published generation, open for reading.

    Attributes:
        ledger: none; a server keeps no figures yet.
        deleted: none; a build writes everything anew.
    """

    ledger = None
    deleted = None

    def __init__(self, server: MilvusServer, collection: str) -> None:
        self.name = collection.rpartition("_")[2]
        self._server = server
        self._catalogue = read_catalogue(server, collection)
        self._passages = self._catalogue.prefix + "_passages"
        self._articles = self._catalogue.prefix + "_articles"
        self._seen: OrderedDict[int, Article] = OrderedDict()
        self._lock = threading.Lock()
        self.vectors = MilvusVectors(server, self._passages, self.manifest.passages, self.manifest.dim)
        self.lexical = MilvusLexical(server, self._catalogue.prefix, self.manifest.passages)
        self._check_counts()

    @property
    def place(self) -> str:
        """The server's address and the generation."""
        return f"{self._server.address.place} (generation {self.name})"

    @property
    def manifest(self) -> Manifest:
        """What it was made with and from."""
        return self._catalogue.manifest

    def files(self) -> dict[str, FileRecord]:
        """Every indexed file by its path."""
        return {record.path: record for record in self._catalogue.files}

    def articles(self, rows: Iterable[int] | None = None) -> dict[int, Article]:
        """Articles by row; all of them when ``rows`` is None."""
        return dict(self.walk() if rows is None else self._articles_at(sorted(set(rows))))

    def walk(self) -> Iterator[tuple[int, Article]]:
        """(row, article) of all articles by row, read as they are used."""
        return self._articles_at(range(self.manifest.articles))

    def article(self, article_id: str) -> Article | None:
        """The article with this id; None when there is none."""
        found = self._where_article(article_id)
        return self.articles([found["row"]])[found["row"]] if found else None

    def passages(self, rows: Sequence[int] | None = None) -> Iterator[tuple[int, PassageRow, Article]]:
        """(row, passage, its article) by row; all of them when ``rows`` is None."""
        wanted = range(self.manifest.passages) if rows is None else sorted(set(rows))
        for batch in batches(wanted, QUERY_ROWS):
            yield from self._opened(self._server.query(self._passages, _rows_in(batch), _PASSAGE_FIELDS))

    def passages_of(self, article_id: str) -> list[PassageRow]:
        """The passages of one article in reading order."""
        found = self._where_article(article_id)
        rows = range(found["first"], found["first"] + found["passages"]) if found else range(0)
        return [stored for _, stored, _ in self.passages(rows)]

    def encoded_rows(self, encoded: Sequence[bytes]) -> dict[bytes, int]:
        """Hash of what the encoder was given -> row of the vector it gave, for those hashes that are known."""
        known: dict[bytes, int] = {}
        for batch in batches(dict.fromkeys(encoded), QUERY_ROWS):
            where = one_of("encoded", [one.hex() for one in batch])
            for record in self._server.query(self._passages, where, ("row", "encoded"), MOST_HITS):
                known[bytes.fromhex(record["encoded"])] = int(record["row"])
        return known

    def furniture(self, rows: Iterable[int]) -> set[int]:
        """Which of these passages are page furniture."""
        marked: set[int] = set()
        for batch in batches(sorted(set(rows)), QUERY_ROWS):
            where = f"{_rows_in(batch)} and furniture == true"
            marked.update(
                int(record["row"]) for record in self._server.query(self._passages, where, ("row",))
            )
        return marked

    def rows_where(
        self, source: str | None = None, since: date | None = None, until: date | None = None
    ) -> Rows | None:
        """Rows of the passages whose article passes the filters, chosen by the server; None when no filter is set."""
        conditions = []
        if source is not None:
            named = [known for known in self._catalogue.sources if source in known]
            if not named:
                return []
            conditions.append(one_of("source", named))
        if since is not None:
            conditions.append(f"day >= {since.toordinal()}")
        if until is not None:
            conditions.append(f"day > 0 and day <= {until.toordinal()}")
        if not conditions:
            return None
        return ChosenRows(self._server, self._passages, " and ".join(conditions), self.manifest.passages)

    def newest(self) -> date | None:
        """The newest day of publication."""
        return self._catalogue.newest

    def close(self) -> None:
        """Close the connection."""
        self._server.close()

    def _articles_at(self, rows: Iterable[int]) -> Iterator[tuple[int, Article]]:
        for batch in batches((row for row in rows if 0 <= row < self.manifest.articles), ARTICLES_AT_ONCE):
            yield from self._some_articles(batch).items()

    def _some_articles(self, rows: Sequence[int]) -> dict[int, Article]:
        with self._lock:
            kept = {row: self._seen[row] for row in rows if row in self._seen}
        missing = [row for row in rows if row not in kept]
        read = {row: _article(text) for row, text in _texts(self._server, self._articles, missing).items()}
        with self._lock:
            self._seen.update(read)
            while len(self._seen) > KEPT_ARTICLES:
                self._seen.popitem(last=False)
        return {row: kept[row] if row in kept else read[row] for row in rows}

    def _where_article(self, article_id: str) -> Row | None:
        """Where an article and its passages stand: ``row``, ``first`` passage row, number of ``passages``."""
        where = f"article_id == {quoted(article_id)} and piece == 0"
        found = self._server.query(self._articles, where, ("row", "first", "passages"))
        return found[0] if found else None

    def _opened(self, records: Iterable[Row]) -> Iterator[tuple[int, PassageRow, Article]]:
        ordered = sorted(records, key=lambda record: int(record["row"]))
        articles = self.articles([record["article_row"] for record in ordered])
        for record in ordered:
            article = articles[record["article_row"]]
            start, end = int(record["start"]), int(record["end"])
            passage = Passage(
                record["passage_id"],
                article.article_id,
                start,
                end,
                article.text[start:end],
                record["furniture"],
            )
            yield int(record["row"]), PassageRow(passage, bytes.fromhex(record["encoded"])), article

    def _check_counts(self) -> None:
        count = self._server.count(self._passages, "")
        if count != self.manifest.passages:
            raise IndexDamaged(
                f"{self.place}: {count} passages, {self.manifest.passages} expected; run `hoidap rollback` or build anew"
            )


class ChosenRows(Collection[int]):
    """Rows that a filter of the server chooses; they are only listed when somebody looks."""

    def __init__(self, server: MilvusServer, collection: str, where: str, passages: int) -> None:
        self.where = where
        self._count: Callable[[], int] = lambda: server.count(collection, where)
        self._rows: Callable[[], Iterator[Row]] = lambda: _all_rows(
            server, collection, where, ("row",), passages
        )

    def __len__(self) -> int:
        return self._count()

    def __iter__(self) -> Iterator[int]:
        return (int(record["row"]) for record in self._rows())

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)


class MilvusVectors:
    """The vectors of a generation."""

    def __init__(self, server: MilvusServer, collection: str, count: int, dim: int) -> None:
        self._server, self._collection, self._count, self._dim = server, collection, count, dim

    def __len__(self) -> int:
        """Number of vectors."""
        return self._count

    def search(self, query: FloatArray, k: int, allowed: Rows | None = None) -> list[tuple[int, float]]:
        """The ``k`` nearest rows with their cosine in [-1, 1], best first; fewer when fewer are allowed."""
        k = min(k, self._count)
        return self._server.search(self._collection, "dense", query, k, _where(allowed)) if k > 0 else []

    def cosines(self, query: FloatArray, rows: Sequence[int]) -> list[float]:
        """The cosine of the query with each of these rows, in their order."""
        return [float(cosine) for cosine in self.rows(rows) @ query]

    def rows(self, rows: Sequence[int]) -> FloatArray:
        """The vectors of these rows: ``(len(rows), dim) float32``."""
        found: dict[int, Sequence[float]] = {}
        for batch in batches(sorted(set(rows)), QUERY_ROWS):
            for record in self._server.query(self._collection, _rows_in(batch), ("row", "dense")):
                found[int(record["row"])] = record["dense"]
        return np.asarray([found[int(row)] for row in rows], np.float32).reshape(len(rows), self._dim)


class MilvusLexical:
    """The terms of a generation: BM25 as the inner product of sparse vectors, see ``index.sparse``."""

    def __init__(self, server: MilvusServer, prefix: str, count: int) -> None:
        self._server, self._count = server, count
        self._passages, self._terms = prefix + "_passages", prefix + "_terms"
        self._known: dict[str, tuple[int, int]] = {}

    def __len__(self) -> int:
        """Number of passages."""
        return self._count

    def document_frequency(self, term: str, field: str = "folded") -> int:
        """In how many passages (titles, for the field ``title``) the term stands."""
        key = term_key(field, term)
        return self._look_up([key])[key][1]

    def search(
        self, terms: dict[str, dict[str, float]], k: int, allowed: Rows | None = None
    ) -> list[tuple[int, float]]:
        """The best ``k`` rows with their BM25 sum (>= 0, no upper bound), best first."""
        weights = {
            term_key(field, term): weight
            for field, of_field in terms.items()
            for term, weight in of_field.items()
            if weight > 0
        }
        found = self._look_up(list(weights))
        query = {
            number: weights[key] * idf(self._count, frequency)
            for key, (number, frequency) in found.items()
            if frequency
        }
        if not query or k <= 0:
            return []
        return self._server.search(self._passages, "sparse", query, k, _where(allowed))

    def _look_up(self, keys: Sequence[str]) -> dict[str, tuple[int, int]]:
        """Key -> (its number in the sparse vectors, its document frequency); (0, 0) for one that stands nowhere."""
        found = {key: self._known[key] for key in keys if key in self._known}
        missing = [key for key in keys if key not in found]
        for batch in batches(missing, QUERY_ROWS):
            found.update(dict.fromkeys(batch, (0, 0)))
            for record in self._server.query(
                self._terms, one_of("term", batch), ("term", "number", "frequency")
            ):
                found[record["term"]] = (int(record["number"]), int(record["frequency"]))
        if len(self._known) > KEPT_TERMS:
            self._known = {}
        self._known.update({key: found[key] for key in missing})
        return found


def _rows_in(rows: Sequence[int]) -> str:
    """A filter for ascending rows: a stretch where they are one.

    >>> _rows_in([4, 5, 6]), _rows_in([4, 6])
    ('row >= 4 and row <= 6', 'row in [4, 6]')
    """
    first, last = int(rows[0]), int(rows[-1])
    if last - first + 1 == len(rows):
        return f"row >= {first} and row <= {last}"
    return one_of("row", [int(row) for row in rows])


def _where(allowed: Rows | None) -> str:
    if allowed is None:
        return ""
    return allowed.where if isinstance(allowed, ChosenRows) else one_of("row", [int(row) for row in allowed])


def _all_rows(
    server: MilvusServer, collection: str, where: str, fields: Sequence[str], passages: int
) -> Iterator[Row]:
    """Every row for which ``where`` holds, in stretches no longer than a query may return."""
    for first in range(0, passages, QUERY_ROWS):
        stretch = f"row >= {first} and row < {first + QUERY_ROWS}"
        found = server.query(collection, f"{stretch} and ({where})" if where else stretch, fields)
        yield from sorted(found, key=lambda record: int(record["row"]))


def _texts(server: MilvusServer, collection: str, rows: Sequence[int]) -> dict[int, str]:
    """The texts of a collection of pieces, by row."""
    pieces: dict[int, list[Row]] = defaultdict(list)
    for record in _pieces(server, collection, rows):
        pieces[int(record["row"])].append(record)
    for row in rows:
        if not pieces[row] or len(pieces[row]) != int(pieces[row][0]["pieces"]):
            raise IndexDamaged(
                f"{server.address.place}: {collection}, row {row}: a piece is missing; run `hoidap rollback`"
            )
    return {
        row: "".join(piece["text"] for piece in sorted(pieces[row], key=lambda piece: int(piece["piece"])))
        for row in rows
    }


def _pieces(server: MilvusServer, collection: str, rows: Sequence[int]) -> Iterator[Row]:
    """The first piece of each text, which says how many there are, and then the others."""
    fields = ("row", "pieces", "piece", "text")
    first = server.query(collection, f"{one_of('row', rows)} and piece == 0", fields) if rows else []
    yield from first
    for record in first:
        for start in range(1, int(record["pieces"]), PIECES_AT_ONCE):
            where = f"row == {record['row']} and piece >= {start} and piece < {start + PIECES_AT_ONCE}"
            yield from server.query(collection, where, fields)


def _article(text: str) -> Article:
    data = json.loads(text)
    data["published"] = date.fromisoformat(data["published"]) if data["published"] else None
    data["furniture"] = tuple((start, end) for start, end in data["furniture"])
    return Article(**data)
