"""Fit ``qa/weights.json``: how much each feature counts when a reply is ranked, and how sure one can be.

    python benchmarks/fit_reader.py TRAIN_DIR [--write]

TRAIN_DIR holds JSON lines of passages with questions: ``id, title, published, text, qas[question, type, answer,
sentence, style]``. The passages become one index; the questions are split by passage into five parts. Rank weights
minimise the listwise softmax loss over a question's candidates; confidence weights are a logistic regression on
replies that were ranked by weights fitted without their part. The fifth part is held out and scored; with
``--write`` the weights of all five parts are saved.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import yaml
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parents[1]))

from index import build_index
from index.encode import Encoder
from qa.answer import Assistant
from qa.evaluate import holds, normal
from qa.features import READ_PASSAGES, Examiner, Features, Scored
from qa.question import understand
from qa.read import GROUPS, confidence_features, dot, rival_scores

PARTS = 5
BY_HAND = {
    "place": {"rank": {"address": 4.0}},
    "number": {"rank": {"two_currencies": 2.0, "class_clashes": -3.5}},
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
        },
        "confidence": {"bias": -4.0, "cover_passage": 5.0},
    },
}
"""Features that the training questions hold too rarely to be fitted (page footers, "5 tỷ đồng và 2 triệu USD"), and a
unit of another class than the one asked for, which a linear fit punishes too little."""
HELD_OUT = 0
WEIGHTS = Path(__file__).parents[1] / "qa" / "weights.json"


@dataclass
class Case:
    """One question with its candidates."""

    part: int
    type: str
    style: str
    question: str
    answer: str | None
    group: str
    scored: list[Scored]
    right: np.ndarray


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--l2", type=float, default=3.0)
    parser.add_argument("--index", type=Path, help="keep the training index here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        cases = load_cases(options.folder, options.index or Path(temporary) / "index", Path(temporary))
    train = [case for case in cases if case.part != HELD_OUT]
    held = [case for case in cases if case.part == HELD_OUT]
    model = fit(train, options.l2)
    print("held out:")
    report(held, model)
    if options.write:
        save(fit(cases, options.l2))


def load_cases(folder: Path, index_dir: Path, temporary: Path) -> list[Case]:
    passages = [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8")
    ]
    articles = Path(index_dir).parent / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    for passage in passages:
        head = yaml.safe_dump(
            {"title": passage["title"], "published": passage["published"]}, allow_unicode=True
        )
        (articles / f"{passage['id']}.md").write_text(
            f"---\n{head}---\n{passage['text']}\n", encoding="utf-8"
        )
    build_index([articles], index_dir)
    assistant = Assistant.open(index_dir)
    retriever = assistant._current()
    retriever.encoder = QueryCache(retriever.encoder, Path(index_dir) / "queries.npz")
    cases = [case_of(assistant, passage, qa) for passage in passages for qa in passage["qas"]]
    retriever.encoder.save()
    return cases


class QueryCache:
    """An encoder that remembers the queries of earlier runs over the same index."""

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self._encoder, self._path = encoder, path
        self._known = dict(np.load(path)) if path.exists() else {}

    def encode_query(self, text: str) -> np.ndarray:
        if text not in self._known:
            self._known[text] = self._encoder.encode_query(text)
        return self._known[text]

    def save(self) -> None:
        np.savez(self._path, **self._known)


def case_of(assistant: Assistant, passage: dict, qa: dict) -> Case:
    question = understand(qa["question"])
    retriever = assistant._current()
    hits = retriever.retrieve(question.text, READ_PASSAGES, None, question.kind in ("contact", "place"))
    lexical = retriever.generation.lexical
    scored = Examiner(question, hits, lexical.document_frequency, len(lexical)).scored()
    part = zlib.crc32(passage["id"].encode()) % PARTS
    right = np.array([is_right(one, passage["id"], qa) for one in scored], dtype=bool)
    return Case(
        part, qa["type"], qa["style"], qa["question"], qa["answer"], GROUPS[question.kind], scored, right
    )


def is_right(one: Scored, passage_id: str, qa: dict) -> bool:
    """Whether the candidate is the answer, read in the right sentence."""
    if qa["answer"] is None or Path(one.reading.hit.article.path).stem != passage_id:
        return False
    sentence, text = normal(one.reading.text), one.candidate.text
    if normal(qa["sentence"]) not in sentence and sentence not in normal(qa["sentence"]):
        return False
    if one.candidate.form == "sentence":
        return holds(text, qa["answer"])
    return same_span(text, qa["answer"])


def same_span(text: str, answer: str) -> bool:
    """The span holds the answer with at most three words more, or lacks no more than a unit or qualifier."""
    said, wanted = normal(text).split(), normal(answer).split()
    if holds(text, answer):
        return len(said) - len(wanted) <= 4
    return holds(answer, text) and 2 * len(said) > len(wanted)


def fit(cases: Sequence[Case], l2: float) -> dict:
    model = {}
    for group in sorted(set(GROUPS.values())):
        mine = [case for case in cases if case.group == group]
        hand = BY_HAND.get(group, {})
        if "confidence" in hand:
            model[group] = hand
            continue
        rank = {**fit_rank(mine, l2), **hand.get("rank", {})}
        out_of_fold = []
        for part in sorted({case.part for case in mine}):
            weights = fit_rank([case for case in mine if case.part != part], l2)
            out_of_fold += [(best_of(case, weights)) for case in mine if case.part == part and case.scored]
        model[group] = {"rank": rank, "confidence": fit_confidence(out_of_fold)}
    return model


def fit_rank(cases: Sequence[Case], l2: float) -> dict[str, float]:
    cases = [case for case in cases if case.right.any()]
    names = sorted({name for case in cases for one in case.scored for name in one.features})
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
        value = -(torch.log(hit / every)).sum() + l2 / 2 * (w**2).sum() / 10
        value.backward()
        return value

    optimiser.step(loss)
    return {name: round(float(value), 4) for name, value in zip(names, w.detach(), strict=True)}


def best_of(case: Case, weights: dict[str, float]) -> tuple[Features, bool]:
    scores = np.array([dot(weights, one.features) for one in case.scored])
    order = np.argsort(-scores, kind="stable")
    best = order[0]
    rivals = rival_scores(case.scored[best], [(float(scores[place]), case.scored[place]) for place in order])
    return confidence_features(case.scored[best], float(scores[best]), rivals), bool(case.right[best])


def fit_confidence(examples: list[tuple[Features, bool]]) -> dict[str, float]:
    names = sorted({name for features, _ in examples for name in features if name != "bias"})
    x = np.array([[features.get(name, 0.0) for name in names] for features, _ in examples])
    model = LogisticRegression(C=1.0, max_iter=2000).fit(x, [good for _, good in examples])
    weights = dict(zip(names, (round(float(v), 4) for v in model.coef_[0]), strict=True))
    return {"bias": round(float(model.intercept_[0]), 4), **weights}


def report(cases: Sequence[Case], model: dict) -> None:
    from qa.read import sigmoid

    table = defaultdict(list)
    for case in cases:
        if not case.scored:
            table[case.type].append((False, 0.0, False))
            continue
        features, good = best_of(case, model[case.group]["rank"])
        table[case.type].append(
            (good, sigmoid(dot(model[case.group]["confidence"], features)), bool(case.right.any()))
        )
    print(f"{'type':14}{'n':>5}{'right':>8}{'reach':>8}{'r@.5':>8}{'ans@.5':>8}")
    every = [row for kind, rows in table.items() if kind != "unanswerable" for row in rows]
    for kind, rows in [*sorted(table.items()), ("answerable", every)]:
        right, reach = np.mean([r[0] for r in rows]), np.mean([r[2] for r in rows])
        both = np.mean([r[0] and r[1] >= 0.5 for r in rows])
        answered = np.mean([r[1] >= 0.5 for r in rows])
        print(f"{kind:14}{len(rows):5}{right:8.3f}{reach:8.3f}{both:8.3f}{answered:8.3f}")


def save(model: dict) -> None:
    WEIGHTS.write_text(json.dumps(model, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
