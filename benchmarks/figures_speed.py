"""How fast figures are read: sentences a second of processor time, next to the grammars of numbers and periods alone.

    python benchmarks/figures_speed.py [FOLDER_OR_FILE ...]

Without arguments the seed articles are read, twenty times over.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from index.articles import find_files, read_article
from index.errors import UnreadableFile
from index.figures import figures_of
from index.period_forms import find_forms
from index.periods import find_periods
from index.quantities import find_quantities
from index.split import sentences
from index.types import Article

ROOT = Path(__file__).parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", type=Path, help="articles (default: seeds/)")
    options = parser.parse_args()
    articles = list(filter(None, map(read, find_files(options.paths or [ROOT / "seeds"])[0])))
    articles *= 1 if options.paths else 20
    split = [[article.text[a:b] for a, b in sentences(article.text)] for article in articles]
    count = sum(map(len, split))
    grammars = seconds(
        lambda: [(find_quantities(text), find_periods(text)) for texts in split for text in texts]
    )
    whole, found = seconds_of(articles)
    print(f"{len(articles)} articles, {count} sentences, {found} figures")
    print(f"grammars alone   {count / grammars:8.0f} sentences/s")
    print(
        f"figures          {count / whole:8.0f} sentences/s, {whole / grammars:.2f} of the time of the grammars alone"
    )


def read(path: Path) -> Article | None:
    try:
        return read_article(path)
    except UnreadableFile:
        return None


def seconds(run: Callable[[], object]) -> float:
    find_forms.cache_clear()
    start = time.process_time()
    run()
    return time.process_time() - start


def seconds_of(articles: list[Article]) -> tuple[float, int]:
    found: list[int] = []
    taken = seconds(lambda: found.extend(len(figures_of(article)) for article in articles))
    return taken, sum(found)


if __name__ == "__main__":
    main()
