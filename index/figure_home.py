"""Which place an article is about, and how it tells the full names of places."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from index.figure_places import (
    ADDRESS,
    LOCATIVE,
    NEAR,
    OFFICE,
    ORGANISATION,
    STATE_OFFICE,
    in_a_row,
    is_state,
    told_places,
)
from index.figure_sentence import Sentence
from index.gazetteer import BARE_NAMES
from index.names import is_surname
from index.places import Mention, Place
from index.towns import ABROAD, all_mentions
from index.types import Article
from index.vietnamese import UPPER

_OFTEN = 5
"""Mentions from which on an article is about a place that neither its title nor its first lines name."""
_ABROAD = 2
"""The same for another country, which is seldom named by the way."""
_HEAD = 400
"""Characters of an article that are searched for the place it is about, beside its title."""
_CAPTION = re.compile(r"[^.\n]*[.(–-] ?Ảnh ?:")
_PERSON = re.compile(rf"(?<!\w)([{UPPER}]\w*)(?: [{UPPER}]\w*){{1,3}} ?\((?:[^()]{{0,20}}, ?)?$")
"""Before the place that somebody is from: "thí sinh Chu Hồng An (Thái Bình)"."""
_WHOLE = frozenset(["Việt Nam", "cả nước"])


class Home:
    """The places of an article: ``place`` is the one it is about."""

    def __init__(self, article: Article) -> None:
        self.article = article

    def full(self, place: Place) -> Place:
        """A named place with its kind as the article tells it elsewhere."""
        if place.type:
            return place
        kinds = {known.type for known in self.named if known.name == place.name and known.type}
        if place.name in BARE_NAMES:  # a province, unless its city is meant throughout
            kinds &= {"tỉnh", "thành phố"}
        return Place(kinds.pop(), place.name) if len(kinds) == 1 else place

    @cached_property
    def place(self) -> Place | None:
        """The place the article is about: of its title, else its source, else its head, else the one it names most often."""
        for text in (self.article.title, self.article.source):
            named = all_mentions(text)
            listed = in_a_row(text, named)
            for mention in named:
                if (
                    mention.place.name
                    and mention.start not in listed
                    and not ORGANISATION.search(text[: mention.start])
                ):
                    return self.full(mention.place)
        head = Sentence(_CAPTION.sub(" ", self.article.text[:_HEAD]), 0, None)
        told = [m for m in told_places(head) if m.place.name]
        strong = [m for m in told if self._is_scene(head, m)]
        strong.sort(key=lambda m: head.text[m.start - 1 : m.start] == "(")  # "cảng Cái Lân (Quảng Ninh)"
        ruled = (m for m in head.places if m.place.name and self._is_ruled(head, m))
        return next((self.full(m.place) for m in (*strong, *ruled)), None) or self._most()

    def _is_ruled(self, head: Sentence, mention: Mention) -> bool:
        """Whether an office of a place is told of, or who governs the country that the article tells most of."""
        before = head.text[: mention.start]
        state = mention.place.name in ABROAD and STATE_OFFICE.search(before) is not None
        return OFFICE.search(before) is not None or (state and self._is_most_told(mention.place))

    def _is_scene(self, head: Sentence, mention: Mention) -> bool:
        """Whether what happens is said to happen there, not only where somebody is from or lives."""
        before = LOCATIVE.search(head.text[: mention.start])
        if before is None or not self._is_most_told(mention.place):
            return False
        if before.group() == "(" and mention.place.name in ABROAD:
            return False
        person = _PERSON.search(head.text[: mention.start])
        if person and is_surname(person[1]):
            return False
        return ADDRESS.search(head.text[: mention.start]) is None

    def _is_most_told(self, place: Place) -> bool:
        """Whether no other country is named more often; True of places in this one."""
        return place.name not in ABROAD or self._abroad[place.name] == max(
            (n for one, n in self._abroad.items() if one), default=0
        )

    @cached_property
    def _abroad(self) -> Counter[str]:
        """How often the article tells of which other country, and of places in this one together as ""."""
        found: Counter[str] = Counter()
        states: set[str] = set()
        for mention in self._free:
            name = mention.place.name
            found[name if name in ABROAD else ""] += 1
            if is_state(self.article.text, mention.start):
                states.add(name)
        alone = "" not in found  # an article that names no place of this country
        return Counter({name: count for name, count in found.items() if alone or name in states or not name})

    @cached_property
    def _free(self) -> list[Mention]:
        """The named places of the text that are no part of another name."""
        text = self.article.text
        return [
            m
            for m in all_mentions(text)
            if m.place.name and not ORGANISATION.search(text[max(0, m.start - NEAR) : m.start])
        ]

    def _most(self) -> Place | None:
        """The place that an article names so much more often than others that it is about it."""
        near = Counter(place for place in self.named if place.type).most_common(2)
        second = near[1][1] if len(near) > 1 else 0
        if near and near[0][1] > second and near[0][1] >= max(_OFTEN, self._rivals(near[0][0])):
            return near[0][0]
        far = self._abroad.most_common(2)
        alone = len(far) == 1 or (len(far) > 1 and 2 * far[1][1] < far[0][1])
        if alone and far[0][0] and far[0][1] >= _ABROAD:
            return Place("", far[0][0])
        return self._whole_country()

    def _rivals(self, place: Place) -> int:
        """How often a province or country without its kind is named, beside the province or city that is named most."""
        if place.type not in ("tỉnh", "thành phố"):
            return 0
        bare = BARE_NAMES.keys() - _WHOLE - {place.name}
        return max(Counter(one.name for one in self.named if one.name in bare).values(), default=0)

    def _whole_country(self) -> Place | None:
        """This country, where an article names it and hardly any place besides."""
        names = Counter(mention.place.name for mention in self._free)
        here = names["Việt Nam"] + names["cả nước"]
        return Place("", "Việt Nam") if here >= _ABROAD and 2 * here > names.total() else None

    @cached_property
    def named(self) -> list[Place]:
        """Every place that the article names, in order."""
        texts = (self.article.title, self.article.source, self.article.text)
        return [m.place for text in texts for m in all_mentions(text) if m.place.name]
