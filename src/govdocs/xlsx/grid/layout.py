"""Where the lines of a template came out: a tree of blocks and passes, written while filling.

A *line* is a row or a column, counted from 1; rows and columns are kept alike and apart. A *block*
is a loop or a condition over template lines ``first..last``; a *pass* is one execution of a body
inside the block. Lines of a block that lie in no executed body (its tag lines, a branch not taken)
have vanished.

Passes of equal shape are kept once and counted, so that 50,000 turns of a loop are one entry, and
all positions are relative to the pass that holds them. This module never looks at a reference:
questions about the finished tree are asked in ``views``.
"""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final, NamedTuple

ROW_LIMIT: Final = 1_048_576
COLUMN_LIMIT: Final = 16_384


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """The shape of one execution of a body: its template lines and the blocks inside.

    Equal shapes of one layout are the same object. ``offsets`` are the output offsets of the
    ``blocks`` from the start of the pass.
    """

    first: int
    last: int
    height: int
    blocks: "tuple[Block, ...]" = ()
    offsets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What became of one loop or condition: ``counts[i]`` passes of shape ``shapes[i]`` in a row.

    ``offsets[i]`` is where the i-th run of passes starts, from the start of the block.

    Side by side: ``lanes[i]`` is what the lines became from the place ``starts[i]`` on the other
    axis; there are no ``shapes`` then, and the block is as high as its highest lane. Room that a
    lower lane leaves is, seen from there, a block of no lines behind it (``grid.strips``).
    """

    first: int
    last: int
    loop: bool
    height: int
    shapes: tuple[Pass, ...]
    counts: tuple[int, ...]
    offsets: tuple[int, ...]
    lanes: tuple[Pass, ...] = ()
    starts: tuple[int, ...] = ()

    @property
    def is_room(self) -> bool:
        """Whether it is nothing but room that was left."""
        return self.last < self.first


class Path(NamedTuple):
    """The passes that hold a place, outermost first; the first is the whole sheet.

    ``starts`` are the output lines where they begin, ``blocks`` the blocks that they belong to.
    """

    shapes: tuple[Pass, ...]
    starts: tuple[int, ...]
    blocks: tuple[Block | None, ...]


class Axis:
    """The finished layout of a sheet's rows, or of its columns.

    Attributes:
        root: the whole sheet as a pass that starts at line 0.
        limit: the last line that the grid has.
        moves: whether any line can stand elsewhere than in the template.
        top: the path of a place outside of all blocks.
    """

    __slots__ = ("limit", "moves", "root", "top")

    def __init__(self, root: Pass) -> None:
        self.root = root
        self.limit = root.last
        self.moves = bool(root.blocks)
        self.top = Path((root,), (0,), (None,))

    def path(self, line: int) -> Path:
        """List the passes that hold an output line."""
        if not self.moves:
            return self.top
        shape, start = self.root, 0
        shapes, starts = [shape], [0]
        blocks: list[Block | None] = [None]
        while shape.blocks:
            offset = line - start
            index = bisect_right(shape.offsets, offset) - 1
            # of blocks with one offset all but the last are empty
            if index < 0 or offset - shape.offsets[index] >= shape.blocks[index].height:
                break
            block = shape.blocks[index]
            if not block.shapes:
                break
            start += shape.offsets[index]
            run = bisect_right(block.offsets, line - start) - 1
            shape = block.shapes[run]
            start = line - (line - start - block.offsets[run]) % shape.height
            shapes.append(shape)
            starts.append(start)
            blocks.append(block)
        return Path(tuple(shapes), tuple(starts), tuple(blocks))

    def template_line(self, line: int) -> int:
        """Tell which template line an output line was made from; 0 for room that was left."""
        path = self.path(line)
        shape, offset = path.shapes[-1], line - path.starts[-1]
        index = bisect_right(shape.offsets, offset) - 1
        if index >= 0:
            block = shape.blocks[index]
            if offset - shape.offsets[index] < block.height:
                return 0
            return block.last + 1 + offset - shape.offsets[index] - block.height
        return shape.first + offset

    def same_as(self, other: "Axis") -> bool:
        """Tell whether two layouts put every line in the same place."""
        return _same_pass(self.root, other.root)


def unmoved(limit: int) -> Axis:
    """Make the layout of a sheet in which nothing moved."""
    return Axis(Pass(0, limit, limit + 1))


ROWS_UNMOVED: Final = unmoved(ROW_LIMIT)
COLUMNS_UNMOVED: Final = unmoved(COLUMN_LIMIT)


class Layout:
    """Write down where lines come out, while they come out.

    The calls follow the fill::

        layout.line(4)              # a line outside of blocks: its output line
        layout.begin(5, 7)          # a block over template lines 5..7 starts
        layout.step(6, 6)           # one pass of the body 6..6 that holds no block
        layout.step(6, 6)           # the next
        layout.end()                # lines below have moved
        layout.begin(9, 12)
        layout.enter(10, 12)        # one pass of a body that holds blocks of its own
        layout.begin(11, 11) ...
        layout.leave()
        layout.end()
        rows = layout.finish()

    Inside a pass, template line ``n`` comes out at ``layout.line(n)``, which is
    ``n + layout.delta``; lines need not be written, those left out keep their room.
    """

    __slots__ = ("_block", "_bodies", "_body", "_cursor", "_known", "_limit", "_waiting", "delta")

    delta: int
    """What to add to a template line of the present pass to have its output line."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.delta = 0
        self._cursor = 0
        self._known: dict[tuple[object, ...], Pass | Block] = {}
        self._body = _Body(0, 0)
        self._bodies: list[_Body] = []
        self._block: _OpenBlock | None = None
        self._waiting: list[_OpenBlock | None] = []

    def line(self, line: int) -> int:
        """Give the output line of a template line of the present pass."""
        return line + self.delta

    def begin(self, first: int, last: int, *, loop: bool = True) -> None:
        """Start a block over template lines ``first..last`` of the present pass."""
        if self._block is not None or first <= self._body.done:
            raise ValueError(f"block {first}..{last} begins where none can")
        self._cursor = first + self.delta
        self._block = _OpenBlock(first, last, loop, self._cursor)

    def step(self, first: int, last: int) -> int:
        """Note one pass of a body without blocks; give the output line of its first line."""
        block = self._block
        if block is None:
            raise ValueError(f"pass {first}..{last} outside of a block")
        start = self._cursor
        self._cursor = start + last - first + 1
        self.delta = start - first
        shape = block.shape
        if shape is not None and not shape.blocks and shape.first == first and shape.last == last:
            block.count += 1
        else:
            block.take(self._shape(first, last, (), ()))
        return start

    def enter(self, first: int, last: int) -> int:
        """Start one pass of a body; give the output line of its first line."""
        if self._block is None:
            raise ValueError(f"pass {first}..{last} outside of a block")
        self._bodies.append(self._body)
        self._body = _Body(first, last, first - 1, self._cursor)
        self._waiting.append(self._block)
        self._block = None
        self.delta = self._cursor - first
        return self._cursor

    def leave(self) -> None:
        """End the pass that was entered last; lines up to its last one have been passed."""
        block = self._waiting.pop() if self._waiting else None
        if block is None or self._block is not None:
            raise ValueError("no pass to leave")
        body = self._body
        self._cursor = body.last + 1 + self.delta
        block.take(self._shape(body.first, body.last, tuple(body.blocks), tuple(body.offsets)))
        self._block = block
        self._body = self._bodies.pop()

    def end(self) -> None:
        """End the block that was begun last; what follows stands below its last pass."""
        block = self._block
        if block is None:
            raise ValueError("no block to end")
        body = self._body
        body.done = block.last
        body.blocks.append(self._close(block))
        body.offsets.append(block.start - body.start)
        self._block = None
        self.delta = self._cursor - (block.last + 1)

    def begin_lanes(self, first: int, last: int, starts: tuple[int, ...]) -> None:
        """Start a block in which several things stand side by side, from ``starts`` on."""
        self.begin(first, last, loop=False)
        if self._block is not None:
            self._block.starts = starts

    def enter_lane(self) -> None:
        """Start the next of the things that stand side by side; it may hold blocks."""
        block = self._block
        if block is not None:
            self._cursor = block.start
            self.enter(block.first, block.last)

    def leave_lane(self) -> None:
        """End a lane; lines up to the block's last one have been passed."""
        block, body = self._waiting.pop(), self._body
        if block is None:
            raise ValueError("no lane to leave")
        lane = self._shape(body.first, body.last, tuple(body.blocks), tuple(body.offsets))
        block.lanes.append(lane)
        self._block, self._body = block, self._bodies.pop()
        self._cursor = block.start + max(one.height for one in block.lanes)

    def is_bare(self, first: int) -> bool:
        """Tell whether nothing has come out of the blocks from template line ``first`` on.

        Asked at the end of a block that is still open.
        """
        block, body = self._block, self._body
        if block is None:
            raise ValueError("no block is open")
        starts = [
            body.start + offset
            for one, offset in zip(body.blocks, body.offsets, strict=True)
            if one.first >= first
        ]
        return self._cursor == (starts or [block.start])[0]

    def finish(self) -> Axis:
        """Give the finished layout.

        Raises:
            ValueError: a block or a pass is still open.
        """
        if self._block is not None or self._bodies:
            raise ValueError("a block is still open")
        body = self._body
        last = self._limit
        height = last + 1 + self.delta
        return Axis(Pass(0, last, height, tuple(body.blocks), tuple(body.offsets)))

    def _shape(
        self, first: int, last: int, blocks: tuple[Block, ...], offsets: tuple[int, ...]
    ) -> Pass:
        key = (first, last, blocks)
        shape = self._known.get(key)
        if not isinstance(shape, Pass):
            grown = sum(block.height - (block.last - block.first + 1) for block in blocks)
            shape = Pass(first, last, last - first + 1 + grown, blocks, offsets)
            self._known[key] = shape
        return shape

    def _close(self, block: "_OpenBlock") -> Block:
        block.take(None)
        shapes, counts, lanes = tuple(block.shapes), tuple(block.counts), tuple(block.lanes)
        key = (block.first, block.last, block.loop, shapes, counts, lanes)
        closed = self._known.get(key)
        if not isinstance(closed, Block):
            offsets, height = _pile_up(shapes, counts)
            height = max([height, *(lane.height for lane in lanes)])
            lines = block.first, block.last, block.loop, height
            closed = Block(*lines, shapes, counts, offsets, lanes, block.starts)
            self._known[key] = closed
        return closed


class _Body:
    """A pass that is being executed: what it holds so far, and the last line that is done."""

    __slots__ = ("blocks", "done", "first", "last", "offsets", "start")

    def __init__(self, first: int, last: int, done: int = 0, start: int = 0) -> None:
        self.first = first
        self.last = last
        self.done = done
        self.start = start
        self.blocks: list[Block] = []
        self.offsets: list[int] = []


class _OpenBlock:
    """A block that is being executed: the runs so far, and the one that may still grow."""

    __slots__ = (
        *("count", "counts", "first", "lanes", "last", "loop"),
        *("shape", "shapes", "start", "starts"),
    )

    def __init__(self, first: int, last: int, loop: bool, start: int) -> None:
        self.first = first
        self.last = last
        self.loop = loop
        self.start = start
        self.shape: Pass | None = None
        self.count = 0
        self.shapes: list[Pass] = []
        self.counts: list[int] = []
        self.lanes: list[Pass] = []
        self.starts: tuple[int, ...] = ()

    def take(self, shape: Pass | None) -> None:
        """Add a pass to the present run, or close the run and start another."""
        if shape is self.shape:
            self.count += 1
            return
        if self.shape is not None:
            self.shapes.append(self.shape)
            self.counts.append(self.count)
        self.shape, self.count = shape, 1


def _pile_up(shapes: tuple[Pass, ...], counts: tuple[int, ...]) -> tuple[tuple[int, ...], int]:
    """Offsets of runs that stand below each other, and the height of them all."""
    offsets, height = [], 0
    for shape, count in zip(shapes, counts, strict=True):
        offsets.append(height)
        height += shape.height * count
    return tuple(offsets), height


def _same_pass(one: Pass, other: Pass) -> bool:
    return one is other or (
        (one.first, one.last, one.height, one.offsets)
        == (other.first, other.last, other.height, other.offsets)
        and len(one.blocks) == len(other.blocks)
        and all(map(_same_block, one.blocks, other.blocks))
    )


def _same_block(one: Block, other: Block) -> bool:
    return one is other or (
        (one.first, one.last, one.loop, one.counts, one.offsets)
        == (other.first, other.last, other.loop, other.counts, other.offsets)
        and len(one.shapes) == len(other.shapes)
        and all(map(_same_pass, one.shapes, other.shapes))
        and one.starts == other.starts
        and all(map(_same_pass, one.lanes, other.lanes))
    )
