"""Reading back where tables stand side by side: each strip of columns is read by itself.

A shorter table leaves room, so the rows of a strip that hold nothing do not count. Nothing here
knows how patterns and units are compared.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from govdocs.language.inversion import Unit, UnitPart
from govdocs.xlsx.blocks.lifting import Step
from govdocs.xlsx.compiling.sheet_compiler import SheetCompiler
from govdocs.xlsx.grid.address import column_name
from govdocs.xlsx.grid.layout import COLUMN_LIMIT

Columns = tuple[int, int]
"""The first and the last column of a strip."""
ALL_COLUMNS: Final[Columns] = (1, COLUMN_LIMIT)
_GROUP: Final = "sheet"


def list_strips(compiler: SheetCompiler) -> list[Columns]:
    """List the strips of columns that are read by themselves."""
    starts = {start for beside in compiler.beside for start in beside.starts}
    edges = sorted({1, COLUMN_LIMIT + 1, *starts})
    return [(first, following - 1) for first, following in pairwise(edges)]


def list_steps(compiler: SheetCompiler, columns: Columns) -> Sequence[Step]:
    """List the statements between the rows of a strip."""
    waiting = list(compiler.beside)
    steps: list[Step] = []
    for step in compiler.lifting.steps if compiler.lifting else ():
        while waiting and waiting[0].first < step.up:
            steps += waiting.pop(0).lane_at(columns[0]).steps
        steps.append(step)
    return [*steps, *(step for beside in waiting for step in beside.lane_at(columns[0]).steps)]


def name_strip(columns: Columns) -> str:
    """Name the kind of part that a strip is."""
    if columns == ALL_COLUMNS:
        return _GROUP
    return f"{_GROUP} {column_name(columns[0])}:{column_name(columns[1])}"


def view_strip(columns: Columns, part: UnitPart) -> UnitPart | None:
    """Cut a strip out of a sheet that is read, without the rows in which it holds nothing."""
    if part.group != _GROUP:
        return None
    rows = (_cut_row(row, columns) for row in part.content.children)
    content = replace(part.content, children=tuple(row for row in rows if row.cells))
    return UnitPart(name_strip(columns), part.name, content)


def _cut_row(row: Unit, columns: Columns) -> Unit:
    first, last = columns
    cells: dict[int | str, Unit] = {
        column: cell
        for column, cell in (row.cells or {}).items()
        if isinstance(column, int) and first <= column <= last
    }
    return replace(row, children=tuple(cells.values()), cells=cells)
