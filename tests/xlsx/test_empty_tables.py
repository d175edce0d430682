"""Tables (ListObject) whose loops have no items: one blank row is left, as Excel leaves one."""

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from govdocs.template import Template
from tests.support.libreoffice import LibreOffice
from tests.xlsx.workbooks import cached, fill, make_sheet, part, read_cells

HEAD = {"A1": "名", "B1": "数", "C1": "倍"}
ROW = {"A2": "{% for r in rows %}{{ r.a }}", "B2": "{{ r.n }}", "C2": "=B2*2", "D2": "{% endfor %}"}
TOTALS = {"A3": "合计", "B3": "=SUBTOTAL(109,B2:B2)", "C3": "=SUM(C2:C2)"}
BELOW = {
    "B5": "=AVERAGE(B2:B2)",
    "C5": "=COUNTA(A2:A2)",
    "D5": "=COUNT(B2:C2)",
    "E5": "=MAX(B2:B2)",
}
CELLS = {**HEAD, **ROW, **TOTALS, **BELOW}


def _make(cells: dict[str, Any], area: str = "A1:C3", totals: int = 1) -> bytes:
    def change(sheet: Worksheet) -> None:
        table = Table(displayName="明细", ref=area, totalsRowCount=totals or None)
        table._initialise_columns()  # type: ignore[attr-defined]
        for column, name in zip(table.tableColumns, ("名", "数", "倍"), strict=True):
            assert isinstance(column, TableColumn)
            column.name = name
        sheet.add_table(table)

    return make_sheet(cells, change)


def test_blank_row_is_left_in_a_table_without_items() -> None:
    """Its cells keep their formats and hold nothing, formulas neither; totals are of nothing."""
    filled = bytes(fill(_make(CELLS), {"rows": []}))
    assert 'ref="A1:C3"' in part(filled, "xl/tables/table1.xml")
    assert re.search(r'<row r="2"[^>]*>(<c r="[A-D]2"( s="\d+")?/>)*</row>', part(filled))
    assert [read_cells(filled).get(f"{column}2") for column in "ABCD"] == [None] * 4
    values = cached(filled)
    assert [values[cell] for cell in ("B3", "C3", "C5", "D5", "E5")] == [0, 0, 0, 0, 0]
    assert values["B5"] == "#DIV/0!"


@pytest.mark.parametrize("count", [1, 2])
def test_no_blank_row_is_left_beside_others(count: int) -> None:
    """The row is left only where there would be none."""
    rows = [{"a": f"第{n}", "n": n} for n in range(1, count + 1)]
    filled = bytes(fill(_make(CELLS), {"rows": rows}))
    assert f'ref="A1:C{count + 2}"' in part(filled, "xl/tables/table1.xml")
    assert cached(filled)[f"B{count + 2}"] == count * (count + 1) / 2


CONDITIONS = {
    "A2": "{%tr for g in groups %}",
    "A3": "{%tr for r in g %}{{ r }}{%tr endfor %}",
    "A4": "{%tr endfor %}",
    "A5": "{%tr if more %}其他{%tr endif %}",
}


@pytest.mark.parametrize(
    ("groups", "more", "names"),
    [
        ([], False, [None]),
        ([[], []], False, [None]),
        ([[], ["甲"]], False, ["甲"]),
        ([], True, ["其他"]),
        ([["甲"], ["乙"]], True, ["甲", "乙", "其他"]),
    ],
)
def test_all_blocks_of_a_table_count_together(
    groups: list[list[str]], more: bool, names: list[str | None]
) -> None:
    """Loops in loops and conditions: only where nothing came of any, a row is left."""
    filled = bytes(
        fill(_make({**HEAD, **CONDITIONS}, "A1:C5", 0), {"groups": groups, "more": more})
    )
    cells = read_cells(filled)
    assert [cells.get(f"A{row}") for row in range(2, len(names) + 2)] == names
    assert f'ref="A1:C{len(names) + 1}"' in part(filled, "xl/tables/table1.xml")


def test_blank_row_of_a_table_is_no_item() -> None:
    """What was filled with nothing is read back as nothing."""
    template = Template(_make(CELLS))
    assert template.extract(template.fill({"rows": []})) == {"rows": []}


def test_libreoffice_makes_the_same_of_totals_of_nothing(
    libreoffice: LibreOffice, tmp_path: Path
) -> None:
    """What is cached is what another program works out."""
    filled = tmp_path / "filled.xlsx"
    filled.write_bytes(bytes(fill(_make(CELLS), {"rows": []})))
    other = libreoffice.convert(
        filled, "xlsx:Calc MS Excel 2007 XML", tmp_path / "out"
    ).read_bytes()
    wanted, found = cached(filled.read_bytes()), cached(other)
    for cell in ("B3", "C3", "B5", "C5", "D5", "E5"):
        assert found[cell] == wanted[cell]
