"""Periods: a hand-worked table, and Duckling's Vietnamese dates as independent expectations."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from pathlib import Path

import pytest

from index.periods import compatible, find_periods, overlaps
from index.types import Period
from index.vietnamese import fold

DUCKLING = Path(__file__).parents[2] / "shared" / "eval" / "duckling_vi" / "Time_Corpus.hs"
PUBLISHED = date(2021, 10, 5)

# text | the period in it | first day | last day | grain; resolved against 5 October 2021
TABLE = """
thu ngân sách năm 2020 | năm 2020 | 2020-01-01 | 2020-12-31 | year
thu ngân sách 2020 | 2020 | 2020-01-01 | 2020-12-31 | year
thu ngân sách 2020 thành phố | 2020 | 2020-01-01 | 2020-12-31 | year
2020 | 2020 | 2020-01-01 | 2020-12-31 | year
đến năm 2025 | năm 2025 | 2025-01-01 | 2025-12-31 | year
vào năm 2030 | năm 2030 | 2030-01-01 | 2030-12-31 | year
trước năm 2010 | năm 2010 | 2010-01-01 | 2010-12-31 | year
năm 938 | năm 938 | 0938-01-01 | 0938-12-31 | year
năm 2020 người dân | năm 2020 | 2020-01-01 | 2020-12-31 | year
cả năm 2021 | cả năm 2021 | 2021-01-01 | 2021-12-31 | year
năm nay | năm nay | 2021-01-01 | 2021-12-31 | year
năm ngoái | năm ngoái | 2020-01-01 | 2020-12-31 | year
năm trước | năm trước | 2020-01-01 | 2020-12-31 | year
năm tới | năm tới | 2022-01-01 | 2022-12-31 | year
tháng 9/2021 | tháng 9/2021 | 2021-09-01 | 2021-09-30 | month
tháng 9-2021 | tháng 9-2021 | 2021-09-01 | 2021-09-30 | month
tháng 9 năm 2021 | tháng 9 năm 2021 | 2021-09-01 | 2021-09-30 | month
tháng 9, năm 2021 | tháng 9, năm 2021 | 2021-09-01 | 2021-09-30 | month
t2/2006 | t2/2006 | 2006-02-01 | 2006-02-28 | month
9/2021 | 9/2021 | 2021-09-01 | 2021-09-30 | month
tháng 2 năm 2020 | tháng 2 năm 2020 | 2020-02-01 | 2020-02-29 | month
tháng tư năm 1975 | tháng tư năm 1975 | 1975-04-01 | 1975-04-30 | month
hồi tháng 6 | tháng 6 | 2021-06-01 | 2021-06-30 | month
tháng trước | tháng trước | 2021-09-01 | 2021-09-30 | month
tháng này | tháng này | 2021-10-01 | 2021-10-31 | month
ngày 24/6/2020 | ngày 24/6/2020 | 2020-06-24 | 2020-06-24 | day
24-6-2020 | 24-6-2020 | 2020-06-24 | 2020-06-24 | day
24.6.2020 | 24.6.2020 | 2020-06-24 | 2020-06-24 | day
ngày 24 tháng 6 năm 2020 | ngày 24 tháng 6 năm 2020 | 2020-06-24 | 2020-06-24 | day
ngày 24/6 | ngày 24/6 | 2021-06-24 | 2021-06-24 | day
(24/6) | 24/6 | 2021-06-24 | 2021-06-24 | day
sáng 17-8 | sáng 17-8 | 2021-08-17 | 2021-08-17 | day
ngày 17.8 | ngày 17.8 | 2021-08-17 | 2021-08-17 | day
chiều qua | chiều qua | 2021-10-04 | 2021-10-04 | day
hôm qua | hôm qua | 2021-10-04 | 2021-10-04 | day
hôm nay | hôm nay | 2021-10-05 | 2021-10-05 | day
từ 15 đến 17-7 | từ 15 đến 17-7 | 2021-07-15 | 2021-07-17 | day
15-17/7 | 15-17/7 | 2021-07-15 | 2021-07-17 | day
từ ngày 1/6 đến ngày 15/6 | từ ngày 1/6 đến ngày 15/6 | 2021-06-01 | 2021-06-15 | day
trước ngày 30-9 | ngày 30-9 | 2021-09-30 | 2021-09-30 | day
quý I | quý I | 2021-01-01 | 2021-03-31 | quarter
quý 1/2021 | quý 1/2021 | 2021-01-01 | 2021-03-31 | quarter
quí II năm 2008 | quí II năm 2008 | 2008-04-01 | 2008-06-30 | quarter
quý này | quý này | 2021-10-01 | 2021-12-31 | quarter
ba quý đầu năm | ba quý đầu năm | 2021-01-01 | 2021-09-30 | months
6 tháng đầu năm 2021 | 6 tháng đầu năm 2021 | 2021-01-01 | 2021-06-30 | half
nửa đầu năm 2021 | nửa đầu năm 2021 | 2021-01-01 | 2021-06-30 | half
sáu tháng cuối năm | sáu tháng cuối năm | 2021-07-01 | 2021-12-31 | half
9 tháng năm 2021 | 9 tháng năm 2021 | 2021-01-01 | 2021-09-30 | months
9 tháng đầu năm | 9 tháng đầu năm | 2021-01-01 | 2021-09-30 | months
9 tháng đầu năm nay | 9 tháng đầu năm nay | 2021-01-01 | 2021-09-30 | months
Chín tháng, thu ngân sách | Chín tháng | 2021-01-01 | 2021-09-30 | months
thu ngan sach 9 thang 2021 | 9 thang 2021 | 2021-01-01 | 2021-09-30 | months
hai tháng đầu năm 2020 | hai tháng đầu năm 2020 | 2020-01-01 | 2020-02-29 | months
đầu năm 2008 | đầu năm 2008 | 2008-01-01 | 2008-04-30 | months
giữa năm 2008 | giữa năm 2008 | 2008-05-01 | 2008-08-31 | months
cuối năm 2008 | cuối năm 2008 | 2008-09-01 | 2008-12-31 | months
cuối năm ngoái | cuối năm ngoái | 2020-09-01 | 2020-12-31 | months
từ đầu năm đến nay | từ đầu năm đến nay | 2021-01-01 | 2021-10-05 | months
từ tháng 1 đến tháng 9 năm 2020 | từ tháng 1 đến tháng 9 năm 2020 | 2020-01-01 | 2020-09-30 | months
cuối tháng 12-2006 | cuối tháng 12-2006 | 2006-12-21 | 2006-12-31 | day
nửa cuối tháng 8 | nửa cuối tháng 8 | 2021-08-16 | 2021-08-31 | day
nhiệm kỳ 2015-2020 | nhiệm kỳ 2015-2020 | 2015-01-01 | 2020-12-31 | years
giai đoạn 2016 – 2020 | giai đoạn 2016 – 2020 | 2016-01-01 | 2020-12-31 | years
2020-2025 | 2020-2025 | 2020-01-01 | 2025-12-31 | years
5 năm 2016-2020 | 2016-2020 | 2016-01-01 | 2020-12-31 | years
năm học 2021-2022 | năm học 2021-2022 | 2021-09-01 | 2022-08-31 | years
từ 2004 đến giữa 2006 | từ 2004 đến giữa 2006 | 2004-01-01 | 2006-08-31 | years
từ năm 2015 đến năm 2020 | từ năm 2015 đến năm 2020 | 2015-01-01 | 2020-12-31 | years
Từ năm 2000 đến 6-2003 | Từ năm 2000 đến 6-2003 | 2000-01-01 | 2003-06-30 | years
từ 6-2003 đến 12-2004 | từ 6-2003 đến 12-2004 | 2003-06-01 | 2004-12-31 | years
Từ đầu năm đến tháng 9/2020 | Từ đầu năm đến tháng 9/2020 | 2020-01-01 | 2020-09-30 | months
từ đầu năm đến hết tháng 9 | từ đầu năm đến hết tháng 9 | 2021-01-01 | 2021-09-30 | months
ngày 24-11 năm 2005 | ngày 24-11 năm 2005 | 2005-11-24 | 2005-11-24 | day
từ năm 2015 đến nay | từ năm 2015 đến nay | 2015-01-01 | 2021-10-05 | years
thập niên 1990 | thập niên 1990 | 1990-01-01 | 1999-12-31 | years
những năm 1990 | những năm 1990 | 1990-01-01 | 1999-12-31 | years
thế kỷ XX | thế kỷ XX | 1901-01-01 | 2000-12-31 | years
cùng kỳ năm trước | cùng kỳ năm trước | 2020-01-01 | 2020-12-31 | year
cùng kỳ | cùng kỳ | None | None | months
"""
ROWS = [tuple(cell.strip() for cell in line.split(" | ")) for line in TABLE.strip().splitlines()]


def told(period: Period) -> tuple[str, str, str, str]:
    return period.text, str(period.first), str(period.last), period.grain


def one(text: str, published: date | None = PUBLISHED) -> Period:
    (period,) = find_periods(text, published)
    assert text[period.start : period.end] == period.text
    return period


@pytest.mark.parametrize(("text", "phrase", "first", "last", "grain"), ROWS)
def test_table(text: str, phrase: str, first: str, last: str, grain: str) -> None:
    assert told(one(text)) == (phrase, first, last, grain)


# "toi nay" and the like are not read without diacritics; none of them is in the table.
@pytest.mark.parametrize(("text", "first", "last"), [(row[0], row[2], row[3]) for row in ROWS])
def test_table_without_diacritics_and_in_capitals(text: str, first: str, last: str) -> None:
    for form in (fold(text), text.upper()):
        assert told(one(form))[1:3] == (first, last)


NONE = """2020 tỷ đồng|1.999 hộ|11/NQ-CP|số 2020/QĐ-UBND|25/34 trường|3/11 địa phương|2/3 số hộ
hotline 1900 6789|24/7|có 2000 chiếc|ngày 31/2|5 năm|3 ngày|trong 5 năm trước|những năm tới
trong vòng 6 tháng|6 tháng tù|mỗi tháng 9 triệu đồng|mỗi năm 200 hộ|từ 1000 đến 2000 đồng
năm người|0299.3822339|quý vị
thế kỷ 6 trước Công nguyên|năm 179 TCN"""


@pytest.mark.parametrize("text", [text for line in NONE.splitlines() for text in line.split("|")])
def test_no_period(text: str) -> None:
    assert find_periods(text, PUBLISHED) == []


YEARLESS = [
    ("ngày 24/6", date(2020, 6, 25), date(2020, 6, 24)),
    ("ngày 20/12", date(2021, 1, 5), date(2020, 12, 20)),
    ("ngày 20/1", date(2021, 1, 5), date(2021, 1, 20)),
    ("quý IV", date(2022, 1, 10), date(2021, 10, 1)),
    ("9 tháng đầu năm", date(2022, 1, 10), date(2021, 1, 1)),
    ("6 tháng đầu năm", date(2021, 7, 5), date(2021, 1, 1)),
    ("tháng 11", date(2022, 1, 10), date(2021, 11, 1)),
    ("tháng trước", date(2022, 1, 10), date(2021, 12, 1)),
    ("hôm qua", date(2022, 1, 1), date(2021, 12, 31)),
]


@pytest.mark.parametrize(("text", "published", "first"), YEARLESS)
def test_year_of_the_article(text: str, published: date, first: date) -> None:
    assert one(text, published).first == first


@pytest.mark.parametrize(
    "text", ["9 tháng đầu năm", "ngày 24/6", "quý I", "năm ngoái", "hôm qua", "từ đầu năm đến nay"]
)
def test_no_days_without_a_date_of_publication(text: str) -> None:
    period = one(text, None)
    assert (period.first, period.last) == (None, None)


def test_same_period_follows_what_is_told_not_what_is_compared() -> None:
    text = "6 tháng đầu năm 2021 tăng 5% so với cùng kỳ, tăng 2% so với năm 2015, gấp đôi cùng kỳ năm 2019"
    assert [told(period)[1:3] for period in find_periods(text)] == [
        ("2021-01-01", "2021-06-30"),
        ("2020-01-01", "2020-06-30"),
        ("2015-01-01", "2015-12-31"),
        ("2019-01-01", "2019-06-30"),
    ]


def test_the_year_before_is_counted_within_the_sentence() -> None:
    assert told(find_periods("Năm 2019 tăng so với năm trước", PUBLISHED)[1])[1] == "2018-01-01"
    assert told(find_periods("Năm 2015 mở cửa. Nay tăng so với năm trước", PUBLISHED)[1])[1] == "2020-01-01"


def test_overlaps() -> None:
    year, quarter, other, open_end = find_periods("năm 2020, quý IV/2020, năm 2021, hôm qua")
    assert overlaps(year, quarter)
    assert not overlaps(year, other)
    assert not overlaps(year, open_end)


COMPATIBLE = [
    ("năm 2021", "cả năm 2021", True),
    ("6 tháng đầu năm 2021", "nửa đầu năm 2021", True),
    ("năm 2021", "năm 2020", False),
    ("năm 2021", "9 tháng đầu năm 2021", None),
    ("9 tháng đầu năm 2021", "6 tháng đầu năm 2021", False),
    ("9 tháng đầu năm 2021", "năm 2021", False),
    ("quý I/2021", "tháng 2/2021", False),
    ("năm 2020", "nhiệm kỳ 2020-2025", None),
    ("nhiệm kỳ 2020-2025", "năm 2020", None),
    ("9 tháng đầu năm 2021", "nhiệm kỳ 2020-2025", None),
    ("tháng 6/2021", "ngày 24/6/2021", None),
    ("năm 2021", "ngày 24/6/2021", None),
    ("ngày 24/6/2021", "ngày 25/6/2021", False),
    ("năm 2021", "năm ngoái", None),
    ("giai đoạn 2010-2015", "nhiệm kỳ 2015-2020", False),
    ("giai đoạn 2016-2020", "nhiệm kỳ 2015-2020", None),
]


@pytest.mark.parametrize(("asked", "said", "expected"), COMPATIBLE)
def test_compatible(asked: str, said: str, expected: bool | None) -> None:
    assert compatible(one(asked, None), one(said, None)) is expected


# --- Duckling --------------------------------------------------------------------------------------

REFERENCE = date(2017, 2, 2)
# Out of scope: weekdays without a date, weeks, clock times, seasons, feasts, lengths counted from now
# ("3 ngày tới"), ordinals inside a month; and dates without a year more than half a year ahead, which news
# means backwards.
OUT_OF_SCOPE = """
bữa trưa|\\d s |giây|phút|tiếng|giờ|bây giờ|lúc|tuần|mùa|giáng sinh|đầu tiên|CET|\\d:\\d\\d|\\d[hg]\\d
^(sáng |)(thứ|chủ nhật|chúa nhật)( \\S+| ?)( tới| vừa rồi)?$|^\\S+ (ngày|tháng|năm) (vừa|qua|tới|tiếp)
^ngày 12/10$
"""
_OUT = re.compile("|".join(OUT_OF_SCOPE.strip().splitlines()))
GRAINS = {"Day": "day", "Month": "month", "Quarter": "quarter", "Year": "year"}


def duckling() -> list[tuple[date, str, str]]:
    """(first day, grain, example) of the examples that name a day, month, quarter or year."""
    if not DUCKLING.exists():
        return []
    head = r"examples \(datetime(?:Interval)? \(+(\d+), (\d+), (\d+), .*?\)+ (\w+)\)\s*\[(.*?)\]"
    return [
        (date(int(year), int(month), int(day)), grain, example)
        for year, month, day, grain, body in re.findall(head, DUCKLING.read_text("utf-8"), re.S)
        for example in re.findall(r'"(.*?)"', body)
    ]


IN_SCOPE = [row for row in duckling() if not _OUT.search(row[2])]


def test_duckling_is_there() -> None:
    if not DUCKLING.exists():
        pytest.skip("shared/eval/duckling_vi is absent")
    assert len(IN_SCOPE) > 60


@pytest.mark.parametrize(("first", "grain", "example"), IN_SCOPE)
def test_duckling_dates(first: date, grain: str, example: str) -> None:
    period = one(example, REFERENCE)
    # Duckling gives a part of a day ("tối nay") in hours; here it is the day.
    expected = GRAINS.get(grain, "day")
    months = {"day": 0, "month": 1, "quarter": 3, "year": 12}[expected]
    end = (first.month - 1 + months - 1) % 12 + 1
    last = first if not months else date(first.year, end, monthrange(first.year, end)[1])
    assert (period.first, period.last, period.grain) == (first, last, expected)
