"""The values of the evaluator, worked out again by LibreOffice."""

import math
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.libreoffice import LibreOffice
from tests.xlsx.grid.sums import CELLS, VALUES

pytestmark = pytest.mark.slow


def test_libreoffice_gives_the_same_values(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """All formulas of the table in one workbook, recalculated: the same numbers, texts, errors."""
    book = Workbook()
    sheet = book.worksheets[0]
    for address, value in CELLS.items():
        sheet[address] = value  # type: ignore[assignment]  # all are what a cell takes
    for number, (formula, _) in enumerate(VALUES, start=1):
        sheet.cell(100 + number, 26, "=" + formula)
    source = tmp_path / "sums.xlsx"
    book.save(source)
    made = libreoffice.convert(source, "xlsx", tmp_path / "out")
    seen = load_workbook(made, data_only=True).worksheets[0]
    wrong = [
        f"{formula}: {seen.cell(100 + number, 26).value!r}, not {value!r}"
        for number, (formula, value) in enumerate(VALUES, start=1)
        if not same(seen.cell(100 + number, 26).value, value)
    ]
    assert not wrong, "\n".join(wrong)


def same(got: object, value: object) -> bool:
    """Numbers by fifteen digits, all else exactly."""
    if isinstance(value, float) and isinstance(got, (int, float)):
        return math.isclose(got, value, rel_tol=1e-14)
    return got == value
