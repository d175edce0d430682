"""Write the source of a sheet whose tags were found: the second step of compiling it.

Nothing is found here, and nothing is refused.
"""

from collections.abc import Sequence

from govdocs.language import (
    Program,
    Source,
)
from govdocs.xlsx.compiling.compiled import CompiledSheet
from govdocs.xlsx.compiling.floors import find_floors
from govdocs.xlsx.compiling.row_looks import take_looks
from govdocs.xlsx.compiling.sheet_compiler import SheetCompiler
from govdocs.xlsx.compiling.sheet_source import SheetPlan, SheetSource
from govdocs.xlsx.compiling.staleness import SheetFacts, Staleness
from govdocs.xlsx.compiling.table_cells import let_know
from govdocs.xlsx.following.formulas import FormulaMarkup, spread, take_formula
from govdocs.xlsx.following.frame import Piece
from govdocs.xlsx.grid.cellvalues import Value
from govdocs.xlsx.reading.measures import read_measures
from govdocs.xlsx.reading.stream import cut_spans
from govdocs.xlsx.xml.markup import Element
from govdocs.xlsx.xml.tokens import write_token

Values = dict[tuple[int, int], Value] | None


def write_sheet(
    compiler: SheetCompiler,
    facts: SheetFacts,
    staleness: Staleness,
    *,
    moves: bool,
    values: Values,
) -> CompiledSheet:
    """Write the source of a sheet.

    Args:
        compiler: that has found its tags.
        facts: of this sheet.
        staleness: of the whole workbook.
        moves: whether anything in the workbook may move.
        values: of the cells that stale formulas read.
    """
    return _SheetWriter(compiler, facts, staleness, moves).write(values)


class _SheetWriter:
    def __init__(
        self, compiler: SheetCompiler, facts: SheetFacts, staleness: Staleness, moves: bool
    ) -> None:
        self.compiler, self.facts, self.moves = compiler, facts, moves
        self.name = compiler.entry.name
        self.staleness = staleness
        self.stale = frozenset(staleness.stale.get(self.name, ()))
        self.loose = set(range(len(facts.formulas))) if moves else set(self.stale)
        self.frame = compiler.frame

    def write(self, values: Values) -> CompiledSheet:
        compiler, reading = self.compiler, self.compiler.reading
        compiler.take_inner_rows()
        if compiler.columns:
            compiler.tagging.let_columns_move()
        plan = self._plan()
        program, text = self._rendered(plan)
        return CompiledSheet(
            compiler.entry,
            program,
            text,
            tuple(self.facts.formulas),
            tuple(self.facts.texts),
            self._markups(),
            self.stale,
            tuple(plan.stretches),
            self.frame,
            compiler.moves,
            max(reading.numbers, default=0),
            frozenset(compiler.tagging.cells),
            values,
            compiler.data,
            self.moves,
            frozenset(reading.hidden),
            read_measures(self.frame.root, reading.numbers, reading.heights),
            spread(self.facts.formulas),
            beside=tuple(take_looks(one, compiler.rows) for one in compiler.beside),
            last_column=compiler.last_column,
            is_item=compiler.item is not None,
            bound=compiler.bound,
            links=compiler.links,
            pivots=self.staleness.pivots,
            floors=frozenset(one.table for one in plan.floors.values()),
        )

    def _rendered(self, plan: SheetPlan) -> tuple[Program | None, str | None]:
        """Make what renders the sheet: a program, or where it holds no tags its text, if any."""
        compiler = self.compiler
        texts = compiler.texts.holes or compiler.bound
        has_tags = bool(compiler.tagging.cells or texts or compiler.item)
        if not (has_tags or self.loose or (self.moves and any(self.frame.holders))):
            return None, None
        source = self._source(plan)
        if not has_tags:
            return None, str(source)
        return Program(compiler.environment, compiler.entry.part, source), None

    def _plan(self) -> SheetPlan:
        compiler = self.compiler
        at = spread(self.facts.formulas)
        watched = self.staleness.watched_on(self.name)
        let_know(compiler.tagging.cells, watched)
        return SheetPlan(
            compiler.reading,
            compiler.rows,
            compiler.tagging.cells,
            compiler.lifting.steps if compiler.lifting else (),
            compiler.rooms,
            compiler.vanished,
            {place: number for place, number in at.items() if number in self.loose},
            compiler.columns or None,
            compiler.beside,
            compiler.bound,
            frozenset(
                place
                for place, one in compiler.tagging.cells.items()
                if one.is_text or place in watched
            ),
            compiler.bytes_of,
            is_small=compiler.data is not None,
            floors=find_floors(self.name, compiler.tables, compiler.rooms, compiler.vanished),
        )

    def _source(self, plan: SheetPlan) -> Source:
        source, item = Source(), self.compiler.item
        if item is not None:
            item.open_sheet(source)
        number = self._write_frame(source, self.frame.before, 0)
        SheetSource(plan, source, self.compiler.shapes).write()
        self._write_frame(source, self.frame.after, number)
        if item is not None:
            item.close(source)
        return source

    def _write_frame(self, source: Source, pieces: Sequence[Piece], number: int) -> int:
        texts = self.compiler.texts
        for piece in pieces:
            if not isinstance(piece, Element):
                texts.write(source, *piece)
                continue
            is_rendered = bool(texts.holes_in(piece.start, piece.end))
            if not self.moves:
                texts.write(source, piece.start, piece.end)
            elif is_rendered:
                source.text(write_token("H", number))
                texts.write(source, piece.start, piece.end)
                source.text(write_token("E", number))
            else:
                source.text(write_token("P", number))
            number += 1
        return number

    def _markups(self) -> dict[int, FormulaMarkup]:
        wanted = sorted(self.loose)
        spans = [(self.facts.formulas[n].start, self.facts.formulas[n].end) for n in wanted]
        raws = cut_spans(self.compiler.chunks(), spans)
        return {number: take_formula(raw) for number, raw in zip(wanted, raws, strict=True)}
