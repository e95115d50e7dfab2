"""The ledger of figures against labels made by reading (rules: docs/figures_guide.md).

    python benchmarks/figures.py [--news FOLDER_OR_TAR_GZ] [--half looked|kept] [-v]

Prints, for the seed articles and for five sets of passages of news apart, precision and recall of the figures by value and
unit, and by what is told of them. ``right`` is the share among figures found in their place. ``-v`` lists every wrong row.
The news articles are not part of the project: without them only the seeds are scored.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from index.abbreviations import expand
from index.articles import read_article
from index.types import Article, Span
from index.vietnamese import fold, normal_tone

ROOT = Path(__file__).parents[1]
SEED_LABELS = ROOT / "tests" / "data" / "figures_seeds.jsonl"
NEWS_LABELS = ROOT / "benchmarks" / "figures_news.jsonl"
MORE_LABELS = ROOT / "benchmarks" / "figures_news_2.jsonl"
OTHER_LABELS = ROOT / "benchmarks" / "figures_news_3.jsonl"
UNSEEN_LABELS = ROOT / "benchmarks" / "figures_news_4.jsonl"
THREE_READERS_LABELS = ROOT / "benchmarks" / "figures_news_5.jsonl"
NEWS = ROOT.parent / "shared" / "eval" / "news_dev.tar.gz"
FIELDS = ("value+unit", "indicator", "period", "place", "kind")

LOOKED_TOO = frozenset(["NLD_050910_0722.txt", "NLD_060406_0149.txt", "NLD_060606_2346.txt"])
"""News of the other half whose errors were seen before the halves were made."""

# --- labels ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled figure. What may be told in more than one way is a tuple, the first the plain reading.

    ``heads`` are spans of the article (None: nothing is named), ``periods`` are "first/last" or None, ``change_of`` is the
    position of the figure that this one compares, within the same ``Sheet``.
    """

    start: int
    end: int
    value: Decimal
    units: tuple[str, ...]
    heads: tuple[Span | None, ...]
    periods: tuple[str | None, ...]
    places: tuple[str, ...]
    kinds: tuple[str, ...]
    change_of: int | None


@dataclass(slots=True)
class Sheet:
    """The labels of one article, and the stretches of it that were labelled completely."""

    file: str
    labelled: list[Span] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else (pair[0], pair[1])


def read_label(row: dict) -> Label:
    """A row of a label file."""
    return Label(
        row["start"],
        row["end"],
        Decimal(row["value"]),
        (row["unit"], *row.get("unit_also", ())),
        (_span(row["indicator_head"]), *map(_span, row.get("head_also", ()))),
        (row["period"], *row.get("period_also", ())),
        (row["place"], *row.get("place_also", ())),
        (row["kind"], *row.get("kind_also", ())),
        row["change_of"],
    )


def read_sheets(path: Path) -> list[Sheet]:
    """The label file, article by article."""
    sheets: dict[str, Sheet] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        sheet = sheets.setdefault(row["file"], Sheet(row["file"]))
        if "labelled" in row:
            sheet.labelled += [(start, end) for start, end in row["labelled"]]
        else:
            sheet.labels.append(read_label(row))
    return list(sheets.values())


# --- what the program found -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """A figure of the program, reduced to what is compared; ``indicators`` as written and canonical."""

    start: int
    end: int
    value: Decimal
    unit: str
    indicators: tuple[str, ...]
    period: str | None
    place: str
    kind: str
    of: Span | None


def find(article: Article) -> list[Found]:
    """The figures that ``index.figures`` reads in an article."""
    from index.figures import figures_of

    return [
        Found(
            figure.start,
            figure.end,
            figure.value,
            figure.unit,
            (figure.indicator_text, figure.indicator),
            f"{figure.period.first}/{figure.period.last}" if figure.period and figure.period.first else None,
            figure.place,
            figure.kind,
            figure.of,
        )
        for figure in figures_of(article)
    ]


# --- matching -------------------------------------------------------------------------------------------------


def overlap(a: Span, b: Span) -> int:
    """How many characters two spans share.

    >>> overlap((0, 5), (3, 9)), overlap((0, 5), (5, 9))
    (2, 0)
    """
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def match(labels: Sequence[Span], found: Sequence[Span]) -> list[tuple[int, int]]:
    """Which label goes with which find: one to one, the largest overlap first, then in reading order.

    >>> match([(0, 5), (6, 10)], [(4, 10), (20, 25)])
    [(1, 0)]
    """
    shared = (
        (-overlap(label, other), i, j) for i, label in enumerate(labels) for j, other in enumerate(found)
    )
    pairs: dict[int, int] = {}
    for size, i, j in sorted(shared):
        if size < 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return sorted(pairs.items())


# --- whether a field is right ---------------------------------------------------------------------------------

_FUNCTION_WORDS = frozenset(
    "cua va la cac nhung duoc da dang se cho ve o tai trong co so muc voi theo tu den vao nay do thi ma deu cung".split()
)
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")


def content_words(text: str) -> frozenset[str]:
    """The folded syllables of a phrase without function words, abbreviations written out.

    >>> sorted(content_words("Tổng thu NSNN của tỉnh"))
    ['ngan', 'nha', 'nuoc', 'sach', 'thu', 'tinh', 'tong']
    """
    words: set[str] = set()
    for token in _WORD.findall(text):
        words.update((expand(token) or (fold(token.lower()),))[0].split())
    return frozenset(words - _FUNCTION_WORDS)


def same_indicator(head: str, indicator: str) -> bool:
    """Whether two phrases share half of their content words: Dice coefficient >= 1/2; equal when both are empty.

    >>> same_indicator("thu ngân sách nhà nước", "thu ngân sách"), same_indicator("hộ nghèo", "dư nợ")
    (True, False)
    """
    a, b = content_words(head), content_words(indicator)
    return a == b if not a or not b else 4 * len(a & b) >= len(a) + len(b)


_KIND = re.compile(
    r"(thành phố|tp|tỉnh|huyện|quận|q|thị xã|tx|thị trấn|xã|phường|p|thôn|làng|ấp|bản|khóm|thủ đô|nước)[. ]+(?=\w)"
)
_SAME_KIND = {"tp": "thành phố", "thủ đô": "thành phố", "q": "quận", "tx": "thị xã", "p": "phường"}
_SAME_NAME = {
    "hcm": "ho chi minh", "tphcm": "ho chi minh", "hn": "ha noi", "vn": "viet nam", "ca nuoc": "viet nam", "tq": "trung quoc",
    "my": "hoa ky", "nhat": "nhat ban", "toan cau": "the gioi",
}  # fmt: skip


def place_key(place: str) -> tuple[str, str]:
    """The kind of a place and its folded name; "" for a kind that is not said.

    >>> place_key("thành phố Sóc Trăng"), place_key("TP.HCM"), place_key("VN")
    (('thành phố', 'soc trang'), ('thành phố', 'ho chi minh'), ('', 'viet nam'))
    """
    plain = " ".join(normal_tone(place.lower()).split())
    kind = _KIND.match(plain)
    name = fold(plain[kind.end() :] if kind else plain)
    said = _SAME_KIND.get(kind[1], kind[1]) if kind else "thành phố" if name == "tphcm" else ""
    return said, _SAME_NAME.get(name, name)


def same_place(a: str, b: str) -> bool:
    """Whether two places have one name and kinds that do not differ.

    >>> same_place("thành phố Huế", "Huế"), same_place("tỉnh Huế", "thành phố Huế")
    (True, False)
    """
    (kind, name), (other_kind, other) = place_key(a), place_key(b)
    return name == other and (not kind or not other_kind or kind == other_kind)


def right_fields(text: str, label: Label, found: Found) -> frozenset[str]:
    """Which of ``FIELDS`` the program has right; ``text`` is the article's."""
    heads = [text[span[0] : span[1]] if span else "" for span in label.heads]
    checks = (
        found.value == label.value and found.unit in label.units,
        any(same_indicator(head, said) for head in heads for said in found.indicators if said or not head),
        found.period in label.periods,
        any(same_place(place, found.place) for place in label.places),
        found.kind in label.kinds,
    )
    return frozenset(name for name, right in zip(FIELDS, checks, strict=True) if right)


# --- scores ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Score:
    """Counts over any number of articles; ``right`` by field, "all fields" and "comparison of" besides."""

    labels: int = 0
    found: int = 0
    matched: int = 0
    links: int = 0
    right: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys((*FIELDS, "all fields", "comparison of"), 0)
    )
    wrong: list[str] = field(default_factory=list)

    def shares(self, name: str) -> tuple[float, float, float]:
        """Precision, recall and the share among matched figures; each in [0, 1], 0 of nothing."""
        return tuple(
            self.right[name] / total if total else 0.0 for total in (self.found, self.labels, self.matched)
        )


def score_article(score: Score, text: str, sheet: Sheet, found: Iterable[Found]) -> None:
    """Add one article to a score: only what begins inside the labelled stretches counts as found."""
    inside = [one for one in found if any(start <= one.start < end for start, end in sheet.labelled)]
    labels = sheet.labels
    pairs = match([(one.start, one.end) for one in labels], [(one.start, one.end) for one in inside])
    score.labels += len(labels)
    score.found += len(inside)
    score.matched += len(pairs)
    score.links += sum(label.change_of is not None for label in labels)
    for i, j in pairs:
        _score_pair(score, text, sheet, labels[i], inside[j])
    _list_unmatched(score, text, sheet, inside, pairs)


def _score_pair(score: Score, text: str, sheet: Sheet, label: Label, found: Found) -> None:
    right = right_fields(text, label, found)
    for name in right:
        score.right[name] += 1
    score.right["all fields"] += len(right) == len(FIELDS)
    if label.change_of is not None:
        target = sheet.labels[label.change_of]
        score.right["comparison of"] += bool(found.of and overlap(found.of, (target.start, target.end)))
    score.wrong += [_line(text, sheet, label, found, name) for name in FIELDS if name not in right]


def _list_unmatched(
    score: Score, text: str, sheet: Sheet, found: list[Found], pairs: list[tuple[int, int]]
) -> None:
    seen, used = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [("missed", one) for i, one in enumerate(sheet.labels) if i not in seen]
    extra = [("no figure", one) for j, one in enumerate(found) if j not in used]
    score.wrong += [f"{sheet.file}: {what}: {_around(text, one)}" for what, one in (*missed, *extra)]


def _around(text: str, one: Label | Found) -> str:
    before, after = text[max(0, one.start - 60) : one.start], text[one.end : one.end + 30]
    return f"{before}[{text[one.start : one.end]}]{after}".replace("\n", " / ")


def _line(text: str, sheet: Sheet, label: Label, found: Found, name: str) -> str:
    heads = " or ".join(text[span[0] : span[1]] if span else "-" for span in label.heads)
    told, asked = {
        "value+unit": (f"{found.value} {found.unit}", f"{label.value} {' or '.join(label.units)}"),
        "indicator": (found.indicators[0] or "-", heads),
        "period": (found.period, " or ".join(map(str, label.periods))),
        "place": (found.place or "-", " or ".join(place or "-" for place in label.places)),
        "kind": (found.kind, " or ".join(label.kinds)),
    }[name]
    return f"{sheet.file}: {name}: {told} | right: {asked} | {_around(text, label)}"


# --- articles -------------------------------------------------------------------------------------------------


def _unpacked(news: Path, files: set[str], work: Path) -> Path:
    """The folder that holds the named news articles, unpacked when they are in an archive."""
    if news.is_dir():
        return news
    with tarfile.open(news) as archive:
        wanted = [member for member in archive if Path(member.name).name in files]
        archive.extractall(work, wanted, filter="data")
    return work


def half_of(file: str) -> str:
    """Looked: its errors were looked at when the rules for news were made; kept: only its totals."""
    odd = hashlib.sha256(file.encode()).digest()[0] % 2
    return "kept" if odd and file not in LOOKED_TOO else "looked"


def _scored(labels: Path, folder: Path, half: str = "") -> Score:
    score = Score()
    paths = {path.name: path for path in folder.rglob("*")}
    for sheet in read_sheets(labels):
        if half not in ("", half_of(sheet.file)):
            continue
        if sheet.file not in paths:
            raise SystemExit(f"{folder} holds no {sheet.file}")
        article = read_article(paths[sheet.file])
        score_article(score, article.text, sheet, find(article))
    return score


def _table(name: str, score: Score) -> Iterator[str]:
    yield f"{name}: {score.labels} labelled, {score.found} found, {score.matched} in their place, {score.links} comparisons"
    yield f"  {'':15}{'precision':>10}{'recall':>8}{'right':>8}"
    for row in (*FIELDS, "all fields"):
        precision, recall, right = score.shares(row)
        yield f"  {row:15}{precision:10.3f}{recall:8.3f}{right:8.3f}"
    linked = score.right["comparison of"] / score.links if score.links else 0.0
    yield f"  {'comparison of':15}{'':10}{linked:8.3f}"


def _also(labels: Path) -> str:
    rows = [json.loads(line) for line in labels.read_text("utf-8").splitlines()]
    names = ("unit", "head", "period", "place", "kind")
    return "  more than one reading: " + ", ".join(
        f"{name} {sum(f'{name}_also' in row for row in rows)}" for name in names
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--news", type=Path, default=NEWS, help="the news articles, a folder or an archive")
    parser.add_argument("--half", choices=("looked", "kept"), default="", help="of the news, by file name")
    parser.add_argument("-v", "--verbose", action="store_true", help="list every wrong row")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        sets = [("seeds", SEED_LABELS, ROOT / "seeds")]
        if args.news.exists():
            named = {
                "news": NEWS_LABELS,
                "news 2": MORE_LABELS,
                "news 3": OTHER_LABELS,
                "news 4": UNSEEN_LABELS,
                "news 5": THREE_READERS_LABELS,
            }
            files = {sheet.file for labels in named.values() for sheet in read_sheets(labels)}
            folder = _unpacked(args.news, files, Path(work))
            sets += [(name, labels, folder) for name, labels in named.items()]
        else:
            print(f"no news articles at {args.news}: seeds only")
        for name, labels, folder in sets:
            score = _scored(labels, folder, "" if name == "seeds" else args.half)
            print("\n".join((*_table(name, score), _also(labels))))
            print("\n".join(score.wrong) if args.verbose else "")


if __name__ == "__main__":
    main()
