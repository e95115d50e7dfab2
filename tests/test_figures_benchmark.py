"""The scoring of figures: hand-worked matches and scores, and labels that are what the guide says they are."""

import json
from decimal import Decimal

import pytest

from benchmarks.figures import (
    FIELDS,
    NEWS_LABELS,
    SEED_LABELS,
    Found,
    Label,
    Score,
    Sheet,
    content_words,
    match,
    read_label,
    read_sheets,
    right_fields,
    same_indicator,
    same_place,
    score_article,
)
from index.articles import read_article
from tests.conftest import SEEDS

TEXT = "Năm 2020, thu ngân sách thành phố An Lạc đạt 459,6 tỷ đồng, tăng 12%; còn 44 hộ nghèo."
YEAR = "2020-01-01/2020-12-31"


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def label(words: str, value: str, unit: str, head: str, **other) -> Label:
    known = {
        "periods": (YEAR,),
        "places": ("thành phố An Lạc",),
        "kinds": ("actual",),
        "change_of": None,
    } | other
    return Label(*at(words), Decimal(value), (unit,), (at(head),), **known)


def found(words: str, value: str, unit: str, indicator: str, **other) -> Found:
    known = {"period": YEAR, "place": "An Lạc", "kind": "actual", "of": None} | other
    return Found(*at(words), Decimal(value), unit, (indicator,), **known)


MONEY = label("459,6 tỷ đồng", "459600000000", "đồng", "thu ngân sách")
GROWTH = label("12%", "12", "%", "thu ngân sách", change_of=0)
POOR = label("44 hộ", "44", "hộ", "hộ nghèo")


def test_match_is_one_to_one_and_takes_the_largest_overlap():
    labels = [(0, 5), (6, 16), (20, 24), (30, 31)]
    finds = [(4, 16), (8, 10), (20, 22), (22, 24), (40, 50)]
    # (6,16)-(4,16) share 10, then (20,24) shares 2 with each half: the first is taken; (0,5)-(4,16) comes too late.
    assert match(labels, finds) == [(1, 0), (2, 2)]


def test_spans_that_only_touch_do_not_match():
    assert match([(0, 5)], [(5, 9)]) == []


@pytest.mark.parametrize(
    ("head", "indicator", "right"),
    [
        ("thu ngân sách nhà nước", "thu ngân sách", True),  # 3 of 5 and 3: 2 * 3 / 8 = 0.75
        ("hộ nghèo", "hộ", True),  # 2 * 1 / 3
        ("công trình đã nghiệm thu", "công trình", True),  # "đã" does not count: 2 * 2 / 6
        ("công trình đã nghiệm thu, đưa vào sử dụng", "công", False),  # 2 * 1 / 8
        ("thu ngân sách", "thu nhập bình quân đầu người", False),  # 2 * 1 / 9
        ("Thu NSNN", "thu ngân sách nhà nước", True),
        ("hộ nghèo", "", False),
        ("", "", True),
    ],
)
def test_indicators_share_half_of_their_words(head, indicator, right):
    assert same_indicator(head, indicator) is right


def test_content_words_are_folded_without_function_words():
    assert content_words("Mức thu của các hộ") == {"thu", "ho"}


@pytest.mark.parametrize(
    ("a", "b", "right"),
    [
        ("thành phố An Lạc", "TP An Lạc", True),
        ("thành phố An Lạc", "An Lạc", True),
        ("thành phố An Lạc", "tỉnh An Lạc", False),
        ("thành phố Hồ Chí Minh", "TPHCM", True),
        ("thành phố Hồ Chí Minh", "TP.HCM", True),
        ("quận 5", "Q.5", True),
        ("", "", True),
        ("An Lạc", "", False),
        ("Xa Lộ", "Lộ", False),
    ],
)
def test_places_are_one_when_name_and_kind_agree(a, b, right):
    assert same_place(a, b) is right


def test_each_field_is_judged_apart():
    exact = found("459,6 tỷ đồng", "459600000000", "đồng", "thu ngân sách")
    assert right_fields(TEXT, MONEY, exact) == set(FIELDS)
    off = found("459,6 tỷ đồng", "459.6", "đồng", "chi", period=None, place="tỉnh An Lạc", kind="plan")
    assert right_fields(TEXT, MONEY, off) == set()
    year = found("459,6 tỷ đồng", "459600000000", "usd", "thu", period="2019-01-01/2019-12-31")
    assert right_fields(TEXT, MONEY, year) == {"indicator", "place", "kind"}


def test_another_reading_is_right_too():
    plain = {
        "start": 0,
        "end": 2,
        "value": "1",
        "unit": "hộ",
        "indicator_head": None,
        "period": None,
        "place": "",
    }
    also = {"unit_also": [""], "period_also": [YEAR], "place_also": ["Huế"], "kind_also": ["actual"]}
    row = plain | {"kind": "plan", "change_of": None} | also
    told = Found(0, 2, Decimal(1), "", ("",), YEAR, "Huế", "actual", None)
    assert right_fields(TEXT, read_label(row), told) == set(FIELDS)
    assert right_fields(TEXT, read_label(row | {"kind_also": []}), told) == set(FIELDS) - {"kind"}


def test_score_by_hand():
    sheet = Sheet("a.txt", [(0, len(TEXT))], [MONEY, GROWTH, POOR])
    finds = [
        found("2020", "2020", "", "năm"),  # no figure
        found("459,6 tỷ đồng", "459600000000", "đồng", "thu ngân sách"),
        found("12%", "12", "%", "thu ngân sách", place="tỉnh An Lạc", of=at("459,6 tỷ đồng")),
    ]
    score = Score()
    score_article(score, TEXT, sheet, finds)
    assert (score.labels, score.found, score.matched, score.links) == (3, 3, 2, 1)
    assert score.shares("value+unit") == (2 / 3, 2 / 3, 2 / 2)
    assert score.shares("place") == (1 / 3, 1 / 3, 1 / 2)
    assert score.shares("all fields") == (1 / 3, 1 / 3, 1 / 2)
    assert score.right["comparison of"] == 1
    assert [line.split(": ")[1] for line in score.wrong] == ["place", "missed", "no figure"]


def test_finds_outside_the_labelled_stretches_do_not_count():
    score = Score()
    score_article(score, TEXT, Sheet("a.txt", [(0, 20)], []), [found("44 hộ", "44", "hộ", "hộ nghèo")])
    assert (score.found, score.shares("kind")) == (0, (0.0, 0.0, 0.0))


def test_a_comparison_must_point_at_its_figure():
    sheet = Sheet("a.txt", [(0, len(TEXT))], [MONEY, GROWTH, POOR])
    score = Score()
    score_article(score, TEXT, sheet, [found("12%", "12", "%", "thu ngân sách", of=at("44 hộ"))])
    assert (score.matched, score.right["comparison of"]) == (1, 0)


@pytest.mark.parametrize(("path", "figures", "articles"), [(SEED_LABELS, 124, 5), (NEWS_LABELS, 276, 44)])
def test_labels_are_well_formed(path, figures, articles):
    sheets = read_sheets(path)
    assert (sum(len(sheet.labels) for sheet in sheets), len(sheets)) == (figures, articles)
    for sheet in sheets:
        starts = [one.start for one in sheet.labels]
        assert starts == sorted(set(starts))
        for place, one in enumerate(sheet.labels):
            assert any(a <= one.start < one.end <= b for a, b in sheet.labelled)
            assert set(one.kinds) <= {"actual", "estimate", "plan"}
            assert one.change_of is None or (0 <= one.change_of < len(starts) and one.change_of != place)
            for period in one.periods:
                assert period is None or period[:10] <= period[11:]


def test_seed_labels_lie_on_their_numbers():
    for sheet in read_sheets(SEED_LABELS):
        text = read_article(SEEDS / sheet.file).text
        assert sheet.labelled == [(0, len(text))]
        for one in sheet.labels:
            surface = text[one.start : one.end]
            assert surface[0].isdigit() or surface.startswith("hai ")
            assert surface == surface.strip(" .,;")
            assert all(text[a:b].strip() == text[a:b] != "" for a, b in one.heads)


def test_indicator_pairs_are_many_and_distinct():
    rows = [
        json.loads(line)
        for line in (SEED_LABELS.parent / "indicator_pairs.jsonl").read_text("utf-8").splitlines()
    ]
    pairs = {frozenset((row["a"], row["b"])) for row in rows}
    assert (len(rows), len(pairs), sum(row["same"] for row in rows)) == (120, 120, 55)
    assert all(len(pair) == 2 for pair in pairs)
    assert {kind for row in rows for kind in row["from"]} == {"seeds", "news"}
