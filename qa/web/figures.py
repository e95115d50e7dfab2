"""Figures as HTML: the tab that lists them, a table and a chart of a series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from index.errors import HoidapError
from index.types import Figure
from qa.answer import Assistant
from qa.figures import KINDS, FigureList, unit_told
from qa.types import Answer
from qa.web.markup import escape
from qa.web.sources import opener
from qa.web.words import counted
from qa.wording import show_day

PAGE = 50
_WIDTH, _HEIGHT, _EDGE = 560, 210, 34
_MOST_POINTS = 24


def tab(words: Mapping[str, str]) -> str:
    """The tab without its rows, which the script asks for."""
    kinds = "".join(f'<option value="{kind}">{words[kind]}</option>' for kind in KINDS)
    fields = "".join(
        f'<label>{words[key]}<input id="hd-figure-{name}" type="text" autocomplete="off"></label>'
        for name, key in (("indicator", "indicator"), ("place", "place"), ("year", "year"), ("unit", "unit"))
    )
    return (
        f'<div class="hd-shelf"><p class="hd-meta">{words["figures_about"]}</p><div class="hd-fields">{fields}'
        f'<label>{words["kind"]}<select id="hd-figure-kind"><option value="">{words["any"]}</option>{kinds}</select></label>'
        f'</div><div class="hd-actions"><button type="button" data-do="csv">{words["csv"]}</button></div>'
        '<div id="hd-figures" aria-live="polite"></div></div>'
    )


def listing(figures: FigureList, page: int, words: Mapping[str, str]) -> str:
    """One page of figures as a table, with a chart above it when they are one series.

    Args:
        figures: all that were found.
        page: from 0.
        words: the page's words.
    """
    if not figures:
        return f'<p class="hd-empty">{words["figures_none"]}</p>'
    last = (len(figures) - 1) // PAGE
    page = min(max(page, 0), last)
    shown = figures[page * PAGE : (page + 1) * PAGE]
    turning = ""
    if last:
        turning = "".join(
            f'<button type="button" data-do="turnFigures" data-page="{to}"'
            f"{'' if 0 <= to <= last else ' disabled'}>{label}</button>"
            for to, label in ((page - 1, words["earlier"]), (page + 1, words["later"]))
        )
    total = f'<span class="hd-meta">{counted(len(figures), "figures_count", words)}</span>'
    return f'{_table(shown, figures, words)}<div class="hd-actions">{turning}{total}</div>'


def figure_of(assistant: Assistant, answer: Answer) -> Figure | None:
    """The figure an answer gives, as the ledger has it; None for several answers, or when it has none there."""
    marks = [(one, mark) for one in answer.citations[:1] for mark in one.marks[:1]]
    if not answer.answered or answer.conflict or not marks:
        return None
    citation, (start, end) = marks[0]
    try:
        return assistant.figure_at(citation.article_id, start, end)
    except HoidapError:
        return None  # an index without figures: its answers stand


def series(assistant: Assistant, own: Figure | None, words: Mapping[str, str]) -> str:
    """The figures of one indicator, place and unit over time; "" when there is no series.

    Args:
        assistant: knows the others.
        own: the figure of an answer.
        words: the page's words.
    """
    if own is None or not own.indicator or not own.place or own.period is None or own.of:
        return ""
    found = assistant.figures(own.indicator, place=own.place, unit=own.unit)
    points = _once([one for one in found if not one.of and one.unit == own.unit])
    drawn = chart(points, found, words)
    if not drawn:
        return ""
    title = f"{words['series']}: {own.indicator} · {own.place}"
    table = _table(points[:_MOST_POINTS], found, words)
    return f'<details class="hd-series"><summary>{escape(title)}</summary>{drawn}{table}</details>'


def _once(figures: Sequence[Figure]) -> list[Figure]:
    """Figures that say the same of the same time, once, by time."""
    first: dict[tuple[object, ...], Figure] = {}
    for one in figures:
        if one.period and one.period.last:
            first.setdefault((one.period.first, one.period.last, one.kind, one.value), one)
    return sorted(first.values(), key=_day)


def chart(figures: Sequence[Figure], found: FigureList, words: Mapping[str, str]) -> str:
    """Figures over time as SVG: a bar each, filled for what happened, hatched for plans, its source on hover.

    Args:
        figures: of one indicator and one unit.
        found: knows their articles.
        words: the page's words.

    Returns:
        "" for fewer than two periods.
    """
    dated = sorted((one for one in figures if _day(one)), key=lambda one: (_day(one), one.kind))[
        :_MOST_POINTS
    ]
    if len({_day(one) for one in dated}) < 2 or len({unit_told(one) for one in dated}) > 1:
        return ""
    top = max(abs(float(one.value)) for one in dated) or 1.0
    step = (_WIDTH - 2 * _EDGE) / len(dated)
    bars = "".join(_bar(one, place, step, top, found, words) for place, one in enumerate(dated))
    kinds = [kind for kind in KINDS if any(one.kind == kind for one in dated)]
    legend = "".join(f'<span class="hd-key-{kind}">{words[kind]}</span>' for kind in kinds)
    base = _HEIGHT - _EDGE
    return (
        f'<svg class="hd-chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(words["series"])}">'
        f'<line x1="{_EDGE}" x2="{_WIDTH - _EDGE}" y1="{base}" y2="{base}"></line>{bars}</svg>'
        f'<p class="hd-legend">{legend}</p>'
    )


def _bar(
    figure: Figure, place: int, step: float, top: float, found: FigureList, words: Mapping[str, str]
) -> str:
    height = abs(float(figure.value)) / top * (_HEIGHT - 2 * _EDGE - 12)
    width = min(step * 0.7, 56)
    left = _EDGE + place * step + (step - width) / 2
    base, middle = _HEIGHT - _EDGE, left + width / 2
    article = found.articles.get(figure.article_id)
    told = [figure.indicator, figure.place, _period(figure), words[figure.kind], _amount(figure)]
    told += [article.title, article.source, show_day(article.published)] if article else []
    return (
        f'<g class="hd-bar-{figure.kind}"><title>{escape(" · ".join(part for part in told if part))}</title>'
        f'<rect x="{left:.1f}" y="{base - height:.1f}" width="{width:.1f}" height="{max(height, 1):.1f}"></rect>'
        f'<text x="{middle:.1f}" y="{base - height - 5:.1f}">{escape(figure.text if len(figure.text) <= 16 else "")}</text>'
        f'<text x="{middle:.1f}" y="{base + 15}">{escape(_axis(_period(figure)))}</text></g>'
    )


def _day(figure: Figure) -> date:
    return figure.period.last if figure.period and figure.period.last else date.max


def _period(figure: Figure) -> str:
    """The period as written, with its year where that is not written."""
    period = figure.period
    if period is None or period.last is None:
        return period.text if period else ""
    year = str(period.last.year)
    return period.text if year in period.text else f"{period.text} ({year})"


def _axis(period: str) -> str:
    """A period short enough to stand under a bar.

    Examples:
        >>> _axis("năm 2020"), _axis("9 tháng đầu năm (2021)")
        ('2020', '9 tháng… (2021)')
    """
    short = period[4:] if period.lower().startswith("năm ") else period
    return short if len(short) <= 16 else f"{short[:7].rstrip()}… {short[-6:].lstrip()}"


def _amount(figure: Figure) -> str:
    return f"{figure.qualifier} {figure.text}".strip()


def _table(figures: Sequence[Figure], found: FigureList, words: Mapping[str, str]) -> str:
    keys = ("indicator", "value", "period", "place", "kind", "source")
    looks = {"value": ' class="hd-value"'}  # its numbers stand to the right, and so does its head
    head = "".join(f'<th scope="col"{looks.get(key, "")}>{words[key]}</th>' for key in keys)
    body = "".join(_row(one, found, words) for one in figures)
    table = f'<table class="hd-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return (
        f'<div class="hd-scroll" tabindex="0" role="region" aria-label="{words["tab_figures"]}">{table}</div>'
    )


def _row(figure: Figure, found: FigureList, words: Mapping[str, str]) -> str:
    article = found.articles.get(figure.article_id)
    source = ""
    if article:
        start, end = figure.sentence if figure.sentence[1] else (figure.start, figure.end)
        label = " · ".join(filter(None, (article.source or article.title, show_day(article.published))))
        mark = [(figure.start, figure.end)]
        source = opener(article.article_id, article.text[start:end], start, label, mark)
    change = f'<br><span class="hd-meta">{escape(figure.change)}</span>' if figure.change else ""
    return (
        f"<tr><td>{escape(figure.indicator or '—')}{change}</td>"
        f'<td class="hd-value">{escape(_amount(figure))}</td><td>{escape(_period(figure))}</td>'
        f'<td>{escape(figure.place)}</td><td><span class="hd-kind-{figure.kind}">{words[figure.kind]}</span></td>'
        f"<td>{source}</td></tr>"
    )
