"""Tables side by side: a sheet cut into strips of columns whose rows went their own ways.

Where row loops stand beside each other, each takes the rows that it needs, and the rows of all are
as many as the longest takes. A strip sees only its own loops: to it the others are not there, but
for the room that they leave below its last pass. Outside of such loops all strips agree.

before: rows 5..5, in columns A..C 甲 (4 items), in columns E..G 乙 (2 items)
strips: A..D: row 5 became 5..8; E..: row 5 became 5..6, then room of two rows
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from govdocs.xlsx.grid.layout import (
    COLUMN_LIMIT,
    COLUMNS_UNMOVED,
    ROWS_UNMOVED,
    Axis,
    Block,
    Pass,
    Path,
)


@dataclass(frozen=True, slots=True)
class Strip:
    """Columns of the template, and where the rows in them came out."""

    first: int
    last: int
    rows: Axis


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """Where the rows and the columns of one output sheet came out.

    Attributes:
        rows: as they were written down; of one with tables side by side ask the strips.
        columns: where its columns are.
        strips: its columns from left to right; one where nothing stands side by side.
    """

    rows: Axis = ROWS_UNMOVED
    columns: Axis = COLUMNS_UNMOVED
    strips: tuple[Strip, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Cut the sheet into strips."""
        object.__setattr__(self, "strips", tuple(_cut(self.rows)))

    @property
    def moves(self) -> bool:
        """Tell whether any cell can stand elsewhere than in the template."""
        return self.rows.moves or self.columns.moves

    def strip_at(self, column: int) -> int:
        """Tell in which strip a column of the template lies."""
        if len(self.strips) == 1:
            return 0
        return bisect_right(self.strips, column, key=lambda one: one.first) - 1

    def rows_at(self, column: int) -> Axis:
        """Give the rows as they came out in a column of the template."""
        return self.strips[self.strip_at(column)].rows

    def template_cell(self, row: int, column: int) -> tuple[int, int]:
        """Tell from which cell of the template one of the output was made; row 0: from none."""
        own = self.columns.template_line(column) if self.columns.moves else column
        return self.rows_at(own).template_line(row), own


def common_path(whole: Axis, own: Axis, line: int) -> Path:
    """List the passes of a strip that hold a line and are those of its neighbours, too."""
    depth = len(whole.path(line).shapes)
    path = own.path(line)
    return Path(path.shapes[:depth], path.starts[:depth], path.blocks[:depth])


def lanes_at(whole: Axis, line: int) -> Block | None:
    """Find the tables side by side that hold an output line."""
    path = whole.path(line)
    shape, offset = path.shapes[-1], line - path.starts[-1]
    index = bisect_right(shape.offsets, offset) - 1
    block = shape.blocks[index] if index >= 0 else None
    if block is None or not block.lanes or offset - shape.offsets[index] >= block.height:
        return None
    return block


def _cut(rows: Axis) -> Iterator[Strip]:
    starts = sorted({1, *_starts(rows.root, {})})
    if len(starts) == 1:
        yield Strip(1, COLUMN_LIMIT, rows)
        return
    for first, following in zip(starts, [*starts[1:], COLUMN_LIMIT + 1], strict=True):
        yield Strip(first, following - 1, Axis(_seen_from(first, rows.root, {})))


def _starts(shape: Pass, seen: dict[Pass, frozenset[int]]) -> frozenset[int]:
    """Find the columns with which anything that stands side by side begins."""
    if shape not in seen:
        found: set[int] = set()
        for block in shape.blocks:
            found.update(block.starts)
            for inner in block.shapes:
                found |= _starts(inner, seen)
        seen[shape] = frozenset(found)
    return seen[shape]


def _seen_from(column: int, shape: Pass, known: dict[Pass, Pass]) -> Pass:
    """Write a pass as a column sees it."""
    if shape not in known:
        blocks: list[Block] = []
        offsets: list[int] = []
        for block, offset in zip(shape.blocks, shape.offsets, strict=True):
            for own, shift in _blocks(column, block, known):
                blocks.append(own)
                offsets.append(offset + shift)
        own_shape = Pass(shape.first, shape.last, shape.height, tuple(blocks), tuple(offsets))
        known[shape] = own_shape if _starts(shape, {}) else shape
    return known[shape]


def _blocks(column: int, block: Block, known: dict[Pass, Pass]) -> Iterator[tuple[Block, int]]:
    """Write one block as a column sees it: what its lane holds, and the room below."""
    if not block.lanes:
        shapes = tuple(_seen_from(column, shape, known) for shape in block.shapes)
        lines = block.first, block.last, block.loop, block.height
        yield Block(*lines, shapes, block.counts, block.offsets), 0
        return
    lane = block.lanes[max(bisect_right(block.starts, column) - 1, 0)]
    yield from zip(lane.blocks, lane.offsets, strict=True)
    if block.height > lane.height:
        room = Block(block.last + 1, block.last, False, block.height - lane.height, (), (), ())
        yield room, lane.height
