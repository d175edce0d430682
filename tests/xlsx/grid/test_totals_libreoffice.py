"""Totals of loops and groups, for no, one, few and many rows: ours, Python's and LibreOffice's."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pytest
from openpyxl import Workbook, load_workbook

from govdocs.xlsx.grid.calc import Calculator, FormulaCell
from govdocs.xlsx.grid.cellvalues import UNKNOWN, ErrorValue
from govdocs.xlsx.grid.layout import ROW_LIMIT, Layout
from govdocs.xlsx.grid.references import Mapper
from govdocs.xlsx.grid.strips import SheetLayout
from tests.support.libreoffice import LibreOffice
from tests.xlsx.grid.workbooks import Cells

pytestmark = pytest.mark.slow

TOTALS: dict[str, Callable[[list[float]], object]] = {
    "SUM(C6:C6)": sum,
    "SUM(C6)": sum,
    "SUBTOTAL(9,C5:C7)": sum,
    "SUBTOTAL(109,C6)": sum,
    "SUM(C7:C7)": sum,
    "SUM(C5:C7)/2": sum,
    "COUNT(C6:C6)": len,
    "MAX(C6:C6)": lambda values: max(values, default=0),
    "MIN(C6)": lambda values: min(values, default=0),
    "AVERAGE(C6:C6)": lambda values: mean(values) if values else "#DIV/0!",
    "IFERROR(AVERAGE(C6),-1)": lambda values: mean(values) if values else -1,
    'SUMIF(B6:B6,"甲",C6:C6)': lambda values: sum(values[::2]),
    'COUNTIF(B6,"甲")': lambda values: len(values[::2]),
    "SUMPRODUCT(C6*D6)": lambda values: 2 * sum(values),
    "SUM((C6,C8))": sum,
}
SPREAD = ("SUMIF", "COUNTIF", "SUMPRODUCT")
"""Over many groups these become longer than a formula may be."""
GROUPS = [[], [0], [1], [2], [1000], [0, 0], [1, 0, 2], [2, 3, 4], [1] * 300, [3] * 280]


@dataclass
class Filled:
    """A filled sheet: constants, and formulas by cell."""

    name: str
    values: dict[str, object]
    formulas: dict[tuple[int, int], FormulaCell]
    details: list[float]
    totals: dict[int, str]


def fill(name: str, groups: list[int]) -> Filled:
    """Groups over rows 5..7 (head, details in row 6, subtotal); below them a total per row."""
    layout, filled = Layout(ROW_LIMIT), Filled(name, {}, {}, [], {})
    subtotals = []
    layout.begin(5, 7)
    for count in groups:
        layout.enter(5, 7)
        layout.begin(6, 6)
        for _ in range(count):
            row = layout.step(6, 6)
            number = len(filled.details) + 0.25
            filled.details.append(number)
            own = {"B": "甲" if int(number) % 2 == 0 else "乙", "C": number, "D": 2}
            filled.values |= {f"{column}{row}": value for column, value in own.items()}
        layout.end()
        subtotals.append(layout.line(7))
        layout.leave()
    layout.end()
    first_total = layout.line(10)
    sheets = {name: SheetLayout(rows=layout.finish())}
    mapper = Mapper(sheets, may_span=lambda *_: True)  # only subtotals lie between the details
    subtotal = mapper.formula("SUBTOTAL(9,C6:C6)", name)
    for row in subtotals:
        filled.formulas[row, 3] = FormulaCell(*subtotal.pattern(row, 3))
    fit = [text for text in TOTALS if len(groups) < 50 or not text.startswith(SPREAD)]
    for row, text in enumerate(fit, start=first_total):
        filled.formulas[row, 3] = FormulaCell(*mapper.formula(text, name).pattern(row, 3))
        filled.totals[row] = text
    return filled


def test_totals_are_those_of_python_and_of_libreoffice(
    libreoffice: LibreOffice, tmp_path: Path
) -> None:
    """Every total over every number of groups and rows is the same three times."""
    sheets = [fill(f"表{number}", groups) for number, groups in enumerate(GROUPS)]
    seen = recalculated(libreoffice, tmp_path, sheets)
    wrong = []
    for sheet in sheets:
        source = Cells({sheet.name: sheet.values})
        source.sheets[sheet.name].update(sheet.formulas)
        calculator = Calculator(source)
        for row, text in sheet.totals.items():
            expected = TOTALS[text](sheet.details)
            ours = calculator.value(sheet.name, row, 3)
            theirs = seen[sheet.name].cell(row, 3).value
            if not (same(ours, expected) and same(theirs, expected)):
                wrong.append(f"{sheet.name} {text}: {ours}, LibreOffice {theirs}, not {expected}")
    assert not wrong, "\n".join(wrong)


def recalculated(libreoffice: LibreOffice, folder: Path, sheets: list[Filled]) -> Workbook:
    """Write the sheets without any cached value and let LibreOffice work them out."""
    book = Workbook()
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for address, value in sheet.values.items():
            page[address] = value
        for (row, column), cell in sheet.formulas.items():
            page.cell(row, column, "=" + cell.pattern.text(cell.rows, cell.columns))
    source = folder / "totals.xlsx"
    book.save(source)
    made = libreoffice.convert(source, "xlsx", folder / "out")
    return load_workbook(made, data_only=True)


def same(value: object, expected: object) -> bool:
    """Numbers by their first digits, errors by their code; unknown is never the same."""
    assert value is not UNKNOWN
    if isinstance(value, ErrorValue):
        return value.code == expected
    if isinstance(value, (int, float)) and isinstance(expected, (int, float)):
        return math.isclose(value, expected, rel_tol=1e-13)
    return value == expected
