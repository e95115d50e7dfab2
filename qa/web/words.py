"""The words of the page, in Vietnamese and in English. Articles and answers stay in their own language."""

from __future__ import annotations

from collections.abc import Mapping

from qa.web.markup import count

LANGUAGES = ("vi", "en")

_TABLE: dict[str, tuple[str, str]] = {
    # the page
    "title": ("Hỏi đáp trên bài viết", "Ask the articles"),
    "tab_chat": ("Hỏi đáp", "Ask"),
    "tab_articles": ("Bài viết", "Articles"),
    "tab_figures": ("Số liệu", "Figures"),
    "question": ("Câu hỏi", "Question"),
    "placeholder": (
        "Nhập câu hỏi, có dấu hay không dấu đều được…",
        "Type a question in Vietnamese, with or without diacritics…",
    ),
    "send": ("Gửi", "Send"),
    "hello": ("Hỏi bằng câu thường.", "Ask in plain Vietnamese."),
    "hello_more": (
        "Câu trả lời được trích nguyên văn, kèm nguồn.",
        "Answers are quoted word for word, with their source.",
    ),
    "empty": ("Chưa có bài viết nào.", "There are no articles yet."),
    "empty_more": (
        "Hãy thêm bài ở thẻ “Bài viết”, hoặc bằng lệnh hoidap index.",
        "Add some under “Articles”, or with the command hoidap index.",
    ),
    "examples": ("Thử hỏi", "Try"),
    "other_language": ("English", "Tiếng Việt"),
    "count_articles": ("bài viết", "articles"),
    "count_articles_one": ("bài viết", "article"),
    "newest": ("mới nhất", "newest"),
    "not_indexed": ("tệp chưa có trong chỉ mục", "files not indexed"),
    "not_indexed_one": ("tệp chưa có trong chỉ mục", "file not indexed"),
    # a reply
    "said_by": ("Trả lời", "Answer"),
    "pending": ("Đang tìm trong các bài viết…", "Searching the articles…"),
    "looking_for": ("Đang tìm", "Looking for"),
    "reading": ("Đang đọc", "Reading"),
    "reading_articles": ("bài", "articles"),
    "reading_articles_one": ("bài", "article"),
    "stop": ("Dừng", "Stop"),
    "stopped": ("Đã dừng.", "Stopped."),
    "lost": (
        "Chưa nhận được câu trả lời: không nối được với máy chủ. Xin thử lại.",
        "No answer came: the server cannot be reached. Please try again.",
    ),
    "nearest_heading": (
        "Chỉ có đoạn gần nhất, chưa phải câu trả lời",
        "Only the closest passage: not an answer",
    ),
    "none_heading": ("Không có câu trả lời", "No answer"),
    "ambiguous": (
        "Có nhiều câu trả lời: hãy nêu rõ nơi hoặc thời gian",
        "Several answers: say which place or time you mean",
    ),
    "disagreement": ("Các nguồn nêu khác nhau", "The sources disagree"),
    "scope": ("Số liệu của", "Figure of"),
    "understood": ("Đã hiểu là", "Understood as"),
    "searched": ("Câu hỏi đầy đủ", "Full question"),
    "confidence": ("Độ tin cậy", "Confidence"),
    "high": ("chắc chắn", "certain"),
    "fair": ("khá chắc", "fairly sure"),
    "low": ("chưa chắc", "unsure: check the source"),
    "limited": ("Chỉ tìm trong", "Searched only"),
    "limit_source": ("nguồn", "source"),
    "limit_since": ("từ", "from"),
    "limit_until": ("đến", "until"),
    "marker": ("Xem nguồn", "See source"),
    "copy": ("Chép", "Copy"),
    "copied": ("Đã chép", "Copied"),
    "copy_title": ("Chép câu trả lời kèm nguồn", "Copy the answer with its sources"),
    "link": ("Liên kết", "Link"),
    "link_title": ("Chép liên kết tới câu hỏi này", "Copy a link to this question"),
    "retry": ("Hỏi lại", "Ask again"),
    "edit": ("Sửa câu hỏi", "Edit question"),
    "editing": ("Đang sửa câu hỏi; các câu sau nó sẽ bị bỏ.", "Editing; later questions will be dropped."),
    "cancel": ("Thôi", "Cancel"),
    "verdict": ("Câu trả lời này:", "This answer:"),
    "verdict_right": ("Đúng", "Right"),
    "verdict_figure": ("Sai số liệu", "Wrong figure"),
    "verdict_source": ("Sai nguồn", "Wrong source"),
    "verdict_topic": ("Lạc đề", "Off topic"),
    "verdict_thanks": ("Đã ghi, cảm ơn bạn", "Noted, thank you"),
    "ask_next": ("Hỏi tiếp", "Ask next"),
    "disconnected": (
        "Mất kết nối với máy chủ. Trang sẽ tự nối lại.",
        "The server cannot be reached. The page reconnects by itself.",
    ),
    # sources
    "sources": ("Nguồn", "Sources"),
    "sources_of": ("Nguồn của câu", "Sources of question"),
    "sources_here": (
        "Nguồn của câu trả lời sẽ hiện ở đây.",
        "The sources of an answer will appear here.",
    ),
    "no_sources": ("Không có nguồn nào cho câu hỏi này.", "There is no source for this question."),
    "nearest_note": (
        "Đoạn gần nhất tìm được, không phải câu trả lời.",
        "The closest passage found; it is not an answer.",
    ),
    "in_article": ("Xem trong bài", "See in the article"),
    "original": ("Mở bài gốc ↗", "Open the original ↗"),
    "copies": ("Cùng câu này ở", "The same sentence in"),
    "other_hits": ("Các đoạn khác đã đọc", "Other passages read"),
    "changed": (
        "Bài này đã thay đổi hoặc đã được gỡ sau khi trích dẫn.",
        "This article was changed or removed after it was cited.",
    ),
    "whole_article": ("Toàn văn bài viết", "Whole article"),
    "close": ("Đóng", "Close"),
    # filters
    "filters": ("Lọc theo nguồn và thời gian đăng", "Filter by source and date"),
    "source": ("Nguồn", "Source"),
    "source_hint": ("Tất cả các nguồn", "All sources"),
    "since": ("Đăng từ", "Published from"),
    "until": ("Đăng đến", "Published until"),
    "day_hint": ("2021 hoặc 30/9/2021", "2021 or 30/9/2021"),
    "clear_filter": ("Bỏ lọc", "Remove filter"),
    # conversations
    "history": ("Lịch sử", "History"),
    "history_none": ("Chưa có cuộc trò chuyện nào được lưu.", "No conversation saved yet."),
    "history_note": ("Chỉ lưu trong trình duyệt này.", "Kept in this browser only."),
    "new_chat": ("Cuộc mới", "New chat"),
    "export": ("Tải về", "Download"),
    "export_word": ("Word (.docx)", "Word (.docx)"),
    "export_markdown": ("Markdown (.md)", "Markdown (.md)"),
    "delete": ("Xóa", "Delete"),
    "asked": ("câu hỏi", "questions"),
    "asked_one": ("câu hỏi", "question"),
    "source_line": ("Nguồn", "Source"),
    "failed": ("Không làm được việc này. Xin thử lại.", "That did not work. Please try again."),
    "updated": ("Chỉ mục đã được cập nhật", "The index was updated"),
    # articles
    "search_articles": ("Tìm trong tên bài, nguồn, tên tệp", "Search title, source, file name"),
    "col_title": ("Bài viết", "Article"),
    "col_source": ("Nguồn", "Source"),
    "col_day": ("Ngày đăng", "Published"),
    "col_passages": ("Số đoạn", "Passages"),
    "col_status": ("Tình trạng", "Status"),
    "col_actions": ("Thao tác", "Actions"),
    "status_in": ("đã vào chỉ mục", "indexed"),
    "status_out": ("chưa vào", "not indexed"),
    "open": ("Mở", "Open"),
    "remove": ("Gỡ", "Remove"),
    "restore": ("Thêm lại", "Put back"),
    "remove_sure": ("Gỡ bài này khỏi chỉ mục?", "Remove this article from the index?"),
    "earlier": ("Trang trước", "Previous"),
    "later": ("Trang sau", "Next"),
    "none_found": ("Không có bài nào.", "No article."),
    "add": ("Thêm bài viết", "Add articles"),
    "add_files": ("Kéo thả tệp vào đây, hoặc", "Drop files here, or"),
    "choose_files": ("chọn tệp", "choose files"),
    "formats": ("Nhận", "Reads"),
    "add_text": ("Dán văn bản", "Paste text"),
    "text_title": ("Tên bài", "Title"),
    "text_source": ("Nguồn (không bắt buộc)", "Source (optional)"),
    "text_day": ("Ngày đăng (không bắt buộc)", "Published (optional)"),
    "text_body": ("Nội dung", "Text"),
    "add_url": ("Lấy từ địa chỉ web", "Fetch a web address"),
    "url": ("Địa chỉ bài viết", "Address of the article"),
    "add_button": ("Thêm", "Add"),
    "rebuild": ("Cập nhật chỉ mục", "Update the index"),
    "undo": ("Hoàn tác thay đổi cuối", "Undo the last change"),
    "stage_read": ("Đang đọc tệp", "Reading files"),
    "stage_encode": ("Đang mã hóa đoạn", "Encoding passages"),
    "stage_store": ("Đang ghi chỉ mục", "Writing the index"),
    "stage_figures": ("Đang đọc số liệu", "Reading figures"),
    "stage_start": ("Đang chuẩn bị", "Preparing"),
    "left": ("còn khoảng", "about"),
    "seconds": ("giây", "seconds left"),
    "minutes": ("phút", "minutes left"),
    "meanwhile": ("Vẫn hỏi đáp được trong lúc này.", "You can go on asking meanwhile."),
    "done_build": ("Đã xong", "Done"),
    "added": ("bài mới", "new"),
    "altered": ("bài thay đổi", "changed"),
    "removed": ("bài đã gỡ", "removed"),
    "undone": ("Đã hoàn tác", "Undone"),
    "outcome_in": ("đã vào chỉ mục", "indexed"),
    # figures
    "figures_about": (
        "Mọi số liệu trong các bài viết; mỗi dòng mở đúng câu của nó.",
        "Every figure of the articles; each row opens its sentence.",
    ),
    "indicator": ("Chỉ tiêu", "Indicator"),
    "place": ("Nơi", "Place"),
    "kind": ("Loại", "Kind"),
    "unit": ("Đơn vị", "Unit"),
    "year": ("Năm", "Year"),
    "value": ("Giá trị", "Value"),
    "period": ("Thời gian", "Period"),
    "any": ("tất cả", "any"),
    "actual": ("thực hiện", "actual"),
    "estimate": ("ước", "estimate"),
    "plan": ("kế hoạch", "plan"),
    "show": ("Xem", "Show"),
    "csv": ("Tải CSV", "Download CSV"),
    "figures_none": ("Không có số liệu nào khớp.", "No figure matches."),
    "figures_count": ("số liệu", "figures"),
    "figures_count_one": ("số liệu", "figure"),
    "series": ("Số liệu theo thời gian", "Figures over time"),
    "sentence": ("Xem câu", "See sentence"),
}


def words(language: str = "vi") -> dict[str, str]:
    """The words of one language by key; Vietnamese for a language that is not there.

    Examples:
        >>> words("en")["send"], words("xx")["send"]
        ('Send', 'Gửi')
    """
    place = LANGUAGES.index(language) if language in LANGUAGES else 0
    return {key: pair[place] for key, pair in _TABLE.items()}


def counted(number: int, key: str, said: Mapping[str, str]) -> str:
    """A number, with Vietnamese thousands points, and what is counted; ``said[f"{key}_one"]`` stands behind one.

    Examples:
        >>> counted(1, "not_indexed", words("en")), counted(1200, "not_indexed", words("en"))
        ('1 file not indexed', '1.200 files not indexed')
    """
    return f"{count(number)} {said[f'{key}_one' if number == 1 else key]}"
