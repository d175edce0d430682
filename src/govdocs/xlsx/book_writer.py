"""One filling, from the data to the draft: render, find out where everything has gone, write.

First every part with tags is rendered; where that meets faults, nothing else is done. Then it is
known where the rows have come out, and everything that holds a reference is written.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from govdocs.errors import Place, Problem
from govdocs.language import Missing, Program, Rendering
from govdocs.opc import deflate_chunks
from govdocs.xlsx.assembly import Assembly, is_untouched
from govdocs.xlsx.book_compiler import CompiledBook
from govdocs.xlsx.cached import FilledCells, FilledSheet
from govdocs.xlsx.columns import ColumnPlaces
from govdocs.xlsx.compiled import CompiledSheet
from govdocs.xlsx.filling import Filling, PartState
from govdocs.xlsx.formulas import FormulaWriter
from govdocs.xlsx.gallery import Gallery
from govdocs.xlsx.grid.address import same_name
from govdocs.xlsx.grid.calc import Calculator
from govdocs.xlsx.grid.layout import SheetLayout
from govdocs.xlsx.grid.names import Names
from govdocs.xlsx.markup import Element, read_markup
from govdocs.xlsx.moving import UNMOVED, MovedBook
from govdocs.xlsx.pictures import CellPicture
from govdocs.xlsx.related import RelatedPart, move_related
from govdocs.xlsx.spool import Spool
from govdocs.xlsx.styles import StyleUse
from govdocs.xlsx.tables import moved_table
from govdocs.xlsx.workbook import Workbook
from govdocs.xlsx.workbook_part import Definitions, move_definitions, write_workbook


class BookWriter:
    """One filling of a workbook."""

    def __init__(self, book: CompiledBook, data: Mapping[str, Any], missing: Missing) -> None:
        self.book, self.data, self.missing = book, data, missing
        self.filling = Filling(book.package.edit(), StyleUse(book.styles), book.workbook.date1904)
        self.filling.notes += book.notes
        self.states: dict[str, PartState] = {}
        self.texts: dict[str, Spool] = {}
        self.parts: dict[str, bytes] = {}

    def write(self) -> Filling:
        """Fill every part."""
        for sheet in self.book.sheets:
            if sheet.program is not None:
                self._render(sheet, sheet.program)
        for part in self.book.parts:
            state = Rendering(self.missing, part.program, self.data, PartState(self.filling))
            self.filling.renderings.append(state)
            self.parts[part.name] = part.program.render(self.data, state).encode()
        self._check_names()
        if not self._has_faults():
            self._write_parts()
        return self.filling

    def _check_names(self) -> None:
        """Refuse two sheets of one name."""
        seen: set[str] = set()
        for names in self.names.values():
            for name in names:
                if same_name(name) in seen:
                    place = Place(part=self.book.workbook.part, spot=(("sheet", name),))
                    problem = Problem("xlsx.sheet_name_taken", (place,), {"name": name})
                    self.filling.renderings[0].problems.append(problem)
                seen.add(same_name(name))

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """The sheets of the template, and the names they come out under."""
        renamed = self.filling.names
        return {one.name: [renamed.get(one.name, one.name)] for one in self.book.workbook.sheets}

    def _render(self, sheet: CompiledSheet, program: Program) -> None:
        part = PartState(self.filling)
        state = Rendering(self.missing, program, self.data, part)
        self.filling.renderings.append(state)
        self.states[sheet.entry.part] = part
        self.texts[sheet.entry.part] = Spool(program.pieces(self.data, state))

    def _has_faults(self) -> bool:
        strict = self.missing == "error"
        return any(one.problems or (one.missing and strict) for one in self.filling.renderings)

    def _write_parts(self) -> None:
        book, draft = self.book, self.filling.draft
        for sheet in book.sheets:
            if sheet.program is not None or sheet.text is not None:
                self._write_sheet(sheet)
        for part, constant in book.constant.items():
            draft.replace(part, constant)
        for part, rendered in self.parts.items():
            draft.replace(part, rendered)
        for number, related in enumerate(book.related):
            if self.moved is not None or number in book.readers:
                self._write_related(related, renews=number in book.readers)
        self._write_pictures()
        if book.moves or book.recalculates:
            self._write_book()
        self._gather_problems()
        if self.filling.styles.added:
            draft.replace(book.styles.part, self.filling.styles.write())

    def _write_sheet(self, sheet: CompiledSheet) -> None:
        part = sheet.entry.part
        texts = self.texts[part].chunks() if part in self.texts else iter([sheet.text or ""])
        if sheet.is_plain:
            self._write_chunks(sheet, (text.encode() for text in texts))
            return
        filled = self.filled[sheet.entry.name]
        if is_untouched(filled):
            return
        assembly = Assembly(self.book.package, filled, filled.writer.moved, self._work_out)
        self._write_chunks(sheet, assembly.chunks(texts))

    def _write_chunks(self, sheet: CompiledSheet, chunks: Iterable[bytes]) -> None:
        """Write a sheet's part, with a drawing for its pictures."""
        part = sheet.entry.part
        if self._pictures(sheet) and not self.book.package.related(part, "drawing"):
            chunks = self.gallery.hang(sheet, chunks)
        self.filling.draft.replace(part, deflate_chunks(chunks))

    def _pictures(self, sheet: CompiledSheet) -> Sequence[CellPicture]:
        state = self.states.get(sheet.entry.part)
        return state.pictures if state is not None else ()

    def _write_pictures(self) -> None:
        """Draw the pictures, when the drawings that they go into have followed their rows."""
        for sheet in self.book.sheets:
            pictures = self._pictures(sheet)
            if pictures:
                layout = self.layouts.get(self.names[sheet.entry.name][0], UNMOVED)
                self.gallery.draw(sheet, layout, pictures)

    @cached_property
    def gallery(self) -> Gallery:
        """The pictures of this filling."""
        return Gallery(self.book.package, self.filling.draft)

    def _write_related(self, related: RelatedPart, *, renews: bool) -> None:
        root = self._root(related.part, related.root)
        work_out = self._work_out if renews else None
        edits = move_related(related, root, self.moved, work_out)
        if edits:
            self.filling.draft.replace(related.part, edits.write_part(root))

    def _root(self, part: str, root: Element) -> Element:
        """Give the markup of a part, as it was rendered if it holds tags."""
        if part not in self.parts:
            return root
        return read_markup(self.parts[part], self.book.package.place(part))

    def _gather_problems(self) -> None:
        """Tell what could not follow."""
        if not self.filling.renderings:
            return
        problems = self.filling.renderings[0].problems
        for filled in self.filled.values() if self.book.moves else ():
            problems += filled.writer.problems
        if self.moved is not None:
            problems += self.moved.problems
            self.filling.notes += self.moved.notes

    @cached_property
    def workbook(self) -> Workbook:
        """The workbook part, rendered if it holds tags."""
        workbook = self.book.workbook
        return replace(workbook, root=self._root(workbook.part, workbook.root))

    @cached_property
    def definitions(self) -> Definitions | None:
        """What defined names stand for now; None if nothing moves."""
        return move_definitions(self.workbook, self.moved) if self.moved else None

    def _write_book(self) -> None:
        book, draft = self.book, self.filling.draft
        workbook = self.workbook
        content = write_workbook(workbook, self.definitions, recalculates=book.recalculates)
        if content is not None:
            draft.replace(book.workbook.part, content)
        if book.moves and book.calc_chain[0] and any(sheet.formulas for sheet in book.sheets):
            draft.remove(book.calc_chain[0])
            draft.unrelate(book.workbook.part, book.calc_chain[1])

    @cached_property
    def layouts(self) -> dict[str, SheetLayout]:
        """Where rows have come out, by sheet; only sheets in which they may move."""
        return {
            self.names[sheet.entry.name][0]: self._layout(self.states[sheet.entry.part])
            for sheet in self.book.sheets
            if sheet.moves
        }

    def _layout(self, state: PartState) -> SheetLayout:
        return SheetLayout(state.rows.finish(), state.columns.finish())

    @cached_property
    def moved(self) -> MovedBook | None:
        """Where everything has gone; None if nothing moves."""
        if not self.book.moves:
            return None
        return MovedBook(self.layouts, self.names)

    @cached_property
    def filled(self) -> dict[str, FilledSheet]:
        """All sheets, rendered, with the writers of their formulas."""
        return {sheet.entry.name: self._filled(sheet) for sheet in self.book.sheets}

    def _filled(self, sheet: CompiledSheet) -> FilledSheet:
        name, part = self.names[sheet.entry.name][0], sheet.entry.part
        moved = self.moved.sheet(name, part) if self.moved else None
        writer = FormulaWriter(sheet.formulas, sheet.texts, sheet.markups, moved)
        layout = self.layouts.get(name, UNMOVED)
        places = ColumnPlaces(layout.columns)
        state = self.states.get(part)
        if state is None:
            return FilledSheet(name, sheet, layout, writer, {}, {}, places)
        state.values.place(places.columns)
        formulas = {
            (row, column): text
            for (number, row, path), text in state.formulas.items()
            for column in places.columns(sheet.formulas[number].column, path)
        }
        return FilledSheet(name, sheet, layout, writer, state.values.columns, formulas, places)

    @cached_property
    def _work_out(self) -> Callable[[str, int, int], Any]:
        sheets = {one.name: one for one in self.filled.values()}
        order = [name for names in self.names.values() for name in names]
        return Calculator(FilledCells(sheets, order), self._names()).value

    def _names(self) -> Names:
        """What names stand for after the filling."""
        moved = self.moved
        if moved is None or self.definitions is None:
            return Names(self.book.definitions, [one.table for one in self.book.tables])
        texts = {
            f"{self.names[sheet][0]}!{name}" if sheet else name: text
            for name, sheet, text in self.definitions
            if text is not None
        }
        tables = [
            moved_table(one, moved.sheet(self.names[one.sheet][0], one.part))
            for one in self.book.tables
        ]
        return Names(texts, tables)
