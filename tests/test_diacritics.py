import pytest
from conftest import write

from index import build_index
from index.vietnamese import fold
from qa import Assistant
from qa.diacritics import restore

TEXTS = [
    "Năm 2020, tỷ lệ hộ nghèo huyện Hòa Lộc còn 2,1%.",
    "Hồ Hòa Lộc rộng 12 ha. Dân số huyện Hòa Lộc là 45.000 người.",
]


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("ty le ho ngheo huyen hoa loc nam 2020", "tỷ lệ hộ nghèo huyện Hòa Lộc năm 2020"),
        ("ho Hoa Loc rong bao nhieu", "Hồ Hòa Lộc rộng bao nhiêu"),
        ("dan so huyen hoa loc", "dân số huyện Hòa Lộc"),
        ("mua xuan 2020?", "mùa xuân 2020?"),  # by the background alone
        ("xqzt 2020?", "xqzt 2020?"),
        ("", ""),
    ],
)
def test_words_are_written_as_the_passages_write_them(typed, restored):
    assert restore(typed, TEXTS) == restored


def test_a_question_with_diacritics_is_left_alone():
    assert restore("hồ nghèo", TEXTS) == "hồ nghèo"


def test_a_typed_capital_stays():
    assert restore("ho Guom", ["một vòng quanh hồ gươm"]) == "hồ Gươm"


def test_a_word_typed_in_capitals_stays_so():
    assert restore("may du an DDI", ["mấy dự án"]) == "mấy dự án DDI"


def test_initials_are_written_as_in_the_passages():
    assert restore("chi so pci", ["Về chỉ số PCI", "các chỉ số PCI"]) == "chỉ số PCI"


def test_both_ways_of_typing_give_one_answer(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    write(folder / "a.md", "Huyện Hòa Lộc năm 2020", "2021-01-05", " ".join(TEXTS))
    build_index([folder], tmp_path / "index", model="toy")
    assistant = Assistant.open(tmp_path / "index")
    question = "tỷ lệ hộ nghèo huyện Hòa Lộc năm 2020 là bao nhiêu"
    accented, folded = assistant.ask(question), assistant.ask(fold(question))
    assert accented.short == folded.short == "2,1%"
    assert folded.question == fold(question)
    assert folded.searched.lower() == question.lower()


def test_a_question_typed_in_lower_case_gets_the_capitals_of_the_passages(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    write(folder / "a.md", "Huyện Hòa Lộc năm 2020", "2021-01-05", " ".join(TEXTS))
    build_index([folder], tmp_path / "index", model="toy")
    answer = Assistant.open(tmp_path / "index").ask("tỷ lệ hộ nghèo huyện hòa lộc năm 2020 là bao nhiêu")
    assert answer.searched == "tỷ lệ hộ nghèo huyện Hòa Lộc năm 2020 là bao nhiêu"
    assert answer.short == "2,1%"


def test_a_neighbour_tells_which_capital_is_a_name():
    texts = ["Trường Đại học Hòa Lộc", "chợ cá ngừ đại dương", "Đại học Hòa Lộc và Đại học An Bình"]
    assert restore("chợ cá ngừ đại dương ở hòa lộc", texts) == "chợ cá ngừ đại dương ở Hòa Lộc"
