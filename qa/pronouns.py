"""Pronouns of a follow-up, and what they stand for in the questions before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from index.numbers import Grammar
from index.vietnamese import fold
from qa import antecedent
from qa.antecedent import find, without_asking
from qa.leaning import HERE, OPENING, THIS, TITLE, pronoun_of
from qa.said import Said
from qa.script import written_like

Who = Callable[[str], str]
"""The name of the person who answers a whole question; "" when it asks for none or nobody is found."""


def nobody(question: str) -> str:
    """No person is known by name."""
    return ""


def by_pronoun(said: Said, text: str, who: Who) -> Said | None:
    """The question with what its pronoun stands for; None when it has none.

    >>> by_pronoun(Said("Ai là bí thư xã A?", "bí thư xã A"), "ông ấy nói gì?", lambda question: "Lê Văn Hai").whole
    'Lê Văn Hai nói gì?'
    """
    opening = find(OPENING, text)
    text = text[opening.end() :] if opening else text
    here, this, pronoun = (
        find(HERE, text),
        find(THIS, text),
        pronoun_of(text, said.whole) or _title(said, text),
    )
    if here:
        where, at = antecedent.place(said.whole), written_like(text, "ở")
        return _put(said, text, here, f"{at} {where}" if where else "", "")
    if this:
        return _by_this(said, text, this)
    if pronoun is None:
        return None
    if fold(pronoun.group()) in ("ho", "no", "chung"):
        whom = named = said.whom or antecedent.they(said.whole)
    else:
        whom, named = _person(said, text, who)
    return _put(said, text, pronoun, f"{named} " if pronoun.group().endswith(" ") else named, whom)


def _person(said: Said, text: str, who: Who) -> tuple[str, str]:
    """Whom "ông ấy" means, and what to call them here: who is asked for another office is told by the one that is known."""
    if said.whom:
        return said.whom, said.whom
    known = antecedent.person(said.whole)
    name = "" if antecedent.titled(said.whole) else who(said.whole)
    if not name:
        return known, known
    return name, f"{name}, {known}," if find(_OTHER_OFFICE, text) else name


_OTHER_OFFICE = Grammar.of(r"(?<!\w)còn (?:giữ|làm|kiêm|là|đảm nhiệm|đảm nhận)(?!\w)")


def _title(said: Said, text: str) -> re.Match[str] | None:
    return TITLE.match(text) if said.whom else None


def _put(said: Said, text: str, match: re.Match[str], by: str, whom: str) -> Said:
    whole = " ".join(f"{text[: match.start()]}{by}{text[match.end() :]}".split())
    return Said(whole, by.strip() if by and not match.start() else without_asking(whole), whom)


def _by_this(said: Said, text: str, this: re.Match[str]) -> Said:
    phrase = _noun_phrase(said, this["noun"])
    if phrase:
        return _put(said, text, this, phrase, "")
    rest = text[this.end() :] if not this.start() else f"{text[: this.end('noun')]}{text[this.end() :]}"
    return replace(said, whole=" ".join(f"{said.about} {rest}".split()))


def _noun_phrase(said: Said, noun: str) -> str:
    """What "cuộc họp ấy" is: the phrase of that noun in the earlier question, or whom it is of; "" when it has none."""
    area = antecedent.place(said.whole, noun) if noun in _AREAS else ""
    if area:
        return area
    about = antecedent.topic(said.whole)
    at = re.search(rf"(?<!\w){noun}(?!\w)", about.lower())
    return about[at.start() :] if at else said.whom


_AREAS = frozenset(
    "tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|nước|tinh|thanh pho|huyen|quan|thi xa|xa|phuong|nuoc".split(
        "|"
    )
)
