"""The number guard: every figure that is said stands in a quote, with its value and its unit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.verify import unsupported


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("Thu 459,6 tỷ đồng [1]", "thu được 459,6 tỷ đồng, vượt 9,43%"),
        ("3.250 tỷ đồng", "đạt 3,25 nghìn tỷ đồng"),
        ("3,25 nghìn tỷ đồng", "đạt 3.250 tỷ đồng"),
        ("240 tỷ 697 triệu đồng", "đạt 240,697 tỷ đồng"),
        ("459,6 tỷ", "459,6 tỷ đồng"),
        ("2 km", "dài 2.000 m"),
        ("1.440 hộ", "còn 1440 hộ"),
        ("20 người", "có hai mươi người"),
        ("18/25 trường", "18/25 trường học đạt chuẩn"),
        ("năm 2020", "Năm 2020, thành phố"),
        ("ngày 24/6/2020", "bế mạc ngày 24/6/2020"),
        ("0299 3821 123", "Điện thoại: 0299 3821 123"),
        ("5-7%", "tăng 5-7% mỗi năm"),
        ("không có con số nào", "bất cứ câu nào"),
        ("", ""),
    ],
)
def test_the_same_value_passes_whatever_its_spelling(said, quote):
    assert unsupported(said, [quote]) == []


@pytest.mark.parametrize(
    ("said", "quote", "missing"),
    [
        ("3.251 tỷ đồng", "3.250 tỷ đồng", ["3.251 tỷ đồng"]),
        ("325 tỷ đồng", "3.250 tỷ đồng", ["325 tỷ đồng"]),
        ("3.250 triệu đồng", "3.250 tỷ đồng", ["3.250 triệu đồng"]),
        ("5 USD", "5 đồng", ["5 USD"]),
        ("12 ha", "12 km", ["12 ha"]),
        ("9,35 triệu đồng", "9,35%", ["9,35 triệu đồng"]),
        ("70%", "7%", ["70%"]),
        ("18/26 trường", "18/25 trường", ["18/26 trường"]),
        ("5-8%", "5-7%", ["8%"]),
        ("21 người", "hai mươi người", ["21 người"]),
        ("năm 2021", "năm 2020", ["2021"]),
        ("ngày 25/6/2020", "ngày 24/6/2020", ["25/6/2020"]),
        ("0299 3821 124", "Điện thoại: 0299 3821 123", ["124"]),
        ("số 5", "số 15", ["5"]),
        ("Thu 98 tỷ đồng năm 2021", "Năm 2020 thu 97 tỷ đồng", ["98 tỷ đồng", "2021"]),
    ],
)
def test_an_altered_digit_or_unit_is_caught(said, quote, missing):
    assert unsupported(said, [quote]) == missing


def test_markers_are_no_figures():
    assert unsupported("Đã khánh thành [1][12]", ["đã khánh thành"]) == []


def test_the_figures_may_stand_in_several_quotes():
    quotes = ["thu 120,5 tỷ đồng", "chi 98 tỷ đồng"]
    assert unsupported("Thu 120,5 tỷ đồng [1], chi 98 tỷ đồng [2]", iter(quotes)) == []
    assert unsupported("Thu 120,5 tỷ đồng", []) == ["120,5 tỷ đồng"]


@settings(deadline=None)
@given(st.integers(1, 999), st.integers(1, 9), st.sampled_from(["tỷ đồng", "triệu đồng", "ha", "%", "người"]))
def test_any_changed_digit_is_caught(whole, tenth, unit):
    said, quote = f"{whole},{tenth} {unit}", f"đạt {whole},{10 - tenth} {unit}"
    assert unsupported(said, [f"đạt {said} trong năm"]) == []
    assert bool(unsupported(said, [quote])) == (tenth != 5)
