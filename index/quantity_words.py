"""What may stand before and after a number: the closed word lists of ``index.quantities`` and their use."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from index.numbers import Amount
from index.units import next_words
from index.vietnamese import fold


class Words(NamedTuple):
    """A word list for text with diacritics and one for text without."""

    marked: frozenset[str]
    bare: frozenset[str]

    def pick(self, marked: bool) -> frozenset[str]:
        """The list for a text with (True) or without (False) diacritics."""
        return self.marked if marked else self.bare


def _both(words: str, without: frozenset[str] = frozenset()) -> Words:
    """A list of words, "_" joining syllables; ``without`` are left out where there are no diacritics."""
    spelled = frozenset(word.replace("_", " ") for word in words.split())
    return Words(spelled, frozenset(map(fold, spelled)) - without)


# Without diacritics also: thu, tăng, mức, hàng, so, đại, mà.
_UNSURE = frozenset(["thu", "tang", "muc", "hang", "so", "dai", "ma"])


_QUALIFIERS = """
hơn trên gần khoảng dưới ít_nhất nhiều_nhất tối_thiểu tối_đa không_quá không_dưới không_ít_hơn không_hơn
không_cao_hơn không_tới chưa_đến chưa_tới xấp_xỉ chừng khoảng_chừng ước ước_đạt ước_tính chỉ chỉ_còn từ ít_hơn
nhiều_hơn cao_hơn thấp_hơn kém_hơn lớn_hơn tầm ngót
"""
_NAMES = [word.replace("_", " ") for word in _QUALIFIERS.split()]
_SHORT = {"ước đạt": "ước", "chỉ còn": "chỉ", "khoảng chừng": "khoảng"}
# "cao hơn 4 triệu đồng" tells a difference, it does not qualify the number.
_SHORT |= dict.fromkeys(["nhiều hơn", "ít hơn", "cao hơn", "thấp hơn", "kém hơn", "lớn hơn"], "")
QUALIFIERS = {name: _SHORT.get(name, name) for name in _NAMES}
"""The words before a number and the qualifier they make."""

# Without diacritics: "chi" is also chi, "tu" đầu tư, "tam" tám or tạm.
QUALIFIERS_BARE = {
    fold(name): short for name, short in QUALIFIERS.items() if name not in ("chỉ", "từ", "tầm")
}
"""The same for text without diacritics."""

QUALIFIERS_AFTER = {
    "trở lên": "trở lên",
    "tro len": "trở lên",
    "trở xuống": "trở xuống",
    "tro xuong": "trở xuống",
}
"""The words after a quantity that qualify it."""

LABELS = _both(
    """
    thứ số khóa quận phường tổ khu_phố khóm ấp thôn xóm điều khoản quý chương mục quốc_lộ tỉnh_lộ ql
    đt_lộ hương_lộ nghị_quyết nghị_định thông_tư chỉ_thị quyết_định công_văn đề_án hẻm ngõ ngách tầng
    lớp sư_đoàn trung_đoàn tiểu_đoàn quân_khu quân_đoàn hạng đô_thị_loại vành_đai giai_đoạn
    trung_ương hội_nghị_trung_ương fax tel đt điện_thoại hotline tổng_đài tài_khoản cmnd cccd mst mã
    kênh đài top u f covid mùng mồng rằm công_ty khu_vực
    """,
    _UNSURE,
)
"""Words that make the number after them a name or an ordinal, whatever follows."""

WEAK_LABELS = _both(
    """
    thứ tầng mục hạng số đài mã loại
    lần đường tuyến cấp phòng đội bài tập phần trang bàn kỳ nhóm vòng lô gói bậc đợt nhà khối ngày tháng
    năm hình bảng giải cầu cửa cổng vùng câu đại_hội luật văn_bản nhà_máy dự_án thành_phần kế_hoạch
    đề_tài chi_bộ
    """
)
"""Words that do so only when no unit of the list follows the number."""

EACH = _both("mỗi mọi từng toàn cả các trong tổng con một dân doanh hệ chỉ sĩ quân tần đa")
"""Before a label they make it a plain noun: "mỗi tổ 4 người", "trong số 2.347 lượt"."""

VAGUE = _both("hàng vài mấy nhiều bao_nhiêu những cả bạc chục tiền")
"""Before a lone magnitude they tell no number: "hàng trăm hộ"."""

VERBS = _both(
    """
    là đạt còn được có tăng giảm bằng lên xuống từ đến với gồm chiếm vượt thêm mất cần trên dưới hơn gần
    khoảng ước chỉ tới và so thu chi lãi lỗ bán nhập xuất đóng nộp trả hết tổng_cộng cộng tổng xấp_xỉ
    chừng
    """
)
"""After one of these a whole number without a unit is a figure."""

STOP_WORDS = _both(
    """
    và của trong so tại ở từ đến là được đã sẽ đang với cho để khi có do bị theo trên dưới này kia đó ấy
    nay qua trước sau tới nữa rồi thì mà như nhưng hoặc hay cùng về vào ra lên xuống trở lại đều cũng
    vẫn còn chỉ không chưa phải nên vì nếu ngay tức gồm đạt tăng giảm chiếm bằng vượt hơn gần khoảng gây
    thuộc đối cả các những mỗi từng một hai ba bốn năm sáu bảy tám chín mười mới đi ngụ trú quê sinh x
    sao ăn rất lại đầu cuối giữa thứ số nhờ nhằm dù tuy song bởi giúp làm ước trị giá tổng hiện vừa tiếp
    tục mang thành đồng tức đem đưa nhận gửi hỗ trợ tăng thêm nằm bên ngoài nhất nhì hết liên cộng trừ
    chia nhân tương đương thu chi theo dự kiến ít nhiều nghìn ngàn triệu tỷ trăm chục vạn rưỡi âm dương
    giật tôi chúng họ nó hắn mình ban hành đường phố về việc quy định hướng dẫn thực hiện gắn
    """
)
"""Words that are never the unit of the number before them."""

_WORD = re.compile(r"[^\W_]+")
_THOUSANDS = re.compile(r"\d\.\d{3}(?!\d)|[^\W\d_]")
_CLAUSE = re.compile(r"[^\w \t\xa0]")


class Page(NamedTuple):
    """A text as it is read: its scan with the periods blanked, and whether it has diacritics."""

    text: str
    scan: str
    marked: bool


def words_before(page: Page, start: int) -> list[str]:
    """Up to four words right before a place, the nearest last; [] after punctuation."""
    if start == 0 or page.scan[start - 1] not in " \t\xa0":
        return []
    head = page.scan[max(0, start - 34) : start]
    clause = _CLAUSE.split(head)[-1]
    return _WORD.findall(clause)[-4:]


def in_list(words: list[str], listed: Container[str]) -> int:
    """How many of the last words (1 to 3) make an entry of a list; 0 for none."""
    for count in (3, 2, 1):
        if len(words) >= count and " ".join(words[-count:]) in listed:
            return count
    return 0


def qualifier_of(page: Page, start: int, end: int, amount: Amount) -> str:
    """The qualifier of a quantity, "" when it has none."""
    after = " ".join(word for word, _ in next_words(page.scan, end, 2))
    if after in QUALIFIERS_AFTER:
        return QUALIFIERS_AFTER[after]
    words, listed = words_before(page, start), QUALIFIERS if page.marked else QUALIFIERS_BARE
    count = in_list(words, listed)
    found = listed[" ".join(words[-count:])] if count else ""
    # "trên 1 ha" is "per hectare", not "more than one".
    return "" if found == "trên" and amount.value == 1 else found


def is_label(page: Page, start: int, end: int, listed_unit: bool) -> bool:
    """Whether the words before make the number a name or an ordinal: "lần thứ 7", "phường 2"."""
    before = page.scan[max(0, start - 2) : start]
    if before[-1:] in ("-", ".", "_", "@", "/") and (before[0].isalnum() or before[-1] in "_@"):
        return True
    if "," in page.scan[start:end] or _THOUSANDS.search(page.scan, start, end):
        return False
    words = words_before(page, start)
    count = in_list(words, LABELS.pick(page.marked))
    if not count:
        return not listed_unit and in_list(words, WEAK_LABELS.pick(page.marked)) > 0
    return len(words) == count or words[-count - 1] not in EACH.pick(page.marked)
