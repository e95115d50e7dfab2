"""The chat in a real Chromium: the page as people see it, and that nothing leaves the machine."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from shutil import copy
from urllib.parse import parse_qs, quote, urlsplit
from urllib.request import Request, urlopen

import pytest

from index import build_index
from index.articles import read_article
from qa import feedback

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (pip install hoidap[dev])")

ROOT = Path(__file__).parents[1]
ARTIFACTS = ROOT / "artifacts"
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
QUESTION = "thu ngân sách 2020 là bao nhiêu"
CITY_QUESTION = "thu ngân sách 2020 của thành phố Sóc Trăng là bao nhiêu"
HOSTILE = """---
title: "Chợ nổi <script>window.pwned=1</script>"
source: "Báo <img src=x onerror='window.pwned=2'>"
published: 2022-03-04
url: "https://bao.vn/cho-noi?a=1&b=2"
---
Năm 2022, chợ nổi Ngã Bảy đón 12.345 lượt khách **đậm** `<img src=x onerror='window.pwned=3'>` ${1+1} $$x^2$$.
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"needs {CHROMIUM} (apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the plain seeds and a hostile article, by the real model."""
    folder = tmp_path_factory.mktemp("browser")
    articles = folder / "articles"
    articles.mkdir()
    for seed in (ROOT / "seeds").glob("soc-trang-*"):
        if seed.suffix in (".txt", ".md"):
            copy(seed, articles)
    (articles / "cho-noi.md").write_text(HOSTILE, encoding="utf-8")
    (articles / "trống.txt").write_text("", encoding="utf-8")
    build_index([articles], folder / "index")
    return folder / "index"


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(index: Path, port: int) -> subprocess.Popen[str]:
    code = f"import app; app.serve({str(index)!r}, app.Settings(port={port}, mcp=True))"
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def until(lines: Iterable[str], last: str) -> Iterator[str]:
    """The lines up to one, or all of them."""
    for line in lines:
        yield line
        if last in line:
            return


@pytest.fixture(scope="module")
def address(index: Path) -> Iterator[str]:
    """The address of the running chat."""
    port = free_port()
    with serve(index, port) as process:
        assert process.stdout
        try:
            said = list(until(process.stdout, f"MCP: http://127.0.0.1:{port}/gradio_api/mcp/"))
            assert f"Mở trang hỏi đáp tại http://127.0.0.1:{port}/ (dừng: Ctrl+C)\n" in said, "".join(said)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture(scope="module", name="browser")
def launched_browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context_options() -> dict[str, object]:
    """How the browser differs from a desktop with a light theme; tests override it."""
    return {}


@pytest.fixture
def page(
    browser: sync_api.Browser, address: str, context_options: dict[str, object]
) -> Iterator[sync_api.Page]:
    """The chat, opened; afterwards no request may have left the machine, and no script have failed."""
    options = {"viewport": {"width": 1280, "height": 800}, **context_options}
    context = browser.new_context(**options)
    requested: list[str] = []
    failures: list[str] = []
    context.on("request", lambda request: requested.append(request.url))
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(address)
    page.locator("#hd-head .hd-status").wait_for()
    yield page
    context.close()
    hosts = {urlsplit(url).hostname for url in requested if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}
    assert failures == []


def ask(page: sync_api.Page, question: str) -> sync_api.Locator:
    """Type a question, wait for its reply, return the reply."""
    replies = page.locator(".hd-reply")
    before = replies.count()
    page.locator("#hd-question textarea").fill(question)
    page.locator("#hd-question textarea").press("Enter")
    replies.nth(before).wait_for()
    page.wait_for_timeout(300)  # the panel comes in the same message, its paint a moment later
    return replies.nth(before)


def shot(page: sync_api.Page, name: str) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / f"{name}.png")


def test_page_is_vietnamese(page):
    assert page.title() == "Hỏi đáp trên bài viết"
    assert page.evaluate("document.documentElement.lang") == "vi"
    assert page.locator("#hd-head .hd-status").inner_text() == "3 bài viết · mới nhất 04/03/2022"
    assert page.get_by_role("button", name="Gửi").is_visible()
    assert page.get_by_text("Built with Gradio").count() == 0
    page.get_by_text("1 tệp chưa có trong chỉ mục").click()
    assert page.locator(".hd-skipped li").inner_text().startswith("trống.txt: ")
    shot(page, "desktop-start")


def test_english_words_for_the_page(page, address):
    page.get_by_role("link", name="English").click()
    page.get_by_role("button", name="Send").wait_for()
    assert page.locator("#hd-head summary").inner_text() == "1 file not indexed"
    reply = ask(page, CITY_QUESTION)
    assert "Confidence: " in reply.inner_text()
    assert reply.locator("strong").inner_text() == "459,6 tỷ đồng"
    assert page.evaluate("document.documentElement.lang") == "en"
    shot(page, "desktop-english")


def test_answer_and_its_sentence_in_the_article(page):
    reply = ask(page, QUESTION)
    assert reply.locator(".hd-figure").inner_text() == "459,6 tỷ đồng"
    assert reply.locator(".hd-scope").inner_text().endswith("năm 2020 · thực hiện")
    card = page.locator("#nguon-1-1")
    assert card.locator("blockquote mark").inner_text() == "459,6 tỷ đồng"
    assert "24/06/2020 · soc-trang-dai-hoi-xii.md" in card.locator(".hd-meta").inner_text()
    shot(page, "desktop-answer")
    card.get_by_role("button", name="Xem trong bài").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.locator("mark.hd-key.hd-here").wait_for()
    assert page.get_by_label("Trả lời", exact=True).count() == 1
    marked = "".join(dialog.locator("mark.hd-here").all_inner_texts())
    assert marked == card.locator("blockquote").inner_text()
    assert is_in_view(dialog.locator("mark.hd-key.hd-here"), dialog.locator(".hd-body"))
    shot(page, "desktop-article")
    page.keyboard.press("Escape")
    assert dialog.count() == 0


def is_in_view(inner: sync_api.Locator, outer: sync_api.Locator) -> bool:
    """Whether the inner box lies within the outer one's height."""
    small, large = inner.bounding_box(), outer.bounding_box()
    assert small
    assert large
    return large["y"] <= small["y"] and small["y"] + small["height"] <= large["y"] + large["height"]


def test_follow_up_and_the_sources_of_an_earlier_answer(page):
    first = ask(page, CITY_QUESTION)
    page.locator("#hd-next button").first.wait_for()
    assert "còn năm 2025 thì sao?" in page.locator("#hd-next button").all_inner_texts()
    page.locator("#hd-next").get_by_text("còn năm 2025 thì sao?").click()
    second = page.locator(".hd-reply").nth(1)
    second.wait_for()
    assert "2025" in second.locator(".hd-understood").inner_text()
    page.locator("#nguon-2-1").wait_for()
    assert page.locator("#nguon-1-1").count() == 0
    first.locator(".hd-text .hd-marker").click()
    assert page.locator("#nguon-1-1").is_visible()
    assert page.evaluate("document.activeElement.id") == "nguon-1-1"
    shot(page, "desktop-follow-up")


def test_asking_again_editing_and_a_new_conversation(page):
    ask(page, QUESTION)
    page.get_by_role("button", name="Hỏi lại").click()
    page.locator(".hd-pending").wait_for(state="detached")
    sync_api.expect(page.locator(".hd-reply")).to_have_count(1)
    page.get_by_role("button", name="Sửa câu hỏi").click()
    assert page.locator("#hd-question textarea").input_value() == QUESTION
    assert "Đang sửa câu hỏi" in page.locator("#hd-editing").inner_text()
    page.locator("#hd-question textarea").fill(CITY_QUESTION)
    page.keyboard.press("Enter")
    page.locator(".message.user").get_by_text(CITY_QUESTION).wait_for()
    page.locator(".hd-reply .hd-figure").wait_for()
    assert page.locator(".hd-reply").count() == 1
    page.get_by_role("button", name="Cuộc mới").click()
    page.get_by_text("Nguồn của câu trả lời sẽ hiện ở đây.").wait_for()
    assert page.locator(".hd-reply").count() == 0


def test_conversations_survive_a_reload_and_are_listed(page, address):
    ask(page, CITY_QUESTION)
    page.wait_for_function("localStorage.getItem('hoidap.conversations')")
    page.reload()
    page.locator(".hd-reply .hd-figure").wait_for()
    assert page.locator("#nguon-1-1 blockquote mark").inner_text() == "459,6 tỷ đồng"
    page.get_by_role("button", name="Cuộc mới").click()
    page.locator(".hd-reply").wait_for(state="detached")
    page.get_by_role("button", name="Lịch sử").click()
    page.get_by_role("dialog").get_by_role("button", name=CITY_QUESTION).first.click()
    page.locator(".hd-reply .hd-figure").wait_for()
    follow = ask(page, "còn năm 2025 thì sao?")
    assert follow.locator("strong").inner_text() == "743 tỷ đồng"


def test_a_shared_link_asks_with_its_filters(page, address):
    page.goto(f"{address}/?q={quote(CITY_QUESTION)}&den=2020")
    reply = page.locator(".hd-reply")
    reply.wait_for()
    assert "Chỉ tìm trong: đến 31/12/2020" in reply.inner_text()
    assert page.locator("#hd-chips button").inner_text() == "Đăng đến: 2020 ✕"
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reply.get_by_role("button", name="Liên kết").click()
    page.get_by_text("Đã chép").wait_for()
    copied = urlsplit(page.evaluate("navigator.clipboard.readText()"))
    assert parse_qs(copied.query) == {"q": [CITY_QUESTION], "den": ["2020"]}


def test_an_example_question_is_answered(page):
    page.locator(".hd-tries button").first.click()
    page.locator(".hd-reply").wait_for()
    assert page.locator(".hd-reply.hd-answer").count() == 1


def test_refusal(page):
    reply = ask(page, "núi lửa trên sao Hỏa cao bao nhiêu")
    assert "hd-answer" not in reply.get_attribute("class").split()
    assert reply.locator(".hd-heading").is_visible()
    assert reply.locator(".hd-confidence").count() == 0
    shot(page, "desktop-refusal")


def test_article_text_stays_text(page):
    reply = ask(page, "năm 2022 chợ nổi Ngã Bảy đón bao nhiêu lượt khách")
    assert "12.345" in reply.inner_text()
    card = page.locator("#nguon-1-1")
    link = card.locator("a.hd-original").get_attribute("href")
    assert link.startswith("https://bao.vn/cho-noi?a=1&b=2#:~:text=N%C4%83m%202022%2C")
    card.get_by_text("Xem trong bài").click()
    body = page.locator(".hd-dialog .hd-body")
    assert "Báo <img src=x onerror='window.pwned=2'>" in body.inner_text()
    assert "<img src=x onerror='window.pwned=3'>" in body.inner_text()
    assert "${1+1} $$x^2$$" in body.inner_text()
    page.keyboard.press("Escape")
    ask(page, "<img src=x onerror='window.pwned=4'> **thu** ngân sách")
    assert (
        "<img src=x onerror='window.pwned=4'> **thu** ngân sách"
        in page.locator(".message.user").last.inner_text()
    )
    assert page.evaluate("window.pwned") is None


def test_wrong_day_is_said_so(page):
    page.get_by_text("Lọc theo nguồn và thời gian đăng").click()
    page.get_by_role("combobox", name="Đăng từ").fill("hôm qua")
    reply = ask(page, CITY_QUESTION)
    assert reply.inner_text().startswith("Đăng từ: “hôm qua” không phải là năm hay ngày.")
    page.get_by_role("combobox", name="Đăng từ").fill("2021")
    reply = ask(page, CITY_QUESTION)
    assert "459,6" not in reply.inner_text()
    assert "Chỉ tìm trong: từ 01/01/2021" in reply.inner_text()
    shot(page, "desktop-filters")
    page.locator("#hd-chips button").click()
    assert "459,6" in ask(page, CITY_QUESTION).inner_text()


def test_a_lost_index_is_said_and_the_chat_lives_on(page, index):
    hidden = index.with_name("hidden")
    index.rename(hidden)
    try:
        reply = ask(page, "thu ngân sách 2020 của thành phố Sóc Trăng?")
        assert "hoidap index" in reply.inner_text()
    finally:
        hidden.rename(index)
    assert ask(page, CITY_QUESTION).locator("strong").inner_text() == "459,6 tỷ đồng"


def test_copy_takes_the_answer_with_its_source(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, CITY_QUESTION).get_by_role("button", name="Chép").click()
    page.get_by_text("Đã chép").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0].startswith("459,6 tỷ đồng")
    assert copied[0].endswith("[1]")
    assert copied[-1].startswith("[1] ")
    assert copied[-1].endswith("24/06/2020")


def test_a_word_on_an_answer_is_kept(page, index):
    ask(page, CITY_QUESTION).get_by_role("button", name="Sai số liệu").click()
    page.get_by_text("Đã ghi, cảm ơn bạn").wait_for()
    kept = feedback.read(index)[-1]
    assert (kept.verdict, kept.question, kept.short) == ("figure", CITY_QUESTION, "459,6 tỷ đồng")
    assert kept.file == "soc-trang-dai-hoi-xii.md"


def test_a_conversation_is_downloaded_as_word(page, tmp_path):
    ask(page, CITY_QUESTION)
    page.get_by_role("button", name="Tải về").click()
    with page.expect_download() as waited:
        page.get_by_role("button", name="Word (.docx)").click()
    saved = tmp_path / "a.docx"
    waited.value.save_as(saved)
    assert CITY_QUESTION in read_article(saved).text
    assert "thành phố Sóc Trăng thu được 459,6 tỷ đồng" in read_article(saved).text


def test_a_good_and_a_broken_file_are_added_and_taken_back(page, tmp_path):
    good, broken = tmp_path / "vú sữa.txt", tmp_path / "hỏng.pdf"
    good.write_text("Năm 2023, sản lượng vú sữa huyện Kế Sách đạt 41.500 tấn.", encoding="utf-8")
    broken.write_bytes(b"%PDF-1.4 hong")
    page.get_by_role("tab", name="Bài viết").click()
    page.locator("#hd-files").set_input_files([good, broken])
    page.locator(".hd-done").wait_for(timeout=60_000)
    outcomes = page.locator(".hd-outcomes li").all_inner_texts()
    assert outcomes[0] == "vú sữa.txt: ✓ đã vào chỉ mục"
    assert outcomes[1].startswith("hỏng.pdf: ✗ chưa vào: không đọc được: PDF bị hỏng")
    page.get_by_text("Chỉ mục đã được cập nhật: 4 bài viết").wait_for()
    shot(page, "desktop-articles")
    page.get_by_role("tab", name="Hỏi đáp").click()
    assert "41.500 tấn" in ask(page, "năm 2023 sản lượng vú sữa huyện Kế Sách đạt bao nhiêu tấn").inner_text()
    page.get_by_role("tab", name="Bài viết").click()
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_text("Chỉ mục đã được cập nhật: 3 bài viết").wait_for()
    sync_api.expect(page.locator("#hd-articles tbody tr")).to_have_count(
        4
    )  # three articles and the empty file


def test_addresses_of_the_own_network_are_not_fetched(page, address):
    page.get_by_role("tab", name="Bài viết").click()
    page.get_by_text("Lấy từ địa chỉ web").click()
    for url in (address, "http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/"):
        page.get_by_label("Địa chỉ bài viết").fill(url)
        page.locator("[data-do=addUrl]").click()
        host = urlsplit(url).hostname
        page.get_by_text(f"Chỉ lấy bài từ địa chỉ công khai, không từ {host}").wait_for()
    page.get_by_label("Địa chỉ bài viết").fill("file:///etc/passwd")
    page.locator("[data-do=addUrl]").click()
    page.get_by_text("Không phải địa chỉ web: file:///etc/passwd").wait_for()


def test_figures_are_filtered_and_open_their_sentence(page):
    page.get_by_role("tab", name="Số liệu").click()
    page.locator("#hd-figures tbody tr").first.wait_for()
    page.get_by_role("textbox", name="Chỉ tiêu").fill("thu ngân sách")
    page.get_by_role("textbox", name="Năm").fill("2020")
    page.locator("#hd-figures tbody tr").filter(has_text="459,6 tỷ đồng").first.wait_for()
    shot(page, "desktop-figures")
    page.locator("#hd-figures tbody tr").filter(has_text="459,6 tỷ đồng").first.get_by_role("button").click()
    assert page.get_by_role("dialog").locator("mark.hd-key.hd-here").inner_text() == "459,6 tỷ đồng"
    page.keyboard.press("Escape")
    with page.expect_download() as waited:
        page.get_by_role("button", name="Tải CSV").click()
    assert waited.value.path().read_text(encoding="utf-8").startswith("\ufeffindicator,value,unit,")


def test_a_series_is_drawn_under_its_answer(page):
    reply = ask(page, CITY_QUESTION)
    assert is_in_view(reply.locator(".hd-figure"), page.locator("#hd-chat"))
    reply.locator(".hd-series summary").click()
    chart = reply.locator("svg.hd-chart")
    assert chart.is_visible()
    assert chart.locator(".hd-bar-plan").count() >= 1
    assert "2025" in chart.inner_html()
    shot(page, "desktop-series")


@pytest.mark.parametrize(
    "context_options",
    [{"viewport": {"width": width, "height": 844}, "has_touch": True} for width in (360, 390)],
)
def test_phone(page, context_options):
    width = context_options["viewport"]["width"]
    shot(page, f"phone-{width}-start")
    reply = ask(page, CITY_QUESTION)
    shot(page, f"phone-{width}-answer")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not page.locator("#hd-side").is_visible()
    reply.locator(".hd-text .hd-marker").click()
    reply.locator(".hd-card").wait_for()
    reply.get_by_role("button", name="Xem trong bài").first.click()
    page.get_by_role("dialog").locator("mark.hd-key.hd-here").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shot(page, f"phone-{width}-article")
    page.keyboard.press("Escape")
    for tab, part in (("Bài viết", "#hd-articles"), ("Số liệu", "#hd-figures")):
        page.get_by_role("tab", name=tab).click()
        table = page.locator(f"{part} .hd-scroll")
        table.wait_for()
        shown = table.bounding_box()
        assert 0 <= shown["x"] < shown["x"] + shown["width"] <= width
        assert table.evaluate("element => element.scrollWidth > element.clientWidth")


@pytest.mark.parametrize("context_options", [{"color_scheme": "dark"}])
def test_dark(page):
    ask(page, CITY_QUESTION)
    shot(page, "dark-answer")
    page.locator("#nguon-1-1").get_by_text("Xem trong bài").click()
    page.locator("mark.hd-key.hd-here").wait_for()
    shot(page, "dark-article")
    assert brightness(page, "body", "backgroundColor") < 60
    for part in (".hd-text", ".hd-understood", ".hd-confidence", ".hd-meta", ".hd-dialog", "mark.hd-quote"):
        assert brightness(page, part, "color") > 150


def brightness(page: sync_api.Page, part: str, colour: str) -> float:
    """The mean of red, green and blue, 0 to 255."""
    painted = page.locator(part).first.evaluate(f"element => getComputedStyle(element).{colour}")
    numbers = painted[painted.index("(") + 1 : painted.index(")")].split(",")[:3]
    return sum(float(number) for number in numbers) / 3


def test_two_people_do_not_see_each_other(page, browser, address):
    context = browser.new_context()
    other = context.new_page()
    other.goto(address)
    other.locator("#hd-head .hd-status").wait_for()
    other.locator("#hd-question textarea").fill("đại hội bầu bao nhiêu đại biểu")
    other.keyboard.press("Enter")
    assert ask(page, CITY_QUESTION).locator("strong").inner_text() == "459,6 tỷ đồng"
    other.locator(".hd-reply").wait_for()
    assert other.locator(".hd-reply").count() == 1
    assert "459,6" not in other.locator(".hd-reply").inner_text()
    context.close()


def test_everything_by_keyboard(page):
    page.keyboard.type(CITY_QUESTION)  # the field has the focus when the page opens
    page.keyboard.press("Enter")
    page.locator("#nguon-1-1").wait_for()
    reached = tab_to(page, "[data-do=source]")
    assert reached == "[1]"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "nguon-1-1"
    assert tab_to(page, "[data-do=open]") == "Xem trong bài"
    page.keyboard.press("Enter")
    page.get_by_role("dialog").locator("mark.hd-here").first.wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    assert page.evaluate("document.activeElement.textContent") == "Xem trong bài"


def tab_to(page: sync_api.Page, wanted: str) -> str:
    """Press Tab, going round if need be, until an element is reached; return its text."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return page.evaluate("document.activeElement.textContent.trim()")
    raise AssertionError(f"{wanted} cannot be reached by Tab")


@pytest.mark.parametrize("context_options", [{"color_scheme": look} for look in ("light", "dark")])
def test_accessibility(page):
    """No serious finding of axe-core, before a question, with an answer, with an article open."""
    page.evaluate((ROOT / "tests" / "data" / "axe" / "axe.min.js").read_text(encoding="utf-8"))
    assert findings(page) == []
    ask(page, CITY_QUESTION)
    page.locator("#hd-next button").first.wait_for()
    assert findings(page) == []
    page.locator("#nguon-1-1").get_by_text("Xem trong bài").click()
    page.locator("mark.hd-key.hd-here").wait_for()
    assert findings(page) == []


def findings(page: sync_api.Page) -> list[str]:
    """The serious and critical findings, with where they are."""
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def call(address: str, name: str, **values: object) -> tuple[str, object]:
    """Call a named endpoint as a script would, over plain HTTP; return the event and its data."""
    url = f"{address}/gradio_api/call"
    body = json.dumps(values).encode()
    with urlopen(Request(f"{url}/v2/{name}", body, {"Content-Type": "application/json"})) as reply:
        event = json.load(reply)["event_id"]
    with urlopen(f"{url}/{name}/{event}") as reply:
        said, data, *_ = reply.read().decode().splitlines()
    return said.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def test_endpoint_ask(address):
    said, (answer,) = call(address, "ask", question=CITY_QUESTION)
    assert said == "complete"
    assert answer["short"] == "459,6 tỷ đồng"
    assert answer["citations"][0]["published"] == "2020-06-24"
    assert "text" not in answer["hits"][0]["article"]


def test_endpoint_ask_with_history(address):
    _, (answer,) = call(address, "ask", question="còn năm 2025 thì sao?", history=[CITY_QUESTION])
    assert "2025" in answer["searched"]


def test_endpoint_says_what_is_wrong(address):
    said, data = call(address, "ask", question=" ")
    assert said == "error"
    assert data["error"].startswith("câu hỏi trống")


def test_endpoint_retrieve(address):
    _, (hits,) = call(address, "retrieve", query=CITY_QUESTION, k=2)
    assert [hit["rank"] for hit in hits] == [1, 2]
    assert "459,6 tỷ đồng" in hits[0]["passage"]["text"] + hits[1]["passage"]["text"]


def test_a_taken_port_is_said_in_one_line(index, address):
    with serve(index, int(urlsplit(address).port or 0)) as process:
        said, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    assert said.splitlines()[-1].startswith("index.errors.InputError: cannot serve at 127.0.0.1:")


def test_endpoint_figures(address):
    _, (rows,) = call(address, "figures", indicator="thu ngân sách", since="2020", until="2020")
    assert rows[0]["text"] == "459,6 tỷ đồng"
    assert rows[0]["kind"] == "actual"


def test_an_agent_finds_and_calls_the_tools(address):
    """A real client of the Model Context Protocol lists the tools and asks."""
    with ThreadPoolExecutor(1) as aside:  # playwright has a loop of its own in this thread
        names, said = aside.submit(asyncio.run, talk_mcp(f"{address}/gradio_api/mcp/")).result()
    assert names == ["ask", "figures", "retrieve"]
    assert "459,6 tỷ đồng" in said


async def talk_mcp(url: str) -> tuple[list[str], str]:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async with streamable_http_client(url) as (read, write, _), ClientSession(read, write) as session:
        await session.initialize()
        tools = (await session.list_tools()).tools
        answer = await session.call_tool("ask", {"question": CITY_QUESTION})
        return sorted(tool.name for tool in tools), answer.content[0].text


def test_the_endpoints_answer_a_client_with_default_settings(address: str) -> None:
    """Every object with a "path" would be taken for a download, and the call would fail with 403."""
    from gradio_client import Client

    client = Client(address, verbose=False)
    answer = client.predict("thu ngân sách 2020 là bao nhiêu", api_name="/ask")
    assert answer["short"] == "459,6 tỷ đồng"
    assert answer["citations"][0]["file"].endswith("soc-trang-dai-hoi-xii.md")
    hits = client.predict("thu ngân sách", 2, api_name="/retrieve")
    assert [hit["rank"] for hit in hits] == [1, 2]
