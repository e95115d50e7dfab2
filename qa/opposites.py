"""Words of which only one can be meant: who asks for exports is not told imports, who asks for the first not the last."""

from __future__ import annotations

import re
from functools import lru_cache

from index.vietnamese import fold, has_diacritics, normal_tone
from qa.persons import lowered

_GROUPS = (
    ("thu(?! (?:nhập|hút|hồi|hoạch|đông|gọn|thập|âm|phóng|mua))", "chi(?! (?:nhánh|tiết|bộ|hội|cục|đoàn|tiêu|ủy))"),
    ("xuất khẩu|bán ra nước ngoài", "nhập khẩu"),
    ("nhập siêu", "xuất siêu"),
    ("tăng|lên(?= \\d)", "giảm|hụt|tụt|sụt"),
    ("lãi|lời", "lỗ"),
    ("nam giới|(?:(?<=với )|(?<=hơn )|(?<=của )|(?<=động )|(?<=sinh ))nam|con trai|đàn ông", "nữ|con gái|phụ nữ|chị em|đàn bà"),
    ("thấp nhất|ít nhất|nhỏ nhất|bé nhất|tối thiểu", "cao nhất|nhiều nhất|lớn nhất|đông nhất|tối đa"),
    ("trẻ nhất|nhỏ tuổi nhất", "già nhất|lớn tuổi nhất|cao tuổi nhất"),
    ("đầu tiên|lần đầu|thứ nhất", "cuối cùng|sau cùng", "thứ (?:hai|nhì)|lần (?:thứ )?(?:hai|2)", "thứ ba|lần (?:thứ )?(?:ba|3)"),
    ("khai mạc", "bế mạc"),
    ("khởi công|động thổ", "khánh thành|thông xe|hoàn thành"),
    ("thiệt mạng|tử vong|tử nạn|chết|hy sinh|qua đời", "bị thương|thương tích"),
    ("bổ nhiệm|nhậm chức|trúng cử|đắc cử", "miễn nhiệm|từ chức|bãi nhiệm|cách chức|nghỉ hưu"),
    ("thành lập", "giải thể"),
    ("nông thôn", "thành thị|đô thị"),
    ("công lập", "ngoài công lập|tư thục|dân lập"),
    ("trong nước|nội địa", "nước ngoài|quốc tế"),
    ("chiều dài|dài(?! hạn)", "chiều rộng|rộng", "chiều cao|cao(?= \\d)", "chiều sâu|sâu(?= \\d)", "nặng(?= \\d)|trọng lượng"),
    ("phó (?:tổng )?(?:bí thư|chủ tịch|giám đốc|hiệu trưởng|trưởng \\w+|thủ tướng|tổng thống)",
     "(?<!phó )(?<!tổng )(?:bí thư|chủ tịch|giám đốc|hiệu trưởng|thủ tướng|tổng thống)"),
    ("hộ nghèo", "hộ cận nghèo"),
    ("đúng hạn|trước hạn", "trễ hạn|quá hạn"),
    ("huy động", "cho vay"),
    ("rút (?:khỏi|vốn|lui)", "đầu tư vào|thu hút"),
    ("ngân sách|nsnn", "thu nhập"),
    ("sơ thẩm", "phúc thẩm", "giám đốc thẩm"),
    ("(?<!khu )(?<!cụm )công nghiệp(?! hóa)", "nông nghiệp", "lâm nghiệp", "thủy sản|ngư nghiệp"),
    ("mẫu giáo|mầm non", "tiểu học", "trung học cơ sở|thcs", "trung học phổ thông|thpt"),
    ("gạo", "cà phê", "cao su", "hạt điều", "(?:hạt|hồ) tiêu"),
    ("(?:không|chưa) (?:đạt|hoàn thành)", "(?<!không )(?<!chưa )(?:đạt|hoàn thành)"),
    ("mua vào|giá mua", "bán ra|giá bán"),
    ("tối thiểu", "tối đa"),
    ("cha|bố|ba mẹ", "(?<!cha )mẹ"),
    ("vợ", "chồng"),
    ("quý (?:i|1|một)", "quý (?:ii|2|hai)", "quý (?:iii|3|ba)", "quý (?:iv|4|bốn|tư)"),
)  # fmt: skip
"""Groups of alternatives, each a pattern over lower-case text with diacritics."""


def _patterns(accented: bool) -> tuple[tuple[re.Pattern[str], ...], ...]:
    form = normal_tone if accented else fold
    return tuple(tuple(re.compile(rf"(?<!\w)(?:{form(one)})(?!\w)") for one in group) for group in _GROUPS)


_ACCENTED, _FOLDED = _patterns(True), _patterns(False)


@lru_cache(maxsize=256)
def _asked(question: str) -> tuple[tuple[int, int], ...]:
    """Group and place in it of the one alternative that the question says; none of a group of which it says several."""
    found = []
    for number, group in enumerate(_ACCENTED if has_diacritics(question) else _FOLDED):
        said = [place for place, pattern in enumerate(group) if pattern.search(lowered(question))]
        if len(said) == 1:
            found.append((number, said[0]))
    return tuple(found)


def opposed(question: str, sentence: str) -> bool:
    """Whether the sentence says the opposite of a word of the question, and not that word.

    Without diacritics only the folded forms of both are compared, so that "thu" may also be "thư".

    >>> opposed("chi ngân sách năm 2020 là bao nhiêu", "Thu ngân sách năm 2020 là 459 tỷ đồng.")
    True
    >>> opposed("chi ngân sách năm 2020 là bao nhiêu", "Thu 459 tỷ đồng, chi 400 tỷ đồng.")
    False
    """
    asked = _asked(question)
    if not asked:
        return False
    accented = has_diacritics(question)
    text, groups = (lowered(sentence), _ACCENTED) if accented else (fold(sentence), _FOLDED)
    for number, place in asked:
        group = groups[number]
        if not group[place].search(text) and any(
            other.search(text) for at, other in enumerate(group) if at != place
        ):
            return True
    return False
