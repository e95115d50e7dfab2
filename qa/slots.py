"""The slots of an earlier question that a follow-up fills anew: a period, a name, a word of it."""

from __future__ import annotations

import re

from index.gazetteer import COUNTRIES
from index.numbers import Grammar
from index.periods import find_periods
from index.places import LEVELS
from index.types import Period, Span
from index.vietnamese import fold, has_diacritics
from qa.antecedent import UNITS, asking, find, names, scanned, typed_place
from qa.script import written_like

# --- periods ------------------------------------------------------------------------------------------------

_COMPARED = Grammar.of(r"(?:so|so với|bằng|với|gấp|(?<!\w)hơn|gấp (?:mấy|bao nhiêu|\d+) lần) *$")
_UP_TO = Grammar.of(r"(?:^|(?<!\w))(?:tính đến|tính tới|đến|tới|hết|trong|vào|tính đến hết)(?: cuối)? *$")
_YEAR = re.compile(r"\b\d{4}\b")
_STEP = {"năm trước": -1, "nam truoc": -1, "năm sau": 1, "nam sau": 1, "năm kế tiếp": 1, "năm tiếp theo": 1}
_OF_TODAY = re.compile(r"(?:nay|này|ngoái|ngoai|qua)$")


def told_periods(text: str) -> list[Period]:
    """The periods that say when, not those that are only compared with.

    >>> [p.text for p in told_periods("năm 2020 tăng bao nhiêu so với năm 2015 và cùng kỳ")]
    ['năm 2020']
    """
    return [
        one
        for one in find_periods(text)
        if not find(_COMPARED, text[: one.start]) and not fold(one.text).startswith("cung ky")
    ]


def span_of(text: str, period: Period) -> Span:
    """Where a period stands with its "đến" or "trong"."""
    lead = find(_UP_TO, text[: period.start])
    return (lead.start() if lead else period.start), period.end


def fill_period(previous: str, said: str) -> str:
    """The earlier question with another period in the room of its own.

    >>> fill_period("thu ngân sách quý I năm 2020 của xã A", "quý II")
    'thu ngân sách quý II năm 2020 của xã A'
    """
    old = told_periods(previous)
    if not old:
        return insert(previous, said)
    grains = [one.grain for one in find_periods(said)]
    replaced = next((one for one in old if one.grain in grains), old[-1])
    said = _in_the_year_of(said, replaced.text)
    lead = replaced.text.split()[0]
    said = f"{lead} {said}" if said.isdigit() and fold(lead) == "nam" else said
    start, end = span_of(previous, replaced) if find(_LED, said) else (replaced.start, replaced.end)
    return f"{previous[:start]}{said}{previous[end:]}"


_LED = Grammar.of(r"^(?:tính|đến|tới|hết|trong|vào) ")


def _in_the_year_of(said: str, old: str) -> str:
    """A period that names no year is in that of the one it replaces; "năm sau" counts from it."""
    year = _YEAR.findall(old)
    if not year or _YEAR.search(said) or _OF_TODAY.search(said):
        return said
    word = written_like(f"{said} {old}", "năm")
    for relative, step in _STEP.items():
        if said.lower().endswith(relative):
            return f"{said[: -len(relative)]}{word} {int(year[-1]) + step}"
    return f"{said} {year[-1]}" if said.endswith(word) else f"{said} {word} {year[-1]}"


def insert(previous: str, said: str) -> str:
    """The earlier question with something more said: before what it asks, at the end when that comes first.

    >>> insert("dân số xã A là bao nhiêu", "năm 2020"), insert("Ai là bí thư xã A", "năm 2015")
    ('dân số xã A năm 2020 là bao nhiêu', 'Ai là bí thư xã A năm 2015')
    """
    span = asking(previous)
    if span is None or not previous[: span[0]].strip() or previous[span[1] :].strip():
        return f"{previous} {said}"
    return f"{previous[: span[0]].rstrip()} {said} {previous[span[0] :].lstrip()}"


# --- names --------------------------------------------------------------------------------------------------

_PREPOSITION = Grammar.of(
    r"^(?:riêng )?(?P<prep>đi từ|đi|từ|ở|tại|bên|của|với|cho|sang|đến|tới|riêng)(?: +|$)"
)
_AT = frozenset("o tai ben cua trong".split())
_FROM = frozenset(["tu", "di tu", "di", "sang", "den", "toi"])
_OBJECT = frozenset(["voi", "cho"])
_ADMINISTRATIVE = frozenset(fold(level) for level in LEVELS) | {"tp", "tp."}


def fill_name(previous: str, said: str, typed: str = "") -> str:
    """The earlier question with another name in the room of one of its own.

    Args:
        previous: the earlier question.
        said: the name as it was said: "huyện X", "từ Y", "công ty Z".
        typed: the name in ``said`` when it has no capitals; "" otherwise.

    >>> fill_name("Năm 2020 xã An Bình huyện Hòa Lộc thu bao nhiêu?", "xã Tân Lễ")
    'Năm 2020 xã Tân Lễ huyện Hòa Lộc thu bao nhiêu?'
    """
    prep, phrase = split_preposition(said)
    widest = find(_ABROAD, previous) if fold(prep) in _FROM else None
    widest = widest or (None if names(previous) else find(_EVERYWHERE, previous))
    if widest:
        return f"{previous[: widest.start('all')]}{phrase}{previous[widest.end('all') :]}"
    spans = names(phrase)
    name = typed or (phrase[spans[0][0] :] if spans else phrase)
    head = phrase[: len(phrase) - len(name)].strip()
    found = _behind_adverbial(previous, names(previous))
    if not found:
        start, end = typed_place(previous)
        found = [(start, end)] if end else []
    span = _replaced(previous, found, fold(prep), fold(head), name)
    if span is None:
        return insert(previous, said)
    start, end = _with_kind(previous, span, phrase if head else name, fold(head))
    counted = find(_COUNTED_TERM, previous[end:])
    end += counted.end() if counted else 0
    return f"{previous[:start]}{phrase if head else name}{previous[end:]}"


_COUNTED_TERM = Grammar.of(r"^ (?:khóa|khoá|lần thứ) (?:[ivxlc]+|\d+)(?!\w)")
"""The number of a council or a congress, which another place counts for itself."""
_EVERYWHERE = Grammar.of(
    r"(?<!\w)(?P<all>(?:toàn |cả )?thế giới|(?:trong )?cả nước|toàn quốc|toàn (?:tỉnh|thành phố|huyện|ngành|vùng))(?!\w)"
)
_ABROAD = Grammar.of(r"(?<!\w)(?:ở|ra|đi|sang) (?P<all>nước ngoài)(?!\w)")
_ADVERBIAL = Grammar.of(r"^(?:sau|trước|trong|theo|tại|ở|năm|tháng|quý|từ|kể từ|tính đến|đến|vào) [^,?]*,")


def _behind_adverbial(previous: str, found: list[Span]) -> list[Span]:
    """The names of what is said, not of the adverbial that opens it: "Theo Mercer, Hà Nội ..."."""
    opens = find(_ADVERBIAL, previous)
    return [one for one in found if opens and one[0] >= opens.end()] or found


def split_preposition(said: str) -> tuple[str, str]:
    """A phrase taken into its preposition and the rest.

    >>> split_preposition("đi từ An Bình"), split_preposition("huyện An Bình")
    (('đi từ', 'An Bình'), ('', 'huyện An Bình'))
    """
    match = find(_PREPOSITION, said)
    return (said[slice(*match.span("prep"))], said[match.end() :]) if match else ("", said)


def _before(previous: str, span: Span, words: int) -> str:
    return " ".join(fold(previous[: span[0]]).split()[-words:])


def _replaced(previous: str, found: list[Span], prep: str, head: str, name: str) -> Span | None:
    """Which of the names found in the earlier question a new one replaces."""
    if head:
        same = [one for one in found if _before(previous, one, len(head.split())) == head]
        if same:
            return same[0]
        if head not in _ADMINISTRATIVE:
            return None
    if prep in _FROM:
        like = [one for one in found if _before(previous, one, len(prep.split())) == prep]
        return like[0] if like else None
    level = name in COUNTRIES
    alike = [one for one in found if (previous[slice(*one)] in COUNTRIES) == level] or found
    if prep in _AT:
        alike = [one for one in alike if _before(previous, one, 1) in _AT] or alike
    if not alike:
        return None
    return alike[-1] if prep in _OBJECT else alike[0]


def _with_kind(previous: str, span: Span, phrase: str, head: str) -> Span:
    """The span of a name, with the word for its kind where the new name brings its own."""
    if not head:
        return span
    words = list(re.finditer(r"\S+", previous[: span[0]]))
    for length in range(min(3, len(words)), 0, -1):
        kind = " ".join(word.group() for word in words[-length:]).lower()
        if fold(kind) == head or (kind in _kinds(previous) and head in _ADMINISTRATIVE):
            return words[-length].start(), span[1]
    return span


def _kinds(text: str) -> frozenset[str]:
    """The words for kinds of places, as the text writes them."""
    return _ACCENTED if has_diacritics(text) else _ADMINISTRATIVE


_ACCENTED = frozenset(LEVELS) | {"tp", "tp."}


# --- words --------------------------------------------------------------------------------------------------

_PAIRS = (
    ("thu", "chi"), ("xuất khẩu", "nhập khẩu"), ("nam", "nữ"), ("đỗ", "trượt"), ("thành thị", "nông thôn"),
    ("tăng", "giảm"), ("sinh", "tử"), ("cao nhất", "thấp nhất"), ("nhiều nhất", "ít nhất"), ("lớn nhất", "nhỏ nhất"),
    ("nhanh nhất", "chậm nhất"), ("trước", "sau"), ("lớn", "nhỏ"), ("đầu tiên", "cuối cùng"), ("khởi công", "khánh thành"),
    ("khai mạc", "bế mạc"), ("trong nước", "nước ngoài"), ("công lập", "tư thục"),
    ("xuat khau", "nhap khau"), ("cao nhat", "thap nhat"), ("nhieu nhat", "it nhat"),
)  # fmt: skip
"""Words of which a follow-up puts one in the place of the other."""
_MEASURES = (
    "thu ngân sách|chi ngân sách|tổng thu|tổng chi|diện tích|sản lượng|năng suất|dân số|mật độ dân số|thu nhập|"
    "doanh thu|lợi nhuận|chi phí|kinh phí|vốn|số vốn|tổng vốn|tổng mức|xuất khẩu|nhập khẩu|tổng thu ngân sách|tổng chi ngân sách|"
    "thu nhập bình quân đầu người|thu nhập đầu người|thu nhập bình quân|"
    "kim ngạch|giá trị|số tiền|số lượng|số người|số vụ|số hộ|tỷ lệ|tỉ lệ|giá|học phí|công suất|chiều dài|chiều rộng|chiều cao|"
    "độ cao|độ sâu|khối lượng|trọng lượng|nhiệt độ|tốc độ|tuổi thọ"
)
"""Nouns for what is measured, of which one takes the place of another ("diện tích lúa", "còn sản lượng?")."""
_MEASURE = Grammar.of(
    rf"(?:^|(?<!\w))(?:{'|'.join(sorted(_MEASURES.split('|'), key=len, reverse=True))})(?!\w)"
)
_ROLE = Grammar.of(
    r"(?:^|(?<!\w))(?:phó )?(?:chủ tịch|bí thư|giám đốc|tổng giám đốc|hiệu trưởng"
    r"|trưởng phòng|trưởng ban|chủ nhiệm|bộ trưởng|cục trưởng)(?!\w)"
)
_END_OF_PHRASE = Grammar.of(
    r"(?= (?:của|ở|tại|trong|năm|tháng|quý|giai đoạn|nhiệm kỳ|tính đến|do|thì|tăng|giảm|vay|tuyển|tổ chức)(?!\w)|[?.,]|$)"
)


def names_measure(phrase: str, previous: str) -> bool:
    """Whether a follow-up names something to measure that the earlier question does not.

    >>> names_measure("số tiền vay", "bao nhiêu hộ được vay"), names_measure("giá", "giá vé")
    (True, False)
    """
    found = find(_MEASURE, phrase)
    return found is not None and found.group() not in scanned(previous)[0]


_CONTACT = Grammar.of(
    r"^(?:số điện thoại|điện thoại|sđt|số fax|fax|email|e-mail|mail|địa chỉ|trụ sở|website|trang web|hotline)(?= |$)"
)


def _swap_contact(previous: str, said: str) -> str:
    """Another way to reach whom the earlier question asks how to reach: "số điện thoại?" after "Địa chỉ của"."""
    old, new = find(_CONTACT, previous), find(_CONTACT, said)
    span = asking(previous)
    if not old or not new or new.end() < len(said):
        return ""
    return f"{said}{previous[old.end() : span[0] if span else None]}".rstrip()


def is_measure(phrase: str, *, whole: bool = False) -> bool:
    """Whether a phrase begins with what is measured, "công suất nhà máy", or is nothing else when it has to be ``whole``."""
    measure = find(_MEASURE, phrase)
    return (
        measure is not None and not measure.start() and not (whole and phrase[measure.end() :].strip(" ?.!"))
    )


def without_years(text: str) -> str:
    """A question without the single years it is of: what is asked is of several.

    >>> without_years("tỷ lệ hộ nghèo xã A năm 2020")
    'tỷ lệ hộ nghèo xã A'
    """
    for one in reversed(told_periods(text)):
        if one.grain == "year" and _YEAR.search(one.text):
            start, end = span_of(text, one)
            text = f"{text[:start]}{text[end:]}"
    return " ".join(text.split())


def swap_word(previous: str, said: str) -> str:
    """The earlier question with one word made its counterpart, when that is all that is said; "" otherwise.

    >>> swap_word("diện tích lúa xã A là bao nhiêu", "sản lượng"), swap_word("xã A thu bao nhiêu", "chi")
    ('sản lượng lúa xã A là bao nhiêu', 'xã A chi bao nhiêu')
    >>> swap_word("thủy sản Gia Lai năm 2024 tăng bao nhiêu", "khu vực dịch vụ")
    'khu vực dịch vụ Gia Lai năm 2024 tăng bao nhiêu'
    """
    said = said.strip()
    contact = _swap_contact(previous, said)
    if contact:
        return contact
    lowered, _ = scanned(previous)
    for pair in _PAIRS:
        for old, new in (pair, pair[::-1]):
            found = re.search(rf"\b{old}\b", lowered)
            if said.lower() == new and found:
                return previous[: found.start()] + new + previous[found.end() :]
    measure, old_measure = find(_MEASURE, said), find(_MEASURE, previous)
    if measure and old_measure and measure.group() == said.lower():
        return previous[: old_measure.start()] + said + _unitless(previous[old_measure.end() :])
    role, old_role = find(_ROLE, said), find(_ROLE, previous)
    if role and old_role and role.group() == said.lower():
        return previous[: old_role.start()] + said + previous[old_role.end() :]
    return _swap_phrase(previous, said) or _swap_subject(previous, said)


_UNIT_ASKED = Grammar.of(rf"(?<=bao nhiêu)(?: (?:{UNITS}|người)(?!\w))+(?= *[?.!]*$)")


def _unitless(text: str) -> str:
    """A question without the unit at its end, which is that of another measure."""
    unit = find(_UNIT_ASKED, text)
    return text[: unit.start()] if unit else text


def _swap_phrase(previous: str, said: str) -> str:
    """The earlier question with the phrase of the same first word made the new one: "hộ nghèo", "hộ cận nghèo"."""
    words = said.split()
    if len(words) < 2:
        return ""
    lowered, marked = scanned(previous)
    named = names(previous)
    for length in (2, 1):
        head = re.escape(" ".join(words[:length]).lower())
        heads = [
            one
            for one in re.finditer(rf"(?<!\w){head}(?!\w)", lowered)
            if not any(start < one.start() < end for start, end in named)
        ]
        if heads and len(words) > length:
            start, after = heads[-1].span()
            end = _END_OF_PHRASE.pick(marked).search(lowered, after)
            stops = [end.start() if end else len(previous)]
            own = [one[1] for one in named if one[0] == after + 1 and words[-1][0].isupper()]
            after = own[0] if own else after
            stops += [one[0] for one in named if one[0] > after]
            span = asking(previous[after:])
            stops += [after + span[0]] if span else []
            return f"{previous[:start]}{said} {previous[min(stops) :].lstrip()}".strip()
    return ""


_RISES = Grammar.of(r"^(?:(?:đã|sẽ|được) )?(?:tăng|giảm)(?!\w)")
_SECTOR = Grammar.of(
    r"^(?:các |nhóm )?(?:khu vực|ngành|lĩnh vực|nhóm|khối|mảng|mặt hàng|đàn|cây|nông nghiệp|lâm nghiệp|thủy sản"
    r"|công nghiệp|xây dựng|dịch vụ|thương mại|du lịch|vận tải|chăn nuôi|trồng trọt)(?!\w)"
)
"""What a branch of an economy, of which one grows as another does, begins with."""
_KIND_LAST = Grammar.of(rf" (?:{'|'.join(LEVELS)}|tp\.?)$")


def _swap_subject(previous: str, said: str) -> str:
    """The question how much one branch grew asked of another one; "" when it is not of that form."""
    span = asking(previous)
    if span is None or not find(_RISES, previous[span[0] :]) or not find(_SECTOR, said):
        return ""
    lowered, marked = scanned(previous)
    stops = [one[0] for one in names(previous)] + [
        span_of(previous, one)[0] for one in told_periods(previous)
    ]
    end = _END_OF_PHRASE.pick(marked).search(lowered)
    subject = previous[: min([*stops, span[0], end.start() if end else len(previous)])].rstrip()
    kind = find(_KIND_LAST, subject)
    subject = subject[: kind.start()] if kind else subject
    if not subject or find(_MEASURE, subject):
        return ""
    return f"{said} {previous[len(subject) :].lstrip()}"
