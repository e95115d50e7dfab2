"""Numbers of news that only the ledger reads, and those that are no figures."""

from datetime import date

import pytest

from index.figures import figures_of
from index.types import Article


def read(text):
    figures = figures_of(Article("0" * 16, "/a.txt", "", "", "", date(2006, 4, 6), text))
    return [(one.text, str(one.value), one.unit) for one in figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ba tuyển thủ trở về.", [("Ba tuyển thủ", "3", "tuyển thủ")]),
        ("Đội có 7 tuyển thủ.", [("7 tuyển thủ", "7", "tuyển thủ")]),
        ("Ông Lê Văn Tám kể, người thứ hai thế giới.", []),
        ("Vợ chồng trẻ và cả hai miền đều vui.", [("hai miền", "2", "miền")]),
        ("Có 66 CĐV ở quận 5 TPHCM.", [("66 CĐV", "66", "cđv")]),
        ("Anh cao 1m75 và nhảy 2m5.", [("1m75", "1.75", "m"), ("2m5", "2.5", "m")]),
        ("Phòng rộng 15m 2, cách biển 10 m 3 phòng.", [("15m 2", "15", "m²"), ("10 m", "10", "m"), ("3 phòng", "3", "phòng")]),
        ("Bình còn 10m 3 xăng.", [("10m 3", "10", "m³")]),
        ("Thuốc làm giảm 1/3 đường trong máu.", [("1/3", "1", "")]),
        ("Bạn trẻ (tuổi từ 16-24) thích phim.", [("16", "16", "tuổi"), ("24", "24", "tuổi")]),
        ("Lương lên tới 7 hay 8 con số.", [("7", "7", "con số"), ("8 con số", "8", "con số")]),
        ("Tiền có 10.000 và 20.000 đồng.", [("10.000", "10000", "đồng"), ("20.000 đồng", "20000", "đồng")]),
        ("Có 11 liên doanh lắp ráp xe.", [("11 liên doanh", "11", "liên doanh")]),
    ],
)  # fmt: skip
def test_numbers_that_only_the_ledger_reads(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Một cô gái 20 tuổi kể.",
        "Chuẩn 802.11g phổ biến.",
        "Còn 1 số vụ án phức tạp.",
        "Bàn thắng ở phút 72 và 80.",
        "Khách sạn ở 134 Đồng Khởi, 132-134 Đồng Khởi.",
        "Hiệp 1 kết thúc.",
        "Mãi đến 28 tết mới xong.",
        "Thuê bao là 095.",
        "Mạng 3,5G rất nhanh.",
        "Một gái làng chơi 21 tuổi kể.",
        "Vòng 9 giải bóng đá hay.",
        "Lương mới áp dụng từ 1-10 năm ngoái.",
    ],
)
def test_numbers_that_are_no_figures(text):
    assert read(text) == []


def test_children_of_an_age_are_a_group():
    assert read("Tiêm cho trẻ dưới 6 tuổi.") == [("6 tuổi", "6", "tuổi")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anh được định giá 10 triệu bảng.", [("10 triệu bảng", "10000000", "gbp")]),
        ("Có 3 HCV và 1 HCB.", [("3 HCV", "3", "hcv"), ("1 HCB", "1", "hcb")]),
        ("Đội thua 0-1 trận lượt đi.", []),
        ("Ông Triết - 63 tuổi - nhận quà.", []),
        ("Bạn chơi Midnight Club 3 tạo ra cảm giác.", []),
        ("Máy LG 410 ra mắt.", []),
        ("Có 20% em gái trước 15 tuổi.", [("20%", "20", "%"), ("15 tuổi", "15", "tuổi")]),
        ("Cháu ở với bà ngoại gần 80 tuổi.", [("80 tuổi", "80", "tuổi")]),
        ("Có 3 thi hài.", [("3 thi hài", "3", "thi hài")]),
        (
            "Lương 750-850 RM/tháng.",
            [("750", "750", "ringgit/tháng"), ("850 RM/tháng", "850", "ringgit/tháng")],
        ),
        ("Cước còn 250 đồng/6 giây.", [("250 đồng/6 giây", "250", "đồng/6 giây")]),
        ("Hút thuốc phạt 1.000 đô Sing.", [("1.000 đô Sing", "1000", "sgd")]),
        (
            "Vứt rác phạt 500 đô la Úc. Khạc nhổ 50 đô.",
            [("500 đô la Úc", "500", "aud"), ("50 đô", "50", "aud")],
        ),
        ("Khi ấy 1 USD bằng 15.000 đồng.", [("15.000 đồng", "15000", "đồng")]),
        ("Lương tăng gấp đôi.", [("đôi", "2", "lần")]),
        ("Nền cao nửa mét.", [("nửa mét", "0.5", "m")]),
        ("Tuyển 2 nữ, tuổi 22- 30.", [("2 nữ", "2", "nữ"), ("22", "22", "tuổi"), ("30", "30", "tuổi")]),
        ("Trẻ từ 3 đến 10 tuổi.", [("3", "3", "tuổi"), ("10 tuổi", "10", "tuổi")]),
        ("Hai chị em tuổi 20 và 23 đi học cấp 2 và 3.", [("Hai chị em", "2", "chị em")]),
        ("Từ năm 16 tuổi, Lan đã thi.", []),
        ("Thi từ 45 phút đến 180 phút.", [("45 phút", "45", "phút"), ("180 phút", "180", "phút")]),
        ("Công an triệu tập 5 thanh niên.", [("5 thanh niên", "5", "thanh niên")]),
        ("Dân số 5.000 người.", [("5.000 người", "5000", "người")]),
        ("Nhận một khoản 10 tỷ đồng.", [("10 tỷ đồng", "10000000000", "đồng")]),
        ("Bắt 46 tiếp viên, xem tập 5.", [("46 tiếp viên", "46", "tiếp viên")]),
    ],
)
def test_numbers_of_news(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Khối hồng cầu nhóm B: 40 đơn vị (10 lít máu).", ["khối hồng cầu nhóm b", "khối hồng cầu nhóm b"]),
        ("Cao 1m75.", ["cao"]),
        ("Tiền lương có thể tới 5 triệu đồng.", ["tiền lương"]),
        ("Trong số đó 5,7% có thể học nghề.", ["học nghề"]),
    ],
)
def test_what_is_measured_by_numbers_of_news(text, expected):
    figures = figures_of(Article("0" * 16, "/a.txt", "", "", "", date(2006, 4, 6), text))
    assert [one.indicator for one in figures] == expected


def test_from_a_month_until_now_is_when():
    text = "Cùng thời gian từ tháng 10-2002 đến nay, viện đã mổ 28 ca."
    (one,) = figures_of(Article("0" * 16, "/a.txt", "", "", "", date(2006, 4, 6), text))
    assert (str(one.period.first), str(one.period.last)) == ("2002-10-01", "2006-04-06")
