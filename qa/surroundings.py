"""A sentence in its surroundings: its words, its periods, its clause, its article."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from index.abbreviations import expand, joined
from index.periods import find_periods
from index.places import typed_names
from index.split import sentences
from index.types import Article, Period
from index.vietnamese import UPPER, fold, normal_tone, syllables
from qa.spans import Candidate
from qa.types import Hit

_CLAUSE = re.compile(r"[;:]|,(?= (?:trong đó|còn|riêng|trong khi|đồng thời)\b)|[.!?](?=\s)")
_HEAD_CHARACTERS = 1000
_HEAD_SENTENCES = 3
_WORD = re.compile(r"\w+")
_OPEN = re.compile(r"cung ky|(?:den|toi) nay")
"""Periods whose bounds the sentence leaves to what was said before."""
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d.,/])")
_RIGHT_STOP = re.compile(r"[,;()]|\bva\b|\btrong do\b")
_COMPARED = re.compile(
    r"(?:so (?:voi )?|cung ky |hon |truoc |tu )(?:cung ky )?(?:cua )?(?:nam |thang |quy )?$"
)


def folded_words(text: str) -> list[str]:
    """Folded syllables and numbers, unambiguous abbreviations written out.

    >>> folded_words("UBND xã có 5 hộ")
    ['uy', 'ban', 'nhan', 'dan', 'xa', 'co', '5', 'ho']
    """
    words: list[str] = []
    for word in syllables(fold(joined(text))):
        phrases = expand(word)
        words.extend(phrases[0].split() if len(phrases) == 1 else [word])
    return words


@dataclass(frozen=True)
class Reading:
    """A sentence of a hit, read in its surroundings. Offsets into the article's text.

    ``day`` is what year-less periods are resolved against, see ``reference_day``.
    """

    hit: Hit
    start: int
    end: int
    text: str
    previous: str
    carried: tuple[Period, ...]
    day: date | None

    @cached_property
    def folded(self) -> str:
        """The sentence without diacritics, same length."""
        return fold(self.text)

    @cached_property
    def words(self) -> list[str]:
        """Folded syllables and numbers, abbreviations written out."""
        return folded_words(self.text)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Folded syllables and their pairs."""
        return with_neighbours(self.words)

    @cached_property
    def accented(self) -> frozenset[str]:
        """Syllables with their diacritics."""
        return frozenset(syllables(normal_tone(self.text)))

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods that the sentence is about: not those it only compares with ("so với năm 2015")."""
        return own_periods(self.text, self.day)


@dataclass(frozen=True)
class ArticleWords:
    """The folded words of an article, and how often each of them is written with a capital."""

    article: Article
    words: frozenset[str]
    title: frozenset[str]
    count: Counter[str]
    capital: Counter[str]

    @classmethod
    @lru_cache(maxsize=512)
    def of(cls, article: Article) -> ArticleWords:
        """Count the words of an article; the last ones are kept, articles are asked about again and again."""
        count: Counter[str] = Counter()
        capital: Counter[str] = Counter()
        for match in _WORD.finditer(fold(article.text)):
            count[match.group()] += 1
            capital[match.group()] += article.text[match.start()].isupper()
        words = _with_aliases(folded_words(article.text))
        title = folded_words(f"{article.title} {article.source}")
        return cls(article, with_neighbours(words), with_neighbours(title), count, capital)

    @cached_property
    def places(self) -> tuple[tuple[str, str], ...]:
        """The names that the article says the kind of place of."""
        return typed_names(self.article.text)

    @cached_property
    def initials(self) -> frozenset[str]:
        """The folded initials, two to five letters, of words that follow each other with capitals: "st", "tpst"."""
        runs = (
            [fold(word[0]) for word in run.group().split()] for run in _CAPITALS.finditer(self.article.text)
        )
        return frozenset(
            "".join(run[start : start + size])
            for run in runs
            for size in range(2, 6)
            for start in range(len(run) - size + 1)
        )

    def names(self, word: str) -> bool:
        """Whether the article writes the folded word with a capital, or names its place otherwise."""
        return self.capital[word] > 0 or any(word in names and names & self.words for names in _ALIASES)

    def passage(self, hit: Hit) -> frozenset[str]:
        """The words and pairs of a hit's passage."""
        return words_of(hit.passage.text)


_CAPITALS = re.compile(rf"[{UPPER}]\w*(?: [{UPPER}]\w*)+")
_ALIASES = ({"ho_chi", "chi_minh", "hcm", "tphcm", "sai_gon"},)
"""Folded names, as words or pairs, of one and the same place."""


def _with_aliases(words: list[str]) -> list[str]:
    """The words, and the other names of a place that they name."""
    present = with_neighbours(words)
    return words + [word for names in _ALIASES if names & present for word in sorted(names - present)]


def with_neighbours(words: list[str]) -> frozenset[str]:
    """The words and the pairs of neighbours, "thu_ngan"."""
    return frozenset(words) | {f"{a}_{b}" for a, b in itertools.pairwise(words)}


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """The folded words of a text and the pairs of neighbours; the last texts are kept, they are asked about again and again."""
    return with_neighbours(folded_words(text))


def readings(hit: Hit) -> list[Reading]:
    """The sentences of a hit's passage, each with the sentence before it and the periods carried to it."""
    article = hit.article
    day = reference_day(article)
    topic = topic_periods(article, day)
    carried = topic
    lead = max(0, article.text.rfind("\n", 0, hit.passage.start))
    found: list[Reading] = []
    previous = ""
    for start, end in sentences(article.text, lead, hit.passage.end):
        text = article.text[start:end]
        if start >= hit.passage.start:
            found.append(Reading(hit, start, end, text, previous, carried, day))
        own = own_periods(text, day)
        carried = (*own, *topic) if own else carried
        previous = text
    return found


def topic_periods(article: Article, day: date | None) -> tuple[Period, ...]:
    """The periods of the title and of the first sentences: what a report is about unless it says otherwise."""
    head = sentences(article.text, 0, min(len(article.text), _HEAD_CHARACTERS))[:_HEAD_SENTENCES]
    texts = [article.title, *(article.text[start:end] for start, end in head)]
    return tuple(period for text in texts for period in own_periods(text, day))


def reference_day(article: Article) -> date | None:
    """The day that "năm nay" and "ngày 24/6" are resolved against.

    The day of publication; without one, the last day of the year that the article names most often.
    """
    if article.published:
        return article.published
    years = Counter(_YEAR.findall(article.text))
    if not years:
        return None
    most = max(years.values())
    return date(max(int(year) for year, count in years.items() if count == most), 12, 31)


_AHEAD = re.compile(r"phan dau|du kien|ke hoach|muc tieu|se ")
_REPORTED_UNTIL = 2
"""The month until which "cả năm" of a report is the year before."""


def own_periods(text: str, day: date | None) -> tuple[Period, ...]:
    """The periods that a sentence tells, without those that are only compared with or left open."""
    folded = fold(text)
    return tuple(
        _year_before(period) if day and _is_year_before(period, day, folded) else period
        for period in find_periods(text, day)
        if not _OPEN.search(folded, period.start, period.end) and not _COMPARED.search(folded[: period.start])
    )


@dataclass(frozen=True, slots=True)
class Around:
    """The folded words (and pairs) around a span.

    Attributes:
        left: back to the span before it, or the clause's start.
        close_left: of these, the ones behind the last comma.
        right: up to the next comma, "và" or span.
        before: of the clause, up to the span.
        clause: the whole clause.
        plain_left: the text of ``left``, folded.
    """

    left: frozenset[str]
    close_left: frozenset[str]
    right: frozenset[str]
    before: frozenset[str]
    clause: frozenset[str]
    plain_left: str


def around(reading: Reading, span: Candidate, spans: list[Candidate]) -> Around:
    """The words around a span; ``spans`` are all candidates of the sentence."""
    text = reading.folded
    edges = [0, *(match.end() for match in _CLAUSE.finditer(reading.text)), len(text)]
    low = max(edge for edge in edges if edge <= span.start)
    high = min(edge for edge in edges if edge >= span.end)
    others = [other for other in spans if other is not span]
    left = max([other.end for other in others if low <= other.end <= span.start], default=low)
    right = min([other.start for other in others if span.end <= other.start <= high], default=high)
    stop = _RIGHT_STOP.search(text, span.end, right)
    plain_left = text[left : span.start]
    tail = text[span.start : stop.start() if stop else right]
    return Around(
        left=with_neighbours(folded_words(plain_left)),
        close_left=with_neighbours(folded_words(plain_left.rsplit(",", 1)[-1])),
        right=with_neighbours(folded_words(tail)),
        before=with_neighbours(folded_words(text[low : span.start])),
        clause=with_neighbours(folded_words(text[low:high])),
        plain_left=plain_left,
    )


_POINTS_BACK = re.compile(
    r"(?:chinh )?(?:vi (?:the|vay|ly do (?:do|nay|tren))|do (?:do|vay)|boi (?:the|vay)|nho (?:do|vay)|"
    r"cho nen|ket qua la|he qua la)\b"
)


def points_back(sentence: str) -> bool:
    """Whether a sentence tells what came of what the one before it says.

    >>> points_back("Vì thế dân bịt miệng cống."), points_back("Vì cống bốc mùi, dân bịt lại.")
    (True, False)
    """
    return _POINTS_BACK.match(fold(sentence)) is not None


_TIED = re.compile(r" (?:của|trong) (?:cả )?")


def governing_period(reading: Reading, span: Candidate) -> Period | None:
    """The period the span is of: one tied to it ("6,2% của quý I"), the last before it, or the first behind it in its part.

    A period that is only compared with ("so với năm 2015", "cùng kỳ") governs nothing.
    """
    own = reading.periods
    stop = re.compile(r"[,;()]").search(reading.text, span.end)
    part = stop.start() if stop else len(reading.text)
    behind = [period for period in own if span.end <= period.start and period.end <= part]
    before = [period for period in own if period.end <= span.start]
    if behind and _TIED.fullmatch(reading.text, span.end, behind[0].start):
        return behind[0]
    if before and not re.search(r"[;)]", reading.text[before[-1].end : span.start]):
        return before[-1]
    return behind[0] if behind else (before[-1] if before else None)


def _is_year_before(period: Period, day: date, folded: str) -> bool:
    whole = fold(period.text) == "ca nam" and period.first is not None and period.first.year == day.year
    return whole and day.month <= _REPORTED_UNTIL and _AHEAD.search(folded) is None


def _year_before(period: Period) -> Period:
    assert period.first is not None
    assert period.last is not None
    year = period.first.year - 1
    return replace(period, first=period.first.replace(year=year), last=period.last.replace(year=year))
