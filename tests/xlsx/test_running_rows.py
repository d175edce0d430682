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


@pytest.mark.parametrize(
    ("cell", "formula", "expected"),
    [
        ("D6", "=D5", "=D7"),
        ("D6", "=D5-D4", "=D7-D4"),
        ("D6", "=IF(B6=0,0,D5+1)", "=IF(B8=0,0,D7+1)"),
        ("D6", "=D$5", "=D$5"),
        ("D6", "=D5*2", "=D5*2"),
        ("D6", "=SUM(D5)", "=SUM(D5:D7)"),
        ("D7", "=D5", "=D5"),
        ("E6", "=D5", "=D5"),
    ],
)
def test_cell_right_below_a_loop_reads_its_last_row(cell: str, formula: str, expected: str) -> None:
    """The closing balance, as it is or with something added; from elsewhere it is the first."""
    filled = fill_cells({**LEDGER, cell: formula}, rows(3))
    assert filled[f"{cell[0]}{int(cell[1:]) + 2}"] == expected


def test_closing_balances_of_groups_and_of_tables_side_by_side() -> None:
    """Each group has its own; room that a shorter table left is not between."""
    cells = {
        "A1": "{%tr for g in groups %}",
        "A2": "{%tr for y in g %}",
        "A3": "{{ y }}",
        "A4": "{%tr endfor %}",
        "A5": "=A3",
        "A6": "{%tr endfor %}",
    }
    filled = fill_cells(cells, {"groups": [[1, 2], [3]]})
    assert (filled["A3"], filled["A5"]) == ("=A2", "=A4")
    beside = {
        "A1": "{% for a in one %}{{ a }}",
        "B1": "左{% endfor %}",
        "C1": "{% for b in two %}{{ b }}",
        "D1": "右{% endfor %}",
        "A2": "=A1",
        "C2": "=C1",
    }
    filled = fill_cells(beside, {"one": [1, 2, 3], "two": [4]})
    assert (filled["A4"], filled["C4"]) == ("=A3", "=C1")


def test_rule_that_compares_with_the_row_above_does_so_in_each_row() -> None:
    """A conditional format is read in each cell as if copied there: one rule stays one."""

    def add_rule(sheet: Worksheet) -> None:
        red = PatternFill(bgColor="FFFF0000")
        rule = FormulaRule(["$A5<>$A4"], fill=red)  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add("A5:D5", rule)

    sheet = load(bytes(fill(make_sheet(LEDGER, add_rule), rows(3)))).worksheets[0]
    found = [(str(one.sqref), one.rules[0].formula) for one in sheet.conditional_formatting]
    assert found == [("A5:D7", ["$A5<>$A4"])]


@pytest.mark.slow
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
