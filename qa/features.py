"""What speaks for and against a candidate: one dictionary of numbers each, all about in [-1, 1].

The candidate is seen with everything around it: its clause, its sentence, the sentence before, the title, the
article and the rank of its passage. ``qa/weights.json`` says how much each number counts; it is fitted by
``benchmarks/fit_reader.py``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.periods import compatible, find_periods
from index.split import sentences
from index.types import Article, Period
from index.vietnamese import fold, has_diacritics, normal_tone, syllables
from qa.question import PLAN, Question
from qa.spans import Candidate, candidates, follows_title, is_surname
from qa.types import Hit
from qa.words import term_weights

READ_PASSAGES = 10
"""Passages that are read for an answer."""

Features = dict[str, float]

_CLAUSE = re.compile(r"[;:]|,(?= (?:trong đó|còn|riêng|trong khi|đồng thời)\b)|[.!?](?=\s)")
_CHANGE = re.compile(r"\b(?:tang|giam|vuot|hut|them|cao hon|thap hon|nhieu hon|it hon|gap)\b")
_SHARE = re.compile(r"\b(?:dat|bang|chiem|hoan thanh)\b[^,;]{0,12}$")
_SHARE_OF = re.compile(r"ke hoach|du toan|chi tieu|nghi quyet|so voi|cung ky|toan tinh|tong")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Reading:
    """A sentence of a hit, read in its surroundings. Offsets into the article's text."""

    hit: Hit
    start: int
    end: int
    text: str
    previous: str
    carried: tuple[Period, ...]

    @cached_property
    def folded(self) -> str:
        """The sentence without diacritics, same length."""
        return fold(self.text)

    @cached_property
    def words(self) -> list[str]:
        """Folded syllables and numbers."""
        return syllables(fold(self.text))

    @cached_property
    def terms(self) -> frozenset[str]:
        """Folded syllables and their pairs."""
        return frozenset(self.words) | {f"{a}_{b}" for a, b in zip(self.words, self.words[1:], strict=False)}

    @cached_property
    def accented(self) -> frozenset[str]:
        """Syllables with their diacritics."""
        return frozenset(syllables(normal_tone(self.text)))

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods that the sentence names."""
        return tuple(find_periods(self.text, self.hit.article.published))


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate in its sentence with its features."""

    reading: Reading
    candidate: Candidate
    features: Features


class Examiner:
    """Turns hits into candidates with features, for one question."""

    def __init__(self, question: Question, hits: Sequence[Hit], frequency: Callable[[str], int], documents: int) -> None:
        self.question = question
        self.hits = hits[:READ_PASSAGES]
        self.weights = term_weights(list(question.words), frequency, documents)
        self.total = sum(self.weights.values()) or 1.0
        content = [fold(word) for word, _ in question.words]
        self.pairs = {
            f"{a}_{b}": min(self.weights[a], self.weights[b]) for a, b in zip(content, content[1:], strict=False)
        }
        self._articles = {hit.article.article_id: _ArticleWords.of(hit.article) for hit in self.hits}
        self.names = self._names()

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
        own = {fold(word) for word in re.findall(r"(?<=\w[\s,] )?(?<!^)\b[A-ZÀ-ỸĐ]\w*", self.question.text)}
        if self.question.text.isupper():
            own = set()
        seen: Counter[str] = Counter()
        capital: Counter[str] = Counter()
        for article in self._articles.values():
            for term in self.weights:
                seen[term] += article.count[term]
                capital[term] += article.capital[term]
        by_corpus = {term for term in self.weights if seen[term] >= 2 and capital[term] >= 0.8 * seen[term]}
        return frozenset(term for term in (own | by_corpus) if term in self.weights and not term.isdigit())

    def _coverage(self, words: frozenset[str] | set[str], weights: dict[str, float] | None = None) -> float:
        weights = self.weights if weights is None else weights
        total = sum(weights.values())
        return sum(weight for term, weight in weights.items() if term in words) / total if total else 1.0

    def _sentence_features(self, reading: Reading) -> Features:
        hit, question = reading.hit, self.question
        article = self._articles[hit.article.article_id]
        near = reading.terms | frozenset(syllables(fold(reading.previous))) | article.title
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
            "asks": float(reading.text.rstrip("”\" ").endswith("?")),
            "short": float(len(reading.words) < 6),
            "long": min(len(reading.words), 100) / 100,
        }
        if has_diacritics(question.text):
            accented = {word: weight for word, weight in question.words}
            features["cover_accented"] = self._coverage(reading.accented, accented)
        else:
            features["cover_accented"] = features["cover"]
        features.update(self._period_features(reading))
        features.update(self._nature_features(reading))
        return features

    def _period_features(self, reading: Reading) -> Features:
        asked = self.question.periods
        if not asked:
            return {"no_period": 1.0}
        own = [_fit(asked, said) for said in reading.periods]
        carried = [_fit(asked, said) for said in reading.carried]
        literal = [set(_WORD.findall(period.text)) & set(re.findall(r"\d+", reading.text)) for period in asked]
        return {
            "period_fits": float(any(value is True for value in own)),
            "period_clashes": float(bool(own) and all(value is False for value in own)),
            "period_open": float(not own),
            "carried_fits": float(not any(value is True for value in own) and any(value is True for value in carried)),
            "carried_clashes": float(not own and bool(carried) and all(value is False for value in carried)),
            "period_digits": sum(map(bool, literal)) / len(literal),
        }

    def _nature_features(self, reading: Reading) -> Features:
        planned = PLAN.search(reading.folded) is not None
        return {
            "plan_fits": float(self.question.nature == "plan" and planned),
            "plan_missing": float(self.question.nature == "plan" and not planned),
            "plan_unasked": float(self.question.nature != "plan" and planned),
        }

    def _span_features(self, reading: Reading, span: Candidate, position: int, spans: list[Candidate]) -> Features:
        left, right, clause = _around(reading, span, spans)
        inside = set(syllables(fold(span.text)))
        asked = {term for term, weight in self.weights.items() if weight > 0.3}
        features = {
            "left": self._coverage(left),
            "right": self._coverage(right),
            "clause": self._coverage(left | right | clause),
            "beside": self._beside(reading, span),
            "first": float(position == 0),
            "alone": float(len(spans) == 1),
            "known": len(inside & asked) / max(1, len(inside)),
            f"form_{span.form}": 1.0,
        }
        if span.quantity:
            features.update(self._quantity_features(reading, span))
        if span.period:
            features.update(self._date_features(span.period))
        if span.form in ("name", "place", "at", "address"):
            features.update(self._name_features(reading, span))
        return features

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

    def _quantity_features(self, reading: Reading, span: Candidate) -> Features:
        question, quantity = self.question, span.quantity
        assert quantity is not None
        before = reading.folded[max(0, span.start - 30) : span.start]
        after = reading.folded[span.end : span.end + 40]
        change = _CHANGE.search(before.rsplit(",", 1)[-1]) is not None
        share = quantity.unit == "%" and (_SHARE.search(before) is not None and _SHARE_OF.search(after) is not None)
        noun = fold(question.noun).split()
        named = fold(span.text + " " + reading.text[span.end : span.end + 30])
        return {
            "unit_fits": float(bool(question.units) and quantity.unit in question.units),
            "unit_clashes": float(bool(question.units) and quantity.unit not in question.units),
            "unit_open": float(not question.units),
            "unit_percent": float(quantity.unit == "%" and not question.units),
            "unit_money": float(quantity.unit in ("đồng", "usd") and not question.units),
            "noun": sum(word in named for word in noun) / len(noun) if noun else 0.0,
            "noun_first": float(bool(noun) and re.search(rf"\b{re.escape(noun[0])}\b", named) is not None),
            "change_fits": float(change and question.change),
            "change_missing": float(question.change and not change),
            "change_unasked": float(change and not question.change),
            "share_fits": float(share and question.share),
            "share_unasked": float(share and not question.share),
            "repeats": float(any(other.text.lower() == quantity.text.lower() for other in question.quantities)),
            "bare": float(quantity.unit == ""),
            "ratio": float(quantity.total is not None),
        }

    def _date_features(self, period: Period) -> Features:
        question = self.question
        return {
            "grain_fits": float(_wanted_grain(question) in ("", period.grain)),
            "grain_clashes": float(_wanted_grain(question) not in ("", period.grain)),
            "day": float(period.grain == "day"),
            "year": float(period.grain == "year"),
            "repeats": float(any(other.text.lower() == period.text.lower() for other in question.periods)),
        }

    def _name_features(self, reading: Reading, span: Candidate) -> Features:
        words = span.text.split()
        before = reading.text[: span.start]
        noun = fold(self.question.noun).split()
        typed = fold(span.text)
        return {
            "surname": float(is_surname(words[0])),
            "titled": float(follows_title(before)),
            "name_length": float(2 <= len(words) <= 4),
            "single": float(len(words) == 1),
            "opens": float(not before.strip()),
            "apposed": float(re.match(r"\s*[,(–-]", reading.text[span.end :]) is not None),
            "noun_place": float(bool(noun) and typed.startswith((noun[-1], " ".join(noun[-2:])))),
            "located": float(re.search(r"\b(?:tại|ở|đặt|thuộc)\s*$", before) is not None),
        }


@dataclass(frozen=True)
class _ArticleWords:
    """The folded words of an article, and how often each of them is written with a capital."""

    article: Article
    words: frozenset[str]
    title: frozenset[str]
    count: Counter[str]
    capital: Counter[str]

    @classmethod
    def of(cls, article: Article) -> _ArticleWords:
        count: Counter[str] = Counter()
        capital: Counter[str] = Counter()
        for match in _WORD.finditer(fold(article.text)):
            count[match.group()] += 1
            capital[match.group()] += article.text[match.start()].isupper()
        words = syllables(fold(article.text))
        title = syllables(fold(article.title))
        return cls(article, _with_pairs(words), _with_pairs(title), count, capital)

    def passage(self, hit: Hit) -> frozenset[str]:
        return _with_pairs(syllables(fold(hit.passage.text)))


def _with_pairs(words: list[str]) -> frozenset[str]:
    return frozenset(words) | {f"{a}_{b}" for a, b in zip(words, words[1:], strict=False)}


def readings(hit: Hit) -> list[Reading]:
    """The sentences of a hit's passage, each with the sentence before it and the periods carried to it."""
    article = hit.article
    carried = tuple(find_periods(article.title, article.published))
    lead = max(0, article.text.rfind("\n", 0, hit.passage.start))
    found: list[Reading] = []
    previous = ""
    for start, end in sentences(article.text, lead, hit.passage.end):
        text = article.text[start:end]
        if start >= hit.passage.start:
            found.append(Reading(hit, start, end, text, previous, carried))
        own = tuple(find_periods(text, article.published))
        carried = own or carried
        previous = text
    return found


def _fit(asked: Sequence[Period], said: Period) -> bool | None:
    """True when the period answers for one that is asked, False when for none, None when it is open."""
    values = [compatible(period, said) for period in asked]
    if any(value is True for value in values):
        return True
    return False if all(value is False for value in values) else None


def _around(reading: Reading, span: Candidate, spans: list[Candidate]) -> tuple[set[str], set[str], set[str]]:
    """The words left of the span back to the span before it, right of it up to the next, and of the clause."""
    edges = [0, *(match.end() for match in _CLAUSE.finditer(reading.text)), len(reading.text)]
    low = max(edge for edge in edges if edge <= span.start)
    high = min(edge for edge in edges if edge >= span.end)
    others = [other for other in spans if other.start >= low and other.end <= high and other is not span]
    left = max([other.end for other in others if other.end <= span.start], default=low)
    right = min([other.start for other in others if other.start >= span.end], default=high)
    return tuple(_with_pairs(syllables(fold(part))) for part in (reading.text[left : span.start], reading.text[span.end : right], reading.text[low:high]))  # type: ignore[return-value]  # fmt: skip


def _wanted_grain(question: Question) -> str:
    for pattern, grain in (
        (r"ngay nao|ngay may|hom nao|ngay thang nam|\bngay\b", "day"),
        (r"nam nao|nam bao nhieu", "year"),
        (r"thang nao|thang may", "month"),
        (r"giai doan nao|nhiem ky nao|nien khoa nao", "years"),
        (r"quy nao|quy may", "quarter"),
    ):
        if re.search(pattern, question.folded):
            return grain
    return ""
