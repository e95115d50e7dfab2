"""The kind of answer that a question asks for, by rules over folded text.

The rules read text without diacritics, so a question typed either way is understood the same; where folding
makes two words one ("mấy" and "máy", "sân" and "sản", "sáu" and "sau"), the accented form decides whenever the question
has diacritics.
"""

from __future__ import annotations

import re
from typing import Literal

from index.vietnamese import fold, has_diacritics, normal_tone

Kind = Literal["number", "date", "person", "role", "place", "contact", "list", "reason", "text", "comparison"]

HOW_MANY = r"bao nhieu|bao nhiu|bnhieu|\bbn\b|\bnhieu\b(?=\s*(?:\?|$|tien|mot|vay|the|ty|trieu|tin\b|tan\b|ha\b|km\b))|\bmay\b(?! (?:moc|bay|tinh|lanh|cay(?! so)|keo|bom|nang|chu|anh|mau|xay|phat|gat))|\bbao lau|\bbao xa|\bmuc nao|\bbao lon|\b(?:gia|muc gia|he so|ty so|ti so|co|con so|muc luong|lai suat|so tien|ty le|ti le) nao\b"
_ROLE_NOUNS = (
    "chủ tịch|bí thư|giám đốc|hiệu trưởng|trưởng (?:phòng|ban|đoàn|khoa|thôn|ấp|bản|công an)|cục trưởng|chi cục trưởng|viện trưởng|bộ trưởng|thứ trưởng|thủ tướng|"
    "đại sứ|tác giả|tài xế|huấn luyện viên|thuyền trưởng|kiến trúc sư|nhà (?:văn|thơ|khoa học)|bác sĩ|chủ nhiệm|đội trưởng|gđ|ct|pct|tgđ|hlv|cô giáo|thầy giáo|"
    "đại biểu|đạo diễn|nữ hộ sinh|nghệ nhân|nhạc sĩ|họa sĩ|ca sĩ"
)
_PERSON_ROLES = rf"(?:pho )?(?:tong )?(?:{fold(_ROLE_NOUNS)})"
_CONTACT = r"so dien thoai|\bsdt\b|\bdien thoai\b|\bso dt\b|\bemail\b|\be-mail\b|\bmail\b|\bfax\b|hop thu|\bhotline\b|duong day nong|\bgoi (?:den |toi |vao )?so nao"
ADDRESS = r"\bdia chi\b|\btru so\b"
"""What asks for a postal address, in folded text."""
_PLACE_NOUNS = (
    "nơi|chỗ|đâu|xã|huyện|tỉnh|thành phố|tp|quận|phường|thị xã|thị trấn|thôn|ấp|bản|làng|buôn|khu phố|đường|phố|cầu|chợ|ga|cảng|sân|đảo|nước|"
    "vùng|khu|khu vực|địa phương|đơn vị|cơ quan|công ty|cty|doanh nghiệp|ngân hàng|tổ chức|trường|bệnh viện|nhà máy|công viên|khu công nghiệp|"
    "kcn|cụm công nghiệp|khu dân cư|sông|hồ|núi|rừng|đền|chùa|tòa nhà|sở|viện|quốc gia|châu lục|tuyến|cao tốc|công trình|dự án|dp|liên danh|bv|địa điểm|vị trí|địa bàn|"
    "bến|bang|thủ đô|vịnh|bãi|khách sạn|nhà hàng|trung tâm|chi cục|cục|câu lạc bộ|hãng|tập đoàn|xí nghiệp|hợp tác xã|htx|tờ báo|đài|thị trường"
)
_PERSON_NOUNS = (
    "người|bác|nhân viên|nhà điêu khắc|hội trưởng|tổ trưởng|ông|bà|anh|chị|cô|vị|cán bộ|nhân vật|chiến sĩ|sĩ quan|bác sĩ|nhà văn|nhà thơ|nhà khoa học|nhà nghiên cứu|"
    "tác giả|ca sĩ|học sinh|cầu thủ|vua|tướng|tài xế|trưởng khoa|lãnh đạo|nghệ nhân|đại sứ|"
    "thành viên|diễn viên|ứng viên|giáo viên|sinh viên|vận động viên|biên tập viên|nghệ sĩ|nhạc sĩ|kỹ sư|luật sư|giáo sư|chuyên gia|thương nhân|tiểu thương|doanh nhân|"
    "nghị|bạn đọc|cộng tác viên|phóng viên|nông dân|công nhân|thí sinh|nạn nhân|nghi phạm|bị cáo|kẻ"
)
_PERSON_HEADS = "|".join(
    noun for noun in _PERSON_NOUNS.split("|") if noun not in ("cô", "bà", "anh", "chị", "vua", "ông")
)
_NAMED = "sếp|chủ|kẻ|đứa|em|vợ|chồng|cha|mẹ|nữ|nam|thầy|hoàng|chúa|tên|thủ khoa|thí sinh|nạn nhân|vận động viên|bt|ht|con (?:trai|gái|đẻ|nuôi|đầu|út)"
"""Words beside those for people after which "tên gì" asks for a person's name."""
_NUMERALS = "hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
_PLACES, _PEOPLE, _HEADS = fold(_PLACE_NOUNS), fold(_PERSON_NOUNS), fold(_PERSON_HEADS)
_RULES: tuple[tuple[Kind, str], ...] = (
    ("comparison", r"\bgiua\b.*\bva\b.* nao\b.* hon\b| nao\b.* hon\b.*\b(?:hay|giua)\b|\w (?:hay|hoac)\b.* (?:cao|lon|nhieu|dong|nhanh|manh|dai|rong|thap|it|nho|kem|cham|ngan)(?: \w+){0,3} hon\b(?! \d)|\bso voi .* thi .*(?:cao|thap|nhieu|it|lon|nho) hon(?! bao| may)"),
    ("contact", r"^(?!.*\b(?:bao nhieu|ten (?:la )?gi|la ai|vi sao|tai sao)\b).*(?:" + _CONTACT + r")"),
    ("role", r"^(?!.*\bbao nhieu\b).*(?:chuc (?:vu|danh) (?:gi|nao)|(?:giu|dam nhiem|lam) chuc|\bchuc vu\b|la ai trong|lam chuc gi|^(?:ong|ba|anh|chi|dong chi|d/c) (?!nao\b)(?:\w+ ){2,5}la ai\b)"),
    ("person", r"^" + _PERSON_ROLES + r"\b.*\b(?:ten (?:la )?(?:gi|j)|la ai)\s*\??$"),
    ("list", r"(?:bao nhieu|may)\b.*\b(?:o )?(?:tung|moi loai|tung loai)\b|\blan luot\b"),
    ("date", r"khi nao|bao gio|luc nao|may gio|gio may|\bt may\b|chung nao(?! tien)|bua nao|(?<!nhung )(?<!moi )(?<!hang )(?<!trong )\b(?:ngay|hom|thang|nam|buoi|quy|gio|thoi gian|thoi diem|giai doan|nhiem ky|mua|dip|the ky|thap nien|nien khoa) (?:nao|gi|(?:may|bao nhieu)(?! (?:phan|%|tien|ty|ti|trieu|nguoi|lan|ha|tan|dong|vu|con|cai|ho)\b)(?! ?%))\b|ngay thang nam|\bhan (?:nop|chot|cuoi|hoan thanh)|\bngay (?:sinh|mat|thanh lap|khoi cong|khanh thanh|khai mac|be mac|hieu luc|dang|ban hanh)"),
    ("number", HOW_MANY + r"|thu may|hang may|khoa may|\bthu hang\b|\b(?:phut|giay|vong|tang|lop|loai|cap|bac|so|giai|dot|nhom) (?:thu )?may\b"),
    ("reason", r"\bvi sao|\btai sao|\bdo dau|\bnho dau|\bvi dau|\bco gi\b|\bco sao|nguyen (?:nhan|co|do)|\bly do|\bsao (?:ma )?(?!bien|chep|ke|luu|chup|y\b)|\bvi (?:cai )?gi|boi (?:vuong mac )?gi|\bnho (?:cai )?gi|\bnguyen nhan"),
    ("place", r"^(?!.*\b(?:nhung|cac|gom)\b).*\b(?:" + _PLACES + r") nao\b"),
    ("list", r"(?<!trong )\bnhung\b.*\b(?:nao|gi|ai|dau)\b|\bgom (?:nhung|cac)?|ke ten|liet ke|(?<!trong )\bcac\b.* nao\b|lan luot|(?<!thu )(?<!khoa )(?<!\d)(?:\b(?:" + fold(_NUMERALS) + r")|\b\d{1,2}) (?!thang|nam\b|ngay|gio)[^?]{2,60}\b(?:nao|gi|nhung ai)\b|\bnhung ai\b"),
    ("person", r"^(?:" + _HEADS + r")\b[^?]* nao\b(?<!ngay nao)|^(?:ong|ba|anh|chi|co|chu|cu) (?!con\b)(?:\w+ ){1,3}nao\b"),
    ("person", r"\bai\b|\b(?:" + _PEOPLE + r") nao\b|^ten (?:that |day du )?(?:la )?(?:gi|j)\b|\b(?:" + _PEOPLE + "|" + fold(_NAMED) + "|" + _PERSON_ROLES + r")\b[^?]*\bten (?:that |day du )?(?:la )?(?:gi|j)\b|\bten (?:that |day du )?cua (?:" + _PEOPLE + "|" + fold(_NAMED) + "|" + _PERSON_ROLES + r")\b[^?]*\b(?:gi|j)\b|^" + _PERSON_ROLES + r"\b(?!.*\bgi\b)|^nguoi\b(?!.*\bgi\b)"),
    ("place", r"\bo dau|\btai dau|\bdau\b(?! tien| tu| nam| gia| thau)|\b(?:" + _PLACES + r") (?:[^\s?]+ ){0,2}nao\b|\bnuoc nao|" + ADDRESS + r"|^dia diem|^noi\b|^chu dau tu|\bdia diem\b|^que\b"),
    ("text", r"\bgi\b|\bthe nao|\bra sao|\bnhu nao|\bcach nao|\bnao\b|\bj\b"),
)  # fmt: skip
_KEYWORD_RULES: tuple[tuple[Kind, str], ...] = (
    ("list", r"^(?:cac|nhung|hai|ba|bon) "),
    ("date", r"^(?:ngay|thoi (?:gian|diem|han)|han|nam|thang) "),
    ("number", r"^(?:tong |muc (?!dich|tieu)|so |ty le|ti le|gia tri|thu |chi |kim ngach|dien tich|san luong|von|kinh phi|doanh thu|dan so|cong suat|gia |luong |du no|thiet hai|chi tieu|tang truong|nang suat|ti suat|phi |tien |quy mo|do dai|chieu|toc do|hoc phi|tnbq|grdp|gdp|chi so|diem |no |ke hoach|du toan|thi phan|chi phi|nhiet do|trong luong|suc chua|lai suat|nguon|khoi luong|loi nhuan|giai ngan|khoang cach|ti trong|ty trong|mat do|nhap khau|xuat khau|bien che|quan so)|\b(?:tong muc (?:dau|___) tu|tong von|von (?:dau|___) tu|kinh phi|dien tich|dan so|cong suat|san luong|doanh thu|kim ngach|muc phi|hoc phi|gia ve)(?: (?:nam )?\d{4})?$"),
)  # fmt: skip


def disambiguated(text: str) -> str:
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


_WORD = re.compile(r"\w+")
_TRUE_WORDS = {
    "place": frozenset(_WORD.findall(normal_tone(_PLACE_NOUNS))),
    "person": frozenset(_WORD.findall(normal_tone("|".join((_PERSON_NOUNS, _ROLE_NOUNS, _NAMED))))),
    "list": frozenset(_WORD.findall(_NUMERALS)),
}
"""The words of the nouns and numerals that a kind's rules look for, as they are written."""


def masked_for(kind: Kind, text: str, folded: str) -> str:
    """``folded``, where a word that only folds to one that the kind's rules look for is masked ("sản" is not "sân").

    >>> masked_for("place", "Tài sản nào?", "tai san nao?")
    'tai ___ nao?'
    """
    true = _TRUE_WORDS.get(kind, frozenset())
    if not true or not has_diacritics(text):
        return folded
    looks = frozenset(map(fold, true))
    for match in _WORD.finditer(text.lower()):
        start, end = match.span()
        if folded[start:end] in looks and normal_tone(match.group()) not in true:
            folded = folded[:start] + "_" * (end - start) + folded[end:]
    return folded


def kind_asked(text: str, folded: str) -> Kind:
    """What kind of answer a question wants.

    Args:
        text: as typed, NFC.
        folded: what ``disambiguated`` makes of it.
    """
    for kind, pattern in _RULES:
        if kind == "person" and folded.startswith(("so ", "ngay ")):
            continue
        if re.search(pattern, masked_for(kind, text, folded)):
            return kind
    for kind, pattern in _KEYWORD_RULES:
        if re.search(pattern, folded):
            return kind
    return "text"
