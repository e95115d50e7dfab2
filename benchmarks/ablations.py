"""What each group of features is worth: fitted anew without it, scored on the fifth of the passages held out.

    python benchmarks/ablations.py FOLDER... --work DIR

Prints, for the first reading, the share of answerable questions whose best candidate is right, with all features and
with each group left out; then the same for the second reading, by the cross-encoder's features.
"""

from __future__ import annotations

import argparse
import fnmatch
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from cases import HELD_OUT, Case, load_cases
from fit_reader import CROSS, fit, fit_rank, half_of, load_cross, read_again, top_of

sys.path.insert(0, str(Path(__file__).parents[1]))

from qa.read import GROUPS

FAMILIES = {
    "words of the question in the sentence": ("cover", "cover_pairs", "cover_accented", "cover_gap", "cover_pairs_gap"),
    "words in passage, title, article": ("cover_near*", "cover_passage*", "cover_article", "cover_pairs_p*", "worst_missing"),
    "words beside the candidate": ("left*", "right*", "before*", "clause*", "beside*"),
    "proper names": ("names*", "pairs_absent"),
    "kind of place": ("place_fits", "place_clashes"),
    "periods": ("period_*", "carried_*", "own_period_*", "no_period", "grain_*", "day", "year"),
    "units and nouns": ("unit_*", "class_clashes", "noun*", "bare", "ratio"),
    "plan, change, share": ("plan_*", "change_*", "share_*"),
    "rank of the passage": ("score*", "rank"),
    "form of the sentence": ("title", "asks", "short", "long", "news", "cause", "items", "listed", "figures", "furniture"),
    "form of a name": ("surname", "titled", "name_length", "single", "opens", "apposed", "named", "located", "address"),
    "distance to the best of each": ("*_gap",),
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--work", type=Path, required=True, help="the index and its vectors are kept here")
    options = parser.parse_args()
    cases = load_cases(options.folders, options.work)
    train = [case for case in cases if case.part != HELD_OUT]
    held = [case for case in cases if case.part == HELD_OUT and case.answer]
    first_reading(train, held)
    second_reading(train, held)


def first_reading(train: Sequence[Case], held: Sequence[Case]) -> None:
    whole = right(train, held)
    print(f"{'all features':42}{whole:.3f}")
    for family, patterns in FAMILIES.items():
        share = right([without(case, patterns) for case in train], [without(case, patterns) for case in held])
        print(f"without {family:34}{share:.3f}  {share - whole:+.3f}")


def second_reading(train: Sequence[Case], held: Sequence[Case]) -> None:
    """Fitted on one half of the held-out passages, scored on the other, and the other way round."""
    model, cross = fit(train), load_cross(None)
    read = [read_again(case, cross, model[case.group]) for case in held]
    halves = [[case for case in read if half_of(case) == half] for half in (0, 1)]
    for name, features in (
        ("second reading", CROSS),
        ("... without the first score", tuple(name for name in CROSS if not name.startswith("first"))),
        ("... without relevance", tuple(name for name in CROSS if not name.startswith("relevance"))),
        ("... without spans", tuple(name for name in CROSS if not name.startswith("span"))),
    ):
        shares = [right(halves[1 - half], halves[half], features) * len(halves[half]) for half in (0, 1)]
        print(f"{name:42}{sum(shares) / len(read):.3f}")


def without(case: Case, patterns: Sequence[str]) -> Case:
    kept = [
        replace(
            one,
            features={
                name: value
                for name, value in one.features.items()
                if not any(fnmatch.fnmatch(name, pattern) for pattern in patterns)
            },
        )
        for one in case.scored
    ]
    return replace(case, scored=kept)


def right(train: Sequence[Case], held: Sequence[Case], names: Sequence[str] = ()) -> float:
    """The share of the held-out questions whose best candidate is right."""
    found = []
    for group in sorted(set(GROUPS.values())):
        mine = [case for case in train if case.group == group and case.right.any()]
        asked = [case for case in held if case.group == group]
        weights = fit_rank(mine, names) if mine else {}
        found += [bool(case.scored) and bool(case.right[top_of(case, weights)]) for case in asked]
    return float(np.mean(found))


if __name__ == "__main__":
    main()
