"""Reading back workbooks: results that were left out, columns that moved, prefixes."""

import datetime as dt
import io
from typing import Any

import pytest
import xlsxwriter

from govdocs.template import Template
from tests.xlsx.test_odd_files import prefixed
from tests.xlsx.workbooks import make_sheet, with_part

COLUMNS = "{%tc for x in xs %}{{ x }}{%tc endfor %}"
STRINGS = "xl/sharedStrings.xml"


def read_back(source: bytes, data: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Fill and read back: the data, and what is said of them."""
    template = Template(source)
    found = template.extract(template.fill(data))
    return dict(found), [one.code for one in found.notes]


@pytest.mark.parametrize("xs", [[], [7], [7, "甲", 2.5]], ids=len)
def test_columns_alone_in_their_row_are_read_back(xs: list[Any]) -> None:
    """Also where no column is left, and rows above have cells to be mistaken for them."""
    cells = {"A1": "名称", "B1": "数量", "A2": "甲", "B2": 5, "A3": "乙", "B3": 6, "B5": COLUMNS}
    assert read_back(make_sheet(cells), {"xs": xs}) == ({"xs": xs}, [])


def test_results_that_were_left_out_are_no_edits() -> None:
    """What formulas and arrays showed in the template is not its own text."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_column("A1", ["{{ x }}", 5, 6])
    sheet.write_array_formula("B1:B3", '{=TEXT(A1:A3,"yyyy")}', None, "一")
    for row in (1, 2):
        sheet.write_string(row, 1, "很长的一段旧结果" * 9)
    sheet.write_formula("C1", '=TEXT(A1,"yyyy")', None, "很长的一段旧结果" * 9)
    book.close()
    assert read_back(buffer.getvalue(), {"x": dt.date(2019, 1, 24)}) == (
        {"x": dt.date(2019, 1, 24)},
        [],
    )


def test_shared_strings_with_prefixes_are_read() -> None:
    """As other programs write them."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.add_worksheet().write_column("A1", ["标题", "{{ x }}"])
    book.close()
    source = with_part(buffer.getvalue(), prefixed, STRINGS)
    assert read_back(source, {"x": "值"}) == ({"x": "值"}, [])
