"""Count syllables and their pairs for ``qa/syllables.npz``, by which diacritics are put back.

    python benchmarks/count_syllables.py FOLDER... [--out FILE]

The FOLDERs hold JSON lines of passages with questions, as for ``fit_reader.py``, or of questions alone, as for ``hoidap eval``.
Pairs that stand in them once are left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from index.vietnamese import has_diacritics, to_nfc
from qa.diacritics import Counts, counted

LEAST = 2
"""How often a pair must stand in the texts."""
OUT = Path(__file__).parents[1] / "qa" / "syllables.npz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    counts = counted(texts(options.folders))
    save(counts, options.out)
    print(f"{len(counts.syllables)} syllables, {len(counts.pairs)} pairs, {options.out.stat().st_size} bytes")


def texts(folders: list[Path]) -> Iterator[str]:
    """Titles, texts and questions; of the questions those that are typed with diacritics."""
    for path in (path for folder in folders for path in sorted(folder.glob("*.jsonl"))):
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            asked = [qa["question"] for qa in row.get("qas", [row])]
            told = (row[field] for field in ("title", "text") if field in row)
            yield from map(to_nfc, (*told, *filter(has_diacritics, asked)))


def save(counts: Counts, out: Path) -> None:
    words = sorted(counts.syllables)
    place = {word: at for at, word in enumerate(words)}
    pairs = [(place[a], place[b], n) for (a, b), n in sorted(counts.pairs.items()) if n >= LEAST]
    np.savez_compressed(
        out,
        words=np.array(" ".join(words)),
        counts=np.array([counts.syllables[word] for word in words], dtype=np.int32),
        pairs=np.array(pairs, dtype=np.int32),
    )


if __name__ == "__main__":
    main()
