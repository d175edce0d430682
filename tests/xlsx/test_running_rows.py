"""A cell that carries the row before on: running balances, running numbers, rules of neighbours."""

from pathlib import Path

import pytest
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.libreoffice import LibreOffice
from tests.xlsx.workbooks import (
    cached,
    fill,
    fill_cells,
    load,
    make_book,
    make_sheet,
    without_results,
)

LEDGER = {
    "A4": "期初",
    "C4": 2,
    "D4": 100,
    "A5": "{% for r in rows %}{{ r.x }}",
    "B5": "{{ r.y }}{% endfor %}",
    "D5": "=D4+B5",
    "A6": "合计",
    "B6": "=SUM(B5)",
}


def rows(count: int) -> dict[str, object]:
    """Make ``count`` entries."""
    return {"rows": [{"x": f"第{number}笔", "y": number} for number in range(1, count + 1)]}


@pytest.mark.parametrize(
    ("formula", "second"),
    [
        ("=D4+B5", "=D5+B6"),
        ("=IF(B5=0,0,ROUND(B5 + $D4,2))", "=IF(B6=0,0,ROUND(B6 + $D5,2))"),
        ("=SUM(D4,B5)", "=SUM(D5,B6)"),
        ("=N(D4)+1", "=N(D5)+1"),
        ("=D$4+B5", "=D$4+B6"),
        ("=D4*B5", "=D4*B6"),
        ("=B5/C4", "=B6/C4"),
        ("=B5-C4", "=B6-C4"),
        ("=SUMIF(B5,D4)", "=SUMIF(B6,D4)"),
        ("=D3+B5", "=D3+B6"),
    ],
)
def test_cell_right_above_is_carried_on_in_its_own_column(formula: str, second: str) -> None:
    """Added up in its own column it is the row before; a rate, a total or a heading stays."""
    filled = fill_cells({**LEDGER, "D5": formula}, rows(3))
    assert (filled["D5"], filled["D6"]) == (formula, second)


def test_balance_goes_on_through_rows_of_tags_and_conditions() -> None:
    """Rows that vanish are not between an entry and the one before."""
    cells = {
        "D1": 10,
        "A2": "{%tr for r in rows %}",
        "A3": "{%tr if r.y != 2 %}",
        "B4": "{{ r.y }}",
        "D4": "=D1+B4",
        "A5": "{%tr endif %}",
        "A6": "{%tr endfor %}",
    }
    assert fill_cells(cells, rows(3)) == {
        "D1": 10,
        "B2": 1,
        "D2": "=D1+B2",
        "B3": 3,
        "D3": "=D2+B3",
    }


def test_balance_of_groups_begins_with_their_head() -> None:
    """Right below the head of its group an entry reads the head, then the entry before."""
    cells = {
        "A1": "{%tr for g in groups %}",
        "A2": "{{ g.name }}",
        "D2": "{{ g.opening }}",
        "A3": "{% for y in g.entries %}{{ y }}",
        "D3": "=D2+A3",
        "E3": "止{% endfor %}",
        "A4": "{%tr endfor %}",
    }
    groups = [
        {"name": "甲", "opening": 5, "entries": [1, 2]},
        {"name": "乙", "opening": 7, "entries": [3, 4]},
    ]
    filled = fill_cells(cells, {"groups": groups})
    found = [filled[f"D{row}"] for row in range(1, 7)]
    assert found == [5, "=D1+A2", "=D2+A3", 7, "=D4+A5", "=D5+A6"]


def test_blocks_of_two_rows_carry_the_last_row_on() -> None:
    """Of a pass of several rows the last one stands above the next pass."""
    cells = {
        "D1": 10,
        "A2": "{% for r in rows %}{{ r.x }}",
        "D3": "=D1+B3",
        "B3": "{{ r.y }}{% endfor %}",
    }
    filled = fill_cells(cells, rows(3))
    assert [filled[f"D{row}"] for row in (3, 5, 7)] == ["=D1+B3", "=D3+B5", "=D5+B7"]


def test_rule_that_compares_with_the_row_above_does_so_in_each_row() -> None:
    """A conditional format is read in each cell as if copied there: one rule stays one."""

    def add_rule(sheet: Worksheet) -> None:
        red = PatternFill(bgColor="FFFF0000")
        rule = FormulaRule(["$A5<>$A4"], fill=red)  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add("A5:D5", rule)

    sheet = load(bytes(fill(make_sheet(LEDGER, add_rule), rows(3)))).worksheets[0]
    found = [(str(one.sqref), one.rules[0].formula) for one in sheet.conditional_formatting]
    assert found == [("A5:D7", ["$A5<>$A4"])]


def test_balances_are_those_of_libreoffice(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """For no, one, two and a thousand rows our balances are LibreOffice's."""
    counts = (0, 1, 2, 1000)
    cells = {**LEDGER, "E5": "=SUM(E4,B5)", "F5": "=F4+1", "C6": "=SUM(D5:D5)"}
    sheets, data = {}, {}
    for count in counts:
        text = f"rows{count}"
        sheets[f"表{count}"] = {
            cell: value.replace("rows", text) if isinstance(value, str) else value
            for cell, value in cells.items()
        }
        data[text] = rows(count)["rows"]
    ours, path = bytes(fill(make_book(sheets), data)), tmp_path / "filled.xlsx"
    path.write_bytes(without_results(ours))
    theirs = libreoffice.convert(path, "xlsx:Calc MS Excel 2007 XML", tmp_path / "again")
    for count, name in zip(counts, sheets, strict=True):
        values = cached(ours, name)
        assert values == cached(theirs.read_bytes(), name)
        assert values.get(f"D{4 + count}") == 100 + count * (count + 1) // 2
