"""Questions that the ledger of figures answers: a series over the years, and the growth between two of them.

Every figure that is said is cited; growth is computed from two cited figures and said to be computed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.types import Article, Figure
from index.vietnamese import fold
from qa import wording
from qa.arithmetic import Computed
from qa.cite import quote
from qa.evidence import quantity, sureness
from qa.figures import KINDS, FigureFilters, FigureList, find_figures, unit_told
from qa.question import Question
from qa.retrieve import Filters, Retriever
from qa.types import Answer, Citation, Hit
from qa.verify import unsupported

_YEAR = r"(?:nam )?((?:19|20)\d\d)"
_SERIES = re.compile(
    r"\b(?:qua|theo) (?:cac |tung )?(?:nam|quy|thoi ky|giai doan|ky)\b(?! \d)|\bqua (?:cac|tung) \w+\b|\btung nam\b|\bcac nam\b"
    r"|\bnhung nam (?:qua|gan day)\b|\bdien bien\b"
)
_GROWTH = re.compile(rf"\btu {_YEAR} (?:den|toi) {_YEAR}\b")
_GROWN = re.compile(r"\b(?:tang|giam|thay doi|bien dong)\b")
_FRAME = re.compile(
    r"\b(?:cho biet|thong ke|liet ke|so lieu|chuoi|la bao nhieu|bao nhieu|nhu the nao|the nao|ra sao|may lan"
    r"|tang truong|tang|giam|thay doi|bien dong|hay|ve|cua|o|tai|tren dia ban|giai doan|hang nam|moi nam"
    r"|da|duoc|phan tram|so voi)\b|[?,.:]"
)
_MOST_POINTS = 12


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is wanted: the indicator, the place as the corpus writes it, and the two years of a growth."""

    indicator: str
    place: str
    years: tuple[int, int] | None


def series(typed: str, asked: Question, retriever: Retriever, filters: Filters) -> Answer | None:
    """The answer from the ledger; None when no series is asked for or the ledger holds none.

    Args:
        typed: the question as typed.
        asked: the same, understood.
        retriever: the open index.
        filters: which articles may speak.
    """
    ledger = retriever.generation.ledger
    if ledger is None or not _asks(asked.folded):
        return None
    wanted = _wanted(asked, ledger.places())
    found = find_figures(wanted.indicator, FigureFilters(place=wanted.place), retriever.generation)
    heard = [figure for figure in found if _may_speak(found.articles[figure.article_id], filters)]
    points = _points(heard)
    ends = _ends(points, wanted.years)
    if len(points) < 2 or (wanted.years is not None and ends is None):
        return None
    shown = ends if ends is not None else tuple(points[:_MOST_POINTS])
    sure = sureness(wanted.indicator, shown, heard, found.articles)
    return _answer(typed, asked, wanted, shown, found, sure, retriever)


def _asks(folded: str) -> bool:
    """Whether a series is asked for, or the growth between two years.

    >>> _asks("thu ngan sach qua cac nam"), _asks("tu 2015 den 2020 thu ngan sach tang bao nhieu"), _asks("thu ngan sach 2020")
    (True, True, False)
    """
    return bool(_SERIES.search(folded) or (_GROWTH.search(folded) and _GROWN.search(folded)))


def _wanted(asked: Question, places: Sequence[str]) -> _Asked:
    text = asked.folded
    growth = _GROWTH.search(text) if _GROWN.search(text) else None
    for pattern in (_SERIES, _GROWTH):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    for period in asked.periods:
        text = text[: period.start] + " " * (period.end - period.start) + text[period.end :]
    place = max((name for name in places if name and fold(name) in text), key=len, default="")
    if not place:
        names = sorted(
            {name.split(" ", 1)[-1] if name[0].islower() else name for name in places if name}, key=len
        )
        bare = [name.removeprefix("phố ").removeprefix("xã ").removeprefix("trấn ") for name in names]
        place = max(
            (name for name in bare if re.search(rf"\b{re.escape(fold(name))}\b", text)), key=len, default=""
        )
    indicator = " ".join(_FRAME.sub(" ", text.replace(fold(place), " ") if place else text).split())
    return _Asked(indicator, place, (int(growth[1]), int(growth[2])) if growth else None)


def _may_speak(article: Article, filters: Filters) -> bool:
    day = article.published
    return not (
        (filters.source is not None and filters.source not in article.source)
        or (filters.since is not None and (day is None or day < filters.since))
        or (filters.until is not None and (day is None or day > filters.until))
    )


def _points(figures: Sequence[Figure]) -> list[Figure]:
    """One figure a place, period and kind, of the unit most of them have, in the order of time."""
    dated = [
        figure for figure in figures if figure.period and figure.period.first and figure.period.grain != "day"
    ]
    units = Counter(unit_told(figure) for figure in dated)
    unit = units.most_common(1)[0][0] if units else ""
    kept: dict[tuple[object, ...], Figure] = {}
    for figure in dated:
        if unit_told(figure) == unit and figure.period:
            kept.setdefault((figure.place, figure.period.first, figure.period.last, figure.kind), figure)
    return sorted(kept.values(), key=lambda figure: (figure.place, _last(figure)))


def _ends(points: Sequence[Figure], years: tuple[int, int] | None) -> tuple[Figure, Figure] | None:
    """The figures of two whole years at one place."""
    if years is None:
        return None
    whole = [figure for figure in points if figure.period and figure.period.grain == "year"]
    pairs = [
        (first, last)
        for first in whole
        for last in whole
        if first.place == last.place and (_last(first).year, _last(last).year) == years
    ]
    return pairs[0] if pairs else None


def _last(figure: Figure) -> date:
    return (figure.period.last if figure.period else None) or date.min


def _answer(
    typed: str,
    asked: Question,
    wanted: _Asked,
    shown: Sequence[Figure],
    found: FigureList,
    sure: float,
    retriever: Retriever,
) -> Answer | None:
    hits = [_hit(rank, figure, found, retriever) for rank, figure in enumerate(shown, 1)]
    citations = tuple(
        quote(number, hit, *figure.sentence, ((figure.start, figure.end),))
        for number, (hit, figure) in enumerate(zip(hits, shown, strict=True), 1)
    )
    computed = _computed(shown) if wanted.years else []
    text = _said(shown, computed)
    if unsupported(text, _told(shown, citations), computed):
        return None
    return Answer(
        typed, text, None, True, sure, citations, tuple(hits), "answer", wording.understood(asked), asked.text,
        figures=tuple(shown),
    )  # fmt: skip


def _hit(rank: int, figure: Figure, found: FigureList, retriever: Retriever) -> Hit:
    """The passage a figure stands in."""
    stored = retriever.generation.passages_of(figure.article_id)
    passage = next(row.passage for row in stored if row.passage.start <= figure.start < row.passage.end)
    return Hit(passage, found.articles[figure.article_id], 1.0, rank)


def _told(shown: Sequence[Figure], citations: Sequence[Citation]) -> list[str]:
    """What the answer takes from the articles: the quotes, and the periods that were said before them."""
    told = [citation.quote for citation in citations]
    return told + [_when(figure) for figure in shown] + [figure.place for figure in shown]


def _said(shown: Sequence[Figure], computed: Sequence[Computed]) -> str:
    places = {figure.place for figure in shown}
    head = shown[0].indicator + (f" của {shown[0].place}" if len(places) == 1 and shown[0].place else "")
    items = [_item(number, figure, len(places) > 1) for number, figure in enumerate(shown, 1)]
    text = f"{head[:1].upper()}{head[1:]}: {'; '.join(items)}."
    if computed:
        verb = "tăng" if shown[-1].value >= shown[0].value else "giảm"
        about = "khoảng " if any(figure.qualifier for figure in shown) else ""
        text += f" Tính từ hai số liệu trên: {verb} {about}{', tức '.join(one.said() for one in computed)}."
    return text


def _item(number: int, figure: Figure, with_place: bool) -> str:
    """One figure with its time and marker, "năm 2020: 459,6 tỷ đồng [1]"; what is not yet so is marked."""
    place = f"{figure.place}, " if with_place and figure.place else ""
    when = _when(figure)
    kind = "" if figure.kind == "actual" else f" ({KINDS[figure.kind]})"
    qualifier = f"{figure.qualifier} " if figure.qualifier not in ("", "ước") else ""
    return f"{place}{when[:1].lower()}{when[1:]}: {qualifier}{figure.text}{kind} [{number}]"


def _when(figure: Figure) -> str:
    """The period of a figure as it is told, with its year where that is not said: "9 tháng đầu năm nay (2021)"."""
    told = figure.period.text if figure.period else ""
    return told if not told or re.search(r"\d{4}", told) else f"{told} ({_last(figure).year})"


def _computed(shown: Sequence[Figure]) -> list[Computed]:
    """By how much, and by what share of the first; what cannot be computed is left out."""
    first, last = map(quantity, (shown[0], shown[-1]))
    if first.value == last.value or first.value == 0:
        return []
    share = [] if first.unit.startswith("%") else [Computed("percent", last, first)]
    return [Computed("difference", last, first), *share]
