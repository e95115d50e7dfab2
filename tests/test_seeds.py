"""The sample articles: answers stand in them, no figure is lost, the wording is their own but for titles."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path

import docx
import pypdfium2
import pytest

from index.articles import find_files, read_article

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"
QUESTIONS = ROOT / "tests" / "data" / "seeds_questions.jsonl"
RETOLD = {
    "000_6383577a1c0f5603.txt": "soc-trang-9-thang-2021.txt",
    "001_a34ef5c0c0a859ae.txt": "soc-trang-kiem-diem-2020.pdf",
    "002_f06058402af05387.txt": "soc-trang-dai-hoi-xii.md",
    "003_392d12b2f0319e07.txt": "soc-trang-phong-van-2024.html",
    "004_67b1baac7436de05.txt": "song-cong-nghi-quyet-2021.docx",
}
EXPECTED = {
    "soc-trang-9-thang-2021.txt": (
        "Thành ủy Hội nghị BCH mở rộng",
        "Thuật lại theo Cổng thông tin điện tử UBND Thành phố Sóc Trăng",
        date(2021, 10, 15),
    ),
    "soc-trang-dai-hoi-xii.md": (
        "Đảng bộ thành phố Sóc Trăng tập trung nguồn lực để phát triển bền vững",
        "Thuật lại theo Thông tấn xã Việt Nam (TTXVN)",
        date(2020, 6, 24),
    ),
    "soc-trang-kiem-diem-2020.pdf": (
        "Tập thể Ban Thường vụ Thành ủy Sóc Trăng đã đoàn kết, thống nhất, lãnh đạo, chỉ đạo thực hiện tốt"
        " nhiệm vụ chính trị",
        "Thuật lại theo Cổng thông tin điện tử tỉnh Sóc Trăng",
        date(2021, 1, 7),
    ),
    "soc-trang-phong-van-2024.html": (
        "Năm 2024, Đảng bộ thành phố Sóc Trăng tập trung hoàn thiện các tiêu chí đô thị loại I",
        "Thuật lại theo Trang Thông tin điện tử tổng hợp Đảng bộ tỉnh Sóc Trăng",
        date(2024, 2, 9),
    ),
    "song-cong-nghi-quyet-2021.docx": (
        "Đảng bộ Sông Công: Quyết tâm sớm đưa nghị quyết đại hội vào cuộc sống",
        "Thuật lại theo Cổng thông tin điện tử thành phố Sông Công",
        date(2021, 7, 2),
    ),
}
"""What ``read_article`` finds out about each file: title, source, published."""
LONGEST_COPY = 12
"""A sentence of so many syllables must not be a copy; shorter ones are names, captions and fixed phrases."""

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the original articles in ../shared")


def fold(text: str) -> str:
    """NFC, case folded, white space collapsed."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def html_text(markup: str) -> str:
    """The text of a page, a line a tag; scripts and styles left out."""
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", markup, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "\n", markup))


@cache
def seed_text(name: str) -> str:
    """The raw text of a seed, before any cleaning."""
    path = SEEDS / name
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    text = path.read_text(encoding="utf-8")
    return html_text(text) if path.suffix == ".html" else text


def original_text(name: str) -> str:
    return (SHARED / "articles" / name).read_text(encoding="utf-8")


def read_rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def figures(text: str) -> set[str]:
    """Digits with the comma, dot, slash and percent sign that belong to them.

    >>> sorted(figures("đạt 459,6 tỷ, 25/34 trường, bằng 41,% kế hoạch 2020."))
    ['2020', '25/34', '41,%', '459,6']
    """
    return set(re.findall(r"\d+(?:[.,/]\d+)*(?:,?%)?", text))


def sentences(name: str) -> list[str]:
    """The sentences of a seed, folded; a line end ends one as well, but in a PDF, where lines are wrapped."""
    line_end = "" if name.endswith(".pdf") else r"|\r?\n"
    parts = re.split(rf"(?<=[.!?…])\s+{line_end}", seed_text(name))
    return [fold(part).strip(" .;…*•>#") for part in parts]


def rows_of(seed: str, rows: list[dict]) -> list[dict]:
    return [row for row in rows if seed in as_list(row["doc"])]


def holds(text: str, answer: str) -> bool:
    """Whether a folded text holds the answer at token and number boundaries.

    >>> holds("tăng 20,18% và", "18%"), holds("tăng 20,18% và", "20,18%")
    (False, True)
    """
    return re.search(rf"(?<!\w)(?<!\d[.,/]){re.escape(fold(answer))}(?!\w)(?![.,/]\d)", text) is not None


def missing_answers(row: dict, texts: list[str]) -> list[str]:
    return [answer for answer in row["answers"] if not any(holds(text, answer) for text in texts)]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_metadata(name):
    article = read_article(SEEDS / name)
    assert (article.title, article.source, article.published) == EXPECTED[name]


def test_the_folder_holds_the_five_articles_and_nothing_to_skip():
    files, skipped = find_files([SEEDS])
    assert [path.name for path in files] == sorted(EXPECTED)
    assert skipped == []


@pytest.mark.parametrize(
    ("name", "stamp"),
    [
        ("soc-trang-kiem-diem-2020.pdf", "07-01-2021 09:15"),
        ("song-cong-nghi-quyet-2021.docx", "02-07-2021 07:49"),
    ],
)
def test_binary_seed_prints_its_stamp_and_its_source(name, stamp):
    article = read_article(SEEDS / name)
    lines = article.text.split("\n")
    assert lines[:2] == [article.title, stamp]
    assert lines.count(f"Nguồn: {article.source}") == 1


@pytest.mark.parametrize("row", read_rows(QUESTIONS), ids=lambda row: row["id"])
def test_own_question_is_answered_verbatim(row):
    texts = [fold(seed_text(name)) for name in as_list(row["doc"]) if name]
    assert missing_answers(row, texts) == []
    for name, sentence in zip(as_list(row["doc"]), as_list(row["evidence"]), strict=True):
        assert not name or fold(sentence) in fold(seed_text(name))


@pytest.mark.parametrize("row", read_rows(QUESTIONS), ids=lambda row: row["id"])
def test_own_evidence_holds_the_answers(row):
    evidence = [fold(sentence) for sentence in as_list(row["evidence"])]
    assert missing_answers(row, evidence) == []
    assert bool(row["answers"]) == (row["type"] != "unanswerable")
    assert bool(row.get("history")) == (row["type"] == "followup")


def test_own_questions_are_many_and_distinct():
    rows = read_rows(QUESTIONS)
    asked = [(fold(row["question"]), tuple(row.get("history", ()))) for row in rows]
    assert len(rows) >= 110
    assert len(set(asked)) == len(rows)
    assert [row["id"] for row in rows] == [f"seeds-{number:03}" for number in range(1, len(rows) + 1)]


@pytest.mark.parametrize("name", sorted(RETOLD.values()))
def test_the_reader_keeps_every_answer_and_its_evidence(name):
    text = fold(read_article(SEEDS / name).text)
    rows = [row for row in read_rows(QUESTIONS) if row["doc"] == name]
    assert len(rows) >= 15
    assert [row["id"] for row in rows if missing_answers(row, [text])] == []
    assert [row["id"] for row in rows if fold(row["evidence"]) not in text] == []


@needs_shared
def test_own_questions_are_not_those_of_the_dev_set():
    dev = {
        fold(row["question"]) for row in read_rows(SHARED / "eval" / "dev.jsonl") if not row.get("history")
    }
    assert dev & {fold(row["question"]) for row in read_rows(QUESTIONS)} == set()


@needs_shared
@pytest.mark.parametrize("original", sorted(RETOLD))
def test_every_dev_answer_of_the_original_stands_in_the_retelling(original):
    source, retold = fold(original_text(original)), fold(seed_text(RETOLD[original]))
    rows = rows_of(original, read_rows(SHARED / "eval" / "dev.jsonl"))
    held = {answer for row in rows for answer in row["answers"] if holds(source, answer)}
    assert held
    assert {answer for answer in held if not holds(retold, answer)} == set()


@needs_shared
@pytest.mark.parametrize("original", sorted(RETOLD))
def test_every_figure_of_the_original_stands_in_the_retelling(original):
    assert figures(original_text(original)) - figures(seed_text(RETOLD[original])) == set()


@needs_shared
@pytest.mark.parametrize("original", sorted(RETOLD))
def test_no_sentence_is_copied(original):
    """The headline alone is the original's."""
    source, name = fold(original_text(original)), RETOLD[original]
    title = EXPECTED[name][0]
    assert fold(title) in source
    long = [found for found in sentences(name) if len(re.findall(r"\w+", found)) >= LONGEST_COPY]
    assert len(long) >= 10
    assert [found for found in long if found in source and fold(title) not in found] == []


@pytest.mark.parametrize("name", ["soc-trang-kiem-diem-2020.pdf", "song-cong-nghi-quyet-2021.docx"])
def test_binary_seed_was_made_from_its_source(name):
    source = (SEEDS / ".sources" / name).with_suffix(".txt").read_text(encoding="utf-8")
    body = source.split("---\n", 2)[2]
    blocks = [fold(re.sub(r"^(?:##?|[>@~]) ", "", block.strip())) for block in body.split("\n\n")]
    assert [block for block in blocks if block not in fold(seed_text(name))] == []


def test_pdf_properties():
    with pypdfium2.PdfDocument(SEEDS / "soc-trang-kiem-diem-2020.pdf") as document:
        properties = document.get_metadata_dict()
    title, source, _ = EXPECTED["soc-trang-kiem-diem-2020.pdf"]
    assert (properties["Title"], properties["Author"]) == (title, source)
    assert properties["CreationDate"] == "D:20210107091500+07'00'"


def test_docx_properties():
    properties = docx.Document(str(SEEDS / "song-cong-nghi-quyet-2021.docx")).core_properties
    title, source, _ = EXPECTED["song-cong-nghi-quyet-2021.docx"]
    assert (properties.title, properties.author) == (title, source)
    assert f"{properties.created:%Y-%m-%d %H:%M}" == "2021-07-02 07:49"
