"""The tab of articles as HTML: the list, the fields to add some, how an update went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from index.articles import formats
from index.build import LEFT_OUT
from index.catalog import Catalog, Listed
from index.types import SkippedFile
from qa.web.builder import Progress
from qa.web.markup import count, escape
from qa.web.reply import remedy
from qa.web.sources import opener
from qa.wording import show_day

PAGE = 25


def tab(words: Mapping[str, str], *, read_only: bool) -> str:
    """The tab without its rows, which the script asks for.

    Args:
        words: the page's words.
        read_only: whether articles may not be added or removed.
    """
    search = (
        f'<label class="hd-search">{words["search_articles"]}'
        f'<input id="hd-article-search" type="search" autocomplete="off"></label>'
    )
    return (
        f'<div class="hd-shelf">{"" if read_only else _adding(words)}'
        '<div id="hd-progress" role="status" aria-live="polite"></div>'
        f'<div class="hd-fields">{search}</div><div id="hd-articles"></div></div>'
    )


def _adding(words: Mapping[str, str]) -> str:
    accepted = ",".join(formats())
    text_fields = (
        _input("title", words["text_title"])
        + _input("source", words["text_source"])
        + _input("day", words["text_day"])
        + f'<label style="flex-basis:100%">{words["text_body"]}<textarea id="hd-text-body" rows="5"></textarea></label>'
    )
    return (
        f'<div id="hd-drop" class="hd-drop"><b>{words["add"]}</b><p>{words["add_files"]} '
        f'<label class="hd-button hd-primary" tabindex="0">{words["choose_files"]}'
        f'<input id="hd-files" type="file" multiple accept="{accepted}" class="hd-unseen" tabindex="-1"></label></p>'
        f'<p class="hd-meta">{words["formats"]}: {accepted.replace(",", " ")}</p></div>'
        f'<details class="hd-filters"><summary>{words["add_text"]}</summary><div class="hd-fields">{text_fields}</div>'
        f'<button type="button" data-do="addText">{words["add_button"]}</button></details>'
        f'<details class="hd-filters"><summary>{words["add_url"]}</summary><div class="hd-fields">'
        f'<label>{words["url"]}<input id="hd-url" type="url" placeholder="https://"></label></div>'
        f'<button type="button" data-do="addUrl">{words["add_button"]}</button></details>'
        f'<div class="hd-actions"><button type="button" data-do="rebuild">{words["rebuild"]}</button>'
        f'<button type="button" data-do="undo" id="hd-undo" disabled>{words["undo"]}</button></div>'
    )


def _input(name: str, label: str) -> str:
    return f'<label>{label}<input id="hd-text-{name}" type="text" autocomplete="off"></label>'


def rows(
    catalog: Catalog,
    search: str,
    page: int,
    passages: Callable[[str], int],
    words: Mapping[str, str],
    *,
    read_only: bool,
) -> str:
    """One page of the list: files not indexed first, then articles, the newest first.

    Args:
        catalog: what the index holds.
        search: words that title, source or file name must hold.
        page: from 0.
        passages: number of passages of an article by its id; asked for the rows shown only.
        words: the page's words.
        read_only: whether there are no buttons to change anything.
    """
    articles, skipped = catalog.search(search)
    found: list[Listed | SkippedFile] = [*skipped, *articles]
    last = max(0, (len(found) - 1) // PAGE)
    page = min(max(page, 0), last)
    shown = found[page * PAGE : (page + 1) * PAGE]
    body = "".join(
        _article(one, passages(one.article_id), words, read_only=read_only)
        if isinstance(one, Listed)
        else _skipped(one, words, read_only=read_only)
        for one in shown
    )
    if not body:
        return f'<p class="hd-empty">{words["none_found"]}</p>'
    keys = ("col_title", "col_source", "col_day", "col_passages", "col_status", "col_actions")
    head = "".join(f'<th scope="col">{words[key]}</th>' for key in keys)
    table = f'<table class="hd-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    scroll = f'<div class="hd-scroll" tabindex="0" role="region" aria-label="{words["tab_articles"]}">{table}</div>'
    return f"{scroll}{_turning(page, last, len(found), words)}"


def _article(one: Listed, passages: int, words: Mapping[str, str], *, read_only: bool) -> str:
    name = PurePosixPath(one.path).name
    act = "" if read_only else _act("remove", one.path, words["remove"], name)
    return (
        f"<tr><td>{opener(one.article_id, '', 0, one.title)}"
        f'<span class="hd-meta"> {escape(name)}</span></td><td>{escape(one.source)}</td>'
        f"<td>{show_day(one.published)}</td><td>{count(passages)}</td>"
        f'<td class="hd-high">✓ {words["status_in"]}</td><td>{act}</td></tr>'
    )


def _skipped(one: SkippedFile, words: Mapping[str, str], *, read_only: bool) -> str:
    name = PurePosixPath(one.path).name
    kind = ("restore", words["restore"]) if one.reason == LEFT_OUT else ("remove", words["remove"])
    act = "" if read_only else _act(kind[0], one.path, kind[1], name)
    return (
        f"<tr><td>{escape(name)}</td><td></td><td></td><td></td>"
        f'<td class="hd-low">✗ {words["status_out"]}: {escape(one.reason)}</td><td>{act}</td></tr>'
    )


def _act(name: str, path: str, label: str, file: str) -> str:
    return (
        f'<button type="button" data-do="{name}" data-path="{escape(path)}"'
        f' aria-label="{escape(f"{label}: {file}")}">{label}</button>'
    )


def _turning(page: int, last: int, total: int, words: Mapping[str, str]) -> str:
    if not last:
        return ""
    buttons = "".join(
        f'<button type="button" data-do="turn" data-page="{to}"{"" if 0 <= to <= last else " disabled"}>{label}</button>'
        for to, label in ((page - 1, words["earlier"]), (page + 1, words["later"]))
    )
    return f'<div class="hd-actions">{buttons}<span class="hd-meta">{page + 1}/{last + 1} · {count(total)}</span></div>'


def progress_html(progress: Progress, now: float, words: Mapping[str, str]) -> str:
    """How far an update is: a bar with the time left; afterwards what became of each file.

    Args:
        progress: of the builder.
        now: the monotonic clock, seconds.
        words: the page's words.
    """
    if progress.running:
        return _bar(progress, now, words)
    if progress.error:
        return f'<p class="hd-note">{escape(remedy(progress.error))}</p>'
    if progress.report is None:
        return ""
    report = progress.report
    told = ((report.added, "added"), (report.changed, "altered"), (report.removed, "removed"))
    counts = ", ".join(f"{count(number)} {words[key]}" for number, key in told if number)
    reasons = {file.path: file.reason for file in report.skipped}
    files = "".join(
        f"<li><b>{escape(Path(step.path).name)}</b>: {_outcome(reasons.get(step.path), words)}</li>"
        for step in progress.steps
        if step.kind == "add"
    )
    listed = f'<ul class="hd-outcomes">{files}</ul>' if files else ""
    return f'<p class="hd-done">{words["done_build"]}{": " if counts else "."}{counts}</p>{listed}'


def _outcome(reason: str | None, words: Mapping[str, str]) -> str:
    if reason is None:
        return f'<span class="hd-high">✓ {words["outcome_in"]}</span>'
    return f'<span class="hd-low">✗ {words["status_out"]}: {escape(reason)}</span>'


def _bar(progress: Progress, now: float, words: Mapping[str, str]) -> str:
    stage = words.get(f"stage_{progress.stage}", words["stage_start"])
    known = f' value="{progress.done}" max="{progress.total}"' if progress.total else ""
    amount = f" {count(progress.done)}/{count(progress.total)}" if progress.total > 1 else ""
    return (
        f"<p><b>{stage}{amount}</b>{_left(progress.left(now), words)} · {words['meanwhile']}</p>"
        f'<progress aria-label="{stage}"{known}></progress>'
    )


def _left(seconds: float | None, words: Mapping[str, str]) -> str:
    if seconds is None:
        return ""
    amount = (
        f"{seconds / 60:.0f} {words['minutes']}" if seconds >= 90 else f"{seconds:.0f} {words['seconds']}"
    )
    return f" · {words['left']} {amount}"
