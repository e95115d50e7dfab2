"""Who holds the office asked for, by what an article tells near a name."""

import pytest

from index.types import Article, Passage
from qa.features import Examiner
from qa.guards import scope_guard
from qa.offices import NEAR, Office, asked_office, office_features
from qa.question import understand
from qa.read import ranked_by
from qa.types import Hit


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("Bí thư Huyện ủy Lai Vu là ai?", Office("bí thư", False, "huyện ủy")),
        ("Phó Bí thư Huyện ủy Lai Vu tên là gì?", Office("bí thư", True, "huyện ủy")),
        ("giám đốc sở y tế Lai Vu năm 2006", Office("giám đốc", False, "sở")),
        ("tổng giám đốc Công ty An Phát là ông nào?", Office("giám đốc", False, "công ty")),
        ("Thứ trưởng Bộ X nào ký thư ngỏ?", Office("thứ trưởng", False)),
        ("HLV nào dẫn đội Lai Vu?", Office("huấn luyện viên", False)),
        ("Ai được bầu làm phó chủ tịch xã?", Office("chủ tịch", True)),
        ("Ai gặp giám đốc Lê An?", None),
        ("Bí thư Trần Văn An gặp ai?", None),
        ("Đại sứ quán ở đâu?", None),
        ("bi thu huyen uy la ai", None),
    ],
)
def test_the_office_that_is_asked_for(question, office):
    assert asked_office(understand(question)) == office


ARTICLE = (
    "Giám đốc sở Lê Văn An chủ trì. Bà Vũ Thị Hạ, phó giám đốc, đọc báo cáo. "
    + "Mọi người nghe. " * 10
    + "Ông Ngô Văn Tư vắng mặt."
)


@pytest.mark.parametrize(
    ("asked", "name", "expected"),
    [
        (Office("giám đốc", False), "Lê Văn An", {}),
        (Office("giám đốc", False), "giám đốc Lê Văn An", {}),
        (Office("giám đốc", False, "sở"), "Lê Văn An", {}),
        (Office("giám đốc", False, "công ty"), "Lê Văn An", {"office_other": 1.0}),
        (Office("bí thư", False), "Lê Văn An", {"office_other": 1.0}),
        (Office("giám đốc", False), "Ngô Văn Tư", {"office_untold": 1.0}),
        (Office("giám đốc", False), "Phan Văn Bảy", {"office_untold": 1.0}),
    ],
)
def test_an_office_counts_when_it_stands_near_the_name_anywhere(asked, name, expected):
    assert office_features(asked, ARTICLE, name) == expected


def test_an_office_further_away_is_another_persons():
    office = Office("giám đốc", False)
    assert office_features(office, "giám đốc " + "x" * (NEAR - 10) + " Lê An", "Lê An") == {}
    assert office_features(office, "giám đốc " + "x" * NEAR + " Lê An", "Lê An") == {"office_untold": 1.0}


@pytest.mark.parametrize(
    "text",
    [
        "Ông Lê Văn An làm chủ tịch HĐND tỉnh; ông Bùi Quốc Đạt, phó bí thư, giữ chức chủ tịch UBND tỉnh.",
        "Bí thư thành ủy Bùi Quốc Đạt nhận nhiệm vụ chủ tịch UBND thành phố.",
    ],
)
def test_the_body_of_another_person_or_of_an_office_before_is_no_other_body(text):
    article = Article("0" * 16, "/a.txt", "Hội nghị", "", "", None, text)
    hit = Hit(Passage("p", "0" * 16, 0, len(text), text), article, 1.0, 1)
    scored = Examiner(understand("Chủ tịch UBND là ai?"), [hit], lambda term: 1, 10).scored()
    absent = {
        one.candidate.text: one.features["bodies_absent"] for one in scored if one.candidate.form == "name"
    }
    assert absent["Bùi Quốc Đạt"] == 0.0


def test_another_office_lowers_rank_and_confidence():
    """The deputy stands beside more of the question's words, the head is who was asked for."""
    text = "Phó giám đốc Lê Văn An mở hội nghị sở. " + "Trời mưa to. " * 12 + "Giám đốc Vũ Văn Hạ đến muộn."
    article = Article("0" * 16, "/a.txt", "Hội nghị sở", "", "", None, text)
    hit = Hit(Passage("p", "0" * 16, 0, len(text), text), article, 1.0, 1)
    scored = Examiner(understand("Giám đốc sở mở hội nghị là ai?"), [hit], lambda term: 1, 10).scored()
    features = {one.candidate.text: one.features for one in scored if one.candidate.form == "name"}
    assert features["Lê Văn An"]["office_other"] == 1.0
    assert "office_other" not in features["Vũ Văn Hạ"]
    assert scope_guard({"office_other": 1.0}, fitted=True) == 0.3
    people = [one.candidate.text for _, one in ranked_by({}, scored) if one.candidate.form == "name"]
    assert people == ["Vũ Văn Hạ", "Lê Văn An"]
