"""What articles an index holds, without their text: for lists, searches by name and filters."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from index.store_protocol import OpenGeneration
from index.types import SkippedFile
from index.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Listed:
    """One article of the index, without its text; the fields are those of ``Article``."""

    article_id: str
    path: str
    title: str
    source: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Catalog:
    """All articles of one generation, the newest first, those without a date last.

    Attributes:
        generation: its name.
        articles: every article.
        skipped: every file that was found and not indexed.
    """

    generation: str
    articles: tuple[Listed, ...]
    skipped: tuple[SkippedFile, ...]

    def sources(self) -> dict[str, int]:
        """Number of articles by source, the most frequent first; those without one are left out."""
        return dict(Counter(article.source for article in self.articles if article.source).most_common())

    def years(self) -> list[int]:
        """The years of publication, the newest first."""
        return sorted(
            {article.published.year for article in self.articles if article.published}, reverse=True
        )

    def search(self, words: str) -> tuple[list[Listed], list[SkippedFile]]:
        """Articles and files not indexed whose title, source or file name holds all words, diacritics or not."""
        wanted = fold(words).split()
        return (
            [one for one in self.articles if _holds(f"{one.title} {one.source} {_name(one.path)}", wanted)],
            [one for one in self.skipped if _holds(_name(one.path), wanted)],
        )


def catalog(generation: OpenGeneration) -> Catalog:
    """Read the catalog of a generation; the texts pass through memory one at a time."""
    listed = [
        Listed(article.article_id, article.path, article.title, article.source, article.published)
        for _, article in generation.walk()
    ]
    listed.sort(key=lambda one: (one.published or date.min, one.title), reverse=True)
    return Catalog(generation.name, tuple(listed), generation.manifest.skipped)


def _name(path: str) -> str:
    return PurePosixPath(path).name


def _holds(text: str, words: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)
