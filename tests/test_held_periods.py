"""Which time holds on from one sentence to the next."""

from datetime import date

import pytest

from index.types import Article, Passage
from qa.held_periods import held_periods
from qa.surroundings import readings
from qa.types import Hit


def held(text):
    """What holds at the last sentence of an article of 5 January 2024."""
    article = Article("a" * 16, "/a.txt", "Tin", "", "", date(2024, 1, 5), text)
    hit = Hit(Passage("p", "a" * 16, 0, len(text), text), article, 1.0, 1)
    return [period.text for period in held_periods(readings(hit)[-1])][:1]


AFTER = " Thành phố có 41 trường đạt chuẩn."
FILLER = "Sáng nay trời đẹp. Ai cũng vui. Chợ đông người mua bán. "


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("Trong năm 2023, thành phố có 205 hộ nghèo.", ["năm 2023"]),
        ("Thành phố còn 205 hộ nghèo, con số của năm 2020 là 690.", []),
        ("Cây cầu sẽ xong trong năm 2025.", []),
        ("Năm 2025, thành phố xây cầu.", ["Năm 2025"]),
        ("Lễ khai mạc diễn ra ngày 3-1-2024.", []),
    ],
)
def test_what_is_told_by_the_way_does_not_hold(before, told):
    assert held(f"{FILLER * 12}{before}{AFTER}") == told


def test_the_title_holds_where_nothing_else_is_told():
    text = f"Báo cáo năm 2023 của thành phố.{AFTER}"
    assert held(text) == ["năm 2023"]
