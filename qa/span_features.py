"""What speaks for a candidate by its own form: a number's unit and sense, a time's grain, a name's looks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.names import is_surname
from index.vietnamese import fold
from qa.breakdowns import of_all_together
from qa.fits import (
    address_wanted,
    bodies_absent,
    class_fits,
    grain_of,
    other_body,
    rate_unasked,
    takes_office,
    unit_fits,
    wanted_grain,
)
from qa.name_spans import follows_title
from qa.question import Question
from qa.spans import Candidate
from qa.surroundings import Reading, folded_words

Features = dict[str, float]
"""Name -> value, about in [-1, 1]."""

OFFICE = 80
"""Characters on either side of a name in which its office is told."""
_CHANGE = re.compile(r"\b(?:tang|giam|vuot|hut|them|cao hon|thap hon|nhieu hon|it hon|gap)\b")
_YEARLY = re.compile(r"\b(?:moi|hang|binh quan(?: moi| hang)?) nam (?:tang|giam|them)\b[^,;]*$")
_SHARE = re.compile(r"\b(?:dat|bang|chiem|hoan thanh)\b[^,;]{0,12}$")
_SHARE_OF = re.compile(r"ke hoach|du toan|chi tieu|nghi quyet|so voi|cung ky|toan tinh|tong")


_PHOTO = re.compile(r"\b(?:buc |tam |nguoi chup )anh\b|^anh\b|\banh chup\b|\bchup anh\b")
_CREDIT = re.compile(r"\bảnh\s*:\s*$", re.IGNORECASE)


def quantity_features(question: Question, reading: Reading, span: Candidate) -> Features:
    """Whether a number has the unit, the noun and the sense (change, share, rate) that are asked for."""
    quantity = span.quantity
    assert quantity is not None
    before = reading.folded[max(0, span.start - 30) : span.start]
    after = reading.folded[span.end : span.end + 40]
    change = _CHANGE.search(before.rsplit(",", 1)[-1]) is not None
    share = quantity.unit == "%" and (
        _SHARE.search(before) is not None and _SHARE_OF.search(after) is not None
    )
    noun = question.noun.split()
    fits = unit_fits(question.units, quantity.unit)
    named = fold(span.text + " " + reading.text[span.end : span.end + 30])
    return {
        "unit_fits": float(bool(question.units) and fits),
        "unit_clashes": float(bool(question.units) and not fits),
        "class_clashes": float(bool(question.units) and not class_fits(question.units, quantity.unit)),
        "unit_open": float(not question.units),
        "unit_percent": float(quantity.unit == "%" and not question.units),
        "unit_money": float(quantity.unit in ("đồng", "usd") and not question.units),
        "noun": sum(word in named for word in noun) / len(noun) if noun else 0.0,
        "change_fits": float(change and question.change),
        "change_missing": float(question.change and not change),
        "change_unasked": float(change and not question.change),
        "share_fits": float(share and question.share),
        "share_unasked": float(share and not question.share),
        "repeats": float(_repeats(question, fold(quantity.text))),
        "two_currencies": float(span.end > quantity.end and question.units != {"usd"}),
        "bare": float(quantity.unit == ""),
        "rate_unasked": float(
            rate_unasked(question, quantity.unit)
            or (_YEARLY.search(before) is not None and not _CHANGE.search(question.folded))
        ),
        "ratio": float(quantity.total is not None),
        "of_all_together": float(of_all_together(question.text, reading.text, quantity)),
    }


_YEAR = re.compile(r"(?<=năm )(?:19|20)\d\d(?![\d-])")
_LIFE = re.compile(
    r"\b(?:(?<!tuyển )(?<!phát )(?<!khai )(?<!hồi )sinh|qua đời|mất)(?: ngày| năm| vào)?[ :]*$", re.IGNORECASE
)
_ASKS_LIFE = re.compile(r"\b(?:sinh|mất|qua đời|chết|tuổi|chào đời)\b", re.IGNORECASE)


def life_unasked(question: Question, reading: Reading, start: int) -> bool:
    """Whether the time at ``start`` is that of a birth or a death, and the question is for another one."""
    told = _LIFE.search(reading.text[max(0, start - 25) : start])
    if (
        told
        and told.group().lower().startswith("mất")
        and not reading.folded.startswith(("nam", "ngay"), start)
    ):
        return False  # "mất 3 ngày"
    return told is not None and _ASKS_LIFE.search(question.text) is None


def other_year(question: Question, reading: Reading, span: Candidate) -> bool:
    """Whether the sentence names years beside the time, none of which is asked for; ``span`` neither."""
    asked = {str(period.first.year) for period in question.periods if period.first}
    beside = set(_YEAR.findall(reading.text[: span.start])) | set(_YEAR.findall(reading.text[span.end :]))
    return bool(asked and beside) and not asked & beside and not any(year in span.text for year in asked)


def date_features(question: Question, reading: Reading, span: Candidate) -> Features:
    """Whether a time is of the grain that is asked for, says more than the question, and is that of what was asked."""
    period = span.period
    assert period is not None
    grain_fits = wanted_grain(question) in ("", period.grain, grain_of(period))
    return {
        "grain_fits": float(grain_fits),
        "grain_clashes": float(not grain_fits),
        "day": float(period.grain == "day"),
        "year": float(period.grain == "year"),
        "life_unasked": float(life_unasked(question, reading, span.start)),
        "year_clashes": float(other_year(question, reading, span)),
        "repeats": float(any(other.text.lower() == period.text.lower() for other in question.periods)),
    }


def name_features(
    question: Question, weights: Mapping[str, float], reading: Reading, span: Candidate
) -> Features:
    """What a name looks like and what stands beside it."""
    words = span.text.split()
    before = reading.text[: span.start]
    noun = fold(question.noun).split()
    typed = fold(span.text)
    after = reading.text[span.end : span.end + OFFICE]
    beside = f"{before[-OFFICE:]}{span.text}{after}"
    return {
        "bodies_absent": float(
            question.kind == "person"
            and (
                bodies_absent(question, folded_words(beside))
                or (
                    other_body(question, folded_words(before.rsplit(";", 1)[-1][-OFFICE:]))
                    and not takes_office(question, folded_words(after.split(";", 1)[0]))
                )
            )
        ),
        "credit": float(_PHOTO.search(question.folded) is not None and _CREDIT.search(before) is not None),
        "surname": float(is_surname(words[0])),
        "titled": float(follows_title(before)),
        "name_length": float(2 <= len(words) <= 4),
        "single": float(len(words) == 1),
        "opens": float(not before.strip()),
        "apposed": float(re.match(r"\s*[,(–-]", reading.text[span.end :]) is not None),
        "noun_place": float(bool(noun) and typed.startswith((noun[-1], " ".join(noun[-2:])))),
        "address": float(span.form == "address") * address_wanted(question),
        "named": sum(word in weights for word in folded_words(span.text)) / len(words),
        "located": float(re.search(r"\b(?:tại|ở|đặt|thuộc)\s*$", before) is not None),
    }


def _repeats(question: Question, folded: str) -> bool:
    """Whether the question itself says the folded words, whole."""
    if folded not in question.folded:  # a pattern of its own for every number is dear
        return False
    return re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", question.folded) is not None


_MOBILE = re.compile(r"0[35789]\d{8}")
"""The ten digits of a mobile number in Vietnam (numbering plan of 2018)."""


def phone_features(question: Question, span: Candidate) -> Features:
    """Whether a mobile number is asked for and the candidate is none."""
    digits = re.sub(r"\D", "", span.text)
    asked = re.search(r"\bdi dong\b", question.folded) is not None
    return {"mobile_absent": float(asked and _MOBILE.fullmatch(digits) is None)}


_OF_PERSON = re.compile(
    r"\b(?:cua|so|thoai|dong|sdt|dt) (?:(?:ca nhan|rieng) )?(?:cua )?"
    r"(?:ong|ba|anh|chi|dong chi|(?:pho )?(?:chu tich|bi thu|giam doc|hieu truong|truong \w+))\b"
)


def of_person(question: Question) -> bool:
    """Whether a question for a telephone number wants somebody's own, not that of an office: a footer tells none.

    >>> from qa.question import understand
    >>> [of_person(understand(text)) for text in ("số điện thoại của ông An", "số điện thoại của xã")]
    [True, False]
    """
    return _OF_PERSON.search(question.folded) is not None
