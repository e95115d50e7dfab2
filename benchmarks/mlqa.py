"""Reading over MLQA's Vietnamese development set (CC BY-SA 3.0): one index of all its passages.

    python benchmarks/mlqa.py MLQA.json --work DIR [--off-topic INDEX]

Prints how often the right passage is the first and among ten, by the search and with `--reranker bundled`, how often
the first reply's sentence holds the answer in the right passage, the mean F1 of ``short`` (words, best of the given
answers; 0 without one), the same over answered questions, refusals, and all of it again for questions typed without
diacritics. With ``--off-topic`` the questions are also asked of another index, where all are to be refused.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from index import build_index
from index.vietnamese import fold
from qa.answer import Assistant
from qa.evaluate import holds, normal
from qa.question import understand
from qa.rerank import BUNDLED
from qa.retrieve import Filters
from qa.types import Hit

_WORD = re.compile(r"\w+(?:[.,]\d+)*|[%$°]")
"""A word or a number with its separators; other marks do not count (SQuAD's script strips them as well)."""


@dataclass(frozen=True)
class Row:
    """A question, the id of its passage and its answers."""

    question: str
    passage: str
    answers: list[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="the index is kept here")
    parser.add_argument("--off-topic", type=Path, help="an index that answers none of the questions")
    options = parser.parse_args()
    rows = write_articles(options.data, options.work / "articles")
    build_index([options.work / "articles"], options.work / "index")
    assistant, listing = (Assistant.open(options.work / "index", reranker=name) for name in (None, BUNDLED))
    report("accented", assistant, listing, rows)
    plain = [Row(fold(row.question), row.passage, row.answers) for row in rows]
    report("no diacritics", assistant, listing, plain)
    if options.off_topic:
        other = Assistant.open(options.off_topic)
        refused = np.mean([not other.ask(row.question).answered for row in rows])
        print(f"off-topic refused: {refused:.1%}")


def write_articles(data: Path, folder: Path) -> list[Row]:
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for number, article in enumerate(json.loads(data.read_text(encoding="utf-8"))["data"]):
        for place, paragraph in enumerate(article["paragraphs"]):
            name = f"{number:03}-{place:02}"
            text = f"---\ntitle: {json.dumps(article.get('title', ''), ensure_ascii=False)}\n---\n{paragraph['context']}\n"
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
            for qa in paragraph["qas"]:
                rows.append(Row(qa["question"], name, [answer["text"] for answer in qa["answers"]]))
    return rows


def report(name: str, assistant: Assistant, listing: Assistant, rows: list[Row]) -> None:
    first, searched, listed, scores, answered = [], [], [], [], []
    for row in rows:
        answer = assistant.ask(row.question)
        _, replies = assistant._read(understand(answer.searched), assistant._current(), Filters())
        reading = replies[0].scored.reading if replies else None
        right = reading is not None and Path(reading.hit.article.path).stem == row.passage
        first.append(right and reading is not None and any(holds(reading.text, one) for one in row.answers))
        searched.append(place(row, assistant.retrieve(row.question, 10)))
        listed.append(place(row, listing.retrieve(row.question, 10)))
        answered.append(answer.answered)
        scores.append(max(f1(answer.short or "", one) for one in row.answers))
    print(
        f"{name}: {len(rows)} questions, passage first / in ten: searched {shares(searched)}, listed {shares(listed)}, "
        f"sentence first {np.mean(first):.3f}, "
        f"F1 of short {np.mean(scores):.3f} (of the answered {np.mean(np.array(scores)[answered]):.3f}), "
        f"refused {1 - np.mean(answered):.3f}"
    )


def place(row: Row, hits: Sequence[Hit]) -> int:
    """Where the right passage stands among the first ten, from 0; 10 when it does not."""
    stems = [Path(hit.article.path).stem for hit in hits[:10]]
    return stems.index(row.passage) if row.passage in stems else 10


def shares(places: list[int]) -> str:
    return f"{np.mean(np.array(places) < 1):.3f} / {np.mean(np.array(places) < 10):.3f}"


def f1(said: str, wanted: str) -> float:
    """Word overlap of two answers as in SQuAD (Rajpurkar et al. 2016), in [0, 1].

    >>> f1("gần 5 tỷ đồng", "5 tỷ đồng")
    0.8571428571428571
    """
    a, b = (_WORD.findall(normal(text)) for text in (said, wanted))
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b)) if common else 0.0


if __name__ == "__main__":
    main()
