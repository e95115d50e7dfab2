"""Whose figure it is: a sentence about somebody else, or about another school, does not tell that of the one asked about."""

from __future__ import annotations

import re
from functools import lru_cache

from index.names import is_surname
from index.vietnamese import UPPER
from qa.name_spans import find_names
from qa.persons import lowered, persons_named

_KINDS = (
    "môn|(?<!liên )ngành|ngân hàng|(?<!hội )(?<!môi )(?<!thị )(?<!nông )trường|bệnh viện|huyện|xã|phường|quận|thị xã|thị trấn|thôn|ấp|siêu thị|khách sạn|chợ|cầu|khu công nghiệp|"
    "nhà máy|dự án"
)
_WITHOUT_CAPITAL = frozenset({"môn", "ngành"})
"""Kinds of things whose names are common words: "môn thể dục"."""
_NAMED = re.compile(rf"(?<!\w)(?P<kind>{_KINDS}) (?P<name>[^\W\d_]+)")
_NO_NAMES = frozenset(
    (
        "này nào đó của mới trên kia ấy có là gì được đã sẽ và tại ở trong cho với không bị do về từ đến khi thì mà cũng các những một hai ba "
        "đang vừa lại còn để theo cả mấy bao học hàng năm đi đào nghề khác chính"
    ).split()
)
_TITLED = re.compile(rf"(?<!\w)(?:[ôÔ]ng|[bB]à|[aA]nh|[cC]hị) [{UPPER}]")


def other_holder(question: str, sentence: str, before: str, title: str) -> bool:
    """Whether a sentence names another person, or another thing of the same kind, instead of those of the question.

    Args:
        question: NFC text.
        sentence: where the figure stands.
        before: the sentence before it, where the one asked about may be named.
        title: of the article, likewise.

    >>> other_holder("Huyện Hải Hà sập mấy nhà?", "Ở huyện Hậu Lộc sập 240 nhà.", "", "")
    True
    >>> other_holder("Huyện Hải Hà sập mấy nhà?", "Cả huyện sập 240 nhà.", "", "")
    False
    >>> other_holder("Ông Lê Văn Tư nộp bao nhiêu tiền?", "Ông Huy nộp 5 triệu đồng.", "", "")
    True
    """
    return _other_person(question, sentence, before) or _other_thing(question, sentence, f"{before} {title}")


def _other_person(question: str, sentence: str, before: str) -> bool:
    persons = [
        name for name in persons_named(question) if not re.search(rf"\btheo (?:\w+ )?{name}", question)
    ]
    if not persons:
        return False
    room = _syllables(f"{sentence} {before}")
    if any(room.intersection(lowered(name).split()[-2:]) for name in persons):
        return False
    named = (sentence[start:end].split() for start, end in find_names(sentence))
    return (
        any(len(words) > 1 and is_surname(words[0]) for words in named)
        or _TITLED.search(sentence) is not None
    )


def _other_thing(question: str, sentence: str, around: str) -> bool:
    told = {kind for kind, _ in _things(sentence)}
    asked = [name for kind, name in _things(question) if kind in told]
    return bool(asked) and not set(asked) <= _syllables(f"{sentence} {around}")


def _syllables(text: str) -> set[str]:
    return set(re.findall(r"\w+", lowered(text)))


@lru_cache(maxsize=2048)
def _things(text: str) -> tuple[tuple[str, str], ...]:
    """The kind and the first syllable of the name of each thing that a text names."""
    low = lowered(text)
    return tuple(
        (found["kind"], found["name"])
        for found in _NAMED.finditer(low)
        if found["name"] not in _NO_NAMES
        and (found["kind"] in _WITHOUT_CAPITAL or text[found.start("name")].isupper())
    )
