"""The tables of a report and of a workbook as texts in rows and columns, merged cells filled."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed table: its texts, each as often as its cell has places."""

    rows: Rows

    def find(self, text: str) -> tuple[int, int]:
        """Find the first place of the cell that holds exactly a text."""
        [*places] = [
            (number, row.index(text)) for number, row in enumerate(self.rows) if text in row
        ]
        assert len(places) == 1, f"{text} stands in {len(places)} rows"
        return places[0]

    def left_of(self, row: int, column: int) -> list[str]:
        """The texts to the left of a place, those of tags left out, each once."""
        return _once(text for text in self.rows[row][:column] if "{{" not in text)

    def above(self, row: int, column: int) -> list[str]:
        """The texts above a place, those of tags left out, each once."""
        return _once(line[column] for line in self.rows[:row] if "{{" not in line[column])


def read_report(path: Path) -> list[Printed]:
    """Read the tables of a Word file."""
    return [
        Printed([[cell.text for cell in row.cells] for row in table.rows])
        for table in docx.Document(str(path)).tables
    ]


def read_workbook(path: Path) -> list[Printed]:
    """Read the sheets of an Excel file, their two rows above the table and five below left out."""
    sheets = openpyxl.load_workbook(path).worksheets
    return [Printed(_texts(sheet)[2:-5]) for sheet in sheets]


def _texts(sheet: Worksheet) -> Rows:
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    for merged in sheet.merged_cells.ranges:
        for row, column in merged.cells:
            rows[row - 1][column - 1] = rows[merged.min_row - 1][merged.min_col - 1]
    return rows


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))
