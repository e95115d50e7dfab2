"""Counted nouns that only the ledger knows beside ``index.units``: common words of news, and abbreviations that are no noun."""

from __future__ import annotations

_NOUNS = """
chị_em anh_em mẹ_con cha_con bố_con bà_cháu ông_cháu gương_mặt khuôn_mặt tuyển_thủ hậu_vệ tiền_đạo tiền_vệ thủ_môn
đạo_diễn chức_vô_địch quan_chức tác_giả chủ_đề đại_diện đại_gia ngón_tay bưu_điện thường_dân miệng_ăn chàng_trai cô_gái
giám_thị giám_khảo giám_đốc bí_quyết di_sản muỗng_canh thìa_canh muỗng_cà_phê thìa_cà_phê nghiên_cứu pho_tượng
ngoại_binh miền_đất tử_thi tình_huống chức_năng tay_đua tay_vợt tay_súng lựa_chọn thể_loại dãy_nhà phong_cách lãnh_vực
cổ_đông quá_trình binh_lính hiệu_trưởng xác_chết công_việc hình_ảnh kỹ_năng kết_quả thị_trường sự_kiện phương_pháp
biểu_hiện chiến_dịch doanh_nhân văn_phòng chân_sút sĩ_quan tông_màu nhược_điểm ưu_điểm đặc_điểm tổn_thất cá_thể
cường_quốc hoạt_động dịch_vụ thay_đổi học_trò ý_tưởng đóng_góp nguyên_tắc tính_năng thắc_mắc lực_lượng chuyên_viên
tài_năng sai_lầm phản_ứng chế_độ cam_kết địa_chỉ lãnh_đạo phương_thức cách_thức lá_thư rủi_ro sáng_tác đảng_phái cú_sút
pha_bóng cư_dân tuyên_bố hợp_chất phát_hiện võ_sĩ huyền_thoại ấn_phẩm thất_bại thắng_lợi đồ_thị tham_số liên_minh
bệnh_nhi biến_thể triệu_chứng dấu_hiệu chuỗi_cửa_hàng đầu_thu đầu_việc_làm đầu_sách nguồn_tin công_thức con_số hướng
thái_cực dải dải_phân_cách chức liên_doanh ông_chủ cựu_binh thành_phần hàng_rào cựu_tổng_thống phi_công thợ_lặn thợ_xây
tín_đồ ngư_phủ sĩ_tử học_giả trí_thức nhân_chứng nhân_sự thủ_khoa á_khoa hoa_hậu người_mẫu người_đẹp danh_thủ quân_nhân
binh_đoàn lữ_đoàn phe_phái bang cánh_cửa cánh_quân băng_nhóm mục_đích ngành_nghề nghề đề chặng chiêu kiểu dãy mảng luồng
pha cú hãng đảng phe vai vở gã kẻ cậu chàng dì thợ mái sọc miền rạp album file megapixel pixel đĩa khung bát chén ly
thìa muỗng lát giọt bữa thi_hài thi_sĩ học_viện học_kỳ thang dây bãi hầm phà ngõ góc tội bí_ẩn kịch_bản truyện truyện_ngắn
tiểu_thuyết bài_thơ bản_nhạc
bản_tình_ca phiên_bản công_dân bạn_trẻ bạn_đọc trung_vệ đầu_mối pháp_lệnh học_phần sáng_chế khâu sà_lan nút_bấm màu
màu_sắc ngăn tiền_án tiền_sự băng_tần thời_kỳ bờ_sông nguyên_đơn bị_đơn ngách động_cơ bộ_trưởng thứ_trưởng game_thủ games_thủ
chủ_chứa gái_bán_dâm gái_mại_dâm nhát_dao vết_thương vết_dao quốc_tịch tội_danh trợ_lý bánh_heroin tép_heroin chậu_cây
thanh_thiếu_niên bộ_lạc cây_vàng ý_nhỏ cung_đường bể_bơi hồ_bơi sân_vận_động sân_khấu phân_xưởng trung_úy đại_úy thiếu_tá
nhạc_phẩm bài_toán phép_tính công_đoạn quy_trình bước_tiến cửa_ải mặt_trận tháp chòi gác lán ngọn_núi
hòn_đảo đảo đỉnh cửa_sông con_sông dòng_sông nhánh đền chùa nhà_thờ mộ ngôi_mộ khối_u thói_quen trò_chơi bộ_óc bán_cầu
lục_địa châu_lục tiểu_bang tòa_án phiên_tòa bản_án cáo_buộc hiệp_định hiệp_ước lệnh_cấm đợt_thi đề_thi cụm_thi
hội_đồng_thi khối_thi buổi_học ca_học vòng_loại trận_thắng trận_thua trận_hòa cột_mốc kỳ_quan bàn_thờ cách_làm mạch_nước
"""
NOUNS = frozenset(word.replace("_", " ") for word in _NOUNS.split())
"""One to three syllables each."""

NOT_COUNTED = frozenset(
    """
    AM PM GMT UTC TCN SCN SGK NĐ QĐ TT CT CP NQ TTG TTLT TW TƯ UBND HĐND BCH TP HCM TPHCM TPHN HN VN USD VND VNĐ EUR AUD
    EURO TCVN ISO II III IV VI VII VIII IX XI XII XIII XIV XV XVI XX XXI SE XP ĐH THPT THCS QL KG KM HA MHZ GHZ KHZ MB
    GB KB MW KW KWH KV RPM
    """.split()
)
"""Words in capitals that no number counts: parts of names, times and units."""

NOT_NOUNS = frozenset(
    """
    học kết xét bay rớt thắng thua hòa bắt thi xảy diễn dùng bỏ kể nói lấy sắp khá quá tốt chứ thôi nào hằng mấy đầy tạm cần
    động chính tết đậu đỗ đang đứng chạy thăm đăng giành ghi trả rời biết thấy dễ khó đúng sai thuần liền ngồi chờ tìm
    gọi tuyên chết thiệt xác bị
    """.split()
)
"""Words that are no noun behind a number: "hiệp 1 kết thúc", "28 tết"."""


COMPOUNDING = frozenset("trung siêu nữ nam thanh điện kiều cựu phó tân phi đại đồng thủ tiểu".split())
"""Syllables that open a noun of two, hardly ever one alone: "trung phong", "nữ sinh", "điện kế"."""
NOT_COMPOUNDED = frozenset(
    (
        "và là có ở của được đã bị trong cho với đang sẽ tại từ không nên thì mà cùng đến này kia đó khác đều trên dưới "
        "vào ra hay hoặc"
    ).split()
)

_PERSONS = ("viên", "sĩ", "sỹ")
_NO_PERSONS = frozenset(
    "động công là và của các những tên một ngàn nghìn triệu ra cựu gồm cho với được thành có từ mỗi vạn trăm".split()
)


def is_person(name: str) -> bool:
    """Whether two syllables say what somebody is by their last one.

    >>> is_person("tiếp viên"), is_person("động viên"), is_person("tiếp tục")
    (True, False, False)
    """
    first, _, last = name.partition(" ")
    return last in _PERSONS and first not in _NO_PERSONS
