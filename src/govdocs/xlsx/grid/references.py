"""The reference engine: every reference of a workbook, put through what the fill did to its lines.

Whatever holds a reference asks here: formulas, merged cells, rules, validations, names, print
areas, charts, tables, anchors. Seen from inside a loop a reference follows its own pass; seen from
outside it means all passes where an area is meant, and the first one where a single cell is. What
cannot follow is an error with its place, never a wrong reference. The rules, one by one, with
examples: ``docs/explanation/references.md``.

This module takes and gives text. It knows no XML and never asks what a cell holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from govdocs.errors import Place, Problem, TemplateError
from govdocs.xlsx.grid.address import Area, Ref, cell_name, maybe_ref, same_name
from govdocs.xlsx.grid.book import Book, Sheet
from govdocs.xlsx.grid.calls import parse_calls
from govdocs.xlsx.grid.formula import Token, ref_token
from govdocs.xlsx.grid.layout import COLUMNS_UNMOVED, ROWS_UNMOVED
from govdocs.xlsx.grid.pattern import MovedRef, Pattern, Piece, Starts
from govdocs.xlsx.grid.placing import FaultName, MaySpan, Placer, Seat, Tables
from govdocs.xlsx.grid.rewriting import Reads, Rewriting
from govdocs.xlsx.grid.strips import SheetLayout
from govdocs.xlsx.grid.views import passes_around

LENGTH_LIMIT: Final = 8_192
"""How many characters a formula may have."""

Cell = tuple[int, int]
"""Row and column, counted from 1."""


class Mapper:
    """Put references through the layouts of a filled workbook.

    All texts given are the template's; all texts returned are the output's. Formulas come and go
    without ``=``, as they stand in a file.
    """

    __slots__ = ("_book", "_may_span", "_tables")

    def __init__(
        self,
        layouts: Mapping[str, SheetLayout],
        sheets: Mapping[str, Sequence[str]] | None = None,
        tables: Tables | None = None,
        may_span: MaySpan | None = None,
    ) -> None:
        """Take what the fill did.

        Args:
            layouts: what moved, by output sheet; in sheets left out nothing moved.
            sheets: template sheet -> the names it came out under, in the order of the tabs. A sheet
                left out kept its name; where there are 3-D references, give all sheets.
            tables: tables that have a new name: old -> output sheet -> new. One that came out
                several times is that of its own sheet there, and nobody's elsewhere.
            may_span: tells for a sheet and an area of the template whether a SUBTOTAL over it
                counts nothing more than the copies meant; asked only where these are too many to
                be listed.
        """
        self._book = Book(layouts, sheets or {})
        self._tables = {same_name(old): own for old, own in (tables or {}).items()}
        self._may_span = may_span

    def formula(
        self, text: str, sheet: str | None, *, reads: Reads = "value", place: Place | None = None
    ) -> "MovedFormula":
        """Prepare a formula that may stand in many copies.

        Args:
            text: the formula of the template.
            sheet: the output sheet that it stands on; None for one that stands on no sheet.
            reads: ``"value"`` for a cell, ``"array"`` for an array formula, ``"area"`` for what
                holds references to areas: charts, sparklines, lists of validations; ``"rule"`` for
                what is read in each cell of an area as if copied there.
            place: named in problems; by default the cell.
        """
        return MovedFormula(self, text, self._maybe_sheet(sheet), reads, place)

    def map_formula(
        self,
        text: str,
        sheet: str | None,
        origin: Cell | None = None,
        *,
        reads: Reads = "value",
        place: Place | None = None,
        within: Area | None = None,
    ) -> str:
        """Rewrite the references of one formula.

        Args:
            text: the formula of the template.
            sheet: the output sheet that it stands on.
            origin: the output cell where it stands; None looks from outside of all loops.
            reads: as in :meth:`formula`.
            place: named in problems; by default the cell.
            within: the cells of the template on which an object stands that holds the formula: it
                is seen from the passes that hold all of them.

        Raises:
            TemplateError: a reference cannot follow.
        """
        formula = self.formula(text, sheet, reads=reads, place=place)
        if within is None or origin is None or sheet is None:
            return formula.at(*(origin or (0, 0)))
        seat = self.seat(self._book.sheet(sheet), origin)
        rows = passes_around(seat.rows, within.first_row, within.last_row)
        columns = passes_around(seat.columns, within.first_column, within.last_column)
        return formula.seen_from(seat._replace(rows=rows, columns=columns))

    def map_area(self, reference: str, sheet: str, origin: Cell | None = None) -> list[str]:
        """List what the cells of ``reference`` on ``sheet`` have become, joined where they meet.

        Args:
            reference: ``C5``, ``$A$1:$C$5``, ``5:7`` or ``C:C``, without a sheet.
            sheet: the output sheet that it lies on.
            origin: the output cell from which one looks; None looks from outside of all loops.
        """
        ref = _read(reference)
        pieces, faults = self.pieces(ref_token(ref), sheet, origin)
        if faults:
            raise TemplateError(_problems(faults, reference, _place_of(sheet, reference)))
        seat = self.seat(self._book.sheet(sheet), origin)
        return [Pattern([piece]).text(seat.rows.starts, seat.columns.starts) for piece in pieces]

    def map_sqref(self, text: str, sheet: str, origin: Cell | None = None) -> str:
        """Rewrite a list of areas divided by spaces, as rules, validations and selections have it.

        Areas that have vanished are left out; the list may come out empty.
        """
        areas = [area for one in text.split() for area in self.map_area(one, sheet, origin)]
        return " ".join(dict.fromkeys(areas))

    def copies(self, reference: str, sheet: str) -> Iterator[str]:
        """List the copies of an object that stands on ``reference``: a merge, a link, a comment.

        One that lies in the body of a loop has a copy in each pass; any other is stretched once
        over all that its lines have become. None if it has vanished.
        """
        ref = _read(reference)
        copies = self._book.sheet(sheet).copies(ref.area)
        for top, bottom, left, right in copies:
            yield Ref(ref.kind, top, left, bottom, right, ref.marks).local

    def is_cut(self, reference: str, sheet: str) -> bool:
        """Tell whether an object lies over tables side by side whose rows went different ways."""
        return self._book.sheet(sheet).is_cut(_read(reference).area)

    def maybe_hull(self, reference: str, sheet: str) -> str | None:
        """Give the one rectangle from the first to the last copy: print areas, filters, tables."""
        ref = _read(reference)
        hull = self._book.sheet(sheet).hull(ref.area)
        if hull is None:
            return None
        grown = ref.kind == "cell" and str(hull) != cell_name(hull.first_row, hull.first_column)
        kind = "area" if grown else ref.kind
        cut = hull.first_row, hull.first_column, hull.last_row, hull.last_column
        return Ref(kind, *cut, ref.marks).local

    def boundary(self, sheet: str, *, row: int = 0, column: int = 0) -> Cell:
        """Find where a template row and column begin now; a vanished one, where it would."""
        of = self._book.sheet(sheet)
        return (
            of.rows_at(column or 1).boundary(row) if row else 0,
            of.columns.boundary(column) if column else 0,
        )

    def seat(self, sheet: Sheet | None, cell: Cell | None) -> Seat:
        """Find the passes around an output cell; None stands outside of all."""
        if sheet is None:
            return Seat(None, ROWS_UNMOVED.top, COLUMNS_UNMOVED.top)
        rows, columns = sheet.rows.axis, sheet.columns.axis
        if cell is None:
            return Seat(sheet, rows.top, columns.top)
        strip = sheet.strip_of(cell[1])
        rows = sheet.strips[strip].axis
        return Seat(sheet, rows.path(cell[0]), columns.path(cell[1]), *cell, strip)

    def pieces(
        self, token: Token, sheet: str, origin: Cell | None
    ) -> tuple[list[Piece], list[tuple[FaultName, str]]]:
        """List the rectangles of one reference, and what could not follow."""
        seat = self.seat(self._book.sheet(sheet), origin)
        placer = self.placer(seat)
        return placer.places(token, wide=True), placer.faults

    def placer(self, seat: Seat) -> Placer:
        """Make what finds places, seen from a seat."""
        return Placer(self._book, self._tables, self._may_span, seat)

    def _maybe_sheet(self, name: str | None) -> Sheet | None:
        return None if name is None else self._book.sheet(name)


class MovedFormula:
    """A formula of the template, ready to be written in any of its copies.

    The work is done once for each shape of pass; after that a copy costs a few numbers.
    """

    __slots__ = ("_columns", "_known", "_mapper", "_place", "_reads", "_rows", "_sheet", "_text")

    def __init__(
        self, mapper: Mapper, text: str, sheet: Sheet | None, reads: Reads, place: Place | None
    ) -> None:
        self._mapper = mapper
        self._text = text
        self._sheet = sheet
        self._rows = sheet.rows.axis if sheet else ROWS_UNMOVED
        self._columns = sheet.columns.axis if sheet else COLUMNS_UNMOVED
        self._reads = reads
        self._place = place
        self._known: dict[object, Pattern] = {}

    def at(self, row: int, column: int) -> str:
        """Write the formula for its copy in an output cell.

        Raises:
            TemplateError: a reference cannot follow.
        """
        pattern, rows, columns = self.pattern(row, column)
        return pattern.text(rows, columns)

    def seen_from(self, seat: Seat) -> str:
        """Write the formula as it is seen from a seat.

        Raises:
            TemplateError: a reference cannot follow.
        """
        pattern = self._rewritten(seat, (seat.line, seat.column))
        return pattern.text(seat.rows.starts, seat.columns.starts)

    def pattern(self, row: int, column: int) -> tuple[Pattern, Starts, Starts]:
        """Give the pattern for an output cell, and where the passes around it begin."""
        if self._sheet is not None and len(self._sheet.strips) > 1:
            return self._pattern_in_strip(self._sheet, row, column)
        rows, columns = self._rows.path(row), self._columns.path(column)
        key = (rows.shapes, columns.shapes)
        pattern = self._known.get(key)
        if pattern is None:
            seat = Seat(self._sheet, rows, columns, row, column)
            pattern = self._known[key] = self._rewritten(seat, (row, column))
        return pattern, rows.starts, columns.starts

    def _pattern_in_strip(
        self, sheet: Sheet, row: int, column: int
    ) -> tuple[Pattern, Starts, Starts]:
        """The same where tables stand side by side: what is beside hangs on the passes of all."""
        seat = self._mapper.seat(sheet, (row, column))
        whole = sheet.layout.rows.path(row)
        key = (whole.shapes, seat.strip, seat.rows.shapes, seat.columns.shapes)
        pattern = self._known.get(key)
        if pattern is None:
            pattern = self._known[key] = self._rewritten(seat, (row, column))
        return pattern, seat.rows.starts, seat.columns.starts

    def _rewritten(self, seat: Seat, cell: Cell) -> Pattern:
        placer = self._mapper.placer(seat)
        pattern = Pattern(Rewriting(placer).rewrite(parse_calls(self._text), self._reads))
        place = self._place or _cell_place(self._sheet, cell)
        if placer.faults:
            raise TemplateError(_problems(placer.faults, self._text, place))
        length = len(pattern.text(seat.rows.starts, seat.columns.starts))
        if length > LENGTH_LIMIT and length > len(self._text):
            fields = {"formula": self._text, "length": length, "limit": LENGTH_LIMIT}
            raise TemplateError([Problem("reference.too_long", (place,), fields)])
        return pattern


def _read(reference: str) -> Ref:
    ref = maybe_ref(reference)
    if ref is None:
        raise ValueError(f"{reference!r} is no address")
    return ref


def _problems(faults: list[tuple[FaultName, str]], formula: str, place: Place) -> list[Problem]:
    return [
        Problem(f"reference.{name}", (place,), {"reference": text, "formula": formula})
        for name, text in dict.fromkeys(faults)
    ]


def _cell_place(sheet: Sheet | None, cell: Cell) -> Place:
    if sheet is None:
        return Place()
    if not all(cell):
        return Place(spot=(("sheet", sheet.name),))
    return _place_of(sheet.name, cell_name(*cell))


def _place_of(sheet: str, reference: str) -> Place:
    return Place(spot=(("cell", f"{sheet}!{reference}"),))


__all__ = ["Area", "Mapper", "MovedFormula", "MovedRef"]
