from dataclasses import replace
from datetime import date

from index.types import Article, Passage
from qa.features import Scored
from qa.gather import MOST_WORDS, gather
from qa.read import Reply
from qa.spans import Candidate
from qa.surroundings import Reading
from qa.types import Hit


def replies(text, scores, article_id="a"):
    """One reply a line of the text, with its score; best first."""
    article = Article(article_id, "/a.txt", "Tiêu đề", "", "", date(2024, 1, 5), text)
    hit = Hit(Passage("p", article_id, 0, len(text), text), article, 1.0, 1)
    found, at = [], 0
    for line, score in zip(text.split("\n"), scores, strict=True):
        reading = Reading(hit, at, at + len(line), line, "", (), None)
        found.append(Reply(Scored(reading, Candidate(0, len(line), line, "sentence"), {}), score, 0.5))
        at += len(line) + 1
    return sorted(found, key=lambda reply: -reply.score)


def said(found):
    return [reply.scored.reading.text for reply in found]


def test_a_sentence_about_as_good_is_quoted_too_in_the_article_s_order():
    text = "Chợ vắng vì thiếu nước.\nChợ khai trương năm 1992.\nChợ lại không có đèn."
    assert said(gather(replies(text, [8.0, 2.0, 9.0]))) == [
        "Chợ vắng vì thiếu nước.",
        "Chợ lại không có đèn.",
    ]


def test_a_much_worse_sentence_is_not():
    assert said(gather(replies("Chợ vắng vì thiếu nước.\nChợ to.", [9.0, 5.9]))) == [
        "Chợ vắng vì thiếu nước."
    ]


def test_what_goes_on_below_a_heading_belongs_to_it():
    text = "Năm đơn vị bị phạt\nĐó là Công ty A, Công ty B.\nTrời mưa."
    assert said(gather(replies(text, [9.0, 1.0, 0.0]))) == [
        "Năm đơn vị bị phạt",
        "Đó là Công ty A, Công ty B.",
    ]


def test_the_sentence_after_a_full_stop_belongs_only_when_it_goes_on():
    text = "Có năm đơn vị bị phạt.\nGồm Công ty A, Công ty B.\nTrời mưa."
    assert said(gather(replies(text, [9.0, 1.0, 0.0]))) == [
        "Có năm đơn vị bị phạt.",
        "Gồm Công ty A, Công ty B.",
    ]


def test_another_article_is_left_out():
    here = replies("Chợ vắng vì thiếu nước.", [9.0])
    there = replies("Chợ vắng vì xa.", [8.9], "b")
    assert said(gather([*here, *there])) == ["Chợ vắng vì thiếu nước."]


def test_no_more_words_than_anybody_reads():
    long = " ".join(["chữ"] * MOST_WORDS)
    assert said(gather(replies(f"Một câu.\n{long}.", [9.0, 9.0]))) == ["Một câu."]


def test_why_stands_before_what_came_of_it():
    found = replies("Chợ to.\nCống bốc mùi.\nVì thế dân bịt miệng cống.", [5.0, 1.0, 9.0])
    assert said(gather(found)) == ["Vì thế dân bịt miệng cống."]
    reading = replace(found[0].scored.reading, previous="Cống bốc mùi.")
    known = replace(found[0], scored=replace(found[0].scored, reading=reading))
    assert said(gather([known])) == ["Cống bốc mùi.", "Vì thế dân bịt miệng cống."]


def test_what_a_sentence_announces_is_said_though_it_was_not_read():
    text = "Có ba thể:\n- Thể nhẹ.\n- Thể vừa.\n- Thể nặng.\nNgười bệnh nên nghỉ."
    best = max(replies(text, [9.0, 0.0, 0.0, 0.0, 0.0]), key=lambda reply: reply.score)
    assert said(gather([best])) == ["Có ba thể:", "- Thể nhẹ.", "- Thể vừa.", "- Thể nặng."]


def test_a_list_ends_where_a_sentence_does_not_go_on():
    text = "Có ba chương trình. Đó là trồng rừng. Người dân vui. Đó là điều tốt."
    best, *_ = replies(text, [9.0])
    first = "Có ba chương trình."
    reading = replace(best.scored.reading, end=len(first), text=first)
    best = replace(best, scored=replace(best.scored, reading=reading))
    assert said(gather([best])) == [first, "Đó là trồng rừng."]
