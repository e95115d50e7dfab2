"""Who published an article, by the lines it prints about itself.

Pages name their publisher in a few fixed ways: "Nguồn: X" above or below the article, "Theo X" as its last
line, 'Ghi rõ nguồn "X" ...' and the owner line in the footer. The same words also begin sentences ("Theo ông
A, ..."), captions ("Nguồn ảnh: ...") and budget lines ("Nguồn vốn: 5 tỷ"), so a line counts only where such
lines stand and only when the rest of it looks like a name.
"""

from __future__ import annotations

import re
from html import unescape

from index.clean import prose_range

_LONGEST = 120  # characters of a source line
# Lines above the prose, below it and at the very end where a source line stands; tables may come between.
_HEAD, _FOOT, _LAST = 6, 12, 3
_WORDS = range(2, 9)  # words of a "Theo X" line

# "Nguồn: X", "(Nguồn: X)"; without a colon the name must follow at once: "Nguồn VnExpress".
_LABELLED = re.compile(
    r"\W*(?:nguồn|nguồn tin|(?:theo )?nguồn bài|nguồn trích dẫn)\s*:\s*(?P<name>\S.*)", re.IGNORECASE
)
_BARE = re.compile(r"[(\[]?(?:Nguồn|NGUỒN)\s+(?P<name>\S.*)")
_ACCORDING = re.compile(r"[(\[]?(?:Theo|THEO)\s+(?P<name>\S.*)")
_OWNER = re.compile(
    r"\W*cơ quan (?:chủ quản|ngôn luận)\s*:\s*(?P<name>.+?)(?:\s+[-–|]\s+[^-–|]*:.*)?\.?", re.IGNORECASE
)
_NOTICE = re.compile(r".*ghi rõ nguồn:?\s*[\"“”'«](?P<name>[^\"”»]+?)[\"”'»].*", re.IGNORECASE)

# A picture credit behind the name: "VnExpress - Ảnh: A".
_CREDIT = re.compile(r"\s*[-–|;,.]\s*(?:ảnh|hình|video|clip|đồ họa)\s*:.*", re.IGNORECASE)
# A bracket that was opened before the name, and what follows it.
_UNOPENED = re.compile(r"^((?:[^()\[\]]|\([^()]*\)|\[[^\[\]]*\])*)[)\]].*")
_ADDRESS = re.compile(r"https?://(?:www\.)?(?P<host>[\w.-]+)", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,6}")
# How a name begins when not with a capital letter.
_SMALL = re.compile(r"(?:báo|tờ|tạp chí|tập san|đài|trang|cổng|website|thuật lại theo|theo)\s+\S")
# What "Nguồn" names when it names no publisher: money, pictures, nobody in particular.
_NO_NAME = re.compile(
    r"(?:vốn|kinh phí|ngân sách|ảnh|hình|video|clip|đồ họa|internet|mạng|sưu tầm|tổng hợp|nhiều nguồn)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\d\s*(?:%|tỷ|tỉ|triệu|nghìn|đồng|usd)", re.IGNORECASE)
# Somebody who says something, and what a sentence has; "theo ông A" begins small and is no name anyway.
_PERSON = re.compile(r"(?:Ông|Bà|Bác sĩ|Luật sư|Đồng chí|PGS|GS|TS|ThS|BS|LS)\b")
_VERB = re.compile(r"\b(?:cho biết|cho rằng|cho hay|đã|sẽ|đang|là|phải|có thể)\b")


def named_source(text: str) -> str:
    r"""The publisher that a line "Nguồn: X" above or below the article names; "" without one.

    Args:
        text: the cleaned text of an article.

    >>> body = "Thu ngân sách năm 2020 của thành phố đạt 459,6 tỷ đồng, vượt 9,43% chỉ tiêu."
    >>> named_source(f"Tiêu đề\n{body}\n(Nguồn: Báo Sóc Trăng)")
    'Báo Sóc Trăng'
    >>> named_source(f"{body}\nNguồn vốn: 5 tỷ đồng"), named_source(f"{body}\nNguồn: ngân sách tỉnh")
    ('', '')
    """
    head, foot = _margins(text.split("\n"))
    for line in [*reversed(foot), *head]:
        match = _LABELLED.fullmatch(line)
        name = _name(match["name"]) if match else ""
        if name and not _MONEY.search(name):
            return name
    return next((name for line in reversed(foot) if (name := _bare_name(line))), "")


def last_line_source(text: str) -> str:
    r"""The publisher by the article's last line, "Theo X" of two to eight words; "" for any other line.

    Args:
        text: the cleaned text of an article.

    >>> body = "Thu ngân sách năm 2020 của thành phố đạt 459,6 tỷ đồng, vượt 9,43% chỉ tiêu."
    >>> last_line_source(f"{body}\nTheo VnExpress\nĐịa chỉ: 1 Lê Lợi")
    'VnExpress'
    >>> last_line_source(f"{body}\nTheo ông A")
    ''
    """
    _, foot = _margins(text.split("\n"))
    return next((name for line in reversed(foot) if (name := _according_name(line))), "")


def quoted_source(text: str) -> str:
    """The name to be quoted when the article is printed again: 'Ghi rõ nguồn "X" khi phát hành lại'.

    >>> quoted_source('@ Ghi rõ nguồn "Cổng A" khi phát hành lại thông tin từ Cổng thông tin này.')
    'Cổng A'
    """
    return _last_match(_NOTICE, text)


def owner(text: str) -> str:
    """The owner of the page, by its footer.

    >>> owner("Cơ quan chủ quản: UBND tỉnh A - Điện thoại: 0299.3822339")
    'UBND tỉnh A'
    """
    return _last_match(_OWNER, text)


def _last_match(pattern: re.Pattern[str], text: str) -> str:
    matches = (pattern.fullmatch(line) for line in reversed(text.split("\n")))
    return next((match["name"].strip() for match in matches if match), "")


def _margins(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines above the prose and those below it; a long source line is no prose."""
    plain = ["" if _is_labelled(line) else line for line in lines]
    first, after = prose_range(plain)
    foot = lines[after:]
    return lines[: min(first, _HEAD)], foot[:_FOOT] + foot[_FOOT:][-_LAST:]


def _is_labelled(line: str) -> bool:
    return len(line) <= _LONGEST and _LABELLED.fullmatch(line) is not None


def _bare_name(line: str) -> str:
    match = _BARE.fullmatch(line)
    return _name(match["name"]) if match and match["name"][0].isupper() else ""


def _according_name(line: str) -> str:
    """The name of a line "Theo X", unless somebody speaks or a sentence begins."""
    match = _ACCORDING.fullmatch(line)
    if match is None or len(line.split()) not in _WORDS:
        return ""
    name = match["name"]
    return "" if _PERSON.match(name) or _VERB.search(name) or name.endswith((":", ",", ";")) else _name(name)


def _name(found: str) -> str:
    """A name without the marks and credits around it; "" for what is none."""
    name = _CREDIT.sub("", unescape(found))
    name = _UNOPENED.sub(r"\1", name).strip(" .,;:\"“”'")
    address = _ADDRESS.match(name)
    if address:
        return address["host"].lower()
    begins = name[:1].isupper() or _SMALL.match(name) or _DOMAIN.match(name)
    return name if begins and len(name) <= _LONGEST and not _NO_NAME.match(name) else ""
