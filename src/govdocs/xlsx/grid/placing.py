"""One reference, seen from one place, as the rectangles that it has become.

This module asks the views of a sheet's rows and columns and crosses their answers. It knows no
call and no operator: whether a formula may hold several rectangles is for ``rewriting`` to say.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final, Literal, NamedTuple

from govdocs.xlsx.grid.address import Area, Kind, Ref, Scope, quote_sheet, same_name
from govdocs.xlsx.grid.book import Book, Sheet
from govdocs.xlsx.grid.formula import Token
from govdocs.xlsx.grid.layout import Path
from govdocs.xlsx.grid.pattern import MovedRef, Piece
from govdocs.xlsx.grid.strips import common_path, lanes_at
from govdocs.xlsx.grid.uniting import agree, maybe_united
from govdocs.xlsx.grid.views import Extent, Point, View

MaySpan = Callable[[str, Area], bool]
"""Tell, for a sheet and an area of the template, whether a SUBTOTAL over it counts nothing else."""

Tables = Mapping[str, Mapping[str, str]]
"""Tables that have another name, or several: old name -> output sheet -> new name."""

FaultName = Literal["vanished", "scattered", "off_grid", "sheets_differ", "beside"]

_LOST: Final = Token("error", "#REF!")


class Seat(NamedTuple):
    """Where a formula stands: its output sheet (None: on no sheet) and the passes around it.

    ``line`` and ``column`` are its cell and ``strip`` its strip of the sheet, where it has one.
    """

    sheet: Sheet | None
    rows: Path
    columns: Path
    line: int = 0
    column: int = 0
    strip: int = 0


class Placer:
    """Find what references have become, seen from one seat.

    Attributes:
        faults: what could not follow: (name of the fault, the reference's text).
    """

    __slots__ = ("_book", "_may_span", "_seat", "_tables", "faults")

    def __init__(self, book: Book, tables: Tables, may_span: MaySpan | None, seat: Seat) -> None:
        self.faults: list[tuple[FaultName, str]] = []
        self._book = book
        self._tables = tables
        self._may_span = may_span
        self._seat = seat

    def fault(self, name: FaultName, text: str) -> Token:
        """Note what could not follow."""
        self.faults.append((name, text))
        return _LOST

    def places(self, token: Token, *, wide: bool) -> list[Piece]:
        """List the rectangles that a reference has become: one, several, or none.

        Args:
            token: the reference.
            wide: all copies of a cell, not only the first.
        """
        ref, scope = token.ref, token.scope
        if ref is None or (scope is not None and scope.external):
            return [token]
        if scope is None:
            sheet = self._seat.sheet
            return [token] if sheet is None else self._on_sheet(token, ref, sheet, "", wide=wide)
        if scope.last_sheet is not None:
            return self._across_sheets(token, ref, scope, wide=wide)
        sheets = self._sheets(scope.sheet)
        found: list[Piece] = []
        for sheet in sheets if wide else sheets[:1]:
            kept = same_name(sheet.name) == same_name(scope.sheet)
            prefix = scope.prefix if kept else quote_sheet(sheet.name)
            found += self._on_sheet(token, ref, sheet, prefix, wide=wide)
        return found

    def renamed(self, token: Token) -> Token:
        """Let the sheet or the table that a name stands for follow its new name."""
        scope = token.scope
        if scope is None and token.kind in {"table", "name"}:
            name, bracket, rest = token.text.partition("[")
            own = self._tables.get(same_name(name))
            if own is None:
                return token
            sheet = self._seat.sheet
            new = own.get(sheet.name) if sheet is not None else None
            if len(own) == 1:
                (new,) = own.values()
            if new is None:
                return self.fault("scattered" if own else "vanished", token.text)
            return token if new == name else token._replace(text=new + bracket + rest)
        if scope is None or scope.external or scope.last_sheet is not None or not scope.sheet:
            return token
        sheets = self._sheets(scope.sheet)
        if not sheets or same_name(sheets[0].name) == same_name(scope.sheet):
            return token
        text = quote_sheet(sheets[0].name) + token.text[len(scope.prefix) :]
        return token._replace(text=text)

    def may_be_spanned(self, token: Token) -> bool:
        """Tell whether SUBTOTAL may read a reference's copies from first to last as one area."""
        ref = token.ref
        if ref is None or self._may_span is None:
            return False
        sheets = (self._seat.sheet,) if ref.scope is None else self._sheets(ref.scope.sheet)
        if len(sheets) != 1 or sheets[0] is None:
            return False
        sheet = sheets[0]
        view = sheet.rows_at(ref.first_column)
        first, last = view.around(self._path(sheet, view), ref.first_row, ref.last_row)
        return self._may_span(sheet.template, Area(first, ref.first_column, last, ref.last_column))

    def maybe_row_before(self, token: Token, *, own_column: bool) -> MovedRef | None:
        """Give the cell of the row before, for one right above the loop that the seat stands in.

        In the first pass that is the cell above the loop, in any other the last row of the pass
        before. None where a reference means anything else.

        Args:
            token: the reference.
            own_column: whether it has to be in the column of the seat.
        """
        view, ref = self._strip_of(token, own_column), token.ref
        depth = view.depth_below(self._seat.rows, ref.first_row) if view and ref else 0
        return self._in_row(token, Point(depth, -1)) if depth else None

    def maybe_last_row(self, token: Token, *, own_column: bool) -> MovedRef | None:
        """Give the last copy of a looped cell, if the seat stands right below its loop."""
        view, ref, seat = self._strip_of(token, own_column), token.ref, self._seat
        if view is None or ref is None or not view.is_in_loop(seat.rows, ref.first_row):
            return None
        copies = view.extents(seat.rows, ref.first_row, ref.first_row, fixed=(False, False))
        if not copies:
            return None
        last = copies[-1].last
        between = range(last.at(seat.rows.starts) + 1, seat.line)
        is_right_below = last.at(seat.rows.starts) < seat.line and not any(
            view.axis.template_line(line) for line in (*between[:1], *between[-1:])
        )
        return self._in_row(token, last) if is_right_below else None

    def _strip_of(self, token: Token, own_column: bool) -> View | None:
        """Give the rows of the seat's strip, if a relative reference leads to a cell of it."""
        ref, sheet, seat = token.ref, self._seat.sheet, self._seat
        if ref is None or ref.kind != "cell" or ref.marks[0] or ref.scope or sheet is None:
            return None
        view = sheet.strips[seat.strip]
        column = sheet.columns.axis.template_line(seat.column) if seat.column else 0
        is_own = not own_column or ref.first_column == column
        return view if seat.line and is_own and sheet.rows_at(ref.first_column) is view else None

    def _in_row(self, token: Token, row: Point) -> MovedRef | None:
        """Write a reference to a cell of its own column in some row of the output."""
        ref, sheet = token.ref, self._seat.sheet
        if ref is None or sheet is None:
            return None
        sides = (sheet.columns, self._seat.columns)
        across = _seen(sides, (ref.first_column, ref.first_column), (False, False), False)
        if not across:
            return None
        return MovedRef("cell", Extent(row, row), _first_line(across)[0], ref.marks)

    def _path(self, sheet: Sheet, view: View) -> Path:
        """The passes around the seat that are also there in a strip of a sheet."""
        seat = self._seat
        if sheet is not seat.sheet:
            return view.axis.top
        if view is sheet.strips[seat.strip] or not seat.line:
            return seat.rows if view is sheet.strips[seat.strip] else view.axis.top
        return common_path(sheet.layout.rows, view.axis, seat.line)

    def _sheets(self, template: str) -> tuple[Sheet, ...]:
        """What a template sheet came out as; seen from itself, only itself."""
        own = self._seat.sheet
        if own is not None and same_name(own.template) == same_name(template):
            return (own,)
        return self._book.outputs(template)

    def _on_sheet(
        self, token: Token, ref: Ref, sheet: Sheet, prefix: str, *, wide: bool
    ) -> list[Piece]:
        if not sheet.moves:
            old = ref.scope.prefix if ref.scope else ""
            return [token if prefix == old else _on_other_sheet(ref, prefix, sheet.name)]
        own = sheet is self._seat.sheet
        columns = self._seat.columns if own else sheet.columns.axis.top
        name = sheet.name if prefix else None
        pieces: list[Piece] = []
        for moved in self._rectangles(token, ref, sheet, columns, wide=wide):
            within = _maybe_within(moved, sheet)
            if within is None:
                return [self.fault("off_grid", token.text)]
            pieces.append(replace(within, prefix=prefix, sheet=name))
        return pieces

    def _rectangles(
        self, token: Token, ref: Ref, sheet: Sheet, columns: Path, *, wide: bool
    ) -> Iterator[MovedRef]:
        """Cross rows and columns; where tables stand side by side, in each strip."""
        strips = sheet.strips_of(ref.first_column, ref.last_column)
        if len(sheet.strips) > 1 and not wide and self._is_beside(ref, sheet, strips[0][0]):
            self.fault("beside", token.text)
        rows = [(view, self._path(sheet, view)) for view, _, _ in strips]
        across = (sheet.columns, columns)
        lines, fixed = (ref.first_row, ref.last_row), (ref.marks[0], ref.marks[2])
        if len(strips) == 1 or ref.kind == "columns" or agree(rows, lines, fixed):
            yield from _crossed(ref, rows[0], across, wide)
            return
        whole = maybe_united(rows, lines, fixed)
        for own, (_, first, last) in zip(rows, strips, strict=True):
            if whole is not None:
                first, last = ref.first_column, ref.last_column  # noqa: PLW2901 - all at once
            kind: Kind = "area" if ref.kind == "rows" and whole is None else ref.kind
            part = ref._replace(kind=kind, first_column=first, last_column=last)
            yield from _crossed(part, own, across, wide, whole)
            if whole is not None:
                return

    def _is_beside(self, ref: Ref, sheet: Sheet, view: View) -> bool:
        """Whether a cell lies in a loop beside that of the seat: which pass is meant?"""
        seat = self._seat
        if sheet is not seat.sheet or not seat.line or view is sheet.strips[seat.strip]:
            return False
        block = lanes_at(sheet.layout.rows, seat.line)
        return (
            block is not None
            and block.first <= ref.first_row <= block.last
            and len(seat.rows.shapes) > len(sheet.layout.rows.path(seat.line).shapes)
            and not ref.marks[0]
            and view.is_in_loop(self._path(sheet, view), ref.first_row)
        )

    def _across_sheets(self, token: Token, ref: Ref, scope: Scope, *, wide: bool) -> list[Piece]:
        """A 3-D reference: every sheet of the run must have moved its cells alike."""
        first, last = scope.sheet, scope.last_sheet or scope.sheet
        run = [sheet for sheets in self._book.between(first, last) for sheet in sheets]
        if not run:
            return []
        names = run[0].name, run[-1].name
        kept = tuple(map(same_name, names)) == (same_name(first), same_name(last))
        prefix = scope.prefix if kept else quote_sheet(*names)
        ways = [self._on_sheet(token, ref, sheet, prefix, wide=wide) for sheet in run]
        if len({tuple(map(_whereabouts, way)) for way in ways}) > 1:
            return [self.fault("sheets_differ", token.text)]
        return [_across(piece, *names) for piece in ways[0]]


def span_of(first: MovedRef, last: MovedRef) -> MovedRef:
    """Give the rectangle from the first corner of one to the last corner of another."""
    rows = Extent(first.rows.first, last.rows.last)
    columns = Extent(first.columns.first, last.columns.last)
    return replace(first, kind=_kind(first.kind, rows, columns), rows=rows, columns=columns)


def corner_of(moved: MovedRef, *, first: bool) -> MovedRef:
    """Give the first cell or the last cell of a rectangle."""
    row = moved.rows.first if first else moved.rows.last
    column = moved.columns.first if first else moved.columns.last
    return replace(moved, kind="cell", rows=Extent(row, row), columns=Extent(column, column))


def _crossed(
    ref: Ref,
    rows: tuple[View, Path],
    columns: tuple[View, Path],
    wide: bool,
    whole: Extent | None = None,
) -> Iterator[MovedRef]:
    """Cross the rows that a reference has become, or ``whole``, with its columns."""
    first_row, first_column, last_row, last_column = ref.marks
    lines = (ref.first_row, ref.last_row)
    across = (ref.first_column, ref.last_column)
    found_rows = _seen(rows, lines, (first_row, last_row), ref.kind == "columns")
    found_rows = found_rows if whole is None else (whole,)
    found_columns = _seen(columns, across, (first_column, last_column), ref.kind == "rows")
    if not wide:
        found_rows, found_columns = _first_line(found_rows), _first_line(found_columns)
    for row in found_rows:
        for column in found_columns:
            yield MovedRef(_kind(ref.kind, row, column), row, column, ref.marks)


def _seen(
    side: tuple[View, Path],
    lines: tuple[int, int],
    fixed: tuple[bool, bool],
    whole: bool,
) -> tuple[Extent, ...]:
    view, path = side
    limit = view.axis.limit
    if whole:
        return (Extent(Point(0, 1), Point(0, limit)),)
    seen = view.extents(path, *lines, fixed=fixed)
    if seen and lines[0] < lines[1] == limit:  # down to the edge of the grid stays so
        return (*seen[:-1], Extent(seen[-1].first, Point(0, limit)))
    return seen


def _first_line(extents: tuple[Extent, ...]) -> tuple[Extent, ...]:
    return tuple(Extent(extent.first, extent.first) for extent in extents[:1])


def _kind(kind: Kind, rows: Extent, columns: Extent) -> Kind:
    """A cell that became several is an area; an area stays one, however small."""
    grown = kind == "cell" and (rows.first != rows.last or columns.first != columns.last)
    return "area" if grown else kind


def _maybe_within(moved: MovedRef, sheet: Sheet) -> MovedRef | None:
    """Cut a rectangle at the edge of the grid, as Excel does; None if it begins beyond."""
    rows = _maybe_cut(moved.rows, sheet.rows.axis.limit)
    columns = _maybe_cut(moved.columns, sheet.columns.axis.limit)
    if rows is None or columns is None:
        return None
    if rows is moved.rows and columns is moved.columns:
        return moved
    return replace(moved, rows=rows, columns=columns)


def _maybe_cut(extent: Extent, limit: int) -> Extent | None:
    if extent.first.depth == 0 and extent.first.offset > limit:
        return None
    if extent.last.depth == 0 and extent.last.offset > limit:
        return Extent(extent.first, Point(0, limit))
    return extent


def _on_other_sheet(ref: Ref, prefix: str, sheet: str) -> Token:
    scope = Scope(prefix, sheet)
    moved = ref._replace(scope=scope)
    return Token("ref", str(moved), moved, scope)


def _whereabouts(piece: Piece) -> object:
    """Where a piece leads, its sheet apart."""
    if isinstance(piece, MovedRef):
        return (piece.kind, piece.rows, piece.columns)
    ref = piece.ref
    if ref is None:
        return piece.text
    rows = Extent(Point(0, ref.first_row), Point(0, ref.last_row))
    return (ref.kind, rows, Extent(Point(0, ref.first_column), Point(0, ref.last_column)))


def _across(piece: Piece, first: str, last: str) -> Piece:
    """Let a piece of one sheet stand for a run of sheets."""
    if isinstance(piece, MovedRef):
        return replace(piece, sheet=first, last_sheet=last)
    if piece.ref is None or piece.ref.scope is None:
        return piece
    scope = replace(piece.ref.scope, sheet=first, last_sheet=last)
    return piece._replace(ref=piece.ref._replace(scope=scope), scope=scope)
