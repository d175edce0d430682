"""The statistics sheet as an Excel file: each value cell is one tag, and nothing is a formula."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from math import ceil
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from tools.make_templates.forms import Form, Row
from tools.make_templates.markup import write_package

SHEET = "统计表"
TITLE = "{{ report.year }}年度政府信息公开情况统计表"
UNIT = "填报单位（盖章）：{{ form_head.unit }}"
FOOT = (
    "单位负责人：{{ form_footer.principal }}",
    "审核人：{{ form_footer.reviewer }}",
    "填报人：{{ form_footer.preparer }}",
    "联系电话：{{ form_footer.phone }}",
    "填报日期：{{ form_footer.fill_date }}",
)

WIDTHS = (60, 7, 11)  # in digits of the default font
LABEL_WIDTH = 56  # what a label may take of the first, in half-width characters, before it wraps
HEIGHT = 17.25  # of a line of the table, in points
FIRST = 3  # 0-based: title, unit and head stand above the first row

_SONGTI, _HEITI, _TITLE_SONG = "宋体", "黑体", "方正小标宋简体"
_FONT = {"font_name": _SONGTI, "font_size": 11, "font_charset": 134}  # 134: GB 2312
_MADE = datetime(2019, 1, 1, tzinfo=UTC)  # any fixed time: made again, a file is the same
_NUMBER_FORMATS = {"count": "0", "amount": "General"}
"""An amount (万元) is shown with the decimals that it has: 0.00 would round what was given."""


@dataclass(frozen=True, slots=True)
class Pens:
    """The formats of the sheet's cells."""

    title: Format
    line: Format
    head: Format
    labels: Mapping[int, Format]
    unit: Format
    figures: Mapping[str, Format]


def make_sheet(form: Form) -> bytes:
    """Make ``statistics.xlsx``."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "default_format_properties": dict(_FONT),  # it is written to
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": TITLE, "author": "govdocs", "created": _MADE})
        sheet = book.add_worksheet(SHEET)
        pens = _make_pens(book)
        _set_page(sheet, last=FIRST + len(form.rows) + len(FOOT) - 1)
        _write_heads(sheet, form, pens)
        for number, row in enumerate(form.rows, FIRST):
            _write_row(sheet, number, row, pens)
        _validate(sheet, form)
        for number, line in enumerate(FOOT, FIRST + len(form.rows)):
            sheet.set_row(number, HEIGHT)
            sheet.write_string(number, 0, line, pens.line)
    with zipfile.ZipFile(buffer) as archive:  # packed again: it holds the kind of the machine
        return write_package({name: archive.read(name) for name in archive.namelist()})


def _make_pens(book: xlsxwriter.Workbook) -> Pens:
    def pen(**properties: object) -> Format:
        return book.add_format({**_FONT, "valign": "vcenter", **properties})

    cell = {"border": 1, "text_wrap": True}
    centred = {**cell, "align": "center"}
    return Pens(
        title=pen(font_name=_TITLE_SONG, font_size=18, align="center"),
        line=pen(),
        head=pen(font_name=_HEITI, **centred),
        labels={level: pen(**cell, align="left", indent=level - 1) for level in (2, 3, 4)}
        | {1: pen(**cell, align="left", font_name=_HEITI)},
        unit=pen(**centred),
        figures={kind: pen(**centred, num_format=form) for kind, form in _NUMBER_FORMATS.items()},
    )


def _set_page(sheet: Worksheet, last: int) -> None:
    """Set what is printed: A4 upright, one page wide, the table's head on every page."""
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.79, right=0.71, top=0.79, bottom=0.79)
    sheet.center_horizontally()
    sheet.set_footer(f'&C&"{_SONGTI},Regular"&12— &P —', {"margin": 0.39})
    sheet.print_area(0, 0, last, 2)
    sheet.repeat_rows(FIRST - 1)
    sheet.freeze_panes(FIRST, 0)


def _write_heads(sheet: Worksheet, form: Form, pens: Pens) -> None:
    sheet.set_row(0, 33)
    sheet.merge_range(0, 0, 0, 2, TITLE, pens.title)
    sheet.set_row(1, 21)
    sheet.merge_range(1, 0, 1, 2, UNIT, pens.line)
    sheet.set_row(2, 21)
    for column, head in enumerate(form.heads):
        sheet.write_string(2, column, head, pens.head)


def _write_row(sheet: Worksheet, number: int, row: Row, pens: Pens) -> None:
    sheet.set_row(number, HEIGHT * _lines(row))
    sheet.write_string(number, 0, row.label, pens.labels[row.level])
    sheet.write_string(number, 1, row.unit, pens.unit)
    if row.key:
        sheet.write_string(number, 2, row.tag, pens.figures[row.kind])
    else:
        sheet.write_blank(number, 2, None, pens.unit)


def _lines(row: Row) -> int:
    """Count the lines that a label takes: Excel sets no height for a row that it did not edit."""
    halves = sum(2 if east_asian_width(character) in "WFA" else 1 for character in row.label)
    return ceil((halves + 2 * (row.level - 1)) / LABEL_WIDTH)


def _validate(sheet: Worksheet, form: Form) -> None:
    """Ask for numbers that are not negative; a warning only, so that a tag can be edited."""
    for kind, what in (("count", "整数"), ("amount", "数")):
        rows = [n for n, row in enumerate(form.rows, FIRST) if row.key and row.kind == kind]
        rule = {
            "validate": "integer" if kind == "count" else "decimal",
            "criteria": ">=",
            "value": 0,
            "error_type": "warning",
            "error_title": form.heads[2],
            "error_message": f"这里应当是不小于0的{what}。",
            "multi_range": " ".join(_ranges(rows)),
        }
        sheet.data_validation(rows[0], 2, rows[-1], 2, rule)


def _ranges(rows: list[int]) -> Iterator[str]:
    """Write the cells of the third column in these rows as ranges: ``C5:C7 C9``."""
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        numbers = [row for _, row in run]
        yield xl_range(numbers[0], 2, numbers[-1], 2)
