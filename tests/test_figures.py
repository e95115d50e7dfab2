from datetime import date
from decimal import Decimal

import pytest
from conftest import SEEDS

from index.articles import read_article
from index.figures import figures_of
from index.types import Article


def figures(text, title="", published=date(2021, 10, 15), source=""):
    return figures_of(Article("0" * 16, "/a.txt", title, source, "", published, text))


def told(figure):
    period = figure.period
    return (
        figure.indicator,
        figure.text,
        figure.qualifier,
        f"{period.first}/{period.last}" if period else None,
        figure.place,
        figure.kind,
    )


YEAR_2020 = "2020-01-01/2020-12-31"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Năm 2020, thu ngân sách thành phố An Lạc đạt hơn 459,6 tỷ đồng.",
            ("thu ngân sách", "459,6 tỷ đồng", "hơn", YEAR_2020, "thành phố An Lạc", "actual"),
        ),
        (
            "Giá trị sản xuất công nghiệp tỉnh An Lạc năm 2020 ước đạt 13.000 tỷ đồng.",
            ("giá trị sản xuất công nghiệp", "13.000 tỷ đồng", "ước", YEAR_2020, "tỉnh An Lạc", "estimate"),
        ),
        (
            "Đến năm 2025, huyện An Lạc phấn đấu thu nhập bình quân đầu người đạt 110 triệu đồng/người/năm.",
            (
                "thu nhập bình quân đầu người", "110 triệu đồng/người/năm", "", "2025-01-01/2025-12-31",
                "huyện An Lạc", "plan",
            ),
        ),
        (
            "Năm 2020, toàn huyện An Lạc có 25/34 trường học đạt chuẩn quốc gia.",
            ("trường học đạt chuẩn quốc gia", "25/34 trường", "", YEAR_2020, "huyện An Lạc", "actual"),
        ),
        (
            "Năm 2020, huyện An Lạc chỉ còn 44 hộ nghèo.",
            ("hộ nghèo", "44 hộ", "chỉ", YEAR_2020, "huyện An Lạc", "actual"),
        ),
        (
            "Về thu ngân sách trong cân đối, đến năm 2020 huyện An Lạc thu được 459,6 tỷ đồng.",
            ("thu ngân sách trong cân đối", "459,6 tỷ đồng", "", YEAR_2020, "huyện An Lạc", "actual"),
        ),
    ],
)  # fmt: skip
def test_one_figure_with_what_is_told_of_it(text, expected):
    (figure,) = figures(text)
    assert told(figure) == expected


def test_text_indicator_and_sentence_are_spans_of_the_article():
    text = "Mở đầu. Năm 2020, tỷ lệ hộ nghèo huyện An Lạc còn 2,1%.\nHết."
    (figure,) = figures(text)
    assert text[figure.start : figure.end] == figure.text == "2,1%"
    assert text[slice(*figure.indicator_span)] == figure.indicator_text == "tỷ lệ hộ nghèo"
    assert text[slice(*figure.sentence)] == "Năm 2020, tỷ lệ hộ nghèo huyện An Lạc còn 2,1%."
    assert text[figure.period.start : figure.period.end] == "Năm 2020"


def test_comparisons_belong_to_the_figure_before_them():
    first, growth, share = figures(
        "Thu ngân sách đạt 317 tỷ đồng, tăng 12,8% so với cùng kỳ, đạt 71,52% kế hoạch."
    )
    assert first.change == "tăng 12,8% so với cùng kỳ; đạt 71,52% kế hoạch"
    assert [(change.kind, change.value, change.against) for change in first.changes] == [
        ("more", Decimal("12.8"), "cùng kỳ"),
        ("share", Decimal("71.52"), "kế hoạch"),
    ]
    assert growth.of == share.of == (first.start, first.end)
    assert growth.indicator == share.indicator == "thu ngân sách"


def test_a_change_without_a_figure_stands_for_itself():
    (figure,) = figures("So với cùng kỳ, tình hình tội phạm giảm 18%.")
    assert (figure.of, figure.indicator, figure.value) == (None, "tình hình tội phạm", Decimal(18))
    assert [change.kind for change in figure.changes] == ["less"]


def test_what_a_change_led_to_is_its_figure():
    change, reached = figures("Giá dầu tăng 1,73 USD/thùng lên 64,36 USD/thùng.")
    assert change.of == (reached.start, reached.end)
    assert (reached.indicator, reached.change) == ("giá dầu", "tăng 1,73 USD/thùng")


def test_a_value_that_was_reached_is_no_comparison():
    (figure,) = figures("Thu nhập bình quân tăng lên 50 triệu đồng.")
    assert (figure.change, figure.of, figure.text) == ("", None, "50 triệu đồng")


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ thị số 05-CT/TW ngày 24/6/2020.",
        "Đại hội lần thứ 12, khóa 11 họp lúc 7 giờ sáng.",
        "Điện thoại: 0299 3822182.",
        "Trong 5 năm qua, huyện đã đổi thay.",
        "Ông Nguyễn Văn An, 34 tuổi, kể lại.",
        "Kỷ niệm 30 năm tái lập tỉnh.",
        "Đây là một tập thể đoàn kết.",
    ],
)
def test_no_figure(text):
    assert figures(text) == []


def test_the_per_of_a_rate_is_no_figure():
    (figure,) = figures("Trên 1 ha đất, giá trị sản phẩm đạt 203 triệu đồng.")
    assert figure.text == "203 triệu đồng"


def test_period_and_place_hold_until_they_are_replaced():
    found = figures(
        "Năm 2020, huyện An Lạc có 44 hộ nghèo. Tỷ lệ hộ nghèo là 2%. Năm 2021, tỷ lệ hộ nghèo là 1%."
        "\nChi ngân sách đạt 9 tỷ đồng.",
        title="Huyện An Lạc tổng kết",
    )
    assert [(told(figure)[3], figure.place) for figure in found] == [
        (YEAR_2020, "huyện An Lạc"),
        (YEAR_2020, "huyện An Lạc"),
        ("2021-01-01/2021-12-31", "huyện An Lạc"),
        ("2021-01-01/2021-12-31", "huyện An Lạc"),
    ]


def test_what_is_only_compared_with_is_neither_the_period_nor_the_place():
    (first, _) = figures("Năm 2020, huyện An Lạc thu 9 tỷ đồng, chiếm 45% của toàn tỉnh so với năm 2015.")
    assert (told(first)[3], first.place) == (YEAR_2020, "huyện An Lạc")


def test_page_furniture_holds_no_figures():
    text = "Có 44 hộ nghèo.\nLượt xem: 357 người"
    article = Article("0" * 16, "/a.txt", "", "", "", None, text, ((16, len(text)),))
    assert [figure.text for figure in figures_of(article)] == ["44 hộ"]


@pytest.mark.parametrize("name", ["soc-trang-9-thang-2021.txt", "soc-trang-dai-hoi-xii.md"])
def test_every_span_of_a_seed_article_is_verbatim(name):
    article = read_article(SEEDS / name)
    found = figures_of(article)
    assert len(found) > 30
    for figure in found:
        assert article.text[figure.start : figure.end] == figure.text
        assert article.text[slice(*figure.indicator_span)] == figure.indicator_text
        assert figure.sentence[0] <= figure.start < figure.end <= figure.sentence[1]
        for change in figure.changes:
            assert article.text[change.start : change.end] == change.text
