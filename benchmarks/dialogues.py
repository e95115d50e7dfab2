"""How often the last question of a dialogue is made into the whole question that it should be.

A row of ``dialogues/*.jsonl`` names words that the whole question must hold (``whole_has``, "a|b" for either) and
words of an earlier topic that it must not (``whole_lacks``). Usage: ``python benchmarks/dialogues.py [FILE ...]``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from index.vietnamese import fold, has_diacritics
from qa.evaluate import holds
from qa.followup import make_whole

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
    return holds(whole, words) if has_diacritics(whole) else holds(fold(whole), fold(words))


def main(files: list[Path]) -> None:
    """Print the rows with faults and, for each file, how many have none."""
    for file in files:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        found = [
            (row, whole, faults(row, whole))
            for row in rows
            for whole in [make_whole(row["question"], row["history"])]
        ]
        for row, whole, wrong in found:
            if wrong:
                print(
                    f"{row['id']} {' | '.join(row['history'])} | {row['question']}\n    {whole}\n    {' '.join(wrong)}"
                )
        print(
            f"{file.name}: {sum(not wrong for *_, wrong in found)} of {len(rows)} made whole as they should"
        )


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.jsonl")))
