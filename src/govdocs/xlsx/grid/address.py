"""Addresses: cells, areas and sheet names as a formula writes them.

A :class:`Ref` is one reference as it stands in a formula, with its sheet and its ``$`` marks. This
module reads and writes text; it never asks where a cell has gone.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from govdocs.xlsx.grid.layout import COLUMN_LIMIT, ROW_LIMIT

Kind = Literal["cell", "area", "rows", "columns"]
Marks = tuple[bool, bool, bool, bool]
"""Which coordinates carry ``$``: first row, first column, last row, last column."""

UNMARKED: Final[Marks] = (False, False, False, False)

_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]+)")
_HALF = re.compile(r"(\$?)([A-Za-z]{1,3}|[0-9]+)")
_BARE_SHEET = re.compile(r"[^\W\d][\w.]*")
_LIKE_CELL = re.compile(
    r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*([Cc][0-9]*)?|[Cc][0-9]*|TRUE|FALSE", re.IGNORECASE
)


class Area(NamedTuple):  # as Ref and Token: made by the hundred thousand, a tuple is made faster
    """A rectangle of cells, counted from 1, first and last included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        first = cell_name(self.first_row, self.first_column)
        last = cell_name(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"


@dataclass(frozen=True, slots=True)
class Scope:
    """The sheet part of a reference: ``prefix`` is its text, ``!`` included.

    ``sheet`` is the name without quotes, ``last_sheet`` the other end of a 3-D reference.
    ``external`` says that it leads into another workbook: such a reference is never touched.
    """

    prefix: str
    sheet: str
    last_sheet: str | None = None
    external: bool = False


class Ref(NamedTuple):
    """One reference: a cell, an area, whole rows (``5:7``) or whole columns (``C:C``).

    Coordinates are normalised: first is never after last. In whole rows and columns the other
    axis covers the grid.
    """

    kind: Kind
    first_row: int
    first_column: int
    last_row: int
    last_column: int
    marks: Marks = UNMARKED
    scope: Scope | None = None

    def __str__(self) -> str:
        return (self.scope.prefix if self.scope else "") + self.local

    @property
    def local(self) -> str:
        """The reference without its sheet."""
        row, column, last_row, last_column = ("$" if mark else "" for mark in self.marks)
        if self.kind == "rows":
            return f"{row}{self.first_row}:{last_row}{self.last_row}"
        first, last = column_name(self.first_column), column_name(self.last_column)
        if self.kind == "columns":
            return f"{column}{first}:{last_column}{last}"
        cell = f"{column}{first}{row}{self.first_row}"
        if self.kind == "cell":
            return cell
        return f"{cell}:{last_column}{last}{last_row}{self.last_row}"

    @property
    def area(self) -> Area:
        """The cells it covers."""
        return Area(self.first_row, self.first_column, self.last_row, self.last_column)


@lru_cache(maxsize=COLUMN_LIMIT)
def column_name(column: int) -> str:
    """Write a column number as letters: 1 is ``A``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=COLUMN_LIMIT)
def column_number(letters: str) -> int:
    """Read a column's letters as a number: ``A`` is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(row: int, column: int) -> str:
    """Write a cell's address: ``C5``."""
    return f"{column_name(column)}{row}"


def maybe_ref(text: str, scope: Scope | None = None) -> Ref | None:
    """Read ``C5``, ``$C$5:D8``, ``5:7`` or ``C:C``; None if it is none of them or off the grid."""
    first, colon, last = text.partition(":")
    if not colon:
        cell = _corner(first)
        if cell is None:
            return None
        row, column, row_mark, column_mark = cell
        marks = (row_mark, column_mark, row_mark, column_mark)
        return Ref("cell", row, column, row, column, marks, scope)
    one, other = _corner(first), _corner(last)
    if one is not None and other is not None:
        return _between("area", one, other, scope)
    return _maybe_lines(first, last, scope)


def maybe_area(text: str) -> Area | None:
    """Read the address of a cell or an area, ``$`` or not; None if it is none."""
    ref = maybe_ref(text)
    return ref.area if ref else None


@lru_cache(maxsize=1024)
def read_scope(prefix: str) -> Scope:
    """Read a sheet prefix, ``!`` included: ``表1!``, ``'a b'!``, ``Sheet1:Sheet3!``, ``[1]A!``."""
    name = prefix[:-1]
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    if "[" in name:
        return Scope(prefix, name, None, external=True)
    first, colon, last = name.partition(":")
    return Scope(prefix, first, last if colon else None)


def quote_sheet(name: str, last: str | None = None) -> str:
    """Write the prefix of a sheet, or of a run of sheets: ``表1!``, ``'2018年 统计'!``."""
    whole = name if last is None else f"{name}:{last}"
    if is_bare_sheet(name) and (last is None or is_bare_sheet(last)):
        return whole + "!"
    return "'" + whole.replace("'", "''") + "'!"


def is_bare_sheet(name: str) -> bool:
    """Tell whether a sheet's name may stand in a formula without quotes."""
    return bool(_BARE_SHEET.fullmatch(name)) and not _LIKE_CELL.fullmatch(name)


@lru_cache(maxsize=1024)
def same_name(name: str) -> str:
    """Give the form under which names of sheets, tables and names are the same to Excel."""
    return name.casefold()


Corner = tuple[int, int, bool, bool]


def _corner(text: str) -> Corner | None:
    match = _CELL.fullmatch(text)
    if not match:
        return None
    column, row = column_number(match[2]), int(match[4])
    if not (1 <= row <= ROW_LIMIT and column <= COLUMN_LIMIT):
        return None
    return row, column, bool(match[3]), bool(match[1])


def _between(kind: Kind, one: Corner, other: Corner, scope: Scope | None) -> Ref:
    (top, top_mark), (bottom, bottom_mark) = sorted(
        ((one[0], one[2]), (other[0], other[2])), key=_at
    )
    (left, left_mark), (right, right_mark) = sorted(
        ((one[1], one[3]), (other[1], other[3])), key=_at
    )
    marks = (top_mark, left_mark, bottom_mark, right_mark)
    return Ref(kind, top, left, bottom, right, marks, scope)


def _at(end: tuple[int, bool]) -> int:
    return end[0]


def _maybe_lines(first: str, last: str, scope: Scope | None) -> Ref | None:
    one, other = _HALF.fullmatch(first), _HALF.fullmatch(last)
    if not one or not other or one[2].isdigit() != other[2].isdigit():
        return None
    mark, last_mark = bool(one[1]), bool(other[1])
    if one[2].isdigit():
        top, bottom = int(one[2]), int(other[2])
        if not (min(top, bottom) >= 1 and max(top, bottom) <= ROW_LIMIT):
            return None
        return _between(
            "rows", (top, 1, mark, False), (bottom, COLUMN_LIMIT, last_mark, False), scope
        )
    left, right = column_number(one[2]), column_number(other[2])
    if max(left, right) > COLUMN_LIMIT:
        return None
    return _between("columns", (1, left, False, mark), (ROW_LIMIT, right, False, last_mark), scope)
