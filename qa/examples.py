"""Example questions made from the index."""

from __future__ import annotations

import re
from itertools import islice

from index.quantities import find_quantities
from index.split import sentences
from index.store_protocol import OpenGeneration
from index.types import Article
from index.vietnamese import UPPER

_SUBJECT = re.compile(
    rf"^(?P<subject>[{UPPER}][^,;:.()“”\"\d]{{8,70}}?)\s+(?:ước )?(?:đạt|là|còn|chiếm|có)\s+(?:hơn |trên |gần |khoảng )?$"
)


def example_questions(generation: OpenGeneration, n: int) -> list[str]:
    """Up to ``n`` questions, one an article, about a figure that a sentence opens with: "X là bao nhiêu?"."""
    found: list[str] = []
    for _, article in islice(generation.walk(), 200):
        question = _of_article(article)
        if question and question not in found:
            found.append(question)
        if len(found) == n:
            break
    return found


def _of_article(article: Article) -> str | None:
    for start, end in sentences(article.text):
        sentence = article.text[start:end]
        for quantity in find_quantities(sentence)[:1]:
            match = _SUBJECT.match(sentence[: quantity.start])
            if match:
                return f"{match.group('subject').strip()} là bao nhiêu?"
    return None
