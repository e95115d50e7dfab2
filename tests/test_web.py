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
from qa.answer import Status
from qa.plain import to_plain
from qa.types import Answer, Citation, Hit
from qa.web import markup, page, reply, sources
from qa.web.limits import Limits, parse_day, read_limits
from qa.web.words import _TABLE, words

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


WORDS = words()


def bubble(answer: Answer, limits: Limits | None = None) -> str:
    return reply.bubble(answer, WORDS, limits)


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
    shown = bubble(answer) + sources.article_view(article, text, 0, [(0, 3)])
    plain = bubble(ANSWER) + sources.article_view(ARTICLE, SENTENCE, START, [])
    assert Reader(shown).tags() <= Reader(plain).tags() | {"br", "ul", "li", "b", "a", "details", "summary"}
    names = {name for _, attributes in Reader(shown).elements for name in attributes}
    assert names <= ATTRIBUTES
    addresses = [attributes["href"] for tag, attributes in Reader(shown).elements if tag == "a"]
    assert all(address.startswith("https://x/") for address in addresses)


ATTRIBUTES = set(
    "class href title id tabindex role aria-label target rel type data-record data-do data-number "
    "data-card data-at data-verdict".split()
)


def test_bubble_is_one_block_with_the_figure_set_off_and_its_marker():
    shown = bubble(ANSWER)
    assert "\n" not in shown
    assert shown.startswith('<div class="hd-reply hd-answer" data-record="')
    assert '<p class="hd-figure"><strong>459&#44;6 tỷ đồng</strong></p><p class="hd-text">“Thu' in shown
    assert "<b>459&#44;6 tỷ đồng</b>" in shown
    assert (
        'data-do="source" data-number="1" title="Xem nguồn 1" aria-label="Xem nguồn 1">&#91;1&#93;<' in shown
    )
    text = Reader(shown).text
    assert "Đã hiểu là: thu ngân sách · 2020" in text
    assert "Độ tin cậy: chắc chắn" in text
    assert "Thu chi, Báo Một, 24/06/2020" in text


def test_the_record_of_an_answer_is_what_export_and_feedback_need():
    (element,) = [
        one
        for tag, one in Reader(reply.bubble(ANSWER, WORDS, None, reply.Extras(["trước"]))).elements
        if "data-record" in one
    ]
    record = json.loads(element["data-record"])
    assert record["question"] == ANSWER.question
    assert record["history"] == ["trước"]
    assert record["outcome"] == "answer"
    assert record["sources"] == [
        {
            "number": 1,
            "title": "Thu chi",
            "source": "Báo Một",
            "published": "2020-06-24",
            "url": "https://bao.vn/thu?id=1",
            "file": "thu-chi.txt",
            "quote": SENTENCE,
        }
    ]


def test_the_scope_stands_between_the_figure_and_its_sentence():
    answer = replace(ANSWER, scope="thành phố An Lạc · năm 2020")
    shown = reply.bubble(answer, WORDS, None, reply.Extras(kind="thực hiện"))
    assert "Số liệu của: thành phố An Lạc · năm 2020 · thực hiện“Thu" in Reader(shown).text


def test_sources_that_disagree_are_a_list():
    second = replace(CITATION, number=2, article_id="b" * 16, title="Bài hai")
    text = (
        "Các nguồn nêu khác nhau: 459,6 tỷ đồng (năm 2020; Báo Một) [1]; 460 tỷ đồng (năm 2020; Báo Hai) [2]."
    )
    shown = bubble(replace(ANSWER, text=text, conflict="disagreement", citations=(CITATION, second)))
    assert Reader(shown).text.count("Các nguồn nêu khác nhau") == 1
    assert "Độ tin cậy" not in Reader(shown).text
    assert shown.count("<li><strong>") == 2
    assert "<li><strong>460 tỷ đồng</strong> &#40;năm 2020" in shown
    assert "hd-figure" not in shown


def test_copies_of_a_sentence_are_named():
    copy = Article("c" * 16, "/b.txt", "Đăng lại", "Báo Hai", "", date(2020, 6, 25), f"Mở đầu. {SENTENCE}")
    hit = Hit(replace(PASSAGE, passage_id="c-0", article_id="c" * 16), copy, 0.4, 2)
    assert sources.copies(CITATION, (HIT, hit, hit)) == [copy]
    shown = Reader(bubble(replace(ANSWER, hits=(HIT, hit)))).text
    assert "Cùng câu này ở: Báo Hai · 25/06/2020" in shown
    assert "Cùng câu này ở" not in Reader(bubble(ANSWER)).text


def test_short_answer_is_bold_with_another_first_letter():
    answer = replace(ANSWER, text="Hơn 5 tỷ: “thu hơn 5 tỷ” [1]", short="hơn 5 tỷ")
    shown = bubble(answer)
    assert "<strong>Hơn 5 tỷ</strong>" in shown
    assert "“thu <b>hơn 5 tỷ</b>”" in shown


def test_only_markers_of_citations_are_buttons():
    shown = Reader(bubble(replace(ANSWER, text="a [1] b [2] c")))
    markers = [one["data-number"] for _, one in shown.elements if one.get("data-do") == "source"]
    assert markers == ["1", "1"]
    assert "a [1] b [2] c" in shown.text


def test_outcomes_look_different():
    nearest, none = bubble(NEAREST), bubble(NONE)
    assert 'class="hd-reply hd-nearest"' in nearest
    assert "chưa phải câu trả lời" in nearest
    assert SENTENCE in Reader(nearest).text
    assert 'class="hd-reply hd-none"' in none
    assert "<blockquote" not in none
    assert "Độ tin cậy" not in nearest + none


def test_an_unanswered_question_never_looks_answered():
    assert 'class="hd-reply hd-none"' in bubble(replace(NONE, outcome="answer"))


def test_sources_of_each_outcome():
    assert 'data-card="1"' in sources.sources(ANSWER, WORDS)
    nearest = sources.sources(NEAREST, WORDS)
    assert "không phải câu trả lời" in nearest
    assert 'data-card="1"' in nearest
    assert "Không có nguồn nào cho câu hỏi này." in sources.sources(NONE, WORDS)


def test_card_shows_where_the_quote_stands():
    card = sources.sources(ANSWER, WORDS)
    shown = Reader(card).text
    assert "Báo Một · 24/06/2020 · thu-chi.txt" in shown
    assert '<mark class="hd-key">459&#44;6 tỷ đồng</mark>' in card
    assert "Các đoạn khác đã đọc" not in shown
    (opener,) = [one for _, one in Reader(card).elements if one.get("data-do") == "open"]
    asked = json.loads(opener["data-at"])
    assert asked == {"id": "a" * 16, "quote": SENTENCE, "start": START, "marks": [[KEY, KEY + 13]]}


def test_passages_read_and_not_cited_are_folded():
    other = Hit(replace(PASSAGE, passage_id="khác", text="Một đoạn khác."), ARTICLE, 0.2, 2)
    shown = Reader(sources.sources(replace(ANSWER, hits=(HIT, other)), WORDS)).text
    assert shown.count("Một đoạn khác.") == 1
    assert "Các đoạn khác đã đọc" in shown


def test_article_is_whole_and_marked():
    marked = markup.article_text(ARTICLE, (CITATION.start, CITATION.end), CITATION.marks)
    assert marked == (
        "<p>Một tiêu đề</p><p>Câu đầu&#46; "
        '<mark class="hd-quote hd-here">Thu ngân sách năm 2020 là </mark>'
        '<mark class="hd-key hd-here">459&#44;6 tỷ đồng</mark>'
        '<mark class="hd-quote hd-here">&#44; vượt 9&#44;43&#37;&#46;</mark> Câu cuối&#46;</p>'
        "<p>Đoạn hai&#46;</p>"
    )


def test_a_quote_over_two_lines_is_marked_in_both():
    article = replace(ARTICLE, text="một hai\nba bốn")
    assert markup.article_text(article, (4, 10)) == (
        '<p>một <mark class="hd-quote hd-here">hai</mark></p>'
        '<p><mark class="hd-quote hd-here">ba</mark> bốn</p>'
    )


def test_a_sentence_that_moved_is_found_where_it_stands_now():
    moved = replace(ARTICLE, text=f"Thêm ở đầu. {TEXT}")
    shown = sources.article_view(moved, SENTENCE, START, [(KEY, KEY + 13)])
    assert '<mark class="hd-key hd-here">459&#44;6 tỷ đồng</mark>' in shown


@pytest.mark.parametrize("article", [None, replace(ARTICLE, text="Đã sửa.")])
def test_a_changed_article_is_not_marked_wrongly(article):
    assert sources.article_view(article, SENTENCE, START, []) == ""


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "file:///etc/x", "bao.vn/x", "http://[x", "https:"]
)
def test_no_link_without_a_web_address(url):
    assert markup.original_link(replace(CITATION, url=url)) is None
    assert "Mở bài gốc" not in sources.sources(
        replace(ANSWER, citations=(replace(CITATION, url=url),)), WORDS
    )


def test_link_to_a_long_quote_gives_both_ends():
    quote = "một hai ba bốn năm sáu bảy tám chín mười, 2020-2025."
    link = markup.original_link(replace(CITATION, url="https://bao.vn/a#muc", quote=quote))
    assert link == (
        "https://bao.vn/a#muc:~:text=m%E1%BB%99t%20hai%20ba%20b%E1%BB%91n%20n%C4%83m,"
        "b%E1%BA%A3y%20t%C3%A1m%20ch%C3%ADn%20m%C6%B0%E1%BB%9Di%2C%202020%2D2025."
    )


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
    assert (
        reply.status_line(status(), WORDS) == '<p class="hd-status">1.234 bài viết · mới nhất 02/10/2021</p>'
    )
    assert reply.status_line(status(newest=None), WORDS) == '<p class="hd-status">1.234 bài viết</p>'
    shown = reply.status_line(status(skipped=(SkippedFile("/x/<b>.pdf", "không có chữ"),)), WORDS)
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
    shown = reply.problem(error)
    assert remedy in Reader(shown).text
    assert Reader(shown).tags() == {"div", "p"}


@pytest.mark.parametrize("typed", ["2021-09-30", "30/9/2021", "30-09-2021", " 30.9.2021 ", "2021-9-30"])
def test_days_as_people_write_them(typed):
    assert parse_day(typed, "Đăng từ") == date(2021, 9, 30)


@pytest.mark.parametrize("typed", [None, "", "  "])
def test_no_day(typed):
    assert parse_day(typed, "Đăng từ") is None


@pytest.mark.parametrize("typed", ["hôm qua", "2021-13-01", "31/2/2021", "21", "30/9", "1-2021-09"])
def test_a_wrong_day_is_said_so(typed):
    with pytest.raises(InputError, match=f"Đăng đến: “{typed}” không phải là năm hay ngày"):
        parse_day(typed, "Đăng đến")


def test_limits_are_read_and_said():
    limits = read_limits("TTXVN", "2020-01-01", "31/12/2020")
    assert limits == Limits("TTXVN", date(2020, 1, 1), date(2020, 12, 31))
    shown = Reader(bubble(ANSWER, limits)).text
    assert "Chỉ tìm trong: nguồn “TTXVN” từ 01/01/2020 đến 31/12/2020" in shown
    assert "Chỉ tìm trong" not in Reader(bubble(ANSWER)).text


def test_limits_the_wrong_way_round():
    with pytest.raises(InputError, match="“Đăng từ” đang sau “Đăng đến”"):
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


def test_every_word_of_the_page_is_in_both_languages():
    assert [key for key, pair in _TABLE.items() if len(pair) != 2 or not all(pair)] == []


def test_the_page_asks_nobody_for_anything():
    everything = page.head() + page.css()
    assert re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", everything) == []
    assert "@import" not in everything
    assert "url(" not in page.css()
