"""What each leg of retrieval buys: first hit and five hits for several shares of the dense leg.

python benchmarks/fusion.py INDEX_DIR QUESTIONS.jsonl
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from qa import Assistant
from qa.evaluate import found, read_rows
from qa.followup import make_whole
from qa.question import understand
from qa.retrieve import RetrievalSettings, Retriever

VARIANTS = {
    "lexical only": {"dense": 0.0},
    "dense 0.2": {"dense": 0.2},
    "dense 0.3": {"dense": 0.3},
    "dense 0.5": {"dense": 0.5},
    "dense only": {"dense": 1.0},
    "no accented field": {"accented": 0.0},
    "no title field": {"title": 0.0},
    "no pairs": {"pair": 0.0},
}


def main() -> None:
    retriever = Assistant.open(sys.argv[1])._current()
    rows = [row for row in read_rows(Path(sys.argv[2])) if row.type != "unanswerable"]
    print(f"{'variant':20}{'hit@1':>8}{'hit@5':>8}   ({len(rows)} questions)")
    for name, change in VARIANTS.items():
        variant = Retriever(retriever.generation, retriever.encoder, replace(RetrievalSettings(), **change))
        first = five = 0
        for row in rows:
            asked = understand(make_whole(row.question, row.history))
            hits = variant.retrieve(asked.text, 5, None, asked.kind in ("contact", "place"))
            first += found(row, hits, 1)
            five += found(row, hits, 5)
        print(f"{name:20}{first / len(rows):8.3f}{five / len(rows):8.3f}")


if __name__ == "__main__":
    main()
