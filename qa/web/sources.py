"""What an answer rests on, as HTML: cards of its sources, the passages read beside them, a whole article."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from index.types import Article, Span
from qa.cite import quote
from qa.types import Answer, Citation, Hit
from qa.web.markup import article_text, escape, mark, original_link
from qa.wording import show_day

_OTHER_HITS = 4


def outcome(answer: Answer) -> str:
    """Return "answer", "nearest" or "none": only an answered question may look answered."""
    if answer.answered:
        return "answer"
    return "nearest" if answer.outcome == "nearest" else "none"


def shown(answer: Answer) -> tuple[Citation, ...]:
    """Return what gets a card: the citations, or the nearest passage in their place."""
    if answer.citations or outcome(answer) != "nearest":
        return answer.citations
    return tuple(quote(1, hit, hit.passage.start, hit.passage.end) for hit in answer.hits[:1])


def sources(answer: Answer, words: Mapping[str, str]) -> str:
    """Return the sources of an answer, folded: its cards, and the passages that were read and not cited."""
    cards = "".join(_card(citation, answer.hits, words) for citation in shown(answer))
    note = f'<p class="hd-note">{words["nearest_note"]}</p>' if outcome(answer) == "nearest" else ""
    if not cards:
        note = f'<p class="hd-empty">{words["no_sources"]}</p>'
    title = f"{words['sources']} ({len(shown(answer))})"
    return (
        f'<details class="hd-sources"><summary>{title}</summary>'
        f'<div class="hd-cards">{note}{cards}{_other_hits(answer, words)}</div></details>'
    )


def article_view(article: Article | None, sentence: str, start: int, marks: Sequence[Span]) -> str:
    """Return an article to be read, opened at a sentence.

    Args:
        article: the article; None when it has left the index.
        sentence: verbatim; "" to open at the beginning.
        start: where it stood when it was cited; it is looked for when the text has moved since.
        marks: the answering parts, as offsets into the article at that time.

    Returns:
        HTML; "" when the article or the sentence is not there any more.
    """
    place = find_sentence(article, sentence, start)
    if article is None or place is None:
        return ""
    moved = [(left + place - start, right + place - start) for left, right in marks]
    body = article_text(article, (place, place + len(sentence)), moved)
    return f'<h2 id="hd-article-title">{escape(article.title)}</h2>{_meta(article)}{body}'


def find_sentence(article: Article | None, sentence: str, start: int) -> int | None:
    """Return where a sentence stands now, at its old place if it still does; None when it is gone."""
    if article is None:
        return None
    if article.text.startswith(sentence, max(start, 0)):
        return max(start, 0)
    place = article.text.find(sentence)
    return place if place >= 0 else None


def copies(citation: Citation, hits: Sequence[Hit]) -> list[Article]:
    """Return the other articles read that hold the cited sentence word for word, each once."""
    found = {
        hit.article.article_id: hit.article
        for hit in hits
        if hit.article.article_id != citation.article_id and citation.quote in hit.article.text
    }
    return list(found.values())


def opener(article_id: str, sentence: str, start: int, label: str, marks: Sequence[Span] = ()) -> str:
    """Return the button that opens an article at a sentence."""
    asked = json.dumps(
        {"id": article_id, "quote": sentence, "start": start, "marks": [list(span) for span in marks]},
        ensure_ascii=False,
    )
    return f'<button type="button" class="hd-link" data-do="open" data-at="{escape(asked)}">{escape(label)}</button>'


def _meta(article: Article) -> str:
    parts = [article.source, show_day(article.published), PurePosixPath(article.path).name]
    return f'<p class="hd-meta">{escape(" · ".join(part for part in parts if part))}</p>'


def _card(own: Citation, hits: Sequence[Hit], words: Mapping[str, str]) -> str:
    meta = [own.source, show_day(own.published), PurePosixPath(own.path).name]
    return (
        f'<article class="hd-card" data-card="{own.number}" tabindex="-1">'
        f'<h3><span class="hd-number">{own.number}</span> {escape(own.title)}</h3>'
        f'<p class="hd-meta">{escape(" · ".join(part for part in meta if part))}</p>'
        f"<blockquote>{quoted(own)}</blockquote>"
        f'<p class="hd-links">'
        f"{opener(own.article_id, own.quote, own.start, words['in_article'], own.marks)}"
        f"{_original(own, words)}</p>{_copies(own, hits, words)}</article>"
    )


def quoted(citation: Citation) -> str:
    """Return the quote with the answering parts marked."""
    marks = [(start - citation.start, end - citation.start) for start, end in citation.marks]
    return mark(citation.quote, (0, len(citation.quote)), (), marks)


def _original(citation: Citation, words: Mapping[str, str]) -> str:
    link = original_link(citation)
    if link is None:
        return ""
    target = 'target="_blank" rel="noopener noreferrer"'
    return f' <a class="hd-original" href="{escape(link)}" {target}>{words["original"]}</a>'


def _copies(citation: Citation, hits: Sequence[Hit], words: Mapping[str, str]) -> str:
    others = copies(citation, hits)
    if not others:
        return ""
    items = ", ".join(
        opener(
            other.article_id,
            citation.quote,
            other.text.index(citation.quote),
            " · ".join(filter(None, (other.source or other.title, show_day(other.published)))),
        )
        for other in others
    )
    return f'<p class="hd-copies">{words["copies"]}: {items}</p>'


def _other_hits(answer: Answer, words: Mapping[str, str]) -> str:
    """Return the passages that were read and not cited, folded."""
    used = {citation.passage_id for citation in shown(answer)}
    others = [hit for hit in answer.hits if hit.passage.passage_id not in used][:_OTHER_HITS]
    items = "".join(
        f"<li><b>{escape(hit.article.title)}</b><blockquote>{escape(hit.passage.text)}</blockquote>"
        f"{opener(hit.article.article_id, hit.passage.text, hit.passage.start, words['in_article'])}</li>"
        for hit in others
    )
    if not items:
        return ""
    return f'<details class="hd-others"><summary>{words["other_hits"]}</summary><ul>{items}</ul></details>'
