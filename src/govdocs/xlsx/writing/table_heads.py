"""What the heads of all tables say after a filling: read from the values that it has written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from govdocs.errors import Place, Problem
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
) -> Mapping[tuple[str, str], Sequence[Head]]:
    """List the columns of every table, by the table's part and its output sheet."""
    return {
        (part.part, output.name): tuple(_heads(part, output, moved))
        for part in tables
        for output in outputs
        if output.sheet.entry.name == part.sheet
    }


def find_differing(
    tables: Iterable[TablePart], heads: Mapping[tuple[str, str], Sequence[Head]]
) -> Iterator[Problem]:
    """Tell of tables whose copies have heads that differ: one formula could not name them all."""
    for part in tables:
        said = {tuple(one.name for one in own) for key, own in heads.items() if key[0] == part.part}
        if len(said) > 1:
            place = Place(part=part.part, spot=(("cell", f"{part.sheet}!{part.table.area}"),))
            yield Problem("xlsx.table_heads_differ", (place,), {"table": part.table.name})


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
