"""The chat in a real Chromium as it is served in other ways: slow, and near a web server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from conftest import write
from test_browser import ROOT, ask, free_port, launched_browser, pytestmark, sync_api, until

from index import build_index

__all__ = ["launched_browser", "pytestmark"]

QUESTION = "thu ngân sách huyện An Bình năm 2023 là bao nhiêu"
OTHER = "huyện Hòa Lộc có bao nhiêu trường học đạt chuẩn"
STORY = """<!doctype html><meta charset="utf-8"><title>Chợ Mới khai trương</title><article><h1>Chợ Mới khai trương</h1>
<p>Năm 2024, chợ Mới huyện An Bình có 77 sạp hàng đang buôn bán.</p></article>"""
SERVER = """
import sys, time
from pathlib import Path
from urllib.parse import urlsplit
import app
from index.errors import InputError
from index.fetch import fetch_page
from qa import Assistant
from qa.read import ExtractiveReader
from qa.settings import Settings

folder, port, near, options = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], eval(sys.argv[4])

class Patient(ExtractiveReader):
    def read(self, *asked):
        while (folder / "wait").exists():
            time.sleep(0.02)
        return super().read(*asked)

def check(address):
    if urlsplit(address).netloc != near:
        raise InputError("not the test's own server")

fetch = {"fetch": lambda address: fetch_page(address, check)} if near else {}
app.launch(Assistant.open(folder / "index", reader=Patient()), Settings(port=port, **options), **fetch)
"""
"""The app as ``hoidap serve`` starts it, with a reader that waits while the file ``wait`` is there."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles and their index, by the toy encoder."""
    tmp_path = tmp_path_factory.mktemp("serving")
    articles = tmp_path / "articles"
    articles.mkdir()
    write(
        articles / "a.md",
        "Thu ngân sách huyện An Bình",
        "2024-01-05",
        "Năm 2023, thu ngân sách huyện An Bình đạt 120,5 tỷ đồng.",
    )
    write(
        articles / "b.md",
        "Trường học huyện Hòa Lộc",
        "2024-02-10",
        "Toàn huyện Hòa Lộc có 18/25 trường học đạt chuẩn.",
    )
    build_index([articles], tmp_path / "index", model="toy")
    return tmp_path


@contextmanager
def served(folder: Path, port: int, near: str = "", **options: object) -> Iterator[str]:
    """The address of a running chat; addresses at ``near`` may be fetched."""
    command = [sys.executable, "-c", SERVER, str(folder), str(port), near, repr(options)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout
        try:
            said = list(until(process.stdout, "Mở trang hỏi đáp tại"))
            assert said[-1].startswith("Mở trang"), "".join(said)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def near(folder: Path) -> Iterator[str]:
    """Host and port of a web server with one article."""
    web = folder / "web"
    web.mkdir()
    (web / "cho-moi.html").write_text(STORY, encoding="utf-8")
    with web_server(web) as place:
        yield place


@pytest.fixture(scope="module")
def address(folder: Path, near: str) -> Iterator[str]:
    """A running chat that may fetch pages of the test's own web server."""
    with served(folder, free_port(), near) as address:
        yield address


@pytest.fixture
def page(browser: sync_api.Browser) -> Iterator[sync_api.Page]:
    """An empty page; afterwards no script may have failed."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    failures: list[str] = []
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    context.close()
    assert failures == []


def opened(page: sync_api.Page, address: str) -> sync_api.Page:
    page.goto(address)
    page.locator("#hd-head .hd-status").wait_for()
    return page


def test_an_answer_is_stopped_and_the_next_one_comes(page, folder, address):
    opened(page, address)
    (folder / "wait").touch()
    page.locator("#hd-question textarea").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".message.user").get_by_text(QUESTION).wait_for()
    page.get_by_role("button", name="Dừng").click()
    page.locator(".hd-problem").get_by_text("Đã dừng.").wait_for()
    (folder / "wait").unlink()
    answer = ask(page, OTHER)
    assert "18/25 trường" in answer.inner_text()
    assert page.locator(".hd-reply").all_inner_texts()[0] == "Đã dừng."


def waiting(page: sync_api.Page, folder: Path, question: str) -> sync_api.Locator:
    """Ask what is not answered while the file ``wait`` is there; return what is said meanwhile."""
    (folder / "wait").touch()
    page.locator("#hd-question textarea").fill(question)
    page.keyboard.press("Enter")
    looking = page.locator(".hd-pending .hd-looking")
    looking.locator("span").first.wait_for()
    return looking


def test_what_is_looked_for_and_read_is_said_until_the_answer_is_there(page, folder, address):
    opened(page, address)
    looking = waiting(page, folder, f"{QUESTION}?")
    looked_for, read = looking.locator("span").all_inner_texts()
    assert looked_for == "Đang tìm: thu ngân sách huyện An Bình · năm 2023 · số liệu"
    assert read.startswith("Đang đọc 2 bài: ")
    assert set(read.removeprefix("Đang đọc 2 bài: ").split(" · ")) == {
        "Thu ngân sách huyện An Bình",
        "Trường học huyện Hòa Lộc",
    }
    assert looking.get_attribute("aria-live") == "off"
    assert page.locator(".hd-pending .hd-searching").inner_text() == "Đang tìm trong các bài viết…"
    (folder / "wait").unlink()
    page.locator(".hd-reply.hd-answer").wait_for()
    assert "120,5 tỷ đồng" in page.locator(".hd-reply").inner_text()
    assert page.locator(".hd-looking").count() == 0
    assert "Đang đọc" not in page.locator("#hd-chat").inner_text()


def test_an_answer_whose_making_is_told_is_stopped(page, folder, address):
    opened(page, f"{address}/?lang=en")
    looking = waiting(page, folder, "năm 2024 huyện Hòa Lộc có mấy trường đạt chuẩn")
    assert [line.split(":")[0] for line in looking.locator("span").all_inner_texts()] == [
        "Looking for",
        "Reading 2 articles",
    ]
    page.get_by_role("button", name="Stop").click()
    page.locator(".hd-problem").get_by_text("Stopped.").wait_for()
    assert page.locator(".hd-looking").count() == 0
    (folder / "wait").unlink()


def test_a_second_enter_while_an_answer_is_awaited_loses_nothing(page, folder, address):
    opened(page, address)
    (folder / "wait").touch()
    field = page.locator("#hd-question textarea")
    for question in ("huyện An Bình thu ngân sách bao nhiêu", "câu thứ hai"):
        field.fill(question)
        field.press("Enter")
        page.locator(".hd-pending").wait_for()
    (folder / "wait").unlink()
    page.locator(".hd-reply.hd-answer").wait_for()
    assert field.input_value() == "câu thứ hai"
    assert page.locator(".message.user").count() == 1


@contextmanager
def web_server(folder: Path) -> Iterator[str]:
    """Serves a folder; yields host and port."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def add_url(page: sync_api.Page, url: str) -> None:
    page.get_by_role("tab", name="Bài viết").click()
    page.get_by_text("Lấy từ địa chỉ web").click()
    page.get_by_label("Địa chỉ bài viết").fill(url)
    page.locator("[data-do=addUrl]").click()


def test_an_article_is_fetched_by_its_address(page, address, near):
    opened(page, address)
    add_url(page, f"http://{near}/cho-moi.html")
    page.locator(".hd-done").wait_for()
    assert page.locator(".hd-outcomes li").all_inner_texts() == ["cho-moi.html: ✓ đã vào chỉ mục"]
    page.get_by_role("tab", name="Hỏi đáp").click()
    reply = ask(page, "năm 2024 chợ Mới huyện An Bình có bao nhiêu sạp hàng")
    assert "77 sạp" in reply.inner_text()
    link = page.locator("#nguon-1-1 a.hd-original").get_attribute("href")
    assert link.startswith(f"http://{near}/cho-moi.html#:~:text=")


DROP = """([zone, files]) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name, { type: "text/plain" }));
  for (const kind of ["dragover", "drop"])
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def test_two_files_are_dropped(page, address):
    files = [["một.txt", "Năm 2024, xã Tân Lập có 12 ấp."], ["hai.txt", "Năm 2024, xã Tân Thành có 15 ấp."]]
    opened(page, address)
    page.get_by_role("tab", name="Bài viết").click()
    page.locator("#hd-drop").wait_for()
    page.evaluate(DROP, [page.locator("#hd-drop").element_handle(), files])
    page.locator(".hd-outcomes li").filter(has_text="hai.txt").wait_for()
    outcomes = page.locator(".hd-outcomes li").all_inner_texts()
    assert outcomes == ["một.txt: ✓ đã vào chỉ mục", "hai.txt: ✓ đã vào chỉ mục"]
    for name in ("một.txt", "hai.txt"):
        page.locator("#hd-articles tbody tr").filter(has_text=name).wait_for()


def log_in(page: sync_api.Page, user: str, password: str) -> None:
    page.get_by_label("username", exact=True).fill(user)
    page.get_by_label("password", exact=True).fill(password)
    page.get_by_role("button", name="Login").click()


def test_a_password_is_asked_for(page, folder):
    with served(folder, free_port(), auth="phong:mật khẩu") as address:
        page.goto(address)
        page.get_by_text("Trang này cần đăng nhập").wait_for()
        assert page.locator("#hd-question").count() == 0
        with pytest.raises(HTTPError, match="401"):
            urlopen(f"{address}/config")
        log_in(page, "phong", "sai")
        page.get_by_text("Incorrect Credentials").wait_for()
        assert page.locator("#hd-question").count() == 0
        log_in(page, "phong", "mật khẩu")
        page.locator("#hd-head .hd-status").wait_for()
        assert "120,5 tỷ đồng" in ask(page, QUESTION).inner_text()


def test_a_reading_room_can_read_only(page, folder):
    with served(folder, free_port(), read_only=True) as address:
        opened(page, address)
        page.get_by_role("tab", name="Bài viết").click()
        row = page.locator("#hd-articles tbody tr").filter(has_text="a.md")
        row.wait_for()
        for part in ("#hd-files", "#hd-drop", "[data-do=remove]", "[data-do=addUrl]", "[data-do=undo]"):
            assert page.locator(part).count() == 0
        served_to_page = page.evaluate(
            "['articles', 'add', 'remove', 'undo'].filter(name => hoidap.server[name])"
        )
        assert served_to_page == ["articles"]
        row.get_by_role("button", name="Thu ngân sách huyện An Bình").click()
        assert "120,5 tỷ đồng" in page.get_by_role("dialog").locator(".hd-body").inner_text()


def test_a_conversation_goes_on_after_the_server_was_started_again(page, folder):
    port = free_port()
    with served(folder, port) as address:
        ask(opened(page, address), QUESTION)
        page.wait_for_function("localStorage.getItem('hoidap.conversations')")
    page.goto("about:blank")
    with served(folder, port) as address:
        opened(page, address)
        assert "120,5 tỷ đồng" in page.locator(".hd-reply").inner_text()
        page.get_by_role("button", name="Lịch sử").click()
        assert page.get_by_role("dialog").get_by_role("button", name=QUESTION).count() >= 1
        page.keyboard.press("Escape")
        assert "18/25 trường" in ask(page, OTHER).inner_text()
        assert page.locator(".message.user").all_inner_texts() == [QUESTION, OTHER]


def test_an_empty_index_says_how_to_fill_it(page, tmp_path):
    (tmp_path / "articles").mkdir()
    build_index([tmp_path / "articles"], tmp_path / "index", model="toy")
    with served(tmp_path, free_port()) as address:
        opened(page, address)
        page.get_by_text("Chưa có bài viết nào.").wait_for()
        page.get_by_role("tab", name="Bài viết").click()
        page.get_by_text("Không có bài nào.").wait_for()
