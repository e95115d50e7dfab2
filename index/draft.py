"""A generation of an index folder while it is written; ``index.store`` opens it once it is published."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.errors import StoreError
from index.figures import FIGURES_VERSION
from index.ledger import ledger_files, merge_ledger
from index.lexical import LexicalEntry, link_or_copy, write_lexical
from index.segments import Segment, SegmentWriter, articles_of, merge, mergeable
from index.store import (
    DEAD,
    Generation,
    current_generation,
    generations,
    kept_generations,
    manifest_text,
    point,
    read_manifest,
    rolled_past,
    sync,
)
from index.store_protocol import FigureFile, FloatArray, PassageRow
from index.types import Article, Manifest, SegmentRecord


class Draft:
    """A generation being written; nothing of it is seen before ``publish``.

    Args:
        folder: of the index.
        base: the generation it continues; None to make everything anew.
        dead: article rows of ``base`` that are replaced or removed.
        dim: numbers in a vector.
        kind: the kind of vector index that is asked for, or "auto".
    """

    def __init__(
        self, folder: Path, base: Generation | None, dead: Iterable[int], dim: int, kind: str = "auto"
    ) -> None:
        names = generations(folder)
        self.name = f"{int(names[-1]) + 1 if names else 1:06d}"
        self._root, self._base, self._dim, self._kind = folder, base, dim, kind
        self._newly_dead = np.array(sorted(dead), np.int64)
        self.dead = np.union1d(base.dead, self._newly_dead) if base else self._newly_dead
        self._old = list(base.manifest.segments) if base else []
        _sweep(folder)
        self.folder = folder / "generations" / f".{self.name}"
        self.folder.mkdir(parents=True)
        first = (base.manifest.next_article, base.manifest.next_passage) if base else (0, 0)
        self.segment = SegmentWriter(folder / "segments" / f".{self.name}", *first)

    @property
    def grows(self) -> bool:
        """Whether it continues a generation, so that only what is new is added."""
        return self._base is not None

    def __len__(self) -> int:
        """Passages added so far."""
        return len(self.segment)

    def add(self, article: Article, stored: Sequence[PassageRow], sha256: str, stamp: str) -> None:
        """Add an article with its passages in reading order, and what its file is known by."""
        self.segment.add(article, stored, sha256, stamp)

    def figure_files(self) -> list[FigureFile]:
        """The files of figures to write: of the new segment, and of old ones whose figures another version read."""
        old, (new,) = [record.name for record in self._old], self._figures([self.name])
        added = self.segment.next_article - self.segment.first_article
        files = [FigureFile(new, added, self.segment.articles())]
        ledger = self._base.ledger if self._base else None
        if self._base is None or ledger is None or ledger.version != FIGURES_VERSION:
            return [*map(self._figures_again, self._figures(old), self._old), *files]
        new.parent.mkdir()
        for source, path in zip(ledger_files(self._base.folder, old), self._figures(old), strict=True):
            link_or_copy(source, path)
        return files

    def _figures(self, segments: Iterable[str]) -> list[Path]:
        return ledger_files(self.folder, segments)

    def _figures_again(self, path: Path, record: SegmentRecord) -> FigureFile:
        walk = articles_of(self._root / "segments" / record.name, self.dead.tolist())
        return FigureFile(path, record.articles, walk)

    def passages(self) -> Iterator[tuple[int, PassageRow, Article]]:
        """(row, passage, its article) of everything added, in order."""
        return self.segment.passages()

    def write_vectors(self, blocks: Iterable[FloatArray]) -> None:
        """Take the vectors of all passages added, in order."""
        self.segment.write_vectors(blocks, self._dim, self._kind)

    def publish(self, manifest: Manifest) -> Manifest:
        """Finish the segment, index its terms, move all into place, point CURRENT at it, drop old generations.

        The segment's articles and vectors are written before. What the manifest says of segments, rows and
        numbers of articles and passages is filled in; the filled manifest is returned.
        """
        base = self._base.folder / "lexical" if self._base else None
        write_lexical(self.folder / "lexical", self._entries(), base, self._newly_dead.tolist())
        passages = self._passages()
        segments = self._segments()
        np.save(self.folder / DEAD, self.dead)
        manifest = replace(
            manifest,
            articles=sum(segment.articles for segment in segments) - len(self.dead),
            passages=passages,
            segments=segments,
            next_article=self.segment.next_article,
            next_passage=self.segment.next_passage,
            sizes=_sizes(self.folder),
        )
        _move_into_place(self._root, self.folder, manifest)
        return manifest

    def discard(self) -> None:
        """Remove what was written, after a failure."""
        self.segment.close()
        _sweep(self._root)

    def _entries(self) -> Iterator[LexicalEntry]:
        walk = zip(self.segment.passages(), self.segment.article_rows(), strict=True)
        for (row, stored, article), article_row in walk:
            yield LexicalEntry(row, stored.passage.text, article.title, article_row)

    def _passages(self) -> int:
        """Living passages: those of the base, without the newly dead, and the new ones."""
        old = self._base.segments if self._base else []
        killed = sum(int(np.isin(segment.article_rows, self._newly_dead).sum()) for segment in old)
        return sum(map(len, old)) - killed + len(self.segment)

    def _segments(self) -> tuple[SegmentRecord, ...]:
        """Finish the new segment, if anything is in it, and make it one with small ones before it."""
        written = self.segment.finish()
        if not written.articles and self._old:
            shutil.rmtree(self.segment.folder)
            self._figures([self.name])[0].unlink(missing_ok=True)
            return tuple(self._old)
        records = [*self._old, replace(written, name=self.name)]
        count = mergeable([record.passages for record in records])
        if count:
            self._merge_figures([record.name for record in records[-count:]])
            records[-count:] = [self._merged(records[-count:])]
        return tuple(records)

    def _merge_figures(self, segments: Sequence[str]) -> None:
        """Make one file of the figures of some segments, the last of which is the new one."""
        sources = self._figures(segments)
        if all(path.is_file() for path in sources):
            sources[-1] = sources[-1].replace(sources[-1].with_suffix(".part"))
            merge_ledger(self._figures([self.name])[0], sources, self.dead.tolist())
            for path in sources:
                path.unlink()

    def _merged(self, records: Sequence[SegmentRecord]) -> SegmentRecord:
        part = self.segment.folder.with_name(f".{self.name}.part")
        self.segment.folder.replace(part)
        folders = [*(self._root / "segments" / record.name for record in records[:-1]), part]
        sources = [
            Segment(folder, record, self._dim, self.dead)
            for folder, record in zip(folders, records, strict=True)
        ]
        merged = merge(sources, self.dead, self.segment.folder, self._dim, self._kind)
        for source in sources:
            source.close()
        shutil.rmtree(part)
        self.dead = self.dead[self.dead < merged.first_article]
        return replace(merged, name=self.name)


def _move_into_place(root: Path, draft: Path, manifest: Manifest) -> None:
    (draft / "manifest.json").write_text(manifest_text(manifest), encoding="utf-8")
    segment = root / "segments" / draft.name
    for path in [*_files(segment), *_files(draft)]:
        sync(path)
    if segment.is_dir():
        segment.replace(segment.with_name(draft.name.lstrip(".")))
    passed = rolled_past(generations(root), current_generation(root))
    draft.replace(draft.with_name(draft.name.lstrip(".")))
    point(root, draft.name.lstrip("."))
    _sweep(root, passed)


def _sizes(folder: Path) -> dict[str, int]:
    """Bytes of each file below a folder, by relative name."""
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in _files(folder)}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _sweep(folder: Path, passed: Collection[str] = ()) -> None:
    """Keep the newest generations but those passed, whatever CURRENT names, and their segments; drop the rest, and drafts."""
    names = kept_generations(generations(folder), current_generation(folder), passed)
    _drop(folder / "generations", names)
    _drop(folder / "segments", {segment for name in names for segment in _held(folder, name)})


def _held(folder: Path, generation: str) -> list[str]:
    """The segments of a generation; none when its manifest cannot be read, for then it cannot be opened."""
    try:
        return [record.name for record in read_manifest(folder / "generations" / generation).segments]
    except StoreError:
        return []


def _drop(folder: Path, kept: Collection[str | None]) -> None:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
