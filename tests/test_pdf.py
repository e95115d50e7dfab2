from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from matplotlib import get_data_path
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from index.articles import read_article
from index.errors import UnreadableFile
from index.pdf import paragraphs, read_pdf

BODY = "Thu ngân sách năm 2020 đạt 459,6 tỷ đồng, vượt 9,43% chỉ tiêu nghị quyết đề ra cho cả năm."


def save(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def pdf(
    pages: list[list[str]],
    *,
    encrypt: StandardEncryption | None = None,
    title: str = "",
    created: str = "D:20210702074900+07'00'",
) -> bytes:
    pdfmetrics.registerFont(TTFont("DejaVu", Path(get_data_path(), "fonts/ttf/DejaVuSans.ttf")))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=encrypt)
    canvas.setTitle(title)
    canvas.setDateFormatter(lambda *_: created)
    for lines in pages:
        canvas.setFont("DejaVu", 10)
        for row, line in enumerate(lines):
            canvas.drawString(50, 780 - 16 * row, line)
        canvas.rect(20, 20, 40, 40, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_pdf_lines_become_paragraphs(tmp_path):
    page = [
        "Kết quả năm 2020",
        "Thu ngân sách năm 2020 của thành phố đạt 459,6 tỷ đồng, vượt chỉ",
        "tiêu nghị quyết đề ra, tăng 3,28 lần so với năm 2015 và cao nhất",
        "trong nhiệm kỳ.",
        "Tỷ lệ hộ nghèo còn 0,15%.",
        "- Mục một",
        "- Mục hai",
    ]
    article = read_article(save(tmp_path / "a.pdf", pdf([page], title="Báo cáo năm 2020")))
    assert article.text == (
        "Kết quả năm 2020\n"
        "Thu ngân sách năm 2020 của thành phố đạt 459,6 tỷ đồng, vượt chỉ tiêu nghị quyết đề ra, "
        "tăng 3,28 lần so với năm 2015 và cao nhất trong nhiệm kỳ.\n"
        "Tỷ lệ hộ nghèo còn 0,15%.\n- Mục một\n- Mục hai"
    )
    assert article.title == "Báo cáo năm 2020"


def test_lines_of_characters_without_width_are_no_lines(tmp_path):
    page = ["Thu ngân sách năm 2020", "\u200b", "đạt 459,6 tỷ đồng."]
    assert "459,6 tỷ đồng" in read_article(save(tmp_path / "a.pdf", pdf([page]))).text


def test_pdf_page_numbers_and_running_titles_go_and_figures_stay(tmp_path):
    pages = [
        ["Báo cáo của UBND", f"Phần {letter} có thu ngân sách:", "459", f"Trang {n}/3"]
        for n, letter in enumerate("ABC", 1)
    ]
    article = read_article(save(tmp_path / "a.pdf", pdf(pages, title="untitled")))
    assert article.text.split("\n") == [
        line for letter in "ABC" for line in (f"Phần {letter} có thu ngân sách:", "459")
    ]


@pytest.mark.parametrize(
    ("created", "expected"),
    [
        ("D:20210702074900+07'00'", date(2021, 7, 2)),
        ("D:20210702", date(2021, 7, 2)),
        ("D:19700101000000Z", None),
        ("D:29990101000000Z", None),
        ("D:20211399000000Z", None),
        ("hôm qua", None),
    ],
)
def test_pdf_day_of_creation_is_the_last_witness(tmp_path, created, expected):
    path = save(tmp_path / "a.pdf", pdf([["Tiêu đề", BODY]], created=created))
    assert read_article(path).published == expected
    stamped = pdf([["Tiêu đề", "05-03-2020 07:49", BODY]], created=created)
    assert read_article(save(tmp_path / "b.pdf", stamped)).published == date(2020, 3, 5)


def test_a_stamp_stays_a_line_of_its_own():
    title = "Thành ủy tổ chức hội nghị đánh giá tình hình kinh tế năm 2020"
    assert paragraphs([title, "02-07-2021 07:49", title]) == [title, "02-07-2021 07:49", title]


def test_hyphens_at_line_ends():
    assert paragraphs(["phát triển kinh tế-", "xã hội"]) == ["phát triển kinh tế-xã hội"]
    assert paragraphs(["phát triển kinh tế -", "xã hội"]) == ["phát triển kinh tế - xã hội"]
    assert paragraphs(["hệ thống infor-", "mation mới"]) == ["hệ thống information mới"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (pdf([[]]), "PDF chỉ có ảnh chụp (không có lớp chữ): cần OCR trước"),
        (
            pdf([[BODY]], encrypt=StandardEncryption("mật")),
            "PDF được đặt mật khẩu: hãy bỏ mật khẩu rồi lưu lại",
        ),
        (
            pdf([[BODY]])[:200],
            "không đọc được: PDF bị hỏng",
        ),
        (b"not a pdf", "không đọc được: PDF bị hỏng"),
    ],
)
def test_pdfs_that_cannot_be_read(content, expected):
    with pytest.raises(UnreadableFile) as caught:
        read_pdf(content)
    assert str(caught.value) == expected
