"""A conversation with its sources as a file: Markdown, or Word."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date

from qa.web.record import Record, SourceRecord
from qa.wording import show_day

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|])")


def to_markdown(records: Sequence[Record], words: Mapping[str, str]) -> str:
    """Return a conversation as Markdown.

    Args:
        records: the answered questions, oldest first.
        words: the page's words.
    """
    parts = [f"# {words['title']}"]
    for number, record in enumerate(records, 1):
        parts.append(f"## {number}. {_plain(record['question'])}")
        parts.append(_plain(record["text"]))
        if record["scope"]:
            parts.append(f"*{words['scope']}: {_plain(record['scope'])}*")
        parts += [_markdown_source(source) for source in record["sources"]]
    return "\n\n".join(parts) + "\n"


def to_docx(records: Sequence[Record], words: Mapping[str, str]) -> bytes:
    """Return a conversation as a Word document; arguments as in ``to_markdown``."""
    import docx

    document = docx.Document()
    document.core_properties.title = words["title"]
    document.add_heading(words["title"], level=1)
    for number, record in enumerate(records, 1):
        document.add_heading(f"{number}. {record['question']}", level=2)
        document.add_paragraph(record["text"])
        if record["scope"]:
            document.add_paragraph(f"{words['scope']}: {record['scope']}")
        for source in record["sources"]:
            document.add_paragraph(_source_line(source), style="List Bullet")
            document.add_paragraph(source["quote"], style="Quote")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _source_line(source: SourceRecord) -> str:
    day = show_day(date.fromisoformat(source["published"])) if source["published"] else ""
    told = (source["title"], source["source"], day, source["file"], source["url"])
    return f"[{source['number']}] {' · '.join(part for part in told if part)}"


def _markdown_source(source: SourceRecord) -> str:
    quote = _plain(source["quote"]).replace("\n", "\n> ")
    return f"{_plain(_source_line(source))}\n\n> {quote}"


def _plain(text: str) -> str:
    r"""Return a text whose marks Markdown shows as they are.

    Examples:
        >>> _plain("a*b [1]")
        'a\\*b \\[1\\]'
    """
    return _MARKDOWN.sub(r"\\\1", text)
