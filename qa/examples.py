"""Example questions made from the index."""

from __future__ import annotations

import re
from itertools import islice

from index.quantities import find_quantities
from index.split import sentences
from index.store_protocol import OpenGeneration
from index.types import Article
from index.vietnamese import UPPER

_SUBJECT = re.compile(
    rf"^(?P<subject>[{UPPER}][^,;:.()“”\"\d]{{8,70}}?)(?: (?:và|mà|từng|ước|đã|sẽ|đang|chỉ|cũng|vẫn|còn|đều|hiện))*"
    r" (?P<verb>đạt|là|còn|chiếm|có) (?:hơn |trên |gần |khoảng )?$"
)
_MEASURE = re.compile(
    r"(?:Tổng|Số|Mức|Tỷ lệ|Tỉ lệ|Giá|Thu|Chi|Kinh phí|Doanh thu|Chi phí|Lợi nhuận|Vốn|Kim ngạch|Xuất khẩu|Nhập khẩu"
    r"|Diện tích|Dân số|Sản lượng|Năng suất|Công suất|Chiều|Học phí|Lãi suất|Quy mô|Khối lượng|Tốc độ|Độ)(?!\w)"
)
"""How a subject opens that names something measured: "Về dự Đại hội" does not."""
_LOOSE = re.compile(
    r"^(?:Tuy|Mặc|Chẳng|Ngoài|Trong|Còn|Nhưng|Và|Chúng|Anh|Chị|Họ|Có|Nếu|Khi|Hiện|Nay|Đây|Song|Với|Theo|Một)(?!\w)"
    r"|(?<!\w)(?:này|đó|tôi|cháu|trên)(?!\w)",
    re.IGNORECASE,
)
"""A subject that hangs on what was said before, or on who says it."""


def example_questions(generation: OpenGeneration, n: int) -> list[str]:
    """Up to ``n`` questions about figures that sentences open with, one an article: "X là bao nhiêu?", "X có bao nhiêu hộ?"."""
    found: list[str] = []
    for _, article in islice(generation.walk(), 200):
        question = _of_article(article)
        if question and question not in found:
            found.append(question)
        if len(found) == n:
            break
    return found


def _of_article(article: Article) -> str | None:
    for start, end in sentences(article.text):
        sentence = article.text[start:end]
        for quantity in find_quantities(sentence)[:1]:
            match = _SUBJECT.match(sentence[: quantity.start])
            question = _question(match["subject"].strip(), match["verb"], quantity.unit) if match else None
            if question:
                return question
    return None


def _question(subject: str, verb: str, unit: str) -> str | None:
    """What asks for a figure; None when no natural question does.

    >>> _question("Về dự Đại hội", "có", "đại biểu"), _question("Về dự Đại hội", "là", "đại biểu")
    ('Về dự Đại hội có bao nhiêu đại biểu?', None)
    >>> _question("Thu ngân sách", "đạt", "đồng")
    'Thu ngân sách là bao nhiêu?'
    """
    if _LOOSE.search(subject):
        return None
    if verb == "có":
        return f"{subject} có bao nhiêu {unit}?" if unit[:1].isalpha() else None
    return f"{subject} là bao nhiêu?" if _MEASURE.match(subject) else None
