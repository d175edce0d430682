"""Lift blocks: which rows or columns of a sheet a block's tags stand for.

A block whose tags stand in one cell stays inside it. Otherwise it is lifted to whole rows: a row
that holds nothing but tags vanishes, one that holds more stays, inside the block or outside, as its
content stands before or after the tag. With ``tc``, or where each tag has a cell of its own in one
row, columns are lifted likewise.

before: | {% for x in xs %}{{ x.a }} | {{ x.b }}{% endfor %} |      (one row)
after:  § | {{ x.a }} | {{ x.b }} | §
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

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
class Content:
    """What a row or a cell shows, in order: tags that steer by their number, -1 for all else."""

    items: tuple[int, ...]

    @property
    def is_only_tags(self) -> bool:
        """Whether it holds tags that steer and nothing else."""
        return bool(self.items) and -1 not in self.items

    def around(self, index: int) -> tuple[bool, bool]:
        """Tell whether anything stands before and after tag ``index``."""
        if index not in self.items:
            return True, True
        position = self.items.index(index)
        return -1 in self.items[:position], -1 in self.items[position:]


@dataclass(frozen=True, slots=True)
class Step:
    """A statement between rows, or between the columns of a row.

    What stands before it ends before line ``up``, what follows begins with line ``down``; a line
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
        anchors: its tags, by their numbers.
        blocks: as paired; a block's tags are numbers of anchors.
        rows: what each row with tags shows.
        cells: what each cell with tags shows.
        steps: the statements that were lifted to rows, in the order in which they come.
        across: those that were lifted to columns, for each row that holds any.
        problems: what could not be placed.
    """

    anchors: Mapping[int, Anchor]
    blocks: Sequence[Block]
    rows: dict[int, Content]
    cells: dict[tuple[int, int], Content]
    steps: list[Step] = field(default_factory=list)
    across: dict[int, list[Step]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _ups: dict[int, tuple[int, int]] = field(default_factory=dict)
    _lefts: dict[int, tuple[int, int]] = field(default_factory=dict)
    _gone: set[int] = field(default_factory=set)
    _gone_cells: set[tuple[int, int]] = field(default_factory=set)

    def run(self) -> None:
        """Decide for every block, then put the statements into their order."""
        for block in self.blocks:
            self._decide([self.anchors[number] for number in block.tags])
        self._decide_singles()
        if not self.problems:
            self._rescue()
            self._order()
            for steps in (self.steps, *self.across.values()):
                self.problems += check_nesting(steps, self.blocks)

    def _decide(self, anchors: list[Anchor]) -> None:
        rank = max(_RANK[anchor.placed.tag.prefix] for anchor in anchors)
        cells = {anchor.cell for anchor in anchors}
        if len(cells) == 1 and rank == 0:
            return
        word = anchors[0].placed.tag.word
        if word not in _LIFTED:
            self._fault("xlsx.block_in_cells", anchors, word=word)
        elif rank == 1 or (rank == 0 and self._are_cells(anchors)):
            self._place_across(anchors)
        else:
            self._place(anchors)

    def _are_cells(self, anchors: list[Anchor]) -> bool:
        """Whether cells are meant: one row, and each tag has a cell of its own."""
        return len({one.row for one in anchors}) == 1 and all(one.alone for one in anchors)

    def _place(self, anchors: list[Anchor]) -> None:
        """Lift a block to rows."""
        whole = len({anchor.row for anchor in anchors}) == 1
        for position, anchor in enumerate(anchors):
            content = self.rows[anchor.row]
            if content.is_only_tags:
                self._gone.add(anchor.row)
                continue
            goes_before = self._goes_before(anchor, content, _role(position, anchors), whole=whole)
            line = anchor.row + (not goes_before)
            self._ups[anchor.index] = line, line

    def _place_across(self, anchors: list[Anchor]) -> None:
        """Lift a block to columns."""
        if len({anchor.row for anchor in anchors}) > 1:
            self._fault("template.block_crosses", anchors)
            return
        whole = len({anchor.column for anchor in anchors}) == 1
        for position, anchor in enumerate(anchors):
            content = self.cells[anchor.cell]
            if content.is_only_tags:
                self._gone_cells.add(anchor.cell)
                continue
            goes_before = self._goes_before(anchor, content, _role(position, anchors), whole=whole)
            line = anchor.column + (not goes_before)
            self._lefts[anchor.index] = line, line

    def _goes_before(self, anchor: Anchor, content: Content, role: str, *, whole: bool) -> bool:
        """Decide on which side of its row or cell, which stays, a statement goes."""
        before, after = content.around(anchor.index)
        if role == "middle" and (whole or (before and after)):
            self._fault("template.middle_in_text", [anchor])
        if whole:
            return role == "open"
        if role == "open":
            return after or not before
        return after and (role == "middle" or not before)

    def _decide_singles(self) -> None:
        """``{%tr set x = 1 %}`` and ``{#tr note #}`` stand for their row."""
        in_blocks = {number for block in self.blocks for number in block.tags}
        for anchor in self.anchors.values():
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
        """Let all statements of a row or cell that goes stand where it stood."""
        for row in self._gone:
            for index in self.rows[row].items:
                self._ups[index] = row, row + 1
        for row, column in self._gone_cells:
            for index in self.cells[row, column].items:
                if index not in self._ups:
                    self._lefts[index] = column, column + 1

    def _order(self) -> None:
        self.steps = self._sorted(self._ups)
        rows = {self.anchors[index].row for index in self._lefts} - self._gone
        for row in sorted(rows):
            own = {
                index: place
                for index, place in self._lefts.items()
                if self.anchors[index].row == row and index not in self._ups
            }
            self.across[row] = self._sorted(own)

    def _sorted(self, places: dict[int, tuple[int, int]]) -> list[Step]:
        of_tag = {number: block for block in self.blocks for number in block.tags}
        steps = [
            Step(up, down, self.anchors[index], of_tag.get(index))
            for index, (up, down) in places.items()
        ]
        return sorted(steps, key=lambda step: (step.up, step.down, step.anchor.index))

    def _fault(self, code: str, anchors: Sequence[Anchor], **more: object) -> None:
        first, last = anchors[0].placed, anchors[-1].placed
        fields = {"tag": first.tag.text, "other": last.tag.text, **more}
        self.problems.append(Problem(code, (first.place, last.place), fields))


def _role(position: int, anchors: Sequence[Anchor]) -> str:
    if position == 0:
        return "open"
    return "close" if position == len(anchors) - 1 else "middle"


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
