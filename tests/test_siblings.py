"""Which figure or name of one sentence is asked for, and which of two replies tells it better."""

from datetime import date

import pytest

from index.types import Article, Passage
from qa.alternatives import better_told
from qa.features import Examiner
from qa.question import understand
from qa.read import Reply
from qa.siblings import settled_by_form
from qa.types import Hit


def replies(question, *texts, published=date(2024, 1, 10), first=""):
    """The replies of articles with these texts, first those that say ``first``."""
    asked = understand(question)
    hits = []
    for number, text in enumerate(texts):
        article = Article(f"{number:016}", f"/{number}.txt", "Kinh tế xã hội", "", "", published, text)
        passage = Passage(f"p{number}", article.article_id, 0, len(text), text)
        hits.append(Hit(passage, article, 1.0, number + 1))
    found = [
        one for one in Examiner(asked, hits, lambda term: 1, 10).scored() if one.candidate.form != "sentence"
    ]
    found.sort(key=lambda one: first not in one.candidate.text)
    return asked, [Reply(one, 5.0 - number / 10, 0.5) for number, one in enumerate(found)]


def said(replies):
    return replies[0].scored.candidate.text


RISEN = "Thu ngân sách tăng từ 98 tỷ đồng năm 2015 lên 176 tỷ đồng năm 2020."


@pytest.mark.parametrize(
    ("question", "first", "told"),
    [
        ("Năm 2015 thu ngân sách được bao nhiêu?", "176", "từ 98 tỷ đồng"),
        ("Năm 2020 thu ngân sách được bao nhiêu?", "176", "176 tỷ đồng"),
        ("Thu ngân sách được bao nhiêu?", "176", "176 tỷ đồng"),
        ("Năm 2018 thu ngân sách được bao nhiêu?", "176", "176 tỷ đồng"),
    ],
)
def test_of_two_years_in_a_sentence_the_asked_one(question, first, told):
    asked, found = replies(question, RISEN, first=first)
    assert said(found).startswith(first)
    assert said(settled_by_form(asked, found)) == told


@pytest.mark.parametrize(
    ("question", "told"),
    [("Diện tích sầu riêng tăng bao nhiêu?", "910 ha"), ("Diện tích sầu riêng là bao nhiêu?", "2.780 ha")],
)
def test_by_how_much_is_answered_with_the_change(question, told):
    asked, found = replies(question, "Diện tích sầu riêng tăng 910 ha, đạt 2.780 ha.", first="2.780")
    assert said(settled_by_form(asked, found)) == told


@pytest.mark.parametrize(
    ("question", "told"),
    [("Trưởng ban chỉ đạo là ai?", "Bùi Quốc Đạt"), ("Ai cho biết về ban chỉ đạo?", "Lê Văn Tú")],
)
def test_who_speaks_is_not_whom_it_is_about(question, told):
    asked, found = replies(
        question, "Đồng chí Lê Văn Tú: Trưởng ban chỉ đạo là ông Bùi Quốc Đạt.", first="Lê Văn Tú"
    )
    assert said(settled_by_form(asked, found)) == told


BOUGHT = "Mua 60 xe điện (Bạc Liêu 41, Bến Tre 6 và Hậu Giang 13); thuê 75 xe tải, trong đó Phú Yên 20, Bến Tre 55."


@pytest.mark.parametrize(
    ("question", "first", "told"),
    [
        ("Bạc Liêu mua bao nhiêu xe điện?", "60", "41"),
        ("Bến Tre mua bao nhiêu xe điện?", "60", "6"),
        ("Bến Tre thuê bao nhiêu xe tải?", "75", "55"),
        ("Mua bao nhiêu xe điện?", "60", "60 xe"),
        ("Bạc Liêu và Hậu Giang mua bao nhiêu xe điện?", "60", "60 xe"),
        ("Kon Tum mua bao nhiêu xe điện?", "60", "60 xe"),
    ],
)
def test_of_a_figure_told_in_parts_the_part_of_the_place(question, first, told):
    asked, found = replies(question, BOUGHT, first=first)
    chosen = settled_by_form(asked, found)
    assert said(chosen) == told
    assert said(chosen) == BOUGHT[slice(*chosen[0].scored.span)]


@pytest.mark.parametrize(
    ("question", "text", "first", "told"),
    [
        ("Bạc Liêu nhận bao nhiêu xe?", "Giao 25 xe ở Bạc Liêu, 7 xe ở Bến Tre.", "7", "25 xe"),
        ("Bến Tre nhận bao nhiêu xe?", "Giao 25 xe ở Bạc Liêu, 7 xe ở Bến Tre.", "7", "7 xe"),
        ("Kon Tum nhận bao nhiêu xe?", "Giao 25 xe ở Bạc Liêu, 7 xe ở Bến Tre.", "7", "7 xe"),
        ("Bao nhiêu người vắng mặt?", "Có 12 người dự họp, 5 người vắng mặt.", "12", "5 người"),
        ("Bao nhiêu người phát biểu?", "Có 12 người dự họp, 5 người vắng mặt.", "12", "12 người"),
        (
            "Thôn An Bình thuộc xã nào?",
            "Chợ mới ở thôn An Bình, xã Hòa Lộc; chợ cũ ở xã Tân Lễ.",
            "xã Tân Lễ",
            "xã Hòa Lộc",
        ),
        (
            "Thôn An Lạc thuộc xã nào?",
            "Chợ mới ở thôn An Bình, xã Hòa Lộc; chợ cũ ở xã Tân Lễ.",
            "xã Tân Lễ",
            "xã Tân Lễ",
        ),
    ],
)
def test_the_figure_of_the_place_or_thing_and_the_commune_of_the_village(question, text, first, told):
    asked, found = replies(question, text, first=first)
    assert said(settled_by_form(asked, found)) == told


def test_nothing_is_settled_where_there_is_nothing():
    asked, found = replies("Thu ngân sách năm 2015 là bao nhiêu?", RISEN, first="98")
    assert settled_by_form(asked, []) == better_told(asked, []) == []
    assert settled_by_form(asked, found) == found


RESULT = "Năm 2023, thu ngân sách của thành phố An Bình đạt 548 tỷ đồng."
PLAN = "Năm 2024, thành phố An Bình phấn đấu thu ngân sách 590 tỷ đồng."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Thu ngân sách thành phố An Bình năm 2023 là bao nhiêu?", "548 tỷ đồng"),
        ("Năm 2023 thành phố An Bình phấn đấu thu ngân sách bao nhiêu?", "590 tỷ đồng"),
        ("Thu ngân sách thành phố An Bình là bao nhiêu?", "590 tỷ đồng"),
        ("Thu ngân sách thành phố An Bình năm 2024 là bao nhiêu?", "590 tỷ đồng"),
    ],
)
def test_a_result_of_the_asked_year_goes_before_a_plan_of_the_next(question, told):
    asked, found = replies(question, PLAN, RESULT, first="590")
    assert said(better_told(asked, found)) == told


@pytest.mark.parametrize(
    ("exact", "told"),
    [
        ("Năm 2023, thu ngân sách của thành phố An Bình là 394,7 tỷ đồng.", "394,7 tỷ đồng"),
        ("Năm 2022, thu ngân sách của thành phố An Bình là 394,7 tỷ đồng.", "gần 400 tỷ đồng"),
        ("Năm 2023, thu ngân sách của thành phố An Lạc là 394,7 tỷ đồng.", "gần 400 tỷ đồng"),
        ("Năm 2023, thu ngân sách của thành phố An Bình là 301,7 tỷ đồng.", "gần 400 tỷ đồng"),
    ],
)
def test_an_exact_figure_goes_before_a_rounded_one(exact, told):
    rounded = "Năm 2023, thu ngân sách của thành phố An Bình gần 400 tỷ đồng."
    asked, found = replies("Thu ngân sách thành phố An Bình năm 2023?", rounded, exact, first="400")
    assert said(better_told(asked, found)) == told
