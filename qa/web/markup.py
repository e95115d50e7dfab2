"""Text as safe HTML: escaping, marking, links to the live page. Whatever a page shows passes ``escape``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import quote as percent
from urllib.parse import urlsplit

from index.types import Article, Span
from qa.types import Citation

_ACTIVE = re.compile(r"[!-/:-@\[-`{-~]")
"""Every ASCII mark: the alphabet of HTML, Markdown, formulas and templates."""

_FRAGMENT_WORDS = 5
"""A text fragment names a longer quote by this many words of either end: enough to be found once."""


def escape(text: str) -> str:
    r"""Return ``text`` so that neither HTML, Markdown, formulas nor templates see anything in it.

    Examples:
        >>> escape("<b> *x* [1]")
        '&#60;b&#62; &#42;x&#42; &#91;1&#93;'
        >>> escape("một\nhai")
        'một<br>hai'
    """
    return _ACTIVE.sub(lambda match: f"&#{ord(match.group())};", text).replace("\n", "<br>")


def count(number: int) -> str:
    """Return a count with Vietnamese thousands points.

    Examples:
        >>> count(13723)
        '13.723'
    """
    return f"{number:,}".replace(",", ".")


def original_link(citation: Citation) -> str | None:
    """Return the address of the quote on the live page; None when the article has no web address.

    The text fragment makes a browser scroll to the quote; a long one is given by its first and last words.

    Examples:
        >>> from dataclasses import replace
        >>> plain = Citation(1, "a-0", "a", "/a.txt", "", "", "https://bao.vn/a", None, "Thu 5 tỷ.", 0, 9)
        >>> original_link(plain)
        'https://bao.vn/a#:~:text=Thu%205%20t%E1%BB%B7.'
        >>> original_link(replace(plain, url="javascript:alert(1)")) is None
        True
    """
    try:
        address = urlsplit(citation.url)
    except ValueError:
        return None
    if address.scheme not in ("http", "https") or not address.netloc:
        return None
    glue = ":~:" if address.fragment else "#:~:"
    return f"{citation.url}{glue}text={_fragment(citation.quote)}"


def _fragment(quote: str) -> str:
    words = quote.split()
    if len(words) <= 2 * _FRAGMENT_WORDS:
        return _percent(words)
    return f"{_percent(words[:_FRAGMENT_WORDS])},{_percent(words[-_FRAGMENT_WORDS:])}"


def _percent(words: Sequence[str]) -> str:
    """Percent-encode words; the dash too, which means something in a text fragment."""
    return percent(" ".join(words), safe="").replace("-", "%2D")


def article_text(article: Article, here: Span, marks: Sequence[Span] = ()) -> str:
    """Return a whole article as paragraphs, with a sentence marked.

    Args:
        article: the article.
        here: the sentence; its marks carry the class ``hd-here``. An empty span marks nothing.
        marks: what of it is the answer itself.
    """
    paragraphs, start = [], 0
    for line in article.text.split("\n"):
        end = start + len(line)
        if line.strip():
            paragraphs.append(f"<p>{mark(article.text, (start, end), [here], marks, here)}</p>")
        start = end + 1
    return "".join(paragraphs)


def mark(text: str, window: Span, quotes: Sequence[Span], marks: Sequence[Span], here: Span = (0, 0)) -> str:
    """Return a window of a text, escaped, with quoted and answering parts in ``<mark>``.

    Args:
        text: the whole text; all spans are offsets into it.
        window: the part to return.
        quotes: what is cited.
        marks: what is the answer itself.
        here: the quote to scroll to.

    Examples:
        >>> mark("thu 5 tỷ nhé", (0, 12), [(0, 8)], [(4, 8)])
        '<mark class="hd-quote">thu </mark><mark class="hd-key">5 tỷ</mark> nhé'
    """
    start, end = window
    edges = {edge for span in (*quotes, *marks, here) for edge in span if start < edge < end}
    pieces = pairwise(sorted({start, end, *edges}))
    return "".join(_piece(text[left:right], left, quotes, marks, here) for left, right in pieces)


def _piece(text: str, at: int, quotes: Sequence[Span], marks: Sequence[Span], here: Span) -> str:
    name = "hd-key" if _inside(at, marks) else "hd-quote" if _inside(at, quotes) else ""
    if not name:
        return escape(text)
    target = " hd-here" if _inside(at, [here]) else ""
    return f'<mark class="{name}{target}">{escape(text)}</mark>'


def _inside(at: int, spans: Sequence[Span]) -> bool:
    return any(start <= at < end for start, end in spans)
