"""Templates for tests of the docxtpl layer: a body written as markup in python-docx's document."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
from docx.oxml.parser import parse_xml

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def paragraph(*texts: str, properties: str = "") -> str:
    """Write a paragraph of one run for each text."""
    runs = "".join(
        f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts
    )
    return f"<w:p>{runs}</w:p>"


def cell(*paragraphs: str, properties: str = '<w:tcW w:w="1000" w:type="dxa"/>') -> str:
    """Write a cell of paragraphs, each given as its text or as markup."""
    inner = "".join(one if one.startswith("<w:") else paragraph(one) for one in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: tuple[str, ...], grid: tuple[int, ...] = (1000, 1000)) -> str:
    """Write a table of rows of cells."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    written = "".join(
        "<w:tr>"
        + "".join(one if one.startswith("<w:tc>") else cell(one) for one in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{written}</w:tbl>"


def make(body: str, header: str = "", change: Callable[[Any], None] | None = None) -> bytes:
    """Make a document with a body, a header, and whatever else ``change`` does to it."""
    document = docx.Document()
    place = document.element.body
    for element in list(place)[:-1]:
        place.remove(element)
    fragment = parse_xml(f"<w:body {NAMESPACES}>{body}</w:body>")
    for position, element in enumerate(list(fragment)):
        place.insert(position, element)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if change is not None:
        change(document)
    return save(document)


def save(document: Any) -> bytes:
    """Save a document, or a template, to bytes."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def body_of(content: bytes) -> str:
    """Read a document's body, without its last section's properties."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("word/document.xml").decode()
    return xml[xml.index("<w:body>") + 8 : xml.index("<w:sectPr")]


def render(module: Any, template: bytes, context: Any, **options: Any) -> bytes:
    """Run the usual program: open, render, save."""
    opened = module.DocxTemplate(io.BytesIO(template))
    opened.render(context(module, opened) if callable(context) else context, **options)
    return save(opened)
