"""Blocks of columns: which columns each of them takes, and where its passes come out.

A block of columns belongs to the whole sheet: all rows that have its tags must agree on how often
it is passed, and rows without tags repeat and lose their cells with it. So columns are known only
when all rows were rendered, and every cell of such a sheet is put in its place afterwards.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from govdocs.errors import DataError
from govdocs.xlsx.blocks.lifting import Step
from govdocs.xlsx.blocks.lines import Room
from govdocs.xlsx.grid.layout import COLUMN_LIMIT, COLUMNS_UNMOVED, Axis, Block, Layout, Pass
from govdocs.xlsx.grid.views import View

Path = tuple[int, ...]
"""Which pass of each block a cell stands in, outermost first, from 0."""


@dataclass(frozen=True, slots=True)
class ColumnSteps:
    """The blocks of columns of one row.

    Attributes:
        steps: statements between its cells.
        rooms: the columns of each block, by the number of its opening tag.
    """

    steps: tuple[Step, ...]
    rooms: Mapping[int, Room]


def signature(block: Block) -> object:
    """Give what two blocks have in common that came out alike."""
    return (
        *(block.first, block.last, block.counts),
        tuple((one.first, one.last, tuple(map(signature, one.blocks))) for one in block.shapes),
    )


@dataclass(slots=True)
class ColumnState:
    """The columns of a sheet while it is rendered.

    Attributes:
        blocks: how each block came out, by its first column.
        row: the layout of the row being rendered.
        path: which pass of each open block is being written.
    """

    blocks: dict[int, Block] = field(default_factory=dict)
    row: Layout = field(default_factory=lambda: Layout(COLUMN_LIMIT))
    path: list[int] = field(default_factory=list)

    def begin_row(self) -> None:
        """Start a row."""
        self.row = Layout(COLUMN_LIMIT)
        self.path.clear()

    def begin(self, first: int, last: int, loop: bool) -> None:
        """Start a block."""
        self.row.begin(first, last, loop=loop)
        self.path.append(-1)

    def step(self, first: int, last: int) -> None:
        """Start a pass without blocks."""
        self.path[-1] += 1
        self._check(self.row.step(first, last))

    def enter(self, first: int, last: int) -> None:
        """Start a pass with blocks."""
        self.path[-1] += 1
        self._check(self.row.enter(first, last))

    def end(self) -> None:
        """End a block."""
        self.row.end()
        self.path.pop()

    def end_row(self) -> None:
        """End a row: its blocks must have come out as in the rows above.

        Raises:
            DataError: ``xlsx.columns_differ``.
        """
        for block in self.row.finish().root.blocks:
            known = self.blocks.setdefault(block.first, block)
            if known is not block and signature(known) != signature(block):
                fields = {"one": sum(known.counts), "other": sum(block.counts)}
                raise DataError.of("xlsx.columns_differ", fields=fields)

    def finish(self) -> Axis:
        """Give the layout of the columns."""
        if not self.blocks:
            return COLUMNS_UNMOVED
        layout = Layout(COLUMN_LIMIT)
        _replay([self.blocks[first] for first in sorted(self.blocks)], layout)
        return layout.finish()

    def _check(self, column: int) -> None:
        if column > COLUMN_LIMIT:
            raise DataError.of("xlsx.too_many_columns", fields={"limit": COLUMN_LIMIT})


def _replay(blocks: Iterable[Block], layout: Layout) -> None:
    """Let blocks that came out in several rows come out in one layout."""
    for block in blocks:
        layout.begin(block.first, block.last, loop=block.loop)
        for shape, count in zip(block.shapes, block.counts, strict=True):
            for _ in range(count):
                layout.enter(shape.first, shape.last)
                _replay(shape.blocks, layout)
                layout.leave()
        layout.end()


class ColumnPlaces:
    """Answers in which columns a cell of the template comes out."""

    def __init__(self, axis: Axis) -> None:
        self.axis = axis
        self.view = View(axis)
        self.known: dict[tuple[int, Path], Sequence[int]] = {}

    def columns(self, column: int, path: Path) -> Sequence[int]:
        """List the columns of a cell that stands in these passes; one outside of them repeats."""
        key = (column, path)
        if key not in self.known:
            self.known[key] = self._columns(column, path)
        return self.known[key]

    def _columns(self, column: int, path: Path) -> Sequence[int]:
        start, shape = 0, self.axis.root
        for index in path:
            start, shape = _pass_of(shape, start, column, index)
        pieces = self.view.stretches(shape, column, column)
        return [start + one for low, high in pieces for one in range(low, high + 1)]


def _pass_of(shape: Pass, start: int, column: int, index: int) -> tuple[int, Pass]:
    """Find one pass of the block of ``shape`` that holds a column, and where it starts."""
    for block, offset in zip(shape.blocks, shape.offsets, strict=True):
        if not block.first <= column <= block.last:
            continue
        for inner, count, run in zip(block.shapes, block.counts, block.offsets, strict=True):
            if index < count:
                return start + offset + run + index * inner.height, inner
            index -= count
    raise LookupError(column)
