"""A follow-up written as the conversation is: with diacritics or without."""

from __future__ import annotations

import itertools
import re
import unicodedata

from index.vietnamese import fold, has_diacritics
from qa.diacritics import restore
from qa.words import ASKING, FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_PHRASES = """
so với cùng kỳ năm trước|so với kế hoạch|so với năm|kế hoạch|dự toán|chỉ tiêu|nghị quyết|tăng trưởng|tăng|giảm|đạt|chiếm|vượt|gấp
bình quân|trung bình|mỗi năm|hàng năm|phần trăm|số tiền|tổng số|tổng cộng|trong đó|trong số đó|cả năm|tháng|đầu năm|cuối năm|quý
năm|nhiệm kỳ|giai đoạn|ngày|triệu|tỷ đồng|triệu đồng|gấp mấy lần|hoàn thành|cao hơn|thấp hơn|nhiều hơn|ít hơn|ông ấy|bà ấy
người đó|thành phố|tỉnh|huyện|thị xã|quận|phường|còn năm|còn|thế|vậy|thì sao|thế thì|người|nơi đó|ở đó|sinh năm|quê ở đâu|tiền
thế còn|vậy còn|còn về|ông đó|bà đó|anh ấy|chị ấy|lúc đó|khi đó|nữa|họ|vì sao|tại sao|là gì|giữ chức gì|ngày đăng|đăng ngày nào
khóa mấy|lần thứ mấy|năm thứ mấy
"""
USUAL = tuple(_PHRASES.replace("\n", "|").strip("|").split("|"))
"""Phrases that follow-ups are made of, whatever they ask about."""
_FOLDED = tuple(tuple(fold(phrase).split()) for phrase in (*USUAL, *ASKING, *FUNCTION_WORDS))
_SINGLE = frozenset(phrase[0] for phrase in _FOLDED if len(phrase) == 1)
_PAIRS = frozenset(pair for phrase in _FOLDED for pair in itertools.pairwise(phrase))
_OFTEN = 3
"""The earlier question's own words count so many times next to the usual ones."""


def as_in(said: str, text: str) -> str:
    """A follow-up with the diacritics of the conversation, or without when that has none; unchanged when it cannot be.

    >>> as_in("thu ngân sách xã A", "tang bao nhieu"), as_in("thu ngan sach xa A", "tăng bao nhiêu")
    ('tăng bao nhiêu', 'tang bao nhieu')
    >>> as_in("thu ngân sách xã A", "con binh lam?")
    'con binh lam?'
    """
    if not has_diacritics(said):
        return without_diacritics(text) if len(re.findall(r"\b[a-z]{2,}", said)) > 1 else text
    if not lacks_diacritics(text):
        return text
    if _is_known(fold(said).split(), [word.lower() for word in _WORD.findall(text)]):
        return restore(text, (), [*[said] * _OFTEN, *USUAL])
    return text


def _is_known(said: list[str], words: list[str]) -> bool:
    """Whether each folded word is one of the conversation or stands in a usual phrase with its neighbour."""
    pairs = set(itertools.pairwise(words)) & _PAIRS
    paired = {word for pair in pairs for word in pair}
    return all(word in said or word in _SINGLE or word in paired for word in words)


def lacks_diacritics(text: str) -> bool:
    """Whether words of it lack diacritics: "2020?" and "HAGL?" have none to get."""
    return not has_diacritics(text) and re.search(r"[a-z]{2}", text) is not None


def mixes(said: str, text: str) -> bool:
    """Whether words without diacritics would come into a question that has them."""
    return has_diacritics(said) and lacks_diacritics(text)


def written_like(beside: str, words: str) -> str:
    """Words of ours with their diacritics, or without where what they stand beside has none.

    >>> written_like("xã A", "là bao nhiêu"), written_like("xa A", "là bao nhiêu")
    ('là bao nhiêu', 'la bao nhieu')
    """
    return words if has_diacritics(beside) else without_diacritics(words)


def without_diacritics(text: str) -> str:
    """The text without diacritics, its capitals kept.

    >>> without_diacritics("Đại hội An Bình")
    'Dai hoi An Binh'
    """
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in apart if not unicodedata.combining(char))
