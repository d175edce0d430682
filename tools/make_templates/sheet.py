"""The statistics sheets as an Excel file: each value cell is one tag, and nothing is a formula.

One sheet for each table, each a form of its own: title, unit, table, foot.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from govdocs.forms import Table
from tools.make_templates.forms import Form
from tools.make_templates.grids import Cell, Grid, lay_out
from tools.make_templates.markup import write_package
from tools.make_templates.rules import validate

UNIT = "填报单位（盖章）：{{ form_head.unit }}"
FOOT = (
    "单位负责人：{{ form_footer.principal }}",
    "审核人：{{ form_footer.reviewer }}",
    "填报人：{{ form_footer.preparer }}",
    "联系电话：{{ form_footer.phone }}",
    "填报日期：{{ form_footer.fill_date }}",
)

FIRST = 2  # 0-based: title and unit stand above the table
HEIGHT = 17.25  # of a line of the table, in points
HEAD_HEIGHT = 21  # of a line of its head

_SONGTI, _HEITI, _TITLE_SONG = "宋体", "黑体", "方正小标宋简体"
_FONT = {"font_name": _SONGTI, "font_size": 11, "font_charset": 134}  # 134: GB 2312
_MADE = datetime(2019, 1, 1, tzinfo=UTC)  # any fixed time: made again, a file is the same
_NUMBER_FORMATS = {"count": "0", "amount": "General", "change": "0"}
"""An amount (万元) is shown with the decimals that it has: 0.00 would round what was given."""


@dataclass(frozen=True, slots=True)
class Page:
    """How the sheet of a table is named and printed.

    Attributes:
        widths: of the columns, in digits of the default font.
    """

    name: str
    title: str
    widths: Sequence[float]
    landscape: bool = False


PAGES: Mapping[str, Page] = {
    "main": Page("统计表", "{{ report.year }}年度政府信息公开情况统计表", (60, 7, 11)),
    "t2": Page("表二", "{{ report.year }}年度主动公开政府信息情况", (24, 18, 18, 18)),
    "t3": Page(
        "表三",
        "{{ report.year }}年度收到和处理政府信息公开申请情况",
        (4, 9, 29, *[6.5] * 7),
    ),
    "t4": Page(
        "表四",
        "{{ report.year }}年度政府信息公开行政复议、行政诉讼情况",
        (9,) * 15,
        landscape=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Pens:
    """The formats of the cells of one workbook; those of figures by their number format."""

    title: Format
    line: Format
    corner: Format
    head: Format
    labels: Mapping[int, Format]
    label: Format
    centred: Format
    figures: Mapping[tuple[str, str], Format]


def make_sheet(form: Form) -> bytes:
    """Make ``statistics.xlsx``."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "default_format_properties": dict(_FONT),  # it is written to
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": _title(form), "author": "govdocs", "created": _MADE})
        sheets = [(book.add_worksheet(PAGES[table.key].name), table) for table in form.tables]
        pens = _make_pens(book)
        for sheet, table in sheets:
            _write_table(sheet, table, PAGES[table.key], pens)
    with zipfile.ZipFile(buffer) as archive:  # packed again: it holds the kind of the machine
        return write_package({name: archive.read(name) for name in archive.namelist()})


def _title(form: Form) -> str:
    """Name the workbook: as its sheet, or by the report that its sheets belong to."""
    [first, *others] = form.tables
    return f"{{{{ report.year }}}}年{form.title}统计表" if others else PAGES[first.key].title


def _write_table(sheet: Worksheet, table: Table, page: Page, pens: Pens) -> None:
    grid = lay_out(table)
    last = FIRST + grid.height + len(FOOT) - 1
    _set_page(sheet, page, grid, last)
    _write_heads(sheet, table, page, pens)
    for number in range(grid.height):
        sheet.set_row(FIRST + number, _height(grid, page, number))
    for cell in grid.cells:
        _write_cell(sheet, cell, _pen(pens, grid, cell))
    validate(sheet, grid, FIRST)
    for number, line in enumerate(FOOT, FIRST + grid.height):
        sheet.set_row(number, HEIGHT)
        sheet.write_string(number, 0, line, pens.line)


def _make_pens(book: xlsxwriter.Workbook) -> Pens:
    def pen(**properties: object) -> Format:
        return book.add_format({**_FONT, "valign": "vcenter", **properties})

    cell = {"border": 1, "text_wrap": True}
    centred = {**cell, "align": "center"}
    return Pens(
        title=pen(font_name=_TITLE_SONG, font_size=18, align="center"),
        line=pen(),
        corner=pen(align="right"),
        head=pen(font_name=_HEITI, **centred),
        labels={level: pen(**cell, align="left", indent=level - 1) for level in (2, 3, 4)}
        | {1: pen(**cell, align="left", font_name=_HEITI)},
        label=pen(**cell, align="left"),
        centred=pen(**centred),
        figures={
            (type_, unit): pen(**centred, num_format=shown + (f'"{unit}"' if unit else ""))
            for type_, shown in _NUMBER_FORMATS.items()
            for unit in ("", "元")
        },
    )


def _pen(pens: Pens, grid: Grid, cell: Cell) -> Format:
    if cell.kind == "figure":
        return pens.figures[cell.type, cell.unit]
    if cell.kind == "label":
        return pens.labels[cell.level] if grid.layout == "list" else pens.label
    return pens.head if cell.kind == "head" else pens.centred


def _set_page(sheet: Worksheet, page: Page, grid: Grid, last: int) -> None:
    """Set what is printed: A4, one page wide, a list's head on every page; a nested table on one.

    On two pages the words of a head that reaches over many rows would be torn.
    """
    for column, width in enumerate(page.widths):
        sheet.set_column(column, column, width)
    sheet.set_paper(9)
    if page.landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.fit_to_pages(1, 0 if grid.layout == "list" else 1)
    sheet.set_margins(left=0.79, right=0.71, top=0.79, bottom=0.79)
    sheet.center_horizontally()
    sheet.set_footer(f'&C&"{_SONGTI},Regular"&12— &P —', {"margin": 0.39})
    sheet.print_area(0, 0, last, grid.width - 1)
    if grid.heads:
        sheet.repeat_rows(FIRST, FIRST + grid.heads - 1)
    sheet.freeze_panes(FIRST + grid.heads, 0)


def _write_heads(sheet: Worksheet, table: Table, page: Page, pens: Pens) -> None:
    """Write what stands above the table: its title, the unit, what is counted."""
    last = len(page.widths) - 1
    sheet.set_row(0, 33)
    sheet.merge_range(0, 0, 0, last, page.title, pens.title)
    sheet.set_row(1, 21)
    if not table.unit:
        sheet.merge_range(1, 0, 1, last, UNIT, pens.line)
        return
    sheet.merge_range(1, 0, 1, last - 2, UNIT, pens.line)
    sheet.merge_range(1, last - 1, 1, last, f"单位：{table.unit}", pens.corner)


def _write_cell(sheet: Worksheet, cell: Cell, pen: Format) -> None:
    row, column = FIRST + cell.row, cell.column
    if cell.rows > 1 or cell.columns > 1:
        last_row, last_column = row + cell.rows - 1, column + cell.columns - 1
        sheet.merge_range(row, column, last_row, last_column, cell.text, pen)
    elif cell.text:
        sheet.write_string(row, column, cell.text, pen)
    else:
        sheet.write_blank(row, column, None, pen)


def _height(grid: Grid, page: Page, number: int) -> float:
    """Measure a row by its labels: Excel sets no height for a row that it did not edit."""
    height = HEAD_HEIGHT if number < grid.heads else HEIGHT
    return height * max(_lines(grid, page, number), default=1)


def _lines(grid: Grid, page: Page, number: int) -> Iterator[int]:
    """Count the lines that each label of a row takes in its cell."""
    for cell in grid.cells:
        if cell.row == number and cell.rows == 1 and not cell.type:
            width = sum(page.widths[cell.column : cell.column + cell.columns])
            halves = sum(2 if east_asian_width(one) in "WFA" else 1 for one in cell.text)
            indent = 2 * (cell.level - 1) if grid.layout == "list" else 0
            yield ceil((halves + indent) / int(width * 0.94))
