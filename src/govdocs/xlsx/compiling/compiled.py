"""What is left of a sheet once it is compiled: all that filling needs, never changed by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from govdocs.language import Program
from govdocs.xlsx.compiling.bound_texts import BoundText
from govdocs.xlsx.compiling.row_looks import RowLooks
from govdocs.xlsx.compiling.sheet_source import Stretch
from govdocs.xlsx.following.formulas import FormulaMarkup
from govdocs.xlsx.following.frame import Frame
from govdocs.xlsx.grid.calc import FormulaCell as Formula
from govdocs.xlsx.grid.calc import formula_cell
from govdocs.xlsx.grid.cellvalues import Value
from govdocs.xlsx.reading.measures import Measures
from govdocs.xlsx.reading.stream import FormulaCell
from govdocs.xlsx.reading.workbook import SheetEntry
from govdocs.xlsx.xml.markup import Element


@dataclass(frozen=True, slots=True)
class CompiledSheet:
    """A sheet, compiled.

    Attributes:
        program: renders its whole part but for tokens; None where it holds no tags.
        text: the same for a sheet without tags; None where it never has to be written.
        formulas: all of them, in order; ``texts`` what they say, shared ones written out.
        markups: of the formulas that may have to be written anew, by number.
        stale: the numbers of the formulas whose cached value no longer holds.
        stretches: rows that are copied from the part.
        holders: the pieces around the rows that hold references.
        moves: whether rows may come out elsewhere than they stand.
        last_row: the number of its last row.
        tagged: the cells that are written anew, by row and column.
        values: of the cells that stale formulas read, but for those that hold tags or formulas;
            None where there were too many.
        data: the part in UTF-8 where it is small; None where it has to be streamed.
        holders_move: whether the pieces around the rows are written anew.
        hidden: the rows that are not shown.
        last_column: the number of its last column; 0 where columns cannot move.
        is_item: whether it comes out once for each item.
        pivots: the pivot tables whose results no longer hold.
        floors: the tables that have a blank row where there would be none.
        measures: how wide its columns and how high its rows are.
        beside: the looks of the rows in which tables stand side by side.
        bound: texts in other parts that are rendered with its rows, as slots number them.
        links: the ids of relationships whose targets are.
    """

    entry: SheetEntry
    program: Program | None
    text: str | None
    formulas: tuple[FormulaCell, ...]
    texts: tuple[str, ...]
    markups: dict[int, FormulaMarkup]
    stale: frozenset[int]
    stretches: tuple[Stretch, ...]
    frame: Frame
    moves: bool
    last_row: int
    tagged: frozenset[tuple[int, int]]
    values: Mapping[tuple[int, int], Value] | None
    data: bytes | None
    holders_move: bool
    hidden: frozenset[int]
    measures: Measures
    formula_at: Mapping[tuple[int, int], int] = field(default_factory=dict)
    known: dict[int, Formula] = field(default_factory=dict)
    is_item: bool = False
    last_column: int = 0
    pivots: frozenset[str] = frozenset()
    floors: frozenset[str] = frozenset()
    beside: tuple[RowLooks, ...] = ()
    bound: tuple[BoundText, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether its program renders the part to the end, without tokens."""
        return not (self.markups or self.stretches or self.holders_move or self.beside)

    @property
    def holders(self) -> tuple[Element, ...]:
        """The pieces around the rows that hold references, as tokens number them."""
        return tuple(self.frame.holders)

    def unmoved_formula(self, number: int) -> Formula:
        """Give a formula as the calculator wants it where nothing has moved; kept for later."""
        found = self.known.get(number)
        if found is None:
            found = self.known.setdefault(number, formula_cell(self.texts[number]))
        return found
