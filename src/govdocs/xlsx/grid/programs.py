"""Expressions made into programs that give a value for a frame.

A program is made once for a formula of the template and run for each of its copies. Functions are
in ``worksheet``; one that is not known makes its part of the formula UNKNOWN, never wrong.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, cast

from govdocs.xlsx.grid import cellvalues as cv
from govdocs.xlsx.grid.cellvalues import UNKNOWN, ErrorValue, Unknown, Value
from govdocs.xlsx.grid.frames import Frame
from govdocs.xlsx.grid.syntax import Apply, Cells, Constant, Expression, Operation, Union
from govdocs.xlsx.grid.views import Point

Run = Callable[[Frame], Value]
Arguments = tuple[Expression | None, ...]
Function = Callable[["Maker", Arguments], Run]
"""Makes the program of a call from its arguments."""

_COMPARISONS: Final = frozenset({"=", "<>", "<", ">", "<=", ">="})


class Maker:
    """Makes programs, with a set of functions."""

    __slots__ = ("_functions",)

    def __init__(self, functions: Mapping[str, Function]) -> None:
        self._functions = functions

    def make(self, expression: Expression | None) -> Run:
        """Make the program of an expression; of an argument left out it is an empty cell's."""
        match expression:
            case None:
                return _always(None)
            case Constant():
                error = expression.error
                return _always(ErrorValue(error) if error else expression.value)
            case Cells():
                return _read(expression)
            case Union():
                return _always(UNKNOWN)
            case Operation():
                return self._operation(expression)
            case Apply():
                function = self._functions.get(expression.function)
                return function(self, expression.arguments) if function else _always(UNKNOWN)

    def _operation(self, operation: Operation) -> Run:
        runs = [self.make(operand) for operand in operation.operands]
        if len(runs) == 1:
            return _on_one(operation.operator, runs[0])
        one, other = runs
        if operation.operator in _COMPARISONS:
            operator = cast("cv.Comparison", operation.operator)
            return lambda frame: cv.compare(one(frame), operator, other(frame))
        if operation.operator == "&":
            return lambda frame: _joined(one(frame), other(frame))
        return _on_numbers(_ARITHMETIC[operation.operator], one, other)


def corner(cells: Cells, frame: Frame) -> tuple[int, int]:
    """Give the first cell of an area."""
    first, left = cells.rows.first, cells.columns.first
    return frame.rows[first.depth] + first.offset, frame.columns[left.depth] + left.offset


def area(cells: Cells, frame: Frame) -> tuple[int, int, int, int]:
    """Give first row, first column, last row, last column of an area."""
    last, right = cells.rows.last, cells.columns.last
    return (
        *corner(cells, frame),
        frame.rows[last.depth] + last.offset,
        frame.columns[right.depth] + right.offset,
    )


def areas_of(expression: Expression | None) -> tuple[Cells, ...]:
    """List the areas that an argument is; none if it is anything else."""
    if isinstance(expression, Cells):
        return (expression,)
    return expression.areas if isinstance(expression, Union) else ()


def sheets_of(cells: Cells, frame: Frame) -> tuple[str, ...]:
    """List the sheets on which an area lies: one, but for 3-D references."""
    if cells.sheet is None:
        return (frame.sheet,)
    if cells.last_sheet is None:
        return (cells.sheet,)
    return tuple(frame.lookup.sheets_between(cells.sheet, cells.last_sheet))


def references(expression: Expression | None) -> Iterator[Cells]:
    """List all areas that an expression names."""
    match expression:
        case Cells():
            yield expression
        case Union():
            yield from expression.areas
        case Operation():
            for operand in expression.operands:
                yield from references(operand)
        case Apply():
            for argument in expression.arguments:
                yield from references(argument)
        case _:
            return


def functions_in(expression: Expression | None) -> Iterator[str]:
    """List the functions that an expression calls."""
    if isinstance(expression, Operation):
        for operand in expression.operands:
            yield from functions_in(operand)
    elif isinstance(expression, Apply):
        yield expression.function
        for argument in expression.arguments:
            yield from functions_in(argument)


def _always(value: Value) -> Run:
    return lambda _: value


def _read(cells: Cells) -> Run:
    """Read one cell; of an area only its element in turn, if there is one."""
    if cells.last_sheet is not None:
        return _always(UNKNOWN)
    name = cells.sheet
    if cells.rows.first != cells.rows.last or cells.columns.first != cells.columns.last:
        return lambda frame: _element(cells, frame)
    row, column = cells.rows.first, cells.columns.first

    def read(frame: Frame) -> Value:
        return frame.lookup.value(
            frame.sheet if name is None else name,
            frame.rows[row.depth] + row.offset,
            frame.columns[column.depth] + column.offset,
        )

    return read


def _element(cells: Cells, frame: Frame) -> Value:
    first_row, first_column, last_row, last_column = area(cells, frame)
    sheet = frame.sheet if cells.sheet is None else cells.sheet
    if (first_row, first_column) == (last_row, last_column):
        return frame.lookup.value(sheet, first_row, first_column)
    if frame.offset is None:
        return UNKNOWN
    down, right = frame.offset
    return frame.lookup.value(sheet, first_row + down, first_column + right)


def _on_one(operator: str, run: Run) -> Run:
    def work(frame: Frame) -> Value:
        number = cv.to_number(run(frame))
        if not isinstance(number, float):
            return number
        if operator == "%":
            return number / 100
        return -number

    return run if operator == "+" else work


def _on_numbers(
    work: Callable[[float, float], float | ErrorValue | Unknown], one: Run, other: Run
) -> Run:
    def run(frame: Frame) -> Value:
        left, right = one(frame), other(frame)
        if type(left) is float and type(right) is float:
            return work(left, right)
        return _mixed(work, left, right)

    return run


def _mixed(
    work: Callable[[float, float], float | ErrorValue | Unknown], left: Value, right: Value
) -> Value:
    one, other = cv.to_number(left), cv.to_number(right)
    if one is UNKNOWN or other is UNKNOWN:
        return UNKNOWN
    if not isinstance(one, float):
        return one
    return work(one, other) if isinstance(other, float) else other


def _joined(left: Value, right: Value) -> Value:
    one, other = cv.to_text(left), cv.to_text(right)
    if one is UNKNOWN or other is UNKNOWN:
        return UNKNOWN
    if not isinstance(one, str):
        return one
    return one + other if isinstance(other, str) else other


def _subtract(one: float, other: float) -> float | ErrorValue | Unknown:
    return cv.add(one, -other)


def _multiply(one: float, other: float) -> float | ErrorValue:
    return cv.finite(one * other)


_ARITHMETIC: Final[Mapping[str, Callable[[float, float], float | ErrorValue | Unknown]]] = {
    "+": cv.add,
    "-": _subtract,
    "*": _multiply,
    "/": cv.divide,
    "^": cv.power,
}

__all__ = [
    "Arguments",
    "Function",
    "Maker",
    "Point",
    "Run",
    "area",
    "areas_of",
    "corner",
    "functions_in",
    "references",
    "sheets_of",
]
