"""The rows of a table: which row of a file belongs to which heading.

Rows of a form stand in a fixed order, and so do those of a file, with others put between them. The
longest run of labels that keeps the order is taken first; that tells apart the labels that a form
has several times. What is left over is found by its label alone, if that is plain. A label that
the form has under several heads is believed only under its own head.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from govdocs.forms.figures import Heading, Table
from govdocs.forms.grids import Area, Cell
from govdocs.forms.heads import Index, find_cells
from govdocs.forms.wordings import keys_of, read_wording

Item = tuple[int, Cell]
"""A label of a file: the number of its area and its cell."""


@dataclass(frozen=True, slots=True)
class RowHeading:
    """A row of the form in the run of all rows of its table; heads of blocks are rows too."""

    number: int
    block: int
    heading: Heading


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that were found.

    Attributes:
        headings: every row heading of the table, in order.
        found: number of the heading to its label.
        several: number of the heading to the labels that could all be meant.
    """

    headings: tuple[RowHeading, ...]
    found: dict[int, Item] = field(default_factory=dict)
    several: dict[int, tuple[Item, ...]] = field(default_factory=dict)


def list_headings(table: Table) -> tuple[RowHeading, ...]:
    """Write out the rows of a table in their order, with the heads of its blocks."""
    listed: list[RowHeading] = []
    for number, block in enumerate(table.blocks):
        if block.head:
            head = Heading(None, block.head, 0, (block.head,))
            listed.append(RowHeading(len(listed), number, head))
        for row in block.rows:
            if row.label:
                listed.append(RowHeading(len(listed), number, row))
    return tuple(listed)


def find_rows(
    table: Table, areas: Sequence[Area], indexes: Sequence[Index], taken: set[Item]
) -> Rows:
    """Find the rows of a table in the labels of all areas that no head has taken."""
    headings = list_headings(table)
    candidates = {
        heading.number: {
            (area.number, cell): like
            for area, index in zip(areas, indexes, strict=True)
            for cell, like in find_cells(heading.heading, index).items()
            if (area.number, cell) not in taken
        }
        for heading in headings
    }
    _add_broken(headings, candidates, areas, taken)
    rows = Rows(headings, _align(candidates))
    _add_unordered(rows, candidates)
    _disown(rows)
    _find_several(rows, candidates)
    return rows


def _add_broken(
    headings: Iterable[RowHeading],
    candidates: dict[int, dict[Item, int]],
    areas: Iterable[Area],
    taken: set[Item],
) -> None:
    """Look for labels that are broken over two or three rows, for headings without any other."""
    lost = [heading for heading in headings if not candidates[heading.number]]
    if not lost:
        return
    used = taken | {item for found in candidates.values() for item in found}
    for area in areas:
        index: dict[str, list[Cell]] = {}
        for cell in _joined_cells(area, used):
            for key in keys_of(read_wording(cell.text)):
                index.setdefault(key, []).append(cell)
        for heading in lost:
            for cell, like in find_cells(heading.heading, index).items():
                candidates[heading.number][area.number, cell] = like


def _joined_cells(area: Area, used: set[Item]) -> Iterator[Cell]:
    """Go through what labels that stand one below the other say together."""
    free = {(c.row, c.col): c for c in area.labels if (area.number, c) not in used}
    for first in free.values():
        text, bottom = first.text, first.row + first.rowspan
        for _ in range(_MOST_PIECES - 1):
            below = free.get((bottom, first.col))
            if below is None:
                break
            text, bottom = text + below.text, below.row + below.rowspan
            yield Cell(first.row, first.col, text, bottom - first.row, first.colspan)


_MOST_PIECES = 3


def _place(item: Item) -> tuple[int, int, int]:
    area, cell = item
    return area, cell.row, cell.col


def _align(candidates: Mapping[int, Mapping[Item, int]]) -> dict[int, Item]:
    """Choose for as many headings as possible a label each, so that both run in one order."""
    pairs = sorted(
        (
            (_place(item), -number, number, item, like)
            for number, found in candidates.items()
            for item, like in found.items()
        ),
        key=lambda pair: pair[:2],
    )
    best: list[int] = []
    before: list[int] = []
    for at, (place, _, number, _, like) in enumerate(pairs):
        score, source = 0, -1
        for earlier in range(at):
            if best[earlier] > score and pairs[earlier][2] < number and pairs[earlier][0] < place:
                score, source = best[earlier], earlier
        best.append(score + _EACH + like)
        before.append(source)
    return _trace_back(pairs, best, before)


_EACH = 20
"""What a label counts for being there; how like it is counts up to 9 more."""


def _trace_back(
    pairs: Sequence[tuple[object, int, int, Item, int]], best: Sequence[int], before: Sequence[int]
) -> dict[int, Item]:
    chain: dict[int, Item] = {}
    at = max(range(len(best)), key=best.__getitem__, default=-1)
    while at >= 0:
        chain[pairs[at][2]] = pairs[at][3]
        at = before[at]
    return chain


def _add_unordered(rows: Rows, candidates: Mapping[int, Mapping[Item, int]]) -> None:
    """Add headings whose label stands out of order, if nothing else could be meant."""
    taken = set(rows.found.values())
    shared = _shared_stems(rows)
    for row in rows.headings:
        if row.number in rows.found or read_wording(row.heading.label).stem in shared:
            continue
        free = [item for item in candidates[row.number] if item not in taken]
        if len(free) == 1:
            rows.found[row.number] = free[0]
            taken.add(free[0])


def _shared_stems(rows: Rows) -> set[str]:
    stems = Counter(read_wording(row.heading.label).stem for row in rows.headings)
    return {stem for stem, count in stems.items() if count > 1}


def _disown(rows: Rows) -> None:
    """Give up a label that the form has several times where its head is not the one above it."""
    shared = _shared_stems(rows)
    order = sorted(rows.found, key=lambda number: _place(rows.found[number]))
    for row in rows.headings:
        if row.number in rows.found and read_wording(row.heading.label).stem in shared:
            parent = _parent_of(row, rows.headings)
            known = _head_above(row, rows, order) == parent or _follows(row, rows, order, parent)
            if parent is not None and not known:
                rows.several[row.number] = (rows.found[row.number],)
    for number in rows.several:
        del rows.found[number]


def _follows(row: RowHeading, rows: Rows, order: Sequence[int], parent: int | None) -> bool:
    """Tell whether a label comes right after the one that it follows in the form.

    That is good enough where the head of both is not in the file.
    """
    at = order.index(row.number)
    is_next = at > 0 and order[at - 1] == row.number - 1
    return is_next and row.number - 1 not in rows.several and parent not in rows.found


def _parent_of(row: RowHeading, headings: Sequence[RowHeading]) -> int | None:
    for other in reversed(headings[: row.number]):
        if other.heading.level < row.heading.level:
            return other.number
    return None


def _head_above(row: RowHeading, rows: Rows, order: Sequence[int]) -> int | None:
    """Tell which heading of a higher level comes last before a label in the file."""
    for number in reversed(order[: order.index(row.number)]):
        if rows.headings[number].heading.level < row.heading.level:
            return number
    return None


def _find_several(rows: Rows, candidates: Mapping[int, Mapping[Item, int]]) -> None:
    """Find labels that stand twice under their own head: which one is meant cannot be told."""
    taken = set(rows.found.values())
    owners = _list_owners(candidates)
    for number, item in list(rows.found.items()):
        chosen = candidates[number][item]
        rivals = [
            other
            for other, like in candidates[number].items()
            if other not in taken and like >= chosen and _is_at_home(rows, number, other, owners)
        ]
        if rivals:
            rows.several[number] = (item, *rivals)
            del rows.found[number]


Owners = Sequence[tuple[tuple[int, int, int], set[int]]]
"""Every label that may be a heading, in reading order, with the numbers of those it may be."""


def _list_owners(candidates: Mapping[int, Mapping[Item, int]]) -> Owners:
    owners: dict[tuple[int, int, int], set[int]] = {}
    for number, found in candidates.items():
        for item in found:
            owners.setdefault(_place(item), set()).add(number)
    return sorted(owners.items(), key=lambda owner: owner[0])


def _is_at_home(rows: Rows, number: int, item: Item, owners: Owners) -> bool:
    """Tell whether a label stands under the head of a heading: the last higher head is its own."""
    row = rows.headings[number]
    parent = _parent_of(row, rows.headings)
    if parent is None or parent not in rows.found:
        return True
    before = [numbers for place, numbers in owners if place < _place(item)]
    for numbers in reversed(before):
        if any(rows.headings[one].heading.level < row.heading.level for one in numbers):
            return parent in numbers
    return False


def list_strangers(rows: Rows, areas: Iterable[Area], taken: set[Item]) -> Iterator[Item]:
    """List the labels that stand among the found ones, in their columns, and are none of them."""
    found = set(rows.found.values()) | {one for many in rows.several.values() for one in many}
    for area in areas:
        here = [cell for number, cell in found if number == area.number]
        if not here:
            continue
        columns = {cell.col for cell in here}
        top, bottom = min(cell.row for cell in here), max(cell.row for cell in here)
        for cell in area.labels:
            item = (area.number, cell)
            if cell.col in columns and top <= cell.row <= bottom and item not in found | taken:
                yield item
