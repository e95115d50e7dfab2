"""The spans that may be the answer: whole names, places with what they lie in, times of day, figures with their noun."""

from datetime import date

import pytest

from qa.name_spans import find_names
from qa.place_spans import find_places
from qa.question import understand
from qa.spans import candidates, carries


def texts(question: str, sentence: str) -> list[str]:
    return [one.text for one in candidates(understand(question), sentence, date(2021, 12, 31))]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Bí thư Huyện ủy Lê Văn A và ông Cổ Tấn Hưng", ["Lê Văn A", "Cổ Tấn Hưng"]),
        ("Phó Bí thư Tỉnh đoàn Quàng Thị Én lưu ý", ["Quàng Thị Én"]),
        ("Ông Đỗ Quang Minh nói", ["Đỗ Quang Minh"]),
        ("chủ tịch UBND tỉnh BD Nguyễn Hoàng Sơn ký", ["Nguyễn Hoàng Sơn"]),
        ("Anh A Brôl tự nguyện viết đơn", ["A Brôl"]),
        ("Phó Chủ tịch huyện Từ Công Phước nói", ["Từ Công Phước"]),
        ("đồ án của Francisco de Paula del Villar", ["Francisco de Paula del Villar"]),
        ("Chủ tịch UBND xã Trại Gáo Đình Nam dự lễ", ["Đình Nam"]),
        ("xã có 5 hộ nghèo", []),
    ],
)
def test_names_are_whole_and_without_titles(sentence, names):
    assert [sentence[start:end] for start, end in find_names(sentence)] == names


def places(sentence: str, spot: bool = False) -> set[str]:
    return {sentence[start:end] for start, end, _ in find_places(sentence, spot)}


def test_a_place_with_the_places_it_lies_in():
    found = places("Chợ được xây tại phường 6, TP Tuy An trong năm nay.")
    assert {"phường 6", "TP Tuy An", "phường 6, TP Tuy An"} <= found


def test_a_name_ends_before_the_verb():
    found = places("Trừ tổ dân phố Bến Đá do để xảy ra khiếu kiện, huyện Thạnh Quới là nơi dẫn đầu.")
    assert {"tổ dân phố Bến Đá", "huyện Thạnh Quới"} <= found
    assert not any("do để" in one or one.endswith(" là") for one in found)


def test_a_body_with_all_of_its_name():
    found = places("Giao Trung tâm Kỹ thuật đo lường tỉnh làm việc này, cùng Trường Cao đẳng Đồng Bành.")
    assert "Trường Cao đẳng Đồng Bành" in found


def test_a_body_with_and_in_its_name_and_a_road_between_towns():
    assert "Sở Thông tin và Truyền thông tỉnh An Lạc" in places(
        "Quản lý: Sở Thông tin và Truyền thông tỉnh An Lạc."
    )
    found = places("thuộc đường cao tốc Châu Hải - Cần Lâm - An Lạc")
    assert "đường cao tốc Châu Hải - Cần Lâm - An Lạc" in found
    assert "cao tốc Châu Hải" not in found


def test_numerals_belong_to_the_name():
    assert "khu công nghiệp Bắc Hải I, II" in places(
        "Chín dự án vào khu công nghiệp Bắc Hải I, II được cấp phép."
    )


def test_a_spot_without_a_name_answers_only_a_question_for_a_spot():
    sentence = "Xã lo cơm trưa tại nhà cộng đồng."
    assert "nhà cộng đồng" in places(sentence, spot=True)
    assert "nhà sàn cũ" not in places("Họp tại nhà sàn cũ.", spot=False)


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("đám cháy tắt lúc mấy giờ", "Đám cháy được dập tắt lúc 16h30.", "16h30"),
        ("hòa lưới khi nào", "Nhà máy hòa lưới lúc 17 giờ ngày 30-12-2020.", "17 giờ ngày 30-12-2020"),
        ("hạn nộp đề án là ngày nào", "Các huyện nộp đề án chậm nhất 20-7.", "20-7"),
        ("khi nào cầu xong", "Cầu sẽ xong trước 2-9.", "trước 2-9"),
        ("trường thi tuyển vào ngày nào", "Trường thi tuyển vào ngày 15 và 16-6.", "ngày 15 và 16-6"),
        (
            "Bà Lê Thị Mận là ai?",
            "Bà Lê Thị Mận, Phó Chủ tịch huyện, đồng thời là trưởng đoàn.",
            "Phó Chủ tịch huyện",
        ),
        ("phạt bao nhiêu tiền", "Bị phạt từ 50 đến 80 triệu đồng.", "từ 50 đến 80 triệu đồng"),
    ],
)
def test_the_answer_is_among_the_candidates(question, sentence, answer):
    assert answer in texts(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        (
            "Cụm đền gồm bao nhiêu tháp gạch?",
            "Cụm đền gồm sáu ngọn tháp gạch và hai cổng.",
            ["sáu ngọn tháp gạch"],
        ),
        ("Có bao nhiêu cư dân?", "Nơi ấy có hàng vạn cư dân.", ["hàng vạn cư dân"]),
        ("Có mấy ông từ?", "Đền có hai mươi mốt bậc đá.", []),
        ("Thị xã đạt đô thị loại mấy?", "Thị xã được công nhận đô thị loại III năm 2019.", ["loại III"]),
        ("Đội ghi bàn ở phút bao nhiêu?", "Phút 83, đội ghi bàn thứ hai.", ["Phút 83"]),
        ("Tỉnh xếp thứ mấy?", "Tỉnh tăng 2,97%, đứng thứ 14/63 cả nước.", ["đứng thứ 14/63"]),
        ("Trạm nằm ở phường mấy?", "Trạm đặt tại phường 6, cạnh chợ.", ["phường 6"]),
        ("Giấy phép số mấy?", "Giấy phép số 17/GP-TTĐT do Sở cấp.", ["17/GP-TTĐT"]),
    ],
)
def test_counts_in_words_and_numbers_that_are_names(question, sentence, found):
    spans = candidates(understand(question), sentence, None)
    assert [one.text for one in spans if one.form in ("counted", "ordinal", "code")] == found


def test_no_share_answers_a_question_for_a_place_in_an_order():
    sentence = "Tỉnh tăng 2,97%, thu 10 tỷ đồng, đứng thứ 14/63 cả nước."
    assert texts("Tỉnh đứng thứ mấy cả nước?", sentence) == ["đứng thứ 14/63"]
    assert "2,97%" in texts("Tỉnh tăng bao nhiêu?", sentence)
    assert set(texts("Ban chấp hành khóa mấy?", "Ban chấp hành khóa XII có 45 người.")) == {"khóa XII"}


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("Năng suất lúa ở Tiền Giang", set()),
        ("nang suat lua o tien giang", set()),
        ("Tiền Giang thưởng bao nhiêu tiền?", {"đồng", "usd"}),
        ("tiền thưởng ở An Bình", {"đồng", "usd"}),
        ("An Bình ngập bao nhiêu ha lúa?", {"ha"}),
        ("Sản lượng gấp mấy năm trước?", {"lần"}),
    ],
)
def test_a_name_is_no_money_and_a_flood_no_multiple(question, units):
    assert understand(question).units == units


@pytest.mark.parametrize(
    ("question", "people"),
    [("Ai gặp nạn?", ["Vũ Thị Hạ"]), ("Con đường mang tên ai?", ["Lê Văn Tám", "Vũ Thị Hạ"])],
)
def test_who_a_street_is_called_after_is_not_who_is_asked_for(question, people):
    assert texts(question, "Trên đường Lê Văn Tám, em Vũ Thị Hạ gặp nạn.") == people


def test_a_question_for_the_year_is_not_told_the_day():
    sentence = "Bà sinh ngày 26 tháng 1 năm 1974 tại huyện Đông Giang."
    assert texts("Bà sinh năm nào?", sentence) == ["năm 1974"]
    assert texts("Bà sinh ngày nào?", sentence) == ["ngày 26 tháng 1 năm 1974"]


def test_a_sentence_without_a_name_is_read_as_a_whole_when_a_person_is_asked_for():
    question = understand("Ai đã đắp con đê?")
    assert [one.form for one in candidates(question, "Các tù binh đã đắp con đê ấy.", None)] == ["sentence"]
    assert [one.form for one in candidates(question, "Con đê do Lê Văn Ba đắp.", None)] == ["name"]


def test_the_place_of_a_committee_is_nobody():
    sentence = "Với sự chủ trì của đồng chí Nguyễn Văn Quý, Thành ủy Sóc Trăng vừa họp; Bí thư Tỉnh ủy Lâm Văn Mẫn dự."
    found = candidates(understand("Bí thư Thành ủy là ai?"), sentence, None)
    assert [one.text for one in found] == ["Nguyễn Văn Quý", "Lâm Văn Mẫn"]


def test_a_name_behind_an_office_and_its_place():
    asked = understand("Ai là chủ tịch huyện?")
    told = "Chủ tịch UBND huyện Mai Châu Lê Văn Tám và Chủ tịch UBND xã Tiêu Thị Ngọc Giàu dự"
    assert [one.text for one in candidates(asked, told, None)] == ["Lê Văn Tám", "Tiêu Thị Ngọc Giàu"]


def test_an_office_ends_where_the_sentence_goes_on():
    sentence = "Theo ông Lê Văn Hai – tỉnh ủy viên, bí thư huyện ủy Tân Lễ, huyện bắt tay làm nghị quyết ngay đầu năm"
    assert "tỉnh ủy viên, bí thư huyện ủy Tân Lễ" in texts("Ông Lê Văn Hai giữ chức vụ gì?", sentence)


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        (
            "Đĩa do Công ty cổ phần Nghe nhìn Thăng Long phát hành đầu năm.",
            "Công ty cổ phần Nghe nhìn Thăng Long",
        ),
        ("Phim do Hãng phim truyện Việt Nam sản xuất vừa chiếu.", "Hãng phim truyện Việt Nam"),
        ("Anh bị giật máy ở ngã tư Lê Văn Sỹ – Trần Huy Liệu.", "ngã tư Lê Văn Sỹ – Trần Huy Liệu"),
    ],
)
def test_a_body_ends_before_what_it_does_and_a_crossing_has_two_roads(sentence, place):
    assert place in [sentence[start:end] for start, end, _ in find_places(sentence)]


def test_a_nation_before_a_name_is_no_part_of_it():
    assert [
        [sentence[start:end] for start, end in find_names(sentence)]
        for sentence in ("Phim của đạo diễn gốc Việt Othello Khanh", "Chị Việt Anh Thư")
    ] == [["Othello Khanh"], ["Việt Anh Thư"]]


@pytest.mark.parametrize(
    ("question", "sentence", "carried"),
    [
        ("Đội Bến Sỏi thắng tỉ số mấy?", "Đội Bến Sỏi thắng 2-1 trên sân nhà.", True),
        ("Hợp tác xã khai trương hôm nào?", "Hợp tác xã khai trương mồng 4 Tết.", True),
        ("Đội Bến Sỏi thắng tỉ số mấy?", "Đội Bến Sỏi chơi hay trên sân nhà.", False),
        ("Chợ có bao nhiêu sạp?", "Chợ có 40 sạp hàng.", False),
    ],
)
def test_a_sentence_may_carry_a_figure_that_no_rule_sees(question, sentence, carried):
    asked = understand(question)
    found = candidates(asked, sentence, date(2021, 12, 31))
    assert [one.text for one in found if carries(asked, one)] == ([sentence] if carried else [])
