"""Cached values: what a formula's cell shows, worked out where that is sure.

The :class:`Calculator` goes through the cells of the filled workbook, each formula after those that
it reads. Only the functions of statistics sheets are known (``worksheet``); whatever else a formula
holds, or reads, or goes round in a circle with, makes its value UNKNOWN: then its cache must be
removed, so that the next program works it out. Nothing here is ever guessed.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from govdocs.xlsx.grid.address import same_name
from govdocs.xlsx.grid.cellvalues import UNKNOWN, Value, as_value
from govdocs.xlsx.grid.formula import Token, scan
from govdocs.xlsx.grid.frames import Frame, Lookup, Summary
from govdocs.xlsx.grid.functions import function_name
from govdocs.xlsx.grid.names import Names
from govdocs.xlsx.grid.pattern import Pattern, Starts
from govdocs.xlsx.grid.programs import Maker, Run, area, references, sheets_of
from govdocs.xlsx.grid.syntax import Cells, maybe_expression
from govdocs.xlsx.grid.worksheet import FUNCTIONS

Corners = tuple[int, int, int, int]
"""First row, first column, last row, last column of an area."""

CELLS_LIMIT = 20_000_000
"""How many cells a calculator reads before it takes the rest for unknown."""


class FormulaCell(NamedTuple):
    """A formula of the filled workbook: as ``MovedFormula.pattern`` gives it, or from its text."""

    pattern: Pattern
    rows: Starts = (0,)
    columns: Starts = (0,)


Content = float | str | bool | FormulaCell | object
"""What the source has for a cell: a value (any number of Python's, a text, a logical value, an
error, None where it is empty, UNKNOWN) or a formula."""


class Source(Protocol):
    """The filled workbook, as the calculator asks for it; rows and columns count from 1."""

    def content(self, sheet: str, row: int, column: int) -> Content:
        """Give a value, None or a :class:`FormulaCell`."""
        ...

    def contents(self, sheet: str, area: Corners) -> Iterator[tuple[int, int, Content]]:
        """List the cells of an area that are not empty, row by row: row, column, content."""
        ...

    def numbers(self, sheet: str, area: Corners) -> "Sequence[float] | None":
        """Give the cells of an area if they are known to be numbers, and nothing else."""
        ...

    def may_hold_formulas(self, sheet: str, area: Corners) -> bool:
        """Tell whether any cell of an area may hold a formula."""
        ...

    def shows_all(self, sheet: str, first_row: int, last_row: int) -> bool:
        """Tell whether no row of a stretch is hidden or filtered away."""
        ...

    def sheets_between(self, first: str, last: str) -> Sequence[str]:
        """List the sheets from one tab to another, both included."""
        ...


Cell = tuple[str, int, int]


class _Program(NamedTuple):
    """A formula made ready: its program (None if beyond us), what it reads, its nature."""

    run: Run | None
    reads: tuple[Cells, ...]
    is_subtotal: bool


class _Waiting(NamedTuple):
    """A formula's cell that is to be worked out."""

    sheet: str
    row: int
    column: int
    content: FormulaCell


class _ExhaustedError(Exception):
    """More cells were read than the limit allows."""


class Calculator:
    """Work out cells of a filled workbook; each one once."""

    __slots__ = ("_done", "_left", "_lookup", "_maker", "_names", "_open", "_programs", "_source")

    def __init__(
        self, source: Source, names: Names | None = None, *, cells_limit: int = CELLS_LIMIT
    ) -> None:
        """Take the workbook, and what its names stand for in it after the fill."""
        self._source = source
        self._names = names or Names()
        self._maker = Maker(FUNCTIONS)
        self._programs: dict[Pattern, _Program] = {}
        self._done: dict[Cell, Value] = {}
        self._open: set[Cell] = set()
        self._left = cells_limit
        self._lookup = _Reader(self)

    def value(self, sheet: str, row: int, column: int) -> Value:
        """Give the value of a cell; UNKNOWN where it cannot be told for sure."""
        cell = (same_name(sheet), row, column)
        content = self._source.content(sheet, row, column)
        if not isinstance(content, FormulaCell):
            return as_value(content)
        if cell not in self._done:
            try:
                self._work_out(_Waiting(sheet, row, column, content))
            except _ExhaustedError:
                return UNKNOWN
        return self._done[cell]

    def _work_out(self, start: "_Waiting") -> None:
        """Work out a cell after all formulas that it reads; no cell waits on Python's own stack."""
        waiting = [start]
        while waiting:
            sheet, row, column, content = waiting[-1]
            cell = (same_name(sheet), row, column)
            if cell in self._done:
                waiting.pop()
                continue
            program = self._program(content.pattern, sheet, row, column)
            frame = Frame(self._lookup, sheet, (*content.rows, row), (*content.columns, column))
            if cell not in self._open:
                self._open.add(cell)
                ahead = self._ahead(program, frame)
                if ahead:
                    waiting += ahead
                    continue
            self._done[cell] = self._run(program, frame)
            self._open.discard(cell)
            waiting.pop()

    def _run(self, program: _Program, frame: Frame) -> Value:
        if program.run is None:
            return UNKNOWN
        self._lookup.settle(program, frame)
        found = program.run(frame)
        return 0.0 if found is None else found

    def _ahead(self, program: _Program, frame: Frame) -> "list[_Waiting]":
        """List the formulas that must be worked out first; those in a circle are left out."""
        if program.run is None:
            return []
        return [
            _Waiting(sheet, row, column, content)
            for cells in program.reads
            for sheet, place in self._lookup.unsettled(cells, frame)
            if self._source.may_hold_formulas(sheet, place)
            for row, column, content in self.contents(sheet, place)
            if isinstance(content, FormulaCell) and self._is_new((same_name(sheet), row, column))
        ]

    def _is_new(self, cell: Cell) -> bool:
        return cell not in self._done and cell not in self._open

    def contents(self, sheet: str, place: Corners) -> Iterator[tuple[int, int, Content]]:
        """List the cells of an area, and count them."""
        if place[:2] == place[2:]:
            content = self._source.content(sheet, place[0], place[1])
            self._left -= 1
            if content is not None:
                yield place[0], place[1], content
            return
        for found in self._source.contents(sheet, place):
            self._left -= 1
            if self._left < 0:
                raise _ExhaustedError
            yield found

    def spend(self, count: int) -> None:
        """Count cells that are read without being listed."""
        self._left -= count
        if self._left < 0:
            raise _ExhaustedError

    def known(self, sheet: str, row: int, column: int, content: Content) -> Value:
        """Give the value of a content as far as it has been worked out."""
        if isinstance(content, FormulaCell):
            return self._done.get((same_name(sheet), row, column), UNKNOWN)
        return content if type(content) is float else as_value(content)

    def is_subtotal(self, sheet: str, row: int, column: int, content: Content) -> bool:
        """Tell whether a cell is left out of subtotals, being one."""
        if not isinstance(content, FormulaCell):
            return False
        return self._program(content.pattern, sheet, row, column).is_subtotal

    def _program(self, pattern: Pattern, sheet: str, row: int, column: int) -> _Program:
        program = self._programs.get(pattern)
        if program is None:
            names, cell = self._names, (row, column)
            expression = maybe_expression(
                pattern.pieces, lambda token: names.maybe_read(token, sheet, cell)
            )
            run = None if expression is None else self._maker.make(expression)
            program = _Program(run, tuple(references(expression)), _has_subtotal(pattern))
            self._programs[pattern] = program
        return program

    @property
    def source(self) -> Source:
        """The workbook."""
        return self._source


class _Reader(Lookup):
    """What formulas see of the workbook while the calculator is at work."""

    __slots__ = ("_calculator", "_settled", "_summaries")

    def __init__(self, calculator: Calculator) -> None:
        self._calculator = calculator
        # by sheet, first row, first and last column: down to which row all is known
        self._settled: dict[tuple[str, int, int, int], int] = {}
        self._summaries: dict[tuple[str, int, int, int, bool], tuple[int, Summary]] = {}

    def value(self, sheet: str, row: int, column: int) -> Value:
        content = self._calculator.source.content(sheet, row, column)
        return self._calculator.known(sheet, row, column, content)

    def cells(self, sheet: str, area: Corners) -> Iterator[tuple[int, int, Value]]:
        known = self._calculator.known
        for row, column, content in self._calculator.contents(sheet, area):
            yield row, column, known(sheet, row, column, content)

    def summary(self, sheet: str, area: Corners, *, skip_subtotals: bool) -> Summary:
        """Sum up an area; the sum of an area from the same corner is carried on."""
        first_row, first_column, last_row, last_column = area
        if first_row == last_row:  # there are as many as rows, and none is carried on
            found = Summary()
            found.take(self._values(sheet, area, skip_subtotals))
            return found
        key = (same_name(sheet), first_row, first_column, last_column, skip_subtotals)
        done, found = self._summaries.get(key, (first_row - 1, Summary()))
        if done > last_row:
            done, found = first_row - 1, Summary()
        if done < last_row:
            rest = (done + 1, first_column, last_row, last_column)
            found.take(self._values(sheet, rest, skip_subtotals))
            if self._summaries.get(key, (0, found))[0] < last_row:
                self._summaries[key] = (last_row, found)
        return found

    def _values(self, sheet: str, area: Corners, skip_subtotals: bool) -> Iterator[Value]:
        calculator = self._calculator
        numbers = calculator.source.numbers(sheet, area)
        if numbers is not None:
            calculator.spend(len(numbers))
            yield from numbers
            return
        for row, column, content in calculator.contents(sheet, area):
            if type(content) is float:
                yield content
                continue
            if skip_subtotals and calculator.is_subtotal(sheet, row, column, content):
                continue
            yield calculator.known(sheet, row, column, content)

    def shows_all(self, sheet: str, first_row: int, last_row: int) -> bool:
        return self._calculator.source.shows_all(sheet, first_row, last_row)

    def sheets_between(self, first: str, last: str) -> Sequence[str]:
        return self._calculator.source.sheets_between(first, last)

    def unsettled(self, cells: Cells, frame: Frame) -> Iterator[tuple[str, Corners]]:
        """List the parts of an area in which formulas may still wait."""
        for sheet in sheets_of(cells, frame):
            place = area(cells, frame)
            first_row, first_column, last_row, last_column = place
            if first_row == last_row:
                yield sheet, place
                continue
            done = self._settled.get((same_name(sheet), first_row, first_column, last_column), 0)
            if done < last_row:
                yield sheet, (max(first_row, done + 1), first_column, last_row, last_column)

    def settle(self, program: _Program, frame: Frame) -> None:
        """Note that no formula waits any more in the areas that a program reads."""
        for cells in program.reads:
            for sheet in sheets_of(cells, frame):
                first_row, first_column, last_row, last_column = area(cells, frame)
                if first_row < last_row:
                    key = (same_name(sheet), first_row, first_column, last_column)
                    self._settled[key] = max(last_row, self._settled.get(key, 0))


def formula_cell(text: str) -> FormulaCell:
    """Make the cell of a formula in which nothing moved."""
    return FormulaCell(Pattern(scan(text)))


def _has_subtotal(pattern: Pattern) -> bool:
    return any(
        isinstance(piece, Token)
        and piece.kind == "call"
        and function_name(piece.text) in {"SUBTOTAL", "AGGREGATE"}
        for piece in pattern.pieces
    )
