"""Which numbers are figures: not lengths of time that only say when, not the "per" of a rate, not ages of persons."""

from __future__ import annotations

import re

from index.figure_nouns import NOUNS
from index.figure_sentence import Sentence
from index.types import Quantity
from index.units import kind_of, read_unit
from index.vietnamese import fold

_SURE_BEFORE = re.compile(
    r"(?:trong(?: suot| vong)?|sau|qua|suot|tu|cach day|cach nay|ky niem|mung|truoc|trai qua|vong|nhan|luc|vao)"
    r"(?: (?:hon|gan|khoang|tron|dung|chung|it nhat|them|toi))? $"
)
_WHEN_AFTER = re.compile(
    r" (?:qua|nay|truoc|sau|toi|tro lai|gan day|lien|nua|ngoai|dau|cuoi|vua qua|ke tiep|tiep theo|ngay|lien tiep|lien tuc|sap den|sap toi|tai lap|thanh lap"
    r"|giai phong|ngay thanh)(?!\w)|, giai doan"
)
_DURATION = re.compile(r" (?:lam viec|tu|tu giam|nghi|su dung|bao hanh|hoc|dao tao)(?!\w)")
_AGES = re.compile(r" (?:tuoi|den \d+ tuoi)(?!\w)")
_DAY_OF_YEAR = re.compile(r"[-/]\d{1,2} nam (?:ngoai|nay|truoc|sau|toi)(?!\w)")
"""Behind "1": the first of October of last year, "1-10 năm ngoái"."""
_UPPER = re.compile(r" ?[-–] ?\d| (?:den|toi) \d+ (?:giay|phut|ngay|tuan|thang|nam)(?!\w| \d)")
"""Behind "từ 1": the lower end of "từ 1 - 2 năm", "từ 45 phút đến 180 phút"."""
_TAKES = re.compile(r"(?<!\w)(?:phai|mat|ton|keo dai)(?: (?:khoang|hon|gan|them|it nhat|toi|den|tron))? $")
"""What takes a length of time: "phải 45 năm nữa"."""
_CLOCK_AFTER = re.compile(r"(?: ?[-–] ?\d{1,2} gio)? (?:sang|trua|chieu|toi|dem|kem|ngay|hom|\d)")
_AGED = re.compile(r"(?:[,(] ?| [-–] ?|[A-ZĐ]\S* )$")
_PERSON_AGED = re.compile(
    r"(?<!\w)(?:(?:một|cô|cậu|chàng|người|ông|bà)(?: (?!(?:dưới|trên|từ|đến|quá|đủ|ngoài|trước|sau|hơn|gần|khoảng|mới|là|lên|tròn|trẻ) )[^\W\d_]+){1,4}"
    r"|gái|trai|thanh niên|thiếu niên|đàn ông|phụ nữ|ông|bà|cụ|bé|mẹ|cha|bố|vợ|chồng|ngôi sao|người mẫu|anh|chị|em|cháu|tù nhân|công dân"
    r"|bệnh nhân|nạn nhân|nghi phạm|thanh|[^\W\d_]+ (?:viên|sĩ|sỹ|thủ|sư|vệ|đạo|giả|tướng|sinh|vợt|đua|súng))(?: (?!(?:dưới|trên|từ|đến|quá|đủ|ngoài|trước|sau|hơn|gần|khoảng|mới|là|lên|tròn) )[^\W\d_]+)?"
    r" $"
)
"""Before the age of somebody without a name: "một cô gái 20 tuổi"; "trẻ 6 tuổi" are a group."""
_WHEN_AGED = re.compile(
    r"(?<!\w)(?:năm|lúc|khi|hồi)(?: (?:mới|chỉ|còn|lên|được|tròn|vừa|đã|gần|hơn|đến|tôi|anh|em|chị|cô|ông|bà|cháu|nó|mình)){0,3} $"
)
"""Before an age that says when: "năm 16 tuổi", "khi mới 9 tuổi"."""
_AGED_IN_RANGE = re.compile(r"tuổi(?: từ)? ?:? ?(?:\d+ ?(?:[-–]|đến|tới) ?)?$")
"""Before an age without its word behind it: "tuổi 22-30"."""
_RATE_OF_EXCHANGE = re.compile(r" (?:tương đương|bằng|đổi được|ăn|=) (?:với )?(?:khoảng |gần |hơn )?\d|=\d")
"""Behind the 1 of "1 USD tương đương 15.000 đồng"."""
_CODE_TEXT = re.compile(r"\d{3,}\.\d{1,2}[A-Za-z]|\d(?:,\d)?G")
"""A standard: "802.11g", "3,5G"; no thousands, and a decimal of this language has a comma."""
_ALSO_ORDINAL = re.compile(
    r"(?<!\w)(?:phút|tuổi|cấp|quận|học kỳ|lớp|khóa|phường|điều|khoản|tổ|hạng|tầng|nguyện vọng|nv|thứ|trang|chương|tháng|ngày|top|giai đoạn|hiệp|lượt)"
    r"(?: thứ)? \d+(?:(?:,| và| hoặc| hay| đến| tới) \d+)*(?:,| và| hoặc| hay| đến| tới) $"
)
"""Before another number that says which one: "phút 72 và 80"."""
_STREET = re.compile(r"^\d{1,3} Đồng$")
_WON = re.compile(
    r"(?<!\w)(?:thắng|thua|hòa|hoà|bại|tỉ số|tỷ số|dẫn)(?: [^\W\d_]+){0,2} (?:\d{1,2} ?[-–] ?)?$"
)
_AGAINST_IT = re.compile(r" ?[-–] ?\d")
_HOUSE_RANGE = re.compile(r"-\d{1,3}[A-Z]? [A-ZĐ]\w* [A-ZĐ]")
_ORDINAL_ALONE = re.compile(r"(?<!\w)(?:hiệp|lượt|nv|ca|tết|mùng|nguyện vọng|đoạn|khoản) $|[A-ZĐ]{2,} $")
_BARE_BEFORE = re.compile(
    r"(?<!\w)(?:là|đạt|còn|được|lên|xuống|tới|đến|bằng|khoảng|hơn|gần|trên|dưới|có|tổng cộng|chỉ|từ|thêm|ở mức|mức|ước|thu|hết|mất"
    r"|giảm|tăng|và|với|gồm|chiếm|:|cả) ?$"
)
_PER_BEFORE = re.compile(r"(?:mỗi|từng|một lần|cứ|bình quân|tính trên|/) ?$|(?<!\w)trên $")
_SCORE = re.compile(r"\d\s?[-–]\s?$")
_EVENT = re.compile(r"(?:19|20)\d\d [^\W\d_]")
_NAME_FROM = 20
_NAME_BEFORE = re.compile(r"[A-ZĐ][A-Za-z-]+ $")
"""Before the year of an event: "Olympic 2008 khu vực châu Á"."""
_VERSION = re.compile(r"\d{1,2}\.\d{1,2}")
"""Behind a name: "WAP 2.0"; a decimal of this language has a comma."""
_CODE = re.compile(
    r"(?<!\w)(?:mã|số hiệu|nhắn tin|tin nhắn|ký hiệu|mã số|số điện thoại|điện thoại|đt|tài khoản)(?: [^\W\d_]+){0,3} ?:? ?$"
)
_TIMES_ORDINAL = re.compile(
    r"(?:lần|thứ|(?<!chu )kỳ|tuổi|(?<!trong )(?<!tổng )(?<!dân )(?<!con )(?<!hệ )(?<!chỉ )(?<!sĩ )số"
    r"|(?<!triệu )(?<!học )(?<!thực )(?<!tuyển )(?<!sưu )(?<!luyện )(?<!tụ )tập|chương|bài|câu|điều|(?<!tài )khoản|(?<!danh )(?<!hạng )mục|áo số|phút) $"
)


def is_figure(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number counts or measures something, rather than saying when, which one, or "per what".

    >>> s = Sentence("Trong 5 năm, thành phố có 44 hộ nghèo.", 0, None)
    >>> [is_figure(s, q) for q in s.quantities]
    [False, True]
    """
    before = sentence.scan[max(0, quantity.start - 40) : quantity.start]
    after = sentence.scan[quantity.end : quantity.end + 30]
    if quantity.text.startswith(("24/24", "7/7 ")) or _CODE_TEXT.fullmatch(quantity.text):
        return False
    if _STREET.search(quantity.text) and sentence.text[quantity.end : quantity.end + 2].strip()[:1].isupper():
        return False  # "134 Đồng Khởi"
    if after.startswith(" tết") and quantity.text.isdigit():
        return False  # "28 tết"
    if before.endswith("vòng ") and after.startswith((" bóng", " vô địch", " v-", " đấu", " hạng", " ngoại")):
        return False  # "vòng 9 giải bóng đá"
    if quantity.text == "1" and after.startswith(" số "):
        return False  # "1 số vụ án": some of them
    if _EVENT.match(quantity.text) and _NAME_BEFORE.search(sentence.text[: quantity.start]):
        return False
    if _is_per(quantity, before, after) or (_TIMES_ORDINAL.search(before) and not _is_amount(quantity)):
        return False
    if quantity.text.lower() == "một lượng":
        return False  # "một lượng nước": some water
    won = _WON.search(before) if quantity.value < 20 else None
    if won and (won[0][-2:-1] in "-–" or won[0][-1] in "-–" or _AGAINST_IT.match(after)):
        return False  # "thua 0-1 trận lượt đi"
    if quantity.text.isdigit() and _HOUSE_RANGE.match(sentence.text, quantity.end):
        return False
    if quantity.unit == "":
        if quantity.text.isdigit() and quantity.text[0] == "0" and len(quantity.text) > 1:
            return False
        if _VERSION.fullmatch(quantity.text) and _NAME_BEFORE.search(sentence.text[: quantity.start]):
            return False
        if _CODE.search(before) or _ALSO_ORDINAL.search(before):
            return False
        written = sentence.text[max(0, quantity.start - 10) : quantity.start]
        if quantity.text.isdigit() and _ORDINAL_ALONE.search(written):
            return False
        return _is_bare_figure(quantity, before)
    if quantity.unit in ("tuổi", "tháng tuổi"):
        written = sentence.text[max(0, quantity.start - 40) : quantity.start]
        if quantity.text.isdigit() and _AGED_IN_RANGE.search(before):
            return True
        return not (_AGED.search(written) or _PERSON_AGED.search(before) or _WHEN_AGED.search(before))
    if kind_of(quantity.unit) == "time":
        return not _says_when(quantity, fold(before), fold(after))
    return not (_is_article_word(quantity, before, after) or _is_of_a_name(sentence, quantity))


def _is_of_a_name(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a small number ends a name, and what follows is no noun that is counted: "Midnight Club 3 tạo ra"."""
    if quantity.unit in NOUNS or quantity.value >= _NAME_FROM or not quantity.text[0].isdigit():
        return False
    named = _NAME_BEFORE.search(sentence.text[: quantity.start])
    return bool(named and named.start()) and read_unit(f" {quantity.unit}", 0, True) is None


def _is_amount(quantity: Quantity) -> bool:
    """Whether the unit is none of a number that says which one: "một khoản 10 tỷ đồng"."""
    kind = kind_of(quantity.unit.split("/")[0]) if quantity.unit else ""
    return (
        kind == "money"
        or quantity.unit == "tuổi"
        or (kind == "measure" and quantity.unit not in ("lần", "độ", "m", "km", "thùng"))
    )


def _is_per(quantity: Quantity, before: str, after: str) -> bool:
    """The "1 ha" of "trên 1 ha đất đạt 203 triệu đồng", the "100 người" of "mỗi 100 người"."""
    if quantity.value == 1 and _RATE_OF_EXCHANGE.match(after):
        return True
    if quantity.total is not None or not _PER_BEFORE.search(before):
        return False
    return quantity.value == 1 or re.search(r"(?:mỗi|cứ) $", before) is not None


def _is_bare_figure(quantity: Quantity, before: str) -> bool:
    if quantity.text.isdigit() and _SCORE.search(before):
        return False
    written = (
        "," in quantity.text or "." in quantity.text or not quantity.text.isdigit() or len(quantity.text) > 2
    )
    return written or quantity.total is not None or _BARE_BEFORE.search(before) is not None


def _says_when(quantity: Quantity, before: str, after: str) -> bool:
    if before.endswith(("“", '"')) or _DAY_OF_YEAR.match(after):
        return True
    if (
        _TAKES.search(before)
        or _DURATION.match(after)
        or _AGES.match(after)
        or (before.endswith("tu ") and _UPPER.match(after))
    ):
        return False
    if quantity.unit == "giờ" and (_CLOCK_AFTER.match(after) or re.search(r"(?:luc|vao|toi|den) $", before)):
        return True
    return bool(_SURE_BEFORE.search(before) or _WHEN_AFTER.match(after))


def _is_article_word(quantity: Quantity, before: str, after: str) -> bool:
    """Whether "một" is an article, or "hai" only says "both"."""
    word = quantity.text.split()[0].lower()
    if word == "một" and kind_of(quantity.unit.split("/")[0]) == "noun":
        return not quantity.qualifier
    return word in ("hai", "ba", "một") and before.endswith("là ") and not quantity.qualifier
