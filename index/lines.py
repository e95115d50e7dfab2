"""What a line of a saved web page is: a counter, a menu entry, a pager, page furniture.

Closed lists of what Vietnamese news sites and official portals print around an article.
"""

from __future__ import annotations

import re

_COUNT = r"\s*:?\s*\d[\d.,]*"
_BULLET = re.compile(r"[•·◦▪►▶»●○■◆]+\s*")

# Nothing but counters, wherever they stand.
_COUNTER = re.compile(
    rf"(?:(?:số |tổng (?:số )?)?lượt (?:xem|đọc|truy cập|view){_COUNT}"
    rf"|(?:số )?lượt truy cập:?|\d[\d.,]* lượt (?:xem|đọc|truy cập)"
    rf"|(?:số lượng|số người) truy cập(?:{_COUNT})?:?"
    rf"|thống kê (?:lượt )?truy cập:?|bộ đếm(?: truy cập)?:?"
    rf"|(?:đang |tổng (?:số )?|tổng lượt )truy cập{_COUNT}"
    rf"|(?:số người )?(?:đang )?(?:online|trực tuyến){_COUNT}"
    rf"|(?:no title\.{{3}}\s*)+)",
    re.IGNORECASE,
)
# Counters only beside one of the above or after the article: elsewhere the words may begin a table row.
_COUNTER_ROW = re.compile(
    rf"(?:tất cả|tổng|tổng cộng|tổng số|hôm nay|hôm qua|trong (?:tuần|tháng|năm)|tuần (?:này|trước)"
    rf"|tháng (?:này|trước)|năm (?:nay|trước)|khách(?: viếng thăm)?|thành viên|truy cập){_COUNT}",
    re.IGNORECASE,
)


def _entries(text: str) -> frozenset[str]:
    return frozenset(" ".join(entry.split()) for entry in text.split("|"))


_MENU = _entries("""
    truy cập nội dung luôn | bỏ qua nội dung | bỏ qua nội dung chính | chuyển đến nội dung | đăng nhập |
    đăng xuất | đăng ký | trang chủ | về trang chủ | sơ đồ trang | sơ đồ cổng | sitemap | rss | menu |
    tìm kiếm | tìm kiếm nâng cao | english | tiếng việt | tin tức khác | tin khác | các tin khác | tin
    bài khác | các bài khác | bài viết khác | tin liên quan | bài viết liên quan | tin bài liên quan |
    tin cùng chuyên mục | cùng chuyên mục | bài cùng chuyên mục | các tin đã đưa | các tin mới hơn | các
    tin cũ hơn | tin mới hơn | tin cũ hơn | các tin tiếp | các tin trước | xem tiếp | xem thêm | đọc
    thêm | in bài viết | in bài | in trang | in trang này | bản in | chia sẻ | chia sẻ bài viết | bình
    luận | ý kiến bạn đọc | gửi bình luận | viết bình luận | gửi ý kiến | gửi phản hồi | gửi email | gửi
    cho bạn bè | gửi bài viết | lưu bài viết | nghe bài viết | nghe đọc bài | đọc bài viết | sao chép
    liên kết | copy link | facebook | twitter | zalo | youtube | tiktok | linkedin | pinterest | google+
    | print | share | tweet | like | thích | quay lại | trở lại | lên đầu trang | về đầu trang | đầu
    trang | trang sau | trang trước | cỡ chữ | tăng cỡ chữ | giảm cỡ chữ | tương phản | click để đánh
    giá bài viết
""")
# Entries that may as well head an article: menus only after its last line of prose.
_TAIL_MENU = _entries("""
    video | videos | clip | phim tư liệu | thư viện ảnh | thư viện video | thư viện | hình ảnh | album
    ảnh | multimedia | media | thông báo | tin tức | tin nổi bật | tin mới | tin mới nhất | tin đọc
    nhiều | đọc nhiều | xem nhiều | tin xem nhiều | báo cáo - thống kê | báo cáo | thống kê | văn bản |
    văn bản mới | văn bản chỉ đạo | liên kết | liên kết web | liên kết website | liên kết trang | quảng
    cáo | lịch công tác | lịch làm việc | hỏi đáp | góp ý | liên hệ | giới thiệu | dịch vụ công | thăm
    dò ý kiến | chuyên mục | chuyên đề | thủ tục hành chính | từ khóa | tags | tag
""")
_CRUMBS = re.compile(r"trang chủ\s*[>»›/|→].*", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[|•·]\s*|\s+/\s+")
_PAGER = re.compile(
    r"(?:trang\s*:?\s*)?[«‹<\s]*1(?:[\s|,]+\d{1,3})*[\s|]*(?P<more>(?:\.{3}|…|[»›>]|\s)*)", re.IGNORECASE
)
# Headers that pages glue to the last word of the article: "Lê VũPhim tư liệu".
_GLUED = re.compile(
    r"(?P<kept>.+)(?P<menu>Phim tư liệu|Tin tức khác|Tin liên quan|Các tin khác|Thống kê truy cập|Video|VIDEO"
    r"|In bài viết|Thư viện ảnh|Thông báo|Lượt xem:\s*\d[\d.,]*)"
)
_FURNITURE = re.compile(
    r"[@©®\s]*(?:"
    r"(?:cơ quan (?:chủ quản|ngôn luận)|đơn vị (?:chủ quản|quản lý|thực hiện|phát triển|thiết kế)"
    r"|bản quyền(?: thuộc)?|chịu trách nhiệm(?: chính| nội dung| xuất bản)*|(?:phó )?tổng biên tập"
    r"|(?:trưởng )?ban biên tập|thư ký tòa soạn|tòa soạn|trụ sở(?: chính)?|địa chỉ"
    r"|e-?mail|mail|hộp thư|website|(?:thiết kế|phát triển)(?: bởi)?)\s*:"
    r"|(?:(?:số )?điện thoại|đt|tel|fax|hotline|đường dây nóng)\b[^:]{0,25}:\s*[(+]*\d"
    r"|giấy phép\s*(?:số|:|xuất bản số|hoạt động số|thiết lập)|giấy xác nhận số"
    r"|(?:vui lòng |yêu cầu |đề nghị )?ghi rõ nguồn"
    r"|copyright\b|bản quyền thuộc|(?:thiết kế|phát triển) bởi|©|®).*",
    re.IGNORECASE,
)


def has_bullet(line: str) -> bool:
    """Whether a line begins with a list mark (not "-" or "*", which begin speech and questions)."""
    return _BULLET.match(line) is not None


def _bare(line: str) -> str:
    return _BULLET.sub("", line, count=1) if has_bullet(line) else line


def is_counter(line: str) -> bool:
    """Whether a line is a visit counter or its heading.

    >>> is_counter("Lượt xem: 357"), is_counter("• Đang online: 97"), is_counter("Lượt khách tăng 20%")
    (True, True, False)
    """
    return _COUNTER.fullmatch(_bare(line)) is not None


def is_counter_row(line: str) -> bool:
    """Whether a line would be a counter beside another one: "Tất cả: 2626280".

    >>> is_counter_row("• Hôm nay: 5943"), is_counter_row("Hôm nay: mưa")
    (True, False)
    """
    return _COUNTER_ROW.fullmatch(_bare(line)) is not None


def is_menu(line: str, *, after_article: bool) -> bool:
    """Whether every part of a line is a menu entry.

    Args:
        line: one line.
        after_article: whether it stands below the last line of prose, where more words are menus.

    >>> is_menu("In bài viết | Chia sẻ", after_article=False), is_menu("Thông báo", after_article=False)
    (True, False)
    """
    if _CRUMBS.fullmatch(line):
        return True
    entries = _MENU | _TAIL_MENU if after_article else _MENU
    parts = [part.casefold().rstrip(":. ") for part in _SEPARATOR.split(_bare(line)) if part]
    return bool(parts) and all(part in entries for part in parts)


def is_pager(line: str, *, after_menu: bool) -> bool:
    """Whether a line counts pages from one: beside a menu, or with a sign that there are more.

    >>> is_pager("1 2 3 4 5 ...", after_menu=False), is_pager("1 2 3", after_menu=False)
    (True, False)
    """
    match = _PAGER.fullmatch(line)
    if match is None:
        return False
    pages = [int(page) for page in re.findall(r"\d+", line)]
    if pages != list(range(1, len(pages) + 1)):
        return False
    return after_menu or (len(pages) > 1 and bool(match["more"].strip()))


def unglued(line: str) -> list[str]:
    """A line without the page header that is glued to its last word; both parts.

    >>> unglued("Lê VũPhim tư liệu"), unglued("Xem Video")
    (['Lê Vũ', 'Phim tư liệu'], ['Xem Video'])
    """
    match = _GLUED.fullmatch(line)
    if match is None or not match["kept"][-1].islower():
        return [line]
    return [match["kept"], match["menu"]]


def is_furniture(line: str) -> bool:
    """Whether a line is an owner, address, telephone or licence line.

    >>> is_furniture("Giấy phép số 01/GP-STTTT"), is_furniture("Điện thoại: Giá rẻ dần")
    (True, False)
    """
    return _FURNITURE.fullmatch(line) is not None
