"""Which lines of a sheet each lifted block takes, and each of its bodies.

Lines are rows or columns: the same holds for both. What is found here is what layouts are told when
the sheet is rendered. This module never moves a tag.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from govdocs.language import Block
from govdocs.xlsx.blocks.lifting import Step


@dataclass(frozen=True, slots=True)
class Room:
    """The rows of a block and of its bodies, as layouts count them; ``None`` where none are left.

    Attributes:
        bodies: from which row to which, one for each tag but the last.
        has_inner: for each body, whether blocks stand inside.
    """

    first: int
    last: int
    bodies: tuple[tuple[int, int] | None, ...]
    has_inner: tuple[bool, ...]

    def holds(self, first: int, last: int) -> bool:
        """Tell whether lines lie wholly in one of the bodies."""
        return any(body and body[0] <= first and last <= body[1] for body in self.bodies)


def find_rooms(steps: Sequence[Step], beside: Iterable[int] = ()) -> dict[int, Room]:
    """Find the rows that each block takes, by the number of its opening tag.

    A row that vanishes belongs to the outermost block that it bounds, and to the first of two that
    meet in it, so that no row is counted twice.

    Args:
        steps: of the blocks.
        beside: rows in which blocks of other steps stand.
    """
    return dict(_RoomFinder(steps, beside).run())


def find_vanished(steps: Sequence[Step], rooms: Iterable[Room]) -> frozenset[int]:
    """Find rows that vanish by a statement of their own, not as a block's tag rows."""
    rows = {step.up for step in steps if step.up < step.down}
    return frozenset(row for row in rows if not any(_bounds(room, row) for room in rooms))


def _bounds(room: Room, row: int) -> bool:
    inside = any(body and body[0] <= row <= body[1] for body in room.bodies)
    return room.first <= row <= room.last and not inside


class _RoomFinder:
    def __init__(self, steps: Sequence[Step], beside: Iterable[int]) -> None:
        own = [step.up for step in steps if step.block is None and step.up < step.down]
        self.own_rows = [*own, *beside]
        self.by_index = {step.anchor.index: step for step in steps}
        self.blocks = [step.block for step in steps if step.block and _opens(step)]
        self.steps = steps

    def run(self) -> Iterator[tuple[int, Room]]:
        done = 0
        for block in self.blocks:
            parent = self._parent(block)
            if parent is None:
                room = self._room(block, done + 1, 1 << 62)
                done = max(done, room.last)
                yield from self._with_inner(block, room)

    def _with_inner(self, block: Block, room: Room) -> Iterator[tuple[int, Room]]:
        has_inner = []
        for number, body in enumerate(room.bodies):
            inner = [one for one in self.blocks if self._parent(one) == (block, number)]
            low, high = body or (1, 0)
            seen = any(low <= row <= high for row in self.own_rows)
            done = low - 1
            for child in inner:
                own = self._room(child, done + 1, high)
                done = max(done, own.last)
                seen = seen or own.first <= own.last
                yield from self._with_inner(child, own)
            has_inner.append(seen)
        yield block.open, Room(room.first, room.last, room.bodies, tuple(has_inner))

    def _parent(self, block: Block) -> tuple[Block, int] | None:
        """The innermost block around ``block``, and the body in which it stands."""
        around = [one for one in self.blocks if one.open < block.open and one.close > block.close]
        if not around:
            return None
        parent = max(around, key=lambda one: one.open)
        return parent, sum(number < block.open for number in parent.tags) - 1

    def _room(self, block: Block, low: int, high: int) -> Room:
        steps = [self.by_index[number] for number in block.tags]
        first, last = max(steps[0].up, low), min(steps[-1].down - 1, high)
        bodies: list[tuple[int, int] | None] = []
        for one, following in pairwise(steps):
            body = max(one.down, first), min(following.up - 1, last)
            bodies.append(body if body[0] <= body[1] else None)
        return Room(first, last, tuple(bodies), ())


def _opens(step: Step) -> bool:
    return step.block is not None and step.block.open == step.anchor.index
