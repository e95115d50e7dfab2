"""How often the last question of a dialogue is made into the whole question that it should be.

A row of ``dialogues/*.jsonl`` names words that the whole question must hold (``whole_has``, "a|b" for either) and
words of an earlier topic that it must not (``whole_lacks``). Usage: ``python benchmarks/dialogues.py [FILE ...]``, with
``--plain INDEX`` for dialogues typed without diacritics and asked of an index of the articles.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from index.vietnamese import fold, has_diacritics
from qa import Assistant
from qa.evaluate import holds
from qa.followup import make_whole
from qa.restored import conversation
from qa.retrieve import Filters

FOLDER = Path(__file__).parent / "dialogues"


def faults(row: Mapping[str, object], whole: str) -> list[str]:
    """What is wrong with a whole question: "-word" for one that it lacks, "+word" for one that it must not hold.

    >>> faults({"whole_has": ["năm 2020", "xã A|xã B"], "whole_lacks": ["thu"]}, "xã B thu bao nhiêu")
    ['-năm 2020', '+thu']
    """
    lacks = [words for words in row["whole_has"] if not any(_says(whole, one) for one in words.split("|"))]
    return [f"-{words}" for words in lacks] + [
        f"+{words}" for words in row["whole_lacks"] if _says(whole, words)
    ]


def _says(whole: str, words: str) -> bool:
    if has_diacritics(whole) and has_diacritics(words):
        return holds(whole, words)
    return holds(fold(whole), fold(words))


def wholes(index: Path | None) -> Callable[[Mapping[str, object]], str]:
    """What makes the last question of a row whole: as it is, or typed without diacritics and asked of an index."""
    if index is None:
        return lambda row: make_whole(row["question"], row["history"])
    retriever = Assistant.open(index)._current()

    def plain(row: Mapping[str, object]) -> str:
        typed, *turns = map(fold, (row["question"], *row["history"]))
        return make_whole(*conversation(typed, turns, retriever, Filters()), written=True)

    return plain


def main() -> None:
    """Print the rows with faults and, for each file, how many have none."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="*", default=sorted(FOLDER.glob("*.jsonl")))
    parser.add_argument("--plain", type=Path, metavar="INDEX")
    options = parser.parse_args()
    whole_of = wholes(options.plain)
    for file in options.files:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        found = [(row, whole, faults(row, whole)) for row in rows for whole in [whole_of(row)]]
        for row, whole, wrong in found:
            if wrong:
                print(
                    f"{row['id']} {' | '.join(row['history'])} | {row['question']}\n    {whole}\n    {' '.join(wrong)}"
                )
        print(
            f"{file.name}: {sum(not wrong for *_, wrong in found)} of {len(rows)} made whole as they should"
        )


if __name__ == "__main__":
    main()
