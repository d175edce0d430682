"""One filling, from the data to the draft: render, find out where everything has gone, write.

First every part with tags is rendered; where that meets faults, nothing else is done. Then it is
known where the rows have come out, and everything that holds a reference is written.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from govdocs.language import Missing, Program, Rendering
from govdocs.opc import deflate_chunks
from govdocs.xlsx.assembly import Assembly
from govdocs.xlsx.book_compiler import CompiledBook
from govdocs.xlsx.cached import FilledCells, FilledSheet
from govdocs.xlsx.compiled import CompiledSheet
from govdocs.xlsx.filling import Filling, PartState
from govdocs.xlsx.formulas import FormulaWriter
from govdocs.xlsx.grid.calc import Calculator
from govdocs.xlsx.grid.layout import SheetLayout
from govdocs.xlsx.grid.names import Names
from govdocs.xlsx.moving import UNMOVED, MovedBook
from govdocs.xlsx.spool import Spool
from govdocs.xlsx.styles import StyleUse
from govdocs.xlsx.workbook_part import write_workbook


class BookWriter:
    """One filling of a workbook."""

    def __init__(self, book: CompiledBook, data: Mapping[str, Any], missing: Missing) -> None:
        self.book, self.data, self.missing = book, data, missing
        self.filling = Filling(book.package.edit(), StyleUse(book.styles), book.workbook.date1904)
        self.states: dict[str, PartState] = {}
        self.texts: dict[str, Spool] = {}

    def write(self) -> Filling:
        """Fill every part."""
        for sheet in self.book.sheets:
            if sheet.program is not None:
                self._render(sheet, sheet.program)
        if not self._has_faults():
            self._write_parts()
        return self.filling

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
        for part, content in book.constant.items():
            draft.replace(part, content)
        if book.moves or book.recalculates:
            self._write_book()
        if self.filling.styles.added:
            draft.replace(book.styles.part, self.filling.styles.write())

    def _write_sheet(self, sheet: CompiledSheet) -> None:
        part = sheet.entry.part
        texts = self.texts[part].chunks() if part in self.texts else iter([sheet.text or ""])
        if sheet.is_plain:
            self.filling.draft.replace(part, deflate_chunks(text.encode() for text in texts))
            return
        filled = self.filled[sheet.entry.name]
        assembly = Assembly(self.book.package, filled, filled.writer.moved, self._work_out)
        self.filling.draft.replace(part, deflate_chunks(assembly.chunks(texts)))
        self._tell(filled.writer)

    def _tell(self, writer: FormulaWriter) -> None:
        self.filling.renderings[0].problems += writer.problems

    def _write_book(self) -> None:
        book, draft = self.book, self.filling.draft
        content = write_workbook(book.workbook, self.moved, recalculates=book.recalculates)
        if content is not None:
            draft.replace(book.workbook.part, content)
        if book.moves and book.calc_chain[0] and any(sheet.formulas for sheet in book.sheets):
            draft.remove(book.calc_chain[0])
            draft.unrelate(book.workbook.part, book.calc_chain[1])
        if self.moved is not None:
            self.filling.renderings[0].problems += self.moved.problems

    @cached_property
    def layouts(self) -> dict[str, SheetLayout]:
        """Where rows have come out, by sheet; only sheets in which they may move."""
        return {
            sheet.entry.name: SheetLayout(self.states[sheet.entry.part].rows.finish())
            for sheet in self.book.sheets
            if sheet.moves
        }

    @cached_property
    def moved(self) -> MovedBook | None:
        """Where everything has gone; None if nothing moves."""
        if not self.book.moves:
            return None
        names = {one.name: [one.name] for one in self.book.workbook.sheets}
        return MovedBook(self.layouts, names)

    @cached_property
    def filled(self) -> dict[str, FilledSheet]:
        """All sheets, rendered, with the writers of their formulas."""
        return {sheet.entry.name: self._filled(sheet) for sheet in self.book.sheets}

    def _filled(self, sheet: CompiledSheet) -> FilledSheet:
        name, part = sheet.entry.name, sheet.entry.part
        moved = self.moved.sheet(name, part) if self.moved else None
        writer = FormulaWriter(sheet.formulas, sheet.texts, sheet.markups, moved)
        layout = self.layouts.get(name, UNMOVED)
        return FilledSheet(name, sheet, self.states.get(part), layout, writer)

    @cached_property
    def _work_out(self) -> Callable[[str, int, int], Any]:
        order = [one.name for one in self.book.workbook.sheets]
        return Calculator(FilledCells(self.filled, order), self._names()).value

    def _names(self) -> Names:
        """What names stand for after the filling."""
        if self.moved is None:
            return Names(self.book.definitions, [one.table for one in self.book.tables])
        return Names()
