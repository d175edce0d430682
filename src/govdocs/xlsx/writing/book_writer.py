"""One filling, from the data to the draft: render, find out where everything has gone, write.

First every part with tags is rendered; where that meets faults, nothing else is done. Then it is
known where the rows have come out, and everything that holds a reference is written.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from govdocs.errors import Place, Problem
from govdocs.language import Missing, Program, Rendering
from govdocs.opc import deflate_chunks
from govdocs.opc.names import rels_name
from govdocs.xlsx.blocks.columns import ColumnPlaces
from govdocs.xlsx.compiling.book_compiler import CompiledBook
from govdocs.xlsx.compiling.compiled import CompiledSheet
from govdocs.xlsx.compiling.small_parts import SmallPart
from govdocs.xlsx.following.formulas import FormulaWriter
from govdocs.xlsx.following.moving import UNMOVED, WHOLE, Drawn, MovedBook
from govdocs.xlsx.following.part_copies import with_own_ids
from govdocs.xlsx.following.related import CHARTS, LINKS, RelatedPart, move_related
from govdocs.xlsx.following.sizes import Sizes
from govdocs.xlsx.following.structured import TableColumns
from govdocs.xlsx.following.tables import moved_table
from govdocs.xlsx.following.workbook_part import Definitions, Tabs, move_definitions, write_workbook
from govdocs.xlsx.grid.address import same_name
from govdocs.xlsx.grid.calc import Calculator
from govdocs.xlsx.grid.names import Names
from govdocs.xlsx.grid.strips import SheetLayout
from govdocs.xlsx.reading.definitions import scoped_names
from govdocs.xlsx.reading.styles import StyleUse
from govdocs.xlsx.reading.workbook import Workbook
from govdocs.xlsx.slots.filling import Filling, PartState
from govdocs.xlsx.writing.assembly import Assembly, is_untouched
from govdocs.xlsx.writing.bounds import find_outgrown
from govdocs.xlsx.writing.cached import FilledCells, FilledSheet
from govdocs.xlsx.writing.copied_sheets import as_copy, copy_sheets, find_uncopied
from govdocs.xlsx.writing.drawn_parts import DrawnParts
from govdocs.xlsx.writing.gallery import Gallery
from govdocs.xlsx.writing.links import write_links
from govdocs.xlsx.writing.output_sheets import OutputSheet, bound_texts, cut_items
from govdocs.xlsx.writing.spool import Spool
from govdocs.xlsx.writing.style_part import write_styles
from govdocs.xlsx.writing.table_heads import find_differing, find_heads
from govdocs.xlsx.writing.table_names import name_tables
from govdocs.xlsx.writing.titles import write_titles
from govdocs.xlsx.xml.markup import Element, read_markup


class BookWriter:
    """One filling of a workbook."""

    def __init__(self, book: CompiledBook, data: Mapping[str, Any], missing: Missing) -> None:
        self.book, self.data, self.missing = book, data, missing
        self.filling = Filling(book.package.edit(), StyleUse(book.styles), book.workbook.date1904)
        self.filling.notes += book.notes
        self.outputs: list[OutputSheet] = []
        self.parts: dict[str, list[bytes]] = {}
        self._tabs: Tabs = {}

    def write(self) -> Filling:
        """Fill every part."""
        for sheet in self.book.sheets:
            self.outputs += self._render(sheet)
        for part in self.book.parts:
            self.parts[part.name] = self._render_part(part)
        for output in self.outputs:
            if not output.sheet.is_item:
                output.name = self.filling.names.get(output.name, output.name)
        self._check_names()
        if not self._has_faults():
            self._write_parts()
        for state in self.filling.renderings:
            state.engine = None  # it leads back to the filling, and would keep a large draft alive
        return self.filling

    def _check_names(self) -> None:
        """Refuse two sheets of one name, and a workbook without sheets."""
        seen: set[str] = set()
        for name in (name for names in self.names.values() for name in names):
            if same_name(name) in seen:
                place = Place(part=self.book.workbook.part, spot=(("sheet", name),))
                problem = Problem("xlsx.sheet_name_taken", (place,), {"name": name})
                self.filling.renderings[0].problems.append(problem)
            seen.add(same_name(name))
        if not any(self.names.values()):
            place = Place(part=self.book.workbook.part)
            self.filling.renderings[0].problems.append(Problem("xlsx.no_sheet_left", (place,)))
        for sheet in (one for one in self.book.sheets if one.is_item):
            problems = find_uncopied(self.book.package, sheet, len(self.names[sheet.entry.name]))
            self.filling.renderings[0].problems += problems

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """The sheets of the template, and the names they come out under."""
        renamed = self.filling.names
        names: dict[str, list[str]] = {one.entry.name: [] for one in self.book.sheets}
        for output in self.outputs:
            names[output.sheet.entry.name].append(output.name)
        return {
            one.name: names.get(one.name, [renamed.get(one.name, one.name)])
            for one in self.book.workbook.sheets
        }

    def _render(self, sheet: CompiledSheet) -> Iterator[OutputSheet]:
        """Render a sheet; one that stands for items comes out once for each."""
        entry, program = sheet.entry, sheet.program
        if program is None:
            yield OutputSheet(sheet, entry.name, entry.part)
            return
        part = PartState(self.filling)
        state = self._start(program, part)
        pieces = program.pieces(self.data, state)
        if not sheet.is_item:
            yield OutputSheet(sheet, entry.name, entry.part, 0, part, Spool(pieces))
            return
        for number, texts in enumerate(cut_items(pieces)):
            name, own = self.filling.items[entry.part][number]
            yield OutputSheet(sheet, name, entry.part, number, own, texts)

    def _render_part(self, part: SmallPart) -> list[bytes]:
        state = self._start(part.program, PartState(self.filling))
        if not part.is_item:
            return [part.program.render(self.data, state).encode()]
        pieces = part.program.pieces(self.data, state)
        return ["".join(texts.chunks()).encode() for texts in cut_items(pieces)]

    def _start(self, program: Program, part: PartState) -> Rendering:
        state = Rendering(self.missing, program, self.data, part)
        self.filling.renderings.append(state)
        return state

    def _has_faults(self) -> bool:
        strict = self.missing == "error"
        return any(one.problems or (one.missing and strict) for one in self.filling.renderings)

    def _write_parts(self) -> None:
        book, draft = self.book, self.filling.draft
        self._tabs = copy_sheets(book.package, draft, book.workbook, book.sheets, self.outputs)
        for output in self.outputs:
            if output.sheet.program is not None or output.sheet.text is not None:
                self._write_sheet(output)
        for part, constant in book.constant.items():
            draft.replace(part, constant)
        for part, content in self._rendered_parts():
            draft.replace(part, content)
        if self._tabs:
            tabs = {label: [name for name, _ in own] for label, own in self._tabs.items()}
            write_titles(book.package, draft, tabs)
        for number, related in enumerate(book.related):
            if self.moved is not None or number in book.readers:
                self._write_related(related, renews=number in book.readers)
        self._write_pictures()
        if book.moves or book.recalculates:
            self._write_book()
        self._gather_problems()
        write_styles(self.filling.styles, book.workbook, draft)

    def _rendered_parts(self) -> Iterator[tuple[str, bytes]]:
        """List the parts with tags, those of item sheets once for each sheet."""
        for part, rendered in self.parts.items():
            if rendered:
                yield part, rendered[0]
            for output in self.outputs:
                if part in output.parts:
                    yield output.parts[part], rendered[output.number]

    def _write_sheet(self, output: OutputSheet) -> None:
        sheet = output.sheet
        texts = output.texts.chunks() if output.texts else iter([sheet.text or ""])
        if sheet.is_plain:
            self._write_chunks(output, (text.encode() for text in texts))
            return
        filled = self.filled[output.name]
        if is_untouched(filled):
            return
        assembly = Assembly(self.book.package, filled, filled.writer.moved, self._work_out)
        self._write_chunks(output, assembly.chunks(texts))

    def _write_chunks(self, output: OutputSheet, chunks: Iterable[bytes]) -> None:
        """Write a sheet's part, with a drawing for its pictures, and its links."""
        if output.state and output.state.pictures and not self.gallery.drawing_of(output):
            chunks = self.gallery.hang(output, chunks)
        if output.state and (output.state.links or output.sheet.links):
            places = ColumnPlaces(self.layouts.get(output.name, UNMOVED).columns)
            chunks = write_links(self.filling.draft, output, places, chunks)
        if output.number:
            chunks = as_copy(chunks)
        self.filling.draft.replace(output.part, deflate_chunks(chunks, spools=True))

    def _write_pictures(self) -> None:
        """Draw the pictures, when the drawings that they go into have followed their rows."""
        for part, _ in self._rendered_parts() if self.filling.swaps else ():
            if part in self.filling.draft:
                self.gallery.swap(part, self.filling.swaps)
        for output in self.outputs:
            if output.state is not None and output.state.pictures:
                layout = self.layouts.get(output.name, UNMOVED)
                self.gallery.draw(output, layout, output.state.pictures)

    @cached_property
    def gallery(self) -> Gallery:
        """The pictures of this filling."""
        return Gallery(self.book.package, self.filling.draft)

    @cached_property
    def drawn_parts(self) -> DrawnParts:
        """The charts that are repeated with their rows."""
        drawn = self.moved.drawn if self.moved is not None else []
        return DrawnParts(self.book.package, self.filling.draft, drawn)

    def _write_related(self, related: RelatedPart, *, renews: bool) -> None:
        """Write a part that belongs to a sheet, once for each sheet that this became."""
        work_out = self._work_out if renews else None
        part = related.part
        targets = [
            (one.name, one.part_of(part))
            for one in self.outputs
            if one.sheet.entry.name == related.sheet
        ] or [(name, part) for name in self.names.get(related.sheet, [""])]
        for number, (name, own_part) in enumerate(targets):
            root = self._root(related.part, related.root, number)
            if related.kind == LINKS:  # others may have been added
                root = read_markup(self.filling.draft.read(own_part), Place(part=own_part))
            drawn = self.drawn_parts.copies_of(name, part) if related.kind in CHARTS else ()
            seat = drawn[0][0] if drawn else None
            if seat is not None and seat.number < 0:
                self.drawn_parts.remove(own_part)
                continue
            if seat is not None:
                root = self._chart_of(seat, part, root)
            edits = move_related(related, root, self.moved, work_out, name, seat)
            if edits or number or root.data is not related.root.data:
                content = edits.write_part(root)
                own = with_own_ids(content, own_part) if number else content
                self.filling.draft.replace(own_part, own)
            if related.kind == "drawing" and self.moved is not None:
                self.drawn_parts.settle(name, part, own_part, self._led(related))
            for seat, copy in drawn[1:]:
                root = self._chart_of(seat, part, related.root)
                edits = move_related(related, root, self.moved, work_out, name, seat)
                self.filling.draft.replace(copy, edits.write_part(root))

    def _led(self, related: RelatedPart) -> Iterator[str]:
        """List the links of a drawing whose targets are rendered with rows, by their ids."""
        rels = rels_name(related.part)
        for sheet in self.book.sheets:
            if sheet.entry.name == related.sheet:
                yield from (one.name for one in sheet.bound if one.part == rels)

    def _chart_of(self, seat: Drawn, part: str, root: Element) -> Element:
        """Give the markup of a chart, as it was rendered for its row if it holds tags."""
        said = self.moved.bound.get((seat.sheet, part, WHOLE, 0), {}) if self.moved else {}
        markup = said.get((seat.copy.first_row, seat.copy.first_column))
        return root if markup is None else read_markup(markup.encode(), Place(part=part))

    def _root(self, part: str, root: Element, number: int = 0) -> Element:
        """Give the markup of a part, as it was rendered if it holds tags."""
        if part not in self.parts:
            return root
        return read_markup(self.parts[part][number], self.book.package.place(part))

    def _gather_problems(self) -> None:
        """Tell what could not follow."""
        if not self.filling.renderings:
            return
        problems = self.filling.renderings[0].problems
        for filled in self.filled.values() if self.book.moves else ():
            problems += filled.writer.problems
        problems += find_outgrown(self.filled.values() if self.book.moves else ())
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
        order = list(self.names.values())
        content = write_workbook(
            *(self.workbook, self.definitions, self._tabs, order),
            moved=self.moved,
            recalculates=book.recalculates,
        )
        if content is not None:
            draft.replace(book.workbook.part, content)
        for part, rel_id in book.chains if book.moves else ():
            draft.remove(part)
            draft.unrelate(book.workbook.part, rel_id)
        if self.moved is not None and self.moved.moves:
            self.filling.notes += book.unfollowed

    @cached_property
    def layouts(self) -> dict[str, SheetLayout]:
        """Where rows have come out, by sheet; only sheets in which they may move."""
        return {
            output.name: self._layout(output.state)
            for output in self.outputs
            if output.sheet.moves and output.state is not None
        }

    def _layout(self, state: PartState) -> SheetLayout:
        return SheetLayout(state.rows.finish(), state.columns.finish())

    @cached_property
    def moved(self) -> MovedBook | None:
        """Where everything has gone; None if nothing moves."""
        if not self.book.moves:
            return None
        tables = self.book.tables
        defined = (name for name, _, _ in scoped_names(self.workbook))
        own, ids = name_tables(tables, self.outputs, defined)
        moved = MovedBook(self.layouts, self.names, tables=own, table_ids=ids)
        moved.heads = find_heads(tables, self.outputs, moved)
        moved.problems += find_differing(tables, moved.heads)
        first = {part: heads for (part, _), heads in reversed([*moved.heads.items()])}
        known = [(one.table, first[one.part]) for one in tables if one.part in first]
        moved.columns = TableColumns(known)
        moved.bound = bound_texts(self.outputs, self.layouts)
        moved.sizes = {
            one.name: Sizes(one.sheet.measures, one.sheet.hidden, self.layouts[one.name])
            for one in self.outputs
            if one.name in self.layouts
        }
        return moved

    @cached_property
    def filled(self) -> dict[str, FilledSheet]:
        """All sheets, rendered, with the writers of their formulas."""
        return {output.name: self._filled(output) for output in self.outputs}

    def _filled(self, output: OutputSheet) -> FilledSheet:
        name, sheet, state = output.name, output.sheet, output.state
        moved = self.moved.sheet(name, output.part) if self.moved else None
        writer = FormulaWriter(sheet.formulas, sheet.texts, sheet.markups, moved)
        layout = self.layouts.get(name, UNMOVED)
        places = ColumnPlaces(layout.columns)
        if state is None:
            return FilledSheet(name, sheet, layout, writer, {}, {}, places)
        state.values.place(places.columns)
        formulas = {
            (row, column): text
            for (number, row, path), text in state.formulas.items()
            for column in places.columns(sheet.formulas[number].column, path)
        }
        kept, blank = state.values.columns, state.blank_rows
        return FilledSheet(name, sheet, layout, writer, kept, formulas, places, blank)

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
            f"{one.sheet}!{one.name}" if one.sheet else one.name: one.text
            for one in self.definitions
            if one.text is not None
        }
        tables = [
            moved_table(one, moved.sheet(name, one.part))
            for one in self.book.tables
            for name in self.names[one.sheet]
        ]
        return Names(texts, tables)
