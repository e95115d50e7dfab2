import pytest

from qa.question import understand
from qa.shorthand import write_out


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("9 thág đầu năm 2021 thu đc bn tiền", "9 tháng đầu năm 2021 thu được bao nhiêu tiền"),
        ("bt thành ủy là ai", "bí thư thành ủy là ai"),
        ("BT huyện ủy Phìn Sán là ai", "bí thư huyện ủy Phìn Sán là ai"),
        ("t2/2006 có bn ng chết vì tngt", "tháng 2/2006 có bao nhiêu người chết vì tai nạn giao thông"),
        ("8T/2023 tl hs trễ hẹn", "8 tháng 2023 tỷ lệ học sinh trễ hẹn"),
        ("q. Tân Bình, h. Nhà Bè có mấy hs", "quận Tân Bình, huyện Nhà Bè có mấy học sinh"),
        ("dan so 2020 la bn ng", "dan so 2020 la bao nhieu nguoi"),
    ],
)
def test_shorthand_is_written_out(typed, full):
    assert write_out(typed) == full


@pytest.mark.parametrize(
    "text",
    [
        "ông Lê Văn J. là ai",
        "công ty HS Vina ở đâu",
        "xe 36M-0204 của ai",
        "nghị quyết 05/NQ-HĐND về việc gì",
        "GDP quý I năm 2020",
        "trang www.bn.vn của ai",
    ],
)
def test_names_and_numbers_are_left_alone(text):
    assert write_out(text) == text


def test_a_question_in_shorthand_is_understood_like_the_full_one():
    short, full = understand("thu NS t2/2006 đc bn tỷ"), understand("thu NS tháng 2/2006 được bao nhiêu tỷ")
    assert short == full
    assert short.periods[0].text == "tháng 2/2006"
