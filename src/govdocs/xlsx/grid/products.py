"""SUMPRODUCT: areas of one shape multiplied cell by cell and summed up.

An argument may be an area or a calculation over areas, ``(A5:A8="x")*C5:C8``; all areas in it must
have the same shape.
"""

from collections.abc import Iterator
from typing import Final

from govdocs.xlsx.grid import cellvalues as cv
from govdocs.xlsx.grid.cellvalues import UNKNOWN, VALUE, ErrorValue, Value
from govdocs.xlsx.grid.frames import Frame
from govdocs.xlsx.grid.programs import Arguments, Maker, Run, area, functions_in, references
from govdocs.xlsx.grid.syntax import Cells, Expression

_CELLS_LIMIT: Final = 2_000_000
_CELL_BY_CELL: Final = frozenset(
    {"ABS", "IF", "IFERROR", "IFNA", "INT", "NOT", "ROUND", "ROUNDDOWN", "ROUNDUP", "SIGN", "TRUNC"}
)
"""Functions that may stand in an argument: what they give for a cell hangs on that cell only."""


def sum_product(maker: Maker, arguments: Arguments) -> Run:
    """Make the program of a call of SUMPRODUCT."""
    known = all(name in _CELL_BY_CELL for own in arguments for name in functions_in(own))
    if not arguments or not known:
        return lambda _: UNKNOWN
    runs = [maker.make(argument) for argument in arguments]
    areas = [list(references(argument)) for argument in arguments]
    plain = [isinstance(argument, Cells) for argument in arguments]

    def run(frame: Frame) -> Value:
        shape = _common_shape(arguments, areas, frame)
        if shape is None:
            return UNKNOWN
        if shape == (0, 0):
            return VALUE
        outer = frame.offset
        found = _total(_products(runs, plain, shape, frame))
        frame.offset = outer
        return found

    return run


def _common_shape(
    arguments: tuple[Expression | None, ...], areas: list[list[Cells]], frame: Frame
) -> tuple[int, int] | None:
    """Rows and columns of all arguments; (0, 0) if they differ, None if it cannot be told."""
    shapes = []
    for argument, own in zip(arguments, areas, strict=True):
        if any(cells.last_sheet is not None for cells in own):
            return None
        found = {_shape(cells, frame) for cells in own} - {(1, 1)} or {(1, 1)}
        if len(found) != 1:
            return None
        shapes.append((found.pop(), isinstance(argument, Cells)))
    shape = shapes[0][0]
    if shape[0] * shape[1] > _CELLS_LIMIT:
        return None
    if all(other == shape for other, _ in shapes):
        return shape
    return (0, 0) if all(plain for _, plain in shapes) else None


def _shape(cells: Cells, frame: Frame) -> tuple[int, int]:
    first_row, first_column, last_row, last_column = area(cells, frame)
    return last_row - first_row + 1, last_column - first_column + 1


def _products(
    runs: list[Run], plain: list[bool], shape: tuple[int, int], frame: Frame
) -> Iterator[Value]:
    for down in range(shape[0]):
        for right in range(shape[1]):
            frame.offset = (down, right)
            product: Value = 1.0
            for run, is_area in zip(runs, plain, strict=True):
                product = _times(product, run(frame), is_area)
            yield product


def _times(product: Value, factor: Value, is_area: bool) -> Value:
    """Multiply; texts and logical values are zero, as they are to SUMPRODUCT."""
    if product is UNKNOWN or factor is UNKNOWN:
        return UNKNOWN
    if isinstance(product, ErrorValue):
        return product
    if isinstance(factor, ErrorValue):
        return factor
    if not is_area and isinstance(factor, str):
        return UNKNOWN
    if not isinstance(factor, float) or not isinstance(product, float):
        return 0.0
    return cv.finite(product * factor)


def _total(products: Iterator[Value]) -> Value:
    total = 0.0
    error: ErrorValue | None = None
    for product in products:
        if product is UNKNOWN:
            return UNKNOWN
        if isinstance(product, ErrorValue):
            error = error or product
        elif isinstance(product, float):
            total += product
    return error or cv.finite(total)
