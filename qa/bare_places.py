"""Places that an article names without their kind: who reads "thành phố Bình An" once knows what "Bình An" is."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from index.figure_places import NEAR, ORGANISATION
from index.places import LEVELS, Place, places
from index.types import Article
from index.vietnamese import UPPER

_CAP = rf"[{UPPER}][a-zà-ỹđ’'-]+"
_NO_PLACE = re.compile(
    r"(?:khu công nghiệp|cụm công nghiệp|bệnh viện(?: [^\W\d_]+){0,2}|trường(?: [^\W\d_]+){0,3}|cầu|đường|sông|cảng"
    r"|nhà máy|dự án|công ty(?: [^\W\d_]+){0,4}|báo|ông|bà|chợ) $",
    re.IGNORECASE,
)
"""Before what is named after a place."""
_KIND_BEFORE = re.compile(rf"(?:^|[ ])(?:{'|'.join(LEVELS)}|tp\.?|ủy|tx\.?) $", re.IGNORECASE)
_NAME_BEFORE = re.compile(rf"{_CAP} $")
_OPENS = re.compile(r"(?:^|[.!?:“\"] ?)[^\W\d_]+ (?:\d{4} )?$")
_ADMINISTRATIVE = LEVELS[:8]

Told = tuple[int, Place]
"""Where a place is named in a text, and the place."""


def places_of(text: str, article: Article) -> list[Told]:
    """The places that a text of an article names, with their kind or as the article tells it elsewhere."""
    return sorted([*places(text), *bare(text, article)], key=lambda one: one[0])


def bare(text: str, article: Article) -> list[Told]:
    """The places of an article named without their kind; not as parts of other names, nor of what is named after them."""
    found = []
    for name, place in _named(article).items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?! ?-)(?!\w)(?! {_CAP})", text):
            before = text[max(0, match.start() - NEAR) : match.start()]
            after_name = _NAME_BEFORE.search(before) and not _OPENS.search(before)
            part = ORGANISATION.search(before) or _NO_PLACE.search(before) or _KIND_BEFORE.search(before)
            if not (after_name or part):
                found.append((match.start(), place))
    return found


def paragraph_place(article: Article, start: int) -> Place | None:
    """The only place that a paragraph names before ``start``, in an article that tells of several; else None."""
    if len(_named(article)) < 2:
        return None
    opens = article.text.rfind("\n", 0, start) + 1
    told = [
        place
        for _, place in places_of(article.text[opens:start], article)
        if place.name and place.type in ("", *_ADMINISTRATIVE)
    ]
    return told[-1] if len({place.name for place in told}) == 1 else None


@lru_cache(maxsize=256)
def _named(article: Article) -> dict[str, Place]:
    """The names of two syllables or more that an article tells with a kind; without it where it tells several."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for text in (article.title, article.source, article.text):
        for _, place in places(text):
            if place.type in _ADMINISTRATIVE and " " in place.name:
                kinds[place.name].append(place.type)
    return {name: Place(told[0] if len(set(told)) == 1 else "", name) for name, told in kinds.items()}
