"""Hits in, ranked replies out: the extractive reader, a linear model over ``qa.features``."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

from index.vietnamese import fold
from qa.features import Examiner, Features, Scored
from qa.question import Question
from qa.types import Hit

GROUPS = {
    "number": "number",
    "comparison": "number",
    "date": "date",
    "person": "person",
    "role": "role",
    "place": "place",
    "contact": "contact",
    "list": "list",
    "reason": "reason",
    "text": "text",
}
"""Which weights read which kind of question."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A candidate with what the reader thinks of it.

    Attributes:
        scored: the candidate in its sentence.
        score: the linear model's sum; higher is better, no bounds.
        confidence: in [0, 1]: the probability that the best reply is right; the same rule for all.
    """

    scored: Scored
    score: float
    confidence: float


class Reader(Protocol):
    """Reads hits for the answer to a question."""

    def read(
        self, question: Question, hits: Sequence[Hit], frequency: Callable[[str], int], documents: int
    ) -> list[Reply]:
        """The replies, best first; empty when no sentence holds anything of the kind asked for.

        Args:
            question: what is asked.
            hits: the passages to read, best first.
            frequency: in how many passages of the corpus a folded term stands.
            documents: how many passages the corpus has.
        """
        ...


class ExtractiveReader:
    """Scores every candidate of every sentence with fitted weights; answers verbatim or not at all."""

    def read(
        self, question: Question, hits: Sequence[Hit], frequency: Callable[[str], int], documents: int
    ) -> list[Reply]:
        """See ``Reader.read``."""
        model = weights()[GROUPS[question.kind]]
        found = Examiner(question, hits, frequency, documents).scored()
        pairs = [(dot(model["rank"], scored.features), scored) for scored in found]
        pairs.sort(key=lambda pair: -pair[0])
        replies = []
        for place, (score, scored) in enumerate(pairs):
            evidence = confidence_features(scored, score, rival_scores(scored, pairs))
            confidence = sigmoid(dot(model["confidence"], evidence)) * scope_guard(scored.features)
            replies.append(Reply(scored, score, confidence))
            if place >= 40:
                break
        return replies


def rival_scores(scored: Scored, ranked: Sequence[tuple[float, Scored]]) -> list[float]:
    """The score of the best candidate that says something else; empty when all say the same."""
    said = fold(scored.candidate.text)
    return next(([score] for score, other in ranked if fold(other.candidate.text) != said), [])


def confidence_features(scored: Scored, score: float, rivals: Sequence[float]) -> Features:
    """What tells whether a reply is right: its score and how well the question is covered where it stands."""
    kept = (
        "cover", "cover_near", "cover_passage", "cover_article", "cover_pairs_passage", "worst_missing", "names", "names_passage",
        "names_article", "names_whole", "own_period_fits", "own_period_clashes", "class_clashes", "before", "period_fits", "period_clashes", "period_open", "carried_fits", "carried_clashes", "no_period", "unit_fits",
        "unit_clashes", "left", "clause", "beside", "score", "plan_unasked", "plan_missing", "noun", "furniture", "cover_accented",
    )  # fmt: skip
    features = {name: scored.features[name] for name in kept if name in scored.features}
    return {
        **features,
        "bias": 1.0,
        "top": score / 10,
        "margin": min(5.0, score - max(rivals, default=score)) / 5,
    }


_GUARDS = {
    "names_absent": 0.3,
    "pairs_absent": 0.3,
    "unit_clashes": 0.4,
    "class_clashes": 0.5,
    "own_period_clashes": 0.4,
    "period_clashes": 0.6,
}
"""What the confidence is multiplied with when the reply's scope contradicts the question's. Chosen on the
development sets: the training questions name few places that are not in the passage, so a fit cannot find it."""


def scope_guard(features: Features) -> float:
    """In (0, 1]: lower, the more of the reply's scope (names, unit, period) contradicts the question."""
    flags = {**features, "names_absent": 1.0 - features.get("names_whole", 1.0)}
    guard = 1.0
    for name, factor in _GUARDS.items():
        guard *= factor ** flags.get(name, 0.0)
    return guard


def dot(weights: dict[str, float], features: Features) -> float:
    """The weighted sum over the features that have a weight."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def sigmoid(value: float) -> float:
    """1 / (1 + e^-value), safe at both ends."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


@cache
def weights() -> dict[str, dict[str, dict[str, float]]]:
    """Group -> "rank" or "confidence" -> feature -> weight, from ``weights.json``."""
    data: dict[str, dict[str, dict[str, float]]] = json.loads(
        files("qa").joinpath("weights.json").read_text(encoding="utf-8")
    )
    return data
