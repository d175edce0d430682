"""What the heads of all tables say after a filling: read from the values that it has written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from govdocs.xlsx.blocks.columns import ColumnPlaces
from govdocs.xlsx.following.heads import Head, read_heads
from govdocs.xlsx.following.moving import MovedBook
from govdocs.xlsx.grid.address import maybe_area
from govdocs.xlsx.reading.definitions import TablePart
from govdocs.xlsx.slots.kept_values import NOTHING
from govdocs.xlsx.writing.output_sheets import OutputSheet

if TYPE_CHECKING:
    from govdocs.xlsx.slots.kept_values import KeptColumn


def find_heads(
    tables: Iterable[TablePart], outputs: Sequence[OutputSheet], moved: MovedBook
) -> Mapping[str, Sequence[Head]]:
    """List the columns of every table, by the table's part."""
    by_sheet = {one.sheet.entry.name: one for one in reversed(outputs)}
    return {
        part.part: tuple(_heads(part, by_sheet[part.sheet], moved))
        for part in tables
        if part.sheet in by_sheet
    }


def _heads(part: TablePart, output: OutputSheet, moved: MovedBook) -> Iterable[Head]:
    sheet = moved.sheet(output.name, part.part)
    area = maybe_area(sheet.maybe_hull(str(part.table.area)) or "")
    if area is None:
        return ()
    axis = sheet.layout.columns
    origin: Callable[[int], int] = axis.template_line if axis.moves else int
    return read_heads(part, area, origin, _reader(output, ColumnPlaces(axis)))


def _reader(output: OutputSheet, places: ColumnPlaces) -> Callable[[int, int], str | None]:
    columns: Mapping[int, KeptColumn] = {}
    if output.state is not None:
        output.state.values.place(places.columns)
        columns = output.state.values.columns

    def text_at(row: int, column: int) -> str | None:
        value = columns[column].value(row) if column in columns else NOTHING
        if value is NOTHING:
            return None
        return value if isinstance(value, str) else ""

    return text_at
