"""The figures of an article: every quantity with what it measures, when, where and whether it happened."""

from __future__ import annotations

from index.quantities import find_quantities
from index.split import sentences
from index.types import Article, Figure


def figures_of(article: Article) -> list[Figure]:
    """The figures of an article in reading order; none of its page furniture."""
    found: list[Figure] = []
    for start, end in sentences(article.text):
        if any(a <= start < b for a, b in article.furniture):
            continue
        for quantity in find_quantities(article.text[start:end]):
            found.append(
                Figure(
                    "",
                    quantity.value,
                    quantity.unit,
                    quantity.text,
                    quantity.qualifier,
                    None,
                    "",
                    "actual",
                    "",
                    article.article_id,
                    start + quantity.start,
                    start + quantity.end,
                    sentence=(start, end),
                    total=quantity.total,
                )
            )
    return found
