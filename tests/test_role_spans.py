"""The office, or the rank, beside the person of the question."""

import pytest

from qa.question import understand
from qa.role_spans import find_roles


@pytest.mark.parametrize(
    ("question", "sentence", "roles"),
    [
        ("Ông Lê Văn An giữ chức vụ gì?", "Ông Lê Văn An, giám đốc Sở Y tế, nói.", ["giám đốc Sở Y tế"]),
        (
            "Ông Lê Văn An giữ chức vụ gì?",
            "Ông Lê Văn An - trưởng phòng kế hoạch - lập thủ tục mua.",
            ["trưởng phòng kế hoạch"],
        ),
        (
            "Ông Lê Văn An giữ chức vụ gì?",
            "Ông Lê Văn An, giám đốc Công ty Tam Thanh và Ngô Tiến Dũng, giám đốc Công ty Việt.",
            ["giám đốc Công ty Tam Thanh"],
        ),
        ("Lê Văn An là ai?", "Ông Lê Văn An làm đội trưởng đội 1.", ["đội trưởng đội 1"]),
        (
            "Trước khi làm chủ tịch ông Lê Văn Thanh giữ chức gì?",
            "Đại biểu bầu phó bí thư Lê Văn Thanh làm chủ tịch.",
            ["chủ tịch", "phó bí thư"],
        ),
        (
            "Ông Lê Văn An giữ chức gì?",
            "Ông Lê Văn An, Tổng Kiểm toán Nhà nước, nói.",
            ["Tổng Kiểm toán Nhà nước"],
        ),
        ("Lê Văn An là ai?", "Tổ trưởng vắng, đội phó Lê Văn An thay.", ["đội phó"]),
        ("Ông Lê Văn An mang quân hàm gì?", "Phó phòng, thượng tá Lê Văn An, nói.", ["thượng tá"]),
        ("Lê Văn An cấp bậc gì?", "Ông Lê Văn An, trưởng phòng, nói.", []),
    ],
)
def test_what_stands_beside_the_person(question, sentence, roles):
    assert [sentence[start:end] for start, end in find_roles(understand(question), sentence)] == roles
