"""Finding the cell of each figure in the tables of a file, by row and column label.

What is not found, or found twice, is said with the labels that come nearest and the neighbours
that were found. Nothing is taken for a figure's cell on a likeness only.
"""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govdocs.errors import Place, Problem
from govdocs.forms.figures import Block, Heading, Table
from govdocs.forms.grids import Area, Cell, Fingerprint, Grid, Spot, fingerprint, spread
from govdocs.forms.heads import Head, Index, claimed, find_heads, index_cells
from govdocs.forms.naming import short_label
from govdocs.forms.rows import Item, RowHeading, Rows, find_rows, list_strangers
from govdocs.forms.wordings import read_wording

if TYPE_CHECKING:
    from govdocs.forms.form import Form

NEAREST = 3
LEAST_LIKENESS = 0.4
MOST_LAYOUTS = 64
"""How many layouts a finder remembers."""


@dataclass(frozen=True, slots=True)
class Unfound:
    """A row or column of the form for which no cell, or more than one, was found.

    Attributes:
        code: ``form.label_missing``, ``form.label_twice``, ``form.label_unsure`` or
            ``form.cell_split``.
        label: the labels of the heading, outermost first.
        keys: the figures that have no cell for it.
        near: labels of the file that come nearest, with their spots.
        before: the heading before it, as far as it was found; ``after`` the one after it.
        spots: the labels or cells that could all be meant.
    """

    code: str
    label: tuple[str, ...]
    keys: tuple[str, ...]
    near: tuple[tuple[str, Spot], ...] = ()
    before: tuple[str, Spot] | None = None
    after: tuple[str, Spot] | None = None
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    """Where the figures of a form are in a file.

    Attributes:
        cells: key of a figure, within ``stats``, to the spot of its cell.
        labels: key of a figure to the spot of its row's label; of its column's where the row has
            none.
        unfound: what was not found.
        strangers: labels among the rows of the form that are none of its rows, with their spots.
    """

    cells: Mapping[str, Spot] = field(default_factory=dict)
    labels: Mapping[str, Spot] = field(default_factory=dict)
    unfound: tuple[Unfound, ...] = ()
    strangers: tuple[tuple[str, Spot], ...] = ()

    def problems(self, place_of: Callable[[Spot], Place]) -> list[Problem]:
        """Tell what was not found as problems; ``place_of`` says where a spot is in the file."""
        return [_problem(unfound, place_of) for unfound in self.unfound]


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
    indexes = [index_cells(area) for area in areas]
    parts = [_match_table(table, areas, indexes) for table in form.tables]
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


def _match_table(table: Table, areas: Sequence[Area], indexes: Sequence[Index]) -> Matches:
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
    strangers = [
        (cell.text, Spot(area, cell.row, cell.col))
        for area, cell in list_strangers(search.rows, areas, taken)
    ]
    return Matches(cells, labels, tuple(unfound), tuple(strangers))


def _rows_without_label(search: _Search) -> Iterator[RowHeading]:
    for row in search.rows.headings:
        if row.heading.key is not None and row.number not in search.rows.found:
            yield row


def _match_block(
    search: _Search, number: int, block: Block, cells: dict[str, Spot], labels: dict[str, Spot]
) -> Iterator[Unfound]:
    lost: dict[str, list[str]] = {}
    for column in block.columns:
        if column.key is None:
            continue
        for row_key, label, found in _cells_of_column(search, number, block, column):
            key = search.table.key_of(row_key, column.key)
            if found is None:
                lost.setdefault(column.key, []).append(key)
            else:
                cells[key] = found
                labels[key] = label
    for column in block.columns:
        if column.key in lost:
            yield _unfound_column(search, number, column, tuple(lost[column.key]))


def _cells_of_column(
    search: _Search, number: int, block: Block, column: Heading
) -> Iterator[tuple[str, Spot, Spot | None]]:
    """Go through the rows of a block: the row's key, its label, the cell in ``column``."""
    key = str(column.key)
    for row in search.rows.headings:
        if row.block == number and row.heading.key is not None and row.number in search.rows.found:
            area, cell = search.rows.found[row.number]
            found = _cell_beside(search, number, key, search.areas[area], cell)
            yield row.heading.key, Spot(area, cell.row, cell.col), found
    for bare in block.rows:
        if not bare.label and bare.key is not None:
            label, under = _cell_below(search, number, key)
            yield bare.key, label, under


def _cell_beside(search: _Search, number: int, key: str, area: Area, label: Cell) -> Spot | None:
    col = _column_at(search, number, key, area, label)
    if col is None:
        return None
    cell = area.places.get((label.row, col))
    if cell is None or cell == label or (area.number, cell) in search.taken:
        return None
    return area.spot(cell)


def _column_at(search: _Search, number: int, key: str, area: Area, label: Cell) -> int | None:
    """Tell the column for ``key`` in a row: of the nearest head above it, over pages too."""
    for head in reversed(search.heads[number]):
        is_above = (head.area.number, head.bottom) < (area.number, label.row)
        if is_above and key in head.cells and _goes_on(head, area):
            return head.cells[key].col
    if sum(column.key is not None for column in search.table.blocks[number].columns) == 1:
        return _only_column(search, area)
    return None


def _goes_on(head: Head, area: Area) -> bool:
    """Tell whether an area can be the continuation of the one in which a head stands."""
    return head.area.number == area.number or head.area.width == area.width


def _only_column(search: _Search, area: Area) -> int | None:
    """Find the one column right of the labels of an area in which no words stand."""
    found = [cell for number, cell in search.rows.found.values() if number == area.number]
    first = max((cell.col + cell.colspan for cell in found), default=0)
    wordy = {cell.col for cell in area.labels}
    free = [col for col in range(first, area.width + 1) if col not in wordy]
    return free[0] if len(free) == 1 else None


def _cell_below(search: _Search, number: int, key: str) -> tuple[Spot, Spot | None]:
    """Find the cell under the label of a column, for the row that has no label of its own."""
    heads = [head for head in search.heads[number] if key in head.cells]
    if len(heads) != 1:
        return Spot(0, 0, 0), None
    head, cell = heads[0], heads[0].cells[key]
    under = head.area.places.get((head.bottom + 1, cell.col))
    label = head.area.spot(cell)
    if under is None or (head.area.number, under) in search.taken:
        return label, None
    return label, head.area.spot(under)


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
        _nearest(row.heading, _free_labels(search)),
        _neighbour(search, range(row.number - 1, -1, -1)),
        _neighbour(search, range(row.number + 1, len(search.rows.headings))),
        tuple(Spot(area, cell.row, cell.col) for area, cell in several),
    )


def _neighbour(search: _Search, numbers: Iterable[int]) -> tuple[str, Spot] | None:
    for number in numbers:
        if number in search.rows.found:
            area, cell = search.rows.found[number]
            label = search.rows.headings[number].heading.label
            return label, Spot(area, cell.row, cell.col)
    return None


def _free_labels(search: _Search) -> list[Item]:
    used = set(search.rows.found.values()) | search.taken
    return [
        (area.number, cell)
        for area in search.areas
        for cell in area.labels
        if (area.number, cell) not in used
    ]


def _nearest(heading: Heading, free: Iterable[Item]) -> tuple[tuple[str, Spot], ...]:
    wanted = read_wording(heading.label).whole
    by_text = {read_wording(item[1].text).whole: item for item in free}
    near = difflib.get_close_matches(wanted, by_text, NEAREST, LEAST_LIKENESS)
    found = [by_text[text] for text in near]
    return tuple((cell.text, Spot(area, cell.row, cell.col)) for area, cell in found)


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
        _nearest(column, _free_labels(search)),
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


def _problem(unfound: Unfound, place_of: Callable[[Spot], Place]) -> Problem:
    near = [text for text, _ in unfound.near]
    known = [one for one in (unfound.before, unfound.after) if one is not None]
    spots = unfound.spots or tuple(spot for _, spot in (*known, *unfound.near))
    none = "—"
    fields = {
        "label": "＞".join(unfound.label),
        "keys": [f"stats.{key}" for key in unfound.keys[:NEAREST]],
        "count": len(unfound.keys),
        "near": [" ".join(text.split()) for text in near] or none,
        "before": short_label(unfound.before[0]) if unfound.before else none,
        "after": short_label(unfound.after[0]) if unfound.after else none,
    }
    return Problem(unfound.code, tuple(place_of(spot) for spot in spots), fields)
