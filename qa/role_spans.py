"""The spans of a sentence that name an office, beside the person of the question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.names import is_surname
from index.types import Span
from index.vietnamese import UPPER, fold
from qa.name_spans import find_names
from qa.question import Question

_ROLE_AFTER = re.compile(r"^\s*(?P<opens>[,(–-]|(?:là|làm|giữ chức(?: vụ)?)(?!\w))\s*(?P<role>[^.;:()]{4,140}?)(?=\s+(?:cho biết|cho hay|nói|phát biểu|khẳng định|đánh giá|chủ trì|đã|vừa|cũng|gồm|trưởng đoàn|tại|nhấn mạnh|chia sẻ|thông tin)\b|,? đồng thời\b|[.;:()]|,\s*(?:cho|nói|đã)|,\s+(?![" + UPPER + r"])(?=\w)(?!(?:(?i:phó|nguyên|quyền|kiêm) )?(?:chủ|bí|giám|tổng|hiệu|trưởng|phó|ủy|cục|viện|bộ|thứ|thủ|đại|thư|chỉ|tỉnh ủy|thành ủy|nguyên|quyền|kiêm|đồng)\b)|$)")  # fmt: skip
_ROLE_WORD = re.compile(r"(?:phó |nguyên |quyền )?(?:chủ tịch|bí thư|giám đốc|tổng (?:giám đốc|kiểm toán|thanh tra|biên tập|thư ký)|hiệu trưởng|(?:đội|tổ|nhóm|hiệu|trạm|viện|cục|vụ|bếp) phó|(?:\w+ )?trưởng|phó|ủy viên|thứ trưởng|thủ tướng|chủ nhiệm|đại biểu|thư ký|chỉ huy|tỉnh ủy viên|thành ủy viên)\b", re.IGNORECASE)  # fmt: skip
_RANK = re.compile(
    r"(?<!\w)(?:(?:thiếu|trung|thượng|đại) (?:úy|tá|tướng)|đại úy|chuẩn úy|chuẩn tướng|(?:thượng|trung|hạ) sĩ|binh (?:nhất|nhì))(?!\w)",
    re.IGNORECASE,
)
ASKS_RANK = re.compile(r"\b(?:quan ham|cap bac|cap ham)\b")
"""Questions, folded, for the rank of a soldier or a policeman."""
_DASH = re.compile(r"\s[–-]\s")


def find_roles(question: Question, sentence: str) -> Iterator[Span]:
    """The spans of the offices, or of the rank where that is asked for, beside the person whom a question names."""
    folded = fold(sentence)
    for name in _asked_names(question, folded):
        at = folded.find(name)
        if ASKS_RANK.search(question.folded):
            ranks = list(_RANK.finditer(sentence, max(0, at - RANK_BEFORE), at))
            yield from (one.span() for one in ranks[-1:])
            return
        after = _ROLE_AFTER.match(sentence[at + len(name) :])
        if after and _ROLE_WORD.search(after.group("role")):
            start = at + len(name) + after.start("role")
            yield start, start + len(_of_one(after["role"], after["opens"]))
        before = list(_ROLE_WORD.finditer(sentence[:at]))
        if before:
            last = before[-1]
            text = re.sub(
                r"[\s:,–-]*(?:(?<!\w)(?:ông|bà|đồng chí|đ/c|anh|chị))?\s*$", "", sentence[last.start() : at]
            )
            if text and len(text.split()) <= 14:
                yield last.start(), last.start() + len(text)


RANK_BEFORE = 40
"""Characters before a name in which its rank stands: "thiếu tá CSGT Lê An"."""


def _of_one(role: str, opens: str) -> str:
    """The office of one person: up to the dash that closes it, or to the next person.

    >>> _of_one("trưởng phòng kế hoạch - lập thủ tục", "-"), _of_one("giám đốc Công ty A và Lê Văn B", ",")
    ('trưởng phòng kế hoạch', 'giám đốc Công ty A')
    """
    dash = _DASH.search(role) if opens in "–-" else None
    role = role[: dash.start()] if dash else role
    others = (start for start, end in find_names(role) if is_surname(role[start:end].split()[0]))
    cut = next((start for start in others if re.search(r"(?:,| và)\s+$", role[:start])), None)
    return re.sub(r"(?:,| và)\s+$", "", role[:cut]) if cut else role


def _asked_names(question: Question, folded_sentence: str) -> list[str]:
    """The names of the question that stand in the sentence; else the longest runs of its words (2 to 4 syllables) that do."""
    named = (question.text[start:end] for start, end in find_names(question.text))
    people = [fold(name) for name in named if " " in name and is_surname(name.split()[0])]
    found = [name for name in people if re.search(rf"\b{re.escape(name)}\b", folded_sentence)]
    if found:
        return found[:1]
    words = [fold(word) for word, weight in question.words if weight == 1.0]
    for size in (4, 3, 2):
        runs = [" ".join(words[i : i + size]) for i in range(len(words) - size + 1)]
        found = [
            run
            for run in runs
            if re.search(rf"\b{re.escape(run)}\b", folded_sentence) and "chuc vu" not in run
        ]
        if found:
            return found[:1]
    return []
