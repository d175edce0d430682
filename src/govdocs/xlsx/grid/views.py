"""Lines of the template as they are seen from a place of the output.

From inside a loop one sees one's own pass, from outside all passes. The answers are *extents*:
stretches of output lines whose ends hang on the start of a pass of the path, so that one answer
holds for every pass of equal shape. This module never changes a layout and knows no formula.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from govdocs.xlsx.grid.layout import Axis, Block, Pass, Path

Stretch = tuple[int, int]
"""First and last offset of neighbouring lines, from the start of a pass."""

_last_line = attrgetter("last")


@dataclass(frozen=True, slots=True)
class Point:
    """An output line: ``offset`` lines from the start of the pass that is ``depth`` steps down.

    Depth 0 is the sheet itself: there the offset is the output line.
    """

    depth: int
    offset: int

    def at(self, starts: tuple[int, ...]) -> int:
        """Give the output line, seen from the path whose passes begin at ``starts``."""
        return starts[self.depth] + self.offset


@dataclass(frozen=True, slots=True)
class Extent:
    """Output lines from one point to another, both included."""

    first: Point
    last: Point


class View:
    """One axis of a sheet, asked for lines."""

    __slots__ = ("_seen", "axis")

    def __init__(self, axis: Axis) -> None:
        self.axis = axis
        self._seen: dict[tuple[Pass, int, int], tuple[Stretch, ...]] = {}

    def extents(
        self, path: Path, first: int, last: int, *, fixed: tuple[bool, bool]
    ) -> tuple[Extent, ...]:
        """Find where template lines ``first..last`` are, seen from ``path``; none if vanished.

        Args:
            path: the passes that hold the place from which one looks.
            first: the first template line.
            last: the last one.
            fixed: which ends are marked ``$``. Where only one is and both lie in one's own pass,
                the range runs: ``C$5:C5`` goes from the loop's first pass to one's own.
        """
        depth = _common_depth(path, first, last)
        if fixed[0] != fixed[1]:
            running = self._running(path, depth, first, last, from_start=fixed[0])
            if running is not None:
                return (running,)
        if depth + 1 < len(path.shapes):
            crossing = self._crossing(path, depth, first, last)
            if crossing is not None:
                return (crossing,)
        return tuple(
            Extent(Point(depth, low), Point(depth, high))
            for low, high in self.stretches(path.shapes[depth], first, last)
        )

    def copies(self, first: int, last: int) -> Iterator[Stretch]:
        """List where an object on template lines ``first..last`` stands now.

        One that lies in a loop's body has a copy in each pass; any other is stretched over all
        that its lines became.
        """
        return self._copies(self.axis.root, 0, first, last)

    def hull(self, first: int, last: int) -> Stretch | None:
        """Find the first and the last output line of template lines ``first..last``."""
        seen = self.stretches(self.axis.root, first, last)
        return (seen[0][0], seen[-1][1]) if seen else None

    def boundary(self, line: int) -> int:
        """Find the output line of a template line, or of the next one that has not vanished."""
        seen = self.stretches(self.axis.root, line, self.axis.limit)
        return seen[0][0] if seen else self.axis.limit + 1

    def around(self, path: Path, first: int, last: int) -> tuple[int, int]:
        """Find the template lines that can come to lie between the copies of ``first..last``."""
        shape = path.shapes[_common_depth(path, first, last)]
        touched = [block for block in shape.blocks if block.first <= last and first <= block.last]
        return (
            min([first, *(block.first for block in touched)]),
            max([last, *(block.last for block in touched)]),
        )

    def depth_below(self, path: Path, line: int) -> int:
        """Tell how deep the innermost loop of a path is, if a line stands right above it; else 0.

        Above a loop with which another begins is what stands above that one.
        """
        depth = at = _innermost_loop(path, len(path.shapes) - 1)
        while at > 1:
            block = path.blocks[at]
            if block is None or block.first > path.shapes[at - 1].first:
                break
            at -= 1
        block = path.blocks[at]
        if block is None or line != block.first - 1:
            return 0
        seen = self.stretches(path.shapes[at - 1], line, line)
        begins = path.shapes[at - 1].offsets[_index_of(path.shapes[at - 1], block)]
        return depth if seen and seen[-1][1] == begins - 1 else 0

    def is_in_loop(self, path: Path, line: int) -> bool:
        """Tell whether a template line lies in a loop inside of the last pass of a path."""
        blocks = path.shapes[-1].blocks
        return any(block.loop and block.first <= line <= block.last for block in blocks)

    def stretches(self, shape: Pass, first: int, last: int) -> tuple[Stretch, ...]:
        """Find all output lines of template lines ``first..last`` in a pass, neighbours joined."""
        key = (shape, first, last)
        seen = self._seen.get(key)
        if seen is None:
            seen = self._seen[key] = _join(self._pieces(shape, first, last))
        return seen

    def _pieces(self, shape: Pass, first: int, last: int) -> Iterator[Stretch]:
        line, last = max(first, shape.first), min(last, shape.last)
        index = bisect_left(shape.blocks, line, key=_last_line)
        delta = _delta_before(shape, index)
        for block, offset in zip(shape.blocks[index:], shape.offsets[index:], strict=True):
            if block.first > last:
                break
            if line < block.first:
                yield line + delta, block.first - 1 + delta
            yield from self._block_pieces(block, offset, first, last)
            line = block.last + 1
            delta = offset + block.height - line
        if line <= last:
            yield line + delta, last + delta

    def _block_pieces(self, block: Block, offset: int, first: int, last: int) -> Iterator[Stretch]:
        if block.is_room:  # it lies between two lines that are both meant
            yield offset, offset + block.height - 1
        for shape, count, run in zip(block.shapes, block.counts, block.offsets, strict=True):
            inner = self.stretches(shape, first, last)
            start = offset + run
            if inner == ((0, shape.height - 1),):
                yield start, start + count * shape.height - 1
            elif inner:
                for begun in range(start, start + count * shape.height, shape.height):
                    for low, high in inner:
                        yield begun + low, begun + high

    def _copies(self, shape: Pass, start: int, first: int, last: int) -> Iterator[Stretch]:
        index = bisect_left(shape.blocks, first, key=_last_line)
        block = shape.blocks[index] if index < len(shape.blocks) else None
        if block is not None and any(_holds(inner, first, last) for inner in block.shapes):
            begin = start + shape.offsets[index]
            for inner, count, run in zip(block.shapes, block.counts, block.offsets, strict=True):
                if _holds(inner, first, last):
                    for turn in range(count):
                        begun = begin + run + turn * inner.height
                        yield from self._copies(inner, begun, first, last)
            return
        seen = self.stretches(shape, first, last)
        if seen:
            yield start + seen[0][0], start + seen[-1][1]

    def _running(
        self, path: Path, depth: int, first: int, last: int, *, from_start: bool
    ) -> Extent | None:
        """A range that runs from the first pass of the innermost loop to one's own, or back."""
        loop = _innermost_loop(path, depth)
        if loop == 0:
            return None
        line = first if from_start else last
        every = self.stretches(path.shapes[loop - 1], line, line)
        other = last if from_start else first
        own = self.extents(path, other, other, fixed=(False, False))
        if not every or not own:
            return None
        if from_start:
            return Extent(Point(loop - 1, every[0][0]), own[-1].last)
        return Extent(own[0].first, Point(loop - 1, every[-1][1]))

    def _crossing(self, path: Path, depth: int, first: int, last: int) -> Extent | None:
        """A range with one end in one's own pass and the other outside of it."""
        inner = path.shapes[depth + 1]
        every = self.stretches(path.shapes[depth], first, last)
        if inner.first <= first <= inner.last:
            own = self.extents(path, first, inner.last, fixed=(False, False))
            return Extent(own[0].first, Point(depth, every[-1][1])) if own else None
        if inner.first <= last <= inner.last:
            own = self.extents(path, inner.first, last, fixed=(False, False))
            return Extent(Point(depth, every[0][0]), own[-1].last) if own else None
        return None


def passes_around(path: Path, first: int, last: int) -> Path:
    """Give the passes of a path that hold template lines ``first..last``."""
    depth = _common_depth(path, first, last) + 1
    return Path(path.shapes[:depth], path.starts[:depth], path.blocks[:depth])


def _common_depth(path: Path, first: int, last: int) -> int:
    """The deepest pass of the path whose template lines hold both lines."""
    depth = len(path.shapes) - 1
    while depth > 0 and not _holds(path.shapes[depth], first, last):
        depth -= 1
    return depth


def _holds(shape: Pass, first: int, last: int) -> bool:
    return shape.first <= first and last <= shape.last


def _innermost_loop(path: Path, depth: int) -> int:
    """How deep the innermost loop around ``depth`` is; 0 if there is none."""
    for at in range(depth, 0, -1):
        block = path.blocks[at]
        if block is not None and block.loop:
            return at
    return 0


def _index_of(shape: Pass, block: Block) -> int:
    return next(number for number, one in enumerate(shape.blocks) if one is block)


def _delta_before(shape: Pass, index: int) -> int:
    """What to add to a template line between blocks ``index - 1`` and ``index``."""
    if index == 0:
        return -shape.first
    block = shape.blocks[index - 1]
    return shape.offsets[index - 1] + block.height - (block.last + 1)


def _join(pieces: Iterator[Stretch]) -> tuple[Stretch, ...]:
    joined: list[Stretch] = []
    for low, high in pieces:
        if joined and joined[-1][1] + 1 == low:
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return tuple(joined)
