"""Replies of another place than the one asked about, where only the corpus knows that the question names a place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from index.ledger import Ledger
from index.places import Place, read_place
from index.vietnamese import fold
from qa.question import Question
from qa.read import Reply
from qa.scope import scope_of

DOUBT = 0.3
"""What the confidence of a reply of another place is multiplied with, as for the guards of ``qa/guards.py``."""
_LONGEST = 4
"""Syllables of the longest name that is looked for."""
_TOWNS = frozenset({"thành phố", "thị xã", "huyện", "quận"})
"""Places whose names no list holds, but the corpus."""
_WORD = re.compile(r"\w+")


def doubted(asked: Question, replies: list[Reply], ledger: Ledger | None) -> list[Reply]:
    """The replies, less sure where they are of another town than those of the question, and the article names none of them.

    Args:
        asked: the question; one for a place may be answered by another one.
        replies: best first.
        ledger: of the corpus, whose figures tell what places there are; None where there is none.
    """
    if ledger is None or not replies or asked.kind in ("place", "contact"):
        return replies
    places = towns_named(asked.text, _known(ledger))
    if not places:
        return replies
    return [
        replace(one, confidence=one.confidence * DOUBT) if _of_another(one, places) else one
        for one in replies
    ]


def _of_another(reply: Reply, asked: Sequence[Place]) -> bool:
    """Whether a reply is of a town of another name, in an article that names none of those asked about."""
    told = scope_of(reply.scored).place
    if told is None or not told.name or told.type not in {place.type for place in asked}:
        return False
    article = reply.scored.reading.hit.article
    room = fold(f"{article.title} {article.source} {article.text}")
    return not any(fold(place.name) in room for place in asked)


def towns_named(question: str, known: dict[str, frozenset[str]]) -> list[Place]:
    """The towns and districts that a question names, by their kinds.

    Args:
        question: NFC text; when it has capitals, names stand with them.
        known: folded names of two syllables or more -> kinds of places.

    >>> towns_named("Lai Vu thu bao nhiêu?", {"lai vu": frozenset({"thành phố"})})
    [Place(type='thành phố', name='Lai Vu')]
    """
    found = [Place(kind, name) for name in _runs(question) for kind in sorted(known.get(fold(name), ()))]
    return list(dict.fromkeys(found))


def _runs(question: str) -> Iterator[str]:
    """Two to four words that follow each other, with capitals unless the question has none."""
    words = list(_WORD.finditer(question))
    capitals = any(word.group()[0].isupper() for word in words[1:])
    for size in range(2, _LONGEST + 1):
        for at in range(len(words) - size + 1):
            run = words[at : at + size]
            if not capitals or all(word.group()[0].isupper() for word in run):
                yield question[run[0].start() : run[-1].end()]


@lru_cache(maxsize=4)
def _known(ledger: Ledger) -> dict[str, frozenset[str]]:
    """Folded name -> the kinds of towns and districts that bear it."""
    kinds = defaultdict[str, set[str]](set)
    for written in ledger.places():
        place = read_place(written)
        if place.type in _TOWNS and " " in place.name:
            kinds[fold(place.name)].add(place.type)
    return {name: frozenset(types) for name, types in kinds.items()}
