"""The validation of a sheet's value cells: a warning only, so that a tag can be edited."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from tools.make_templates.grids import Cell, Grid

TITLE = "统计数"
_FURTHEST = 99_999_999
_RULES = {  # what is asked of a figure, by its type
    "count": (
        {"validate": "integer", "criteria": ">=", "value": 0},
        "这里应当是不小于0的整数。",
    ),
    "amount": (
        {"validate": "decimal", "criteria": ">=", "value": 0},
        "这里应当是不小于0的数。",
    ),
    "change": (
        {
            "validate": "integer",
            "criteria": "between",
            "minimum": -_FURTHEST,
            "maximum": _FURTHEST,
        },
        "这里应当是整数，减少的前面加负号。",
    ),
}


def validate(sheet: Worksheet, grid: Grid, first: int) -> None:
    """Ask for numbers in the cells of figures of a grid that begins in row ``first``."""
    for type_, (rule, message) in _RULES.items():
        cells = [cell for cell in grid.figures if cell.type == type_]
        if cells:
            top, left = first + cells[0].row, cells[0].column
            bottom, right = first + cells[-1].row, cells[-1].column
            options = {
                **rule,
                "error_type": "warning",
                "error_title": TITLE,
                "error_message": message,
                "multi_range": " ".join(_ranges(cells, first)),
            }
            sheet.data_validation(top, left, bottom, right, options)


def _ranges(cells: Sequence[Cell], first: int) -> Iterator[str]:
    """Write cells as ranges, rows that are alike in one: ``C5:D7 C9:D9``."""
    for _, run in groupby(
        enumerate(_strips(cells)), key=lambda one: (one[1][0] - one[0], *one[1][1:])
    ):
        strips = [strip for _, strip in run]
        row, left, right = strips[0]
        yield xl_range(first + row, left, first + strips[-1][0], right)


def _strips(cells: Sequence[Cell]) -> list[tuple[int, int, int]]:
    """Join the cells of each row that stand side by side: row, first column, last column."""
    strips: list[tuple[int, int, int]] = []
    for cell in sorted(cells, key=lambda one: (one.row, one.column)):
        right = cell.column + cell.columns - 1
        if strips and strips[-1][0] == cell.row and strips[-1][2] + 1 == cell.column:
            strips[-1] = (cell.row, strips[-1][1], right)
        else:
            strips.append((cell.row, cell.column, right))
    return strips
