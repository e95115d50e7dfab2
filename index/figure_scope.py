"""Where and when a figure is said of: in its sentence, else as carried from what was said before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from index.figure_sentence import Sentence
from index.places import Mention, Place, mentions
from index.split import sentences
from index.types import Article, Period, Quantity

_HEAD = 400
"""Characters of an article that are searched for the place it is about, beside its title."""
_PART = re.compile(r"[,;()]")
_CLOSED = re.compile(r"[;)]")
_PER_PLACE = re.compile(r"(?:so với|hơn|bằng|của toàn|chiếm|do|chi nhánh|kế hoạch|với) (?:[^,;]{0,12} )?$")
_STRONG = re.compile(r"(?:^|(?:tại|ở|địa bàn|toàn|riêng|của|cả|trong|,|:|-)\s)\W*$", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d.,/])")


class Scene:
    """What is said of place and time in an article up to where it is read; sentences are given in order."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.day = article.published or _year_end(article.text)
        self._period = self._title_period()
        self._place: Place | None = None
        self._paragraph = -1

    def enter(self, sentence: Sentence, paragraph: int) -> None:
        """Begin a sentence: a new paragraph forgets the place said in the one before."""
        if paragraph != self._paragraph:
            self._place, self._paragraph = None, paragraph

    def leave(self, sentence: Sentence) -> None:
        """End a sentence: what it says holds on."""
        periods = [period for period in sentence.periods if period.first is not None]
        lasting = [period for period in periods if period.grain != "day"] or periods
        if lasting:
            self._period = _moved(lasting[0], sentence.start)
        strong = [m for m in sentence.places if not m.body and _STRONG.search(sentence.text[: m.start])]
        if strong:
            self._place = self._known(strong[-1].place)

    def period(self, sentence: Sentence, quantity: Quantity) -> Period | None:
        """The period of a number: the last one before it in its sentence, else the first behind it, else carried."""
        own = sentence.periods
        stop = _PART.search(sentence.text, quantity.end)
        part = stop.start() if stop else len(sentence.text)
        before = [period for period in own if period.end <= quantity.start]
        behind = [period for period in own if quantity.end <= period.start and period.end <= part]
        if before and not (behind and _CLOSED.search(sentence.text[before[-1].end : quantity.start])):
            return _moved(before[-1], sentence.start)
        return _moved(behind[0], sentence.start) if behind else self._period

    def place(self, sentence: Sentence, quantity: Quantity) -> str:
        """The place of a number, by the same order; "" when nothing tells it."""
        told = sentence.places
        before = [m for m in told if m.end <= quantity.start and not self._is_aside(sentence, m)]
        stop = _PART.search(sentence.text, quantity.end)
        part = stop.start() if stop else len(sentence.text)
        behind = [m for m in told if quantity.end <= m.start < part and not self._is_aside(sentence, m)]
        mention = before[-1] if before else (behind[0] if behind else None)
        found = self._known(mention.place) if mention else None
        found = found or self._place or self.home
        return found.text if found else ""

    def _is_aside(self, sentence: Sentence, mention: Mention) -> bool:
        return _PER_PLACE.search(sentence.scan[: mention.start]) is not None

    def _known(self, place: Place) -> Place | None:
        """The place with its name and kind as the article tells them elsewhere."""
        if place.name and place.type:
            return place
        for known in self._named:
            if place.name and known.name == place.name and known.type:
                return known
            if not place.name and known.type == place.type:
                return known
        return place if place.name else None

    @cached_property
    def home(self) -> Place | None:
        """The place the article is about: of its title, else its source, else its head, else the one it names most often."""
        for text in (self.article.title, self.article.source, self.article.text[:_HEAD]):
            for mention in mentions(text):
                if mention.place.name:
                    return self._known(mention.place)
        counted = Counter(self._named)
        return counted.most_common(1)[0][0] if counted else None

    @cached_property
    def _named(self) -> list[Place]:
        texts = (self.article.title, self.article.source, self.article.text)
        return [m.place for text in texts for m in mentions(text) if m.place.name]

    def _title_period(self) -> Period | None:
        title = Sentence(self.article.title, 0, self.day)
        lasting = [period for period in title.periods if period.grain != "day"]
        if not lasting:
            return None
        start = self.article.text.find(lasting[0].text)
        return _moved(lasting[0], start - lasting[0].start) if start >= 0 else _nowhere(lasting[0])


def _moved(period: Period, by: int) -> Period:
    return Period(period.start + by, period.end + by, period.text, period.first, period.last, period.grain)


def _nowhere(period: Period) -> Period:
    return Period(0, 0, period.text, period.first, period.last, period.grain)


def _year_end(text: str) -> date | None:
    """Without a day of publication, the end of the year that a text names most often."""
    years = Counter(_YEAR.findall(text))
    if not years:
        return None
    most = max(years.values())
    return date(max(int(year) for year, count in years.items() if count == most), 12, 31)


def read_sentences(article: Article, day: date | None) -> Iterator[tuple[int, Sentence]]:
    """The sentences of an article with the number of their paragraph; none of its page furniture."""
    for start, end in sentences(article.text):
        if not any(a <= start < b for a, b in article.furniture):
            yield article.text.count("\n", 0, start), Sentence(article.text[start:end], start, day)
