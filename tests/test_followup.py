import pytest

from qa.followup import make_whole

FIRST = "thu ngân sách năm 2020 của thành phố Hòa Lộc là bao nhiêu"


@pytest.mark.parametrize(
    ("question", "history", "whole"),
    [
        ("còn năm 2025 thì sao?", [FIRST], "thu ngân sách của thành phố Hòa Lộc là bao nhiêu năm 2025"),
        ("còn An Bình?", [FIRST], "thu ngân sách năm 2020 của thành phố An Bình là bao nhiêu"),
        (
            "tăng bao nhiêu phần trăm?",
            [FIRST],
            "thu ngân sách năm 2020 của thành phố Hòa Lộc tăng bao nhiêu phần trăm",
        ),
        (
            "còn năm 2021?",
            [FIRST, "tăng bao nhiêu phần trăm?"],
            "thu ngân sách của thành phố Hòa Lộc tăng bao nhiêu phần trăm năm 2021",
        ),
        ("ông ấy sinh năm nào?", ["Chủ tịch xã An Bình là ai?"], "Chủ tịch xã An Bình sinh năm nào?"),
        (
            "Ban chấp hành ở đó có mấy người?",
            ["Ai là bí thư xã An Bình?"],
            "Ban chấp hành ở An Bình có mấy người?",
        ),
        (
            "họ đại diện cho bao nhiêu đảng viên?",
            ["Đại hội A có bao nhiêu đại biểu?"],
            "Đại hội A đại diện cho bao nhiêu đảng viên?",
        ),
        (
            "thế Hải Phòng đứng thứ mấy?",
            ["Hà Nội đắt đỏ thứ mấy thế giới năm 2006 theo Mercer?"],
            "Hải Phòng đắt đỏ thứ mấy thế giới năm 2006 theo Mercer",
        ),
        ("thế chi thì sao?", [FIRST], "chi ngân sách năm 2020 của thành phố Hòa Lộc là bao nhiêu"),
        ("còn Hà Nam?", ["dân số tỉnh Hà Giang là bao nhiêu"], "dân số tỉnh Hà Nam là bao nhiêu"),
        ("con nam 2025?", ["thu ngan sach nam 2020"], "thu ngan sach nam 2025"),
    ],
)
def test_what_is_left_out_comes_from_the_earlier_questions(question, history, whole):
    assert make_whole(question, history) == whole


@pytest.mark.parametrize(
    "question",
    [
        "Tỷ lệ hộ nghèo của huyện An Bình năm 2023 là bao nhiêu?",
        "Vì sao cầu Bến Lội phải đóng cửa trong tháng 5 vừa rồi?",
    ],
)
def test_a_new_topic_starts_afresh(question):
    assert make_whole(question, [FIRST]) == question


def test_the_history_may_hold_the_answers():
    assert make_whole("còn năm 2025?", [(FIRST, "459 tỷ đồng")]) == make_whole("còn năm 2025?", [FIRST])


def test_without_history_nothing_changes():
    assert make_whole("còn năm 2025 thì sao?") == "còn năm 2025 thì sao?"
