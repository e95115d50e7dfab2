"""Whether two indicators are one, against labelled pairs (tests/data/indicator_pairs.jsonl).

    python benchmarks/indicators.py [--model MODEL] [-v]

Prints precision and recall of "the same thing" by words alone, with the encoder, and by the encoder alone.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from index.encode import Encoder, load_encoder
from qa.indicators import SAME, apart, content, cosines, same, word_fit

PAIRS = Path(__file__).parents[1] / "tests" / "data" / "indicator_pairs.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--model", help="name or folder of a SentenceTransformer (default: the bundled model)"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="also print the wrong pairs")
    options = parser.parse_args()
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines() if line.strip()]
    words = [same(pair["a"], pair["b"]) for pair in pairs]
    near = with_encoder(pairs, load_encoder(options.model))
    both = [
        said or (half_same(pair) and cosine >= 0.85)
        for pair, said, cosine in zip(pairs, words, near, strict=True)
    ]
    print(f"{len(pairs)} pairs, {sum(pair['same'] for pair in pairs)} the same thing")
    for name, found in (
        ("words", words),
        ("words and encoder", both),
        ("encoder alone", [cosine >= 0.75 for cosine in near]),
    ):
        print(f"{name:18}", *scores(pairs, found))
    for pair, said, cosine in zip(pairs, words, near, strict=True):
        if options.verbose and said != pair["same"]:
            print(
                f"  {'same' if pair['same'] else 'not'}: {pair['a']} | {pair['b']} (centred cosine {cosine:.2f})"
            )


def half_same(pair: dict) -> bool:
    fit = min(word_fit(pair["a"], pair["b"]), word_fit(pair["b"], pair["a"]))
    return 0.35 <= fit < SAME and not apart(content(pair["a"]), content(pair["b"]))


def with_encoder(pairs: list[dict], encoder: Encoder) -> list[float]:
    """The cosine of each pair, the mean of all phrases taken out."""
    texts = sorted({pair[side] for pair in pairs for side in "ab"})
    rows = encoder.encode_passages(texts)
    place = {text: number for number, text in enumerate(texts)}
    return [
        float(cosines(np.vstack([rows[place[pair["a"]]], rows[place[pair["b"]]], rows]))[0]) for pair in pairs
    ]


def scores(pairs: list[dict], found: list[bool]) -> tuple[str, ...]:
    right = sum(1 for pair, said in zip(pairs, found, strict=True) if said and pair["same"])
    said, wanted = sum(found), sum(pair["same"] for pair in pairs)
    return f"precision {right / max(1, said):.3f}", f"recall {right / wanted:.3f}"


if __name__ == "__main__":
    main()
