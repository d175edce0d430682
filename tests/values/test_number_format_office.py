"""Number formats held against LibreOffice, where it shows what Excel shows.

It does not for days before March 1900, for parts of a second (which it cuts off), for a minus
before noughts, in sections with conditions for negative numbers, and for ten in 大写.
"""

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell import Cell

from govdocs.values.number_format import show
from tests.support.libreoffice import LibreOffice

NUMBERS = [0, 1, -1, 5, 12.5, 0.339, -0.5, 1234, 12345.678, -1234567.891, 0.05, 99.995, 1 / 3, 1e6]
NUMBER_CODES = [
    "0",
    "0.00",
    "#,##0",
    "#,##0.00",
    "0%",
    "0.00%",
    "0.00E+00",
    "##0.0E+0",
    "# ?/?",
    "# ??/??",
    "000",
    "#,##0_);(#,##0)",
    "#,##0.00_);[Red](#,##0.00)",
    '0"件"',
    '"共"#,##0"件"',
    '0.00"万元"',
    '0;-0;"零"',
    "[$¥-804]#,##0.00",
    "?0.0?",
]
MOMENTS = [43489, 43489.646, 43483.99, 44621.0000116, 36526.5]
MOMENT_CODES = [
    "yyyy/m/d",
    "yyyy-mm-dd",
    'yyyy"年"m"月"d"日"',
    "yyyy年m月d日",
    'yyyy"年"m"月"',
    "yy.mm.dd",
    "d-mmm-yy",
    "dddd, mmmm d, yyyy",
    "[$-804]dddd",
    "h:mm",
    "h:mm:ss",
    "mm:ss",
    "h:mm AM/PM",
    'h"时"mm"分"ss"秒"',
    "[h]:mm:ss",
    "[mm]:ss",
    "ss.000",
    "yyyy-mm-dd hh:mm:ss",
    '[DBNum1][$-804]yyyy"年"m"月"d"日"',
]
CASES = [(number, code) for code in NUMBER_CODES for number in NUMBERS]
CASES += [(number, "[>=1000]#,##0;0.00") for number in NUMBERS if number >= 0]
CASES += [(number, "0.0,,") for number in (0, 1234, 1e6, -1234567.891)]
CASES += [(number, "# ?/4") for number in (12.5, 0.339, -0.5, 1 / 3)]
CASES += [(number, '[<60]"低";[<85]"中";"高"') for number in (0, 59.5, 60, 85, 100)]
CASES += [(moment, code) for code in MOMENT_CODES for moment in MOMENTS]
CASES += [(43489, '[DBNum2][$-804]yyyy"年"m"月"d"日"')]
CASES += [(number, "[DBNum2][$-804]General") for number in (0, 10, 101, 1234, 10010, 100002000)]


@pytest.mark.slow
def test_common_formats_are_shown_as_libreoffice_shows_them(
    libreoffice: LibreOffice, tmp_path: Path
) -> None:
    """A sheet of all cases, exported as it is shown."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.column_dimensions["A"].width = 80
    for row, (value, code) in enumerate(CASES, 1):
        cell = sheet.cell(row, 1, value)
        assert isinstance(cell, Cell)
        cell.number_format = code
    book.save(tmp_path / "formats.xlsx")
    made = libreoffice.convert(
        tmp_path / "formats.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76", tmp_path / "out"
    )
    with made.open(encoding="utf-8", newline="") as file:
        theirs = [row[0] if row else "" for row in csv.reader(file)]
    ours = [show(value, code) for value, code in CASES]
    differing = [
        (case, our, their)
        for case, our, their in zip(CASES, ours, theirs, strict=True)
        if our != their
    ]
    assert differing == []
