"""The heads of a table: which column belongs to which heading.

A head is one to four rows of labels. Its columns may stand in any order; a label that a block
has several times (结果维持 under 行政复议 and under 行政诉讼) is told by the labels above it. A
table that goes on over the page may repeat its head or leave it out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from govdocs.forms.figures import Block, Heading
from govdocs.forms.grids import Area, Cell
from govdocs.forms.wordings import Wording, keys_of, likeness, list_wordings, read_wording

REACH = 4
"""How many rows above a column's label its parents may begin."""

Index = Mapping[str, Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Head:
    """One head that was found.

    Attributes:
        top: its first row with labels of columns.
        bottom: its last row.
        cells: column key to the cell of its label.
        unsure: column key to the cells that could all be meant.
    """

    area: Area
    top: int
    bottom: int
    cells: Mapping[str, Cell]
    unsure: Mapping[str, tuple[Cell, ...]]


def index_cells(area: Area) -> dict[str, list[Cell]]:
    """Index the labels of an area by everything that a like wording is looked up under."""
    index: dict[str, list[Cell]] = {}
    for cell in area.labels:
        for key in keys_of(read_wording(cell.text)):
            index.setdefault(key, []).append(cell)
    return index


def find_cells(heading: Heading, index: Index) -> dict[Cell, int]:
    """Find the cells that say what the heading says, with their likeness."""
    found: dict[Cell, int] = {}
    for wording in list_wordings(heading):
        for key in keys_of(wording):
            for cell in index.get(key, ()):
                like = likeness(wording, read_wording(cell.text))
                if like > found.get(cell, 0):
                    found[cell] = like
    return found


def find_heads(block: Block, area: Area, index: Index) -> list[Head]:
    """Find every head of a block in an area, from the top down."""
    leaves = [column for column in block.columns if column.key is not None]
    found = {str(leaf.key): find_cells(leaf, index) for leaf in leaves}
    spans = _find_spans(found, least=min(2, len(leaves)))
    return [_read_head(leaves, found, area, span) for span in spans]


def _find_spans(found: Mapping[str, Mapping[Cell, int]], least: int) -> list[tuple[int, int]]:
    """Find the runs of rows that hold labels of several columns side by side."""
    cells = {cell for candidates in found.values() for cell in candidates}
    by_row: dict[int, int] = {}
    for cell in cells:
        by_row[cell.row] = by_row.get(cell.row, 0) + 1
    spans: list[tuple[int, int]] = []
    for row in sorted(row for row, count in by_row.items() if count >= least):
        if spans and row <= spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], row)
        else:
            spans.append((row, row))
    return spans


def _read_head(
    leaves: Sequence[Heading],
    found: Mapping[str, Mapping[Cell, int]],
    area: Area,
    span: tuple[int, int],
) -> Head:
    top, bottom = span
    inside = {
        key: {cell: like for cell, like in candidates.items() if top <= cell.row <= bottom}
        for key, candidates in found.items()
    }
    left = min(cell.col for candidates in inside.values() for cell in candidates)
    for key, candidates in inside.items():
        if not candidates:  # a column whose label stands one row higher or lower than the others
            inside[key] = _beside(found[key], top, bottom, left)
    ranked = {str(leaf.key): _rank(leaf, inside[str(leaf.key)], area) for leaf in leaves}
    cells, unsure = _assign(ranked, _list_twins(leaves))
    rows = [cell.row + cell.rowspan - 1 for cell in cells.values()]
    return Head(area, top, max([bottom, *rows]), cells, unsure)


def _beside(candidates: Mapping[Cell, int], top: int, bottom: int, left: int) -> dict[Cell, int]:
    return {
        cell: like
        for cell, like in candidates.items()
        if cell.row in {top - 1, bottom + 1} and cell.col >= left
    }


Rank = tuple[int, int]
"""How many parents stand above a cell, and how like its label is: the more, the better."""


def _rank(leaf: Heading, candidates: Mapping[Cell, int], area: Area) -> dict[Cell, Rank]:
    return {cell: (_count_parents(leaf, cell, area), like) for cell, like in candidates.items()}


def _list_twins(leaves: Sequence[Heading]) -> set[str]:
    """List the columns whose label another column has too."""
    stems = Counter(read_wording(leaf.label).stem for leaf in leaves)
    return {str(leaf.key) for leaf in leaves if stems[read_wording(leaf.label).stem] > 1}


def _assign(
    ranked: Mapping[str, Mapping[Cell, Rank]], twins: set[str]
) -> tuple[dict[str, Cell], dict[str, tuple[Cell, ...]]]:
    """Give each column the cell that fits it best, and each cell to the column it fits best.

    A twin is not believed without one of its parents above it.
    """
    cells: dict[str, Cell] = {}
    unsure: dict[str, tuple[Cell, ...]] = {}
    for key, ranks in ranked.items():
        own = {cell: rank for cell, rank in ranks.items() if not _is_outbid(key, cell, ranked)}
        best = [cell for cell, rank in own.items() if rank == max(own.values())]
        shared = [cell for cell in best if _is_shared(key, cell, ranked)]
        orphaned = key in twins and best and own[best[0]][0] == 0
        if len(best) == 1 and not shared and not orphaned:
            cells[key] = best[0]
        elif best:
            unsure[key] = tuple(best)
    return cells, unsure


def _is_outbid(key: str, cell: Cell, ranked: Mapping[str, Mapping[Cell, Rank]]) -> bool:
    """Tell whether another column has more parents above the cell."""
    mine = ranked[key][cell]
    return any(
        other != key and cell in ranks and ranks[cell] > mine for other, ranks in ranked.items()
    )


def _is_shared(key: str, cell: Cell, ranked: Mapping[str, Mapping[Cell, Rank]]) -> bool:
    """Tell whether another column fits the cell as well, and no other cell better."""
    mine = ranked[key][cell]
    return any(
        other != key and ranks.get(cell) == mine and max(ranks.values()) == mine
        for other, ranks in ranked.items()
    )


def _count_parents(leaf: Heading, cell: Cell, area: Area) -> int:
    """Count the parents of a heading that stand above a cell; the nearest one counts double.

    A label that names its parents itself (行政复议结果维持) has all of them.
    """
    own = (read_wording(label) for label in (leaf.label, *leaf.also))
    if not any(likeness(wording, read_wording(cell.text)) for wording in own):
        return 2 * len(leaf.path)
    above = set[str]()
    for label in _labels_above(cell, area):
        above |= keys_of(label)
    parents = [read_wording(label) for label in leaf.path[:-1]]
    marks = [bool(keys_of(parent) & above) for parent in parents]
    return sum(marks) + 2 * sum(marks[-1:])


def _labels_above(cell: Cell, area: Area) -> Iterator[Wording]:
    """Go up from a cell; where the place above is bare, what stands to its left speaks for it."""
    for row in range(cell.row - 1, cell.row - 1 - REACH, -1):
        for col in range(cell.col, -1, -1):
            above = area.places.get((row, col))
            if above is not None and above.text.strip():
                yield read_wording(above.text)
                break


def claimed(heads: Iterable[Head]) -> set[tuple[int, Cell]]:
    """List the cells that belong to heads and so are no labels of rows."""
    taken = set()
    for head in heads:
        spans = {cell.row for cell in head.cells.values()}
        left = min((cell.col for cell in head.cells.values()), default=0)
        is_wide = len(head.cells) > 1
        for cell in head.area.labels:
            if cell in head.cells.values() or (is_wide and cell.row in spans and cell.col >= left):
                taken.add((head.area.number, cell))
    return taken
