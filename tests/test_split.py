import itertools

import pytest
from conftest import article
from hypothesis import given
from hypothesis import strategies as st

from index.split import SplitSettings, count_syllables, passages, sentences


def cut(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Đạt 3.250 tỷ. Số hộ nghèo là 5.210 hộ. Còn lại ổn.",
            ["Đạt 3.250 tỷ.", "Số hộ nghèo là 5.210 hộ.", "Còn lại ổn."],
        ),
        ("Ở TP. Hồ Chí Minh có ThS. Lê A. Ảnh: Q.K", ["Ở TP. Hồ Chí Minh có ThS. Lê A. Ảnh: Q.K"]),
        ("Ngày 24.6 họp. Sau đó nghỉ.", ["Ngày 24.6 họp.", "Sau đó nghỉ."]),
        ("Còn 44 hộ nghèo.Công tác tốt.", ["Còn 44 hộ nghèo.", "Công tác tốt."]),
        ("so với năm 2015.Tỷ lệ giảm 1%.", ["so với năm 2015.", "Tỷ lệ giảm 1%."]),
        ("Gửi thư tới a.Binh@x.vn nhé. Xong.", ["Gửi thư tới a.Binh@x.vn nhé.", "Xong."]),
        ("Vì sao? Vì mưa! Thế thôi…", ["Vì sao?", "Vì mưa!", "Thế thôi…"]),
        ("“Tốt lắm.” Ông nói.", ["“Tốt lắm.”", "Ông nói."]),
        ("1. Thu ngân sách tăng. 2. Chi giảm.", ["1. Thu ngân sách tăng.", "2. Chi giảm."]),
        ("Dòng một\nDòng hai. Hết", ["Dòng một", "Dòng hai.", "Hết"]),
        ("khó khăn... nhưng vẫn đạt.", ["khó khăn... nhưng vẫn đạt."]),
        ("Trang web www.soctrang.gov.vn mở cửa.", ["Trang web www.soctrang.gov.vn mở cửa."]),
    ],
)
def test_sentence_ends(text, expected):
    assert cut(text) == expected


vietnamese = st.text(alphabet='aáăâbđêôơưhoàTỷĐ 0123456789.,;:!?…\n“”"-()%', max_size=400)


@given(vietnamese)
def test_every_sentence_and_passage_stands_where_it_says(text):
    one = article(text)
    spans = sentences(text)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert [span for a, b in itertools.pairwise(spans) for span in [a[1] <= b[0]]] == [True] * max(
        0, len(spans) - 1
    )
    found = passages(one, SplitSettings(enough=8, most=15, rest=4))
    assert all(text[p.start : p.end] == p.text for p in found)
    assert "".join("".join(p.text for p in found).split()) == "".join(text.split())


@given(vietnamese)
def test_no_passage_cuts_a_sentence(text):
    spans = sentences(text)
    for passage in passages(article(text), SplitSettings(enough=8, most=15, rest=4)):
        assert passage.start in {start for start, _ in spans}
        assert passage.end in {end for _, end in spans}


def test_passages_are_of_the_length_asked_for():
    text = "\n".join(f"Câu số {n} nói về thu ngân sách của huyện trong năm nay." for n in range(60))
    lengths = [count_syllables(p.text) for p in passages(article(text))]
    assert all(80 <= length <= 150 for length in lengths[:-1])


def test_list_items_stay_with_their_head():
    head = "Các nhiệm vụ trọng tâm của huyện trong năm gồm có:"
    filler = " ".join(["từ"] * 75) + "."
    items = [f"- Nhiệm vụ thứ {n} là chăm lo đời sống của người dân." for n in range(3)]
    found = passages(article("\n".join([filler, head, *items])))
    holding = [p for p in found if head in p.text]
    assert len(holding) == 1
    assert all(item in holding[0].text for item in items)


def test_a_heading_opens_a_passage_and_never_closes_one():
    body = " ".join(["chữ"] * 79) + "."
    found = passages(article("\n".join([body, "Kết quả thu chi", body, body])))
    assert [p.text.endswith("Kết quả thu chi") for p in found] == [False] * len(found)


def test_furniture_forms_passages_of_its_own():
    text = "Tin tức hôm nay.\nĐịa chỉ: 1 Lê Lợi\nĐiện thoại: 0123 456 789"
    found = passages(article(text, ((17, 34), (35, len(text)))))
    assert [(p.text, p.furniture) for p in found] == [
        ("Tin tức hôm nay.", False),
        ("Địa chỉ: 1 Lê Lợi\nĐiện thoại: 0123 456 789", True),
    ]


def test_a_sentence_end_is_looked_for_only_around_it():
    words = "X" + "x" * 200
    text = f"{words}. Đạt 3 tỷ.{' ' * 300}“Còn 44 hộ nghèo. {words} TP. Sóc Trăng tốt."
    assert [text[start:end] for start, end in sentences(text)] == [
        f"{words}.",
        "Đạt 3 tỷ.",
        "“Còn 44 hộ nghèo.",
        f"{words} TP. Sóc Trăng tốt.",
    ]
