"""The passes of blocks that repeat: each has a number, so that copies can be told apart.

The first pass of a block in a filling is 0, which means: as the template has it. Every later one
has a number of its own in the whole document.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from govdocs.docx.tree.anchors import Anchor, Inserts
from govdocs.docx.tree.positions import Branch, Position, Positions


@dataclass(slots=True)
class PassCounter:
    """How many blocks of a template have their passes numbered."""

    count: int = 0

    def next(self) -> int:
        """Return the number of a further block."""
        self.count += 1
        return self.count


@dataclass(slots=True)
class PassVariables:
    """The variables of one part that hold numbers of passes, at compile time.

    Attributes:
        anchors: of the part.
        inserts: where pieces of source are put.
        positions: of the anchors.
        counter: of the template.
    """

    anchors: Sequence[Anchor]
    inserts: Inserts
    positions: Positions
    counter: PassCounter
    _names: dict[int, str] = field(default_factory=dict)

    def variable(self, branch: Branch) -> str:
        """Return the variable that holds the number of the pass in ``branch``."""
        opened = branch.block.open
        if opened not in self._names:
            number = self.counter.next()
            self._names[opened] = f"_pass_{number}"
            statement = self.inserts.statement(f"set _pass_{number} = {number}|_pass")
            _put_after_mark(self.positions[opened], self.anchors[opened].mark, statement)
        return self._names[opened]


def _put_after_mark(position: Position, mark: str, addition: str) -> None:
    holder, previous = position.parent, position.previous
    if previous is not None:
        previous.tail = (previous.tail or "").replace(mark, mark + addition)
    else:
        holder.text = (holder.text or "").replace(mark, mark + addition)
