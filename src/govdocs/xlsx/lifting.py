"""Lift blocks: which rows of a sheet a block's tags stand for.

A block whose tags stand in one cell stays inside it. Otherwise it is lifted to whole rows: a row
that holds nothing but tags vanishes, one that holds more stays, inside the block or outside, as its
content stands before or after the tag.

before: | {% for x in xs %}{{ x.a }} | {{ x.b }}{% endfor %} |      (one row)
after:  § | {{ x.a }} | {{ x.b }} | §
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from govdocs.errors import Problem
from govdocs.language import Block, Placed

_RANK = {"": 0, "r": 0, "p": 0, "tc": 1, "tr": 2}
_LEAVING = frozenset({"break", "continue"})
_LIFTED = frozenset({"if", "for", "with"})


@dataclass(slots=True, eq=False)
class Anchor:
    """A tag in a cell.

    Attributes:
        index: its number in the sheet, row by row.
        alone: whether it is all that stands in its cell.
    """

    index: int
    placed: Placed
    row: int
    column: int
    alone: bool

    @property
    def cell(self) -> tuple[int, int]:
        """Row and column of its cell."""
        return self.row, self.column

    @property
    def steers(self) -> bool:
        """Whether it prints nothing."""
        return self.placed.tag.kind != "expr"


@dataclass(frozen=True, slots=True)
class RowContent:
    """What a row shows, in order: tags that steer by their number, -1 for anything else."""

    items: tuple[int, ...]

    @property
    def is_only_tags(self) -> bool:
        """Whether the row holds tags that steer and nothing else."""
        return bool(self.items) and -1 not in self.items

    def around(self, index: int) -> tuple[bool, bool]:
        """Tell whether anything stands before and after tag ``index``."""
        if index not in self.items:
            return True, True
        position = self.items.index(index)
        return -1 in self.items[:position], -1 in self.items[position:]


@dataclass(frozen=True, slots=True)
class Step:
    """A statement between rows.

    What stands above it ends before row ``up``, what follows begins with row ``down``; a row
    between the two vanishes.
    """

    up: int
    down: int
    anchor: Anchor
    block: Block | None = None


@dataclass(slots=True)
class Lifting:
    """The lifting of one sheet.

    Attributes:
        anchors: all tags of its cells.
        blocks: as paired; a block's tags are numbers of anchors.
        rows: what each row with tags shows.
        steps: the statements that were lifted to rows, in the order in which they come.
        problems: what could not be placed.
    """

    anchors: Sequence[Anchor]
    blocks: Sequence[Block]
    rows: dict[int, RowContent]
    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _ups: dict[int, tuple[int, int]] = field(default_factory=dict)
    _gone: set[int] = field(default_factory=set)

    def run(self) -> None:
        """Decide for every block, then put the statements into their order."""
        for block in self.blocks:
            self._decide([self.anchors[number] for number in block.tags])
        self._decide_singles()
        if not self.problems:
            self._rescue()
            self._order()
            self.problems += check_nesting(self.steps, self.blocks)

    @property
    def lifted(self) -> frozenset[int]:
        """The numbers of the tags that no longer stand in their cells."""
        return frozenset(step.anchor.index for step in self.steps)

    def _decide(self, anchors: list[Anchor]) -> None:
        rank = max(_RANK[anchor.placed.tag.prefix] for anchor in anchors)
        cells = {anchor.cell for anchor in anchors}
        if len(cells) == 1 and rank == 0:
            return
        word = anchors[0].placed.tag.word
        if word not in _LIFTED:
            self._fault("xlsx.block_in_cells", anchors, word=word)
        elif rank == 1 or (rank == 0 and self._are_cells(anchors)):
            self._fault("xlsx.columns", anchors)
        else:
            self._place(anchors)

    def _are_cells(self, anchors: list[Anchor]) -> bool:
        """Whether cells are meant: one row, and each tag has a cell of its own."""
        return len({one.row for one in anchors}) == 1 and all(one.alone for one in anchors)

    def _place(self, anchors: list[Anchor]) -> None:
        whole = len({anchor.row for anchor in anchors}) == 1
        for position, anchor in enumerate(anchors):
            row = self.rows[anchor.row]
            if row.is_only_tags:
                self._gone.add(anchor.row)
                continue
            before, after = row.around(anchor.index)
            role = (
                "open" if position == 0 else "close" if position == len(anchors) - 1 else "middle"
            )
            if role == "middle" and (whole or (before and after)):
                self._fault("template.middle_in_text", [anchor])
            elif _goes_before(role, whole, before, after):
                self._ups[anchor.index] = anchor.row, anchor.row
            else:
                self._ups[anchor.index] = anchor.row + 1, anchor.row + 1

    def _decide_singles(self) -> None:
        """``{%tr set x = 1 %}`` and ``{#tr note #}`` stand for their row."""
        in_blocks = {number for block in self.blocks for number in block.tags}
        for anchor in self.anchors:
            is_single = anchor.steers and anchor.index not in in_blocks
            if is_single and anchor.placed.tag.word in _LEAVING:
                self._check_leaving(anchor)
            if is_single and anchor.placed.tag.prefix == "tr":
                if self.rows[anchor.row].is_only_tags:
                    self._gone.add(anchor.row)
                else:
                    self._ups[anchor.index] = anchor.row, anchor.row

    def _check_leaving(self, anchor: Anchor) -> None:
        """``break`` and ``continue`` would leave a row half written."""
        loops = [one for one in self.blocks if one.open < anchor.index < one.close]
        loop = max(
            (one for one in loops if one.word == "for"), key=lambda one: one.open, default=None
        )
        if loop is None or self.anchors[loop.open].cell != self.anchors[loop.close].cell:
            self._fault("xlsx.leaves_row", [anchor], word=anchor.placed.tag.word)

    def _rescue(self) -> None:
        """Let all statements of a row that goes stand where it stood."""
        for row in self._gone:
            for index in self.rows[row].items:
                self._ups[index] = row, row + 1

    def _order(self) -> None:
        of_tag = {number: block for block in self.blocks for number in block.tags}
        steps = [
            Step(up, down, self.anchors[index], of_tag.get(index))
            for index, (up, down) in self._ups.items()
        ]
        self.steps = sorted(steps, key=lambda step: (step.up, step.down, step.anchor.index))

    def _fault(self, code: str, anchors: Sequence[Anchor], **more: object) -> None:
        first, last = anchors[0].placed, anchors[-1].placed
        fields = {"tag": first.tag.text, "other": last.tag.text, **more}
        self.problems.append(Problem(code, (first.place, last.place), fields))


def _goes_before(role: str, whole: bool, before: bool, after: bool) -> bool:
    """Whether a statement whose row stays goes above it."""
    if whole:
        return role == "open"
    if role == "open":
        return after or not before
    if role == "close":
        return after and not before
    return after


def check_nesting(steps: Sequence[Step], blocks: Iterable[Block]) -> list[Problem]:
    """Check that blocks, as they were lifted, are nested and have their tags in order."""
    order = {step.anchor.index: position for position, step in enumerate(steps)}
    placed = [block for block in blocks if block.open in order]
    problems = []
    open_until: list[int] = []
    for block in sorted(placed, key=lambda one: order[one.open]):
        positions = [order[number] for number in block.tags]
        open_until = [end for end in open_until if end > positions[0]]
        crosses = bool(open_until) and positions[-1] > open_until[-1]
        if crosses or positions != sorted(positions):
            first = steps[positions[0]].anchor.placed
            fields = {"tag": first.tag.text}
            problems.append(Problem("template.blocks_overlap", (first.place,), fields))
        open_until.append(positions[-1])
    return problems


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


def find_rooms(steps: Sequence[Step]) -> dict[int, Room]:
    """Find the rows that each block takes, by the number of its opening tag.

    A row that vanishes belongs to the outermost block that it bounds, and to the first of two that
    meet in it, so that no row is counted twice.
    """
    return dict(_RoomFinder(steps).run())


def find_vanished(steps: Sequence[Step], rooms: Iterable[Room]) -> frozenset[int]:
    """Find rows that vanish by a statement of their own, not as a block's tag rows."""
    rows = {step.up for step in steps if step.up < step.down}
    return frozenset(row for row in rows if not any(_bounds(room, row) for room in rooms))


def _bounds(room: Room, row: int) -> bool:
    inside = any(body and body[0] <= row <= body[1] for body in room.bodies)
    return room.first <= row <= room.last and not inside


class _RoomFinder:
    def __init__(self, steps: Sequence[Step]) -> None:
        self.own_rows = [step.up for step in steps if step.block is None and step.up < step.down]
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
