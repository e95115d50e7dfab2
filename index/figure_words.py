"""The closed word lists of the ledger: what opens, joins and ends a measured thing, what compares, what plans.

General Vietnamese of reports and news; no indicator of any corpus is listed here.
"""

from __future__ import annotations

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in listed.split())


HEADS = _words(
    """
    tỷ_lệ tỉ_lệ tỷ_trọng tỉ_trọng tỷ_suất số_lượng số_tiền số_vốn số_người số_vụ số_hộ số_dư tổng tổng_số tổng_mức tổng_giá_trị
    tổng_vốn tổng_thu tổng_chi tổng_diện_tích tổng_sản_lượng tổng_kinh_phí tổng_doanh_thu mức mức_thu mức_lương giá_trị trị_giá
    diện_tích sản_lượng năng_suất doanh_thu doanh_số lợi_nhuận thu_nhập thu_ngân_sách chi_ngân_sách kim_ngạch vốn dư_nợ nợ
    lãi_suất tốc_độ nhịp_độ cơ_cấu dân_số mật_độ giá giá_bán giá_vàng chỉ_số lượng quy_mô kinh_phí ngân_sách công_suất chiều_dài
    chiều_cao chiều_rộng trọng_lượng trọng_tải dung_lượng dung_tích khối_lượng nhiệt_độ độ_sâu độ_cao điểm_chuẩn tuổi_thọ
    thời_gian thời_hạn học_phí lương phí thuế thu chi xuất_khẩu nhập_khẩu thị_phần tiền khoản quỹ mức_độ hệ_số tăng_trưởng
    tổng_trị_giá số_thu số_chi chênh_lệch tiền_thưởng độ_dày độ_phân_giải tỉ_số thiệt_hại tổng_thiệt_hại chi_phí vốn_đầu_tư nguồn_vốn tổng_nguồn sức_chứa khoảng_cách lạm_phát bình_quân điểm thời_lượng vận_tốc cường_độ đường_kính bán_kính kích_thước
    hàm_lượng nồng_độ tỷ_giá tỉ_giá giải_thưởng tổng_giải_thưởng mức_phạt mức_án cước giá_vé độ_tuổi độ_ẩm lượng_mưa mực_nước
    lưu_lượng tải_trọng sức_gió nhu_cầu mệnh_giá
    """
)
"""Nouns (of one to three syllables) that are measured: they open the phrase of an indicator."""
NUMBER_HEADS = _words("số tổng_số số_lượng lượng tổng tỷ_lệ tỉ_lệ")
"""Heads for which a counted unit is only repeated behind the number: "số hộ nghèo là 5.210 hộ"."""

AMOUNT_HEADS = _words(
    "giá giá_bán giá_vé lương mức_lương công_suất dung_lượng độ_phân_giải tốc_độ điểm_chuẩn nhiệt_độ trọng_lượng"
)
"""Heads that are never counted: what stands behind the number is their unit, known or not."""

COMPOUNDS = _words(
    """
    ngân_hàng khách_hàng cửa_hàng nhà_hàng mặt_hàng đơn_hàng bán_hàng gian_hàng hàng_hóa hàng_hoá hàng_không hàng_hải máy_tính
    giới_tính tính_mạng tính_năng nhà_ở đất_ở chỗ_ở nơi_ở thiết_bị trang_bị chuẩn_bị dự_bị tài_khoản điều_khoản lợi_tức cổ_tức
    tin_tức độ_tuổi cao_tuổi nội_thành ngoại_thành tỉnh_thành thành_viên thành_tích thành_lập trưởng_thành hoàn_thành hình_thành
    thống_nhất đổi_mới đầu_vào đầu_ra đi_lại nước_ngoài ngoài_nước trong_nước sản_xuất xuất_xứ đồng_bằng văn_bằng bằng_cấp bằng_lái
    bằng_khen từ_điển tự_do lý_do trực_thuộc biểu_hiện hiện_vật hiện_đại hiện_trường cao_đẳng cao_cấp cao_tầng cao_học cao_su
    ngày_công ngày_nghỉ năng_lực công_năng tài_năng đa_dạng đa_số thực_phẩm thực_vật thực_hành kiến_thức hình_thức ý_kiến
    sáng_kiến chính_sách chính_phủ tài_chính hành_chính trận_đấu thi_đấu tiếp_tục chỗ_làm việc_làm thực_hiện đối_với thông_qua
    trở_lên trở_xuống tiết_kiệm bao_gồm có_thể không_khí không_gian
    """
)
"""Pairs of syllables that are one word, though one of them alone links or cuts."""

LINKS = _words(
    """
    có_thể tiếp_tục bao_gồm vọt mạnh nhẹ đạt là được còn chỉ ước khoảng hơn trên gần lên xuống đến tới ở mức với cả thảy có phải sẽ đã đang phấn đấu
    dự kiến quá dưới từ vào trong tính của riêng cũng đều khi nay hiện khoảng xấp xỉ chừng ngót tăng giảm vượt thêm bằng chiếm
    tương đương gấp cao thấp nhiều ít mỗi hàng hằng năm tháng ngày tại lại chưa không tối thiểu tối đa
    ít nhất giữ duy trì thì cho và so cùng kỳ trước mới vẫn chính thức đó này khá rất vừa nâng đưa hạ kéo rút cần
    tức hay hoặc khả năng thực hiện bị bởi theo qua nhất như thứ một các những khoản đang về nữa ra trở thành đây gồm dài rộng cao nặng dày sâu tuổi lần lượt rồi
    """
)
"""Words that may stand between the measured thing and its number; alone they measure nothing."""

CUTS = _words(
    """
    có_thể tiếp_tục đối_với thông_qua tiết_kiệm có là thì mà được đã sẽ đang cho với gồm khi nên vì để nhờ do rằng nâng đưa bị đạt còn cũng phải khiến giúp làm cùng nhưng
    song tuy dù nếu như ước lên thu_được phấn_đấu dự_kiến trích hỗ_trợ huy_động đầu_tư_thêm tăng giảm vượt chiếm kéo hạ đem tới
    đến từ trong ngoài sau trước trên dưới theo qua bởi giữ nhờ_đó bao_gồm hiện thực_hiện lại ở tại vào đều chỉ riêng cả rồi
    tức hay hoặc hơn gần khoảng tính trao bán mua xuất nhập gửi nhận trả đòi mất thêm giành cần muốn thấy biết nói cho_biết bằng
    """
)
"""Words that do not stand inside a measured thing, unless one of ``HEADS`` opened it."""

NOT_HEADS = _words(
    """
    miễn_phí thu_hút thu_hồi thu_hoạch thu_mua thu_gom thu_giữ chi_nhánh chi_bộ chi_đoàn chi_hội chi_trả chi_tiết chi_cục đánh_giá lực_lượng
    chất_lượng năng_lượng địa_điểm thời_điểm trọng_điểm thí_điểm quan_điểm đặc_điểm ưu_điểm cao_điểm bất_lương mùa_thu đấu_giá tổng_thống
    tổng_công tổng_cục tổng_bí tổng_thư tổng_giám tổng_kết tổng_hợp tổng_lãnh tổng_biên tổng_tham đấu_thầu giá_như nợ_nần tiền_đạo
    tiền_vệ tiền_đề tiền_phong phí_lý quỹ_đạo điểm_tin thuế_quan khoản_này nhượng_vốn điều_khoản tài_khoản số_ít số_phận lượng_giác
    số_nhà số_điện số_hiệu số_liệu số_thứ một_số con_số đa_số tỉ_số tỷ_số thiểu_số ngôi_số
    giá_đình vốn_dĩ điểm_đến điểm_trường điểm_cầu tâm_điểm lương_tâm lương_thực quỹ_đất giảm_giá tăng_giá hạ_giá nâng_giá điểm_tâm mặt_tiền
    """
)
"""Pairs of words in which a head is none."""

STOPS_RIGHT = _words(
    """
    có_thể thực_hiện đối_với thông_qua trở_lên trở_xuống bao_gồm và với để trong tại ở từ của cho đã đang sẽ được bị là có thì mà so đến tới vào do theo trên dưới khi nhưng hoặc hay tăng giảm
    chiếm đạt hiện chỉ gồm nên vì bằng tham_gia về ra lên nằm còn mỗi rồi qua sau trước này đó kia ấy nữa cùng phải không chưa cũng vẫn
    như thuộc gây khiến làm giúp mới ngay bởi tức từng cuối chứ
    """
)
"""Words that end the phrase behind a counted noun."""

PREDICATES = _words(
    """
    có_thể lên xuống tăng giảm đạt còn là có được đã sẽ đang tiếp_tục phát_triển vẫn cũng đều ngày_càng chuyển dần giữ thì khá cao bị
    không chưa được_mùa vượt đem cho chiếm
    """
)
"""Words that end the subject at the head of a clause."""

EMPTY = _words(
    "chỉ_tiêu con_số khoảng riêng trong_đó hiện nay số_liệu về và của cả toàn cũng các những là tính"
)
"""Words stripped from the ends of an indicator."""

EMPTY_PAIRS = _words(
    "thực_tế thậm_chí tổng_cộng đồng_thời cụ_thể bao_gồm con_số ngoài_ra chủ_yếu tương_tự trong_đó"
)
"""Pairs of words stripped likewise."""

PROPERTIES = _words(
    "trị_giá giá_trị tổng_trị_giá tổng_giá_trị công_suất diện_tích dung_tích chiều_dài chiều_cao"
)
"""What is told of a thing: alone before a number it says too little, and takes the thing before it along."""
OWNER_LONGEST = 4
"""Words of that thing, at most."""

TARGETS = (
    r"(?:so(?:[ ]với|[ ]cùng)?|(?:chỉ tiêu|kế hoạch|kh|nghị quyết|nq|dự toán|mục tiêu|định mức|tiến độ|năm trước|năm ngoái"
    r"|cùng kỳ|số lượng|kế hoạch vốn|yêu cầu|phương án|khoán|đề án)(?!\w))"
)
MORE, LESS, TIMES, SHARE = "more", "less", "times", "share"
_BEFORE_NUMBER = (
    r"(?:(?:thêm|khoảng|hơn|trên|gần|tới|đến|bình quân|trung bình|là|được|mỗi năm|hàng năm|hằng năm|mạnh|nhẹ|ở mức|xấp xỉ|chừng"
    r"|ước|ngót|tổng cộng|chỉ|đạt|tương ứng|tương đương|lần lượt|nhanh|so với|so|với|cùng kỳ|năm trước|năm ngoái|ít nhất|quá|dưới"
    r"|tháng trước|thấp|cao|đã|vẫn|từ|\x00+|của|của năm|trước đó|các|kế hoạch|chỉ tiêu|nghị quyết|dự toán)[ ,]*){0,8}$"
)
LEAD = re.compile(
    rf"(?<!\w)(?P<lead>tăng trưởng|tăng thêm|tăng|giảm bớt|giảm|sụt|nhích thêm|nhích|vượt mức|vượt|hụt|cao hơn|thấp hơn"
    rf"|nhiều hơn|ít hơn|lớn hơn|kém|hơn(?=[ ](?:năm|tháng|cùng|so|\x00))|gấp|bằng|đạt|chiếm|tương đương|tương ứng)[ ]{_BEFORE_NUMBER}"
)
"""A comparing word with what may stand between it and its number; periods are blanked to NUL."""
KIND_OF_LEAD = {
    "tăng trưởng": MORE, "tăng thêm": MORE, "tăng": MORE, "vượt mức": MORE, "vượt": MORE, "cao hơn": MORE, "nhích thêm": MORE,
    "nhích": MORE, "nhiều hơn": MORE, "lớn hơn": MORE, "hơn": MORE, "giảm bớt": LESS, "giảm": LESS, "sụt": LESS,
    "hụt": LESS, "thấp hơn": LESS, "ít hơn": LESS, "kém": LESS, "gấp": TIMES, "bằng": SHARE, "đạt": SHARE,
    "chiếm": SHARE, "tương đương": SHARE, "tương ứng": SHARE,
}  # fmt: skip
REACHED = re.compile(
    r"(?<!\w)(?:(?:tăng|giảm|sụt|vượt|hạ|nâng)(?:[ ][^\W\d_]+){0,3}[ ](?:lên|còn|xuống|đến|tới|từ|thành)"
    r"|tốc độ tăng|mức tăng|tỷ lệ tăng|nhịp độ tăng|tăng trưởng)[^,;]*$"
)
"""A verb of change whose number is what was reached: "tăng lên 50 tỷ", "giảm còn 2%"."""
AGAINST = re.compile(
    rf"[ ]?(?:của[ ])?(?P<against>{TARGETS}[^,;.:()]*?)(?=[ ]*(?:$|[,;:().]|và[ ]|nhưng[ ]|song[ ]|nên[ ]|khiến[ ]|chiếm[ ]|trong đó|tăng|giảm|đạt[ ]|bằng[ ]|vượt[ ]))"
)
"""What a change is compared with, behind its number."""
AGAINST_BEFORE = re.compile(r"(?<!\w)so(?:[ ]với)?[ ](?P<against>[^,;.:()]+?)[ ]*(?:,[ ])?$")
"""The same before the comparing word: "so với cùng kỳ tăng"."""

PLAN = re.compile(
    r"(?<!\w)(?:phấn đấu|mục tiêu|dự kiến|đề ra|đặt ra|quyết tâm|sẽ|phải đạt|cần đạt|dự toán|kế hoạch|chỉ tiêu(?:[ ]phấn đấu)?"
    r"|định hướng|đề nghị|quy hoạch|theo thiết kế|dự định|được giao|muốn (?:thành lập|xây|mở|tăng|giảm|đầu tư|mua|bán|tuyển|nâng)|nhằm|tiến tới|hướng tới|sắp"
    r"|(?<!đã )(?<!buộc )phải (?:xuống|giảm|hạ|cắt|bổ sung)|(?:đòi|yêu cầu|kêu gọi|đề xuất) (?:giảm|tăng|nâng|hạ|cắt|bổ sung))(?!\w)"
)
NOT_PLAN = re.compile(
    r"(?<!\w)(?:so với kế hoạch|theo kế hoạch|kế hoạch hóa|kế hoạch hoá|đã đạt|(?:đạt|vượt|hoàn thành|thực hiện)[^,;]{0,20}"
    r"(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán)|sở kế hoạch|phòng kế hoạch|ban kế hoạch|dưới (?:chỉ tiêu )?kế hoạch|đề nghị truy tố|bộ kế hoạch|kế hoạch và đầu tư)"
    r"|(?<!\w)(?:bất kỳ|bất kì|bất cứ|hễ|theo quy định|mỗi khi|thông thường)(?!\w)[^;.]{0,120}? sẽ(?!\w)"
)
ESTIMATE = re.compile(
    r"(?<!\w)(?:ước|ước đạt|ước tính|dự báo|dự tính|theo tính toán|theo ước tính|(?:con số|số [^\W\d_]+|nhiệt độ|mực nước|dân số|nhu cầu|thiệt hại)(?: [^\W\d_]+){0,4} sẽ (?:lên|tăng|giảm|vượt|xuống|chạm)|có (?:thể|khả năng) (?:sẽ )?(?:lên|đạt|tăng|giảm|mất|vượt|kéo dài|dâng|xuống|chạm|gấp|rơi))(?!\w)"
)
FORECAST = re.compile(r"(?<!\w)(?:ước tính|dự báo|dự đoán|ước đoán|ước lượng|tiên đoán|phỏng đoán)(?!\w)")
"""The same, of all that follows in the clause."""
FORECAST_BEHIND = re.compile(
    r"[^;.]{0,60}?(?:(?<!\w)(?:như|theo) (?:các |những |một số )?(?:dự báo|dự đoán|ước tính|tính toán|ước đoán)|, (?:dự đoán|dự báo|ước tính)(?! là))(?!\w)"
)
PLAN_BEHIND = re.compile(
    r"(?:(?! (?:đã|vừa|nhưng|song|mà|để|đang|có) )[^;:.!?”\"]){0,90} sẽ (?:được |chính thức |cùng |lần lượt |tiếp tục )*(?:tổ chức|trao|diễn ra|khởi công|khai mạc"
    r"|khai trương|khánh thành|tham gia|tham dự|thi đấu|tranh tài|bắt đầu|đưa vào|xây|nhận|trình diễn|hoàn thành|lên đường)(?!\w)"
)
"""Behind a figure: what it is said of is still to come."""
SPLITS_KIND = re.compile(
    r"[;(]|(?<!\w)(?:trong khi|trong lúc|nhưng|song|hiện nay|(?<!thực )(?<!thể )(?<!xuất )(?<!phát )(?<!tái )(?<!biểu )hiện|cho dù|mặc dù|bởi|trong tổng số|(?<!dự )vì(?! vậy| thế))(?!\w)"
)
"""Behind one of these a word of planning no longer holds."""
