"""The index on disk: generations, publish, open, roll back.

    <index>/CURRENT                  the name of the published generation, one line
    <index>/lock                     held by the process that builds
    <index>/generations/000007/      manifest.json  articles.sqlite  vectors.faiss  lexical/

A generation is written in full under a hidden name, synced, renamed, and only then named in CURRENT by
one atomic rename: a reader, or a crash at any moment, sees the old generation or the new one.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from index.errors import IndexDamaged, IndexLocked, IndexMismatch, IndexMissing
from index.lexical import Lexical
from index.store_protocol import PassageRow
from index.types import Article, FileRecord, Manifest, Passage, SkippedFile
from index.vectors import Vectors

FORMAT_VERSION = 1
KEPT_GENERATIONS = 3
DEFAULT_FOLDER = ".hoidap"

_TABLES = """
CREATE TABLE articles (
    row INTEGER PRIMARY KEY, article_id TEXT UNIQUE NOT NULL, path TEXT NOT NULL, title TEXT NOT NULL,
    source TEXT NOT NULL, url TEXT NOT NULL, published TEXT, text TEXT NOT NULL, furniture TEXT NOT NULL
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, passage_id TEXT UNIQUE NOT NULL, article_row INTEGER NOT NULL REFERENCES articles,
    start INTEGER NOT NULL, end INTEGER NOT NULL, furniture INTEGER NOT NULL, encoded BLOB NOT NULL
);
CREATE INDEX passages_of_article ON passages (article_row);
CREATE INDEX articles_by_day ON articles (published);
"""


def index_folder(index_dir: str | Path | None = None) -> Path:
    """The index folder: the argument, else ``$HOIDAP_INDEX``, else ``./.hoidap``."""
    return Path(index_dir or os.environ.get("HOIDAP_INDEX") or DEFAULT_FOLDER).absolute()


def current_generation(folder: Path) -> str | None:
    """The name of the published generation; None when nothing was published yet."""
    try:
        return (folder / "CURRENT").read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None


def generations(folder: Path) -> list[str]:
    """The names of the generations on disk, oldest first."""
    root = folder / "generations"
    return sorted(path.name for path in root.iterdir() if path.name.isdigit()) if root.is_dir() else []


class Generation:
    """One published generation, open for reading."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.folder = folder / "generations" / name
        self.manifest = read_manifest(self.folder)
        _check_sizes(self.folder, self.manifest)
        self.vectors = Vectors(self.folder / "vectors.faiss")
        self.lexical = Lexical(self.folder / "lexical")
        self._database = _open_database(self.folder / "articles.sqlite")
        _check_counts(self)

    @classmethod
    def open_current(cls, folder: Path) -> Generation:
        """Open what CURRENT names; IndexMissing when there is nothing."""
        name = current_generation(folder)
        if name is None:
            raise IndexMissing(f"{folder}: no index yet; make one with `hoidap index PATH --index {folder}`")
        return cls(folder, name)

    @property
    def place(self) -> str:
        """Its folder, for messages."""
        return str(self.folder)

    def articles(self, rows: Sequence[int] | None = None) -> dict[int, Article]:
        """Articles by row; all of them when ``rows`` is None."""
        sql = "SELECT row, article_id, path, title, source, url, published, text, furniture FROM articles"
        if rows is not None:
            sql += f" WHERE row IN ({','.join(str(int(row)) for row in rows)})"
        return {record[0]: _article(record[1:]) for record in self._database.execute(sql + " ORDER BY row")}

    def article(self, article_id: str) -> Article | None:
        """The article with this id; None when there is none."""
        found = self._database.execute(
            "SELECT row FROM articles WHERE article_id = ?", (article_id,)
        ).fetchone()
        return self.articles([found[0]])[found[0]] if found else None

    def passages(self, rows: Sequence[int] | None = None) -> Iterator[tuple[int, PassageRow, Article]]:
        """(row, passage, its article) by row; all of them when ``rows`` is None."""
        sql = "SELECT row, passage_id, article_row, start, end, furniture, encoded FROM passages"
        if rows is not None:
            sql += f" WHERE row IN ({','.join(str(int(row)) for row in rows)})"
        records = self._database.execute(sql + " ORDER BY row").fetchall()
        articles = self.articles(None if rows is None else sorted({record[2] for record in records}))
        for row, passage_id, article_row, start, end, furniture, encoded in records:
            article = articles[article_row]
            passage = Passage(
                passage_id, article.article_id, start, end, article.text[start:end], bool(furniture)
            )
            yield row, PassageRow(passage, encoded), article

    def passages_of(self, article_id: str) -> list[PassageRow]:
        """The passages of one article in reading order."""
        sql = "SELECT p.row FROM passages p JOIN articles a ON a.row = p.article_row WHERE a.article_id = ?"
        rows = [record[0] for record in self._database.execute(sql, (article_id,))]
        return [stored for _, stored, _ in self.passages(rows)]

    def encoded_rows(self) -> dict[bytes, int]:
        """Hash of what the encoder was given -> row of the vector it gave."""
        return dict(self._database.execute("SELECT encoded, row FROM passages"))

    def rows_where(
        self, source: str | None = None, since: date | None = None, until: date | None = None
    ) -> list[int] | None:
        """Rows of the passages whose article passes the filters; None when no filter is set.

        Args:
            source: stands in the article's source, case and diacritics as written.
            since: the first day of publication that passes; articles without a date do not pass.
            until: the last day that passes.
        """
        conditions, values = [], []
        for condition, value in (
            ("instr(a.source, ?) > 0", source),
            ("a.published >= ?", since),
            ("a.published <= ?", until),
        ):
            if value is not None:
                conditions.append(condition)
                values.append(str(value))
        if not conditions:
            return None
        sql = "SELECT p.row FROM passages p JOIN articles a ON a.row = p.article_row WHERE " + " AND ".join(
            conditions
        )
        return [record[0] for record in self._database.execute(sql, values)]

    def newest(self) -> date | None:
        """The newest day of publication."""
        found = self._database.execute("SELECT max(published) FROM articles").fetchone()[0]
        return date.fromisoformat(found) if found else None

    def close(self) -> None:
        """Close the database."""
        self._database.close()


class Draft:
    """A generation being written; nothing of it is seen before ``publish``."""

    def __init__(self, folder: Path) -> None:
        names = generations(folder)
        self.name = f"{int(names[-1]) + 1 if names else 1:06d}"
        self.root = folder
        self.folder = folder / "generations" / f".{self.name}"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def write_articles(self, articles: Iterable[tuple[Article, list[PassageRow]]]) -> None:
        """Write articles and passages; rows are numbered in the order given, from 0."""
        database = sqlite3.connect(self.folder / "articles.sqlite")
        try:
            database.executescript(_TABLES)
            passage_row = 0
            for article_row, (article, stored) in enumerate(articles):
                database.execute(
                    "INSERT INTO articles VALUES (?,?,?,?,?,?,?,?,?)", (article_row, *_record(article))
                )
                database.executemany(
                    "INSERT INTO passages VALUES (?,?,?,?,?,?,?)",
                    [
                        (passage_row + n, p.passage.passage_id, article_row, p.passage.start, p.passage.end,
                         int(p.passage.furniture), p.encoded)
                        for n, p in enumerate(stored)
                    ],
                )  # fmt: skip
                passage_row += len(stored)
            database.commit()
        finally:
            database.close()

    def publish(self, manifest: Manifest) -> None:
        """Sync everything, move it into place, point CURRENT at it, drop generations past the kept ones."""
        whole = replace(manifest, sizes=self.sizes())
        (self.folder / "manifest.json").write_text(manifest_text(whole), encoding="utf-8")
        for path in _files(self.folder):
            _sync(path)
        self.folder.replace(self.folder.with_name(self.name))
        _point(self.root, self.name)
        _drop_old(self.root)

    def discard(self) -> None:
        """Remove what was written, after a failure."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def sizes(self) -> dict[str, int]:
        """Bytes of each file written so far, by relative name."""
        return {path.relative_to(self.folder).as_posix(): path.stat().st_size for path in _files(self.folder)}


def rollback(folder: Path) -> str:
    """Publish the generation before the current one again and return its name."""
    current = current_generation(folder)
    if current is None:
        raise IndexMissing(f"{folder}: no index yet, so nothing to roll back")
    older = [name for name in generations(folder) if name < current]
    if not older:
        raise IndexMissing(f"{folder}: {current} is the oldest generation kept; nothing to roll back to")
    with lock(folder):
        _point(folder, older[-1])
    return older[-1]


@contextmanager
def lock(folder: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the builder's lock; wait up to ``wait`` seconds, then IndexLocked says who holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "lock"
    with path.open("a+", encoding="ascii") as stream:
        deadline = time.monotonic() + wait
        while not _try_lock(stream.fileno()):
            if time.monotonic() >= deadline:
                stream.seek(0)
                raise IndexLocked(
                    f"{folder}: being built by {stream.read().strip() or 'another process'}; try again later"
                )
            time.sleep(0.1)
        stream.truncate(0)
        stream.write(f"process {os.getpid()} since {time.strftime('%Y-%m-%d %H:%M:%S')}")
        stream.flush()
        yield


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation folder; IndexMismatch for another format."""
    path = folder / "manifest.json"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise IndexDamaged(
            f"{path}: cannot be read ({error}); run `hoidap rollback` or build anew"
        ) from error
    return manifest_of(text, str(path))


def manifest_text(manifest: Manifest) -> str:
    """The manifest as JSON; ``manifest_of`` reads it."""
    return json.dumps(asdict(manifest), ensure_ascii=False, indent=1)


def manifest_of(text: str, place: str) -> Manifest:
    """The manifest written as ``text``; ``place`` is named in what is raised, as by ``read_manifest``."""
    try:
        data = json.loads(text)
        version = data["format_version"]
    except (ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(
            f"{place}: cannot be read ({error}); run `hoidap rollback` or build anew"
        ) from error
    if version != FORMAT_VERSION:
        raise IndexMismatch(
            f"{place}: format_version is {version}, this hoidap reads {FORMAT_VERSION}; run `hoidap index` on the articles again"
        )
    data["files"] = tuple(FileRecord(**record) for record in data["files"])
    data["skipped"] = tuple(SkippedFile(**record) for record in data["skipped"])
    data["roots"] = tuple(data["roots"])
    return Manifest(**data)


def _check_sizes(folder: Path, manifest: Manifest) -> None:
    for name, size in manifest.sizes.items():
        path = folder / name
        if not path.is_file():
            raise IndexDamaged(f"{path}: missing; run `hoidap rollback` or `hoidap index` again")
        if path.stat().st_size != size:
            raise IndexDamaged(
                f"{path}: {path.stat().st_size} bytes, {size} expected; run `hoidap rollback` or `hoidap index` again"
            )


def _check_counts(generation: Generation) -> None:
    expected = generation.manifest.passages
    for name, count in (("vectors.faiss", len(generation.vectors)), ("lexical", len(generation.lexical))):
        if count != expected:
            raise IndexDamaged(
                f"{generation.folder / name}: {count} passages, {expected} expected; run `hoidap rollback` or build anew"
            )


def _open_database(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _record(article: Article) -> tuple[object, ...]:
    published = article.published.isoformat() if article.published else None
    furniture = json.dumps(article.furniture)
    return (
        article.article_id,
        article.path,
        article.title,
        article.source,
        article.url,
        published,
        article.text,
        furniture,
    )


def _article(record: Sequence[str]) -> Article:
    article_id, path, title, source, url, published, text, furniture = record
    day = date.fromisoformat(published) if published else None
    spans = tuple((start, end) for start, end in json.loads(furniture))
    return Article(article_id, path, title, source, url, day, text, spans)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _point(folder: Path, name: str) -> None:
    temporary = folder / ".CURRENT"
    temporary.write_text(name + "\n", encoding="ascii")
    _sync(temporary)
    temporary.replace(folder / "CURRENT")


def _drop_old(folder: Path) -> None:
    """Keep the newest generations and whatever CURRENT names; sweep drafts a crash left behind."""
    kept = {*generations(folder)[-KEPT_GENERATIONS:], current_generation(folder)}
    for path in (folder / "generations").iterdir():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _try_lock(descriptor: int) -> bool:
    """Lock the open file for this process alone; freed by the system when the process ends."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        return _try_lock_windows(msvcrt, descriptor)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _try_lock_windows(msvcrt: object, descriptor: int) -> bool:
    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True
