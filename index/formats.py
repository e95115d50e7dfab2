"""The plain formats (text, Markdown) and what every reader returns.

A reader turns the bytes of one file into a ``Draft``: the text as it stands and the metadata the format
itself carries. Cleaning and the search for missing metadata come later, in ``index.articles``.
Only this file imports yaml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import yaml

from index.legacy import decode
from index.stamps import stamp_date
from index.vietnamese import to_nfc


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader found in one file.

    Attributes:
        text: the text, not yet cleaned.
        title: from the file's metadata; "" when it has none.
        source: the publisher that the author of the file declared; "" when unknown.
        url: the canonical address; "" when unknown.
        published: the day of publication from the metadata.
        created: the day the file was made; the weakest hint to the day of publication.
        site: the name of the web site the page is from; weaker than a source the article itself names.
    """

    text: str
    title: str = ""
    source: str = ""
    url: str = ""
    published: date | None = None
    created: date | None = None
    site: str = ""


_FRONT = re.compile(r"\s*---[ \t]*\r?\n(?P<head>.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_KEYS = {
    "title": ("title", "tiêu đề", "tieu de", "tieude"),
    "source": ("source", "nguồn", "nguon", "site", "sitename", "publisher"),
    "url": ("url", "link", "canonical", "địa chỉ web"),
    "published": ("published", "date", "ngày", "ngay", "ngày đăng", "ngày xuất bản", "published_at"),
}


def read_text(data: bytes) -> Draft:
    """Read a text file, with or without front matter.

    Raises:
        UnreadableFile: binary data.
    """
    return _with_front_matter(to_nfc(decode(data)))


def read_markdown(data: bytes) -> Draft:
    """Read a Markdown file: front matter apart, marks taken off, lists and tables kept as lines.

    Raises:
        UnreadableFile: binary data.
    """
    draft = _with_front_matter(to_nfc(decode(data)))
    return Draft(plain_markdown(draft.text), draft.title, draft.source, draft.url, draft.published)


def _with_front_matter(text: str) -> Draft:
    """Split off a block of "key: value" lines between two "---" at the head of the text."""
    match = _FRONT.match(text)
    fields = _fields(match["head"]) if match else {}
    if match is None or not fields:
        return Draft(text)
    found = {name: next((fields[key] for key in keys if fields.get(key)), "") for name, keys in _KEYS.items()}
    source, url = found["source"], found["url"]
    if source.startswith(("http://", "https://")):
        source, url = "", url or source
    return Draft(text[match.end() :], found["title"], source, url, stamp_date(found["published"]))


def _fields(head: str) -> dict[str, str]:
    """Front matter as lower-case keys and plain strings; {} when it is none (a rule under a heading, say)."""
    try:
        loaded = yaml.load(head, Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        # A colon inside an unquoted title breaks YAML; the line itself still tells key and value.
        loaded = dict(line.split(":", 1) for line in head.splitlines() if re.match(r"[\w ]+:", line))
    if not isinstance(loaded, dict):
        return {}
    return {str(key).strip().lower(): _plain(value) for key, value in loaded.items()}


def _plain(value: object) -> str:
    """A field as one line without quotes; nested values are of no use here."""
    return " ".join(value.strip().strip("\"'").split()) if isinstance(value, str) else ""


_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE), r"\1"),
    (re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*=+[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*[*+-][ \t]+", re.MULTILINE), "- "),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"^[ \t]*\|(.*)\|[ \t]*$", re.MULTILINE), r"\1"),
)


def plain_markdown(text: str) -> str:
    r"""Take the marks of Markdown off a text and leave its words.

    >>> plain_markdown("## Thu **459,6 tỷ**\n\n* xem [báo cáo](http://x.vn)\n![ảnh](a.png)")
    'Thu 459,6 tỷ\n\n- xem báo cáo\n'
    """
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    return text
