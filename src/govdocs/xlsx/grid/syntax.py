"""A formula as an expression: what is worked out from what.

Excel's own order of operators: a sign binds closer than a power (``-2^2`` is 4), then percent
signs, powers, products, sums, joins, comparisons. What the evaluator has no use for (intersections,
computed ranges, arrays, lambdas) is not read: :func:`maybe_expression` gives None.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from govdocs.xlsx.grid.formula import Token
from govdocs.xlsx.grid.functions import function_name
from govdocs.xlsx.grid.pattern import MovedRef, Piece
from govdocs.xlsx.grid.views import Extent, Point


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a text, a logical value; an error as its text in ``error``."""

    value: float | str | bool | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of a sheet (None: of the formula's own); ``last_sheet`` ends a run of sheets."""

    rows: Extent
    columns: Extent
    sheet: str | None = None
    last_sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Union:
    """Several areas that are read as one."""

    areas: tuple[Cells, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator and its operands: one for a sign (``+x``, ``-x``) or a percent sign, else two."""

    operator: str
    operands: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Apply:
    """A function and its arguments; an argument left empty is None."""

    function: str
    arguments: "tuple[Expression | None, ...]"


Expression = Constant | Cells | Union | Operation | Apply
ReadName = Callable[[Token], Expression | None]
"""Give what a name or a structured reference stands for; None if it cannot be told."""

MAX_DEPTH: Final = 100
_LEVELS: Final = {
    **dict.fromkeys(("=", "<>", "<", ">", "<=", ">="), 1),
    "&": 2,
    **dict.fromkeys("+-", 3),
    **dict.fromkeys("*/", 4),
    "^": 5,
}


def maybe_expression(pieces: Sequence[Piece], read_name: ReadName) -> Expression | None:
    """Read a formula; None if anything in it is beyond the evaluator."""
    solid = [p for p in pieces if not (isinstance(p, Token) and p.kind == "space")]
    reader = _Reader(solid, read_name)
    try:
        found = reader.expression(0)
    except _UnreadableError:
        return None
    return found if reader.at_end else None


class _UnreadableError(Exception):
    """Something that the evaluator does not know."""


class _Reader:
    """Reads expressions from pieces, one after the other."""

    __slots__ = ("_depth", "_next", "_pieces", "_read_name")

    def __init__(self, pieces: Sequence[Piece], read_name: ReadName) -> None:
        self._pieces = pieces
        self._read_name = read_name
        self._next = 0
        self._depth = 0

    @property
    def at_end(self) -> bool:
        return self._next == len(self._pieces)

    def expression(self, level: int) -> Expression:
        """Read operators that bind closer than ``level``, left to right."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _UnreadableError
        left = self._signed()
        while (own := _LEVELS.get(self._operator(), 0)) > level:
            operator = self._operator()
            self._next += 1
            left = Operation(operator, (left, self.expression(own)))
        self._depth -= 1
        return left

    def _signed(self) -> Expression:
        signs = []
        while self._operator() in {"+", "-"}:
            signs.append(self._operator())
            self._next += 1
        found = self._primary()
        for sign in reversed(signs):
            found = Operation(sign, (found,))
        while self._operator() == "%":
            self._next += 1
            found = Operation("%", (found,))
        return found

    def _primary(self) -> Expression:
        piece = self._take()
        if isinstance(piece, MovedRef):
            return Cells(piece.rows, piece.columns, piece.sheet, piece.last_sheet)
        match piece.kind:
            case "ref":
                found: Expression = _cells(piece)
            case "number" | "string" | "error":
                found = _constant(piece)
            case "name" | "table":
                found = self._named(piece)
            case "open":
                found = self._group()
            case "call":
                found = Apply(function_name(piece.text), tuple(self._arguments()))
            case _:
                raise _UnreadableError
        return found

    def _named(self, token: Token) -> Expression:
        if token.text.upper() in {"TRUE", "FALSE"}:
            return Constant(token.text.upper() == "TRUE")
        found = self._read_name(token)
        if found is None:
            raise _UnreadableError
        return found

    def _group(self) -> Expression:
        inside = self._arguments()
        if len(inside) == 1 and inside[0] is not None:
            return inside[0]
        areas: list[Cells] = []
        for one in inside:
            if isinstance(one, Cells):
                areas.append(one)
            elif isinstance(one, Union):
                areas += one.areas
            else:
                raise _UnreadableError
        return Union(tuple(areas))

    def _arguments(self) -> "list[Expression | None]":
        """Read up to the closing parenthesis."""
        found: list[Expression | None] = []
        if self._kind() == "close":
            self._next += 1
            return found
        while True:
            empty = self._kind() in {"comma", "close"}
            found.append(None if empty else self.expression(0))
            end = self._take()
            if isinstance(end, Token) and end.kind == "close":
                return found
            if isinstance(end, MovedRef) or end.kind != "comma":
                raise _UnreadableError

    def _take(self) -> Piece:
        if self.at_end:
            raise _UnreadableError
        self._next += 1
        return self._pieces[self._next - 1]

    def _kind(self) -> str:
        piece = None if self.at_end else self._pieces[self._next]
        return piece.kind if isinstance(piece, Token) else ""

    def _operator(self) -> str:
        piece = None if self.at_end else self._pieces[self._next]
        return piece.text if isinstance(piece, Token) and piece.kind == "operator" else ""


def _constant(token: Token) -> Constant:
    if token.kind == "number":
        return Constant(float(token.text))
    if token.kind == "string":
        return Constant(token.text[1:-1].replace('""', '"'))
    # an error may stand behind the sheet that it was on, or before the cell
    return Constant(None, "#REF!" if "#REF!" in token.text else token.text)


def _cells(token: Token) -> Cells:
    """Read a reference that no layout has touched."""
    ref, scope = token.ref, token.scope
    if ref is None or (scope is not None and scope.external):
        raise _UnreadableError
    rows = Extent(Point(0, ref.first_row), Point(0, ref.last_row))
    columns = Extent(Point(0, ref.first_column), Point(0, ref.last_column))
    if scope is None:
        return Cells(rows, columns)
    return Cells(rows, columns, scope.sheet, scope.last_sheet)
