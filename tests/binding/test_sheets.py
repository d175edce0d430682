"""Sheets of Excel files as grids: strings of every kind, exact numbers, merges, odd writing."""

import datetime as dt
import io
import re
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter

from govdocs import PackageError
from govdocs.opc import Package
from govdocs.xlsx.reading.grids import Book, SheetGrid
from tests.support.packages import read_parts, replace_parts

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture(scope="module")
def workbook() -> bytes:
    """A small workbook as XlsxWriter makes it: shared strings, a merge, a hidden sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("表1")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        bold = book.add_format({"bold": True})
        sheet.merge_range("A1:B2", "题 & 目", bold)
        sheet.write("A3", "标签")
        sheet.write_rich_string("A4", "收到", bold, "申请数")
        sheet.write_number("B3", 12)
        sheet.write_number("B4", 2.3)
        sheet.write_datetime("B5", dt.datetime(2019, 1, 24), day)  # noqa: DTZ001 - a sheet's
        sheet.write_formula("B6", "=B3+1", None, 13)
        sheet.write_boolean("B7", True)
        sheet.write_string("B8", "007")
        sheet.set_row(8, None, None, {"hidden": True})
        sheet.write_number("B9", 5)
        book.add_worksheet("清单").hide()
    return stream.getvalue()


def first(content: bytes) -> SheetGrid:
    """Read the first sheet of a workbook."""
    return Book(Package.open(content)).sheets[0]


def test_values_are_what_the_cells_hold(workbook: bytes) -> None:
    """Numbers exactly, texts as texts, hidden rows too; an empty cell is a blank."""
    sheet = first(workbook)
    names = ["A1", "A4", "B3", "B4", "B6", "B7", "B8", "B9", "C9"]
    values = ["题 & 目", "收到申请数", 12, Decimal("2.3"), 13, True, "007", 5, ""]
    assert [sheet.value(name) for name in names] == values
    assert sheet.values(names) == values


def test_date_is_shown_by_the_format_of_its_cell(workbook: bytes) -> None:
    """The number stays what the cell holds."""
    sheet = first(workbook)
    assert sheet.value("B5") == 43489
    assert sheet.moment("B5") == dt.date(2019, 1, 24)
    assert sheet.moment("B3") == 12


def test_sheets_come_in_the_order_of_their_tabs_and_tell_if_they_are_hidden(
    workbook: bytes,
) -> None:
    """A hidden list of words is not the form."""
    sheets = Book(Package.open(workbook)).sheets
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("表1", False), ("清单", True)]


def test_merged_area_is_one_cell(workbook: bytes) -> None:
    """Its first cell has the text and the span; the others are not there."""
    cells = {(c.row, c.col): c for c in first(workbook).cells()}
    assert (cells[1, 1].rowspan, cells[1, 1].colspan) == (2, 2)
    assert (1, 2) not in cells
    assert cells[5, 1].text == ""


NUMBERS = [
    ("2.2999999999999998", Decimal("2.3")),
    ("0.30000000000000004", Decimal("0.3")),
    ("1E3", 1000),
    ("1.5E-2", Decimal("0.015")),
    ("12.50", Decimal("12.50")),
    ("-7", -7),
    ("11398889", 11398889),
    ("999999999999999", 999999999999999),
]


@pytest.mark.parametrize(("written", "meant"), NUMBERS)
def test_number_is_the_decimal_that_the_sheet_shows(
    workbook: bytes, written: str, meant: object
) -> None:
    """Excel writes 17 digits of a float and means the 15 that it shows."""
    markup = read_parts(workbook)[SHEET].decode().replace("<v>2.3</v>", f"<v>{written}</v>")
    value = first(replace_parts(workbook, {SHEET: markup})).value("B4")
    assert value == meant
    assert type(value) is type(meant)


def test_formula_without_a_value_is_not_a_blank(workbook: bytes) -> None:
    """What is not known is None, never 0."""
    markup = read_parts(workbook)[SHEET].decode().replace("<v>13</v>", "")
    assert first(replace_parts(workbook, {SHEET: markup})).value("B6") is None


def prefixed(markup: str) -> str:
    """Write a sheet with a prefix, as some programs do."""
    named = re.sub(r"<(/?)(\w)", r"<\1x:\2", markup.replace("<?xml", "<?-xml"))
    return named.replace("<?-xml", "<?xml").replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')


def unnumbered(markup: str) -> str:
    """Leave out where the cells and rows are: they follow each other from A1."""
    cells = '<row><c t="inlineStr"><is><t>标签</t></is></c><c><v>3</v></c></row>'
    return re.sub(r"<sheetData>.*</sheetData>", f"<sheetData>{cells}</sheetData>", markup)


WAYS: dict[str, tuple[Callable[[str], str | bytes], dict[str, object]]] = {
    "prefix": (prefixed, {"B3": 12, "A4": "收到申请数", "B6": 13}),
    "comment": (lambda m: m.replace("<row ", "<!-- 注 --><row ", 1), {"B3": 12, "B6": 13}),
    "no names": (unnumbered, {"A1": "标签", "B1": 3}),
    "UTF-16": (lambda m: m.replace("UTF-8", "UTF-16").encode("utf-16"), {"B3": 12, "B9": 5}),
    "quotes": (lambda m: m.replace('t="s"', "t='s'"), {"A3": "标签", "B3": 12}),
}


@pytest.mark.parametrize("way", WAYS)
def test_sheet_written_in_another_way_reads_the_same(workbook: bytes, way: str) -> None:
    """Prefixes, comments, cells without names, other encodings and quotes."""
    change, expected = WAYS[way]
    sheet = first(replace_parts(workbook, {SHEET: change(read_parts(workbook)[SHEET].decode())}))
    assert {name: sheet.value(name) for name in expected} == expected


def test_sheet_that_is_no_xml_is_refused(workbook: bytes) -> None:
    """Half a sheet is not read as a whole one."""
    markup = read_parts(workbook)[SHEET].decode()
    half = markup[: markup.index("</sheetData>")]
    with pytest.raises(PackageError, match=r"package\.malformed_xml"):
        first(replace_parts(workbook, {SHEET: half})).value("A1")


def test_openpyxl_reads_the_same_values(workbook: bytes) -> None:
    """A second reader."""
    sheet = first(workbook)
    theirs = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)["表1"]
    for name in ("A1", "A3", "A4", "B3", "B6", "B7", "B8", "B9"):
        assert sheet.value(name) == theirs[name].value
