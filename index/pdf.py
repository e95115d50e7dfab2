"""PDF: the text layer, with wrapped lines joined into paragraphs. Only this file imports pypdfium2."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pypdfium2

from index.errors import UnreadableFile
from index.formats import Draft
from index.legacy import repair
from index.stamps import has_clock
from index.vietnamese import is_syllable, to_nfc

_EDGE = 2  # lines at the head and the foot of a page where running titles stand
# A page number says so itself ("Trang 3", "- 3 -") or is the very number of its page ("3", "3/10").
_PAGE_NUMBER = re.compile(r"(?:trang|page)\s*\d+(?:\s*/\s*\d+)?|[-–—]\s*\d+\s*[-–—]", re.IGNORECASE)
_OWN_LINE = re.compile(
    r"[-–+*•·◦▪●○■]\s|\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)\s|[IVX]{1,5}\.\s|(?:Điều|Chương|Mục)\s\d"
)
_ENDS = (".", "!", "?", ":", ";", "…", ".”", '."', "./.")
_FULL = 0.75  # a line shorter than this share of the widest ones ends its paragraph
_SOFT = "\ufffe\u0002\u00ad"  # how PDFium and typesetting programs mark a word broken at the line's end
_JUNK_TITLE = re.compile(
    r"microsoft word.*|untitled.*|\(?anonymous\)?|.*\.(?:docx?|pdf|indd|pmd|txt|xlsx?)", re.IGNORECASE
)


def read_pdf(data: bytes) -> Draft:
    """Read the text layer of a PDF.

    Args:
        data: the file.

    Returns:
        The paragraphs without page numbers and running titles; title and day of creation from the properties.

    Raises:
        UnreadableFile: a damaged or encrypted file, or one that holds pictures of pages only.
    """
    pages, properties = _contents(data)
    if not any(page.strip() for page in pages):
        raise UnreadableFile("PDF chỉ có ảnh chụp (không có lớp chữ): cần OCR trước")
    lines = _without_running_titles([page.splitlines() for page in pages])
    text = to_nfc(repair("\n".join(lines)))
    title = properties.get("Title", "").strip()
    title = "" if _JUNK_TITLE.fullmatch(title) else " ".join(to_nfc(repair(title)).split())
    created = creation_day(properties.get("CreationDate", ""))
    told = [line for line in map(str.strip, text.splitlines()) if line]
    return Draft("\n".join(paragraphs(told)), title, created=created)


def creation_day(stamp: str) -> date | None:
    """The day of a PDF time stamp; None when it is damaged.

    >>> creation_day("D:20210107080000+07'00'"), creation_day("D:20211399")
    (datetime.date(2021, 1, 7), None)
    """
    match = re.match(r"(?:D:)?\s*(\d{4})(\d\d)(\d\d)", stamp)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _contents(data: bytes) -> tuple[list[str], dict[str, str]]:
    """The text of each page and the document's properties."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            properties = _properties(document)
            return [_page_text(document[number]) for number in range(len(document))], properties
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise UnreadableFile("PDF được đặt mật khẩu: hãy bỏ mật khẩu rồi lưu lại") from error
        raise UnreadableFile("không đọc được: PDF bị hỏng") from error


def _properties(document: pypdfium2.PdfDocument) -> dict[str, str]:
    """The document's properties; none when they are not readable, which costs no text."""
    try:
        properties: dict[str, str] = document.get_metadata_dict()
    except UnicodeDecodeError:
        return {}
    return properties


def _page_text(page: pypdfium2.PdfPage) -> str:
    """One page, its soft line breaks undone."""
    text_page = page.get_textpage()
    text: str = text_page.get_text_bounded()
    text_page.close()
    page.close()
    return (
        re.sub(rf"[{_SOFT}]\s*\n", "", text.replace("\r\n", "\n")).replace("\ufffe", "").replace("\x02", "")
    )


def _without_running_titles(pages: list[list[str]]) -> list[str]:
    """All lines but page numbers and what most pages repeat at their head or foot."""
    stripped = [[line.strip() for line in page if line.strip()] for page in pages]
    shapes = [{_shape(page[at], number) for at in _edges(page)} for number, page in enumerate(stripped, 1)]
    seen = Counter(shape for page in shapes for shape in page)
    often = {shape for shape, count in seen.items() if count >= 3 and count > len(pages) / 2}
    running = {shape for shape in often if any(char.isalpha() for char in shape)}
    running |= {"#", f"#/{len(pages)}"}
    kept = []
    for number, page in enumerate(stripped, 1):
        edges = _edges(page)
        for at, line in enumerate(page):
            if at not in edges or not (_shape(line, number) in running or _PAGE_NUMBER.fullmatch(line)):
                kept.append(line)
    return kept


def _edges(page: list[str]) -> set[int]:
    """The numbers of the lines at the head and the foot of a page."""
    numbers = range(len(page))
    return {*numbers[:_EDGE], *numbers[-_EDGE:]}


def _shape(line: str, number: int) -> str:
    """A line with its page's number taken for any; every other figure counts."""
    return re.sub(rf"(?<![\d.,]){number}(?![\d.,])", "#", line)


def paragraphs(lines: list[str]) -> list[str]:
    """Join the lines that a page width has broken.

    Args:
        lines: the lines of all pages, without empty ones.

    Returns:
        One string a paragraph; list items, headings and short lines stay on their own.

    >>> paragraphs(["Thu ngân sách năm 2020 của thành phố", "đạt 459,6 tỷ đồng.", "- Mục một", "- Mục hai"])
    ['Thu ngân sách năm 2020 của thành phố đạt 459,6 tỷ đồng.', '- Mục một', '- Mục hai']
    """
    widths = sorted(len(line) for line in lines)
    width = widths[int(len(widths) * 0.9)] if widths else 0
    joined: list[str] = []
    last = ""
    for line in lines:
        if joined and _continues(last, line, width):
            joined[-1] = _join(joined[-1], line)
        else:
            joined.append(line)
        last = line
    return joined


def _continues(last: str, line: str, width: int) -> bool:
    """Whether ``line`` goes on with the paragraph of the line before it."""
    if _OWN_LINE.match(line) or has_clock(line) or has_clock(last):
        return False
    if line[0].islower():
        return True
    full = len(last) >= _FULL * width
    return full and not last.endswith(_ENDS) and not (last.isupper() and not line.isupper())


def _join(first: str, second: str) -> str:
    """Two lines as one; a hyphen stays between Vietnamese syllables and goes inside a foreign word."""
    left, right = re.search(r"([^\W\d_]+)-$", first), re.match(r"[^\W\d_]+", second)
    if left is None or right is None:
        return f"{first} {second}"
    compound = is_syllable(left[1]) and is_syllable(right[0])
    return first + second if compound else first[:-1] + second
