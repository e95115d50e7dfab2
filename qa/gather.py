"""Which sentences together answer a question that no single figure or name answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.vietnamese import fold
from qa.read import Reply
from qa.surroundings import points_back

MOST_WORDS = 150
"""Words of all sentences together: more than this nobody reads as an answer."""
MOST_SENTENCES = 3
_MARGIN = 3.0
"""How far below the best sentence another one of the same article may score and still be quoted with it."""
_GOES_ON = re.compile(
    r"(?:do la|gom|bao gom|cac \w+ con lai|ngoai ra|ben canh do|trong do|cu the|nhu vay)\b|[-+•*]|\d\)"
)


def gather(replies: Sequence[Reply]) -> list[Reply]:
    """The best sentence and those of its article that belong to the answer, in the order of the article.

    Before a sentence that begins with "Vì thế" the one that says why.

    Args:
        replies: ranked; the first is a whole sentence.
    """
    best = replies[0]
    reading = best.scored.reading
    chosen, words = [best], len(reading.text.split())
    for reply in sorted(replies[1:], key=lambda reply: not _belongs(best, reply)):
        other = reply.scored.reading
        near = reply.score >= best.score - _MARGIN or _belongs(best, reply)
        same = other.hit.article.article_id == reading.hit.article.article_id
        count = len(other.text.split())
        if near and same and len(chosen) < MOST_SENTENCES and words + count <= MOST_WORDS:
            chosen.append(reply)
            words += count
    return sorted(chosen, key=lambda reply: reply.scored.reading.start)


def _belongs(best: Reply, reply: Reply) -> bool:
    """Whether a sentence goes on where the best one ends, or says why where the best one begins with "Vì thế"."""
    first, second = best.scored.reading, reply.scored.reading
    why = (
        points_back(first.text)
        and bool(first.previous)
        and second.text == first.previous
        and second.start < first.start
    )
    return why or _follows(best, reply)


def _follows(best: Reply, reply: Reply) -> bool:
    """Whether a sentence goes on where the best one ends: "Đó là ...", a list item, the text below a heading."""
    first, second = best.scored.reading, reply.scored.reading
    if first.hit.article.article_id != second.hit.article.article_id:
        return False
    gap = first.hit.article.text[first.end : second.start]
    if second.start < first.end or gap.strip():
        return False
    heading = not first.text.rstrip().endswith((".", "!", "?", "”", '"'))
    return heading or _GOES_ON.match(fold(second.text)) is not None
