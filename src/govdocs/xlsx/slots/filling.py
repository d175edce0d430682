"""One filling of a workbook: what its slots write down while they write cells.

Made anew for each filling and never shared between threads. Nothing here is compiled.
"""

from dataclasses import dataclass, field

from govdocs.errors import Place, Problem
from govdocs.language import Rendering, current
from govdocs.opc import Draft
from govdocs.values.rich import Piece
from govdocs.xlsx.blocks.columns import ColumnState, Path
from govdocs.xlsx.grid.layout import ROW_LIMIT, Layout
from govdocs.xlsx.reading.styles import StyleUse
from govdocs.xlsx.slots.kept_values import KeptValues
from govdocs.xlsx.slots.pictures import CellPicture


@dataclass(frozen=True, slots=True)
class CellLink:
    """A link that a cell is.

    Attributes:
        row: of the output.
        column: of the template.
        path: which pass of each block of columns the cell stands in.
        url: the address; ``#name`` is a name or a cell of the workbook.
    """

    row: int
    column: int
    path: Path
    url: str


@dataclass(slots=True)
class Filling:
    """The outcome of one filling.

    Attributes:
        draft: the package with its new parts; not to be written if there are problems.
        styles: the formats that were appended.
        date1904: whether the workbook counts its days from 1904.
        renderings: one for each part that holds tags, with its faults.
        notes: what was done that the caller should know.
        names: sheets that were given another name: old -> new.
        nulls: cells that were noted to be empty because their value is.
        swaps: pictures that take the place of the template's own.
        items: for each part of a sheet that stands for items, their names and states.
    """

    draft: Draft
    styles: StyleUse
    date1904: bool = False
    renderings: list[Rendering] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    nulls: set[Place] = field(default_factory=set)
    swaps: list[CellPicture] = field(default_factory=list)
    items: "dict[str, list[tuple[str, PartState]]]" = field(default_factory=dict)


@dataclass(slots=True)
class PartState:
    """What the slots of one part find in ``Rendering.engine``.

    Attributes:
        filling: of the workbook.
        rows: where the rows of this sheet come out.
        is_marked: whether the text being gathered shows that something is missing.
        columns: the same for its columns.
        formulas: those that were rendered, by number, row and passes of blocks of columns.
        values: of the cells that formulas read.
        printed: the values that the cell being written has printed, where its type hangs on them.
        pictures: that cells have printed.
        blank_rows: the rows that were left in tables without any other.
        pieces: the rich values that stand amid the text being gathered.
        links: of cells that are one.
        bound: what texts in other parts say, by number, row and passes of blocks of columns.
    """

    filling: Filling
    rows: Layout = field(default_factory=lambda: Layout(ROW_LIMIT))
    columns: ColumnState = field(default_factory=ColumnState)
    formulas: dict[tuple[int, int, Path], str] = field(default_factory=dict)
    values: KeptValues = field(default_factory=KeptValues)
    is_marked: bool = False
    printed: list[object] = field(default_factory=list)
    blank_rows: set[int] = field(default_factory=set)
    pictures: list[CellPicture] = field(default_factory=list)
    pieces: list[list[Piece]] = field(default_factory=list)
    links: list[CellLink] = field(default_factory=list)
    bound: dict[tuple[int, int, Path], str] = field(default_factory=dict)


def present() -> PartState:
    """Return the state of the part that is being rendered.

    Raises:
        LookupError: outside of a filling, so that nothing is worked out at compiling time.
    """
    state = current()
    if state is None:
        raise LookupError
    return state.engine  # type: ignore[no-any-return]  # what this engine puts there
