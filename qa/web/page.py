"""The chat page's look, script and words, put together from the files in ``static``; nothing is fetched from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files

from qa.web.markup import escape
from qa.web.words import LANGUAGES, words

SCRIPTS = ("core.js", "chat.js", "articles.js", "figures.js")
_NARROW = (
    "<style>@media (max-width: 640px) { .gradio-container .main.app { padding: .5rem !important; } }</style>"
)


def css() -> str:
    """The style sheet."""
    return _static("style.css")


def head() -> str:
    """What goes into the page's head: its words and its scripts."""
    told = json.dumps({language: words(language) for language in LANGUAGES}, ensure_ascii=False)
    code = "\n".join(_static(name) for name in SCRIPTS)
    safe = told.replace("</", "<\\/")
    return f"{_NARROW}<script>\nconst hoidapWords = {safe};\n{code}\n</script>"


def _static(name: str) -> str:
    return files("qa.web").joinpath("static", name).read_text(encoding="utf-8")


def heading(status: str, generation: str, language: str) -> str:
    """The head of the page: its name, what the index holds, and what can be done from anywhere.

    Args:
        status: HTML.
        generation: the published generation; the script says so when it changes.
        language: that of the page.
    """
    said = words(language)
    other = "vi" if language == "en" else "en"
    return (
        f'<div class="hd-top" data-generation="{escape(generation)}"><div><h1>{said["title"]}</h1>{status}</div>'
        '<div class="hd-tools">'
        f'<button type="button" data-do="fresh">{said["new_chat"]}</button>'
        f'<button type="button" data-do="history">{said["history"]}</button>'
        f'<button type="button" data-do="export">{said["export"]}</button>'
        f'<button type="button" data-do="look" aria-label="Sáng/tối · light/dark">◐</button>'
        f'<a href="?lang={other}" hreflang="{other}" lang="{other}">{said["other_language"]}</a></div></div>'
    )


def hello(examples: Sequence[str], language: str, *, empty: bool = False) -> str:
    """What stands in the chat before the first question; of an empty index, how to fill it."""
    said = words(language)
    if empty:
        return f'<div class="hd-hello"><b>{said["empty"]}</b><br>{said["empty_more"]}</div>'
    tried = "".join(
        f'<button type="button" class="hd-next">{escape(example)}</button>' for example in examples
    )
    return (
        f'<div class="hd-hello"><b>{said["hello"]}</b><br>{said["hello_more"]}'
        f'<div class="hd-tries">{tried}</div></div>'
    )


def side(language: str) -> str:
    """The panel of sources, empty."""
    said = words(language)
    return (
        f'<section class="hd-panel" aria-labelledby="hd-side-title"><h2 id="hd-side-title">{said["sources"]}</h2>'
        f'<div id="hd-panel"><p class="hd-empty">{said["sources_here"]}</p></div></section>'
    )


def filters(sources: Mapping[str, int], years: Sequence[int], language: str) -> str:
    """The fields that limit a search, folded, with what they may hold; chips of what is set above them.

    Args:
        sources: number of articles by source.
        years: the years of publication.
        language: that of the page.
    """
    said = words(language)
    listed = "".join(
        f'<option value="{escape(name)}">{escape(f"{name} ({articles})")}</option>'
        for name, articles in sources.items()
    )
    dated = "".join(f'<option value="{year}"></option>' for year in years)
    return (
        f'<details class="hd-filters"><summary>{said["filters"]}</summary><div class="hd-fields">'
        f"{_field('source', said['source'], said['source_hint'], 'hd-sources-known')}"
        f"{_field('since', said['since'], said['day_hint'], 'hd-years-known')}"
        f"{_field('until', said['until'], said['day_hint'], 'hd-years-known')}</div>"
        f'<datalist id="hd-sources-known">{listed}</datalist><datalist id="hd-years-known">{dated}</datalist></details>'
    )


def _field(name: str, label: str, hint: str, known: str) -> str:
    return (
        f'<label>{label} <input id="hd-filter-{name}" type="text" autocomplete="off" list="{known}"'
        f' placeholder="{escape(hint)}"></label>'
    )


BARS = '<div id="hd-next"></div><div id="hd-editing" role="status"></div><div id="hd-chips"></div>'
"""Between chat and question: what to ask next, that a question is being edited, which filters are set."""

LOGIN = "<b>Hỏi đáp trên bài viết</b><br>Trang này cần đăng nhập: <i>username</i> là tên, <i>password</i> là mật khẩu."
"""What the page that asks for a password says; its own words are Gradio's, which cannot be set there."""

GRADIO_WORDS = {
    "chatbot.retry": "Hỏi lại",
    "chatbot.undo": "Bỏ lượt cuối",
    "chatbot.clear": "Xóa cuộc trò chuyện",
    "common.clear": "Xóa",
    "common.loading": "Đang tải",
    "common.error": "Lỗi",
}
"""Gradio's own words, by its keys; it ships no Vietnamese."""
