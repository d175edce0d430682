"""Columns of tables that are bound from outside, and grow."""

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from govdocs import Template
from tests.support.auditing import audit_against
from tests.xlsx.workbooks import faults, load, make_sheet, read_cells, read_values

Change = Callable[[Worksheet], None]


def make_table(rows: int = 1, change: Change | None = None) -> bytes:
    """A table of three columns, one of them worked out, with a total below."""

    def build(sheet: Worksheet) -> None:
        table = Table(displayName="明细", ref=f"A1:C{rows + 1}")
        sheet.add_table(table)
        for row in range(2, rows + 2):
            sheet[f"C{row}"] = f"=B{row}*2"
        sheet[f"B{rows + 2}"] = f"=SUM(B2:B{rows + 1})"
        if change is not None:
            change(sheet)

    return make_sheet({"A1": "名称", "B1": "数量", "C1": "加倍"}, build)


ROWS = [{"name": "甲", "count": 1}, {"name": "乙", "count": 20}, {"name": "丙", "count": 300}]
COLUMNS = {"明细[名称]": "row.name for row in rows", "明细[数量]": "row.count  for row in  rows"}


@pytest.mark.parametrize("blank_rows", [1, 2, 5])
def test_a_bound_table_grows_with_its_rows(blank_rows: int) -> None:
    """Its area, its other columns' formulas and the total below follow; blank rows go."""
    content = bytes(Template(make_table(blank_rows), COLUMNS).fill({"rows": ROWS}))
    assert read_cells(content) == {
        "A1": "名称",
        "B1": "数量",
        "C1": "加倍",
        "A2": "甲",
        "B2": 1,
        "C2": "=B2*2",
        "A3": "乙",
        "B3": 20,
        "C3": "=B3*2",
        "A4": "丙",
        "B4": 300,
        "C4": "=B4*2",
        "B5": "=SUM(B2:B4)",
    }
    assert load(content)["表1"].tables["明细"].ref == "A1:C4"
    assert read_values(content)[4][1] == 321


def test_another_column_of_a_bound_table_may_say_the_same_in_each_row() -> None:
    """A binding without a loop of its own is filled within the loop of its row."""
    bind = {"明细[名称]": "loop.index", "明细[数量]": "row.count for row in rows"}
    content = bytes(Template(make_table(2), bind).fill({"rows": ROWS}))
    assert [row[0] for row in read_values(content)[1:4]] == [1, 2, 3]


def test_tables_side_by_side_grow_with_a_list_each() -> None:
    """Two bound tables in the same rows have their own numbers of rows; one may be one column."""

    def add_tables(sheet: Worksheet) -> None:
        sheet.add_table(Table(displayName="收", ref="A1:B2"))
        sheet.add_table(Table(displayName="支", ref="D1:D2"))

    cells = {"A1": "名", "B1": "数", "D1": "额", "B3": "=SUM(收[数])", "D3": "=SUM(D2:D2)"}
    bind = {
        "收[名]": "r.name for r in rows",
        "收[数]": "r.count for r in rows",
        "支[额]": "n for n in ns",
    }
    content = bytes(Template(make_sheet(cells, add_tables), bind).fill({"rows": ROWS, "ns": [5]}))
    assert read_values(content)[4][1:4] == [321, "", 5]
    assert [one.ref for one in load(content)["表1"].tables.values()] == ["A1:B4", "D1:D2"]


def test_a_column_of_a_plain_range_grows_from_its_first_row() -> None:
    """No table is needed: a loop at a cell repeats its row."""
    source = make_sheet({"A1": "名称", "A3": "合计", "B3": "=SUM(B2:B2)"})
    bind = {"A2": "row.name for row in rows", "B2": "row.count for row in rows if row.count > 1"}
    assert faults(source, bind) == [
        (
            "[bind.two_loops] B2 的循环“for row in rows if row.count > 1”"
            "与同一行的“for row in rows”不同"
        )
    ]
    content = bytes(
        Template(source, {**bind, "B2": "row.count for row in rows"}).fill({"rows": ROWS})
    )
    assert read_cells(content)["B5"] == "=SUM(B2:B4)"
    assert [row[:2] for row in read_values(content)[1:5]] == [
        ["甲", 1],
        ["乙", 20],
        ["丙", 300],
        ["合计", 321],
    ]


def test_a_table_whose_further_rows_hold_something_is_left_alone() -> None:
    """Nothing that somebody wrote is lost in silence."""

    def change(sheet: Worksheet) -> None:
        sheet["E3"] = "注"

    assert faults(make_table(2, change), COLUMNS) == [
        "[bind.table_rows] 表格“明细”有 2 行数据，其中有内容，循环不能取代",
        "[bind.table_rows] 表格“明细”有 2 行数据，其中有内容，循环不能取代",
    ]


def test_a_column_with_brackets_in_its_name_is_found_as_excel_writes_it() -> None:
    """Brackets are escaped in a structured reference; both ways of writing are understood."""

    def change(sheet: Worksheet) -> None:
        sheet.add_table(Table(displayName="表格1", ref="A1:B2"))

    source = make_sheet({"A1": "数[件]", "B1": "#号"}, change)
    content = bytes(
        Template(source, {"表格1[数'[件']]": "a", "表格1[#号]": "b"}).fill({"a": 1, "b": 2})
    )
    assert read_cells(content) == {"A1": "数[件]", "B1": "#号", "A2": 1, "B2": 2}


def test_a_filled_workbook_has_no_findings_that_its_template_has_not(tmp_path: Path) -> None:
    """The validator is content with what Excel's own tables become."""
    template, filled = tmp_path / "0.xlsx", tmp_path / "1.xlsx"
    with xlsxwriter.Workbook(template) as book:
        sheet = book.add_worksheet("表1")
        columns = [{"header": "名称"}, {"header": "数量", "total_function": "sum"}]
        sheet.add_table("A1:B5", {"name": "明细", "columns": columns, "total_row": True})
        sheet.data_validation("D1", {"validate": "list", "source": ["有", "无"]})
    Template(template, {**COLUMNS, "D1": "'有'"}).fill({"rows": ROWS}).save(filled)
    assert audit_against(filled, template) == []
    assert read_cells(filled.read_bytes())["B5"] == "=SUBTOTAL(109,[数量])"
