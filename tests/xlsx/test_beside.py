"""Tables side by side: row loops in the same rows, each in columns of its own."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from govdocs.errors import GovdocsError
from govdocs.template import Template
from tests.support.auditing import audit_against
from tests.support.libreoffice import LibreOffice
from tests.xlsx.workbooks import (
    cached,
    fill,
    fill_cells,
    load,
    make_book,
    make_sheet,
    part,
    row_numbers,
    with_part,
    without_results,
)

TABLES = {
    "A5": "{% for a in 甲 %}{{ a.x }}",
    "B5": "{{ a.y }}{% endfor %}",
    "C5": "=B5*2",
    "D5": "{% for b in 乙 %}{{ b.x }}",
    "E5": "{{ b.y }}{% endfor %}",
    "A6": "合计",
    "B6": "=SUM(B5)",
    "C6": "=SUM(C5:C5)",
    "E6": "=SUM(E5:E5)",
    "F6": "=SUM(B5:E5)",
    "G6": "=SUM(5:5)",
}
"""甲 in columns A to C, 乙 from column D on, totals below."""
MARKED = {
    "A4": "{%tr for r in 甲 %}",
    "D4": "{%tr for r in 乙 %}",
    "A5": "{{ r.x }}",
    "B5": "{{ r.y }}",
    "D5": "{{ r.x }}",
    "E5": "{{ r.y }}",
    "A6": "{%tr endfor %}",
    "D6": "{%tr endfor %}",
    "A7": "尾",
}
"""The same by rows of tags."""


def items(name: str, count: int) -> list[dict[str, object]]:
    """Make ``count`` rows."""
    return [{"x": f"{name}{number}", "y": number} for number in range(1, count + 1)]


def lists(one: int, other: int) -> dict[str, object]:
    """Make the data of the two tables."""
    return {"甲": items("甲", one), "乙": items("乙", other)}


def fault_codes(cells: Mapping[str, object], data: Mapping[str, Any]) -> list[str]:
    """Fill and list the codes of what is wrong."""
    with pytest.raises(GovdocsError) as caught:
        fill_cells(cells, data)
    return [one.code for one in caught.value.problems]


def test_each_table_has_its_own_number_of_rows() -> None:
    """Rows are as many as the longer table asks; totals read their own table's rows."""
    assert fill_cells(TABLES, lists(1, 3)) == {
        "A5": "甲1",
        "B5": 1,
        "C5": "=B5*2",
        "D5": "乙1",
        "E5": 1,
        "D6": "乙2",
        "E6": 2,
        "D7": "乙3",
        "E7": 3,
        "A8": "合计",
        "B8": "=SUM(B5)",
        "C8": "=SUM(C5:C5)",
        "E8": "=SUM(E5:E7)",
        "F8": "=SUM(B5:E7)",
        "G8": "=SUM(5:7)",
    }


def test_table_without_items_leaves_the_other_alone() -> None:
    """Its total is 0, and the rows of the other stay."""
    assert fill_cells(TABLES, lists(0, 2)) == {
        "D5": "乙1",
        "E5": 1,
        "D6": "乙2",
        "E6": 2,
        "A7": "合计",
        "B7": "=0",
        "C7": "=0",
        "E7": "=SUM(E5:E6)",
        "F7": "=SUM(B5:E6)",
        "G7": "=SUM(5:6)",
    }


def test_tables_without_items_vanish() -> None:
    """With nothing in any of them no row is left."""
    assert fill_cells(MARKED, lists(0, 0)) == {"A4": "尾"}


def test_rows_of_tags_hold_loops_side_by_side() -> None:
    """Loops that open in cells of one row, and know nothing of each other, stand side by side."""
    assert fill_cells(MARKED, lists(2, 1)) == {
        "A4": "甲1",
        "B4": 1,
        "D4": "乙1",
        "E4": 1,
        "A5": "甲2",
        "B5": 2,
        "A6": "尾",
    }


@pytest.mark.parametrize(
    ("inner", "body"), [("r in g", "{{ r }}"), ("r in rs", "{{ g[0] }}{{ r }}")]
)
def test_loops_that_need_each_other_are_nested(inner: str, body: str) -> None:
    """A loop over an item of the other, or cells that name both, are loops in a loop."""
    cells = {
        "A1": "{%tr for g in gs %}",
        "B1": f"{{%tr for {inner} %}}",
        "A2": "行",
        "B2": body,
        "A3": "{%tr endfor %}",
        "B3": "{%tr endfor %}",
    }
    filled = fill_cells(cells, {"gs": [[1], [2]], "rs": [1]})
    assert [filled["A1"], filled["A2"]] == ["行", "行"]
    assert len(filled) == 4


def test_tables_of_unlike_height_stand_side_by_side() -> None:
    """What stands below a table, within the rows of the other, follows its own table."""
    cells = {
        "A1": "{%tr for g in gs %}",
        "A2": "{{ g.n }}",
        "A3": "{%tr for r in g.rows %}",
        "A4": "{{ r }}",
        "A5": "{%tr endfor %}",
        "A6": "小计",
        "B6": "=SUM(A4:A4)",
        "A7": "{%tr endfor %}",
        "A8": "尾",
        "B8": "=SUM(A4)",
        "D1": "{%tr for b in bs %}",
        "D2": "{{ b }}",
        "D3": "{%tr endfor %}",
        "D4": "个数",
        "E4": "=COUNTA(D2)",
    }
    groups = [{"n": "一", "rows": [1, 2]}, {"n": "二", "rows": [3]}]
    assert fill_cells(cells, {"gs": groups, "bs": ["甲", "乙"]}) == {
        "A1": "一",
        "A2": 1,
        "A3": 2,
        "A4": "小计",
        "B4": "=SUM(A2:A3)",
        "A5": "二",
        "A6": 3,
        "A7": "小计",
        "B7": "=SUM(A6:A6)",
        "A8": "尾",
        "B8": "=SUM(A2:A3,A6)",
        "D1": "甲",
        "D2": "乙",
        "D3": "个数",
        "E3": "=COUNTA(D1:D2)",
    }
    alone = fill_cells(cells, {"gs": [], "bs": ["甲"]})
    assert alone == {"D1": "甲", "D2": "个数", "E2": "=COUNTA(D1)", "A3": "尾", "B3": "=0"}


def test_tables_side_by_side_stand_in_groups() -> None:
    """In each pass of a loop around them they begin anew; grand totals read all passes."""
    cells = {
        "A1": "{%tr for g in gs %}",
        "A2": "{% for a in g.a %}{{ a }}{% endfor %}",
        "A3": "{% for a in g.a %}{{ a }}",
        "B3": "=A3*2{% endfor %}",
        "D3": "{% for b in g.b %}{{ b }}",
        "E3": "末{% endfor %}",
        "A4": "=SUM(A3)",
        "D4": "=SUM(D3)",
        "A5": "{%tr endfor %}",
        "D6": "=SUM(D3:D3)",
    }
    cells["B3"] = "值{% endfor %}"
    filled = fill_cells(cells, {"gs": [{"a": [1, 2], "b": [5]}, {"a": [], "b": [6, 7]}]})
    formulas = {cell: value for cell, value in filled.items() if str(value).startswith("=")}
    assert formulas == {
        "A4": "=SUM(A2:A3)",
        "D4": "=SUM(D2)",
        "A8": "=0",
        "D8": "=SUM(D6:D7)",
        "D9": "=SUM(D2:D2,D6:D7)",
    }


def test_cell_of_the_table_beside_is_refused() -> None:
    """A looped row of the neighbour is no one row; its first, or all of them, can be meant."""
    assert fault_codes({**TABLES, "F5": "=B5"}, lists(2, 2)) == ["reference.beside"]
    filled = fill_cells({**TABLES, "F5": "=E5/B$5+SUM(B5:B5)+E5/B6"}, lists(2, 1))
    assert filled["F5"] == "=E5/B$5+SUM(B5:B6)+E5/B7"


def test_block_of_columns_in_their_rows_is_refused() -> None:
    """Rows with tables side by side cannot repeat columns, too."""
    cells = {**TABLES, "G5": "{%tc for m in ms %}{{ m }}{%tc endfor %}"}
    assert fault_codes(cells, {}) == ["xlsx.columns_beside"] * 2


def _decorate(sheet: Worksheet) -> None:
    red = PatternFill(bgColor="FFFF0000")
    sheet.conditional_formatting.add("A5:E5", CellIsRule("greaterThan", ["B5"], fill=red))  # type: ignore[no-untyped-call]
    rule = DataValidation("decimal", operator="greaterThan", formula1="0", sqref="E5")
    sheet.add_data_validation(rule)
    sheet.merge_cells("E5:F5")
    sheet.row_dimensions[5].height = 33
    sheet["B5"].number_format = sheet["E5"].number_format = "0.00"
    sheet.print_area = "A4:F6"


def test_everything_on_the_rows_follows_its_table() -> None:
    """Rules and merged cells repeat in their columns; cells in the room left keep the format."""
    filled = bytes(fill(make_sheet(TABLES, _decorate), lists(1, 3)))
    sheet = load(filled).worksheets[0]
    assert [str(one) for one in sheet.merged_cells.ranges] == ["E5:F5", "E6:F6", "E7:F7"]
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["E5:E7"]
    areas = [str(one.sqref) for one in sheet.conditional_formatting]
    assert " ".join(areas).split() == ["A5:C5", "D5:E7"]
    assert [sheet.row_dimensions[row].height for row in range(5, 9)] == [33, 33, 33, None]
    assert [sheet[cell].number_format for cell in ("B5", "B6", "B7", "E7")] == ["0.00"] * 4
    assert sheet.print_area == "'表1'!$A$4:$F$8"
    assert row_numbers(part(filled)) == [5, 6, 7, 8]


def test_filled_tables_pass_an_audit(tmp_path: Path) -> None:
    """Nothing is found in the filled workbook that was not found in the template."""
    template, filled = tmp_path / "t.xlsx", tmp_path / "f.xlsx"
    template.write_bytes(make_sheet(TABLES, _decorate))
    filled.write_bytes(bytes(fill(template.read_bytes(), lists(1, 3))))
    assert audit_against(filled, template) == []


def test_merged_cells_over_several_tables_are_refused() -> None:
    """Merged cells cannot stand on rows that went different ways."""
    merges = '</sheetData><mergeCells><mergeCell ref="C5:D5"/></mergeCells>'
    source = with_part(make_sheet(TABLES), lambda xml: xml.replace("</sheetData>", merges))
    with pytest.raises(GovdocsError) as caught:
        fill(source, lists(1, 2))
    assert [one.code for one in caught.value.problems] == ["xlsx.merge_beside"]


@pytest.mark.slow
def test_totals_are_those_of_libreoffice(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """Our results of totals below and beside are LibreOffice's, for no, one, two and many rows."""
    pairs = [(0, 2), (1, 0), (2, 1), (1000, 2), (3, 1000), (0, 0)]
    more = {"H5": "{{ b.y }}", "H6": "=AVERAGE(B5:B5)", "I6": "=SUBTOTAL(9,B5:E5)", "J6": "=C6+E6"}
    cells = {**TABLES, **more, "H6": '=IFERROR(AVERAGE(B5:B5),"无")'}
    sheets: dict[str, dict[str, object]] = {}
    data: dict[str, object] = {}
    for number, (one, other) in enumerate(pairs):
        names = {"甲": f"甲{number}", "乙": f"乙{number}"}
        sheets[f"表{number}"] = {
            cell: str(text).replace("甲", names["甲"]).replace("乙", names["乙"])
            for cell, text in cells.items()
        }
        data |= {names[name]: rows for name, rows in lists(one, other).items()}
    ours, path = bytes(fill(make_book(sheets), data)), tmp_path / "filled.xlsx"
    path.write_bytes(without_results(ours))
    theirs = libreoffice.convert(path, "xlsx:Calc MS Excel 2007 XML", tmp_path / "again")
    for name in sheets:
        assert cached(ours, name) == cached(theirs.read_bytes(), name)


COUNTS = st.integers(0, 4)


@given(COUNTS, COUNTS, st.booleans())
def test_each_table_is_what_it_would_be_alone(one: int, other: int, marked: bool) -> None:
    """Law: the columns of a table are those of the same sheet with this table only."""
    cells = MARKED if marked else {key: TABLES[key] for key in TABLES if key not in ("F6", "G6")}
    both = fill_cells(cells, lists(one, other))
    for columns in ("ABC", "DE"):
        alone = {cell: text for cell, text in cells.items() if cell[0] in columns}
        own = one if columns == "ABC" else other
        end = 4 + own + (not marked)
        assert _from_columns(both, columns, end, max(one, other) - own) == _from_columns(
            fill_cells(alone, lists(one, other)), columns, end, 0
        )


def _from_columns(
    cells: Mapping[str, object], columns: str, end: int, room: int
) -> dict[str, object]:
    """Take the cells of some columns; those from row ``end`` on as if there were no room."""
    found = {(cell[0], int(cell[1:])): value for cell, value in cells.items()}
    return {
        f"{column}{row - room if row >= end else row}": value
        for (column, row), value in found.items()
        if column in columns
    }


@settings(max_examples=15, deadline=None)
@given(st.lists(COUNTS, min_size=2, max_size=4), st.booleans())
def test_rows_and_cells_stand_in_order_and_once(counts: list[int], marked: bool) -> None:
    """Law: whatever the number of tables, no row or cell is written twice, and all in order."""
    cells: dict[str, object] = {"A5": "尾"}
    for number in range(len(counts)):
        left, right = "ADGJ"[number], "BEHK"[number]
        opening, closing = f"{{%tr for r in 表{number} %}}", "{%tr endfor %}"
        first, last = (f"{left}2", f"{left}4") if marked else (f"{left}3", f"{right}3")
        cells |= {first: opening, last: closing}
        cells[f"{left}3"] = f"{cells.get(f'{left}3', '')}{{{{ r }}}}"
        cells[f"{right}3"] = f"值{cells.get(f'{right}3', '')}"
    data = {f"表{number}": list(range(count)) for number, count in enumerate(counts)}
    xml = part(bytes(fill(make_sheet(cells), data)))
    rows = row_numbers(xml)
    written = re.findall(r'<c r="([A-Z]+)(\d+)"', xml)
    assert rows == sorted(set(rows))
    assert written == sorted(set(written), key=lambda one: (int(one[1]), len(one[0]), one[0]))
    assert len(written) >= 2 * sum(counts) + 1


@settings(max_examples=15, deadline=None)
@given(COUNTS, COUNTS, st.booleans())
def test_tables_are_read_back(one: int, other: int, marked: bool) -> None:
    """Law: what was filled in is read back."""
    template = Template(make_sheet(MARKED if marked else TABLES))
    data = lists(one, other)
    assert template.extract(bytes(template.fill(data))) == data
