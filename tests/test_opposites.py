"""Words of which only one can be meant."""

import pytest

from qa.opposites import opposed


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Xã chi ngân sách bao nhiêu?", "Thu ngân sách của xã đạt 3 tỷ đồng.", True),
        ("Xã thu ngân sách bao nhiêu?", "Chi nhánh ngân hàng ở xã có 3 tỷ đồng.", False),
        ("Kim ngạch nhập khẩu là bao nhiêu?", "Kim ngạch xuất khẩu đạt 75 triệu USD.", True),
        ("Kim ngạch nhập khẩu là bao nhiêu?", "Xuất khẩu 75 triệu, nhập khẩu 50 triệu USD.", False),
        ("Phó chủ tịch huyện là ai?", "Ông An, chủ tịch huyện, chủ trì.", True),
        ("Chủ tịch huyện là ai?", "Ông Bình, phó chủ tịch huyện, chủ trì.", True),
        ("Bao nhiêu người bị thương?", "Vụ nổ làm 3 người thiệt mạng.", True),
        ("Bao nhiêu người chết và bị thương?", "Vụ nổ làm 3 người thiệt mạng.", False),
        ("Lần đầu cô được bao nhiêu phiếu?", "Đây là lần thứ hai cô thắng, với 39% số phiếu.", True),
        ("bao nhieu nguoi bi thuong", "Vụ nổ làm 3 người thiệt mạng.", True),
        ("Xã có mấy trường?", "Xã có 3 trường.", False),
        ("Tòa phúc thẩm tuyên mấy năm tù?", "Tòa sơ thẩm tuyên 7 năm tù.", True),
        ("Giá trị sản xuất nông nghiệp là bao nhiêu?", "Giá trị sản xuất công nghiệp đạt 5 tỷ đồng.", True),
        ("Diện tích đất nông nghiệp là bao nhiêu?", "Khu công nghiệp lấy 5 ha.", False),
        ("Xuất được mấy tấn cà phê?", "Năm qua xuất 2 triệu tấn gạo.", True),
        ("Chỉ tiêu nào không đạt?", "Thu ngân sách đạt 101%.", True),
        ("Thu ngân sách đạt bao nhiêu?", "Thu ngân sách đạt 101%, hai chỉ tiêu không đạt.", False),
    ],
)
def test_the_other_word_is_noticed(question, sentence, expected):
    assert opposed(question, sentence) is expected
