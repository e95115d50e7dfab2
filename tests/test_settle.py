"""Amounts that the ledger of figures settles."""

from dataclasses import replace

import pytest

from index import build_index
from qa import Assistant
from qa.question import understand
from qa.settle import MARGIN, looked_up, settle

HEAD = "Ngày 7-10-2021, Thành ủy Lai Vu họp đánh giá 9 tháng đầu năm 2021 của thành phố Lai Vu."
SPENT = "Thành phố đã trích nguồn kết dư ngân sách 1,8 tỷ đồng hỗ trợ hộ nghèo."
TOLD = "Thu ngân sách nhà nước trên địa bàn được hơn 317 tỷ đồng. Chi trong cân đối là 289 tỷ đồng."
ASKED = "9 tháng đầu năm 2021 thu ngân sách của thành phố Lai Vu là bao nhiêu?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("settle")
    (folder / "articles").mkdir()
    filler = "Đường sá trong thành phố được sửa sang, cây xanh được trồng thêm ở nhiều nơi. " * 9
    text = f"{HEAD} {SPENT}\n\n{filler}\n\n{TOLD}"
    head = "---\ntitle: Kinh tế thành phố Lai Vu\npublished: 2021-10-08\n---\n"
    (folder / "articles" / "a.md").write_text(head + text, encoding="utf-8")
    build_index([folder / "articles"], folder / "index", model="toy")
    return Assistant.open(folder / "index")


@pytest.fixture(scope="module")
def read(assistant):
    """Replies to ``ASKED`` by their words."""
    generation = assistant._current().generation
    hits = assistant.retrieve(ASKED, 5)
    lexical = generation.lexical
    found = assistant._reader.read(understand(ASKED), hits, lexical.document_frequency, len(lexical))
    return {reply.scored.candidate.text: reply for reply in found}


def order(assistant, replies, question=ASKED):
    settled = settle(understand(question), replies, assistant._current().generation.ledger)
    return [reply.scored.candidate.text for reply in settled]


def pair(read, gap=1.0):
    """The amount of something else first, the right one so far behind it."""
    return [
        replace(read["1,8 tỷ đồng"], score=5.0, confidence=0.6),
        replace(read["hơn 317 tỷ đồng"], score=5.0 - gap, confidence=0.1),
    ]


def test_the_amount_that_the_ledger_has_for_what_is_asked_comes_first(assistant, read):
    assert order(assistant, pair(read)) == ["hơn 317 tỷ đồng", "1,8 tỷ đồng"]
    ledger = assistant._current().generation.ledger
    assert settle(understand(ASKED), pair(read), ledger)[0].confidence == 0.6


def test_an_amount_too_far_behind_stays_there(assistant, read):
    assert order(assistant, pair(read, MARGIN + 0.1)) == ["1,8 tỷ đồng", "hơn 317 tỷ đồng"]


@pytest.mark.parametrize(
    "question",
    [
        "thu ngân sách là bao nhiêu",
        "9 tháng đầu năm 2020 thu ngân sách của thành phố Lai Vu là bao nhiêu?",
        "9 tháng đầu năm 2021 thu ngân sách của thành phố Tân Hưng là bao nhiêu?",
        "9 tháng đầu năm 2021 thu ngân sách của thành phố Lai Vu tăng bao nhiêu?",
        "9 tháng đầu năm 2021 thành phố Lai Vu thu hút bao nhiêu khách?",
    ],
)
def test_another_time_place_or_thing_settles_nothing(assistant, read, question):
    assert order(assistant, pair(read), question) == ["1,8 tỷ đồng", "hơn 317 tỷ đồng"]


def test_two_amounts_that_fit_settle_nothing(assistant, read):
    """By its words the ledger's "chi trong cân đối" is spending, so it is no rival of revenue; the same figure twice is one."""
    chi = replace(read["289 tỷ đồng"], score=4.5)
    assert order(assistant, [*pair(read), chi])[0] == "hơn 317 tỷ đồng"
    asked = ASKED.replace("thu ngân sách", "chi ngân sách")
    assert order(assistant, [*pair(read), chi], asked)[0] == "289 tỷ đồng"


def test_without_a_ledger_or_replies_nothing_changes(assistant, read):
    assert settle(understand(ASKED), pair(read), None) == pair(read)
    assert order(assistant, []) == []


def test_the_passage_with_the_figure_is_read_too(assistant):
    generation = assistant._current().generation
    hits = assistant.retrieve(ASKED, 5)
    first = [hit for hit in hits if SPENT in hit.passage.text]
    assert "317" not in first[0].passage.text
    added = looked_up(understand(ASKED), first, generation)
    assert added[:1] == first
    assert ["317" in hit.passage.text for hit in added[1:]] == [True]
    assert looked_up(understand(ASKED), hits, generation) == hits
    assert looked_up(understand("thu ngân sách là bao nhiêu"), first, generation) == first


def test_the_other_amount_has_to_say_what_the_first_one_says(assistant, read):
    """The first amount's "ngân sách" is asked for; what lacks it does not take its place."""
    asked = ASKED.replace("thu ngân sách", "hỗ trợ ngân sách")
    assert order(assistant, pair(read), asked) == ["1,8 tỷ đồng", "hơn 317 tỷ đồng"]
