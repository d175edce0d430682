"""Where everything has gone: the workbook after its sheets were rendered, before they are written.

Every holder of references asks here, and here the one reference engine is asked. Nothing in this
module knows what holds a reference.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from govdocs.errors import GovdocsError, Place, Problem
from govdocs.xlsx.following.heads import Head
from govdocs.xlsx.following.sizes import Sizes
from govdocs.xlsx.following.structured import TableColumns
from govdocs.xlsx.grid.address import Area, maybe_area
from govdocs.xlsx.grid.copying import shift_formula
from govdocs.xlsx.grid.formula import scan
from govdocs.xlsx.grid.references import Mapper, MovedFormula
from govdocs.xlsx.grid.rewriting import Reads
from govdocs.xlsx.grid.strips import SheetLayout
from govdocs.xlsx.reading.texts import read_fragment
from govdocs.xlsx.xml.markup import Element, root_tag

UNMOVED = SheetLayout()
ANCHORS = ("twoCellAnchor", "oneCellAnchor")
"""The elements of a drawing that hang an object over cells."""
LINKS = ("hlinkClick", "hlinkHover")
"""The links of a drawn object."""
WHOLE = "part"
"""Says that a whole part is meant."""
BoundKey = tuple[str, str, str, int]
"""A text on a row of a loop: the sheet of the output, the part (empty for the sheet's own), the
name of its element and its number among those of this name."""
_VANISHED = "reference.vanished"


def _is_one_area(text: str) -> bool:
    tokens = scan(text)
    return len(tokens) == 1 and tokens[0].ref is not None


@dataclass(frozen=True, slots=True)
class Drawn:
    """One copy of an object of a drawing that has a part of its own, as a chart has.

    Attributes:
        sheet: of the output.
        drawing: the drawing's part, of the template.
        rel_id: of the relationship that leads from there to the object's part.
        number: of the copy, from 0; -1 where there is none.
        area: the cells of the template that it stands on; ``copy`` those of the output.
        mark: stands in the copy's markup for the id of the relationship that it is given.
        target: of a link of the object, which is all that this is then.
    """

    sheet: str
    drawing: str
    rel_id: str
    number: int
    area: Area
    copy: Area
    mark: str = ""
    target: str = ""


@dataclass(slots=True)
class MovedBook:
    """The workbook after the rendering.

    Attributes:
        layouts: what moved, by the name of the output sheet.
        names: template sheet -> the names it came out under, in the order of the tabs.
        problems: what could not follow; told with all other faults.
        notes: what the caller should know.
        heads: the columns of tables, by the table's part and its output sheet; ``columns`` what
            they are called.
        drawn: the objects of drawings that have parts of their own.
        bound: what texts on the rows of loops say in each pass, by the cell of the output.
        sizes: of the rows and columns of sheets in which they move.
        tables: what tables on sheets that came out several times are called there.
        table_ids: the ids of their copies, by their new names.
    """

    layouts: Mapping[str, SheetLayout]
    names: Mapping[str, Sequence[str]]
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    heads: Mapping[tuple[str, str], Sequence[Head]] = field(default_factory=dict)
    columns: TableColumns = field(default_factory=TableColumns)
    drawn: list[Drawn] = field(default_factory=list)
    bound: Mapping[BoundKey, Mapping[tuple[int, int], str]] = field(default_factory=dict)
    sizes: Mapping[str, Sizes] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    table_ids: Mapping[str, int] = field(default_factory=dict)
    mapper: Mapper = field(init=False)

    def __post_init__(self) -> None:
        self.mapper = Mapper(self.layouts, self.names, self.tables)

    @property
    def moves(self) -> bool:
        """Whether any reference may have to change."""
        return any(one.moves for one in self.layouts.values()) or any(
            list(outputs) != [template] for template, outputs in self.names.items()
        )

    def outputs(self, template: str) -> Sequence[str]:
        """List the names under which a sheet of the template came out."""
        return self.names.get(template, [template])

    def table_name(self, table: str, sheet: str) -> str:
        """Tell what a table of the template is called on an output sheet."""
        return self.tables.get(table, {}).get(sheet, table)

    def sheet(self, name: str, part: str) -> "MovedSheet":
        """Look at one output sheet, whose part is ``part``."""
        return MovedSheet(self, name, part, self.layouts.get(name, UNMOVED))

    def formula(
        self,
        text: str,
        place: Place,
        *,
        reads: Reads = "value",
        sheet: str | None = None,
        seat: "Drawn | None" = None,
    ) -> str:
        """Rewrite a formula that stands in no cell: a defined name, a chart's series.

        An area whose rows have all vanished becomes ``#REF!``, as when they are deleted by hand,
        and is noted.
        """
        text = self.columns.follow(text)
        cell = (seat.copy.first_row, seat.copy.first_column) if seat else None
        within = seat.area if seat else None
        try:
            return self.mapper.map_formula(
                text, sheet, cell, reads=reads, place=place, within=within
            )
        except GovdocsError as error:
            return "#REF!" if self.takes_leave(text, place, error) else text

    def takes_leave(self, text: str, place: Place, error: GovdocsError) -> bool:
        """Tell whether a formula cannot follow only because it is an area that has vanished.

        That is noted; anything else is a problem.
        """
        if _is_one_area(text) and all(one.code == _VANISHED for one in error.problems):
            fields = {"reference": text}
            self.notes.append(Problem("xlsx.area_vanished", (place,), fields, "warning"))
            return True
        self.problems += error.problems
        return False


@dataclass(frozen=True, slots=True)
class MovedSheet:
    """One output sheet.

    Attributes:
        name: of the output sheet.
        part: the part that it is written to, for problems.
    """

    book: MovedBook
    name: str
    part: str
    layout: SheetLayout

    def rendered(
        self, element: Element, name: str, number: int, copy: Area | None, *, own: bool = False
    ) -> Element:
        """Give an element as it was rendered for its copy in the output; or as it is.

        Args:
            element: of the template.
            name: what elements are counted with it.
            number: which of them it is.
            copy: the cells of the output on which it stands.
            own: whether it stands in the sheet's own part.
        """
        said = self.book.bound.get((self.name, "" if own else self.part, name, number))
        cell = (copy.first_row, copy.first_column) if copy else None
        markup = said.get(cell) if said and cell else None
        if markup is None:
            return element
        return read_fragment(root_tag(element.data), markup.encode(), Place(part=self.part))

    def place(self, reference: str) -> Place:
        """Make the place of a cell or an area of the template."""
        return Place(part=self.part, spot=(("cell", f"{self.name}!{reference}"),))

    def copies(self, reference: str) -> Iterator[str]:
        """List the copies of an object that stands on ``reference``."""
        return self.book.mapper.copies(reference, self.name)

    def is_cut(self, reference: str) -> bool:
        """Tell whether an object lies over tables side by side whose rows went different ways."""
        return self.book.mapper.is_cut(reference, self.name)

    def maybe_hull(self, reference: str) -> str | None:
        """Give the one rectangle from the first to the last copy."""
        return self.book.mapper.maybe_hull(reference, self.name)

    def sqref(self, text: str) -> str:
        """Rewrite a list of areas; it may come out empty."""
        return self.book.mapper.map_sqref(text, self.name)

    def cell(self, reference: str) -> str:
        """Give where a single cell begins now; for one that has vanished, what followed it."""
        area = maybe_area(reference)
        if area is None:
            return reference
        row, column = self.boundary(area.first_row, area.first_column)
        return str(Area(row, column, row, column))

    def boundary(self, row: int, column: int) -> tuple[int, int]:
        """Give where a template row and column begin now."""
        return self.book.mapper.boundary(self.name, row=row, column=column)

    def prepare(
        self, text: str, place: Place, *, reads: Reads = "value", cell: tuple[int, int] = (0, 0)
    ) -> MovedFormula:
        """Prepare a formula that may stand in many copies; ``cell`` is the template's."""
        text = self.book.columns.follow(text, (self.name, *cell))
        return self.book.mapper.formula(text, self.name, reads=reads, place=place)

    def formula(
        self,
        text: str,
        place: Place,
        *,
        reads: Reads = "value",
        origin: Area | None = None,
        cell: tuple[int, int] = (0, 0),
    ) -> str:
        """Rewrite a formula of this sheet, seen from outside of all loops or from ``origin``."""
        return self.maybe_formula(text, place, reads=reads, origin=origin, cell=cell) or "#REF!"

    def maybe_formula(
        self,
        text: str,
        place: Place,
        *,
        reads: Reads = "value",
        origin: Area | None = None,
        cell: tuple[int, int] = (0, 0),
    ) -> str | None:
        """Rewrite a formula; None where it is an area, and the area has vanished.

        Args:
            text: of the template.
            place: for problems.
            reads: what the formula is read as.
            origin: the output cell from which it is seen; None looks from outside of all loops.
            cell: of the template in which it stands, if it stands in one.
        """
        text = self.book.columns.follow(text, (self.name, *cell))
        seen = (origin.first_row, origin.first_column) if origin else None
        try:
            return self.book.mapper.map_formula(text, self.name, seen, reads=reads, place=place)
        except GovdocsError as error:
            return None if self.book.takes_leave(text, place, error) else text

    def relative(
        self, text: str, base: tuple[int, int], area: Area, place: Place, reads: Reads
    ) -> str | None:
        """Rewrite a formula of a rule for one of its output areas, as it reads in its first cell.

        Args:
            text: the formula of the template.
            base: the template cell for which it is written.
            area: of the output.
            place: for problems.
            reads: what the formula is read as.
        """
        row, column = self.layout.template_cell(area.first_row, area.first_column)
        down, right = row - base[0], column - base[1]
        own = shift_formula(text, down, right, wrap=True)
        read: Reads = "rule" if reads == "value" else reads
        return self.maybe_formula(own, place, reads=read, origin=area)
