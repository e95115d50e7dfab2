"""What a figure of a news article is said of: events, offices, stretches counted from publication."""

from datetime import date

import pytest

from index.figures import figures_of
from index.quantities import find_quantities
from index.types import Article


def scopes(text, title="Tin"):
    article = Article("0" * 16, "/a.txt", title, "", "", date(2006, 4, 6), text)
    return [
        (one.text, f"{one.period.first}/{one.period.last}" if one.period else "", one.place)
        for one in figures_of(article)
    ]


def test_the_day_of_an_event_holds_for_its_counts_and_not_for_sizes():
    text = "Ngày 5-4, tại huyện An Bình xảy ra tai nạn.\nHai xe hư hỏng, 9 người bị thương trên đoạn đường rộng 12 m."
    day = "2006-04-05/2006-04-05"
    assert [period for _, period, _ in scopes(text)] == [day, day, ""]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Năm qua, quỹ có 5 tỷ đồng.", "2005-01-01/2005-12-31"),
        ("Hôm qua (5-4), giá dầu tăng 1 USD.", "2006-04-05/2006-04-05"),
        ("Trong 5 năm qua, huyện có 44 hộ nghèo.", "2001-04-06/2006-04-06"),
        ("Ba tháng qua, huyện có 44 hộ nghèo.", "2006-01-01/2006-03-31"),
        ("Trong 2 tháng tới, huyện tuyển 44 giáo viên.", "2006-04-06/2006-06-06"),
        ("Tuần qua, huyện có 44 hộ nghèo.", "2006-03-27/2006-04-02"),
        ("Năm học này, huyện có 440 giáo viên.", "2005-09-01/2006-08-31"),
        ("Mỗi năm qua đi, huyện có thêm 44 hộ.", ""),
        ("4 năm trước, huyện có 44 hộ nghèo.", "2002-01-01/2002-12-31"),
        ("Cách đây 3 năm, huyện có 44 hộ nghèo.", "2003-01-01/2003-12-31"),
        ("Nhân dịp chào đón năm học mới, huyện tặng 44 phần quà.", ""),
        (
            "Lễ trao học bổng cho 50 em nghèo, con công nhân sẽ được tổ chức vào ngày 28-7-2006.",
            "2006-07-28/2006-07-28",
        ),
        ("Ngày 5-4, trường khai giảng.\nTrường thu mỗi học sinh 360.000 đồng.", ""),
        ("Ông Sơn (sinh năm 1970) nuôi 44 con bò.", ""),
        ("Giải Bóng Vàng 2005 có 44 đội.", ""),
        ("Sản lượng là 44 tấn, tăng 5% so với mức thực hiện năm 2004.", ""),
        ("Kế hoạch năm 2006 của huyện là 44 tấn.", "2006-01-01/2006-12-31"),
        ("Từ tháng 5 đến 11-2005, huyện cấp 44 sổ.", "2005-05-01/2005-11-30"),
        ("Ngày 1-10 năm ngoái, huyện cấp 44 sổ.", "2005-10-01/2005-10-01"),
        ("Ông từng đá cho đội nhà trong mùa bóng 2000-2001.\nÔng nuôi 44 con bò.", ""),
        ("Năm 2003, công ty mở xưởng.\nHiện nay công ty có 44 xưởng.\nMỗi xưởng có 90 máy.", ""),
        ("Cháu An được ghép gan hôm 1/7/2005.\nChi phí là 44 triệu đồng.", ""),
        ("Theo cáo trạng, ngày 1/7/2005, Sơn bị bắt.\nSơn nộp 44 triệu đồng.", "2005-07-01/2005-07-01"),
        ("Ngày 5-4, công ty khai trương.\nMáy in có giá 159 USD.", ""),
        ("Từ 15-4 đến 31-5, công ty mở hội.\nKhách nhận 44 phần quà.", "2006-04-15/2006-05-31"),
        ("Mùa thu năm ngoái, hãng có 44 bộ phim.", "2005-09-01/2005-11-30"),
        ("Mùa hè này, hãng có 44 bộ phim.", "2006-06-01/2006-08-31"),
        ("Mùa đông vừa qua, hãng có 44 bộ phim.", "2005-12-01/2006-02-28"),
        ("Sáng thứ hai, 44 người bị thương.", "2006-04-03/2006-04-03"),
        ("Thứ sáu tuần trước, 44 người bị thương.", "2006-03-31/2006-03-31"),
        ("Lần thứ hai này có 44 người.", ""),
        ("Sản lượng tháng 3 tăng so với 44 tấn trong tháng 2.", "2006-02-01/2006-02-28"),
        ("Ngày 5-4, giá dầu thô lại tăng.\nGiá dầu thô nhẹ tăng lên 64 USD/thùng.", "2006-04-05/2006-04-05"),
        ("Ngày 5-4, hội mở.\nHội đông.\nNhà vui.\nTrò này cần 44 người.", ""),
        ("Hiện 44 nhà máy chưa chạy lại sau bão hồi tháng 3.", ""),
    ],
)
def test_when(text, period):
    assert {one[1] for one in scopes(text)} == {period}


def test_the_first_number_of_a_change_has_its_period_alone():
    text = "Tỷ lệ hộ nghèo đã tăng từ 16% năm 2002 lên 40%. Tỷ lệ này đã giảm từ 36% năm 2002 xuống 30% năm 2004."
    years = ["2002-01-01/2002-12-31", "", "2002-01-01/2002-12-31", "2004-01-01/2004-12-31"]
    assert [period for _, period, _ in scopes(text)] == years


def test_what_was_so_in_an_aside_does_not_hold_on():
    assert [period for _, period, _ in scopes("Giá nhà còn 6 triệu đồng/m2 (năm 2005 bán 7 triệu đồng/m2).")] == [
        "", "2005-01-01/2005-12-31",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Công an huyện An Bình bắt 44 người.", "huyện An Bình"),
        ("Anh cho biết nhà có 44 con bò.", ""),
        ("Ông Sơn, quê Hà Nam, nuôi 44 con bò.", ""),
        ("Người dân ở Hà Nam nuôi 44 con bò.", "Hà Nam"),
        ("Theo một số chuyên gia ở London, giá là 44 USD.", ""),
        ("Bệnh viện ở Hà Nội.\nBệnh viện mời sáu chuyên gia Hàn Quốc.", "Hà Nội"),
        ("Nga, Cuba và Trung Quốc ứng cử.\nHội đồng có 47 ghế.", ""),
        (
            "Lửa thiêu rụi 2 dãy nhà của Công ty An Hòa, tại số 3 đường Lê Lợi, phường 16, quận 8.",
            "phường 16",
        ),
        ("Tại Hội An có 9 chòi.", "Hội An"),
        ("Trường ở Q.10 có 9 lớp.", "quận 10"),
        ("Thí sinh Nguyễn Hồng An (Thái Bình) vui. Trường có 9 lớp.", ""),
        ("Hộ khẩu vào TP. Theo quy định có 9 mẫu.", ""),
        ("Ở Q. Tân Bình có 9 lớp.", "quận Tân Bình"),
        ("Cảnh sát bắt 9 người tại Basra.", "Basra"),
        ("Barcelona có 9 cầu thủ.", ""),
        ("Giá vàng thế giới tăng đến 590 USD.", "thế giới"),
        ("Phim thu 250 triệu USD trên toàn thế giới.", "thế giới"),
        ("Đó là 9 hãng lớn nhất thế giới.", ""),
        ("Tại trường (huyện Hóc Môn, TP.HCM) có 9 quán cơm.", "huyện Hóc Môn"),
        ("Ông ở phường An Bình, TP Đà Nẵng, đến Hội An và mua 9 thẻ bài.", "Hội An"),
        ("Bà Sơn, trú tại phường An Bình, TP Đà Nẵng, nuôi 9 con bò.", ""),
        ("Bạn đọc ở Úc, Mỹ, Pháp gửi 9 món quà.", ""),
        ("VN đổi mới. Người VN thích đẹp. Ở VN mùa hè nóng.\nCó 21% giới trẻ thích phim.", "Việt Nam"),
        ("Ông Lê Sơn (115 Lê Văn Sỹ, Q. Phú Nhuận) hỏi.\nThí sinh thi 3 trường.", ""),
        ("Dầu của Mỹ tràn ra biển. Giá dầu lên 64 USD.", ""),
        ("Cơ quan Hợp tác Thụy Sĩ tặng 9 triệu USD.", ""),
        ("Quán ở 48/10 Điện Biên Phủ có 9 món.", ""),
        ("Chính phủ Iraq nói 4 người chết. Quân đội Iraq bắt 9 người.", "Iraq"),
    ],
)
def test_where(text, place):
    assert {one[2] for one in scopes(text)} == {place}


def test_a_city_is_the_scene_only_when_no_other_place_is_named_more_often():
    city = "Trời đẹp và gió mát lắm. " * 20 + "TP.HCM vui. TP.HCM đông. TP.HCM xa. TP.HCM cũ. TP.HCM mới.\n"
    assert [place for _, _, place in scopes(city + "Trường có 9 lớp.")] == ["thành phố Hồ Chí Minh"]
    others = "Hà Nội vui. Hà Nội đông. Hà Nội xa. Hà Nội cũ. Hà Nội mới. Hà Nội lạ.\n"
    assert [place for _, _, place in scopes(city + others + "Trường có 9 lớp.")] == [""]


def test_the_whole_province_is_the_one_told_last():
    text = (
        "Hà Nam: Vận động học sinh\nTỉnh Hà Nam có 5 quỹ.\n"
        "Bắc Giang: Mở lớp học\nHiện nay, Bắc Giang có 7 lớp học.\nToàn tỉnh có 9 quỹ."
    )
    assert [place for _, _, place in scopes(text)] == ["tỉnh Hà Nam", "Bắc Giang", "Bắc Giang"]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Giá từ 318.000 đồng.", "giá"),
        ("Chung cư có giá 4 triệu đồng.", "giá"),
        ("Có 44 chỗ làm trống.", "chỗ làm trống"),
        ("Trường tuyển từ 15 điểm trở lên.", "điểm"),
        ("Điểm chuẩn ngành Y là 25 điểm.", "điểm chuẩn ngành y"),
        ("Máy có độ phân giải cao đến 4800 dpi.", "độ phân giải"),
        ("Cơ quan này tài trợ 2 triệu USD để thực hiện một dự án cải thiện không khí.", "dự án cải thiện không khí"),
        ("Máy này tiết kiệm mực đến 40%.", "mực"),
        ("Khách được miễn 100% cước lắp đặt.", "cước lắp đặt"),
        ("Ông nhận mức lương... 1 USD.", "lương"),
    ],
)  # fmt: skip
def test_what_is_measured(text, indicator):
    article = Article("0" * 16, "/a.txt", "", "", "", None, text)
    assert {one.indicator for one in figures_of(article)} == {indicator}


def test_a_group_of_some_age_stands_inside_what_is_measured():
    text = "Kinh phí khám bệnh cho trẻ dưới 6 tuổi ở phường là 236 tỷ đồng."
    article = Article("0" * 16, "/a.txt", "", "", "", None, text)
    assert figures_of(article)[-1].indicator.startswith("kinh phí khám bệnh")


def test_a_short_counted_noun_keeps_what_is_said_of_it():
    article = Article("0" * 16, "/a.txt", "", "", "", None, "Bảy người không thoát ra được. Có 33 HS nghèo.")
    assert [one.indicator for one in figures_of(article)] == ["người không thoát ra được", "học sinh nghèo"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("giá 6.000đ-7.000đ/kg", [("6.000đ", "6000", "đồng"), ("7.000đ/kg", "7000", "đồng/kg")]),
        ("túm tụm 4,5 người", [("4", "4", "người"), ("5 người", "5", "người")]),
        ("nặng 4,5 kg", [("4,5 kg", "4.5", "kg")]),
        ("mức lương từ 150 - 600 nghìn", [("150", "150000", ""), ("600 nghìn", "600000", "")]),
        (
            "Tin học (80 chỉ tiêu), tiếng Anh (60)",
            [("80 chỉ tiêu", "80", "chỉ tiêu"), ("60", "60", "chỉ tiêu")],
        ),
        ("cả hai xe đều mới", [("hai xe", "2", "xe")]),
        ("xe loại 16 chỗ", [("16 chỗ", "16", "chỗ")]),
        ("đô thị loại 2 của tỉnh", []),
    ],
)
def test_amounts_as_news_write_them(text, expected):
    assert [(one.text, str(one.value), one.unit) for one in find_quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công an thu 592 kg heroin trị giá 74 triệu USD.", ["heroin trị giá", "heroin trị giá"]),
        ("Pháp tài trợ cho Ủy hội sông Mekong 3 triệu USD.", [""]),
        (
            "Chi phí là 9 tỷ đồng, trong đó 7 tỷ đồng cho giải thưởng và 2 tỷ đồng cho công tác tổ chức.",
            ["Chi phí", "giải thưởng", "công tác tổ chức"],
        ),
        ("Có 4 người đến làm việc với huyện.", ["người đến làm việc"]),
        (
            "Giá dầu được đoán là 40 USD, nhưng thực tế lên đến 56 USD.",
            ["Giá dầu được đoán", "Giá dầu được đoán"],
        ),
        ("Máy có WAP 2.0 và hòa một lượng nước với 3 lít sữa.", ["sữa"]),
        ("Cháu An, 13 tháng tuổi, nặng 9 kg.", ["nặng"]),
        ("Lãi suất cho vay của ngân hàng là 9%.", ["Lãi suất cho vay của ngân hàng"]),
        ("Có 9 thiết bị sản xuất ở nước ngoài.", ["thiết bị sản xuất"]),
        (
            "Đó là lúc ông về, khi giá vàng tăng từ 650 USD rồi vọt mạnh lên 950 USD.",
            ["giá vàng", "giá vàng"],
        ),
        ("Số giáo viên của trường là 572 người.", ["Số giáo viên của trường"]),
        ("Bàn chuyện chia tiền, trong đó Tuấn được 9 USD.", ["tiền"]),
        ("Báo trích 100.000 đồng cho các bạn nghèo.", [""]),
        ("Giá bỏ thầu là 17 triệu USD, sau còn 16 triệu USD chứ không nâng.", ["Giá bỏ thầu", "Giá bỏ thầu"]),
        (
            "Tỷ lệ hộ có thu nhập trên 3 triệu đồng đã tăng từ 36% lên 40%.",
            ["thu nhập", "Tỷ lệ hộ có thu nhập", "Tỷ lệ hộ có thu nhập"],
        ),
        ("Căn hộ tại Khu đô thị Trung Hòa - Nhân Chính cũng giảm 1,5 triệu đồng/m2.", ["Căn hộ"]),
        ("Với diện tích 721 m2, cao 53 m, nhà thờ đẹp.", ["diện tích", "cao"]),
        ("Dũng thua bạc, chỉ có hai lần thắng.", ["thắng"]),
    ],
)
def test_what_is_measured_in_news(text, expected):
    assert [
        one.indicator_text for one in figures_of(Article("0" * 16, "/a.txt", "", "", "", None, text))
    ] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Vàng đạt mức 850 USD như dự báo của giới phân tích.", "estimate"),
        ("Giá dầu đạt 70 USD, dự đoán sẽ xảy ra.", "estimate"),
        ("Lễ trao học bổng cho 50 em học sinh sẽ được tổ chức ở trường.", "plan"),
        ("Có 50 em học sinh đã nhận quà và sẽ được nhận nữa.", "actual"),
    ],
)
def test_what_is_told_behind_a_figure_says_whether_it_happened(text, kind):
    assert [one.kind for one in figures_of(Article("0" * 16, "/a.txt", "", "", "", None, text))] == [kind]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Trường sẽ mở lớp cho trẻ dưới 6 tuổi.", "actual"),
        ("Phải 450 năm nữa mới gỡ hết mìn.", "estimate"),
        ("Hợp đồng còn kéo dài 2 năm nữa.", "actual"),
        ("Thuế phải xuống còn 5%.", "plan"),
        ("Họ đòi giảm 44 dòng thuế.", "plan"),
        ("Họ đã phải giảm 44 dòng thuế.", "actual"),
    ],
)
def test_whether_it_happened(text, kind):
    article = Article("0" * 16, "/a.txt", "", "", "", None, text)
    assert {one.kind for one in figures_of(article)} == {kind}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nhu cầu tuyển lao động tăng lên 46.000 người.", ["Nhu cầu tuyển lao động"]),
        ("- Cấp mới và cấp lại thẻ: 6.567 người.", ["Cấp mới và cấp lại thẻ"]),
        ("Thuốc gồm đại táo 12 quả.", ["đại táo"]),
        ("Huyện có 12 quả đồi.", ["quả đồi"]),
    ],
)
def test_a_unit_alone_behind_a_number_tells_less_than_what_stands_before(text, expected):
    figures = figures_of(Article("0" * 16, "/a.txt", "", "", "", None, text))
    assert [one.indicator_text for one in figures] == expected


def test_a_day_fades_and_ages_of_persons_do_not_carry_a_period_on():
    text = "Chiều 5-4, thư viện nhận 44 cuốn sách.\nMột.\nHai.\nBa.\nTủ sách cao 2 m.\nBốn.\nPhòng rộng 12 m."
    assert [period for _, period, _ in scopes(text)] == ["2006-04-05/2006-04-05", "", ""]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Đảo có 6 loài cá lần đầu tiên ghi nhận ở vùng biển Việt Nam.", ""),
        ("Thủ tướng Italia thắng với 165 phiếu.", "Italia"),
        (
            "Ban Quản lý các khu công nghiệp TPHCM họp.\nTrong số này, 3 khu tuyển 9.000 lao động.",
            "thành phố Hồ Chí Minh",
        ),
        ("Ông An thuộc Đại học Y Mount Sinai ở New York nhận 9 euro.", ""),
    ],
)
def test_where_it_is_said_by_the_way(text, place):
    assert {one[2] for one in scopes(text)} == {place}


def test_the_province_is_the_one_named_last():
    text = "Nhà của dân tỉnh An Lạc vui.\nSách của dân tỉnh Hà Nam hay.\nTrường của tỉnh có 9 lớp."
    assert {one[2] for one in scopes(text)} == {"tỉnh Hà Nam"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Họ sẽ từ chối, cho dù giá có lên tới 8 triệu đồng.", "actual"),
        ("Theo quy định, khách gọi vào giờ rỗi sẽ được giảm 30% cước.", "actual"),
        ("Hội sẽ trao quà cho các em trong tổng số 126 sinh viên.", "actual"),
        ("Hội sẽ trao quà cho 126 sinh viên.", "plan"),
    ],
)
def test_a_word_of_planning_ends_with_its_clause(text, kind):
    article = Article("0" * 16, "/a.txt", "", "", "", None, text)
    assert {one.kind for one in figures_of(article)} == {kind}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Họ sẽ thực hiện 30 phút phim.", "plan"),
        ("Họ dự kiến xây cảng An Bình (ở huyện An Lạc) trị giá 100 triệu USD.", "plan"),
        ("Nước có khả năng dâng cao 5,5 m.", "estimate"),
        ("Thiệt hại ước tính 27 triệu peso (gần 8 tỉ đồng).", "estimate"),
        ("Ông muốn thành lập ủy ban gồm 3 người.", "plan"),
        ("Theo Phòng Kế hoạch tổng hợp, có 40 ca.", "actual"),
        ("Họ đề nghị truy tố An tội nhận 2.000 USD.", "actual"),
    ],
)
def test_how_far_a_word_of_planning_reaches(text, kind):
    article = Article("0" * 16, "/a.txt", "", "", "", None, text)
    assert {one.kind for one in figures_of(article)} == {kind}


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Vết mổ sẽ lành trong vòng một tuần tới.\nCa mổ cần 16 người.", [""]),
        ("Năm 2001, mọi người vui.\nMột.\nHai.\nBa.\nTrại có 44 con bò.", [""]),
        ("Năm 2001, trại có 40 con bò.\nMột.\nTrại có 44 con dê.", ["2001-01-01/2001-12-31"] * 2),
        ("Năm 2001, trại có 40 con bò.\nMột.\nHai.\nTrại có 44 con dê.", ["2001-01-01/2001-12-31", ""]),
        (
            "6 tháng cuối năm 2005, trại có 40 con bò.\nMột.\nHai.\nBa.\nTrại có 44 con dê.",
            ["2005-07-01/2005-12-31"] * 2,
        ),
        ("Ông xem lại sổ năm 2001.\nTrại có 44 con dê.", [""]),
        ("Hội họp về 3 tháng đầu năm 2006.\nMột.\nHai.\nBa.\nTrại có 44 con dê.", ["2006-01-01/2006-03-31"]),
        ("Tối 24-5, đoàn diễn.\nGiá vé 20.000 đồng/người.", [""]),
    ],
)
def test_how_long_a_period_holds(text, periods):
    assert [period for _, period, _ in scopes(text)] == periods


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bộ chỉ định năm gói thầu.", [("năm gói thầu", 5, "gói thầu")]),
        ("Năm đối tượng bị bắt.", [("Năm đối tượng", 5, "đối tượng")]),
        ("Đầu năm công ty lãi, trong năm người dân vui.", []),
        ("Đó là năm nước ta mở cửa.", []),
        ("Đội mang theo 4 trung phong.", [("4 trung phong", 4, "trung phong")]),
        ("Đội có 3 siêu tiền đạo.", [("3 siêu tiền đạo", 3, "siêu tiền đạo")]),
        ("Trại có 2 nữ và 3 nam.", [("2 nữ", 2, "nữ"), ("3 nam", 3, "nam")]),
        ("Báo phải trả 3.500 bảng.", [("3.500 bảng", 3500, "gbp")]),
        ("Giải có 4 bảng.", [("4 bảng", 4, "bảng")]),
        ("Quân ta có 5 chết.", [("5", 5, "")]),
        ("Phụ nữ tuổi từ 11 đến 23 xác nhận.", [("11", 11, "tuổi"), ("23", 23, "tuổi")]),
    ],
)  # fmt: skip
def test_numbers_of_news(text, found):
    article = Article("0" * 16, "/a.txt", "", "", "", None, text)
    assert [(one.text, one.value, one.unit) for one in figures_of(article)] == found


def test_districts_in_a_row_by_their_numbers_are_no_place():
    assert scopes("Hội có 10 nhóm ở quận 1, 3, 4 và 6.") == [("10 nhóm", "", "")]
    assert scopes("Hội có 10 nhóm ở quận 1.") == [("10 nhóm", "", "quận 1")]
