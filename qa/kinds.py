"""The kind of answer that a question asks for, by rules.

The patterns are written with diacritics and each is compiled twice: as it is, for questions with diacritics, where
"sau" is not "sáu" and "sản" is not "sân"; and folded, for questions typed without.
"""

from __future__ import annotations

import re
from typing import Literal

from index.names import is_surname
from index.vietnamese import UPPER, fold, has_diacritics, is_syllable, normal_tone

Kind = Literal["number", "date", "person", "role", "place", "contact", "list", "reason", "text", "comparison"]

HOW_MANY = r"bao nhieu|bao nhiu|bnhieu|\bbn\b|\bnhieu\b(?=\s*(?:\?|$|tien|mot|vay|the|ty|trieu|tin\b|tan\b|ha\b|km\b))|\bmay\b(?! (?:moc|bay|tinh|lanh|cay(?! so)|keo|bom|nang|chu|anh|mau|xay|phat|gat))|\bbao lau|\bbao xa|\bmuc nao|\bbao lon"
"""What asks for a number, in folded text (see ``disambiguated``)."""
ADDRESS = r"\bdia chi\b|\btru so\b"
"""What asks for a postal address, in folded text."""

_ROLES = (
    r"(?:phó )?(?:tổng )?(?:chủ tịch|bí thư|giám đốc|hiệu trưởng|trưởng (?:phòng|ban|đoàn|khoa|thôn|ấp|bản|công an)|cục trưởng|chi cục trưởng|viện trưởng|"
    r"bộ trưởng|thứ trưởng|ngoại trưởng|vụ trưởng|tổng cục trưởng|thủ tướng|tổng thống|thống đốc|quốc vương|đại sứ|tổng lãnh sự|tổng thư ký|tổng biên tập|"
    r"tổng thanh tra|chánh thanh tra|chánh án|tư lệnh|kế toán trưởng|tác giả|tài xế|huấn luyện viên|thuyền trưởng|kiến trúc sư|nhà (?:văn|thơ|khoa học|báo)|bác sĩ|chủ nhiệm|đội trưởng|"
    r"gđ|ct|pct|tgđ|hlv|cô giáo|thầy giáo|đại biểu|đạo diễn|nữ hộ sinh|nghệ nhân|nhạc sĩ|họa sĩ|ca sĩ|thị trưởng|chánh văn phòng|trạm trưởng)"
)
_HE = r"(?<!báo )(?<!nước )(?<!hãng )anh"
"""No country: "tờ báo Anh nào"."""
_PEOPLE = (
    rf"người|bác|nhân viên|hội trưởng|tổ trưởng|ông|bà|{_HE}|chị|cô|(?<!gia )vị|cán bộ|nhân vật|chiến sĩ|sĩ quan|bác sĩ|thầy thuốc|"
    r"nhà (?:điêu khắc|văn|thơ|báo|khoa học|nghiên cứu|sử học|hóa học|vật lý|toán học|thiên văn|hàng hải|thám hiểm|sáng lập|cầm quyền)|tác giả|ca sĩ|học sinh|cầu thủ|tuyển thủ|vua|"
    r"tướng|tài xế|trưởng khoa|lãnh đạo|nghệ nhân|nghệ sĩ|nhạc sĩ|đại sứ|thành viên|diễn viên|ứng viên|giáo viên|sinh viên|vận động viên|biên tập viên|cộng tác viên|phóng viên|"
    r"kỹ sư|luật sư|giáo sư|chuyên gia|học giả|thương gia|giám mục|thương nhân|tiểu thương|doanh nhân|doanh gia|tỷ phú|tỉ phú|nghị(?! quyết| định)|bạn đọc|nông dân|công nhân|thí sinh|nạn nhân|nghi phạm|bị cáo|"
    r"trọng tài|thị trưởng|vị quan|già làng|kẻ|sếp|môn đệ|học trò|đệ tử|kép|đại diện|trùm|chủ nợ|nhà vô địch|phụ nữ|đàn ông|kỳ thủ|tay (?:vợt|đua|súng|máy|trống|chèo)|"
    r"nhà (?:ngoại giao|giáo|buôn|toán|thiết kế|sản xuất phim|phê bình|tạo mẫu|soạn nhạc)|nữ (?:cảnh sát|diễn viên|ca sĩ|hoàng|văn sĩ|bác sĩ|sinh viên|tiến sĩ|chính khách|y tá)|"
    r"cảnh sát|chính khách|chính trị gia|quan chức|thủ môn|tiền đạo|tiền vệ|hậu vệ|trung vệ|đội trưởng|thuyền trưởng|phi công|phi hành gia|đạo diễn|nhà quay phim|người mẫu|hoa hậu|á hậu|"
    r"thẩm phán|kiểm sát viên|công tố viên|điều tra viên|đối thủ|cựu (?:binh|chiến binh|tổng thống|thủ tướng|bộ trưởng|cầu thủ|chủ tịch|giám đốc)|tổng thống|thủ tướng|bộ trưởng|lái buôn|"
    r"đbqh|giảng viên|chuyên viên|kế toán|thư ký|trợ lý|phát ngôn viên|hướng dẫn viên|tình nguyện viên|kiểm lâm|thương binh|việt kiều|(?:cựu|phó|tổng) \w+ trưởng|phó (?:ban|phòng|khoa|đoàn)|trưởng (?:tàu|trạm|nhóm|bộ môn)|"
    r"nhà (?:tâm lý|kinh tế|xã hội học|văn hóa|sưu tập|hảo tâm|thám tử)|gs|ts|ths|tư lệnh|thương lái|nữ sinh|thiếu nữ|thiếu niên|thanh niên|đồng đội|đồng minh|ông chủ|bà chủ|chủ (?:vựa|quán|tiệm|cửa hàng|trại|nhà|xe|tàu|hộ|trọ)|cụ|võ sĩ|cua-rơ|vận động viên|huấn luyện viên|thợ (?!mỏ)\w+|bà con|bạn (?:gái|trai)|con (?:trai|gái|rể|dâu)|cháu|tướng lĩnh|thạc sĩ|tiến sĩ|biên kịch|biên đạo|nhà tiên tri|"
    r"đầu bếp|bếp trưởng|lính|chính trị viên|cố vấn|thủ quỹ|ngôi sao(?! (?:lùn|chổi|băng|đôi))|công chúa|hoàng tử|soạn giả|thủ lĩnh|nguyên thủ|vđv|y tá|hộ lý|điều dưỡng|bảo vệ|trưởng bản|bé (?:trai|gái)|"
    r"nhà (?:phân tích|soạn \w+|tạo mẫu)|(?:cậu|cô|em) bé|chàng trai|cô gái"
)
_NO_HEADS = frozenset(["cô", "bà", _HE, "chị", "vua", "ông", "cháu", "cụ", "bà con", "phụ nữ", "đàn ông"])
_HEADS = "|".join(noun for noun in _PEOPLE.split("|") if noun not in _NO_HEADS)
_NAMED = "sếp|chủ|kẻ|đứa|em|vợ|chồng|cha|bố|mẹ|nữ|nam|thầy|hoàng|chúa|tên|thủ khoa|thí sinh|nạn nhân|vận động viên|bt|ht|con (?:trai|gái|đẻ|nuôi|đầu|út)"
"""Words beside those for people after which "tên gì" asks for a person's name."""
_THINGS = (
    r"ngành|nghề|lĩnh vực|môn|món|câu|từ|điều|việc|(?<!nội )vụ|phim|bài|giải|trận|loại hình|hình thức|ngả|(?<!cán )bộ|kỳ thi|đảng|(?<!ngân )sách|cuốn|quyển|tờ|"
    r"màu|chất|thuốc|bệnh|xe|tàu|luật|nghị định|nghị quyết|sim|mạng|hệ|dòng|hạng mục|phương án|giải pháp|biện pháp|chương trình|sự kiện|mục tiêu"
)
"""What no person is, right before "nào"."""
_WORKS = (
    r"bài|ca khúc|bản nhạc|cuốn|quyển|sách|phim|bộ phim|vở (?:kịch|diễn|tuồng|cải lương)|tác phẩm|học bổng|hợp chất|chất|live ?show|show|đĩa|album|giải|chương trình|dự án|đề tài|"
    r"tàu|con (?:tàu|voi|chó|mèo|ngựa|thú)|xe|chiếc|chiêu|món|loài|ban nhạc|nhóm(?! trưởng)|đội(?! viên| trưởng)|trang|tờ (?:báo|rơi|tiền)|báo|cây|trò (?:chơi|diễn)|phần mềm|blog|website|cuộc|quỹ|hội(?! trưởng| viên)|công ty|quán (?:ăn|cà phê|nhậu|phở)"
)
"""What a question begins with that asks for the name of a thing, whoever it is of."""
_PLACES = (
    r"nơi|chỗ|đâu|xã|huyện|tỉnh|thành phố|tp|quận|phường|thị xã|thị trấn|thôn|ấp|(?<!văn )(?<!kịch )(?<!phiên )bản|làng|buôn|khu phố|đường|phố|cầu|chợ|ga|cảng|bến|sân|đảo|nước|vùng|khu|"
    r"khu vực|địa phương|địa bàn|địa điểm|địa chỉ|vị trí|đơn vị|cơ quan|công ty|cty|hãng|tập đoàn|xí nghiệp|doanh nghiệp|hợp tác xã|htx|ngân hàng|tổ chức|liên danh|"
    r"(?<!môi )(?<!thị )(?<!lập )trường(?! hợp)|bệnh viện|bv|viện|nhà máy|công viên|khu công nghiệp|kcn|cụm công nghiệp|khu dân cư|sông|hồ|núi|rừng|vịnh|bãi|đền|chùa|tòa nhà|"
    r"khách sạn|nhà hàng|trung tâm|sở|cục|quốc gia|bang|thủ đô|châu lục|tuyến|cao tốc|công trình|dự án|câu lạc bộ|clb|đội|tờ báo|đài|siêu thị|nhà hát|rạp|(?<!tập )quán|bảo tàng|thư viện|cửa khẩu|cung điện|lâu đài|nhà thờ|trại|khu đô thị|nhà sách|cửa hàng|tiệm"
)
_TIMES = r"ngày|hôm|(?<!lương )(?<!thuê )tháng|năm|buổi|sáng|chiều|tối|đêm|(?<!cao )(?<!đá )(?:quý|quí)|(?<!khung )giờ|thời gian|thời điểm|thời kỳ|giai đoạn|nhiệm kỳ|mùa|(?<!nhân )dịp|(?<!thu )hồi|mốc|thế kỷ|thế kỉ|thập niên|niên khóa"
_NUMERALS = "hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
_HOW_MANY = (
    r"bao nhiêu|bao nhiu|bnhieu|\bbn\b|(?<!bao )\bnhiêu\b(?= (?:một|1|tiền|người|km|ha|tấn|tỷ|tỉ|triệu|phần|lần|năm|tháng|ngày|con|cái|trường|hộ|em|vậy|thế)\b|\s*(?:%|\?|$))|\bnhieu\b(?=\s*(?:\?|$|tiền|một|vậy|thế|tỷ|triệu|tin\b))|\bmấy\b|\bbao lâu|\bbao xa|\bbao lớn|"
    r"(?<!giám )(?<!hạng )(?<!danh )(?<!chuyên )\bmức nào|\b(?:bán|mua|với|ra|chốt) giá nào|\b(?:mức giá|hệ số|tỷ số|tỉ số|con số|mức lương|lãi suất|số tiền|tỷ lệ|tỉ lệ|cỡ) nào\b|"
    r"\b(?:rộng|xa|cao|dài|sâu|nặng|lớn|đông|ước|chỉ còn|còn|góp|hơn|tối đa|tăng|giảm|hụt|mất|tốn|giá trị|được|lên) (?:\w+ ){0,2}chừng nào|\b(?:mức án|độ sâu|độ cao|độ dài|chiều cao|chiều dài|phần|tuổi|vận tốc|tốc độ|hiệu suất) nào\b"
)
_HOW_MANY_PLAIN = (
    HOW_MANY + r"|\b(?:muc gia|he so|ty so|ti so|con so|muc luong|lai suat|so tien|ty le|ti le) nao\b"
)

_RULES: tuple[tuple[Kind, str], ...] = (
    ("comparison", r"\bgiữa\b.*\bvà\b.* nào\b.* hơn\b| nào\b.* hơn\b.*\b(?:hay|giữa)\b|\w (?:hay|hoặc)\b.* (?:cao|lớn|nhiều|đông|nhanh|mạnh|dài|rộng|thấp|ít|nhỏ|kém|chậm|ngắn)(?: \w+){0,3} hơn\b(?! \d)|\bso với .* thì .*(?:cao|thấp|nhiều|ít|lớn|nhỏ) hơn(?! bao| mấy)"),
    ("list", r"(?<!bao )(?<!số )(?<!nhà )\bmấy (?:" + _PLACES + "|" + _PEOPLE + r") nào\b"),
    ("list", r"^(?:" + _NUMERALS + r"|[2-9]) (?!giờ|ngày|tháng|năm|tuần|của|em\b|mẹ|con\b)(?!.*\bai (?:hơn|nhiều|cao)\b)[^?]*\b(?:là (?:những )?ai|tên (?:là )?gì|gồm (?:những )?ai)\s*\??$"),
    ("contact", r"^(?:cho (?:tôi |em |mình )?(?:hỏi|xin) )?(?:số )?(?:điện thoại|đt|sđt|sdt|fax)\b(?!.*\b(?:bán|xuất|thuê bao|giá)\b).* là bao nhiêu\s*\??$"),
    ("contact", r"^(?!.*\b(?:bao nhiêu|bao nhieu|mấy (?!số)|tên (?:là )?gì|là ai|vì sao|tại sao|nào làm|chuyện gì|biện pháp gì|thì bị|doanh số|(?:qua|trong|xài|dùng|chiếc|mua|bán) điện thoại)\b).*(?:số điện thoại|\bsố di động\b|\bsđt\b|\bsdt\b|\bsố đt\b|hộp thư|\bhotline\b|đường dây nóng|\bgọi (?:đến |tới |vào )?số nào)"),
    ("contact", r"^(?!.*\b(?:ai|gì|đâu|nào|mấy|bao nhiêu|sao|khi|(?:qua|trong|xài|dùng|chiếc|mua|bán|siêu thị|thẻ|máy|trên|xuất khẩu|nhập khẩu|sản xuất|sản lượng|thị trường) điện thoại)\b)(?!diện tích|giá|số (?:thuê bao|người|lượng|máy)|doanh).*\b(?:điện thoại|email|e-mail|mail|fax)\b|\b(?:điện thoại|email|e-mail|mail|fax)(?: liên hệ| liên lạc)?(?: là)? (?:(?:số )?(?:gì|mấy)|(?:số |địa chỉ )?nào)\b|\b(?:điện thoại|email|e-mail|mail|fax)\b.* là (?:gì|số (?:nào|mấy|gì)|địa chỉ nào)\s*\??$"),
    ("person", r"^(?:" + _HEADS + r") (?:(?!(?:" + _PLACES + "|" + _THINGS + r"|thế|như|cách|kiểu|loại|lúc|khi)\b)[^\s?]+ ){0,2}nào\b"),
    ("role", r"^(?!.*\bbao nhiêu\b).*(?:chức (?:vụ|danh) (?:gì|nào)|(?:quân hàm|cấp bậc|cấp hàm) (?:gì|nào)|(?:giữ|đảm nhiệm|làm) chức|\bchức vụ\b|là ai trong|làm chức gì|^(?:ông|bà|anh|chị|đồng chí|đ/c) (?!nào\b)(?:\w+ ){2,5}là ai\b)"),
    ("person", r"^(?:" + _ROLES + "|" + _HEADS + r"|ông|bà|cô|anh|chị)\b.*\b(?:(?<!sách )(?<!phim )(?<!truyện )tên (?:là )?(?:gì|j)|là ai)\s*\??$"),
    ("person", r"^ai\b(?! (?:cũng|đó)\b)(?!.* (?:hay|hoặc) )|\b(?:do|bởi) ai\b"),
    ("list", r"(?:bao nhiêu|mấy)\b.*\b(?:ở )?(?:từng|mỗi loại|từng loại)\b|\blần lượt\b"),
    ("date", r"(?<!chỉ )khi nào(?! cũng)|\bthời khắc nào|(?<!không )(?<!chưa )(?<!chẳng )bao giờ|lúc nào(?! cũng)|\bkhung giờ nào|(?<!dài )(?<!mất )mấy giờ(?! (?:một|mỗi|đồng hồ|liền))|giờ mấy(?! \w)|\bt mấy\b|(?<!rộng )(?<!xa )(?<!cao )(?<!dài )(?<!sâu )(?<!nặng )(?<!ước )(?<!còn )(?<!góp )(?<!hơn )(?<!tối đa )(?<!tăng )(?<!giảm )(?<!hụt )(?<!giá trị )(?<!được )chừng nào(?! tiền| dân| người)|bữa nào|\bnhững (?:năm|ngày) nào\b(?!.* tuần)|(?<!những )(?<!mỗi )(?<!hằng )(?<!hàng )(?<!mua )\b(?:" + _TIMES + r") (?:nào(?! cũng)|gì|(?:mấy|bao nhiêu)(?=\s*(?:[?,.:;(]|$|(?:tháng|năm|thì|vậy|mới|là|ạ|thế|diễn|khai|bắt|kết|có hiệu|ra|được|sẽ|nhỉ|hả|âm lịch|dương lịch|hàng|hằng|tới|đến|ở|tại|trong|trước|sau|để|đó|nên|z|nhé)\b)))(?!\w)|^(?:ngày|tháng|năm|hôm) mấy\b|ngày tháng năm|\bhạn (?:nộp|chót|cuối|hoàn thành)|\bngày (?:sinh|mất|thành lập|khởi công|khánh thành|khai mạc|bế mạc|hiệu lực|áp dụng|đăng|ban hành)"),
    ("place", r"\bở đường nào\b|địa chỉ.*\bsố mấy|\bsố mấy,? (?:đường|phố)|\bở số mấy|\bquê (?:quán )?(?:ở|gốc ở|tại) (?:đâu|xã nào|tỉnh nào)"),
    ("text", r"\b(?:ở|về|trên|tại) (?:những |các )?(?:điểm|mặt|khía cạnh|phương diện|hình thức|mức độ) nào\b|\b(?:kỷ luật|xử lý|phê bình|cảnh cáo)\b.* mức (?:độ )?nào\b"),
    ("number", r"\b(?:tỷ lệ|tỉ lệ|thu nhập|sản lượng|khối lượng|giá trị|vốn|giải ngân|phủ|lấp đầy|lấp kín|nới rộng|dâng|diện tích|tiến độ|chỉ tiêu|doanh thu)\b[^?]*\b(?:tới|đến) đâu\b|(?<!đánh )\bgiá (?:thế nào|ra sao|nào)\b|(?<!năm )thứ mấy|hạng mấy|khóa mấy|\bthứ hạng\b|\b(?:phút|giây|vòng|tầng|lớp|loại|cấp|bậc|số|giải|đợt|nhóm) (?:thứ )?mấy\b"),
    ("reason", r"\bvì sao|\btại sao|\bdo đâu|\bbởi đâu|\bnhờ đâu|\bvì đâu|\bcớ gì\b|\bcớ sao|nguyên (?:nhân|cớ|do)|\blý do|\blí do|(?<!ngôi )(?<!chòm )(?<!siêu )(?<!các )(?<!bản )(?<!làm )\bsao (?:mà )?(?!biển|chép|kê|lưu|chụp|y\b|nào\b|mai\b|trẻ (?:nào|của)\b|nhí\b|của\b|điện ảnh|ca nhạc|bóng đá|nhân hậu)|\bvì (?:cái )?gì|bởi (?:vướng mắc )?gì|\bnhờ (?:cái )?gì"),
    ("list", r"(?<!thứ )(?<!\d)\b(?:" + _NUMERALS + r"|\d{1,2}) (?:" + _PLACES + r") nào\b"),
    ("place", r"^(?!.*\b(?:những|các|gồm)\b)(?!(?:" + _HEADS + r")\b).*\b(?:" + _PLACES + r") nào\b"),
    ("place", r"^(?!.*\b(?:những|các|gồm)\b)(?=(?:" + _HEADS + r")\b).*(?:\b(?:ở|tại|về|đến|tới|sang|từ|vào|xuống|trong|qua|thuộc|người|của|học|học sinh|sinh viên|chọn|dẫn|quê) (?:đoàn )?(?:" + _PLACES + r")(?: [^\s?]+){0,2}|\b(?:ở|tại) (?!vòng|giải|trận|mức|tuổi|khâu|bộ|điểm|lĩnh|hạng|phim|môn|thời)\w+(?: \w+)?) nào\b"),
    ("text", r"^(?!.*\b(?:những|các|gồm) (?:\S+ ){0,2}(?:gì|nào)\b)(?!.*\b(?:hai|ba|bốn|năm|\d) (?:\S+ ){0,2}(?:gì|nào)\b).*\b(?:nghề|tội|tội danh|lỗi|bằng cách|tình trạng|hình phạt|hình phạt bổ sung|chuyện|(?<!cao )bằng|cái tên|biệt danh|biệt hiệu|trận|điều luật) (?:gì|nào)\b|^(?!.*\b(?:những|các|gồm) (?:\S+ ){0,2}gì\b).*\b(?:được )?(?:gọi|coi|xem|ví) .*\blà gì\b"),
    ("list", r"(?<!trong )\bnhững\b.*\b(?:nào|gì|ai|đâu)\b|\bgồm (?:những|các)?|kể tên|liệt kê|(?<!trong )\bcác\b.* nào\b|lần lượt|(?<!thứ )(?<!khóa )(?<!quận )(?<!phường )(?<!vòng )(?<!lớp )(?<!hạng )(?<!tháng )(?<!số )(?<!nghị quyết )(?<![\d/.,-])\b(?:" + _NUMERALS + r"|\d{1,2}) (?![-/])(?!của\b|tháng|năm\b|ngày|giờ|\d|(?:nay|nào|ngoái|trước|sau|qua|tới|đó|ấy|học)\b)[^?]{2,60}\b(?:nào|gì|những ai)\b|\bnhững ai\b"),
    ("person", r"^(?:" + _HEADS + r")\b(?!.*\b(?:chỗ|nơi|lực lượng|cty|công ty|cách|tên|thế|như|kiểu|loại|ngày|" + _THINGS + r") nào\b)[^?]* nào\b|^(?:ông|bà|anh|chị|cô|chú|cụ) (?!còn\b)(?:\w+ ){1,3}nào\b"),
    ("person", r"(?<!không )(?<!chẳng )(?<!chưa )\bai\b|\b(?:" + _PEOPLE + r") (?:(?!thế\b|như\b)\w+ )?nào\b|^tên (?:thật |húy |đầy đủ )?(?:là )?(?:gì|j)\b|^(?!(?:" + _WORKS + r")\b(?!.*\b(?:có|do|người) .*\btên\b)).*(?<!của )\b(?:" + _PEOPLE + "|" + _NAMED + "|" + _ROLES + r")\b[^?]*(?<!mang )(?<!đặt )(?<!có )(?<!sách )(?<!phim )(?<!bài )(?<!truyện )\btên (?:thật |đầy đủ )?(?:là )?(?:gì|j|chi)\b|\btên (?:thật |húy |đầy đủ )?của (?:" + _PEOPLE + "|" + _NAMED + "|" + _ROLES + r")\b[^?]*\b(?:gì|j)\b|^" + _ROLES + r"\b(?!.*\b(?:gì|thế nào|ra sao|làm sao|vì sao|tại sao|đâu|khi nào|lúc nào|bao giờ|năm nào|ngày nào)\b)(?!.*\b(?:đối tượng|loại|cách|" + _THINGS + r") nào\b)|^người\b(?!.*\b(?:gì|đâu|(?:chỗ|nơi|cty|công ty|trường|lực lượng) nào)\b)|^già làng\b"),
    ("place", r"\b(?:ở|tại|đến|tới|từ|về|đi|vào|sang|khỏi|qua|gần|nằm|đặt|chỗ) đâu\b(?! tiên| tư\b| năm| giá\b| thầu| người| mối\b)|\bđâu\s*(?:\?|$|vậy|thế\b|thì\b|rồi\b)|\bđâu là\b|\b(?:" + _PLACES + r") (?:[^\s?]+ ){0,2}nào\b|\bđịa chỉ\b|\btrụ sở\b|^nơi\b|^chủ đầu tư|\bđịa điểm\b|^quê\b"),
    ("text", r"\bgì\b|\bthế nào|\bra sao|\bnhư nào|\bcách nào|\bnào\b|\bj\b"),
)  # fmt: skip
"""Tried from the first to the last; what asks for a number in general comes right behind the first of its kind."""
_KEYWORD_RULES: tuple[tuple[Kind, str], ...] = (
    ("list", r"^(?:các|những|hai|ba|bốn) "),
    ("date", r"^(?:ngày|thời (?:gian|điểm)|hạn (?:chót|cuối|nộp)|năm|tháng|lịch|giờ|mùa) (?!\w+ (?:nhân|công))"),
    ("number", r"\bsố (?:người|vụ|ca|hộ|lượt|lần|tiền)\b|^(?:lệ phí|tuổi |ngưỡng|đỉnh (?:lũ|triều)|điểm chuẩn|lượt |kỷ lục |đơn giá |khoản |tổng |mức |mục tiêu |bình quân |số |tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|giá trị|thu |chi |kim ngạch|diện tích|sản lượng|vốn|kinh phí|doanh thu|dân số|công suất|giá |lượng |dư nợ|thiệt hại|chỉ tiêu|tăng trưởng|năng suất|cước |cát-sê|lương (?!y|thực|thiện)|sức gió|vận tốc|kích thước|tỷ số|tỉ số|tổng giá trị|thời lượng|tỷ suất|tỉ suất|phí |tiền |thuế |quy mô|độ |chiều|tốc độ|học phí|tnbq|grdp|gdp|chỉ số|điểm |nợ |kế hoạch|dự toán|thị phần|chi phí|nhiệt độ|trọng lượng|sức chứa|lãi suất|nguồn|khối lượng|lợi nhuận|giải ngân|khoảng cách|mật độ|nhập khẩu|xuất khẩu|biên chế|quân số|khách du lịch)|\b(?:tổng mức đầu tư|tổng vốn|vốn đầu tư|kinh phí|diện tích|dân số|công suất|sản lượng|doanh thu|kim ngạch|mức phí|học phí|giá vé)(?: (?:năm )?\d{4})?$"),
)  # fmt: skip
"""For questions that are no more than keywords."""

_Compiled = tuple[tuple[Kind, re.Pattern[str]], ...]


def _compiled(rules: tuple[tuple[Kind, str], ...], accented: bool) -> _Compiled:
    """The rules for questions with diacritics, or for those without."""
    how_many = _HOW_MANY if accented else _HOW_MANY_PLAIN
    found: list[tuple[Kind, re.Pattern[str]]] = []
    for kind, pattern in rules:
        found.append((kind, re.compile(normal_tone(pattern) if accented else fold(pattern))))
        if kind == "number" and rules is _RULES:
            found.append((kind, re.compile(how_many)))
    return tuple(found)


_ALL: dict[bool, _Compiled] = {
    accented: (*_compiled(_RULES, accented), *_compiled(_KEYWORD_RULES, accented))
    for accented in (True, False)
}


_WHO_IS = re.compile(rf"(?P<first>[{UPPER}]\w*)(?: [{UPPER}]\w*){{1,4}} (?:là|la) ai *\??$")
"""Who somebody is whose name is said: what is asked is the office."""
_STAR = re.compile(rf"(?<=\w )Sao(?= [{UPPER}])")
"""In a name ("giải Sao Vàng") it does not ask why."""
_QUOTED = re.compile(r"(?<=\S )[“\"][^”\"?]*[”\"]")
"""A title or a saying inside a question: its words ask nothing."""
_OTHERS = re.compile(r"(?:(?<=với )|(?<=như ))mấy (?=\w+ (?:khác|kia|này)\b)")
"""Of others it only makes a plural: "so với mấy quán khác"."""
_SEVERAL_WORD = re.compile(r" mấy (?!giờ|ngày|tháng|năm|lần|người|phần)")
_SEVERAL = re.compile(r"^(?!.*bao nhiêu)(?=.*\b(?:gì|đâu|ai|vì sao|tại sao)\b|sao\b).* mấy ")
"""Beside another asking word "mấy" only makes a plural: "Sao mấy hộ chưa nhận tiền?"."""


def kind_asked(text: str) -> Kind:
    """What kind of answer a question wants; ``text`` is NFC, with or without diacritics.

    >>> [kind_asked(text) for text in ("Xã có mấy trường?", "xa co may truong", "Sau hội có gì?", "Nhà máy nào?")]
    ['number', 'number', 'text', 'place']
    """
    accented = has_diacritics(text)
    named = _WHO_IS.match(text)
    if named and (is_surname(named["first"]) or not is_syllable(named["first"])):
        return "role"
    text = _QUOTED.sub("_", text)
    asked = normal_tone(_STAR.sub("_", text).lower()) if accented else fold(text)
    asked = _OTHERS.sub("", asked)
    if accented and _SEVERAL.search(asked):
        asked = _SEVERAL_WORD.sub(" ", asked)
    for kind, pattern in _ALL[accented]:
        if kind == "person" and asked.startswith(("số ", "ngày ", "so ", "ngay ")):
            continue
        if pattern.search(asked):
            return kind
    return "text"


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
