"""Formulas copied to another cell, and sheets under another name.

Copying is what a shared formula is made of: coordinates without ``$`` move along with the cell.
This is not what rows that come and go do to a formula: for that see ``references``.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from govdocs.xlsx.grid.address import Kind, Ref, Scope, quote_sheet, same_name
from govdocs.xlsx.grid.formula import Token, scan
from govdocs.xlsx.grid.layout import COLUMN_LIMIT, ROW_LIMIT

End = tuple[int, bool]
"""A coordinate and whether it is marked ``$``."""


def shift_formula(text: str, rows: int, columns: int, *, wrap: bool = False) -> str:
    """Write a formula as it reads in a cell so many rows further down and columns to the right.

    Args:
        text: the formula, as it stands in the cell that it is copied from.
        rows: how far down; negative is up.
        columns: how far to the right.
        wrap: a reference that leaves the grid comes in again on the other side, as in names and
            conditional formats; otherwise it becomes ``#REF!``, as in cells.
    """
    if rows == 0 and columns == 0:
        return text
    return "".join([_shifted(token, rows, columns, wrap) for token in scan(text)])


def rename_sheets(text: str, names: Mapping[str, str]) -> str:
    """Write a formula after sheets were given new names.

    Args:
        text: the formula.
        names: old name -> new name; both ends of 3-D references follow too.
    """
    known = {same_name(old): new for old, new in names.items()}
    return "".join([_renamed(token, known.get) for token in scan(text)])


def _shifted(token: Token, rows: int, columns: int, wrap: bool) -> str:
    ref = token.ref
    if ref is None:
        return token.text
    moved = _maybe_shifted(ref, rows, columns, wrap)
    if moved is not None:
        return str(moved)
    return (token.scope.prefix if token.scope else "") + "#REF!"


def _maybe_shifted(ref: Ref, rows: int, columns: int, wrap: bool) -> Ref | None:
    top_mark, left_mark, bottom_mark, right_mark = ref.marks
    down = 0 if ref.kind == "columns" else rows
    right = 0 if ref.kind == "rows" else columns
    lines = _span((ref.first_row, top_mark), (ref.last_row, bottom_mark), down, ROW_LIMIT, wrap)
    across = _span(
        (ref.first_column, left_mark), (ref.last_column, right_mark), right, COLUMN_LIMIT, wrap
    )
    if lines is None or across is None:
        return None
    (top, top_mark), (bottom, bottom_mark) = lines
    (left, left_mark), (last, right_mark) = across
    marks = (top_mark, left_mark, bottom_mark, right_mark)
    kind: Kind = ref.kind
    return Ref(kind, top, left, bottom, last, marks, ref.scope)


def _span(one: End, other: End, by: int, limit: int, wrap: bool) -> tuple[End, End] | None:
    """Move the ends that carry no mark; None if one leaves the grid. First stays first."""
    ends = [_moved(end, by, limit, wrap) for end in (one, other)]
    if not all(1 <= line <= limit for line, _ in ends):
        return None
    first, last = sorted(ends, key=_line)
    return first, last


def _moved(end: End, by: int, limit: int, wrap: bool) -> End:
    line, marked = end
    if marked:
        return end
    return ((line + by - 1) % limit + 1 if wrap else line + by), marked


def _line(end: End) -> int:
    return end[0]


def _renamed(token: Token, find: Callable[[str], str | None]) -> str:
    scope = token.scope
    if scope is None or scope.external:
        return token.text
    new = _new_scope(scope, find)
    return token.text if new is scope else new.prefix + token.text[len(scope.prefix) :]


def _new_scope(scope: Scope, find: Callable[[str], str | None]) -> Scope:
    first = find(same_name(scope.sheet))
    last = find(same_name(scope.last_sheet)) if scope.last_sheet is not None else None
    if first is None and last is None:
        return scope
    sheet, last_sheet = first or scope.sheet, last or scope.last_sheet
    prefix = quote_sheet(sheet, last_sheet)
    return replace(scope, prefix=prefix, sheet=sheet, last_sheet=last_sheet)
