"""The persons whom a question names, with their diacritics."""

import pytest
from conftest import write

from index.build import build_index
from index.types import Article, Passage
from qa.answer import Assistant
from qa.features import Examiner
from qa.guards import scope_guard
from qa.persons import person_absent, persons_named
from qa.question import understand
from qa.retrieve import BEST, FURTHER
from qa.types import Hit


@pytest.mark.parametrize(
    ("question", "persons"),
    [
        ("Ông Phạm Văn Hoa giữ chức vụ gì?", ("Phạm Văn Hoa",)),
        ("Bà Vũ Thị Tỵ và ông Lê Hùng Dũng là ai?", ("Vũ Thị Tỵ", "Lê Hùng Dũng")),
        ("Thành phố Lai Vu ở đâu?", ()),
        ("Ông Hoa là ai?", ()),
        ("Ông Ban Ki Moon là ai?", ()),
        ("pham van hoa la ai", ()),
    ],
)
def test_persons_named_in_full(question, persons):
    assert persons_named(question) == persons


@pytest.mark.parametrize(
    ("name", "text", "absent"),
    [
        ("Phạm Văn Hoa", "Ông Phạm Văn Hóa ký.", True),
        ("Phạm Văn Hóa", "Ông Phạm Văn Hoá ký.", False),
        ("Phạm Văn Hoa", "PHẠM VĂN HOA ký.", False),
        ("Phạm Văn Hoa", "Anh Văn Hoa ký.", False),
        ("Nguyễn Tri Phương Huế", "Trường Nguyễn Tri Phương tuyển sinh.", False),
        ("Phạm Văn Hoa", "Phạm Văn ký, hoa nở.", True),
    ],
)
def test_a_person_is_absent_when_no_form_of_the_name_is_told(name, text, absent):
    assert person_absent(name, text) is absent


def test_passages_that_name_the_person_are_read_as_well(tmp_path):
    """Passages that say one syllable of the name again and again come before the one that names him once."""
    (tmp_path / "articles").mkdir()
    for number in range(60):
        text = "Ông Vũ Văn hát. Ông Văn Hòa hát. " * 4
        write(tmp_path / "articles" / f"{number:02}.md", f"Vũ Văn, Văn Hòa {number}", "2024-01-05", text)
    filler = "Trồng trọt, chăn nuôi, thủy sản đều khá. Trường lớp khang trang. Giao thông thuận lợi. " * 4
    text = f"{filler}Trưởng ban Vũ Văn Hòa phát biểu."
    write(tmp_path / "articles" / "named.md", "Tin chung", "2024-01-05", text)
    build_index([tmp_path / "articles"], tmp_path / "index", model="toy")
    retriever = Assistant.open(tmp_path / "index")._current()
    read = [hit.article.path.rsplit("/", 1)[-1] for hit in retriever.to_read(understand("Vũ Văn Hòa là ai?"))]
    assert read[-1] == "named.md"
    assert len(read) == BEST + FURTHER + 1


def test_an_article_without_the_person_contradicts_the_question():
    text = "Ông Phạm Văn Hóa làm giám đốc."
    article = Article("0" * 16, "/a.txt", "Tin", "", "", None, text)
    hit = Hit(Passage("p", "0" * 16, 0, len(text), text), article, 1.0, 1)
    asked = understand("Ông Phạm Văn Hoa làm chức gì?"), understand("Ông Phạm Văn Hóa làm chức gì?")
    absent = [Examiner(one, [hit], lambda term: 1, 10).scored()[0].features["person_absent"] for one in asked]
    assert absent == [1.0, 0.0]
    assert scope_guard({"person_absent": 1.0}, fitted=True) == 0.3
