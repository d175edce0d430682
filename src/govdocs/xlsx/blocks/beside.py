"""Tables side by side: row loops that begin in one row and have their columns each.

Every loop owns the columns from its opening tag up to the next loop's, the first one also those to
its left, the last one also those to its right. Within them it is lifted as if nothing stood beside
it. Loops of which one needs the other, in its list or in its cells, are nested, not side by side.

before: | {% for a in 甲 %}{{ a.x }} | {{ a.y }}{% endfor %} | {% for b in 乙 %}{{ b }} | ...
after:  two lanes, columns 1..2 and 3.., in row 1; the row repeats as often as the longer list asks
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from govdocs.errors import Problem
from govdocs.language import Block, Mentions, Tag, pair
from govdocs.xlsx.blocks.lifting import Anchor, Content, Lifting, Step
from govdocs.xlsx.blocks.lines import Room, find_rooms, find_vanished
from govdocs.xlsx.grid.layout import COLUMN_LIMIT

_ROW_WORDS = frozenset({"if", "for", "with"})
_WORDS = _ROW_WORDS | {"filter", "call", "macro", "raw", "autoescape"}
Shown = Mapping[int, Sequence[tuple[int, tuple[int, ...]]]]
"""What each row with tags shows: by column, its tags that steer, -1 for anything else."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One of the tables that stand side by side.

    Attributes:
        first: its first column; ``last`` its last.
        steps: statements between its rows.
        rooms: the rows of each of its blocks, by the number of the opening tag.
        vanished: rows that hold a statement of their own.
        end: the last row that shows anything; those below it are only its neighbours'.
    """

    first: int
    last: int
    steps: tuple[Step, ...]
    rooms: Mapping[int, Room]
    vanished: frozenset[int]
    end: int


@dataclass(frozen=True, slots=True)
class Beside:
    """Rows of the template in which tables stand side by side."""

    first: int
    last: int
    lanes: tuple[Lane, ...]

    @property
    def starts(self) -> tuple[int, ...]:
        """The columns with which its lanes begin."""
        return tuple(lane.first for lane in self.lanes)

    def lane_at(self, column: int) -> Lane:
        """Give the table to which a column belongs."""
        return next(lane for lane in self.lanes if lane.first <= column <= lane.last)


@dataclass(slots=True)
class BesideFinder:
    """Finds the tables side by side of one sheet.

    Attributes:
        anchors: all tags of its cells, in order.
        shown: what its rows show.
        cells: what each cell with tags shows.
        mentions: tells the names in a tag.
        problems: what could not be placed.
    """

    anchors: Sequence[Anchor]
    shown: Shown
    cells: dict[tuple[int, int], Content]
    mentions: Callable[[Tag], Mentions]
    problems: list[Problem] = field(default_factory=list)
    _rows: dict[int, list[Anchor]] = field(default_factory=dict)

    def run(self) -> Iterator[Beside]:
        """Go through the rows from above."""
        for anchor in self.anchors:
            self._rows.setdefault(anchor.row, []).append(anchor)
        done = 0
        for row in sorted(self._rows):
            found = self._at(row) if row > done else None
            if found is not None:
                done = found.last
                yield found

    def _at(self, row: int) -> Beside | None:
        """Find the tables that begin side by side in a row."""
        groups = self._groups(row)
        starts = [1, *(group[0].column for group in groups[1:]), COLUMN_LIMIT + 1]
        last = self._last_row(row, starts) if len(groups) > 1 else None
        if last is None:
            return None
        rows = range(row, last + 1)
        cut = [self._within(rows, *ends) for ends in pairwise(starts)]
        paired = [pair_anchors(own) for own in cut]
        blocks = [own for own in paired if own is not None]
        if len(blocks) < len(cut) or not self._is_beside(groups, cut, blocks):
            return None
        columns = [(first, following - 1) for first, following in pairwise(starts)]
        own = zip(cut, blocks, columns, strict=True)
        liftings = [self._lift(tags, paired, ends, rows) for tags, paired, ends in own]
        lifted = {step.anchor.index for one in liftings for step in one.steps}
        problems = [problem for one in liftings for problem in one.problems]
        if not problems and any(one.index not in lifted for group in groups for one in group):
            return None  # columns are meant
        self.problems += [*problems, *_across(liftings)]
        lanes = (_lane(one, ends) for one, ends in zip(liftings, columns, strict=True))
        return Beside(row, last, tuple(lanes))

    def _groups(self, row: int) -> list[list[Anchor]]:
        """Group the blocks that begin in a row and leave their cell: nested ones together."""
        groups: list[list[Anchor]] = []
        known: set[str] = set()
        for anchor in _opening(self._rows[row]):
            mentions = self.mentions(anchor.placed.tag)
            if groups and (groups[-1][-1].cell == anchor.cell or mentions.read & known):
                groups[-1].append(anchor)
            else:
                groups.append([anchor])
            known |= mentions.set
        return groups

    def _last_row(self, row: int, starts: Sequence[int]) -> int | None:
        """Find the row in which all blocks have ended, each within its columns."""
        last = row
        while True:
            numbers = (number for number in sorted(self._rows) if number >= row)
            below = [one for number in numbers for one in self._rows[number]]
            ends = [
                _end([one for one in below if first <= one.column < end], last)
                for first, end in pairwise(starts)
            ]
            known = [end for end in ends if end is not None]
            if len(known) < len(ends):
                return None
            if max(known) == last:
                return last
            last = max(known)

    def _within(self, rows: range, start: int, end: int) -> list[Anchor]:
        own = (one for row in rows for one in self._rows.get(row, ()))
        return [one for one in own if start <= one.column < end]

    def _is_beside(
        self,
        groups: Sequence[list[Anchor]],
        cut: Sequence[list[Anchor]],
        blocks: Sequence[list[Block]],
    ) -> bool:
        """Tell loops side by side from loops of which one stands inside the other.

        Where the tags stand one behind the other, nothing else can be meant. Where those of one
        stand between those of the other, both must be loops that know nothing of each other.
        """
        closes = {one.open: one.close for own in blocks for one in own}
        if all(closes[one[0].index] < after[0].index for one, after in pairwise(groups)):
            return True
        if any(one.placed.tag.word != "for" for group in groups for one in group):
            return False
        names = [self._names(own) for own in cut]
        opened = [self._names(group).set for group in groups]
        return not any(
            own.read & (others - own.set)
            for number, own in enumerate(names)
            for other, others in enumerate(opened)
            if number != other
        )

    def _names(self, anchors: Sequence[Anchor]) -> Mentions:
        found = [self.mentions(one.placed.tag) for one in anchors]
        return Mentions(
            frozenset().union(*(one.read for one in found)),
            frozenset().union(*(one.set for one in found)),
        )

    def _lift(
        self,
        anchors: Sequence[Anchor],
        blocks: Sequence[Block],
        columns: tuple[int, int],
        rows: range,
    ) -> Lifting:
        """Lift the blocks of one lane."""
        contents = {row: self._content(row, *columns) for row in rows if row in self.shown}
        lifting = Lifting({one.index: one for one in anchors}, blocks, contents, self.cells)
        lifting.run()
        return lifting

    def _content(self, row: int, first: int, last: int) -> Content:
        """Say what a row shows within some columns."""
        shown = (items for column, items in self.shown[row] if first <= column <= last)
        return Content(tuple(item for items in shown for item in items))


def pair_anchors(anchors: Sequence[Anchor]) -> list[Block] | None:
    """Pair some of a sheet's tags; None if they do not match."""
    blocks, faults = pair([anchor.placed.tag for anchor in anchors])
    return None if faults else [numbered(block, anchors) for block in blocks]


def numbered(block: Block, anchors: Sequence[Anchor]) -> Block:
    """Name the tags of a block by the numbers that they have in the sheet."""
    return Block(block.word, tuple(anchors[number].index for number in block.tags))


def _lane(lifting: Lifting, columns: tuple[int, int]) -> Lane:
    rooms = find_rooms(lifting.steps)
    vanished = find_vanished(lifting.steps, rooms.values())
    shown = (row for row, content in lifting.rows.items() if content.items)
    end = max([*shown, *(room.last for room in rooms.values())], default=0)
    return Lane(*columns, tuple(lifting.steps), rooms, vanished, end)


def _across(liftings: Sequence[Lifting]) -> Iterator[Problem]:
    """Tell of blocks of columns in rows in which tables stand side by side."""
    for step in (one for own in liftings for steps in own.across.values() for one in steps):
        placed = step.anchor.placed
        yield Problem("xlsx.columns_beside", (placed.place,), {"tag": placed.tag.text})


def _opening(anchors: Sequence[Anchor]) -> Iterator[Anchor]:
    """List the tags of a row that open a block which is more than a piece of its cell's text."""
    for position, anchor in enumerate(anchors):
        tag = anchor.placed.tag
        if tag.word in _ROW_WORDS and tag.prefix != "tc":
            inside = _within_cell(anchors[position:])
            if inside is None or any(one.placed.tag.prefix == "tr" for one in inside):
                yield anchor


def _within_cell(anchors: Sequence[Anchor]) -> Sequence[Anchor] | None:
    """Give the tags of the block that the first one opens; None if it leaves their cell."""
    depth = 0
    for position, one in enumerate(anchors):
        depth += _deeper(one.placed.tag)
        if one.cell != anchors[0].cell:
            return None
        if depth == 0:
            return anchors[: position + 1]
    return None


def _end(anchors: Sequence[Anchor], row: int) -> int | None:
    """Find the first row, from ``row`` on, behind which no block is open; None if there is none."""
    depth = 0
    for one, following in pairwise([*anchors, None]):
        assert one is not None
        depth += _deeper(one.placed.tag)
        if depth < 0:
            return None
        ends_row = following is None or following.row != one.row
        if depth == 0 and ends_row and (following is None or following.row > row):
            return max(one.row, row)
    return None


def _deeper(tag: Tag) -> int:
    """By how many blocks it is deeper behind a tag."""
    word = tag.word
    if word.startswith("end"):
        return -1
    return int(word in _WORDS or (word == "set" and "=" not in tag.body))
