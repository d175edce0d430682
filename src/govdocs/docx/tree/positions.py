"""Where the anchors of blocks stand once they are lifted, and what stands between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from govdocs.docx.tree.anchors import OPEN, Anchor, marks_in
from govdocs.docx.tree.dialect import TEXT_HOLDERS
from govdocs.docx.tree.streams import Element, find_texts
from govdocs.errors import Problem
from govdocs.language import Block

_HOLD_MARKS = f"//text()[contains(., '{OPEN}')] | //@*[contains(., '{OPEN}')]"


@dataclass(frozen=True, slots=True)
class Position:
    """Where an anchor stands.

    Attributes:
        order: among all anchors of the part.
        parent: the element that it stands in.
        previous: the child that it follows; None where it comes first.
        is_text: whether it stands in a text or an attribute, not between elements.
    """

    order: int
    parent: Element
    previous: Element | None = None
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """What stands between two tags of a block: between ``{% if %}`` and ``{% else %}``, say.

    Attributes:
        block: whose branch it is.
        number: which of the block's tags opens it.
        elements: what stands in it, in order, none inside another; empty for mere text.
    """

    block: Block
    number: int
    elements: tuple[Element, ...]

    @property
    def repeats(self) -> bool:
        """Whether it may be printed more than once."""
        return self.number == 0 and self.block.word in ("for", "macro", "call")


Positions = Mapping[int, Position]


def find_positions(root: Element) -> Positions:
    """Find all anchors of a part, in document order."""
    found: dict[int, Position] = {}
    for text in find_texts(root, _HOLD_MARKS):
        holder = text.getparent()
        assert holder is not None
        parent = holder.getparent() if text.is_tail else holder
        assert parent is not None
        previous = holder if text.is_tail else None
        is_text = text.is_attribute or (previous is None and holder.tag in TEXT_HOLDERS)
        for number in marks_in(str(text)):
            found[number] = Position(len(found), parent, previous, is_text)
    return found


def find_branches(blocks: Iterable[Block], positions: Positions) -> list[Branch]:
    """List the branches of all blocks, outer before inner."""
    found = []
    for block in sorted(blocks, key=lambda one: positions[one.open].order):
        for number, (opened, closed) in enumerate(zip(block.tags, block.tags[1:], strict=False)):
            elements = _between(positions[opened], positions[closed])
            found.append(Branch(block, number, tuple(elements)))
    return found


def _between(start: Position, end: Position) -> list[Element]:
    if start.is_text or end.is_text:
        return []
    if start.parent is end.parent:
        return _until(_after(start), end.previous)
    between: list[Element] = []
    for sibling in start.parent.itersiblings():
        if sibling is end.parent:
            return [*_after(start), *between, *_until(list(end.parent), end.previous)]
        between.append(sibling)
    return []


def _after(start: Position) -> list[Element]:
    if start.previous is not None:
        return list(start.previous.itersiblings())
    return list(start.parent)


def _until(elements: list[Element], last: Element | None) -> list[Element]:
    if last is None or last not in elements:
        return []
    return elements[: elements.index(last) + 1]


def check_nesting(
    positions: Positions, anchors: list[Anchor], blocks: Iterable[Block], through: set[Block]
) -> list[Problem]:
    """Check that, as they now stand, blocks are nested and begin and end in one element.

    Args:
        positions: of all anchors.
        anchors: by number.
        blocks: those whose tags still stand in the part are looked at.
        through: blocks that run from the middle of one paragraph into the middle of another.
    """
    open_until: list[int] = []
    problems = []
    placed = [block for block in blocks if all(number in positions for number in block.tags)]
    for block in sorted(placed, key=lambda one: positions[one.open].order):
        order = [positions[number].order for number in block.tags]
        open_until = [end for end in open_until if end > order[0]]
        parents = {id(positions[number].parent) for number in block.tags}
        crosses = bool(open_until) and order[-1] > min(open_until)
        if (len(parents) > 1 and block not in through) or crosses or order != sorted(order):
            first = anchors[block.open].placed
            problem = Problem("template.blocks_overlap", (first.place,), {"tag": first.tag.text})
            problems.append(problem)
        open_until.append(order[-1])
    return problems
