"""Lift blocks: where, among whole elements, a block's tags belong.

Three steps, each over all blocks: decide where each tag goes, move them, check that the outcome is
nested. A block whose tags stand in one paragraph stays in it. Otherwise it is lifted to the smallest
whole elements that hold both ends: paragraphs, rows or cells; ``{%p``, ``{%tr``, ``{%tc`` say which.
An element that holds nothing but tags goes; one that holds more stays, inside the block.

before: <tbl><tr>{% for x in xs %}{{ x }}{% endfor %}</tr></tbl>   (tags in different cells)
after:  <tbl>§<tr>{{ x }}</tr>§</tbl>
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from govdocs.docx.anchors import (
    Anchor,
    lift_to_runs,
    marks_in,
    put_after,
    put_before,
    take_out,
    without_marks,
)
from govdocs.docx.dialect import WORD, Dialect
from govdocs.docx.streams import Element, remove
from govdocs.errors import Problem
from govdocs.language import Block

_RANK = {"": 0, "r": 0, "p": 1, "tc": 2, "tr": 3}
_ELEMENT = {"p": "p", "tc": "tc", "tr": "tr"}


@dataclass(slots=True)
class _Moves:
    """What is to be done at one element: anchors before it, after it, and whether it goes."""

    before: dict[int, Anchor] = field(default_factory=dict)
    after: dict[int, Anchor] = field(default_factory=dict)
    goes: bool = False


@dataclass(slots=True)
class Lifting:
    """The lifting of one part.

    Attributes:
        anchors: all tags of the part by number.
        blocks: as paired; a block's tags are numbers of anchors.
        problems: what could not be placed.
    """

    anchors: Sequence[Anchor]
    blocks: Sequence[Block]
    problems: list[Problem] = field(default_factory=list)
    _moves: dict[Element, _Moves] = field(default_factory=dict)
    _inline: list[tuple[Block, Element]] = field(default_factory=list)

    def run(self) -> None:
        """Decide and move."""
        for block in self.blocks:
            self._decide([self.anchors[number] for number in block.tags], block)
        self._decide_singles()
        for element, moves in list(self._moves.items()):
            self._move(element, moves)
        for block, ancestor in self._inline:
            self._lift_inline([self.anchors[number] for number in block.tags], ancestor)

    def _decide(self, anchors: list[Anchor], block: Block) -> None:
        rank = max(_RANK[anchor.placed.tag.prefix] for anchor in anchors)
        owners = {anchor.stream.owner for anchor in anchors}
        if any(anchor.stream.kind != "text" for anchor in anchors):
            if len({id(anchor.stream) for anchor in anchors}) > 1:
                self._fault("template.block_crosses", anchors)
            return
        if rank == 0 and len(owners) == 1:
            self._decide_inline(anchors, block)
            return
        elements = self._elements(anchors, rank)
        if elements is None:
            self._fault("template.block_crosses", anchors)
            return
        self._place(anchors, elements)

    def _decide_inline(self, anchors: list[Anchor], block: Block) -> None:
        nodes = {anchor.node for anchor in anchors}
        by_run = any(anchor.placed.tag.prefix == "r" for anchor in anchors)
        if len(nodes) > 1 or by_run:
            run = anchors[0].node.getparent()
            ancestor = _common([anchor.node for anchor in anchors])
            if len(nodes) == 1 or ancestor is run:
                ancestor = run.getparent() if run is not None else None
            if ancestor is not None:
                self._inline.append((block, ancestor))

    def _lift_inline(self, anchors: list[Anchor], ancestor: Element) -> None:
        dialect = anchors[0].stream.dialect
        assert dialect is not None
        for anchor in anchors:
            anchor.node = _holder(anchor, ancestor)
            if anchor.mark not in (anchor.node.text or ""):
                return  # its paragraph held nothing but tags and is gone
            if not lift_to_runs(anchor, ancestor, dialect):
                self._fault("template.block_crosses", anchors)
                return

    def _elements(self, anchors: list[Anchor], rank: int) -> list[Element] | None:
        """The element that each tag is lifted to; all have one parent. None if there is no such."""
        dialect = anchors[0].stream.dialect
        if dialect is None or any(anchor.stream.dialect != dialect for anchor in anchors):
            return None
        container = _common([anchor.stream.owner for anchor in anchors])
        while container is not None:
            kind = _kind(container, dialect)
            elements = [_below(container, anchor.stream.owner) for anchor in anchors]
            if kind and all(e is not None for e in elements):
                found = [e for e in elements if e is not None]
                if _fits(kind, rank, found, anchors, dialect):
                    return found
            container = container.getparent()
        return None

    def _place(self, anchors: list[Anchor], elements: list[Element]) -> None:
        whole = elements[0] is elements[-1]
        for position, (anchor, element) in enumerate(zip(anchors, elements, strict=True)):
            moves = self._moves.setdefault(element, _Moves())
            if is_only_tags(element, anchor.stream.dialect, self.anchors):
                moves.goes = True
                moves.before[anchor.index] = anchor
                continue
            before, after = self._content_around(anchor, element)
            role = "open" if position == 0 else "close" if position == len(anchors) - 1 else "middle"
            if role == "middle" and (whole or (before and after)):
                self._fault("template.middle_in_text", [anchor])
                continue
            if whole:
                goes_before = role == "open"
            elif role == "open":
                goes_before = after or not before
            elif role == "close":
                goes_before = after and not before
            else:
                goes_before = after
            (moves.before if goes_before else moves.after)[anchor.index] = anchor

    def _content_around(self, anchor: Anchor, element: Element) -> tuple[bool, bool]:
        text = _visible_text(element, anchor.stream.dialect)
        before, _, after = text.partition(anchor.mark)
        steering = frozenset(one.index for one in self.anchors if _steers(one))
        return (
            bool(without_marks(before, steering).strip()),
            bool(without_marks(after, steering).strip()),
        )

    def _decide_singles(self) -> None:
        """Comments and ``set`` alone in a paragraph take the paragraph with them."""
        lifted = {number for moves in self._moves.values() for number in moves.before | moves.after}
        in_blocks = {number for block in self.blocks for number in block.tags}
        for anchor in self.anchors:
            if anchor.index in lifted | in_blocks or not _steers(anchor):
                continue
            element = self._single_element(anchor)
            if element is None:
                continue
            others = set(marks_in(_visible_text(element, anchor.stream.dialect)))
            if anchor.placed.tag.prefix not in ("p", "tr", "tc") and others & in_blocks - lifted:
                continue
            moves = self._moves.setdefault(element, _Moves())
            moves.goes = moves.goes or is_only_tags(element, anchor.stream.dialect, self.anchors)
            moves.before[anchor.index] = anchor

    def _single_element(self, anchor: Anchor) -> Element | None:
        dialect = anchor.stream.dialect
        prefix = anchor.placed.tag.prefix
        if anchor.stream.kind != "text" or dialect is None:
            return None
        if prefix in _ELEMENT:
            element = _ancestor(anchor.stream.owner, dialect.q(prefix))
            if element is None:
                fields = {"tag": anchor.placed.tag.text, "element": prefix}
                self.problems.append(
                    Problem("template.no_such_element", (anchor.placed.place,), fields)
                )
            return element
        p = anchor.stream.owner
        if dialect.containers and is_only_tags(p, dialect, self.anchors) and _may_go(p, dialect):
            return p
        return None

    def _move(self, element: Element, moves: _Moves) -> None:
        if moves.goes:
            self._rescue(element, moves)
        for number in sorted(moves.before):
            take_out(moves.before[number])
            put_before(element, moves.before[number].mark)
        for number in sorted(moves.after, reverse=True):
            take_out(moves.after[number])
            put_after(element, moves.after[number].mark)
        if moves.goes:
            _dissolve(element)

    def _rescue(self, element: Element, moves: _Moves) -> None:
        """Let the other statements of an element that goes stand where it stood."""
        inline = {number for block, _ in self._inline for number in block.tags}
        text = _visible_text(element, next(iter(moves.before.values())).stream.dialect)
        for number in marks_in(text):
            if number not in moves.before and number not in moves.after and number not in inline:
                moves.before[number] = self.anchors[number]

    def _fault(self, code: str, anchors: Sequence[Anchor]) -> None:
        first, last = anchors[0].placed, anchors[-1].placed
        fields = {"tag": first.tag.text, "other": last.tag.text}
        self.problems.append(Problem(code, (first.place, last.place), fields))


def is_only_tags(element: Element, dialect: Dialect | None, anchors: Sequence[Anchor]) -> bool:
    """Tell whether ``element`` shows nothing but tags that steer."""
    if dialect is None or any(True for _ in element.iter(*dialect.substance)):
        return False
    text = _visible_text(element, dialect)
    steering = frozenset(number for number in marks_in(text) if _steers(anchors[number]))
    return bool(steering) and not without_marks(text, steering).strip()


def check_nesting(root: Element, anchors: Sequence[Anchor], blocks: Iterable[Block]) -> list[Problem]:
    """Check that, as they now stand, blocks are nested and begin and end in one element."""
    order: dict[int, int] = {}
    parents: dict[int, Element] = {}
    for number, parent in _marks_in_order(root):
        order[number] = len(order)
        parents[number] = parent
    open_until: list[int] = []
    problems = []
    placed = [block for block in blocks if all(number in order for number in block.tags)]
    for block in sorted(placed, key=lambda one: order[one.open]):
        positions = [order[number] for number in block.tags]
        open_until = [end for end in open_until if end > positions[0]]
        one_parent = len({id(parents[number]) for number in block.tags}) == 1
        crosses = bool(open_until) and positions[-1] > open_until[-1]
        if not one_parent or crosses or positions != sorted(positions):
            first = anchors[block.open].placed
            fields = {"tag": first.tag.text}
            problems.append(Problem("template.blocks_overlap", (first.place,), fields))
        open_until.append(positions[-1])
    return problems


def _marks_in_order(root: Element) -> Iterable[tuple[int, Element]]:
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            for value in element.attrib.values():
                yield from ((number, element) for number in marks_in(str(value)))
            yield from ((number, element) for number in marks_in(element.text))
        elif (parent := element.getparent()) is not None:
            yield from ((number, parent) for number in marks_in(element.tail))


def _steers(anchor: Anchor) -> bool:
    return anchor.placed.tag.kind != "expr"


def _common(elements: Sequence[Element]) -> Element | None:
    """The innermost element that holds all of ``elements``; not one of them unless they are one."""
    chains = [[element, *element.iterancestors()] for element in elements]
    if all(element is elements[0] for element in elements):
        return elements[0].getparent()
    rest = [set(chain[1:] if len(set(elements)) > 1 else chain) for chain in chains[1:]]
    for candidate in chains[0]:
        if all(candidate in chain for chain in rest):
            return candidate
    return None


def _below(container: Element, element: Element) -> Element | None:
    """The child of ``container`` that holds ``element``."""
    child = element
    while (parent := child.getparent()) is not None:
        if parent is container:
            return child
        child = parent
    return None


def _ancestor(element: Element, tag: str) -> Element | None:
    return element if element.tag == tag else next(element.iterancestors(tag), None)


def _kind(container: Element, dialect: Dialect) -> str:
    """What ``container``'s children are: ``p``, ``tr`` or ``tc``; empty if it holds none."""
    if container.tag == dialect.q("sdtContent"):
        tags = {child.tag for child in container.iterchildren(etree.Element)}
        for kind in ("tr", "tc"):
            if dialect.q(kind) in tags:
                return kind
        return "p" if tags & {dialect.p, dialect.q("tbl")} else ""
    if container.tag == dialect.q("tbl"):
        return "tr"
    if container.tag == dialect.q("tr"):
        return "tc"
    if container.tag in dialect.containers:
        return "p"
    holds = not dialect.containers and any(child.tag == dialect.p for child in container)
    return "p" if holds else ""


def _fits(
    kind: str, rank: int, elements: list[Element], anchors: list[Anchor], dialect: Dialect
) -> bool:
    """Whether a block may be lifted to ``elements``, which are children of one container.

    Cells without a prefix: only where each tag has a cell of its own; else the row is meant.
    """
    if rank and _RANK[kind] != rank:
        return False
    if kind == "tc" and not rank:
        cells = zip(elements, anchors, strict=True)
        if not all(_cell_of_its_own(cell, anchor) for cell, anchor in cells):
            return False
    allowed = 1 if kind == "tr" else 0
    pairs = zip(elements, anchors, strict=True)
    return all(_walls(element, one.stream.owner, dialect) <= allowed for element, one in pairs)


def _cell_of_its_own(cell: Element, anchor: Anchor) -> bool:
    text = _visible_text(cell, anchor.stream.dialect)
    return not without_marks(text).strip() and marks_in(text) == [anchor.index]


def _walls(element: Element, owner: Element, dialect: Dialect) -> int:
    """How many cells and text boxes stand between ``element`` and the paragraph ``owner``."""
    walls = {dialect.q("tc"), dialect.q("txbxContent")}
    count = 0
    node: Element | None = owner
    while node is not None and node is not element:
        count += node.tag in walls
        node = node.getparent()
    return count


def _visible_text(element: Element, dialect: Dialect | None) -> str:
    assert dialect is not None
    return "".join(
        t.text or ""
        for t in element.iter(dialect.t)
        if not any(above.tag in dialect.dead for above in t.iterancestors())
    )


def _holder(anchor: Anchor, ancestor: Element) -> Element:
    """The text node that holds the anchor now: an earlier lifting may have cut the run."""
    if anchor.mark in (anchor.node.text or ""):
        return anchor.node
    for node in ancestor.iter(anchor.node.tag):
        if anchor.mark in (node.text or ""):
            return node
    return anchor.node


def _may_go(p: Element, dialect: Dialect) -> bool:
    """A paragraph may go unless its container would be left without a last paragraph."""
    following = [sibling for sibling in p.itersiblings() if sibling.tag == dialect.p]
    parent = p.getparent()
    is_body = parent is not None and parent.tag == dialect.q("body")
    return is_body or bool(following)


def _dissolve(element: Element) -> None:
    """Remove an element that held only tags; bookmarks in it stay where it stood."""
    for dialect in WORD.values():
        for marker in list(element.iter(*dialect.ranges)):
            element.addprevious(marker)
    remove(element)
