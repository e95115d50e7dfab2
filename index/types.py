"""The data types of the index: everything that crosses its modules, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

Span = tuple[int, int]
"""``(start, end)``: character offsets into a text, end exclusive."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it is searched and shown.

    Attributes:
        article_id: 16 hexadecimal digits, derived from ``path``; stable over rebuilds.
        path: the file the article was read from, absolute, with ``/``.
        title: the headline; the file's name when the article has none.
        source: who published it, for example "Cổng thông tin điện tử tỉnh X"; "" when unknown.
        url: the canonical address; "" when unknown.
        published: the day of publication, None when the file does not tell.
        text: the cleaned text, NFC, lines separated by a single line feed.
        furniture: the spans of ``text`` that are page furniture (owner, address, telephone,
            licence lines); ascending and disjoint.
    """

    article_id: str
    path: str
    title: str
    source: str
    url: str
    published: date | None
    text: str
    furniture: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article; ``article.text[start:end] == text``.

    Attributes:
        passage_id: ``article_id`` and the passage's place in the article, "4f0c…-3".
        article_id: the article it belongs to.
        start: first character, offset into the article's text.
        end: one past the last character.
        text: the passage itself, verbatim.
        furniture: True for page furniture, which ranks below the article.
    """

    passage_id: str
    article_id: str
    start: int
    end: int
    text: str
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as it stands in a text.

    Attributes:
        start: first character of ``text``.
        end: one past its last character.
        text: verbatim, number and unit, without the qualifier: "240 tỷ 697 triệu đồng".
        value: in the base unit: 240_697_000_000 for the text above, 9.35 for "9,35%".
        unit: the base unit, canonical and lower case: "đồng", "usd", "%", "lần", "ha", "km", "người",
            "hộ", "đồng/người/năm" ...; "" for a bare number.
        qualifier: verbatim lower case, one of "", "hơn", "trên", "gần", "khoảng", "dưới" ...
        total: the whole of a ratio: 34 for "25/34 trường"; None otherwise.
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    qualifier: str = ""
    total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, as it stands in a text.

    Attributes:
        start: first character of ``text``.
        end: one past its last character.
        text: verbatim: "9 tháng đầu năm 2021", "quý I", "24/6", "năm ngoái".
        first: its first day; None when the year is not known.
        last: its last day (inclusive); None when the year is not known.
        grain: "day", "month", "quarter", "half", "months", "year" or "years" (a range of years).
    """

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    grain: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a text says of a figure by comparing it: "tăng 12,8% so với cùng kỳ", "đạt 71,52% kế hoạch".

    Attributes:
        kind: "more", "less", "times" ("gấp 1,75 lần") or "share" (of a plan or a whole: "đạt 71,52% kế hoạch").
        text: verbatim, from the comparing word to what is compared with.
        value: in the base unit, never negative: 12.8 for "tăng 12,8%" and for "giảm 12,8%".
        unit: as in ``Quantity``.
        against: verbatim, what is compared with: "cùng kỳ", "năm 2015", "kế hoạch"; "" when not said.
        start: first character of ``text`` in the article's text.
        end: one past the last.
    """

    kind: str
    text: str
    value: Decimal
    unit: str
    against: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an article: what was measured, how much, when, where, and whether it happened.

    Attributes:
        indicator: what is measured, canonical: lower case, abbreviations written out, without the place and
            the time that stand in it; "" when the sentence names nothing that is measured.
        value: in the base unit: 459_600_000_000 for "459,6 tỷ đồng".
        unit: as in ``Quantity``: "đồng", "%", "hộ", "đồng/người/năm"; "" for a bare number.
        text: verbatim: ``article.text[start:end] == text``.
        qualifier: "", "hơn", "trên", "gần", "khoảng", "ước" ...
        period: the time it is said of, offsets into the article's text; None when nothing tells it. A period
            that stands only in the title or follows from the day of publication has ``start == end == 0``.
        place: the place it is said of, with its kind where that is said: "thành phố Sóc Trăng"; "" unknown.
        kind: "actual", "estimate" or "plan".
        change: what is said of it by comparing, verbatim, parts joined by "; "; "" for nothing.
        article_id: the article it stands in.
        start: first character of ``text`` in the article's text.
        end: one past the last.
        indicator_text: what is measured as written: ``article.text[a:b]`` of ``indicator_span``.
        indicator_span: where that stands; ``(0, 0)`` for nowhere.
        sentence: where its sentence stands.
        changes: the parts of ``change``, each read.
        of: where the figure stands that this one compares ("12,8%" of "tăng 12,8%"); None for a figure that
            stands for itself.
        total: the whole of a ratio: 34 for "25/34 trường".
    """

    indicator: str
    value: Decimal
    unit: str
    text: str
    qualifier: str
    period: Period | None
    place: str
    kind: str
    change: str
    article_id: str
    start: int
    end: int
    indicator_text: str = ""
    indicator_span: Span = (0, 0)
    sentence: Span = (0, 0)
    changes: tuple[Change, ...] = ()
    of: Span | None = None
    total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that is not in the index, and why (one line, with what to do)."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one build did.

    Attributes:
        generation: the name of the generation that was published.
        added: number of new articles.
        changed: number of articles redone because their file changed.
        removed: number of articles whose file is gone.
        unchanged: number of articles that were not touched.
        skipped: every file that was found and not indexed, with its reason.
        articles: articles in the index now.
        passages: passages in the index now.
        encoded: passages that went through the model in this build.
        seconds: wall time.
    """

    generation: str
    added: int
    changed: int
    removed: int
    unchanged: int
    skipped: tuple[SkippedFile, ...]
    articles: int
    passages: int
    encoded: int
    seconds: float


class FileRecord(NamedTuple):
    """One indexed file as the build saw it.

    Attributes:
        path: the file, absolute, with ``/``.
        sha256: of its bytes.
        article_id: the article made of it.
        stamp: size and times of the file; "" when it was too young for them to tell of a later change.
        row: row of the article.
    """

    path: str
    sha256: str
    article_id: str
    stamp: str
    row: int


@dataclass(frozen=True, slots=True)
class SegmentRecord:
    """One segment of a generation.

    Attributes:
        name: its folder below ``segments``.
        articles: articles in it, dead ones too.
        passages: passages in it, dead ones too.
        first_article: no article row of it is lower, and none of an older segment as high.
        kind: how its vectors are searched, one of ``index.vectors.KINDS``.
        sizes: bytes of each of its files, by name.
    """

    name: str
    articles: int
    passages: int
    first_article: int
    kind: str
    sizes: dict[str, int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index generation was made with and from; written beside it as ``manifest.json``.

    Attributes:
        format_version: layout of the generation folder.
        created: UTC time, ISO 8601.
        model: the name or folder the encoder was loaded by; "" for the bundled one.
        fingerprint: identifies the model's weights.
        query_prefix: what the encoder puts before a query.
        passage_prefix: what it puts before a passage.
        dim: length of a vector.
        settings: versions and numbers of reader, splitter and lexical index, by name.
        articles: number of articles.
        passages: number of passages.
        roots: the paths the build was given.
        skipped: every file found and not indexed.
        vector_index: the kind of vector index that was asked for; "auto" for what fits.
        segments: what the generation is made of, oldest first.
        next_article: one past the highest article row that was ever given.
        next_passage: one past the highest passage row that was ever given.
        sizes: bytes of every other file of the generation's folder, by relative name.
    """

    format_version: int
    created: str
    model: str
    fingerprint: str
    query_prefix: str
    passage_prefix: str
    dim: int
    settings: dict[str, int]
    articles: int
    passages: int
    roots: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]
    vector_index: str = "auto"
    segments: tuple[SegmentRecord, ...] = ()
    next_article: int = 0
    next_passage: int = 0
    sizes: dict[str, int] = field(default_factory=dict)
