"""What the tab of articles asks of the server: list, add, remove, undo, progress."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from index.errors import InputError
from index.fetch import fetch_page
from qa.answer import Assistant
from qa.web.articles import progress_html, rows
from qa.web.builder import Builder
from qa.web.words import words

Request = dict[str, Any]
Fetch = Callable[[str], tuple[bytes, str]]
"""Gets the page at an address: its bytes and a file's suffix."""

_MOST_FILES = 1000
_MOST_CHARACTERS = 5_000_000


class Shelf:
    """The articles of one assistant, as the page shows and changes them."""

    def __init__(
        self,
        assistant: Assistant,
        builder: Builder,
        received: Path,
        *,
        read_only: bool,
        fetch: Fetch = fetch_page,
    ) -> None:
        self._assistant = assistant
        self._builder = builder
        self._received = received.resolve()
        self.read_only = read_only
        self._fetch = fetch

    def articles(self, request: Request) -> Request:
        """A page of the list: ``{search, page}`` -> ``{html}``."""
        html = rows(
            self._assistant.catalog(),
            str(request.get("search", "")),
            int(request.get("page", 0)),
            self._assistant.passages_of,
            _words(request),
            read_only=self.read_only,
        )
        return {"html": html}

    def progress(self, request: Request) -> Request:
        """How far an update is: ``{}`` -> ``{running, html, number, generation, undo}``."""
        now = self._builder.progress()
        return {
            "running": now.running,
            "html": progress_html(now, time.monotonic(), _words(request)),
            "number": now.number,
            "generation": self._assistant.generation(),
            "undo": not now.running and self._builder.library.can_undo(),
        }

    def add(self, request: Request) -> Request:
        """Add uploaded files, pasted text or a web address: ``{files: [{path, name}]}``, ``{text}`` or ``{url}``."""
        if "text" in request:
            self._add_text(request["text"])
        elif "url" in request:
            data, suffix = self._fetch(str(request["url"]).strip())
            path = unquote(urlsplit(str(request["url"])).path)
            name = path.rstrip("/").rpartition("/")[2].removesuffix(suffix)
            self._builder.library.add_data(data, (name or "trang-web") + suffix)
        else:
            self._add_files(request["files"])
        self._builder.start()
        return {}

    def remove(self, request: Request) -> Request:
        """Take an article out of the index: ``{path}`` -> ``{}``."""
        self._builder.library.remove(self._known(request))
        self._builder.start()
        return {}

    def restore(self, request: Request) -> Request:
        """Let an article that was taken out in again: ``{path}`` -> ``{}``."""
        self._builder.library.restore(self._known(request))
        self._builder.start()
        return {}

    def rebuild(self, request: Request) -> Request:
        """Look at all paths of the index again: ``{}`` -> ``{}``."""
        self._builder.start()
        return {}

    def undo(self, request: Request) -> Request:
        """Take the last change back: ``{}`` -> ``{}``."""
        if self._builder.progress().running:
            raise InputError("chỉ mục đang được cập nhật: xin đợi một lát rồi hoàn tác")
        self._builder.library.undo()
        self._builder.forget()
        return {}

    def _add_files(self, files: list[Mapping[str, str]]) -> None:
        if not 0 < len(files) <= _MOST_FILES:
            raise InputError(f"mỗi lần thêm từ 1 đến {_MOST_FILES} tệp")
        for file in files:
            path = Path(file["path"]).resolve()
            if not path.is_relative_to(self._received):  # the page may name only what it has just sent
                raise InputError(f"tệp {file['name']} không phải tệp vừa tải lên")
            self._builder.library.add_file(path, file["name"])

    def _add_text(self, text: Mapping[str, str]) -> None:
        body, title = str(text["body"]).strip(), str(text["title"]).strip()
        if not body or not title or len(body) > _MOST_CHARACTERS:
            raise InputError("hãy ghi tên bài và nội dung (dưới 5 triệu ký tự)")
        fields = {
            "title": title,
            "source": str(text["source"]).strip(),
            "published": str(text["day"]).strip(),
        }
        head = "".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items() if value
        )
        self._builder.library.add_data(f"---\n{head}---\n{body}\n".encode(), f"{title[:80]}.md")

    def _known(self, request: Request) -> str:
        """The path named, when it is one of the index."""
        path, known = str(request["path"]), self._assistant.catalog()
        if path not in {one.path for one in known.articles} | {one.path for one in known.skipped}:
            raise InputError("bài này không có trong chỉ mục")
        return path


def _words(request: Request) -> dict[str, str]:
    return words(str(request.get("lang", "vi")))
