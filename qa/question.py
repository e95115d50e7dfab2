"""What is asked: the kind of answer, its unit, the periods and the intent, by rules over folded text.

The rules read text without diacritics, so a question typed either way is understood the same; where folding
makes two words one ("mấy" and "máy"), the accented form decides whenever the question has diacritics.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from index.periods import find_periods
from index.quantities import find_quantities
from index.types import Period, Quantity
from index.vietnamese import fold, has_diacritics, to_nfc
from qa.shorthand import write_out
from qa.words import content_words

Kind = Literal["number", "date", "person", "role", "place", "contact", "list", "reason", "text", "comparison"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    Attributes:
        text: NFC, made whole from the history.
        folded: the same without diacritics, of the same length.
        kind: what the answer is.
        words: the content words with their weight, see ``content_words``.
        topic: of these, the ones that neither name a period nor a unit of money or percent; those of a
            follow-up count more.
        units: the units the number may have, canonical; empty for any.
        noun: folded words that name what is counted or asked for: "dai bieu", "huyen"; "" for none.
        periods: the periods that are named.
        quantities: the numbers that are named, which are no answer.
        nature: "plan" or "actual" when the question says which; "" otherwise.
        change: asks by how much something rose or fell.
        share: asks what part of a plan or a whole it is.
    """

    text: str
    folded: str
    kind: Kind
    words: tuple[tuple[str, float], ...]
    topic: tuple[tuple[str, float], ...]
    units: frozenset[str]
    noun: str
    periods: tuple[Period, ...]
    quantities: tuple[Quantity, ...]
    nature: str
    change: bool
    share: bool


_HOW_MANY = r"bao nhieu|bao nhiu|bnhieu|\bbn\b|\bnhieu\b(?=\s*(?:\?|$|tien|mot|vay|the|ty|trieu|tin\b))|\bmay\b(?! (?:moc|bay|tinh|lanh|cay|keo|bom|nang|chu|anh|mau|xay|phat|gat))|\bbao lau|\bbao xa|\bmuc nao|\bbao lon"
_PERSON_ROLES = r"(?:pho )?(?:tong )?(?:chu tich|bi thu|giam doc|hieu truong|truong (?:phong|ban|doan|khoa|thon|ap|ban|cong an)|cuc truong|chi cuc truong|vien truong|bo truong|thu truong|thu tuong|dai su|tac gia|tai xe|huan luyen vien|thuyen truong|kien truc su|nha (?:van|tho|khoa hoc)|bac si|chu nhiem|doi truong|gd|ct|pct|tgd|hlv|co giao|thay giao|dai bieu|dao dien|nu ho sinh|nghe nhan|nhac si|hoa si|ca si)"
_CONTACT = r"so dien thoai|\bsdt\b|\bdien thoai\b|\bso dt\b|\bemail\b|\be-mail\b|\bmail\b|\bfax\b|hop thu|\bhotline\b|duong day nong"
ADDRESS = r"\bdia chi\b|\btru so\b"
"""What asks for a postal address, in folded text."""
_PLACE_NOUNS = (
    r"noi|cho|dau|xa|huyen|tinh|thanh pho|tp|quan|phuong|thi xa|thi tran|thon|ap|ban|lang|buon|khu pho|duong|pho|cau|cho|ga|cang|san|dao|nuoc|"
    r"vung|khu|khu vuc|dia phuong|don vi|co quan|cong ty|cty|doanh nghiep|ngan hang|to chuc|truong|benh vien|nha may|cong vien|khu cong nghiep|"
    r"kcn|cum cong nghiep|khu dan cu|song|ho|nui|rung|den|chua|toa nha|so|vien|quoc gia|chau luc|tuyen|cao toc|cong trinh|du an|dp|lien danh|bv|dia diem|vi tri"
)
_PERSON_NOUNS = r"nguoi|bac|nhan vien|nha dieu khac|hoi truong|to truong|ong|ba|anh|chi|co|vi|can bo|nhan vat|chien si|si quan|bac si|nha van|nha tho|nha khoa hoc|nha nghien cuu|tac gia|ca si|hoc sinh|cau thu|vua|tuong|tai xe|truong khoa|lanh dao|nghe nhan|dai su"
_PERSON_HEADS = "|".join(
    noun for noun in _PERSON_NOUNS.split("|") if noun not in ("co", "ba", "anh", "chi", "vua", "ong")
)
_RULES: tuple[tuple[Kind, str], ...] = (
    ("comparison", r"\bgiua\b.*\bva\b.* nao\b.* hon\b| nao\b.* hon\b.*\b(?:hay|giua)\b|\w (?:hay|hoac)\b.* (?:cao|lon|nhieu|dong|nhanh|manh|dai|rong|thap|it|nho|kem|cham|ngan)(?: \w+){0,3} hon\b(?! \d)|\bso voi .* thi .*(?:cao|thap|nhieu|it|lon|nho) hon(?! bao| may)"),
    ("contact", _CONTACT),
    ("role", r"chuc (?:vu|danh) (?:gi|nao)|(?:giu|dam nhiem|lam) chuc|\bchuc vu\b|la ai trong|lam chuc gi|^(?:ong|ba|anh|chi|dong chi|d/c) (?!nao\b)(?:\w+ ){2,5}la ai\b"),
    ("person", r"^" + _PERSON_ROLES + r"\b.*\b(?:ten (?:la )?(?:gi|j)|la ai)\s*\??$"),
    ("list", r"(?:bao nhieu|may)\b.*\b(?:o )?(?:tung|moi loai|tung loai)\b|\blan luot\b"),
    ("date", r"khi nao|bao gio|luc nao|may gio|gio may|\bt may\b|chung nao(?! tien)|bua nao|(?<!nhung )\b(?:ngay|hom|thang|nam|buoi|quy|gio|thoi gian|thoi diem|giai doan|nhiem ky|mua|dip|the ky|thap nien|nien khoa) (?:nao|may|bao nhieu|gi)\b|ngay thang nam|\bhan (?:nop|chot|cuoi|hoan thanh)|\bngay (?:sinh|mat|thanh lap|khoi cong|khanh thanh|khai mac|be mac|hieu luc|dang|ban hanh)"),
    ("number", _HOW_MANY + r"|thu may|hang may|khoa may|\bthu hang\b"),
    ("reason", r"\bvi sao|\btai sao|\bdo dau|\bnho dau|\bvi dau|\bco gi\b|\bco sao|nguyen (?:nhan|co|do)|\bly do|\bsao (?:ma )?(?!bien|chep|ke|luu|chup|y\b)|\bvi (?:cai )?gi|boi (?:vuong mac )?gi|\bnho (?:cai )?gi|\bnguyen nhan"),
    ("place", r"^(?!.*\b(?:nhung|cac|gom)\b).*\b(?:" + _PLACE_NOUNS + r") nao\b"),
    ("list", r"\bnhung\b.*\b(?:nao|gi|ai|dau)\b|\bgom (?:nhung|cac)?|ke ten|liet ke|\bcac\b.* nao\b|lan luot|\b(?:hai|ba|bon|nam|sau|bay|tam|chin|muoi|\d+) (?!thang|nam\b|ngay|gio)[^?]{2,60}\b(?:nao|gi|nhung ai)\b|\bnhung ai\b"),
    ("person", r"^(?:" + _PERSON_HEADS + r")\b[^?]* nao\b(?<!ngay nao)|^(?:ong|ba|anh|chi|co|chu|cu) (?!con\b)(?:\w+ ){1,3}nao\b"),
    ("person", r"\bai\b|\b(?:" + _PERSON_NOUNS + r") nao\b|\bten (?:that |day du )?(?:cua .*)?(?:la )?(?:gi|j)\b|^" + _PERSON_ROLES + r"\b|^nguoi\b"),
    ("place", r"\bo dau|\btai dau|\bdau\b(?! tien| tu| nam| gia| thau)|\b(?:" + _PLACE_NOUNS + r") (?:[^\s?]+ ){0,2}nao\b|\bnuoc nao|" + ADDRESS + r"|^dia diem|^noi\b|^chu dau tu|\bdia diem\b|^que\b"),
    ("text", r"\bgi\b|\bthe nao|\bra sao|\bnhu nao|\bcach nao|\bnao\b|\bj\b"),
)  # fmt: skip
_KEYWORD_RULES: tuple[tuple[Kind, str], ...] = (
    ("list", r"^(?:cac|nhung|hai|ba|bon) "),
    ("date", r"^(?:ngay|thoi (?:gian|diem|han)|han|nam|thang) "),
    ("number", r"^(?:tong |muc |so |ty le|ti le|gia tri|thu |chi |kim ngach|dien tich|san luong|von|kinh phi|doanh thu|dan so|cong suat|gia |luong |du no|thiet hai|chi tieu|tang truong|nang suat|ti suat|phi |tien |quy mo|do dai|chieu|toc do|hoc phi|tnbq|grdp|gdp|chi so|diem |no |ke hoach|du toan|thi phan|chi phi|nhiet do|trong luong|suc chua|lai suat|nguon von|khoi luong)|\b(?:tong muc (?:dau|___) tu|tong von|von (?:dau|___) tu|kinh phi|dien tich|dan so|cong suat|san luong|doanh thu|kim ngach|muc phi|hoc phi|gia ve)(?: (?:nam )?\d{4})?$"),
)  # fmt: skip
_UNITS: tuple[tuple[str, frozenset[str]], ...] = (
    (r"phan tram|\bpt\b|(?:bao nhieu|bn|may|nhiu) ?%", frozenset({"%"})),
    (r"\busd\b|\bdo la\b|\bdo\b (?:la )?my|bao nhieu do\b", frozenset({"usd"})),
    (r"bao nhieu (?:nghin |trieu )?(?:ty|ti)\b|(?:may|bn|nhiu) (?:nghin )?(?:ty|ti)\b|bao nhieu (?:dong|tien|trieu|nghin)\b|\b(?:may|bn|nhiu|bao nhiu) (?:trieu|tien|dong)\b|het bao nhieu tien", frozenset({"đồng", "usd"})),
    (r"\bbao lau\b", frozenset({"giờ", "phút", "ngày", "tuần", "tháng", "năm"})),
    (r"(?:bao nhieu|may|bn) lan\b|gap (?:bao nhieu|may)", frozenset({"lần"})),
    (r"\bbao xa|bao nhieu (?:km|cay so|kilomet)|dai (?:bao nhieu|may) (?:km|met|m)\b|bao nhieu met", frozenset({"km", "m", "mét"})),
)  # fmt: skip
_UNIT_WORDS = frozenset("phan tram dong tien ty ti trieu nghin usd do vnd % bn".split()) - {"dong", "do"}
_PERCENT_TOPIC = re.compile(
    r"^(?:hoi |cho biet |xin )?(?:ty le|ti le|toc do tang|ti suat)\b|\b(?:ty le|ti le)\b.{0,80}(?:la |dat |con |chiem )?(?:bao nhieu|may|bn)\s*\??$"
)
_MONEY_TOPIC = re.compile(
    r"\b(?:von|kinh phi|thu ngan sach|chi ngan sach|ngan sach|doanh thu|kim ngach|gia tri|du no|tien|no|chi phi|thu nhap|tnbq|luong|loi nhuan|muc dau tu|thiet hai|tong muc|gia|lai|phat)\b"
)
PLAN = re.compile(
    r"chi tieu|muc tieu|phan dau|du toan|ke hoach|\bdu kien|dat (?:ra )?muc|huong toi|\bse\b|du tinh"
)
_CHANGE = re.compile(
    r"\b(?:tang|giam|cao hon|thap hon|nhieu hon|it hon|chenh|hut|vuot|them|bot|keo giam)\b(?!.{0,12}truong kinh te)"
)
_SHARE = re.compile(
    r"(?:so voi|dat|bang|hoan thanh|vuot)\b.{0,40}(?:ke hoach|du toan|chi tieu|nghi quyet|muc tieu|muc giao)|chiem"
)
_NOUN_AFTER = re.compile(r"(?:" + _HOW_MANY + r")\s+((?:[^\W\d_]+\s*){1,4})")
_MONEY_NOUN = re.compile(r"(?:von|kinh phi|lai|no|luong|ngan sach|doanh thu|hoc phi)\b")
_NUMBER_OF = re.compile(r"(?:tong )?so (?:luong )?(?!tien|von|no\b|thu\b|lieu|dien|du)(.+)")
_NOUN_BEFORE = re.compile(r"((?:[^\W\d_]+\s+){1,3})(?:nao|gi)\b")


FRESH = 3.0
"""What a word of the follow-up itself weighs next to one that is taken over from the questions before."""


def understand(text: str, follow_up: str = "") -> Question:
    """Understand a whole question (see ``qa.followup`` for one that leans on earlier ones).

    Args:
        text: the question, made whole.
        follow_up: what was typed, when that is less: its words tell the answer from the earlier ones.

    >>> question = understand("thu ngân sách 2020 là bao nhiêu")
    >>> question.kind, question.periods[0].text
    ('number', '2020')
    """
    text = write_out(to_nfc(text))
    folded = _disambiguated(text)
    kind = _kind(folded)
    fresh = {fold(word) for word, _ in content_words(write_out(to_nfc(follow_up)))}
    periods = tuple(period for period in find_periods(text) if not fold(period.text).startswith("cung ky"))
    masked = _masked(folded, periods)
    return Question(
        text=text,
        folded=folded,
        kind=kind,
        words=tuple(content_words(text)),
        topic=tuple(
            (word, weight * FRESH if fold(word) in fresh else weight)
            for word, weight in _topic(text, periods)
        ),
        units=_units(text, masked, kind),
        noun=fold(_noun(text, masked, kind)),
        periods=periods,
        quantities=tuple(find_quantities(text)),
        nature=_nature(folded),
        change=_CHANGE.search(folded) is not None,
        share=_SHARE.search(folded) is not None,
    )


def _masked(folded: str, periods: tuple[Period, ...]) -> str:
    """The text with its periods struck out, so that "bao nhiêu năm 2025" counts no years."""
    for period in periods:
        folded = folded[: period.start] + "|" * (period.end - period.start) + folded[period.end :]
    return folded


def _topic(text: str, periods: tuple[Period, ...]) -> list[tuple[str, float]]:
    for period in reversed(periods):
        text = f"{text[: period.start]} {text[period.end :]}"
    return [(word, weight) for word, weight in content_words(text) if fold(word) not in _UNIT_WORDS]


def _disambiguated(text: str) -> str:
    """Folded text, where a word that only looks like an asking word is masked ("máy" is not "mấy")."""
    folded = fold(text)
    if not has_diacritics(text):
        return folded
    lowered = text.lower()
    for asking, lookalikes in _LOOKALIKES.items():
        for lookalike in lookalikes:
            for match in re.finditer(rf"\b{lookalike}\b", lowered):
                folded = folded[: match.start()] + "_" * len(asking) + folded[match.end() :]
    return folded


_LOOKALIKES = {
    "may": ("máy", "may", "mây", "mày"),
    "ai": ("ái", "ải"),
    "dau": ("đầu", "dầu", "dấu", "đấu", "đau", "đậu", "dâu"),
    "sao": ("sáo", "sào"),
    "nao": ("não", "nạo"),
    "cho": ("chó",),
    "ban": ("bán", "bạn"),
    "ty": ("ty",),
}


def _kind(folded: str) -> Kind:
    for kind, pattern in _RULES:
        if kind == "person" and folded.startswith(("so ", "ngay ")):
            continue
        if re.search(pattern, folded):
            return kind
    for kind, pattern in _KEYWORD_RULES:
        if re.search(pattern, folded):
            return kind
    return "text"


def _units(text: str, folded: str, kind: Kind) -> frozenset[str]:
    if kind not in ("number", "comparison"):
        return frozenset()
    for pattern, units in _UNITS:
        if re.search(pattern, folded):
            return units
    of_number = _NUMBER_OF.match(folded)
    noun = text[of_number.start(1) :] if of_number else _noun(text, folded, "number")
    if _MONEY_NOUN.match(fold(noun)):
        return frozenset({"đồng", "usd"})
    counted = find_quantities(f"5 {noun}")
    if counted and counted[0].unit:
        return frozenset({counted[0].unit})
    if _PERCENT_TOPIC.search(folded):
        return frozenset({"%"})
    if _MONEY_TOPIC.search(folded) and not _CHANGE.search(folded) and not _SHARE.search(folded):
        return frozenset({"đồng", "usd"})
    return frozenset()


def _noun(text: str, folded: str, kind: Kind) -> str:
    """What is counted ("bao nhiêu đại biểu") or picked ("huyện nào"), as typed; "" for money and percent."""
    if kind in ("number", "comparison") and any(re.search(pattern, folded) for pattern, _ in _UNITS):
        return ""
    pattern = _NOUN_AFTER if kind in ("number", "comparison") else _NOUN_BEFORE
    found = pattern.search(folded)
    return " ".join(text[found.start(1) : found.end(1)].split()) if found else ""


def _nature(folded: str) -> str:
    if PLAN.search(folded) and not _SHARE.search(folded):
        return "plan"
    return "actual" if re.search(r"thuc hien|thuc te|da dat|ket qua|uoc dat", folded) else ""
