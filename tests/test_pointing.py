"""Phrases that the cross-encoder points at beside the candidates that rules see."""

import re
from decimal import Decimal

import numpy as np
import pytest

from index.types import Article, Passage
from qa.cross_encoder import Judged
from qa.features import Scored
from qa.pointing import _may_answer, phrases
from qa.question import understand
from qa.spans import candidates
from qa.surroundings import Reading
from qa.types import Hit

HOW_MANY = "Hội thảo có mấy bài tham luận?"


def pointing(text, words):
    """A judgement whose best span is ``words``, every token a word of the text."""
    offsets = np.array([match.span() for match in re.finditer(r"\S+", text)])
    start = text.index(words)
    starts, ends = np.full(len(offsets), -5.0), np.full(len(offsets), -5.0)
    starts[offsets[:, 0] == start] = 5.0
    ends[(offsets[:, 0] < start + len(words)) & (offsets[:, 1] >= start + len(words))] = 5.0
    return Judged(1.0, starts, ends, offsets)


def pointed(question, text, words, known=None):
    """What is found where the cross-encoder points at ``words``."""
    asked = understand(question)
    article = Article("a", "/a.txt", "Tiêu đề", "", "", None, text)
    hit = Hit(Passage("p", "a", 0, len(text), text), article, 1.0, 1)
    reading = Reading(hit, 0, len(text), text, "", (), None)
    known = candidates(asked, text, None) if known is None else known
    scored = [Scored(reading, one, {"first": -number, "mine": number}) for number, one in enumerate(known)]
    return [
        (one.candidate.text, one.candidate.form, one.features["mine"], one)
        for one in phrases(asked, scored, pointing(text, words))
    ]


def test_a_number_without_a_unit_is_pointed_at():
    text = "Bàn này nâng tổng số bàn thắng trong 12 trận lên con số 25."
    ((words, form, _, one),) = pointed("Anh có tổng cộng mấy bàn?", text, "25.")
    assert (words, form, one.candidate.quantity) == ("25", "phrase", None)


def test_a_phrase_around_one_candidate_keeps_its_value_and_features():
    text = "Hôm 3/4 có gần 20 bài tham luận của 300 người."
    known = candidates(understand(HOW_MANY), text, None)
    at = [one.quantity.value if one.quantity else None for one in known].index(Decimal(20))
    ((words, _, number, one),) = pointed(HOW_MANY, text, "gần 20 bài tham luận của", known)
    assert (words, number) == ("gần 20 bài tham luận của", at)
    assert one.candidate.quantity.value == Decimal(20)
    assert one.features["phrase"] == 1.0


@pytest.mark.parametrize("words", ["tham luận của", "20 bài", "20"])
def test_no_phrase_for_a_number_without_one_or_that_a_candidate_holds(words):
    text = "Hội thảo có 20 bài tham luận của các giảng viên."
    (whole,) = (one for one in candidates(understand(HOW_MANY), text, None) if one.text == "20 bài")
    assert pointed(HOW_MANY, text, words, [whole]) == []


def test_a_time_told_in_words():
    text = "Ông mở hàng từ mồng 4 Tết chứ tuần qua, 12/2, không có giao dịch."
    ((words, form, *_),) = pointed("Ông mở hàng hôm nào?", text, "mồng 4 Tết")
    assert (words, form) == ("mồng 4 Tết", "phrase")


def test_a_phrase_for_a_day_says_a_time():
    text = "Bài hát do hai ca sĩ trình bày, ra mắt hồi đầu xuân, sau tập nhạc năm 2015."
    assert pointed("Bài hát ra mắt khi nào?", text, "hai ca sĩ") == []
    ((words, *_),) = pointed("Bài hát ra mắt khi nào?", text, "hồi đầu xuân")
    assert words == "hồi đầu xuân"


def test_an_office_is_more_than_a_name():
    text = "Đón Xuân Giáp Thìn, Bí thư Tân Lễ Lê Văn Hai chúc mừng bà con, cố vấn cao cấp."
    asked = "Ông Lê Văn Hai giữ chức vụ gì?"
    assert pointed(asked, text, "Xuân Giáp Thìn") == []
    assert pointed(asked, text, "chúc mừng bà con") == []
    ((words, *_),) = pointed(asked, text, "cố vấn cao cấp")
    assert words == "cố vấn cao cấp"


@pytest.mark.parametrize(
    ("words", "found"), [("chủ tịch kiêm", []), ("Hà Nội", []), ("ông Hai", ["ông Hai"])]
)
def test_who_holds_an_office_is_no_office_and_no_city(words, found):
    text = "Ở Hà Nội, theo lời ông Hai thì chủ tịch kiêm trưởng đoàn Lê Văn Ba đi vắng."
    assert [phrase for phrase, *_ in pointed("Chủ tịch liên đoàn là ai?", text, words)] == found


@pytest.mark.parametrize(
    ("question", "words", "told"),
    [
        ("Công ty nợ bao nhiêu tiền?", "(31)", False),
        ("Công ty nợ bao nhiêu tiền?", "nửa tỷ bạc", True),
        ("Cầu cao bao nhiêu mét?", "2005", False),
        ("Cầu cao bao nhiêu mét?", "hơn 31 m", True),
        ("Để được bao lâu?", "một tháng", True),
        ("Đội thắng tỉ số mấy?", "2-1", True),
        ("Công ty giữ mấy lô đất?", "một số lô đất", False),
    ],
)
def test_a_phrase_for_a_figure_has_a_number_and_the_unit(question, words, told):
    assert _may_answer(understand(question), words) is told
