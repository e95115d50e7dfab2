"""Make the two binary sample articles (PDF and DOCX) from the texts beside this file.

Run ``python seeds/.sources/make_binary.py``; it writes to ``seeds/``; the same input gives the same bytes.
A source is YAML front matter (``title``, ``source``, ``published``), then paragraphs between empty lines.
A paragraph's first characters say what it is: ``# `` title, ``## `` heading, ``> `` picture caption,
``@ `` byline or stamp, ``~ `` a line of the page around the article; anything else is body text.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import matplotlib
import yaml
from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Pt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

SOURCES = Path(__file__).parent
SEEDS = SOURCES.parent
FONTS = {
    "DejaVu": "DejaVuSans.ttf",
    "DejaVu-Bold": "DejaVuSans-Bold.ttf",
    "DejaVu-Italic": "DejaVuSans-Oblique.ttf",
}
KINDS = {"#": "title", "##": "heading", ">": "caption", "@": "byline", "~": "around"}
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The oldest time a zip member can carry; every member gets it, so the bytes do not depend on the clock."""


@dataclass(frozen=True, slots=True)
class Source:
    """One parsed source.

    Attributes:
        title: the headline.
        source: whom the article is retold from.
        published: the time of publication.
        paragraphs: (kind, text) pairs; kind is one of the values of ``KINDS`` or "body".
    """

    title: str
    source: str
    published: datetime
    paragraphs: tuple[tuple[str, str], ...]


def parse_paragraph(block: str) -> tuple[str, str]:
    """Split the mark off a paragraph.

    >>> parse_paragraph("> Ảnh: Q.K")
    ('caption', 'Ảnh: Q.K')
    >>> parse_paragraph("Ngày 07/1")
    ('body', 'Ngày 07/1')
    """
    mark, _, rest = block.partition(" ")
    return (KINDS[mark], rest) if mark in KINDS else ("body", block)


def read_source(path: Path) -> Source:
    """Read one text of this folder."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    meta: dict[str, Any] = yaml.safe_load(head)
    blocks = (" ".join(block.split()) for block in body.split("\n\n"))
    paragraphs = tuple(parse_paragraph(block) for block in blocks if block)
    return Source(meta["title"], meta["source"], meta["published"], paragraphs)


def pdf_styles() -> dict[str, ParagraphStyle]:
    """One style a kind of paragraph; no hyphenation, and no breaking of words at their hyphens."""
    for name, file in FONTS.items():
        pdfmetrics.registerFont(TTFont(name, Path(matplotlib.get_data_path()) / "fonts" / "ttf" / file))
    base = ParagraphStyle(
        "body",
        fontName="DejaVu",
        fontSize=10,
        leading=15,
        spaceAfter=8,
        firstLineIndent=18,
        embeddedHyphenation=0,
    )
    flat = {"parent": base, "firstLineIndent": 0}
    return {
        "body": base,
        "title": ParagraphStyle("title", **flat, fontName="DejaVu-Bold", fontSize=14, leading=19),
        "heading": ParagraphStyle("heading", **flat, fontName="DejaVu-Bold", fontSize=11),
        "caption": ParagraphStyle("caption", **flat, fontName="DejaVu-Italic", fontSize=9, alignment=1),
        "byline": ParagraphStyle("byline", **flat, fontName="DejaVu-Bold", alignment=2),
        "around": ParagraphStyle("around", **flat, fontSize=8, leading=11, spaceAfter=1),
    }


class NumberedPages(SimpleDocTemplate):
    """A PDF whose pages carry their number at the foot, and which says when it was published."""

    def __init__(self, path: Path, source: Source) -> None:
        margins = dict.fromkeys(("leftMargin", "rightMargin"), 2.5 * cm)
        margins |= dict.fromkeys(("topMargin", "bottomMargin"), 2 * cm)
        meta = {"title": source.title, "author": source.source}
        super().__init__(str(path), pagesize=A4, invariant=1, allowSplitting=0, **meta, **margins)
        self.stamp = source.published.strftime("D:%Y%m%d%H%M%S+07'00'")

    def afterPage(self) -> None:  # noqa: N802  (the name reportlab calls)
        """Write the number of the page; called by reportlab when a page is full."""
        self.canv.setDateFormatter(lambda *_: self.stamp)
        self.canv.setFont("DejaVu", 8)
        self.canv.drawCentredString(A4[0] / 2, 1.2 * cm, f"Trang {self.page}")


def write_pdf(source: Source, path: Path) -> None:
    """Write an A4 PDF with title, author and date of publication in its properties."""
    styles = pdf_styles()
    NumberedPages(path, source).build([Paragraph(text, styles[kind]) for kind, text in source.paragraphs])


def add_paragraph(document: WordDocument, kind: str, text: str) -> None:
    """Append one paragraph to a Word document."""
    if kind in {"title", "heading"}:
        document.add_heading(text, level=1 if kind == "title" else 2)
        return
    run = document.add_paragraph().add_run(text)
    run.italic = kind in {"byline", "caption"}
    if kind == "around":
        run.font.size = Pt(8)


def write_docx(source: Source, path: Path) -> None:
    """Write a Word document with title, author and date of publication in its core properties."""
    document = Document()
    for kind, text in source.paragraphs:
        add_paragraph(document, kind, text)
    core = document.core_properties
    core.title, core.author, core.last_modified_by = source.title, source.source, ""
    core.created = core.modified = source.published
    core.language, core.comments = "vi", ""
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(without_clock(buffer.getvalue()))


def without_clock(archive: bytes) -> bytes:
    """Return the zip archive with every member's time set to ``EPOCH``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


FILES = (
    ("soc-trang-kiem-diem-2020", ".pdf", write_pdf),
    ("song-cong-nghi-quyet-2021", ".docx", write_docx),
)


def main() -> None:
    """Write both files to ``seeds/``."""
    for name, suffix, write in FILES:
        write(read_source(SOURCES / f"{name}.txt"), SEEDS / f"{name}{suffix}")


if __name__ == "__main__":
    main()
