"""From a reply to its citation: the verbatim sentence, with the place of the answer in it."""

from __future__ import annotations

from index.types import Span
from qa.features import Scored
from qa.types import Citation, Hit


def cite(number: int, scored: Scored) -> Citation:
    """The citation of a reply's sentence."""
    reading = scored.reading
    start, end = scored.span
    mark = (reading.start + start, reading.start + end)
    return quote(number, reading.hit, reading.start, reading.end, (mark,))


def quote(number: int, hit: Hit, start: int, end: int, marks: tuple[Span, ...] = ()) -> Citation:
    """The citation of ``article.text[start:end]`` of a hit's article."""
    article = hit.article
    return Citation(
        number=number,
        passage_id=hit.passage.passage_id,
        article_id=article.article_id,
        path=article.path,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        quote=article.text[start:end],
        start=start,
        end=end,
        marks=marks,
    )
