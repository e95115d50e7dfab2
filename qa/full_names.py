"""The full name of a person whom a sentence calls by the given name: "ông Hưởng" is the "Trần Văn Hưởng" of the lead."""

from __future__ import annotations

import re

from index.names import is_surname
from index.split import sentences
from index.types import Article, Span
from index.vietnamese import UPPER

_WORDS_BEFORE = re.compile(rf"(?:(?<!\w)[{UPPER}]\w* ){{1,3}}$")
_TITLES = frozenset(["Ông", "Bà", "Anh", "Chị", "Cô", "Chú", "Em", "Cháu", "Bác", "Cụ"])
_TITLE = re.compile("^(?:đồng chí|" + "|".join(_TITLES) + ") ", re.IGNORECASE)
_LONGEST = 40
"""Characters before a given name in which the rest of the full name stands."""


def full_name(article: Article, name: str, before: int) -> Span | None:
    """Where the full name of the person called ``name`` stands: last before ``before``, else first in the article.

    A word like "ông" before the given name is passed over. None when ``name`` is more than one word, or when the article
    has no or several full names that end with it.

    >>> text = "Ông Trần Văn Hưởng chủ trì. Bà Lê Thị Mai dự. Ông Hưởng nói đồng ý."
    >>> article = Article("0" * 16, "/a.txt", "", "", "", None, text)
    >>> [text[slice(*full_name(article, "ông Hưởng", 50))], full_name(article, "Lan", 50), full_name(article, "Lê Mai", 50)]
    ['Trần Văn Hưởng', None, None]
    """
    name = _TITLE.sub("", name)
    if " " in name or not name:
        return None
    spans = [span for match in _occurrences(article, name) if (span := _whole(article.text, *match.span()))]
    if len({article.text[start:end] for start, end in spans}) != 1:
        return None
    return next((span for span in reversed(spans) if span[1] <= before), spans[0])


def sentence_around(article: Article, span: Span) -> Span:
    """The sentence of an article that holds a span."""
    low = article.text.rfind("\n", 0, span[0]) + 1
    high = article.text.find("\n", span[1])
    found = sentences(article.text, low, len(article.text) if high < 0 else high)
    return next((one for one in found if one[0] <= span[0] and span[1] <= one[1]), span)


def _occurrences(article: Article, name: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", article.text))


def _whole(text: str, start: int, end: int) -> Span | None:
    """The name with the capitalised words before it, from a family name on."""
    low = max(0, start - _LONGEST)
    before = _WORDS_BEFORE.search(text[low:start])
    if before is None:
        return None
    words = [match for match in re.finditer(r"\w+", before.group()) if match.group() not in _TITLES]
    first = next((word for word in words if is_surname(word.group())), None)
    return (low + before.start() + first.start(), end) if first else None
