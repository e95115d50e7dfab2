"""Made articles, figures and vectors for ``benchmarks/scale.py``: no model is run."""

from __future__ import annotations

import hashlib
import itertools
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from index.articles import article_id  # noqa: E402
from index.figures import figures_of  # noqa: E402
from index.store_protocol import PassageRow  # noqa: E402
from index.types import Article, Figure, Passage  # noqa: E402

DIM = 384


class MadeEncoder:
    """Stands in for the model: vectors drawn anew for each passage, a fixed list of vectors for queries."""

    name = fingerprint = "made"
    query_prefix = passage_prefix = ""
    dim = DIM

    def __init__(self, base: np.ndarray) -> None:
        self.base = base

    def encode_query(self, text: str) -> np.ndarray:
        return self.mixed(np.random.default_rng(zlib.crc32(text.encode())), 1)[0]

    def encode_passages(self, texts: list[str], progress: Callable[[int], None] | None = None) -> np.ndarray:
        return self.mixed(np.random.default_rng(zlib.crc32(texts[0].encode())), len(texts))

    def mixed(self, draw: np.random.Generator, count: int) -> np.ndarray:
        """Two vectors in a drawn proportion and a quarter of the difference of two others, unit rows."""
        a, b, c, d = (self.base[rows] for rows in draw.integers(len(self.base), size=(4, count)))
        share = draw.uniform(0.5, 1, size=(count, 1)).astype(np.float32)
        vectors = share * a + (1 - share) * b + 0.25 * (c - d)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def base_vectors(path: Path | None) -> np.ndarray:
    if path:
        return np.load(path)
    draw = np.random.default_rng(4)
    scale = 1 / np.sqrt(1 + np.arange(DIM) / 8)
    topics = draw.normal(size=(2_000, DIM)) * scale + 2 * scale
    drawn = topics[draw.integers(2_000, size=20_000)] + 0.5 * draw.normal(size=(20_000, DIM)) * scale
    return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)


def write_articles(folder: Path, lines: list[str], passages: int) -> None:
    """Enough files: one of 22 drawn sentences becomes about five passages."""
    draw = np.random.default_rng(8)
    for number in range(passages // 5):
        place = folder / f"{number // 1000:04d}"
        if number % 1000 == 0:
            place.mkdir(parents=True)
        words = " ".join(lines[n] for n in draw.integers(len(lines), size=22))
        title = lines[draw.integers(len(lines))][:70]
        (place / f"{number % 1000:03d}.txt").write_text(f"{title}\n{words}\n", encoding="utf-8")


def made_figures(articles: Iterator[tuple[int, Article]]) -> Iterator[tuple[int, list[Figure]]]:
    """Those of one of the first 200 articles for every article, since reading them all takes long."""
    read: list[list[Figure]] = []
    for row, article in articles:
        if len(read) < 200:
            read.append(figures_of(article))
        yield row, [replace(figure, article_id=article.article_id) for figure in read[row % len(read)]]


def made_article(path: Path) -> tuple[Article, list[PassageRow]]:
    text, name, stored = path.read_text(encoding="utf-8").rstrip(), article_id(path), []
    body = text.index("\n") + 1
    cuts = [body, *(text.find(" ", body + n * (len(text) - body) // 5) for n in range(1, 5)), len(text)]
    article = Article(name, path.as_posix(), text[: body - 1], "", "", None, text)
    for n, (start, end) in enumerate(itertools.pairwise(cuts)):
        passage = Passage(f"{name}-{n}", name, start, end, text[start:end])
        stored.append(PassageRow(passage, hashlib.blake2b(passage.text.encode(), digest_size=16).digest()))
    return article, stored
