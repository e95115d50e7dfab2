"""Files to articles: which files of a folder are articles, and what each of them says about itself."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from html import unescape
from importlib import import_module
from pathlib import Path

from index.clean import Cleaned, clean
from index.errors import InputError, UnreadableFile
from index.formats import Draft, read_markdown, read_text
from index.sources import last_line_source, named_source, owner, quoted_source
from index.stamps import bare_stamp, date_in_name, timed_stamp
from index.types import Article, SkippedFile
from index.vietnamese import to_nfc

MAX_BYTES = 50 * 2**20
"""Larger files are no articles; they are refused, not read."""

_FIRST_DAY = date(1990, 1, 1)  # no file of today was made before
_TITLE_LENGTH = 200  # characters; a longer first line is a paragraph


def _lazily(module: str, function: str) -> Callable[[bytes], Draft]:
    """A reader whose library is loaded with the first file that needs it."""

    def read(data: bytes) -> Draft:
        reader: Callable[[bytes], Draft] = getattr(import_module(module), function)
        return reader(data)

    return read


_READERS: dict[str, Callable[[bytes], Draft]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": _lazily("index.html_page", "read_html"),
    ".htm": _lazily("index.html_page", "read_html"),
    ".xhtml": _lazily("index.html_page", "read_html"),
    ".pdf": _lazily("index.pdf", "read_pdf"),
    ".docx": _lazily("index.word", "read_docx"),
}
_SAVE_AS = dict.fromkeys((".doc", ".rtf", ".odt", ".wps", ".pages"), ".docx") | dict.fromkeys(
    (".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".odp", ".epub", ".mobi", ".djvu", ".xps"), ".pdf"
)
_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".heic"))


_FAILURES = (ValueError, LookupError, AttributeError, TypeError, ArithmeticError, RuntimeError, MemoryError)
"""What the parsers of other people's libraries let through, beside their own errors, when a file is broken."""


def formats() -> tuple[str, ...]:
    """The suffixes of files that can be read."""
    return tuple(_READERS)


def find_files(paths: Iterable[str | Path]) -> tuple[list[Path], list[SkippedFile]]:
    """List the article files that some paths hold.

    Folders are walked to the bottom; hidden files and folders and README files in them are passed over, and
    links that lead out of the folder are not followed. A file named itself is always looked at.

    Args:
        paths: files and folders.

    Returns:
        The files to read, absolute, sorted, each once; and every other file that was found, with the reason.

    Raises:
        InputError: a path that does not exist.
    """
    names, skipped = find_names(paths)
    return list(map(Path, names)), skipped


def find_names(paths: Iterable[str | Path], but: Path | None = None) -> tuple[list[str], list[SkippedFile]]:
    """What ``find_files`` finds, with names in place of paths: "/" between the parts, cheap among many thousands.

    The folder ``but`` is passed over where another one holds it: the index itself, with its trash.
    """
    hidden = but.resolve().as_posix() if but else ""
    files: set[str] = set()
    skipped: dict[str, str] = {}
    for given in map(Path, paths):
        if not given.exists():
            raise InputError(f"không có tệp hay thư mục: {given}")
        root = given.resolve()
        for name, reason in _walk(root, hidden) if root.is_dir() else [(root.as_posix(), "")]:
            written = name.encode("utf-8", "replace").decode()
            reason = reason or (_refusal(name) if written == name else _NOT_UTF_8)
            if reason:
                skipped[written] = reason
            else:
                files.add(name)
    listed = [SkippedFile(name, skipped[name]) for name in sorted(skipped, key=_parts) if name not in files]
    return sorted(files, key=_parts), listed


_NOT_UTF_8 = "tên tệp hay thư mục không viết theo UTF-8: hãy đổi tên"


def _parts(name: str) -> str:
    """What orders names by their parts: a folder's files come before those of its neighbour "folder-2"."""
    return name.replace("/", "\0")


def _walk(root: Path, hidden: str) -> Iterator[tuple[str, str]]:
    """Every visible file below a folder, with why its place alone rules it out; the folder ``hidden`` is passed over."""
    waiting = [root.as_posix().rstrip("/")]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(folder or "/"))
        except OSError as error:
            yield folder, f"không mở được thư mục: {error.strerror}"
            continue
        for entry in entries:
            name = f"{folder}/{entry.name}"
            if entry.name.startswith(".") or name == hidden:
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(name)
            elif entry.name.partition(".")[0].upper() == "README":
                continue
            elif entry.is_file(follow_symlinks=False):
                yield name, ""
            else:
                yield from _linked(Path(name), root)


def _linked(path: Path, root: Path) -> Iterator[tuple[str, str]]:
    """The file behind a link, or why it is not followed; folders inside are walked in their turn."""
    real = Path(os.path.realpath(path))  # unlike Path.resolve, takes links that run in a circle
    if not real.is_relative_to(root):
        yield path.as_posix(), "liên kết trỏ ra ngoài thư mục: không đi theo"
    elif not real.exists():
        yield path.as_posix(), "liên kết hỏng"
    elif not real.is_file() and not real.is_dir():
        yield path.as_posix(), "không phải tệp thường"
    elif not real.is_dir():
        yield real.as_posix(), ""


def _refusal(name: str) -> str:
    """Why a file is no article by its name; "" when it may be one."""
    stem, dot, ending = name.rpartition("/")[2].rpartition(".")
    suffix = (dot + ending).lower() if stem and ending else ""
    if suffix in _READERS:
        return ""
    if suffix in _SAVE_AS:
        return f"chưa đọc được định dạng {suffix}: hãy lưu thành {_SAVE_AS[suffix]}"
    if suffix in _PICTURES:
        return "ảnh, không có chữ để đọc: cần OCR trước"
    return f"không phải định dạng bài viết ({suffix or 'không có đuôi tệp'})"


def read_article(path: Path, *, max_bytes: int = MAX_BYTES) -> Article:
    """Read one file as an article.

    Args:
        path: a file as ``find_files`` lists it.
        max_bytes: the largest file that is read.

    Returns:
        The article; its text is clean, NFC, without empty lines. Metadata the file does not declare is taken
        from the text and the file's name.

    Raises:
        UnreadableFile: with the reason in one line, for the reader of the build report.
    """
    path = path.resolve()
    draft = _draft(path, max_bytes)
    cleaned = clean(to_nfc(draft.text))
    if not cleaned.text:
        raise UnreadableFile("không có chữ nào trong tệp")
    return Article(
        article_id=article_id(path),
        path=path.as_posix(),
        title=draft.title or _title(cleaned) or to_nfc(path.stem),
        source=_source(draft, cleaned.text),
        url=draft.url,
        published=_published(draft, cleaned.text.split("\n"), path),
        text=cleaned.text,
        furniture=cleaned.furniture,
    )


def article_id(path: Path) -> str:
    """The id of the article in a file: 16 hexadecimal digits that depend on the absolute path alone.

    >>> article_id(Path("/bai/a.txt"))
    'd1a89a400face5af'
    """
    return hashlib.sha256(path.as_posix().encode()).hexdigest()[:16]


def _draft(path: Path, max_bytes: int) -> Draft:
    """The content of a file by the reader of its suffix."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(_refusal(path.as_posix()))
    data = _bytes(path, max_bytes)
    try:
        return reader(data)
    except _FAILURES as error:
        raise UnreadableFile(f"không đọc được: tệp bị hỏng ({type(error).__name__})") from error


def _bytes(path: Path, max_bytes: int) -> bytes:
    """The bytes of a file of reasonable size."""
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise UnreadableFile(f"tệp lớn hơn {max_bytes / 2**20:g} MB")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"không đọc được: {error.strerror or error}") from error
    if not data.strip():
        raise UnreadableFile("tệp rỗng")
    return data


def _title(cleaned: Cleaned) -> str:
    """The first line that is no furniture, unless it is a whole paragraph."""
    marked = {start for start, _ in cleaned.furniture}
    start = 0
    for line in cleaned.text.split("\n"):
        if start not in marked:
            return unescape(line) if len(line) <= _TITLE_LENGTH else ""
        start += len(line) + 1
    return ""


def _source(draft: Draft, text: str) -> str:
    """The publisher by the best witness there is."""
    return (
        draft.source
        or named_source(text)
        or draft.site
        or quoted_source(text)
        or owner(text)
        or last_line_source(text)
    )


def _published(draft: Draft, lines: list[str], path: Path) -> date | None:
    """The day of publication by the best witness there is."""
    created = draft.created if draft.created and _is_plausible(draft.created) else None
    return draft.published or timed_stamp(lines) or date_in_name(path.name) or bare_stamp(lines) or created


def _is_plausible(created: date) -> bool:
    """Whether a file's own clock can be right; broken ones say 1970 or 2099."""
    return _FIRST_DAY <= created <= date.today()
