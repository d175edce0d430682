"""Word and Excel files made of grids and lines, as offices and their programs write them."""

import io
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from govdocs.forms.grids import Cell
from tests.support.packages import write_package

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELS = "application/vnd.openxmlformats-package.relationships+xml"

Grid = Sequence[Cell]


def make_docx(
    grids: Iterable[Grid] = (),
    before: Iterable[str] = (),
    after: Iterable[str] = (),
    **parts: str,
) -> bytes:
    """Make a Word file: lines, the grids as tables, lines; ``numbering`` is a part's content."""
    tables = [f"{table(grid)}<w:p/>" for grid in grids]
    return package("".join([*map(paragraph, before), *tables, *map(paragraph, after)]), **parts)


def package(body: str, **parts: str) -> bytes:
    """Make a Word file with a body as it is given, and further parts by their names."""
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.wordprocessingml.{name}+xml"/>'
        for name in parts
    )
    rels = "".join(
        f'<Relationship Id="r{name}" Type="{_REL}/{name}" Target="{name}.xml"/>' for name in parts
    )
    return write_package(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="{_RELS}"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/>{overrides}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
            f' Type="{_REL}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f"{rels}</Relationships>",
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            **{f"word/{name}.xml": content for name, content in parts.items()},
        }
    )


def paragraph(text: str) -> str:
    """Write a paragraph; a line break in the text is one in it."""
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(t)}</w:t>' for t in text.split("\n"))
    return f"<w:p><w:r>{runs}</w:r></w:p>" if text else "<w:p/>"


def table(grid: Grid) -> str:
    """Write a grid as a table: wide cells by ``gridSpan``, high ones by ``vMerge``."""
    first = min(cell.row for cell in grid)
    last = max(cell.row + cell.rowspan for cell in grid)
    rows = "".join(f"<w:tr>{_row(grid, row)}</w:tr>" for row in range(first, last))
    width = max(cell.col + cell.colspan for cell in grid) - min(cell.col for cell in grid)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>{rows}</w:tbl>"


def _row(grid: Grid, row: int) -> str:
    here = [cell for cell in grid if cell.row <= row < cell.row + cell.rowspan]
    return "".join(_cell(cell, row) for cell in sorted(here, key=lambda cell: cell.col))


def _cell(cell: Cell, row: int) -> str:
    properties = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    if cell.rowspan > 1:
        properties += '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    lines = cell.text.split("\n") if row == cell.row else [""]
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(paragraph, lines))}</w:tc>"


def make_xlsx(
    grids: Iterable[Grid] = (),
    before: Iterable[str] = (),
    after: Iterable[str] = (),
    *,
    sheets: Sequence[str] = (),
) -> bytes:
    """Make a workbook: all in one sheet, the grids one below the other, or each in its sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = sheets[0] if sheets else "统计表"
    top = _write_lines(sheet, before, 1)
    for number, grid in enumerate(grids):
        if number and sheets:
            sheet, top = book.create_sheet(sheets[number]), 1
        top = _write_grid(sheet, grid, top) + 1
    _write_lines(sheet, after, top)
    return save(book)


def save(book: openpyxl.Workbook) -> bytes:
    """Save a workbook in memory."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_lines(sheet: Worksheet, lines: Iterable[str], top: int) -> int:
    for line in lines:
        sheet.cell(top, 1, line)
        top += 1
    return top


def _write_grid(sheet: Worksheet, grid: Grid, top: int) -> int:
    first, left = min(cell.row for cell in grid), min(cell.col for cell in grid)
    bottom = top
    for cell in grid:
        row, col = top + cell.row - first, 1 + cell.col - left
        end = (row + cell.rowspan - 1, col + cell.colspan - 1)
        held = sheet.cell(row, col)
        held.font = Font(name="宋体", size=11)
        if cell.text:
            held.value = int(cell.text) if cell.text.isdecimal() else cell.text
        if end != (row, col):
            sheet.merge_cells(start_row=row, start_column=col, end_row=end[0], end_column=end[1])
        bottom = max(bottom, end[0] + 1)
    return bottom


def write_stats(stats: Mapping[str, object], key: str) -> str:
    """Write a figure of nested ``stats`` as a cell shows it."""
    value: object = stats
    for step in key.split("."):
        assert isinstance(value, Mapping)
        value = value[step]
    return str(value)
