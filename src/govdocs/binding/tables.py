"""The tables of a file, whichever engine reads them: one face for sheets and for pages.

A handle names a cell in the way that its engine finds it again at once. This module reads; it never
changes a file and knows no label.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from govdocs.binding.layouts import Layouts
from govdocs.errors import Place
from govdocs.forms import Grid, Spot
from govdocs.opc import Package

if TYPE_CHECKING:
    from govdocs.docx.reading.grids import Pages
    from govdocs.xlsx.reading.grids import SheetGrid

Handle = Any


class Tables(Protocol):
    """The tables of a file, or of one sheet of it."""

    def key(self, layouts: Layouts) -> Hashable:
        """Return what decides where figures are, for :class:`Layouts`."""

    def grids(self) -> Sequence[Grid]:
        """Return the tables as grids of texts."""

    def handle_of(self, spot: Spot) -> Handle:
        """Return the handle of a cell."""

    def value(self, handle: Handle) -> Any:
        """Return what a cell holds."""

    def values(self, handles: Sequence[Handle]) -> Sequence[Any]:
        """Return what several cells hold."""

    def shown(self, handle: Handle) -> Any:
        """Return what a cell shows: a date where it is one."""

    def place(self, handle: Handle, key: str = "") -> Place:
        """Make the place of a cell."""

    def place_of(self, spot: Spot) -> Place:
        """Make the place of a cell by its spot."""

    def texts(self, layouts: Layouts) -> Iterator[tuple[Handle, str]]:
        """Go through the texts that may hold entries, cells and lines."""

    def beside(self, handle: Handle) -> Handle | None:
        """Return the handle of the cell to the right."""


@dataclass(slots=True)
class SheetTables:
    """Sheets of a workbook; a handle is the number of a sheet among them and a cell's name."""

    sheets: Sequence["SheetGrid"]
    held: list[list[tuple[str, str]]] = field(default_factory=list)

    def _texts(self) -> list[list[tuple[str, str]]]:
        if not self.held:
            self.held = [sheet.texts() for sheet in self.sheets]
        return self.held

    def key(self, layouts: Layouts) -> Hashable:
        """Return the masked texts with their cells, and the merged areas."""
        masks, mask = layouts.masks.get, layouts.mask
        parts: list[Hashable] = []
        for sheet, texts in zip(self.sheets, self._texts(), strict=True):
            said = [(name, masks(text) or mask(text)) for name, text in texts]
            parts.append((tuple(said), tuple(sheet.merges)))
        return tuple(parts)

    def grids(self) -> Sequence[Grid]:
        """Return each sheet as a grid."""
        return [sheet.cells() for sheet in self.sheets]

    def handle_of(self, spot: Spot) -> Handle:
        """Return the number of the sheet and the name of the cell."""
        from govdocs.xlsx.grid.address import cell_name

        return spot.grid, cell_name(spot.row, spot.col)

    def value(self, handle: Handle) -> Any:
        """Return what a cell holds; None for a formula without a value."""
        number, name = handle
        return self.sheets[number].value(name)

    def values(self, handles: Sequence[Handle]) -> Sequence[Any]:
        """Return what several cells hold."""
        if len({number for number, _ in handles}) != 1:
            return [self.value(handle) for handle in handles]
        sheet: SheetGrid = self.sheets[handles[0][0]]
        return sheet.values(name for _, name in handles)

    def shown(self, handle: Handle) -> Any:
        """Return what a cell shows."""
        number, name = handle
        return self.sheets[number].moment(name)

    def place(self, handle: Handle, key: str = "") -> Place:
        """Make the place of a cell."""
        number, name = handle
        sheet: SheetGrid = self.sheets[number]
        return sheet.place(name, key)

    def place_of(self, spot: Spot) -> Place:
        """Make the place of a cell by its spot."""
        return self.place(self.handle_of(spot))

    def texts(self, layouts: Layouts) -> Iterator[tuple[Handle, str]]:
        """Go through the cells that may hold entries."""
        plain = layouts.plain
        for number, texts in enumerate(self._texts()):
            for name, text in texts:
                if text not in plain:
                    yield (number, name), text

    def beside(self, handle: Handle) -> Handle | None:
        """Return the cell to the right, behind the whole of a merged area."""
        from govdocs.xlsx.grid.address import cell_name
        from govdocs.xlsx.reading.grids import split_name

        number, name = handle
        row, col = split_name(name)
        for first, last in self.sheets[number].merges:
            if first == name:
                col = split_name(last)[1]
        return number, cell_name(row, col + 1)


@dataclass(slots=True)
class PageTables:
    """The tables and lines of a Word file; a handle is a spot, or the number of a line."""

    pages: "Pages"
    starts: dict[Spot, str] = field(default_factory=dict)

    def _cells(self) -> dict[Spot, str]:
        if not self.starts:
            self.starts = {
                Spot(number, cell.row, cell.col): cell.text
                for number, table in enumerate(self.pages.tables)
                for cell in table.cells
            }
        return self.starts

    def key(self, layouts: Layouts) -> Hashable:
        """Return every cell with its span and masked text."""
        return tuple(
            tuple(
                (one.row, one.col, one.rowspan, one.colspan, layouts.mask(one.text))
                for one in table.cells
            )
            for table in self.pages.tables
        )

    def grids(self) -> Sequence[Grid]:
        """Return each table as a grid."""
        return [table.cells for table in self.pages.tables]

    def handle_of(self, spot: Spot) -> Handle:
        """Return the spot: cells of a page have no other name."""
        return spot

    def value(self, handle: Handle) -> Any:
        """Return the text of a cell."""
        return self._cells().get(handle, "")

    def values(self, handles: Sequence[Handle]) -> Sequence[Any]:
        """Return the texts of several cells."""
        return [self.value(handle) for handle in handles]

    def shown(self, handle: Handle) -> Any:
        """Return the text of a cell."""
        return self.value(handle)

    def place(self, handle: Handle, key: str = "") -> Place:
        """Make the place of a cell or a line."""
        if isinstance(handle, int):
            return self.pages.place(self.pages.lines[handle].p, key)
        return self.pages.place(self.element(handle), key)

    def element(self, spot: Spot) -> Any:
        """Return the element of a cell."""
        return self.pages.tables[spot.grid].elements[spot.row, spot.col]

    def place_of(self, spot: Spot) -> Place:
        """Make the place of a cell by its spot."""
        return self.place(spot)

    def texts(self, layouts: Layouts) -> Iterator[tuple[Handle, str]]:
        """Go through the lines, then the cells, that may hold entries."""
        for number, line in enumerate(self.pages.lines):
            yield number, line.text
        for spot, text in self._cells().items():
            if layouts.mask(text) and text not in layouts.plain:
                yield spot, text

    def beside(self, handle: Handle) -> Handle | None:
        """Return the cell to the right; a line has none."""
        if isinstance(handle, int):
            return None
        cells = self.pages.tables[handle.grid].cells
        own = next(one for one in cells if (one.row, one.col) == (handle.row, handle.col))
        spot = Spot(handle.grid, own.row, own.col + own.colspan)
        return spot if spot in self._cells() else None


def list_tables(package: Package) -> Iterator[Tables]:
    """Go through what may be the tables of the form: the whole file first, then single sheets.

    A workbook may hold last year's sheet beside this year's, notes, or a hidden list of words.
    """
    if package.kind == "docx":
        from govdocs.docx.reading.grids import Pages

        yield PageTables(Pages(package))
        return
    from govdocs.xlsx.reading.grids import Book

    book = Book(package)
    shown = [sheet for sheet in book.sheets if not sheet.hidden]
    yield SheetTables(shown or book.sheets)
    if len(shown) > 1:
        yield from (SheetTables([sheet]) for sheet in shown)
    if shown and len(shown) < len(book.sheets):
        yield SheetTables(book.sheets)
