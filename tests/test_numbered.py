"""Things of which there are several with a number."""

import pytest

from qa.numbered import numbered_clash

ARTICLE = "Đại hội lần thứ XII bầu 41 ủy viên. Phường 2 có 44 hộ. Giai đoạn 2015-2020 tăng 19%."


@pytest.mark.parametrize(
    ("question", "sentence", "clash"),
    [
        ("Đại hội lần thứ XIII bầu mấy ủy viên?", "Đại hội lần thứ XII bầu 41 ủy viên.", 1.0),
        ("Đại hội lần thứ 12 bầu mấy ủy viên?", "Đại hội lần thứ XII bầu 41 ủy viên.", 0.0),
        ("Phường 5 có mấy hộ?", "Phường 2 có 44 hộ.", 1.0),
        ("Phường 2 có mấy hộ?", "Phường 2 có 44 hộ, phường 5 có 3 hộ.", 0.0),
        ("Phường 5 có mấy ủy viên?", "Đại hội bầu 41 ủy viên.", 0.5),
        ("Khóa 5 có mấy ủy viên?", "Đại hội bầu 41 ủy viên.", 0.0),
        ("Giai đoạn 2010-2015 tăng bao nhiêu?", "Giai đoạn 2015-2020 tăng 19%.", 0.0),
        ("Xã có mấy hộ?", "Phường 2 có 44 hộ.", 0.0),
    ],
)
def test_another_number_of_the_same_thing_clashes(question, sentence, clash):
    assert numbered_clash(question, sentence, ARTICLE) == clash
