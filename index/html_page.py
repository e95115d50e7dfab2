"""HTML pages: main text, metadata, the owner lines of the footer. Only this file imports trafilatura."""

from __future__ import annotations

import codecs
import logging
import re
from datetime import date
from html.parser import HTMLParser

import trafilatura

from index.formats import Draft
from index.legacy import decode, repair
from index.lines import is_furniture
from index.stamps import stamp_date
from index.vietnamese import to_nfc

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_CHARSET = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]+encoding=[\"']([\w.:-]+)", re.I
)
_TOLD_BY_BYTES = frozenset(
    "utf-8 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be iso8859-1 cp1252 ascii".split()
)
"""Encodings whose declaration says nothing: the bytes tell them, and a declaration that can be read as ASCII is not in UTF-16."""
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ROW = re.compile(r"\|(.*)\|")
_SHORT = 200  # characters; with less main text than this the whole page is read


def read_html(data: bytes) -> Draft:
    """Read an HTML page.

    Args:
        data: the file; a declared charset is honoured when the bytes fit it.

    Returns:
        Main text with lists and tables as lines, followed by the page's owner, address, telephone and
        licence lines that stand outside of it; title, site name, canonical address and date where declared.

    Raises:
        UnreadableFile: binary data.
    """
    html = _DECLARATION.sub("", _decoded(data))
    page = _visible_lines(html)
    # Declared dates only: a guess from the running text would be wrong more often than none.
    found = trafilatura.bare_extraction(
        html,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    main = _rows(to_nfc(repair((found.text if found else "") or "")).splitlines())
    if len("".join(main)) < _SHORT:
        main = _fuller(main, page)
    known = set(main)
    footer = [line for line in dict.fromkeys(page) if is_furniture(line) and line not in known]
    text = "\n".join(main + footer)
    if not found:
        return Draft(text)
    title, site = _field(found.title), _field(found.sitename)
    return Draft(text, title, url=found.url or "", published=_day(found.date), site=site)


def _fuller(main: list[str], page: list[str]) -> list[str]:
    """The whole page when the main text misses most of it (a page of a few lines, or none found)."""
    return page if len("".join(main)) < len("".join(page)) / 2 else main


def _decoded(data: bytes) -> str:
    """The page by its declared charset where that works, else as any text file."""
    match = _CHARSET.search(data[:4096])
    name = (match[1] or match[2]).decode("ascii") if match else ""
    if name and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            if codecs.lookup(name).name not in _TOLD_BY_BYTES:
                return to_nfc(data.decode(name))
        except (LookupError, UnicodeDecodeError):
            return decode(data)
    return decode(data)


def _rows(lines: list[str]) -> list[str]:
    """Table rows without their outer bars."""
    stripped = (line.strip() for line in lines)
    return [match[1].strip() if (match := _ROW.fullmatch(line)) else line for line in stripped]


def _field(value: str | None) -> str:
    return " ".join(to_nfc(repair(value or "")).split())


def _day(value: str | None) -> date | None:
    return stamp_date((value or "")[:10])


class _Page(HTMLParser):
    """The visible text of a page, a line per block."""

    _HIDDEN = frozenset(("script", "style", "noscript", "template", "svg"))
    _IN_HEAD = frozenset(("title", "meta", "link", "base", *_HIDDEN))
    _INLINE = re.compile("a|abbr|b|cite|code|em|font|i|label|mark|small|span|strong|sub|sup|time|u|wbr")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0
        self._head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._head = tag == "head" or (self._head and tag in self._IN_HEAD)  # its end may be left out
        self._hidden += tag in self._HIDDEN
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._head = self._head and tag != "head"
        self._hidden = max(0, self._hidden - (tag in self._HIDDEN))
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden and not self._head:
            self.parts.append(data.replace("\n", " "))

    def _break(self, tag: str) -> None:
        if not self._INLINE.fullmatch(tag):
            self.parts.append("\n")


def _visible_lines(html: str) -> list[str]:
    """Every visible line of the page, without the extraction's choice."""
    page = _Page()
    page.feed(html)
    page.close()
    lines = (" ".join(line.split()) for line in to_nfc(repair("".join(page.parts))).splitlines())
    return [line for line in lines if line]
