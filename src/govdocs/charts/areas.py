"""Areas of cells as charts name them: ``Sheet1!$B$2:$B$5``, ``'统计 表'!$A$1``.

What is no area of one sheet of the chart's own workbook (a union, a defined name, another file) is
none here. This module knows no values.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

Cell = tuple[int, int]
"""Row and column, from 1."""

MAX_ROW, MAX_COLUMN = 1 << 20, 1 << 14

_CELL = r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})"
_AREA = re.compile(rf"\s*(?:'((?:[^'\[\]]|'')+)'|([^'!\[\](),:]+))!{_CELL}(?::{_CELL})?\s*")
_PLAIN = re.compile(r"(?![Rr][0-9]*[Cc]?[0-9]*\Z)[^\W\d][\w.]*")
_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells of one sheet, both ends included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def cells(self) -> Iterator[Cell]:
        """Its cells, row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column

    @property
    def height(self) -> int:
        """How many rows it has."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """How many columns it has."""
        return self.right - self.left + 1

    def turned(self) -> "Area":
        """Return it with rows and columns changed over."""
        return replace(self, top=self.left, left=self.top, bottom=self.right, right=self.bottom)

    def __str__(self) -> str:
        first = f"${column_name(self.left)}${self.top}"
        last = f"${column_name(self.right)}${self.bottom}"
        return f"{quote_sheet(self.sheet)}!{first}" + (f":{last}" if last != first else "")


def parse_area(text: str | None) -> Area | None:
    """Read an area; None for anything that is not one area of one sheet."""
    found = _AREA.fullmatch(text or "")
    if found is None:
        return None
    quoted, plain, left, top, right, bottom = found.groups()
    sheet = quoted.replace("''", "'") if quoted else plain
    rows = sorted((int(top), int(bottom or top)))
    columns = sorted((column_number(left), column_number(right or left)))
    if rows[1] > MAX_ROW or columns[1] > MAX_COLUMN:
        return None
    return Area(sheet, rows[0], columns[0], rows[1], columns[1])


def parse_reference(text: str) -> Area | None:
    """Read an area without a sheet, as tables and dimensions have it: ``A1:D5``."""
    return parse_area(f"_!{text}")


def write_reference(area: Area) -> str:
    """Write an area without a sheet."""
    first = f"{column_name(area.left)}{area.top}"
    last = f"{column_name(area.right)}{area.bottom}"
    return first if first == last else f"{first}:{last}"


def quote_sheet(name: str) -> str:
    """Write a sheet's name as formulas have it, in quotes where it needs them."""
    if _PLAIN.fullmatch(name) and not _LIKE_CELL.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"


def column_name(number: int) -> str:
    """Write a column's number as letters: 28 is AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Read the letters of a column."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
