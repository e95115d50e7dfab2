"""Word documents (.docx): paragraphs and tables in their order. What people download is written by ``qa/web/export.py``."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph

from index.errors import UnreadableFile
from index.formats import Draft
from index.legacy import repair
from index.vietnamese import to_nfc

_CELL_MARK = " | "
_LIMIT = 500 * 2**20  # bytes unpacked; a larger one is no article but a bomb
_TEMPLATE_TITLES = ("word document", "document", "untitled")
_TEMPLATE_DAY = date(2013, 12, 23)  # the "created" of python-docx's own template


def read_docx(data: bytes) -> Draft:
    """Read a Word document.

    Args:
        data: the file.

    Returns:
        Paragraphs as lines, table rows as lines with " | " between cells; title and day of creation
        from the properties.

    Raises:
        UnreadableFile: a damaged, encrypted or foreign file.
    """
    try:
        _check_size(data)
        document = docx.Document(io.BytesIO(data))
        text = "\n".join(_blocks(document))
        properties = document.core_properties
        title, created = properties.title or "", properties.created
    except (OpcError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError, OSError, zlib.error) as error:
        cause = "bị hỏng, có mật khẩu hoặc không phải .docx"
        raise UnreadableFile(f"không đọc được: tệp Word {cause} ({type(error).__name__})") from error
    if title.strip().lower() in _TEMPLATE_TITLES:
        title = ""
    day = created.date() if created and created.date() != _TEMPLATE_DAY else None
    return Draft(to_nfc(repair(text)), " ".join(to_nfc(repair(title)).split()), created=day)


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LIMIT:
            raise ValueError("unpacks to more than 500 MB")


def _blocks(container: docx.document.Document) -> Iterator[str]:
    """The lines of a document in reading order."""
    for block in container.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield from _table_lines(block)


def _table_lines(table: Table) -> Iterator[str]:
    """One line a row; a merged cell counts once."""
    for row in table.rows:
        cells = {id(cell._tc): " ".join(cell.text.split()) for cell in row.cells}
        yield _CELL_MARK.join(text for text in cells.values() if text)
