"""How often the rows of the ledger are right, by where their period and their place stand: the numbers of ``qa/evidence.py``.

python benchmarks/figures_evidence.py [--news FOLDER]
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.figures import NEWS_LABELS, ROOT, SEED_LABELS, find, match, read_sheets, right_fields
from index.articles import read_article
from index.figures import figures_of
from index.places import read_place
from index.vietnamese import fold


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--news", type=Path, help="the unpacked news articles")
    options = parser.parse_args()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    sets = [(SEED_LABELS, ROOT / "seeds")] + ([(NEWS_LABELS, options.news)] if options.news else [])
    for labels, folder in sets:
        count(counts, labels, folder)
    for name, (right, rows) in sorted(counts.items()):
        print(f"{name:28}{right:5} of {rows:4}{right / rows:8.3f}")


def count(counts: dict[str, list[int]], labels: Path, folder: Path) -> None:
    """Add the rows of the labelled stretches to the counts: right, all."""
    paths = {path.name: path for path in folder.rglob("*")}
    for sheet in read_sheets(labels):
        article = read_article(paths[sheet.file])
        rows = [
            (found, figure)
            for found, figure in zip(find(article), figures_of(article), strict=True)
            if any(start <= found.start < end for start, end in sheet.labelled)
        ]
        pairs = match(
            [(one.start, one.end) for one in sheet.labels], [(one.start, one.end) for one, _ in rows]
        )
        right = {j: right_fields(article.text, sheet.labels[i], rows[j][0]) for i, j in pairs}
        for place, (_, figure) in enumerate(rows):
            if figure.of is None:
                start, end = figure.sentence
                names = right.get(place, frozenset())
                add(counts, "value, unit and kind", {"value+unit", "kind"} <= names)
                if figure.period:
                    here = start <= figure.period.start < end and figure.period.end > 0
                    add(counts, f"period {'here' if here else 'carried'}", "period" in names)
                if figure.place:
                    here = fold(read_place(figure.place).name) in fold(article.text[start:end])
                    add(counts, f"place {'here' if here else 'carried'}", "place" in names)


def add(counts: dict[str, list[int]], name: str, right: bool) -> None:
    counts[name][0] += right
    counts[name][1] += 1


if __name__ == "__main__":
    main()
