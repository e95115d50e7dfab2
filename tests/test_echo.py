"""Words that cannot be the answer to a question."""

import pytest

from qa.echo import Echo
from qa.question import understand


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Bà Lan ngất xỉu được đưa vào bệnh viện nào?", "bệnh viện"),
        ("Hóa chất nào trong thuốc nhuộm tóc cũ gây ung thư?", "thuốc nhuộm tóc"),
        ("bac si nao chua cho ong Henry Dixon", "Henry Dixon"),
        ("Tên bố của cậu bé cưỡi voi là gì?", "nhiều voi rừng hung dữ"),
        ("Công ty làm rượu giả tên gì?", "che đậy"),
        ("tên thám tử mà bà Lan thuê", "bỏ tiền"),
        ("Biệt danh của tiền vệ Lê Nam là gì?", "song sắt trại giam"),
    ],
)
def test_no_answer(question, short):
    assert Echo(understand(question)).is_no_answer(short)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Bà Lan ngất xỉu được đưa vào bệnh viện nào?", "bệnh viện Chợ Lớn"),
        ("Đội chủ nhà hay đội khách thắng trận này?", "đội khách"),
        ("Giữa Brazil và Ghana, đội nào thắng?", "Brazil"),
        ("Trong hai đội Brazil, Ghana đội nào thắng?", "Ghana"),
        ("Bí thư huyện là ai, có phải Lê Văn Nam không?", "Lê Văn Nam"),
        ("Tên bố của cậu bé cưỡi voi là gì?", "Y Khun"),
        ("Công ty làm rượu giả tên gì?", "công ty 27"),
        ("Tên nhóm CGMT có nghĩa là gì?", "cơn gió mùa thu"),
        ("Tên cướp dùng vũ khí gì?", "con dao"),
        ("Tên lửa mang thiết bị gì?", "kính thiên văn"),
    ],
)
def test_may_be_the_answer(question, short):
    assert not Echo(understand(question)).is_no_answer(short)


def test_echo_is_the_share_of_words_that_the_question_says():
    share = Echo(understand("Xe anh Nam chở loại hàng gì?")).share
    assert share("hàng đông lạnh") == pytest.approx(1 / 3)
    assert share("xe anh Nam") == 1.0
    assert share("của") == 0.0  # no word of content
