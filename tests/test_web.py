from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from index.errors import (
    HoidapError,
    IndexDamaged,
    IndexLocked,
    IndexMismatch,
    IndexMissing,
    InputError,
    ModelError,
)
from index.types import Article, Passage, Quantity, SkippedFile
from qa import markup, web
from qa.answer import Status
from qa.limits import Limits, parse_day, read_limits
from qa.plain import to_plain
from qa.types import Answer, Citation, Hit

SENTENCE = "Thu ngân sách năm 2020 là 459,6 tỷ đồng, vượt 9,43%."
TEXT = f"Một tiêu đề\nCâu đầu. {SENTENCE} Câu cuối.\n\nĐoạn hai."
START = TEXT.index(SENTENCE)
KEY = TEXT.index("459,6 tỷ đồng")
ARTICLE = Article(
    "a" * 16, "/bai/thu-chi.txt", "Thu chi", "Báo Một", "https://bao.vn/thu?id=1", date(2020, 6, 24), TEXT
)
PASSAGE = Passage("a" * 16 + "-0", ARTICLE.article_id, START, START + len(SENTENCE), SENTENCE)
CITATION = Citation(
    number=1,
    passage_id=PASSAGE.passage_id,
    article_id=ARTICLE.article_id,
    path=ARTICLE.path,
    title=ARTICLE.title,
    source=ARTICLE.source,
    url=ARTICLE.url,
    published=ARTICLE.published,
    quote=SENTENCE,
    start=START,
    end=START + len(SENTENCE),
    marks=((KEY, KEY + len("459,6 tỷ đồng")),),
)
HIT = Hit(PASSAGE, ARTICLE, 0.75, 1)
ANSWER = Answer(
    question="thu ngân sách 2020 là bao nhiêu",
    text=f"459,6 tỷ đồng: “{SENTENCE}” [1]",
    short="459,6 tỷ đồng",
    answered=True,
    confidence=0.9,
    citations=(CITATION,),
    hits=(HIT,),
    understood="thu ngân sách · 2020",
)
NEAREST = Answer("hỏi", "Chưa chắc.", None, False, 0.3, (), (HIT,), "nearest")
NONE = Answer("hỏi", "Không tìm thấy.", None, False, 0.0, (), (), "none")
ATTACKS = (
    "<script>x()</script>",
    "<img src=x onerror=x()>",
    "</p></div><b>",
    '" onclick="x()',
    "**đậm** _nghiêng_ `mã` ~~bỏ~~",
    "\n\n# đề mục\n\n- mục\n\n    mã",
    "[chữ](javascript:x()) ![ảnh](http://x/y.png) <http://x>",
    "$$x^2$$ \\(y\\) ${1+1} {{value}}",
    "&lt;b&gt; &#60;",
)


class Reader(HTMLParser):
    """Collects what a browser would show, and every element and attribute it would build."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.text = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.text += "\n" * (tag == "br")

    def handle_data(self, data: str) -> None:
        self.text += data

    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}


def article_of(_: str) -> Article:
    return ARTICLE


@pytest.mark.parametrize("attack", ATTACKS)
def test_escape_leaves_the_text_and_no_markup(attack):
    escaped = markup.escape(attack)
    assert Reader(escaped).text == attack
    assert Reader(escaped).tags() <= {"br"}
    rest = re.sub(r"<br>|&#\d+;", "", escaped)
    assert not re.search(r"[!-/:-@\[-`{-~\n]", rest)


@pytest.mark.parametrize("attack", ATTACKS)
def test_article_text_cannot_become_markup_anywhere(attack):
    text = f"{attack} {SENTENCE} {attack}"
    named = {"path": f"/x/{attack}", "title": attack, "source": attack, "url": f"https://x/{attack}"}
    article = replace(ARTICLE, text=text, **named)
    quote = replace(CITATION, quote=text, start=0, end=len(text), marks=((0, 3),), **named)
    hit = Hit(replace(PASSAGE, passage_id="q", text=attack), article, 0.5, 2)
    answer = replace(
        ANSWER, text=f"{text} [1]", short=attack, understood=attack, citations=(quote,), hits=(hit,)
    )
    section = web.Section(1, attack, web.sources(answer, 1, lambda _: article))
    shown = web.bubble(answer, 1) + web.panel((replace(section, turn=2), section))
    plain = web.bubble(ANSWER, 1) + web.panel(
        (web.Section(2, "", ""), web.Section(1, "", web.sources(ANSWER, 1, article_of)))
    )
    known = Reader(plain).tags() | {"br", "ul", "li", "b", "details", "summary"}
    assert Reader(shown).tags() <= known
    names = {name for _, attributes in Reader(shown).elements for name in attributes}
    assert names <= {"class", "href", "title", "id", "tabindex", "role", "aria-label", "target", "rel"}
    addresses = [attributes["href"] for tag, attributes in Reader(shown).elements if tag == "a"]
    assert all(address.startswith(("#nguon-", "#chep", "https://x/")) for address in addresses)


def test_bubble_is_one_block_with_bold_answer_and_marker():
    bubble = web.bubble(ANSWER, 3)
    assert "\n" not in bubble
    assert bubble.startswith('<div class="hd-reply hd-answer">')
    assert bubble.count("<strong>") == 1
    assert "<strong>459&#44;6 tỷ đồng</strong>" in bubble
    assert '<a class="hd-marker" href="#nguon-3-1" title="Xem nguồn 1">&#91;1&#93;</a>' in bubble
    assert "Đã hiểu là: thu ngân sách · 2020" in bubble
    assert "Độ tin cậy: chắc chắn" in bubble
    assert "Thu chi, Báo Một, 24/06/2020" in Reader(bubble).text


def test_short_answer_is_bold_with_another_first_letter():
    answer = replace(ANSWER, text="Hơn 5 tỷ: “thu hơn 5 tỷ” [1]", short="hơn 5 tỷ")
    assert "<strong>Hơn 5 tỷ</strong>" in web.bubble(answer, 1)


def test_only_markers_of_citations_are_links():
    text = Reader(web.bubble(replace(ANSWER, text="a [1] b [2] c"), 1))
    links = [attributes["href"] for tag, attributes in text.elements if tag == "a"]
    assert links == ["#nguon-1-1", "#nguon-1-1", "#chep"]
    assert "a [1] b [2] c" in text.text


def test_outcomes_look_different():
    nearest, none = web.bubble(NEAREST, 1), web.bubble(NONE, 1)
    assert 'class="hd-reply hd-nearest"' in nearest
    assert "chưa phải câu trả lời" in nearest
    assert SENTENCE in Reader(nearest).text
    assert 'class="hd-reply hd-none"' in none
    assert "blockquote" not in none
    assert "Độ tin cậy" not in nearest + none


def test_an_unanswered_question_never_looks_answered():
    assert 'class="hd-reply hd-none"' in web.bubble(replace(NONE, outcome="answer"), 1)


def test_sources_of_each_outcome():
    assert 'id="nguon-1-1"' in web.sources(ANSWER, 1, article_of)
    nearest = web.sources(NEAREST, 1, article_of)
    assert "không phải câu trả lời" in nearest
    assert 'id="nguon-1-1"' in nearest
    assert web.sources(NONE, 1, article_of) == '<p class="hd-empty">Không có nguồn nào cho câu hỏi này.</p>'


def test_card_shows_where_the_quote_stands():
    card = web.sources(ANSWER, 2, article_of)
    shown = Reader(card).text
    assert "Báo Một · 24/06/2020 · thu-chi.txt" in shown
    assert '<mark class="hd-key">459&#44;6 tỷ đồng</mark>' in card
    assert "Xem trong bài" in shown
    assert "Các đoạn khác đã đọc" not in shown


def test_passages_read_and_not_cited_are_folded():
    other = Hit(replace(PASSAGE, passage_id="khác", text="Một đoạn khác."), ARTICLE, 0.2, 2)
    shown = Reader(web.sources(replace(ANSWER, hits=(HIT, other)), 1, article_of)).text
    assert shown.count("Một đoạn khác.") == 1
    assert "Các đoạn khác đã đọc" in shown


def test_article_is_whole_and_marked():
    marked = markup.article_text(ARTICLE, CITATION, (CITATION,))
    assert marked == (
        "<p>Một tiêu đề</p><p>Câu đầu&#46; "
        '<mark class="hd-quote hd-here">Thu ngân sách năm 2020 là </mark>'
        '<mark class="hd-key hd-here">459&#44;6 tỷ đồng</mark>'
        '<mark class="hd-quote hd-here">&#44; vượt 9&#44;43&#37;&#46;</mark> Câu cuối&#46;</p>'
        "<p>Đoạn hai&#46;</p>"
    )


def test_only_the_cards_own_quote_is_scrolled_to():
    second = replace(CITATION, number=2, quote="Đoạn hai.", start=len(TEXT) - 9, end=len(TEXT), marks=())
    marked = markup.article_text(ARTICLE, second, (CITATION, second))
    assert '<mark class="hd-quote hd-here">Đoạn hai&#46;</mark>' in marked
    assert '<mark class="hd-key">459&#44;6 tỷ đồng</mark>' in marked


def test_a_quote_over_two_lines_is_marked_in_both():
    article = replace(ARTICLE, text="một hai\nba bốn")
    citation = replace(CITATION, quote="hai\nba", start=4, end=10, marks=())
    assert markup.article_text(article, citation, (citation,)) == (
        '<p>một <mark class="hd-quote hd-here">hai</mark></p>'
        '<p><mark class="hd-quote hd-here">ba</mark> bốn</p>'
    )


@pytest.mark.parametrize("article", [None, replace(ARTICLE, text="Đã sửa.")])
def test_a_changed_article_is_not_marked_wrongly(article):
    card = web.sources(ANSWER, 1, lambda _: article)
    assert "Bài này đã thay đổi" in card
    assert "Xem trong bài" not in card


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "file:///etc/x", "bao.vn/x", "http://[x", "https:"]
)
def test_no_link_without_a_web_address(url):
    assert markup.original_link(replace(CITATION, url=url)) is None
    assert "Mở bài gốc" not in web.sources(
        replace(ANSWER, citations=(replace(CITATION, url=url),)), 1, article_of
    )


def test_link_to_a_long_quote_gives_both_ends():
    quote = "một hai ba bốn năm sáu bảy tám chín mười, 2020-2025."
    link = markup.original_link(replace(CITATION, url="https://bao.vn/a#muc", quote=quote))
    assert link == (
        "https://bao.vn/a#muc:~:text=m%E1%BB%99t%20hai%20ba%20b%E1%BB%91n%20n%C4%83m,"
        "b%E1%BA%A3y%20t%C3%A1m%20ch%C3%ADn%20m%C6%B0%E1%BB%9Di%2C%202020%2D2025."
    )


def test_panel_opens_the_newest_and_folds_the_earlier():
    sections: tuple[web.Section, ...] = ()
    for turn in range(1, 9):
        sections = web.with_section(sections, web.Section(turn, f"câu {turn}", f"<i>{turn}</i>"))
    assert [section.turn for section in sections] == [8, 7, 6, 5, 4, 3]
    panel = web.panel(sections)
    assert panel.index("<i>8</i>") < panel.index("<details")
    assert panel.count("<details") == 5
    assert "Nguồn của câu trả lời sẽ hiện ở đây" in Reader(web.panel(())).text


def test_a_turn_asked_again_replaces_what_followed_it():
    sections = tuple(web.Section(turn, "cũ", "") for turn in (3, 2, 1))
    assert [(kept.turn, kept.question) for kept in web.with_section(sections, web.Section(2, "mới", ""))] == [
        (2, "mới"),
        (1, "cũ"),
    ]


def status(**changes: object) -> Status:
    plain = {
        "articles": 1234,
        "passages": 9,
        "newest": date(2021, 10, 2),
        "generation": "000001",
        "created": "2021-10-03T00:00:00Z",
        "skipped": (),
        "folder": "/x",
        "model": "",
    }
    return Status(**{**plain, **changes})  # type: ignore[arg-type]


def test_status_line():
    assert web.status_line(status()) == '<p class="hd-status">1.234 bài viết · mới nhất 02/10/2021</p>'
    assert web.status_line(status(newest=None)) == '<p class="hd-status">1.234 bài viết</p>'
    shown = web.status_line(status(skipped=(SkippedFile("/x/<b>.pdf", "không có chữ"),)))
    assert "1 tệp chưa có trong chỉ mục" in shown
    assert Reader(shown).text.endswith("<b>.pdf: không có chữ")


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (IndexMissing("no"), "hoidap index"),
        (IndexDamaged("no"), "hoidap rollback"),
        (IndexMismatch("no"), "hoidap index"),
        (IndexLocked("no"), "đợi"),
        (ModelError("no"), "hoidap doctor"),
        (InputError("câu hỏi trống"), "Câu hỏi trống"),
        (HoidapError("<b>x"), "<b>x"),
    ],
)
def test_problems_name_the_remedy(error, remedy):
    shown = web.problem(error)
    assert remedy in Reader(shown).text
    assert Reader(shown).tags() == {"div", "p"}


@pytest.mark.parametrize("typed", ["2021-09-30", "30/9/2021", "30-09-2021", " 30.9.2021 ", "2021-9-30"])
def test_days_as_people_write_them(typed):
    assert parse_day(typed, "Từ ngày") == date(2021, 9, 30)


@pytest.mark.parametrize("typed", [None, "", "  "])
def test_no_day(typed):
    assert parse_day(typed, "Từ ngày") is None


@pytest.mark.parametrize("typed", ["hôm qua", "2021-13-01", "31/2/2021", "2021", "30/9", "1-2021-09"])
def test_a_wrong_day_is_said_so(typed):
    with pytest.raises(InputError, match=f"Đến ngày: “{typed}” không phải là một ngày"):
        parse_day(typed, "Đến ngày")


def test_limits_are_read_and_said():
    limits = read_limits("TTXVN", "2020-01-01", "31/12/2020")
    assert limits == Limits("TTXVN", date(2020, 1, 1), date(2020, 12, 31))
    shown = Reader(web.bubble(ANSWER, 1, limits)).text
    assert "Chỉ tìm trong: nguồn “TTXVN”, từ 01/01/2020, đến 31/12/2020" in shown
    assert "Chỉ tìm trong" not in Reader(web.bubble(ANSWER, 1)).text


def test_limits_the_wrong_way_round():
    with pytest.raises(InputError, match="“Từ ngày” đang sau “Đến ngày”"):
        read_limits(None, "2021-01-02", "2021-01-01")


def test_plain_answer_is_json():
    plain = json.loads(json.dumps(to_plain(ANSWER)))
    assert plain["text"] == ANSWER.text
    assert plain["citations"][0]["published"] == "2020-06-24"
    assert plain["citations"][0]["marks"] == [[KEY, KEY + 13]]
    assert plain["hits"][0]["article"] == {
        "article_id": "a" * 16,
        "path": "/bai/thu-chi.txt",
        "title": "Thu chi",
        "source": "Báo Một",
        "url": "https://bao.vn/thu?id=1",
        "published": "2020-06-24",
    }
    assert plain["hits"][0]["passage"]["text"] == SENTENCE


def test_plain_article_keeps_its_text():
    plain = to_plain(ARTICLE)
    assert isinstance(plain, dict)
    assert plain["text"] == TEXT


def test_plain_numbers():
    quantity = Quantity(0, 13, "459,6 tỷ đồng", Decimal("459600000000"), "đồng")
    plain = to_plain({"quantity": quantity, 1: Decimal("9.35"), "none": None, "yes": True})
    assert json.dumps(plain, ensure_ascii=False) == (
        '{"quantity": {"start": 0, "end": 13, "text": "459,6 tỷ đồng", "value": 459600000000, '
        '"unit": "đồng", '
        '"qualifier": "", "total": null}, "1": 9.35, "none": null, "yes": true}'
    )


def test_what_has_no_plain_form_is_refused():
    with pytest.raises(TypeError, match="object has no plain form"):
        to_plain(object())
