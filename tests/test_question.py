import unicodedata

import pytest

from index.vietnamese import fold
from qa.question import understand

KINDS = [
    ("thu ngân sách 2020 là bao nhiêu", "number"),
    ("Tỷ lệ hộ nghèo của huyện năm 2023", "number"),
    ("Xã có mấy trường học?", "number"),
    ("Đội bóng đứng thứ mấy?", "number"),
    ("Nhà máy khởi công ngày nào?", "date"),
    ("Bao giờ thì cầu được thông xe?", "date"),
    ("hạn nộp hồ sơ dự thi", "date"),
    ("Ai là chủ tịch xã Hòa Lộc?", "person"),
    ("giám đốc bệnh viện huyện", "person"),
    ("Ông Trần Văn An giữ chức vụ gì?", "role"),
    ("Lễ hội diễn ra ở đâu?", "place"),
    ("Huyện nào có nhiều hộ nghèo nhất?", "place"),
    ("số điện thoại của phòng giáo dục", "contact"),
    ("Vì sao cầu bị đóng?", "reason"),
    ("Những xã nào đạt chuẩn nông thôn mới?", "list"),
    ("Đề án có mục tiêu gì?", "text"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kinds(text, kind):
    assert understand(text).kind == kind


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_a_question_without_diacritics_or_in_nfd_is_understood_the_same(text, kind):
    assert understand(fold(text)).kind == kind
    assert understand(unicodedata.normalize("NFD", text)) == understand(text)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("thu ngân sách năm 2020 là bao nhiêu tiền", {"đồng", "usd"}),
        ("xuất khẩu được bao nhiêu USD", {"usd"}),
        ("đạt bao nhiêu phần trăm kế hoạch", {"%"}),
        ("tỷ lệ giải ngân là bao nhiêu", {"%"}),
        ("có bao nhiêu đại biểu chính thức", {"đại biểu"}),
        ("co bao nhieu ho ngheo", {"hộ"}),
        ("số doanh nghiệp thành lập mới", {"doanh nghiệp"}),
        ("thu hút bao nhiêu vốn", {"đồng", "usd"}),
        ("tăng gấp mấy lần", {"lần"}),
    ],
)
def test_units(text, units):
    assert understand(text).units == units


def test_a_period_behind_how_many_is_no_unit():
    question = understand("thu nhập bình quân là bao nhiêu năm 2023")
    assert question.units == {"đồng", "usd"}
    assert [period.text for period in question.periods] == ["năm 2023"]


def test_the_topic_holds_neither_periods_nor_money_words():
    topic = [
        word
        for word, weight in understand("năm 2020 thu ngân sách được bao nhiêu tỷ đồng").topic
        if weight == 1.0
    ]
    assert topic[:3] == ["thu", "ngân", "sách"]
    assert not {"năm", "2020", "tỷ"} & set(topic)


def test_what_is_only_compared_with_is_no_period():
    assert understand("xuất khẩu tăng bao nhiêu so với cùng kỳ").periods == ()


def test_words_that_fold_to_asking_words_ask_nothing():
    assert understand("Nhà máy đóng ở xã nào?").kind == "place"
    assert understand("giá dầu ăn").kind != "place"


def test_plan_and_actual():
    assert understand("chỉ tiêu thu ngân sách năm 2025 là bao nhiêu").nature == "plan"
    assert understand("thu ngân sách thực hiện năm 2025").nature == "actual"
    assert understand("thu ngân sách đạt bao nhiêu phần trăm kế hoạch").nature == ""


def test_a_place_fulfils_targets_and_an_amount_reaches_a_share_of_its_target():
    assert understand("Huyện An Bình hoàn thành được bao nhiêu chỉ tiêu?").units == {"chỉ tiêu"}
    assert understand("Thu ngân sách huyện An Bình đạt bao nhiêu chỉ tiêu?").units == {"%", "chỉ tiêu"}


def test_how_long_may_be_told_in_seconds_or_hours():
    assert {"giây", "giờ", "tiếng"} <= understand("Hội thi kéo dài bao lâu?").units


def test_a_number_to_call_is_no_year():
    assert understand("Gọi 1900 545444 hết bao nhiêu tiền?").periods == ()
    assert len(understand("Năm 1900 có bao nhiêu người?").periods) == 1
