"""What each leg of retrieval, the best sentence and the reranker buy: first hit and five hits, milliseconds a query.

    python benchmarks/fusion.py INDEX QUESTIONS.jsonl [--reranker] [--plain]
    python benchmarks/fusion.py INDEX QUESTIONS.jsonl [INDEX QUESTIONS.jsonl ...] --fit

``--fit`` prints what the best sentence and the dense leg would have to add to the score of the first hits (``sentence`` and
``near`` of ``RetrievalSettings``): the weights under which a softmax over them gives the right one most. Questions are
in the layout of docs/evaluation.md or in that of ``benchmarks/questions``, whose passages are
articles of the index by their ids.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from index.vietnamese import fold, has_diacritics
from qa import Assistant
from qa.evaluate import Row, found, read_rows
from qa.followup import make_whole
from qa.order import covered
from qa.question import Question, understand
from qa.rerank import BUNDLED
from qa.retrieve import RetrievalSettings, Retriever, _standard

VARIANTS = {
    "lexical only": {"dense": 0.0},
    "dense 0.2": {"dense": 0.2},
    "dense 0.3": {"dense": 0.3},
    "dense 0.5": {"dense": 0.5},
    "dense only": {"dense": 1.0},
    "no accented field": {"accented": 0.0},
    "no title field": {"title": 0.0},
    "no pairs": {"pair": 0.0},
    "no second order": {"sentence": 0.0, "near": 0.0},
    "best sentence only": {"near": 0.0},
    "dense leg only again": {"sentence": 0.0},
    "sentence 0.6": {"sentence": 0.6},
    "sentence 1.4": {"sentence": 1.4},
    "20 hits again": {"again": 20},
}
STEPS, RATE = 300, 0.3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", type=Path, nargs="+", help="an index and the questions over it")
    parser.add_argument("--fit", action="store_true", help="fit the weights of the second order")
    parser.add_argument(
        "--reranker", action="store_true", help="only the order of the search and of --reranker bundled"
    )
    parser.add_argument("--plain", action="store_true", help="ask without diacritics")
    options = parser.parse_args()
    pairs = list(zip(options.paths[::2], options.paths[1::2], strict=True))
    if options.fit:
        fit([case for index, questions in pairs for case in cases(index, questions)])
        return
    for index, questions in pairs:
        assistant, rows = Assistant.open(index, reranker=BUNDLED), answerable(questions, options.plain)
        retriever = assistant._current()
        print(f"{'variant':20}{'hit@1':>8}{'hit@5':>8}{'hit@10':>8}{'ms':>8}   ({len(rows)} questions)")
        if options.reranker:
            show("search", rows, retriever)
            show("as read", rows, retriever, assistant)
            continue
        for name, change in VARIANTS.items():
            settings = replace(RetrievalSettings(), **change)
            show(name, rows, Retriever(retriever.generation, retriever.encoder, settings))


def answerable(path: Path, plain: bool = False) -> list[Row]:
    """The questions that the corpus answers, without diacritics if ``plain``."""
    rows = [row for row in _rows(path) if row.type != "unanswerable"]
    if not plain:
        return rows
    return [replace(row, question=fold(row.question), history=tuple(map(fold, row.history))) for row in rows]


def _rows(path: Path) -> list[Row]:
    if '"qas"' not in path.open(encoding="utf-8").readline():
        return read_rows(path)
    passages = [json.loads(line) for line in path.open(encoding="utf-8")]
    return [
        Row(one["id"], qa["question"], qa["type"], (qa["answer"],), (f"{one['id']}.md",), (), (), "")
        for one in passages
        for qa in one["qas"]
        if qa["answer"]
    ]


def show(name: str, rows: list[Row], retriever: Retriever, assistant: Assistant | None = None) -> None:
    """One line: the hits of the retriever, or those of the assistant."""
    places = []
    started = time.process_time()
    for row in rows:
        asked = asked_by(row)
        if assistant:
            hits = assistant.retrieve(asked.text, 10)
        else:
            hits = retriever.retrieve(asked.text, 10, None, asked.kind in ("contact", "place"))
        places.append(next((at for at in range(10) if found(row, hits[at : at + 1], 1)), 10))
    spent = 1000 * (time.process_time() - started) / len(rows)
    shares = "".join(f"{np.mean(np.array(places) < depth):8.3f}" for depth in (1, 5, 10))
    print(f"{name:20}{shares}{spent:8.1f}", flush=True)


def asked_by(row: Row) -> Question:
    return understand(make_whole(row.question, row.history))


def cases(index: Path, questions: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each question: (hits, [score, cover, near]) of the first hits without a second order, and which are right."""
    opened = Assistant.open(index)._current()
    first = replace(RetrievalSettings(), sentence=0.0, near=0.0)
    retriever, lexical = Retriever(opened.generation, opened.encoder, first), opened.generation.lexical
    made = []
    for row in answerable(questions):
        asked = asked_by(row)
        scores, dense = retriever._fuse(asked.text, first.depth, None)
        if asked.kind not in ("contact", "place"):
            for passage in opened.generation.furniture(scores):
                scores[passage] *= first.furniture
        pairs, near = retriever._hits(scores, first.again), _standard(dense)
        hits = [hit for _, hit in pairs]
        cover = covered(asked.text, hits, lexical.document_frequency, len(lexical))
        close = [near[passage] * has_diacritics(asked.text) for passage, _ in pairs]
        right = np.array([found(row, [hit], 1) for hit in hits])
        if right.any():
            made.append((np.column_stack([[hit.score for hit in hits], cover, close]), right))
    return made


def fit(made: list[tuple[np.ndarray, np.ndarray]]) -> None:
    """Adam on the log-likelihood of a right hit; the weights are printed for a score that weighs 1."""
    weights, mean, square = np.array([10.0, 0.0, 0.0]), np.zeros(3), np.zeros(3)
    for step in range(1, STEPS + 1):
        slope = sum((_slope(weights, *one) for one in made), np.zeros(3)) / len(made)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        scaled = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        weights = weights - RATE * (1 - step / (STEPS + 1)) * scaled
    _, sentence, near = weights / weights[0]
    print(f"{len(made)} questions: sentence {sentence:.2f}, near {near:.3f}")


def _slope(weights: np.ndarray, features: np.ndarray, right: np.ndarray) -> np.ndarray:
    values = np.exp(features @ weights - (features @ weights).max())
    chosen = values / values.sum()
    return features.T @ (chosen - chosen * right / (chosen * right).sum())


if __name__ == "__main__":
    main()
