"""Hits in, ranked replies out: the extractive reader, a linear model over ``qa.features``."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Protocol

from index.types import Span
from index.vietnamese import fold
from qa.cross_encoder import CrossEncoder, Judged
from qa.cross_texts import heading, in_context, leading, windows
from qa.echo import Echo
from qa.enumeration import whole_enumeration
from qa.features import Examiner, Scored
from qa.guards import denied, scope_guard
from qa.pointing import POINTED, focus, focus_features, phrases
from qa.question import Question
from qa.span_features import Features
from qa.spans import PHRASED, carries
from qa.surroundings import Reading, points_back
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
Weights = dict[str, dict[str, float]]
MOST_REPLIES = 40
READ_AGAIN, AT_LEAST, TOO_FAR = 8, 2, 5.0
"""Sentences that the cross-encoder reads, about 12 ms each on two cores: at most so many, at least so many, and none whose
best candidate lies further behind the first one. Of 1,184 questions the right sentence is among them in 98.6 of a hundred,
4.6 sentences read on average; among the six best in 98.0."""

CARRIERS, CONVINCED, HOLDS = 4, 1.0, -2.0
"""Sentences read as well that only may hold what is asked for, where none of the others has at least the first relevance; those
below the second, from which ``qa/guards.py`` takes a sentence for denied, are left out."""

PRIOR = 0.32
"""Added to the log-odds of the first reading where it stands alone: it is fitted on questions of which 21 in a hundred have no answer,
the second reading as if 12 had none: ln(0.88 / 0.12) - ln(0.79 / 0.21) = 0.67; less the 0.35 of log-odds by which the
threshold of ``qa/compose.py`` went down for the second reading only."""


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
    """Scores every candidate of every sentence with fitted weights; answers verbatim or not at all.

    Args:
        cross: reads the best sentences again, together with the question; None to leave that out.
    """

    def __init__(self, cross: CrossEncoder | None = None) -> None:
        self.cross = cross

    def read(
        self, question: Question, hits: Sequence[Hit], frequency: Callable[[str], int], documents: int
    ) -> list[Reply]:
        """See ``Reader.read``."""
        model = weights()[GROUPS[question.kind]]
        ranked = first_reading(question, hits, frequency, documents)
        if self.cross is None or not ranked:
            ranked = [pair for pair in ranked if not carries(question, pair[1].candidate)]
            return [
                Reply(
                    one,
                    score,
                    sigmoid(evidence(model, score, one, ranked) + PRIOR) * scope_guard(one.features),
                )
                for score, one in ranked[:MOST_REPLIES]
            ]
        again = cross_features(self.cross, question, ranked, model)
        ranked = ranked_by(model["cross"], again)
        replies = []
        for score, one in ranked[:MOST_REPLIES]:
            sure = sigmoid(dot(model["cross_confidence"], cross_evidence(score, one, ranked)))
            replies.append(Reply(_shown(question, one), score, sure * scope_guard(one.features, fitted=True)))
        return replies


def _shown(question: Question, scored: Scored) -> Scored:
    """The candidate with the words that are shown as the answer: all items of a list, no consequence for a reason."""
    if scored.focus is None:
        return scored
    text = scored.reading.text
    if question.kind == "list":
        return replace(scored, focus=whole_enumeration(text, scored.focus))
    consequence = question.kind == "reason" and points_back(text)
    return replace(scored, focus=None) if consequence else scored


Ranked = list[tuple[float, Scored]]
"""Candidates with their scores, best first."""


def first_reading(
    question: Question, hits: Sequence[Hit], frequency: Callable[[str], int], documents: int
) -> Ranked:
    """All candidates of the hits as the linear model ranks them; the arguments are those of ``Reader.read``."""
    rank = weights()[GROUPS[question.kind]]["rank"]
    found = Examiner(question, hits, frequency, documents).scored()
    return ranked_by(rank, found)


_BY_HAND = {
    "office_other": -2.0,
    "office_untold": -1.0,
    "person_absent": -1.5,
    "years_clash": -1.0,
    "place_clashes": -1.5,
}
"""Added to the score of what is contradicted in a way that the fits do not know; set by hand on questions of ``benchmarks/asked``."""


def ranked_by(weights: dict[str, float], scored: Iterable[Scored]) -> Ranked:
    """Candidates by the weighted sum of their features, best first."""
    return best_first((dot(weights, one.features) + dot(_BY_HAND, one.features), one) for one in scored)


def best_first(pairs: Iterable[tuple[float, Scored]]) -> Ranked:
    """Sorted by score; equal scores stay in the order of the hits."""
    return sorted(pairs, key=lambda pair: -pair[0])


def evidence(model: Weights, score: float, scored: Scored, ranked: Ranked) -> float:
    """The log-odds that a reply is right, without the cross-encoder."""
    return dot(model["confidence"], confidence_features(scored, score, rival_scores(scored, ranked)))


def cross_features(cross: CrossEncoder, question: Question, ranked: Ranked, model: Weights) -> list[Scored]:
    """The candidates of the best parts of sentences with the cross-encoder's features beside their own."""
    told = [pair for pair in ranked if not carries(question, pair[1].candidate)]
    read = _read_parts(cross, question, told, READ_AGAIN)
    if len(told) < len(ranked) and max((one.relevance for one, _ in read), default=-math.inf) < CONVINCED:
        carriers = [pair for pair in ranked if carries(question, pair[1].candidate)]
        read += [
            pair for pair in _read_parts(cross, question, carriers, CARRIERS) if pair[0].relevance >= HOLDS
        ]
    top = max((one.relevance for one, _ in read), default=0.0)
    ranked = told or ranked
    found = []
    for sentence, pairs in read:
        spans = [sentence.span(one.candidate.start, one.candidate.end) for _, one in pairs]
        for span, (score, one) in zip(spans, pairs, strict=True):
            more = {
                "first": score / 10,
                "first_gap": (ranked[0][0] - score) / 10,
                "before": evidence(model, score, one, ranked) / 10,
                "relevance": sentence.relevance / 10,
                "relevance_gap": (top - sentence.relevance) / 10,
                "span": max(-2.0, span / 10),
                "span_gap": min(2.0, (max(spans) - span) / 10),
                "span_best": float(span == max(spans)),
                "denied": denied(question, one, sentence.relevance),
                "span_sure": max(-1.0, sentence.sureness(one.candidate.start, one.candidate.end) / 10),
            }
            at = focus(question, one, sentence)
            more |= focus_features(question, one, at, sentence)
            found.append(replace(one, features={**one.features, **more}, focus=at))
        if question.kind in POINTED:
            found.extend(phrases(question, found[-len(pairs) :], sentence))
    found = _answering(question, found)
    if question.kind in PHRASED:
        return [one for one in found if one.candidate.form != "sentence"]
    return _once(found)


def _once(found: Sequence[Scored]) -> list[Scored]:
    """Each sentence that was read in parts as it was read in the part that answers best."""
    best: dict[tuple[object, ...], Scored] = {}
    for number, one in enumerate(found):
        reading = one.reading
        whole = one.candidate.form == "sentence"
        key = (reading.hit.article.article_id, reading.start) if whole else (number,)
        if key not in best or best[key].features["relevance"] < one.features["relevance"]:
            best[key] = one
    return list(best.values())


Part = tuple[str, int, Span]
"""An article, where a sentence of it starts, and the part of the sentence that is read as one."""


def parts(one: Scored) -> list[Part]:
    """The parts of a sentence that hold the candidate's start; all of them for a sentence as a whole."""
    reading, candidate = one.reading, one.candidate
    whole = candidate.form == "sentence"
    spans = [span for span in windows(reading.text) if whole or span[0] <= candidate.start < span[1]]
    return [(reading.hit.article.article_id, reading.start, span) for span in spans]


def _read_parts(
    cross: CrossEncoder, question: Question, ranked: Ranked, most: int
) -> list[tuple[Judged, Ranked]]:
    """What the cross-encoder thinks of the parts of sentences in which the best candidates stand, each with all of its own."""
    best: dict[Part, Ranked] = {}
    for score, one in ranked:
        for part in parts(one):
            near = len(best) < AT_LEAST or ranked[0][0] - score <= TOO_FAR
            if part in best or (near and len(best) < most):
                best.setdefault(part, []).append((score, one))
    sentences = judged(cross, question, [(pairs[0][1].reading, part) for part, pairs in best.items()])
    return list(zip(sentences, best.values(), strict=True))


def judged(cross: CrossEncoder, question: Question, read: Sequence[tuple[Reading, Part]]) -> list[Judged]:
    """What the cross-encoder thinks of parts of sentences, each behind its article's title and day and what leads to it."""
    texts = []
    for reading, (_, _, (start, end)) in read:
        article, before = reading.hit.article, leading(question, reading, start)
        texts.append(in_context(heading(reading.hit), before, reading.text[start:end], article.published))
    found = cross.judge(question.text, [text for text, _ in texts])
    return [
        one.behind(skip).moved(span[0])
        for one, (_, skip), (_, (_, _, span)) in zip(found, texts, read, strict=True)
    ]


def _answering(question: Question, found: Sequence[Scored]) -> list[Scored]:
    """Those that may be the answer, with the share of their words that the question says itself.

    It is 0 for figures and times, whose units the question says.
    """
    echo, kept = Echo(question), []
    for one in found:
        named = one.candidate.quantity is None and one.candidate.period is None
        short = (one.short or "") if named else ""
        if not (short and echo.is_no_answer(short)):
            one.features["echo"] = echo.share(short)
            kept.append(one)
    return kept


_EVIDENCE = (
    "before", "relevance", "relevance_gap", "span", "span_gap", "span_sure", "opposed", "pairs_absent", "places_absent", "unit_clashes", "class_clashes",
    "own_period_clashes", "own_period_none", "period_clashes", "period_open", "carried_clashes", "place_clashes", "rate_unasked",
    "focus_sure", "focus_single", "focus_none", "phrase_bare", "day_clashes", "echo",
    "bodies_absent", "mobile_absent", "elsewhere", "plan_missing", "plan_unasked", "change_unasked", "phrase", "worst_missing",
)  # fmt: skip
"""The features of the best reply that tell whether it is right, beside its score and its lead."""


def cross_evidence(score: float, scored: Scored, ranked: Ranked) -> Features:
    """What tells whether a reply is right when the cross-encoder has read its sentence: what speaks for it, what clashes."""
    features = scored.features
    rivals = rival_scores(scored, ranked)
    return {
        "bias": 1.0,
        "top": score / 10,
        "margin": min(5.0, score - max(rivals, default=score)) / 5,
        "names_absent": 1.0 - features.get("names_whole", 1.0),
        **{name: features[name] for name in _EVIDENCE if name in features},
    }


def rival_scores(scored: Scored, ranked: Sequence[tuple[float, Scored]]) -> list[float]:
    """The score of the best candidate that says something else; empty when all say the same."""
    said = fold(scored.candidate.text)
    return next(([score] for score, other in ranked if fold(other.candidate.text) != said), [])


def confidence_features(scored: Scored, score: float, rivals: Sequence[float]) -> Features:
    """What tells whether a reply is right: its score and how well the question is covered where it stands."""
    kept = (
        "cover", "cover_near", "cover_passage", "cover_article", "cover_pairs_passage", "worst_missing", "names", "names_passage",
        "names_article", "names_whole", "own_period_fits", "own_period_clashes", "class_clashes", "before", "period_fits", "period_clashes", "period_open", "carried_fits", "carried_clashes", "no_period", "unit_fits",
        "unit_clashes", "left", "clause", "beside", "score", "plan_unasked", "plan_missing", "noun", "furniture", "cover_accented", "place_clashes",
    )  # fmt: skip
    features = {name: scored.features[name] for name in kept if name in scored.features}
    return {
        **features,
        "bias": 1.0,
        "top": score / 10,
        "margin": min(5.0, score - max(rivals, default=score)) / 5,
    }


def put_first(replies: Sequence[Reply], chosen: Reply, confidence: float) -> list[Reply]:
    """The replies with one of them before the others, as sure as is given."""
    return [replace(chosen, confidence=confidence), *(reply for reply in replies if reply is not chosen)]


def dot(weights: dict[str, float], features: Features) -> float:
    """The weighted sum over the features that have a weight."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def sigmoid(value: float) -> float:
    """1 / (1 + e^-value), safe at both ends."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


@cache
def weights() -> dict[str, Weights]:
    """Group -> model -> feature -> weight, from ``weights.json``.

    The models are "rank" and "confidence", and "cross" and "cross_confidence" for the second reading.
    """
    data: dict[str, Weights] = json.loads(files("qa").joinpath("weights.json").read_text(encoding="utf-8"))
    return data
