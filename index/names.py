"""The family names of Vietnam: what tells a person's name from a place's."""

from __future__ import annotations

_SURNAMES = frozenset(
    (
        "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh trương đinh lâm "
        "phùng mai tô hà tạ thái lương châu cao chu tăng lưu kim kiều nghiêm ninh quách thạch sơn lò hầu cầm giàng "
        "vàng sùng tòng hứa la lục mạc nông ông tôn từ văn viên xa âu biện bế bạch cù danh diệp doãn đàm đan điểu "
        "điêu giang hạ hán hùng khổng khuất khưu kha ksor lã liêu lỗ lữ ma mã mạch nịnh nhữ ong phí phó quản quan rơ "
        "siu tiêu tống triệu trà trang tưởng ưng vi vưu y h' chẩu chảo lừu quàng vừ thào mùa hạng bàn triệu thiều chử "
        "uông cung đậu nhâm cấn sầm khúc đới ngụy tiết trình lại thân nhan chung"
    ).split()
)


def is_surname(word: str) -> bool:
    """Whether the word is a Vietnamese family name.

    >>> is_surname("Nguyễn"), is_surname("Bình")
    (True, False)
    """
    return word.lower() in _SURNAMES
