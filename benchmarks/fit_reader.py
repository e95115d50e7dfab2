"""Fit ``qa/weights.json``: how much each feature counts when a reply is ranked, and how sure one can be.

    python benchmarks/fit_reader.py FOLDER... --work DIR [--cross FILE] [--real INDEX QUESTIONS]... [--write]

The passages of all FOLDERs become one index; the questions are split by passage into five parts, of which the first is
held out and scored. Rank weights minimise the listwise softmax loss over a question's candidates; confidence weights
are a logistic regression on replies that were ranked by weights fitted without their part. Then the same once more over
the few sentences that the cross-encoder reads, with its judgements beside the first score. This second fit is made on
the held-out part, since the cross-encoder was fitted on the others; what is printed for one half of it comes from weights
fitted on the other half.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from cases import HELD_OUT, PARTS, REAL, Case, add_real, judged, load_asked, load_cases
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parents[1]))

from index.encode import load_encoder
from qa.cross_encoder import CrossEncoder, load_cross_encoder
from qa.features import Scored
from qa.question import understand
from qa.read import (
    GROUPS,
    Ranked,
    Weights,
    best_first,
    confidence_features,
    cross_evidence,
    cross_features,
    dot,
    evidence,
    rival_scores,
    sigmoid,
)
from qa.read import weights as shipped
from qa.span_features import Features

CROSS = (
    "first",
    "first_gap",
    "relevance",
    "relevance_gap",
    "span",
    "span_gap",
    "span_best",
    "span_sure",
    "phrase",
    "phrase_bare",
    "focus_sure",
    "focus_single",
    "unit_clashes",
    "class_clashes",
    "day_clashes",
)
"""The features of the second ranking; the first score stands for most of the others."""
BY_HAND = {
    "place": {"rank": {"address": 4.0, "place_clashes": -4.0}},
    "person": {"rank": {"credit": 8.0}, "cross": {"bodies_absent": -4.0}},
    "number": {"rank": {"two_currencies": 2.0, "class_clashes": -3.5, "rate_unasked": -2.0}},
    "role": {
        "rank": {"cover": 4.0, "cover_pairs": 3.0, "cover_near": 1.0, "score": 1.0, "right": 0.5},
        "confidence": {"bias": -3.0, "cover": 5.0},
    },
    "contact": {
        "rank": {
            "cover": 0.5,
            "cover_near": 3.0,
            "cover_passage": 4.0,
            "cover_pairs_passage": 8.0,
            "score": 2.0,
            "place_clashes": -6.0,
        },
        "confidence": {"bias": -4.0, "cover_passage": 5.0},
    },
}
"""Features that the training questions hold too rarely to be fitted (page footers, "5 tỷ đồng và 2 triệu USD"), and a
unit of another class than the one asked for, which a linear fit punishes too little."""
L2 = 3.0
C_CROSS = 0.3
"""Inverse strength of the penalty on the weights of the second reading's confidence."""
REAL_COUNTS, UNANSWERED = 3.0, 0.12
"""What a question over real articles counts next to one over invented passages; the share of questions that are taken to have no
answer, whatever it is in the data: it makes the confidence a probability where about one question in eight has none."""
ENOUGH = 60
"""Questions of a group from which it has weights of its own for the second reading."""
WEIGHTS = Path(__file__).parents[1] / "qa" / "weights.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--work", type=Path, required=True, help="the index and its vectors are kept here")
    parser.add_argument(
        "--cross", type=Path, help="additions of the cross-encoder; the shipped ones by default"
    )
    add_real(parser, "for the second reading")
    parser.add_argument("--write", action="store_true")
    parser.add_argument(
        "--mean",
        action="store_true",
        help="write the mean with the weights of the second reading that are there",
    )
    options = parser.parse_args()
    cases = load_cases(options.folders, options.work)
    train = [case for case in cases if case.part != HELD_OUT]
    model = fit(train)
    held = [case for case in cases if case.part == HELD_OUT]
    print("held out, first reading:")
    report_rows([row_of(case, model, "rank") for case in held])
    cross = load_cross(options.cross)
    again = [read_again(case, cross, model[case.group]) for case in held]
    print("held out, second reading:")
    report_rows([row for half in (0, 1) for row in crossed(model, again, half)])
    asked = [case for index, questions in options.real for case in load_asked(index, questions)]
    fit_cross(model, again, [read_again(case, cross, model[case.group]) for case in asked])
    if options.write:
        whole = fit(cases)
        second = {
            group: halfway(model[group], shipped()[group]) if options.mean else model[group]
            for group in whole
        }
        save({group: {**second[group], **whole[group]} for group in whole})


def halfway(one: Weights, other: Weights) -> Weights:
    """The mean of two sets of weights; what only one has counts half.

    >>> halfway({"cross": {"a": 1.0, "b": 2.0}}, {"cross": {"a": 3.0}})
    {'cross': {'a': 2.0, 'b': 1.0}}
    """
    return {
        name: {
            feature: round((known.get(feature, 0.0) + other[name].get(feature, 0.0)) / 2, 4)
            for feature in sorted({*known, *other[name]})
        }
        for name, known in one.items()
    }


def crossed(model: dict, again: Sequence[Case], half: int) -> list[Row]:
    """What the second reading makes of one half of the cases when it was fitted on the other."""
    model = {group: dict(weights) for group, weights in model.items()}
    fit_cross(model, [case for case in again if half_of(case) != half])
    return [row_of(case, model, "cross") for case in again if half_of(case) == half]


def half_of(case: Case) -> int:
    """0 or 1; questions of one passage share it."""
    return zlib.crc32(case.passage.encode()) // PARTS % 2


def load_cross(path: Path | None) -> CrossEncoder:
    additions = dict(np.load(path)) if path else None
    cross = load_cross_encoder(load_encoder(None), additions)
    assert cross is not None
    return cross


def fit(cases: Sequence[Case]) -> dict:
    """Group -> the weights of the first reading."""
    model: dict = {}
    for group in sorted(set(GROUPS.values())):
        mine = [case for case in cases if case.group == group]
        hand = BY_HAND.get(group, {})
        if "confidence" in hand:
            model[group] = dict(hand)
            continue
        examples = []
        for part in sorted({case.part for case in mine}):
            weights = {**fit_rank([case for case in mine if case.part != part]), **hand.get("rank", {})}
            examples += [evidence_of(case, weights) for case in mine if case.part == part and case.scored]
        rank = {**fit_rank(mine), **hand.get("rank", {})}
        model[group] = {"rank": rank, "confidence": fit_confidence(examples)}
    return model


def fit_cross(model: dict, cases: Sequence[Case], real: Sequence[Case] = ()) -> None:
    """Add the weights of the second reading to ``model``; the cases have been read again.

    Both the ranking and the confidence are fitted on ``cases`` and on ``real``, questions over real articles, which tell
    what near misses look like there.
    """
    seen = [case for case in (*cases, *real) if case.scored]
    answered = [case for case in seen if case.right.any()]
    for group, weights in model.items():
        mine = [case for case in answered if case.group == group]
        rank = fit_rank(mine if len(mine) >= ENOUGH else answered, CROSS)
        weights["cross"] = {**rank, **BY_HAND.get(group, {}).get("cross", {})}
    confidence = fit_confidence([_example(case, model) for case in seen], C_CROSS, _shares(seen))
    for group, weights in model.items():
        known = {name: value for name, value in confidence.items() if not name.startswith("group_")}
        bias = round(known["bias"] + confidence.get(f"group_{group}", 0.0), 4)
        weights["cross_confidence"] = {**known, "bias": bias}


def _shares(cases: Sequence[Case]) -> np.ndarray:
    """How much each case counts: real ones ``REAL_COUNTS`` times, unanswerable ones ``UNANSWERED`` of the whole."""
    shares = np.array([REAL_COUNTS if case.part == REAL else 1.0 for case in cases])
    empty = np.array([case.answer is None for case in cases])
    if empty.any():
        shares[empty] *= UNANSWERED / (1 - UNANSWERED) * shares[~empty].sum() / shares[empty].sum()
    return shares


def _example(case: Case, model: dict) -> tuple[Features, bool]:
    """What speaks for the best candidate, and whether it is right."""
    weights = model[case.group]["cross"]
    features = {**cross_evidence(*best_of(case, weights)), f"group_{case.group}": 1.0}
    return features, bool(case.right[top_of(case, weights)])


def read_again(case: Case, cross: CrossEncoder, model: dict) -> Case:
    """The case with the candidates of the sentences that the cross-encoder reads, and its features."""
    if not case.scored:
        return case
    ranked = best_first((dot(model["rank"], one.features), one) for one in case.scored)
    return judged(case, cross_features(cross, understand(case.question), ranked, model))


def fit_rank(cases: Sequence[Case], names: Sequence[str] = ()) -> dict[str, float]:
    """Feature -> weight, over all features or the named ones."""
    cases = [case for case in cases if case.right.any()]
    names = names or sorted({name for case in cases for one in case.scored for name in one.features})
    rows, owner, right = [], [], []
    for number, case in enumerate(cases):
        for one, good in zip(case.scored, case.right, strict=True):
            rows.append([one.features.get(name, 0.0) for name in names])
            owner.append(number)
            right.append(good)
    x = torch.tensor(rows, dtype=torch.float64)
    group = torch.tensor(owner)
    good = torch.tensor(right)
    w = torch.zeros(len(names), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        score = x @ w
        top = torch.full((len(cases),), -1e9, dtype=torch.float64).scatter_reduce(0, group, score, "amax")
        e = torch.exp(score - top[group].detach())
        zero = torch.zeros(len(cases), dtype=torch.float64)
        every = zero.scatter_add(0, group, e)
        hit = zero.scatter_add(0, group, e * good)
        value = -(torch.log(hit / every)).sum() + L2 / 2 * (w**2).sum() / 10
        value.backward()
        return value

    optimiser.step(loss)
    return {name: round(float(value), 4) for name, value in zip(names, w.detach(), strict=True)}


def top_of(case: Case, weights: dict[str, float]) -> int:
    """The place of the candidate that the weights put first."""
    return int(np.argmax([dot(weights, one.features) for one in case.scored]))


def best_of(case: Case, weights: dict[str, float]) -> tuple[float, Scored, Ranked]:
    """The score of the best candidate, the candidate and all of them, ranked."""
    ranked = best_first((dot(weights, one.features), one) for one in case.scored)
    return *ranked[0], ranked


def evidence_of(case: Case, weights: dict[str, float]) -> tuple[Features, bool]:
    score, one, ranked = best_of(case, weights)
    features = confidence_features(one, score, rival_scores(one, ranked))
    return features, bool(case.right[top_of(case, weights)])


def fit_confidence(
    examples: list[tuple[Features, bool]], c: float = 1.0, shares: np.ndarray | None = None
) -> dict[str, float]:
    names = sorted({name for features, _ in examples for name in features if name != "bias"})
    x = np.array([[features.get(name, 0.0) for name in names] for features, _ in examples])
    model = LogisticRegression(C=c, max_iter=3000).fit(x, [good for _, good in examples], shares)
    weights = dict(zip(names, (round(float(v), 4) for v in model.coef_[0]), strict=True))
    return {"bias": round(float(model.intercept_[0]), 4), **weights}


Row = tuple[str, bool, float, bool]
"""Type of the question; right first; how sure; right among the candidates."""


def row_of(case: Case, model: dict, stage: str) -> Row:
    if not case.scored:
        return case.type, False, 0.0, False
    weights = model[case.group]
    score, one, ranked = best_of(case, weights[stage])
    if stage == "cross":
        sure = sigmoid(dot(weights["cross_confidence"], cross_evidence(score, one, ranked)))
    else:
        sure = sigmoid(evidence(weights, score, one, ranked))
    return case.type, bool(case.right[top_of(case, weights[stage])]), sure, bool(case.right.any())


def report_rows(rows: Sequence[Row]) -> None:
    """By type: right first, right among the candidates, right and sure, and answered at all."""
    table = defaultdict(list)
    for kind, *values in rows:
        table[kind].append(values)
    print(f"{'type':14}{'n':>5}{'right':>8}{'reach':>8}{'r@.3':>8}{'ans@.3':>8}")
    every = [row for kind, rows in table.items() if kind != "unanswerable" for row in rows]
    for kind, mine in [*sorted(table.items()), ("answerable", every)]:
        right, reach = np.mean([r[0] for r in mine]), np.mean([r[2] for r in mine])
        both = np.mean([r[0] and r[1] >= 0.3 for r in mine])
        answered = np.mean([r[1] >= 0.3 for r in mine])
        print(f"{kind:14}{len(mine):5}{right:8.3f}{reach:8.3f}{both:8.3f}{answered:8.3f}")


def save(model: dict) -> None:
    WEIGHTS.write_text(json.dumps(model, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
