from datetime import date

import pytest

from index.types import Article, Passage
from qa.period_features import period_features
from qa.question import understand
from qa.surroundings import readings
from qa.types import Hit


def features(question, text, published=None, title=""):
    """Those of the only sentence of an article."""
    article = Article("a" * 16, "/a.txt", title, "", "", published, text)
    hit = Hit(Passage("p", "a" * 16, 0, len(text), text), article, 1.0, 1)
    (reading,) = readings(hit)
    return period_features(understand(question), reading)


def test_the_year_of_a_plan_does_not_contradict():
    plan = "Thực hiện Nghị quyết năm 2021, thu ngân sách đạt 75,42%."
    year = "Cả năm 2021, thu ngân sách đạt 75,42%."
    asked = "thu ngân sách 9 tháng năm 2021 đạt bao nhiêu phần trăm"
    assert [features(asked, text)["period_clashes"] for text in (plan, year)] == [0.0, 1.0]


def test_the_year_of_a_plan_fits_who_asks_for_it():
    assert features("thu ngân sách năm 2021", "Theo Nghị quyết năm 2021, thu 5 tỷ.")["period_fits"] == 1.0


@pytest.mark.parametrize(
    ("published", "clashes"),
    [
        (date(2002, 7, 1), 0.0),
        (date(2004, 2, 4), 0.0),
        (date(2004, 2, 5), 1.0),
        (date(2001, 12, 31), 1.0),
        (None, 0.0),
    ],
)
def test_an_article_of_another_time_that_names_no_time(published, clashes):
    found = features("vụ nổ năm 2002 làm bao nhiêu người chết", "Vụ nổ làm 150 người chết.", published)
    assert found["day_clashes"] == clashes


def test_a_time_that_is_said_counts_more_than_the_day_of_publication():
    said = "Năm 2002, vụ nổ làm 150 người chết."
    assert features("vụ nổ năm 2002 làm bao nhiêu người chết", said, date(2009, 1, 1))["day_clashes"] == 0.0


@pytest.mark.parametrize(
    ("text", "title", "published", "not_yet"),
    [
        (
            "Thu nhập đạt 50 triệu đồng.",
            "Đại hội nhiệm kỳ 2020-2025, nhìn lại năm 2019",
            date(2020, 3, 13),
            1.0,
        ),
        (
            "Thu nhập đạt 50 triệu đồng.",
            "Đại hội nhiệm kỳ 2020-2025, nhìn lại năm 2019",
            date(2025, 3, 13),
            0.0,
        ),
        ("Thu nhập đạt 50 triệu đồng.", "Mục tiêu đến năm 2025", date(2020, 3, 13), 0.0),
        ("Thu nhập năm 2025 đạt 50 triệu đồng.", "Nhìn lại năm 2019", date(2020, 3, 13), 0.0),
        ("Thu nhập đạt 50 triệu đồng.", "Nhìn lại năm 2019", None, 0.0),
    ],
)
def test_no_result_is_of_a_year_that_was_to_come(text, title, published, not_yet):
    assert features("thu nhập năm 2025 là bao nhiêu", text, published, title)["not_yet"] == not_yet


@pytest.mark.parametrize(
    ("question", "text", "published", "clashes"),
    [
        ("hộ nghèo năm 2021 còn bao nhiêu", "Xã còn 44 hộ nghèo.", date(2020, 8, 1), 1.0),
        ("hộ nghèo năm 2021 còn bao nhiêu", "Xã còn 44 hộ nghèo.", date(2021, 1, 5), 0.0),
        ("hộ nghèo năm 2020 còn bao nhiêu", "Xã còn 44 hộ nghèo.", date(2021, 1, 5), 0.0),
        ("hộ nghèo năm 2021 còn bao nhiêu", "Năm 2021 xã còn 44 hộ nghèo.", date(2020, 8, 1), 0.0),
        ("hộ nghèo còn bao nhiêu", "Xã còn 44 hộ nghèo.", date(2020, 8, 1), 0.0),
        ("từ năm 2018 giảm bao nhiêu hộ nghèo", "Xã giảm 44 hộ nghèo.", date(2020, 8, 1), 0.0),
        ("ai nghèo năm 2021", "Xã còn 44 hộ nghèo.", date(2020, 8, 1), 0.0),
    ],
)
def test_a_figure_of_an_article_about_other_years(question, text, published, clashes):
    """The title names 2020, nothing in the sentence names a year."""
    assert features(question, text, published, "Tổng kết năm 2020").get("years_clash", 0.0) == clashes


@pytest.mark.parametrize(
    ("question", "text", "apart"),
    [
        ("vụ nổ năm 2002 làm bao nhiêu người chết", "Vụ nổ làm 150 người chết.", 1.0),
        ("vụ nổ năm 2002 làm bao nhiêu người chết", "Hồi tháng 7-2002, vụ nổ làm 150 người chết.", 0.0),
        ("từ năm 2002 có bao nhiêu người chết", "Đến nay 150 người chết.", 0.0),
        ("vụ nổ năm 2008 làm bao nhiêu người chết", "Vụ nổ làm 150 người chết.", 0.0),
    ],
)
def test_an_article_far_apart_whose_surroundings_tell_no_such_time(question, text, apart):
    assert features(question, text, date(2009, 1, 1))["day_apart"] == apart


def test_until_the_end_of_a_month_is_said_of_the_months_before_it():
    asked = "thu ngân sách 9 tháng năm 2022"
    texts = ("Đến hết tháng 9/2022, thu 742 tỷ đồng.", "Trong tháng 9/2022, thu 742 tỷ đồng.")
    assert [features(asked, text)["period_fits"] for text in texts] == [1.0, 0.0]


def test_the_year_of_a_plan_that_opens_a_sentence_contradicts():
    text = "Kế hoạch năm 2025, ngành phấn đấu 1,18 triệu tấn lúa."
    assert features("sản lượng lúa năm 2024", text)["period_clashes"] == 1.0


@pytest.mark.parametrize(
    ("published", "text", "fits"),
    [
        (date(2025, 1, 17), "Sản lượng lúa cả năm đạt 1,2 triệu tấn.", 1.0),
        (date(2025, 1, 17), "Cả năm phấn đấu 1,2 triệu tấn lúa.", 0.0),
        (date(2025, 3, 1), "Sản lượng lúa cả năm đạt 1,2 triệu tấn.", 0.0),
    ],
)
def test_the_whole_year_of_a_report_of_january_is_the_year_before(published, text, fits):
    assert features("sản lượng lúa năm 2024", text, published)["period_fits"] == fits
