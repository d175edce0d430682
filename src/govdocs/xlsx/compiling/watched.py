"""A set of areas of one sheet, asked for cells: many areas, most of them in a few columns.

Areas of the same columns are joined where they meet, so that 50,000 formulas of one shape are one
area. Nothing here knows why a cell is watched.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from govdocs.xlsx.grid.address import Area

Columns = tuple[int, int]
"""First and last column."""


class Watched:
    """Areas of one sheet."""

    __slots__ = ("_rows",)

    def __init__(self, areas: Iterable[Area] = ()) -> None:
        rows: dict[Columns, set[tuple[int, int]]] = {}
        for area in areas:
            own = rows.setdefault((area.first_column, area.last_column), set())
            own.add((area.first_row, area.last_row))
        self._rows = {columns: _joined(spans) for columns, spans in rows.items()}

    def __bool__(self) -> bool:
        return bool(self._rows)

    def __contains__(self, cell: tuple[int, int]) -> bool:
        row, column = cell
        return any(
            first <= column <= last and _holds(starts, ends, row)
            for (first, last), (starts, ends) in self._rows.items()
        )

    def columns_of(self, row: int) -> Iterator[Columns]:
        """List which columns of a row are in the set."""
        for columns, (starts, ends) in self._rows.items():
            if _holds(starts, ends, row):
                yield columns


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Join stretches of rows that meet; give their starts and their ends."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans):
        if ends and start <= ends[-1] + 1:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def _holds(starts: list[int], ends: list[int], row: int) -> bool:
    index = bisect_right(starts, row) - 1
    return index >= 0 and row <= ends[index]
