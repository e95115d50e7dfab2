"""From a reply to its citation: the verbatim sentence, with the place of the answer in it."""

from __future__ import annotations

from qa.features import Scored
from qa.types import Citation


def cite(number: int, scored: Scored) -> Citation:
    """The citation of a reply's sentence."""
    reading, candidate = scored.reading, scored.candidate
    article = reading.hit.article
    whole = candidate.form == "sentence"
    mark = (
        (reading.start, reading.end)
        if whole
        else (reading.start + candidate.start, reading.start + candidate.end)
    )
    return Citation(
        number=number,
        passage_id=reading.hit.passage.passage_id,
        article_id=article.article_id,
        path=article.path,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        quote=reading.text,
        start=reading.start,
        end=reading.end,
        marks=(mark,),
    )
