"""What the cross-encoder reads of an article."""

from index.types import Article, Passage
from qa.cross_texts import MOST_BEFORE, heading, in_context, leading, windows
from qa.question import understand
from qa.surroundings import readings
from qa.types import Hit

TEXT = (
    "Chợ Bến Lở ở xã Tân Lập được xây lại sau trận lũ. Dân trong vùng mong đợi đã lâu. Hội chợ mùa xuân sẽ mở ở đây. "
    "Kinh phí là 1,3 tỷ đồng từ ngân sách huyện. Tiểu thương góp thêm một phần."
)


def led_by(question, text=TEXT, title="Niềm vui mới"):
    """What leads to the sentence with the cost."""
    article = Article("a" * 16, "/a.txt", title, "", "", None, text)
    start = text.index("Kinh phí")
    hit = Hit(Passage("p", "a" * 16, start, len(text), text[start:]), article, 1.0, 1)
    reading = next(one for one in readings(hit) if one.text.startswith("Kinh phí"))
    return leading(understand(question), reading, 0)


def test_the_sentence_that_names_what_is_asked_about_leads():
    asked = "Kinh phí xây chợ Bến Lở ở xã Tân Lập là bao nhiêu?"
    assert led_by(asked) == "Chợ Bến Lở ở xã Tân Lập được xây lại sau trận lũ."


def test_the_sentence_before_leads_when_no_other_holds_two_words_more():
    assert led_by("Kinh phí là bao nhiêu?") == "Hội chợ mùa xuân sẽ mở ở đây."
    assert led_by("Kinh phí xây chợ là bao nhiêu?") == "Hội chợ mùa xuân sẽ mở ở đây."


def test_what_the_title_says_need_not_be_said_again():
    asked = "Kinh phí xây chợ Bến Lở ở xã Tân Lập là bao nhiêu?"
    assert led_by(asked, title="Xây lại chợ Bến Lở, xã Tân Lập") == "Hội chợ mùa xuân sẽ mở ở đây."


def test_of_a_long_sentence_a_stretch_of_whole_words_leads():
    far = (
        "Theo báo cáo của ban quản lý, "
        + "việc chung được bàn kỹ, " * 6
        + "chợ Bến Lở ở xã Tân Lập sẽ được xây lại."
    )
    found = led_by(
        "Kinh phí xây chợ Bến Lở ở xã Tân Lập?",
        TEXT.replace("Chợ Bến Lở ở xã Tân Lập được xây lại sau trận lũ.", far),
    )
    assert "chợ Bến Lở ở xã Tân Lập" in found
    assert len(found) <= MOST_BEFORE
    assert f" {found} " in f" {far} "


def test_the_words_before_lead_to_a_later_part_of_a_sentence():
    text = "Năm 2020, " + "xã trồng 5 ha rừng, " * 20 + "thu ngân sách 3 tỷ đồng."
    article = Article("a" * 16, "/a.txt", "Báo cáo", "", "", None, text)
    (reading,) = readings(Hit(Passage("p", "a" * 16, 0, len(text), text), article, 1.0, 1))
    start = windows(text)[1][0]
    before = leading(understand("thu ngân sách 2020"), reading, start)
    assert text[:start].rstrip().endswith(before)
    assert len(before) <= MOST_BEFORE


def test_the_head_leads_to_a_later_part_that_lacks_whose_report_it_is():
    head = "Huyện Lai Vu họp tổng kết năm 2020."
    text = f"{head} " + "Xã trồng 5 ha rừng, " + "xã trồng 5 ha rừng, " * 20 + "thu ngân sách 3 tỷ đồng."
    article = Article("a" * 16, "/a.txt", "Báo cáo", "", "", None, text)
    reading = list(readings(Hit(Passage("p", "a" * 16, 0, len(text), text), article, 1.0, 1)))[1]
    start = windows(reading.text)[-1][0]
    assert start > 0
    assert leading(understand("thu ngân sách huyện Lai Vu năm 2020"), reading, start) == head
    assert leading(understand("thu ngân sách bao nhiêu"), reading, start) != head


def test_a_sentence_is_read_behind_the_end_of_the_one_before():
    before = "Ông Lê Văn A làm giám đốc từ năm 2015, trước đó ông dạy học ở trường làng bên sông, cách nhà hai cây số đường đất."
    text, skip = in_context("Tin ngắn", before, "Ông nghỉ hưu năm 2020.")
    assert text[skip:] == "Ông nghỉ hưu năm 2020."
    assert text.startswith("Tin ngắn: ")
    assert text[:skip].endswith(" đường đất. | ")
    assert len(text[:skip]) <= len("Tin ngắn: ") + MOST_BEFORE + len(" | ")


def test_a_long_sentence_is_read_in_parts():
    sentence = "; ".join(
        f"chỉ tiêu {number} đạt {number * 7} tỷ đồng, vượt kế hoạch" for number in range(1, 13)
    )
    parts = windows(sentence)
    assert "".join(sentence[start:end] for start, end in parts) == sentence
    assert [end - start for start, end in parts] == [209, 211, 84]
    assert all(sentence[start:].startswith("chỉ tiêu") for start, _ in parts)
    assert windows("x" * 600) == [(0, 250), (250, 500), (500, 600)]
    assert windows("Một câu ngắn.") == [(0, 13)]


def test_a_footer_stands_below_its_source():
    article = Article("a" * 16, "/a.txt", "Chợ mới", "Cổng thông tin xã Tân Lập", "", None, TEXT)
    unsigned = Article("a" * 16, "/a.txt", "Chợ mới", "", "", None, TEXT)
    text, footer = (
        Passage("p", "a" * 16, 0, 9, TEXT[:9]),
        Passage("p", "a" * 16, 0, 9, TEXT[:9], furniture=True),
    )
    hits = [Hit(text, article, 1.0, 1), Hit(footer, article, 1.0, 1), Hit(footer, unsigned, 1.0, 1)]
    assert [heading(hit) for hit in hits] == ["Chợ mới", "Cổng thông tin xã Tân Lập", "Chợ mới"]
