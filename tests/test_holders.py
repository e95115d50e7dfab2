"""Whose figure it is, and which of several times."""

from datetime import date

import pytest

from index.types import Article, Passage
from qa.features import Examiner
from qa.guards import scope_guard
from qa.holders import other_holder
from qa.numbered import other_months
from qa.question import understand
from qa.types import Hit


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("Huyện Hải Hà sập mấy nhà?", "Ở huyện Hậu Lộc sập 240 nhà.", True),
        ("Huyện Hải Hà sập mấy nhà?", "Huyện Hải Hà và huyện Hậu Lộc sập 240 nhà.", False),
        ("Bao nhiêu bạn thiếu điểm môn Anh văn?", "30 bạn thiếu điểm môn thể dục.", True),
        ("Trường nào có 30 bạn?", "Trường Lê Lợi có 30 bạn.", False),
        ("Trường Tân Lập có mấy lớp?", "Trường này có 30 lớp.", False),
        ("Ông Ngô Hồng Khoa nhận bao nhiêu tiền?", "Số tiền ông Vinh nhận là 2 tỷ đồng.", True),
        ("Ông Ngô Hồng Khoa nhận bao nhiêu tiền?", "Số tiền ông Khoa nhận là 2 tỷ đồng.", False),
        ("Ông Ngô Hồng Khoa nhận bao nhiêu tiền?", "Số tiền nhận là 2 tỷ đồng.", False),
    ],
)
def test_a_sentence_about_another_holder(question, sentence, other):
    assert other_holder(question, sentence, "", "") is other


def test_who_is_told_in_the_sentence_before_or_in_the_title_is_the_holder():
    question, sentence = "Huyện Hải Hà sập mấy nhà?", "So với huyện Hậu Lộc, nơi đây sập 240 nhà."
    assert other_holder(question, sentence, "", "")
    assert not other_holder(question, sentence, "Bão vào Hải Hà.", "")
    assert not other_holder(question, sentence, "", "Bão ở Hải Hà")


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("Thu 6 tháng đầu năm 2021 là bao nhiêu?", "Trong 9 tháng, huyện thu 5 tỷ đồng.", True),
        ("Thu 9 tháng năm 2021 là bao nhiêu?", "Sau 9 tháng, huyện thu 5 tỷ đồng.", False),
        ("Thu 6 tháng đầu năm 2021 là bao nhiêu?", "Xã vay 5 tỷ đồng, trả trong 12 tháng tới.", False),
        ("Vay 6 tháng lãi bao nhiêu?", "Trong 9 tháng, huyện thu 5 tỷ đồng.", False),
    ],
)
def test_another_number_of_months(question, sentence, other):
    assert other_months(question, sentence) is other


def times(question, text):
    """The features of each time of a one-sentence article."""
    article = Article("a" * 16, "/a.txt", "Tin", "", "", date(2021, 1, 8), text)
    hit = Hit(Passage("p", "a" * 16, 0, len(text), text), article, 1.0, 1)
    scored = Examiner(understand(question), [hit], lambda term: 1, 10).scored()
    return {one.candidate.text: one.features for one in scored if one.candidate.period}


@pytest.mark.parametrize(
    ("year", "clashes"),
    [("2019", 1.0), ("2020", 0.0), ("2021", 0.0)],
)
def test_a_day_of_a_sentence_about_another_year(year, clashes):
    """The day itself is of 2021."""
    found = times(f"Họp kiểm điểm năm {year} vào ngày nào?", "Ngày 07/1/2021, huyện họp kiểm điểm năm 2020.")
    assert found["Ngày 07/1/2021"]["year_clashes"] == clashes


@pytest.mark.parametrize(
    ("question", "unasked"), [("Anh ra mắt ngày nào?", 1.0), ("Anh sinh ngày nào?", 0.0)]
)
def test_a_day_of_birth_answers_no_other_question(question, unasked):
    assert times(question, "Tiền đạo này sinh ngày 31/7/1976.")["ngày 31/7/1976"]["life_unasked"] == unasked


def test_who_enrols_is_not_born():
    text = "Trường tổ chức thi tuyển sinh vào ngày 20/6/2006."
    assert times("Trường thi ngày nào?", text)["ngày 20/6/2006"]["life_unasked"] == 0.0


def test_such_a_contradiction_leaves_no_answer():
    """Of a reply that is certain otherwise."""
    kept = [
        scope_guard({name: 1.0}, fitted=True)
        for name in ("holder_other", "months_clash", "year_clashes", "life_unasked")
    ]
    assert kept == [0.3, 0.2, 0.3, 0.2]


@pytest.mark.parametrize(
    ("question", "unit"),
    [("Tháp cao bao nhiêu?", "m"), ("Con cá nặng bao nhiêu?", "kg"), ("Vay với lãi suất bao nhiêu?", "%")],
)
def test_what_is_high_heavy_or_lent_has_its_units(question, unit):
    assert unit in understand(question).units
