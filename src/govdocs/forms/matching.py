"""Finding the cell of each figure in the tables of a file, by row and column label.

What is not found, or found twice, is said with the labels that come nearest and the neighbours
that were found. Nothing is taken for a figure's cell on a likeness only.
"""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govdocs.forms.figures import Block, Heading, Table
from govdocs.forms.grids import (
    Area,
    Cell,
    Fingerprint,
    Grid,
    Spot,
    cut_in_bands,
    fingerprint,
    spread,
)
from govdocs.forms.heads import Head, claimed, find_cells, find_heads, index_cells
from govdocs.forms.matches import Matches, Unfound
from govdocs.forms.rows import Item, RowHeading, Rows, find_rows, list_strangers
from govdocs.forms.wordings import read_wording

if TYPE_CHECKING:
    from govdocs.forms.form import Form

NEAREST = 3
LEAST_LIKENESS = 0.4
MOST_LAYOUTS = 64
"""How many layouts a finder remembers."""


@dataclass(frozen=True, slots=True)
class LabelFinder:
    """Finds the figures of one form in many files; files of one layout are searched once."""

    form: "Form"
    layouts: dict[Fingerprint, Matches] = field(default_factory=dict, repr=False, compare=False)

    def find(self, grids: Sequence[Grid]) -> Matches:
        """Find the figures in the tables of one file, given in reading order."""
        layout = fingerprint(grids)
        matches = self.layouts.get(layout)
        if matches is None:
            matches = match_labels(self.form, grids)
            if len(self.layouts) < MOST_LAYOUTS:
                self.layouts[layout] = matches
        return matches


def match_labels(form: "Form", grids: Sequence[Grid]) -> Matches:
    """Find the cell of each figure of a form in the tables of a file.

    Args:
        form: the form.
        grids: the tables in reading order; one table of the form may go over several of them.
    """
    areas = [spread(number, grid) for number, grid in enumerate(grids)]
    parts = [_match_table(table, areas) for table in form.tables]
    cells = {key: spot for part in parts for key, spot in part.cells.items()}
    cells, shared = _drop_shared(cells)
    return Matches(
        cells=cells,
        labels={key: spot for part in parts for key, spot in part.labels.items()},
        unfound=(*(one for part in parts for one in part.unfound), *shared),
        strangers=tuple(dict.fromkeys(one for part in parts for one in part.strangers)),
    )


def _drop_shared(cells: dict[str, Spot]) -> tuple[dict[str, Spot], list[Unfound]]:
    """Take back the cells that two figures claim."""
    by_spot: dict[Spot, list[str]] = {}
    for key, spot in cells.items():
        by_spot.setdefault(spot, []).append(key)
    shared = {spot: keys for spot, keys in by_spot.items() if len(keys) > 1}
    kept = {key: spot for key, spot in cells.items() if spot not in shared}
    said = [
        Unfound("form.cell_shared", (), tuple(keys), spots=(spot,)) for spot, keys in shared.items()
    ]
    return kept, said


# One table


@dataclass(frozen=True, slots=True)
class _Search:
    """Everything that is known of one table while its figures are looked for."""

    table: Table
    areas: Sequence[Area]
    heads: Sequence[Sequence[Head]]
    rows: Rows
    taken: set[Item]


def _match_table(table: Table, areas: Sequence[Area]) -> Matches:
    """Match a table; where something is not found, look at its areas in other ways too."""
    best = _match_areas(table, areas)
    for other in _other_ways(table, areas) if best.unfound else ():
        matches = _match_areas(table, other)
        if len(matches.cells) > len(best.cells):
            best = matches
    return best


def _other_ways(table: Table, areas: Sequence[Area]) -> Iterator[Sequence[Area]]:
    """Go through other ways to see the areas: as halves side by side, and without guides.

    A sheet of explanations repeats the labels, and has no head with the columns of figures.
    """
    cuts = {area.number: ends for area in areas if len(ends := _find_bands(table, area)) > 1}
    if cuts:
        yield cut_in_bands(areas, cuts)
    headed = [area for area in areas if _has_head(table, area)]
    if 0 < len(headed) < len(areas):
        yield cut_in_bands(headed, {})


def _has_head(table: Table, area: Area) -> bool:
    index = index_cells(area)
    return any(find_heads(block, area, index) for block in table.blocks)


def _find_bands(table: Table, area: Area) -> list[int]:
    """Find the columns under a label that stands several times in one row: 统计数 … 统计数."""
    index = index_cells(area)
    for block in table.blocks:
        leaves = [column for column in block.columns if column.key is not None]
        rows: dict[int, list[int]] = {}
        for cell in find_cells(leaves[0], index) if len(leaves) == 1 else ():
            rows.setdefault(cell.row, []).append(cell.col + cell.colspan - 1)
        for ends in rows.values():
            if len(ends) > 1:
                return sorted(ends)
    return []


def _match_areas(table: Table, areas: Sequence[Area]) -> Matches:
    indexes = [index_cells(area) for area in areas]
    heads = [
        [
            head
            for area, index in zip(areas, indexes, strict=True)
            for head in find_heads(block, area, index)
        ]
        for block in table.blocks
    ]
    taken = claimed(head for several in heads for head in several)
    search = _Search(table, areas, heads, find_rows(table, areas, indexes, taken), taken)
    unfound = [_unfound_row(search, row) for row in _rows_without_label(search)]
    cells: dict[str, Spot] = {}
    labels: dict[str, Spot] = {}
    for number, block in enumerate(table.blocks):
        unfound += _match_block(search, number, block, cells, labels)
    return Matches(cells, labels, tuple(unfound), tuple(_strangers(search)))


def _strangers(search: _Search) -> Iterator[tuple[str, Spot]]:
    known = {search.table.row_head, search.table.unit_head}
    for area, cell in list_strangers(search.rows, search.areas, search.taken):
        if cell.text not in known:
            yield cell.text, search.areas[area].spot(cell)


def _rows_without_label(search: _Search) -> Iterator[RowHeading]:
    for row in search.rows.headings:
        if row.heading.key is not None and row.number not in search.rows.found:
            yield row


def _match_block(
    search: _Search, number: int, block: Block, cells: dict[str, Spot], labels: dict[str, Spot]
) -> Iterator[Unfound]:
    lost: dict[str, list[str]] = {}
    for place in _places_of_block(search, number, block):
        if len(place.cells) == 1:
            cells[place.key] = place.cells[0]
            labels[place.key] = place.label
        elif place.cells:
            yield Unfound("form.cell_split", place.path, (place.key,), spots=place.cells)
        else:
            lost.setdefault(place.column, []).append(place.key)
    for column in block.columns:
        if column.key in lost:
            yield _unfound_column(search, number, column, tuple(lost[column.key]))


@dataclass(frozen=True, slots=True)
class _Place:
    """What was found for one figure: one cell, none, or several that cannot be told apart."""

    key: str
    path: tuple[str, ...]
    column: str
    label: Spot
    cells: tuple[Spot, ...]


def _places_of_block(search: _Search, number: int, block: Block) -> Iterator[_Place]:
    columns = [column for column in block.columns if column.key is not None]
    for row in search.rows.headings:
        if row.block == number and row.heading.key is not None and row.number in search.rows.found:
            order, cell = search.rows.found[row.number]
            area = search.areas[order]
            for column in columns:
                found = _cells_beside(search, number, str(column.key), area, cell)
                yield _place(search, row.heading, column, area.spot(cell), found)
    for bare in block.rows:
        if not bare.label and bare.key is not None:
            for column in columns:
                label, under = _cell_below(search, number, str(column.key))
                yield _place(search, bare, column, label, under)


def _place(
    search: _Search, row: Heading, column: Heading, label: Spot, found: Iterable[Spot]
) -> _Place:
    key = search.table.key_of(str(row.key), str(column.key))
    return _Place(key, (*row.path, *column.path), str(column.key), label, tuple(found))


def _cells_beside(
    search: _Search, number: int, key: str, area: Area, label: Cell
) -> tuple[Spot, ...]:
    """Find the cells where the rows of a label meet a column; one, if the table is plain."""
    columns = _columns_at(search, number, key, area, label)
    rows = range(label.row, label.row + label.rowspan)
    cells = _cells_in(area, rows, columns)
    if len(cells) > 1:
        cells = _cells_in(area, _rows_with_words(area, rows, label, columns), columns)
    taken = {cell for cell in cells if cell == label or (area.number, cell) in search.taken}
    return () if taken else tuple(area.spot(cell) for cell in cells)


def _cells_in(area: Area, rows: Iterable[int], columns: Sequence[int]) -> list[Cell]:
    found = (area.places.get((row, col)) for row in rows for col in columns)
    return list(dict.fromkeys(cell for cell in found if cell is not None))


def _rows_with_words(
    area: Area, rows: Iterable[int], label: Cell, columns: Sequence[int]
) -> list[int]:
    """Choose, for a label over several rows, those in which a unit or another word stands."""
    beside = {
        cell.row
        for cell in area.labels
        if cell.col not in columns and cell.col >= label.col + label.colspan
    }
    listed = list(rows)
    return [row for row in listed if row in beside] or listed


def _columns_at(search: _Search, number: int, key: str, area: Area, label: Cell) -> Sequence[int]:
    """Tell the columns for ``key`` in a row: of the nearest head above it, over pages too."""
    row = (area.number, label.row)
    begin = _begin_of_block(search, number, row)
    for head in reversed(search.heads[number]):
        is_above = begin < (head.area.number, head.bottom) < row
        if is_above and key in head.cells and _goes_on(head, area):
            cell = head.cells[key]
            return range(cell.col, cell.col + cell.colspan)
    has_one = len(search.table.blocks) == 1 and len(list(search.table.columns())) == 1
    return _only_column(search, area) if has_one else ()


def _begin_of_block(search: _Search, number: int, row: tuple[int, int]) -> tuple[int, int]:
    """Tell the last row of another block above ``row``: heads before it are not this block's."""
    others = (
        (area, cell.row)
        for at, (area, cell) in search.rows.found.items()
        if search.rows.headings[at].block != number
    )
    return max((other for other in others if other < row), default=(-1, -1))


def _goes_on(head: Head, area: Area) -> bool:
    """Tell whether an area can be the continuation of the one in which a head stands."""
    return head.area.number == area.number or head.area.width == area.width


def _only_column(search: _Search, area: Area) -> Sequence[int]:
    """Find the one column right of the labels of an area in which no words stand."""
    found = [cell for number, cell in search.rows.found.values() if number == area.number]
    first = max((cell.col + cell.colspan for cell in found), default=0)
    wordy = {cell.col for cell in area.labels}
    free = [col for col in range(first, area.width + 1) if col not in wordy]
    return free if len(free) == 1 else ()


def _cell_below(search: _Search, number: int, key: str) -> tuple[Spot, tuple[Spot, ...]]:
    """Find the cell under the label of a column, for the row that has no label of its own."""
    heads = [head for head in search.heads[number] if key in head.cells]
    if len(heads) != 1:
        return Spot(0, 0, 0), ()
    head, cell = heads[0], heads[0].cells[key]
    columns = range(cell.col, cell.col + cell.colspan)
    under = _cells_in(head.area, [head.bottom + 1], columns)
    if any((head.area.number, one) in search.taken for one in under):
        under = []
    return head.area.spot(cell), tuple(head.area.spot(one) for one in under)


# What was not found


def _unfound_row(search: _Search, row: RowHeading) -> Unfound:
    several = search.rows.several.get(row.number, ())
    code = ("form.label_missing", "form.label_unsure", "form.label_twice")[min(len(several), 2)]
    block = search.table.blocks[row.block]
    columns = [column.key for column in block.columns if column.key is not None]
    return Unfound(
        code,
        row.heading.path,
        tuple(search.table.key_of(str(row.heading.key), column) for column in columns),
        _nearest(search, row.heading),
        _neighbour(search, range(row.number - 1, -1, -1)),
        _neighbour(search, range(row.number + 1, len(search.rows.headings))),
        tuple(search.areas[area].spot(cell) for area, cell in several),
    )


def _neighbour(search: _Search, numbers: Iterable[int]) -> tuple[str, Spot] | None:
    for number in numbers:
        if number in search.rows.found:
            area, cell = search.rows.found[number]
            label = search.rows.headings[number].heading.label
            return label, search.areas[area].spot(cell)
    return None


def _free_labels(search: _Search) -> list[Item]:
    used = set(search.rows.found.values()) | search.taken
    return [
        (area.number, cell)
        for area in search.areas
        for cell in area.labels
        if (area.number, cell) not in used
    ]


def _nearest(search: _Search, heading: Heading) -> tuple[tuple[str, Spot], ...]:
    wanted = read_wording(heading.label).whole
    by_text = {read_wording(item[1].text).whole: item for item in _free_labels(search)}
    near = difflib.get_close_matches(wanted, by_text, NEAREST, LEAST_LIKENESS)
    found = [by_text[text] for text in near]
    return tuple((cell.text, search.areas[area].spot(cell)) for area, cell in found)


def _unfound_column(
    search: _Search, number: int, column: Heading, keys: tuple[str, ...]
) -> Unfound:
    heads = search.heads[number]
    unsure = [
        head.area.spot(cell) for head in heads for cell in head.unsure.get(str(column.key), ())
    ]
    block = search.table.blocks[number]
    labels = [one for one in block.columns if one.key is not None]
    at = labels.index(column)
    return Unfound(
        "form.label_unsure" if unsure else "form.label_missing",
        column.path,
        keys,
        _nearest(search, column),
        _column_found(heads, reversed(labels[:at])),
        _column_found(heads, labels[at + 1 :]),
        tuple(unsure),
    )


def _column_found(heads: Iterable[Head], columns: Iterable[Heading]) -> tuple[str, Spot] | None:
    listed = list(heads)
    for column in columns:
        for head in listed:
            if str(column.key) in head.cells:
                return column.label, head.area.spot(head.cells[str(column.key)])
    return None
