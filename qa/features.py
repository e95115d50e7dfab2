"""What speaks for and against a candidate: one dictionary of numbers each, all about in [-1, 1].

The candidate is seen with everything around it: its clause, its sentence, the sentence before, the title, the
article and the rank of its passage. ``qa/weights.json`` says how much each number counts; it is fitted by
``benchmarks/fit_reader.py``.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.places import mentions, said_kinds, says_bare, typed_names
from index.types import Span
from index.vietnamese import UPPER, fold, has_diacritics, syllables
from qa.fits import (
    address_wanted,
    elsewhere,
    places_absent,
    written_out,
)
from qa.holders import other_holder
from qa.numbered import numbered_clash, other_months
from qa.offices import asked_office, office_features
from qa.opposites import opposed
from qa.period_features import period_features, says
from qa.persons import person_absent, persons_named
from qa.question import PLAN, Question
from qa.span_features import (
    Features,
    date_features,
    name_features,
    of_person,
    phone_features,
    quantity_features,
)
from qa.spans import Candidate, candidates, carries
from qa.surroundings import (
    ArticleWords,
    Reading,
    around,
    folded_words,
    governing_period,
    readings,
)
from qa.types import Hit
from qa.words import FUNCTION_FOLDED, term_weights

_RELATIVE = (
    "cover",
    "cover_near",
    "cover_pairs",
    "cover_passage",
    "names",
    "score",
    "left",
    "left_pairs",
    "right",
    "before",
    "clause",
    "beside",
)
_CAPITAL = re.compile(rf"(?<!^)\b[{UPPER}]\w*")
_CAUSE = re.compile(r"\b(?:vi|do|nho|boi|nen|nguyen nhan|ly do|khien|dan den|xuat phat|bat nguon)\b")
_ITEMS = re.compile(r"[,;]|\bva\b|\bcung\b")
_LISTED = re.compile(r"\bgom\b|\bnhu\b|\bla\b|:")


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate in its sentence with its features.

    Attributes:
        reading: the sentence in its surroundings.
        candidate: the span that may be the answer.
        features: what speaks for and against it.
        focus: when the candidate is a whole sentence: the words of it that answer, offsets into the sentence.
    """

    reading: Reading
    candidate: Candidate
    features: Features
    focus: Span | None = None

    @property
    def span(self) -> Span:
        """The answer's offsets into the sentence."""
        return self.focus or (self.candidate.start, self.candidate.end)

    @property
    def short(self) -> str | None:
        """The answer itself, verbatim; None when no less than the sentence answers."""
        if self.candidate.form == "sentence" and self.focus is None:
            return None
        return self.reading.text[slice(*self.span)]


class Examiner:
    """Turns hits into candidates with features, for one question."""

    def __init__(
        self, question: Question, hits: Sequence[Hit], frequency: Callable[[str], int], documents: int
    ) -> None:
        self.question = question
        self.hits = hits
        words = [(part, weight) for word, weight in question.topic for part in written_out(word)]
        self.weights = term_weights(words, frequency, documents)
        self.total = sum(self.weights.values()) or 1.0
        content = [word for word, _ in words]
        self.pairs = {
            f"{a}_{b}": min(self.weights[a], self.weights[b]) for a, b in itertools.pairwise(content)
        }
        self.articles = {hit.article.article_id: ArticleWords.of(hit.article) for hit in self.hits}
        self.names = self._names()
        self.place_kinds = dict(typed_names(question.text))
        self.places = [one.place for one in mentions(question.text) if one.place.name]
        self.office = asked_office(question)
        self.persons = persons_named(question.text)

    def scored(self) -> list[Scored]:
        """Every candidate of every sentence of the hits, in order of the hits."""
        found: list[Scored] = []
        seen: set[tuple[str, int]] = set()
        for hit in self.hits:
            for reading in readings(hit):
                key = (hit.article.article_id, reading.start)
                if key not in seen:
                    seen.add(key)
                    found.extend(self._of_sentence(reading))
        _add_relative(found, [one for one in found if not carries(self.question, one.candidate)])
        return found

    def _of_sentence(self, reading: Reading) -> list[Scored]:
        shared = self._sentence_features(reading)
        spans = candidates(self.question, reading.text, reading.hit.article.published)
        return [
            Scored(reading, span, {**shared, **self._span_features(reading, span, position, spans)})
            for position, span in enumerate(spans)
        ]

    def _names(self) -> frozenset[str]:
        """The question's words that are (parts of) proper names, by its own capitals or the articles'."""
        own = {fold(word) for word in _CAPITAL.findall(self.question.text)}
        if self.question.text.isupper():
            own = set()
        own -= self._initials()
        seen: Counter[str] = Counter()
        capital: Counter[str] = Counter()
        for article in self.articles.values():
            for term in self.weights:
                seen[term] += article.count[term]
                capital[term] += article.capital[term]
        by_corpus = {term for term in self.weights if seen[term] >= 2 and capital[term] >= 0.8 * seen[term]}
        return frozenset(term for term in (own | by_corpus) if term in self.weights and not term.isdigit())

    def _initials(self) -> set[str]:
        """The question's words in capitals that are the initials of a name in the articles: "ST" of "Sông Tiền"."""
        short = {fold(word) for word in re.findall(rf"\b[{UPPER}]{{2,5}}\b", self.question.text)}
        return {word for word in short if any(word in article.initials for article in self.articles.values())}

    def _coverage(self, words: frozenset[str] | set[str], weights: dict[str, float] | None = None) -> float:
        weights = self.weights if weights is None else weights
        total = sum(weights.values())
        return sum(weight for term, weight in weights.items() if term in words) / total if total else 1.0

    def _sentence_features(self, reading: Reading) -> Features:
        hit, question = reading.hit, self.question
        article = self.articles[hit.article.article_id]
        near = reading.terms | frozenset(folded_words(reading.previous)) | article.title
        passage = near | article.passage(hit)
        names = {term: self.weights[term] for term in self.names}
        missing = [term for term in self.weights if term not in passage]
        features = {
            "cover": self._coverage(reading.terms),
            "cover_pairs": self._coverage(reading.terms, self.pairs),
            "cover_near": self._coverage(near),
            "cover_passage": self._coverage(passage),
            "cover_article": self._coverage(article.words | article.title),
            "cover_pairs_passage": self._coverage(passage, self.pairs),
            "worst_missing": max((self.weights[term] for term in missing), default=0.0) / self.total,
            "score": hit.score,
            "rank": 1 / hit.rank,
            "names": self._coverage(reading.terms, names),
            "names_passage": self._coverage(passage, names),
            "names_article": self._coverage(article.words | article.title, names),
            "furniture": float(hit.passage.furniture),
            "title": float(reading.text == hit.article.title),
            "asks": float(reading.text.rstrip('”" ').endswith("?")),
            "short": float(len(reading.words) < 6),
            "long": min(len(reading.words), 100) / 100,
            "news": min(
                20,
                sum(word not in self.weights and word not in FUNCTION_FOLDED for word in set(reading.words)),
            )
            / 20,
            "cause": float(_CAUSE.search(reading.folded) is not None),
            "items": min(8, len(_ITEMS.findall(reading.folded))) / 8,
            "listed": float(_LISTED.search(reading.folded) is not None),
            "opposed": float(opposed(question.text, reading.text)),
            "holder_other": float(
                question.kind in ("number", "date")
                and other_holder(question.text, reading.text, reading.previous, hit.article.title)
            ),
            "months_clash": float(other_months(question.text, reading.text)),
            "numbered_clashes": numbered_clash(question.text, reading.text, hit.article.text),
            "figures": float(any(character.isdigit() for character in reading.text)),
            **self._run_features(article),
        }
        if has_diacritics(question.text):
            accented = dict(question.topic)
            features["cover_accented"] = self._coverage(reading.accented, accented)
        else:
            features["cover_accented"] = features["cover"]
        features.update(period_features(question, reading))
        features.update(self._nature_features(reading))
        features.update(self._place_features(reading))
        if self.places and question.kind not in ("place", "contact"):
            around = f"{hit.article.title}\n{hit.passage.text}"
            features["elsewhere"] = float(elsewhere(self.places, reading.text, around))
        return features

    def _run_features(self, article: ArticleWords) -> Features:
        """Whether every proper name of the question stands in the article as a whole."""
        pairs = [pair for pair in self.pairs if set(pair.split("_")) <= self.names]
        alone = self.names - {word for pair in pairs for word in pair.split("_")}
        words = article.words | article.title
        held = sum(pair in words for pair in pairs) + sum(article.names(word) for word in alone)
        named = len(pairs) + len(alone)
        return {
            "names_whole": held / named if named else 1.0,
            "pairs_absent": float(len(self.pairs) > 1 and not any(pair in words for pair in self.pairs)),
            "places_absent": places_absent(self.question.text, words),
            "person_absent": float(any(person_absent(name, article.article.text) for name in self.persons)),
        }

    def _place_features(self, reading: Reading) -> Features:
        """Whether the name that the question calls a province is one here too, or a city of that name."""
        contact = self.question.kind == "contact" or address_wanted(self.question) == 2
        if not self.place_kinds or (self.question.kind == "place" and not contact):
            return {}
        hit = reading.hit
        near = f"{reading.previous}\n{hit.article.title}\n{hit.passage.text}"
        first = (
            hit.article.source if contact and hit.passage.furniture else reading.text
        )  # a footer is its owner's
        rooms = (typed_names(first), typed_names(near), self.articles[hit.article.article_id].places)
        clashes = fits = 0.0
        for name, kind in self.place_kinds.items():
            said = [said_kinds(room, name) for room in rooms]
            nearest = next((kinds for kinds in said if kinds), {kind: 1})
            if says_bare(reading.text, kind):  # "HĐND tỉnh": the name need not be said again
                nearest = {kind: 1}
            usual = not said[2] or kind == max(said[2], key=lambda other: said[2][other])
            fits = max(fits, float(kind in nearest))
            clashes = max(clashes, float(kind not in nearest) * (0.2 if usual and not contact else 1.0))
        return {"place_fits": fits, "place_clashes": clashes}

    def _nature_features(self, reading: Reading) -> Features:
        planned = PLAN.search(reading.folded) is not None
        return {
            "plan_fits": float(self.question.nature == "plan" and planned),
            "plan_missing": float(self.question.nature == "plan" and not planned),
            "plan_unasked": float(self.question.nature != "plan" and planned),
        }

    def _span_features(
        self, reading: Reading, span: Candidate, position: int, spans: list[Candidate]
    ) -> Features:
        near = around(reading, span, spans)
        inside = set(folded_words(span.text))
        asked = {term for term, weight in self.weights.items() if weight > 0.3}
        features = {
            "left": self._coverage(near.left),
            "left_pairs": self._coverage(near.left, self.pairs),
            "left_astray": self._astray(near.close_left),
            "right": self._coverage(near.right),
            "right_pairs": self._coverage(near.right, self.pairs),
            "right_astray": self._astray(near.right),
            "before": self._coverage(near.before),
            "before_pairs": self._coverage(near.before, self.pairs),
            "clause": self._coverage(near.clause),
            "clause_pairs": self._coverage(near.clause, self.pairs),
            "plan_beside": float(PLAN.search(near.plain_left) is not None)
            * (1 if self.question.nature == "plan" else -1),
            **self._scope_features(reading, span),
            "beside": self._beside(reading, span),
            "first": float(position == 0),
            "alone": float(len(spans) == 1),
            "part": float(any(_inside(span, other) for other in spans)),
            "whole": float(any(_inside(other, span) for other in spans)),
            "known": len(inside & asked) / max(1, len(inside)),
            f"form_{span.form}": 1.0,
        }
        if span.quantity:
            features.update(quantity_features(self.question, reading, span))
        if span.period:
            features.update(date_features(self.question, reading, span))
        if span.form == "phone":
            features.update(phone_features(self.question, span))
            features["person_of_body"] = float(reading.hit.passage.furniture and of_person(self.question))
        if span.form in ("name", "place", "at", "address"):
            features.update(name_features(self.question, self.weights, reading, span))
        if self.office and span.form in ("name", "place"):
            features.update(office_features(self.office, reading.hit.article.text, span.text))
        return features

    def _astray(self, words: frozenset[str]) -> float:
        """Share of the content words that the question does not hold."""
        content = [
            word for word in words if "_" not in word and not word.isdigit() and word not in FUNCTION_FOLDED
        ]
        return sum(word not in self.weights for word in content) / max(3, len(content))

    def _scope_features(self, reading: Reading, span: Candidate) -> Features:
        """Whether the period that governs the span itself is the one asked for."""
        asked = self.question.periods
        if not asked or span.period:
            return {}
        governing = governing_period(reading, span)
        if governing is None:
            return {"own_period_none": 1.0}
        fits = says(asked, governing, reading)
        return {"own_period_fits": float(fits is True), "own_period_clashes": float(fits is False)}

    def _beside(self, reading: Reading, span: Candidate) -> float:
        """Closeness of the question's words: 1 when they all stand right beside the span."""
        before = [fold(word) for word in syllables(reading.text[: span.start])][::-1]
        after = [fold(word) for word in syllables(reading.text[span.end :])]
        distance: dict[str, int] = {}
        for side in (before, after):
            for steps, word in enumerate(side[:30]):
                if word in self.weights:
                    distance[word] = min(steps, distance.get(word, 99))
        return sum(self.weights[word] / (1 + steps / 4) for word, steps in distance.items()) / self.total


def _inside(span: Candidate, other: Candidate) -> bool:
    """Whether a span is a part of another, larger one."""
    return (
        other.start <= span.start
        and span.end <= other.end
        and other.end - other.start > span.end - span.start
    )


def _add_relative(found: list[Scored], judged: list[Scored]) -> None:
    """Beside each main feature, how far it lies below the best of the candidates that may answer as they are."""
    for name in _RELATIVE:
        best = max((one.features.get(name, 0.0) for one in judged), default=0.0)
        for one in found:
            one.features[f"{name}_gap"] = best - one.features.get(name, 0.0)
