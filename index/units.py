"""The closed word list of units: money, measures, time, and the nouns Vietnamese counts with.

Each unit has one canonical form, lower case with diacritics; a longer entry wins over a shorter one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from index.numbers import GAP, MAYBE
from index.vietnamese import fold, normal_tone

MONEY = {
    "đồng": ("đồng", "vnđ", "vnd", "vn$", "đồng việt nam", "đồng vn", "tiền đồng"),
    "usd": (
        "usd", "đô la", "đôla", "đô-la", "đô la mỹ", "đôla mỹ", "đô mỹ", "đô", "dollar",
        "đồng đô la", "us$", "$",
    ),
    "eur": ("eur", "euro", "euros", "€", "đồng euro"),
    "gbp": ("gbp", "bảng anh", "pound", "pounds", "£"),
    "jpy": ("jpy", "yên", "yen", "yên nhật", "¥"),
    "cny": ("cny", "nhân dân tệ", "ndt", "tệ"),
    "aud": ("aud", "đô la úc", "đôla úc"),
    "sgd": ("sgd", "đô la singapore"),
    "hkd": ("hkd", "đô la hồng kông"),
    "krw": ("krw", "won"),
    "thb": ("thb", "baht"),
    "inr": ("inr", "rupee", "rupees", "rs"),
    "aed": ("aed", "dirham"),
    "rand": ("rand",),
    "ringgit": ("ringgit",),
    "peso": ("peso", "pesos"),
    "rúp": ("rúp",),
    "xu": ("xu", "xen", "cent"),
}  # fmt: skip

MEASURES = {
    "%": ("phần trăm",),
    "điểm phần trăm": ("điểm phần trăm",),
    "lần": ("lần",),
    "ha": ("hecta", "héc ta", "héc-ta", "hécta"),
    "m²": ("mét vuông",),
    "m³": ("mét khối", "khối nước"),
    "km²": ("kilômét vuông", "ki lô mét vuông", "cây số vuông"),
    "km": ("cây số", "kilômét", "kilomet", "ki lô mét"),
    "m": ("mét",),
    "hải lý": ("hải lý",),
    "kg": ("kí", "kilogam", "ki lô gam", "cân"),
    "g": ("gam", "gram"),
    "lít": ("lít",),
    "tấn": ("tấn",),
    "tạ": ("tạ",),
    "yến": ("yến",),
    "lượng": ("lượng vàng", "lượng", "cây vàng"),
    "chỉ": ("chỉ vàng",),
    "°c": ("độ c",),
    "độ": ("độ richter", "độ"),
    "thùng": ("thùng dầu", "thùng"),
    "ounce": ("ounce",),
    "inch": ("inch",),
    "dặm": ("dặm",),
    "mẫu": ("mẫu ruộng", "mẫu đất", "mẫu"),
    "sào": ("sào ruộng", "sào đất", "sào"),
    "công đất": ("công đất", "công ruộng"),
}

TIMES = {
    "giây": ("giây",),
    "phút": ("phút",),
    "giờ": ("giờ đồng hồ", "tiếng đồng hồ", "giờ"),
    "tiếng": ("tiếng",),
    "ngày đêm": ("ngày đêm",),
    "ngày": ("ngày",),
    "đêm": ("đêm",),
    "tuần": ("tuần lễ", "tuần"),
    "tháng tuổi": ("tháng tuổi",),
    "tháng": ("tháng",),
    "quý": ("quý",),
    "năm": ("năm",),
    "thập kỷ": ("thập kỷ", "thập niên"),
    "thế kỷ": ("thế kỷ",),
    "tuổi": ("tuổi",),
}

# Symbols may stand right behind the figures: "876ha", "525.000đ", "3.000KW".
SYMBOLS = {
    "điểm %": "điểm phần trăm", "%": "%", "‰": "‰", "m2": "m²", "m²": "m²", "m3": "m³", "m³": "m³",
    "km2": "km²", "km²": "km²", "ha": "ha", "km": "km", "m": "m", "dm": "dm", "cm": "cm", "mm": "mm",
    "kg": "kg", "g": "g", "mg": "mg", "l": "lít", "ml": "ml", "kw": "kw", "mw": "mw", "gw": "gw",
    "kwh": "kwh", "mwh": "mwh", "wh": "wh", "kv": "kv", "kva": "kva", "mva": "mva", "w": "w", "v": "v",
    "hz": "hz", "mhz": "mhz", "ghz": "ghz", "gb": "gb", "mb": "mb", "tb": "tb", "kb": "kb",
    "mbps": "mbps", "gbps": "gbps", "cc": "cc", "°c": "°c", "ºc": "°c", "độc": "°c", "°": "độ",
    "º": "độ", "teu": "teu", "dwt": "dwt", "kcal": "kcal", "đ": "đồng", "vnđ": "đồng", "vnd": "đồng",
    "usd": "usd", "us$": "usd", "$": "usd", "eur": "eur", "euro": "eur", "€": "eur", "£": "gbp",
    "¥": "jpy", "rs": "inr", "aud": "aud", "đ/c": "đồng chí", "đồng": "đồng", "tấn": "tấn",
    "lít": "lít", "mét": "m",
}  # fmt: skip

PREFIXES = {
    "$": "usd", "us$": "usd", "usd": "usd", "€": "eur", "eur": "eur", "£": "gbp", "gbp": "gbp", "¥": "jpy",
    "vnd": "đồng", "vnđ": "đồng", "vn$": "đồng", "inr": "inr", "rs.": "inr", "rs": "inr", "aud": "aud",
}  # fmt: skip

# People, households and cases: so much counted one by one that "một" and "năm" before them are numbers.
HEADCOUNTS = frozenset(
    ["người", "hộ", "vụ", "ca", "em", "cháu", "con", "căn", "học sinh", "trường hợp", "đại biểu", "đồng chí"]
)

# Counted nouns, one word each; "_" joins the syllables.
NOUNS = """
người hộ hộ_dân nhân_khẩu khẩu em cháu bé trẻ trẻ_em đứa đứa_trẻ cụ vị ông bà cô thầy_cô nam nữ phụ_nữ
nam_giới thanh_niên thiếu_nhi thiếu_niên nhi_đồng đàn_ông học_sinh sinh_viên học_viên giáo_viên giảng_viên
thí_sinh tân_sinh_viên nghiên_cứu_sinh thạc_sĩ tiến_sĩ giáo_sư phó_giáo_sư cử_nhân kỹ_sư bác_sĩ y_sĩ y_tá
điều_dưỡng dược_sĩ hộ_sinh bệnh_nhân nạn_nhân công_nhân nông_dân ngư_dân thuyền_viên thủy_thủ lao_động
việc_làm nhân_viên viên_chức công_chức cán_bộ cán_bộ_chiến_sĩ chiến_sĩ bộ_đội binh_sĩ lính quân cảnh_sát
công_an dân_quân tân_binh cựu_chiến_binh thương_binh liệt_sĩ gia_đình_chính_sách gia_đình gia_đình_văn_hóa
hộ_gia_đình đảng_viên đoàn_viên hội_viên ủy_viên thành_viên cấp_ủy_viên đại_biểu đồng_chí cử_tri ứng_viên
ứng_cử_viên phiếu phiếu_bầu đồng_bào đồng_nghiệp đồng_đội đồng_hương đồng_phạm đồng_bọn đồng_hồ tập_thể
cá_nhân nghệ_nhân nghệ_sĩ diễn_viên ca_sĩ nhạc_sĩ họa_sĩ nhà_thơ nhà_văn nhà_báo nhà_khoa_học nhà_đầu_tư
nhà_thầu nhà_cung_cấp phóng_viên chuyên_gia vận_động_viên cầu_thủ huấn_luyện_viên trọng_tài khán_giả
du_khách khách khách_hàng hành_khách lượt_khách lượt_người lượt lượt_xem lượt_hộ lượt_học_sinh lượt_xe
lượt_bệnh_nhân lượt_công_dân lượt_truy_cập lượt_tải thuê_bao tài_khoản người_dùng bị_can bị_cáo nghi_can
nghi_phạm đối_tượng tù_nhân phạm_nhân tình_nguyện_viên cộng_tác_viên tuyên_truyền_viên già_làng vợ_chồng cấp
cặp cặp_đôi thi_thể dân lái_xe tài_xế vụ vụ_án vụ_việc vụ_cháy vụ_tai_nạn ca ca_mắc ca_bệnh ca_nhiễm
trường_hợp sự_cố tai_nạn cuộc cuộc_họp cuộc_thi kỳ kỳ_họp phiên phiên_họp hội_nghị hội_thảo buổi tiết
tiết_học khóa_học đợt lần trận trận_đấu hiệp vòng vòng_đấu bàn_thắng bàn_thua bàn điểm điểm_trường điểm_cầu
điểm_bán tụ_điểm địa_điểm lượt_trận giải giải_thưởng giải_nhất giải_nhì giải_ba giải_khuyến_khích huy_chương
huy_chương_vàng huy_chương_bạc huy_chương_đồng kỷ_lục danh_hiệu bằng_khen giấy_khen huân_chương
kỷ_niệm_chương cúp doanh_nghiệp công_ty tập_đoàn tổng_công_ty hợp_tác_xã tổ_hợp_tác trang_trại gia_trại
nhà_máy xí_nghiệp xưởng cơ_sở cửa_hàng siêu_thị chợ trung_tâm_thương_mại trung_tâm ngân_hàng chi_nhánh
phòng_giao_dịch khách_sạn nhà_hàng homestay quán đại_lý nhà_thuốc phòng_khám bệnh_viện trạm_y_tế trạm
trạm_biến_áp trường điểm_đến khu_du_lịch di_tích lễ_hội làng_nghề làng khu_công_nghiệp cụm_công_nghiệp khu
khu_vực khu_phố khu_dân_cư khu_đô_thị tổ_dân_phố tổ xóm ấp thôn bản bản_làng buôn khóm xã phường thị_trấn
quận huyện thị_xã thành_phố tỉnh tỉnh_thành quốc_gia nước vùng địa_phương đơn_vị cơ_quan tổ_chức sở bộ_ngành
ngành lĩnh_vực ban phòng phòng_ban phòng_học phòng_ngủ lớp lớp_học khối món môn môn_học môn_thi chuyên_ngành
khoa chi_bộ đảng_bộ chi_hội chi_đoàn câu_lạc_bộ đội đội_bóng đội_tuyển đoàn nhóm hội ban_ngành
tổ_chức_cơ_sở_đảng dự_án dự_án_thành_phần công_trình hạng_mục gói_thầu đề_án đề_tài chương_trình kế_hoạch
mục_tiêu chỉ_tiêu tiêu_chí tiêu_chuẩn nhiệm_vụ giải_pháp khâu_đột_phá đột_phá nội_dung chuyên_đề mô_hình
sáng_kiến ý_kiến kiến_nghị câu_hỏi phần_việc đầu_việc việc thủ_tục thủ_tục_hành_chính dịch_vụ_công hồ_sơ đơn
đơn_thư đơn_hàng hợp_đồng văn_bản nghị_quyết nghị_định thông_tư quyết_định chỉ_thị luật điều_khoản báo_cáo
bài bài_báo bài_viết bài_thi bài_hát bài_tập tin tin_nhắn cuộc_gọi giấy_phép giấy_chứng_nhận sổ_đỏ chứng_chỉ
văn_bằng tác_phẩm ca_khúc bộ_phim phim tập vở_kịch cuốn quyển cuốn_sách đầu_sách trang tờ tờ_báo bức bức_ảnh
bức_tranh tấm tấm_ảnh hiện_vật cổ_vật căn căn_nhà căn_hộ ngôi ngôi_nhà nhà nhà_văn_hóa nhà_tình_nghĩa
nhà_tình_thương nhà_dân nhà_ở phòng_trọ tòa_nhà tòa tầng cầu cây_cầu tuyến tuyến_đường con_đường đoạn làn_xe
làn bến bến_xe cảng sân_bay ga kênh đập hồ_chứa hồ hố giếng trụ trụ_sở cột cột_điện ki_ốt gian gian_hàng lô
lô_đất thửa thửa_đất nền nền_đất mảnh_đất khu_đất mảnh khoảnh giường giường_bệnh ghế chỗ chỗ_ngồi suất
suất_quà suất_học_bổng học_bổng phần phần_quà túi_quà quả quà sổ_tiết_kiệm vé thẻ thẻ_bảo_hiểm thẻ_vàng
thẻ_đỏ sổ chiếc cái con cây cây_xanh cây_giống trái củ bông hạt cành bộ bó gốc con_giống con_bò con_trâu
con_lợn con_heo con_gà đầu_con gia_súc gia_cầm đàn đàn_bò tổ_ong loại loài giống giống_lúa xe xe_máy xe_ô_tô
ô_tô mô_tô xe_buýt xe_tải tàu tàu_cá tàu_thuyền thuyền phương_tiện toa chuyến chuyến_bay chuyến_xe máy
máy_bay máy_tính máy_móc thiết_bị camera điện_thoại bộ_hồ_sơ bộ_phận chai lon hộp gói bao túi thùng kiện
container lọ ống viên viên_đạn cuộn bình bình_gas khẩu_súng khẩu_pháo quả_bom quả_mìn mẫu_xét_nghiệm
mẫu_nước liều liều_vắc_xin mũi mũi_tiêm vắc_xin món_ăn sản_phẩm sản_phẩm_ocop mặt_hàng thương_hiệu nhãn_hiệu
loại_hình thứ_tiếng ngôn_ngữ dân_tộc dòng dòng_họ hình_thức biện_pháp nhóm_nhiệm_vụ vấn_đề lý_do nguyên_nhân
yếu_tố bài_học kinh_nghiệm khó_khăn nguyện_vọng cơ_hội phương_án bước giai_đoạn thế_hệ đời mùa mùa_vụ
mùa_giải cổ_phiếu cổ_phần trái_phiếu triệu_cổ_phiếu lỗi bậc hạng tên cái_tên ký_tự chữ câu đối_tác đối_thủ
cơn_bão trận_bão trận_động_đất trận_lũ mét_vải tổ_máy giàn_khoan mỏ ngôi_sao nhân_vật hệ_thống tín_chỉ mạng
website trang_web ứng_dụng video kênh_truyền_hình đài lỗ đinh
"""


SHORT_NOUNS = {
    "dn": "doanh nghiệp", "hs": "học sinh", "sv": "sinh viên", "gv": "giáo viên", "bn": "bệnh nhân", "htx": "hợp tác xã",
}  # fmt: skip
"""Counted nouns as news and reports shorten them."""


class Unit(NamedTuple):
    """A unit found in a scan: one past its last character, its canonical form and its kind.

    ``kind`` is "money", "measure", "time" or "noun".
    """

    end: int
    name: str
    kind: str


# Without diacritics these are above all other words: có, do, cho, qua, nên, số, bán, tư, đôi, ...
_COMMON = (
    "ba ban be cap cau cho co do doi dap de don ga hang hoi la lo loi mo nen ong qua so tang tap ten tin to "
    "tram"
)
_TOO_COMMON = frozenset(_COMMON.split())


def _entries() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for kind, table in (("money", MONEY), ("measure", MEASURES), ("time", TIMES)):
        for name, spellings in table.items():
            found.update({normal_tone(spelling): (name, kind) for spelling in spellings})
    found.update({short: (noun, "noun") for short, noun in SHORT_NOUNS.items()})
    for noun in (word.replace("_", " ") for word in NOUNS.split()):
        found.setdefault(normal_tone(noun), (noun, "noun"))
    return found


def _folded(entries: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The same without diacritics; where two units fold alike the first listed wins."""
    found: dict[str, tuple[str, str]] = {}
    for spelling, entry in entries.items():
        found.setdefault(fold(spelling), entry)
    return {spelling: entry for spelling, entry in found.items() if spelling not in _TOO_COMMON}


_MARKED = _entries()
_BARE = _folded(_MARKED)
_LONGEST = max(spelling.count(" ") + 1 for spelling in _MARKED)
_KINDS = dict(_MARKED.values()) | dict.fromkeys(PREFIXES.values(), "money")
_SYMBOLS = SYMBOLS | {fold(symbol): name for symbol, name in SYMBOLS.items()}
_SYMBOL = re.compile(
    MAYBE + "(" + "|".join(map(re.escape, sorted(_SYMBOLS, key=len, reverse=True))) + r")(?![\w²³]|\$)"
)
_WORD = re.compile(rf"{GAP}([^\W\d_]+(?:-[^\W\d_]+)?)")


def kind_of(name: str) -> str:
    """The kind of a canonical unit: "money", "measure", "time" or "noun".

    >>> kind_of("đồng"), kind_of("ha"), kind_of("hộ")
    ('money', 'measure', 'noun')
    """
    return _KINDS.get(name, "measure" if name in _SYMBOLS.values() else "noun")


def next_words(scan: str, start: int, count: int = _LONGEST) -> list[tuple[str, int]]:
    """The words that follow a place with nothing but blanks between, each with its end.

    >>> next_words("44 hộ nghèo, tăng", 2)
    [('hộ', 5), ('nghèo', 11)]
    """
    words: list[tuple[str, int]] = []
    while len(words) < count and (match := _WORD.match(scan, start)):
        start = match.end()
        words.append((match[1], start))
    return words


def read_noun(scan: str, start: int, marked: bool) -> Unit | None:
    """The longest listed unit in words that follows a place of a scan.

    >>> read_noun("299 đại biểu chính thức", 3, True)
    Unit(end=12, name='đại biểu', kind='noun')
    """
    table = _MARKED if marked else _BARE
    words = next_words(scan, start)
    for count in range(len(words), 0, -1):
        entry = table.get(" ".join(word for word, _ in words[:count]))
        if entry:
            return Unit(words[count - 1][1], *entry)
    return None


def read_symbol(scan: str, start: int) -> Unit | None:
    """The symbol that follows a place of a scan, with or without a blank.

    >>> read_symbol("876ha", 3), read_symbol("1.200 m2", 5)
    (Unit(end=5, name='ha', kind='measure'), Unit(end=8, name='m²', kind='measure'))
    """
    match = _SYMBOL.match(scan, start)
    if match is None:
        return None
    name = _SYMBOLS[match[1]]
    return Unit(match.end(), name, kind_of(name))


def read_unit(scan: str, start: int, marked: bool) -> Unit | None:
    """The listed unit that follows a place of a scan, symbol or words.

    >>> read_unit("39 đồng chí", 2, True).name, read_unit("459,6 ty dong", 8, False).name
    ('đồng chí', 'đồng')
    """
    noun = read_noun(scan, start, marked)
    symbol = read_symbol(scan, start)
    return symbol if symbol and (noun is None or symbol.end >= noun.end) else noun
