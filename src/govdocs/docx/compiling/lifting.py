"""Lift blocks: where, among whole elements, a block's tags belong.

Two steps, each over all blocks: decide where each tag goes, then move them. A block whose tags
stand in one paragraph stays in it. Otherwise it is lifted to the smallest whole elements that hold
both ends: paragraphs, rows or cells; ``{%p``, ``{%tr``, ``{%tc`` say which. An element that holds
nothing but tags goes; one that holds more stays, inside the block.

before: <tbl><tr>{% for x in xs %}{{ x }}{% endfor %}</tr></tbl>   (tags in different cells)
after:  <tbl>§<tr>{{ x }}</tr>§</tbl>

A condition that begins or ends in the middle of a text is not lifted: what stands before and after
it must stay, so its tags stay where they are, between the runs of their paragraphs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from govdocs.docx.tree.anchors import (
    Anchor,
    lift_to_runs,
    marks_in,
    put_after,
    put_before,
    take_out,
    without_marks,
)
from govdocs.docx.tree.dialect import WORD, Dialect
from govdocs.docx.tree.geometry import (
    RANK,
    child_towards,
    common_ancestor,
    holds_only,
    kind_of_children,
    may_go,
    nearest,
    visible_text,
    walls_between,
)
from govdocs.docx.tree.streams import Element, remove
from govdocs.errors import Problem
from govdocs.language import Block


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
        through: blocks that run from the middle of one paragraph into the middle of another.
    """

    anchors: Sequence[Anchor]
    blocks: Sequence[Block]
    problems: list[Problem] = field(default_factory=list)
    through: set[Block] = field(default_factory=set)
    _moves: dict[Element, _Moves] = field(default_factory=dict)
    _inline: list[tuple[Block, Element]] = field(default_factory=list)
    _steering: frozenset[int] = frozenset()

    def run(self) -> None:
        """Decide and move."""
        self._steering = frozenset(one.index for one in self.anchors if one.steers)
        for block in self.blocks:
            self._decide([self.anchors[number] for number in block.tags], block)
        self._decide_singles()
        for element, moves in list(self._moves.items()):
            self._move(element, moves)
        for block, ancestor in self._inline:
            self._lift_inline([self.anchors[number] for number in block.tags], ancestor)
        for block in self.through:
            self._lift_through([self.anchors[number] for number in block.tags])

    def _decide(self, anchors: list[Anchor], block: Block) -> None:
        if any(anchor.stream.kind != "text" for anchor in anchors):
            if len({id(anchor.stream) for anchor in anchors}) > 1:
                self._fault("template.block_crosses", anchors)
            return
        rank = max(RANK[anchor.placed.tag.prefix] for anchor in anchors)
        owners = {anchor.stream.owner for anchor in anchors}
        if rank == 0 and len(owners) == 1:
            self._decide_inline(anchors, block)
            return
        elements = self._elements(anchors, rank)
        if elements is None:
            self._fault("template.block_crosses", anchors)
        elif block.word == "if" and rank == 0 and self._runs_through(anchors, elements):
            self.through.add(block)
        else:
            self._place(anchors, elements)

    def _decide_inline(self, anchors: list[Anchor], block: Block) -> None:
        nodes = {anchor.node for anchor in anchors}
        by_run = any(anchor.placed.tag.prefix == "r" for anchor in anchors)
        if len(nodes) == 1 and not by_run:
            return
        run = anchors[0].node.getparent()
        ancestor = common_ancestor([anchor.node for anchor in anchors])
        if len(nodes) == 1 or ancestor is run:
            ancestor = run.getparent() if run is not None else None
        if ancestor is not None:
            self._inline.append((block, ancestor))

    def _elements(self, anchors: list[Anchor], rank: int) -> list[Element] | None:
        """The element that each tag is lifted to; all have one parent. None if there is no such."""
        dialect = anchors[0].stream.dialect
        if dialect is None or any(anchor.stream.dialect != dialect for anchor in anchors):
            return None
        container = common_ancestor([anchor.stream.owner for anchor in anchors])
        while container is not None:
            kind = kind_of_children(container, dialect)
            found = [child_towards(container, anchor.stream.owner) for anchor in anchors]
            elements = [element for element in found if element is not None]
            if kind and _fits(kind, rank, elements, anchors, dialect):
                return elements
            container = container.getparent()
        return None

    def _runs_through(self, anchors: list[Anchor], elements: list[Element]) -> bool:
        """Whether a condition begins or ends amid text, so that lifting would take text along."""
        if any(one.stream.owner is not e for one, e in zip(anchors, elements, strict=True)):
            return False
        opening, *middle, closing = (self._content_around(one) for one in anchors)
        return all(opening) or all(closing) or any(map(all, middle))

    def _place(self, anchors: list[Anchor], elements: list[Element]) -> None:
        whole = elements[0] is elements[-1]
        last = len(anchors) - 1
        for position, (anchor, element) in enumerate(zip(anchors, elements, strict=True)):
            moves = self._moves.setdefault(element, _Moves())
            if self._is_only_tags(element, anchor.stream.dialect):
                moves.goes = True
                moves.before[anchor.index] = anchor
                continue
            before, after = self._content_around(anchor, element)
            if 0 < position < last and (whole or (before and after)):
                self._fault("template.middle_in_text", [anchor])
                continue
            if whole:
                goes_before = position == 0
            elif position == last:
                goes_before = after and not before
            else:
                goes_before = after or (not before and position == 0)
            (moves.before if goes_before else moves.after)[anchor.index] = anchor

    def _content_around(self, anchor: Anchor, element: Element | None = None) -> tuple[bool, bool]:
        """Whether something that shows stands before and after the anchor in its element."""
        dialect = anchor.stream.dialect
        assert dialect is not None
        text = visible_text(anchor.stream.owner if element is None else element, dialect)
        before, _, after = text.partition(anchor.mark)
        return (
            bool(without_marks(before, self._steering).strip()),
            bool(without_marks(after, self._steering).strip()),
        )

    def _decide_singles(self) -> None:
        """Comments and ``set`` alone in a paragraph take the paragraph with them."""
        lifted = {number for moves in self._moves.values() for number in moves.before | moves.after}
        in_blocks = {number for block in self.blocks for number in block.tags}
        for anchor in self.anchors:
            if anchor.index in lifted or anchor.index in in_blocks or not anchor.steers:
                continue
            element = self._single_element(anchor)
            if element is None or anchor.stream.dialect is None:
                continue
            others = set(marks_in(visible_text(element, anchor.stream.dialect)))
            if RANK[anchor.placed.tag.prefix] == 0 and others & in_blocks - lifted:
                continue
            moves = self._moves.setdefault(element, _Moves())
            moves.goes = moves.goes or self._is_only_tags(element, anchor.stream.dialect)
            moves.before[anchor.index] = anchor

    def _single_element(self, anchor: Anchor) -> Element | None:
        dialect = anchor.stream.dialect
        prefix = anchor.placed.tag.prefix
        if anchor.stream.kind != "text" or dialect is None:
            return None
        if RANK[prefix]:
            element = nearest(anchor.stream.owner, dialect.q(prefix))
            if element is None:
                fields = {"tag": anchor.placed.tag.text, "element": prefix}
                place = anchor.placed.place
                self.problems.append(Problem("template.no_such_element", (place,), fields))
            return element
        p = anchor.stream.owner
        if dialect.containers and self._is_only_tags(p, dialect) and may_go(p, dialect):
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
        dialect = next(iter(moves.before.values())).stream.dialect
        for number in marks_in(visible_text(element, dialect) if dialect else ""):
            if number not in moves.before and number not in moves.after and number not in inline:
                moves.before[number] = self.anchors[number]

    def _lift_inline(self, anchors: list[Anchor], ancestor: Element) -> None:
        dialect = anchors[0].stream.dialect
        assert dialect is not None
        for anchor in anchors:
            anchor.node = anchor.find_node(ancestor)
            if anchor.mark not in (anchor.node.text or ""):
                return  # its paragraph held nothing but tags and is gone
            if not lift_to_runs(anchor, ancestor, dialect):
                self._fault("template.block_crosses", anchors)
                return

    def _lift_through(self, anchors: list[Anchor]) -> None:
        for anchor in anchors:
            self._lift_inline([anchor], anchor.stream.owner)

    def _is_only_tags(self, element: Element, dialect: Dialect | None) -> bool:
        """Whether ``element`` shows nothing but tags that steer."""
        if dialect is None or _has_substance(element, dialect):
            return False
        text = visible_text(element, dialect)
        steering = self._steering.intersection(marks_in(text))
        return bool(steering) and not without_marks(text, steering).strip()

    def _fault(self, code: str, anchors: Sequence[Anchor]) -> None:
        first, last = anchors[0].placed, anchors[-1].placed
        fields = {"tag": first.tag.text, "other": last.tag.text}
        places = tuple(dict.fromkeys((first.place, last.place)))
        self.problems.append(Problem(code, places, fields))


def _has_substance(element: Element, dialect: Dialect) -> bool:
    """Whether more than text is in ``element``: a picture, a field, a page break."""
    if any(True for _ in element.iter(*dialect.substance)):
        return True
    kinds = (br.get(dialect.q("type"), "") for br in element.iter(dialect.q("br")))
    return any(kind in ("page", "column") for kind in kinds)


def _fits(
    kind: str, rank: int, elements: list[Element], anchors: list[Anchor], dialect: Dialect
) -> bool:
    """Whether a block may be lifted to ``elements``, which are children of one container.

    Cells without a prefix: only where each tag has a cell of its own; else the row is meant.
    """
    if rank and RANK[kind] != rank:
        return False
    pairs = list(zip(elements, anchors, strict=True))
    is_loose = kind == "tc" and not rank
    if is_loose and not all(holds_only(cell, anchor.index, dialect) for cell, anchor in pairs):
        return False
    allowed = 1 if kind == "tr" else 0
    return all(walls_between(e, one.stream.owner, dialect) <= allowed for e, one in pairs)


def _dissolve(element: Element) -> None:
    """Remove an element that held only tags; bookmarks in it stay where it stood."""
    for dialect in WORD.values():
        for marker in list(element.iter(*dialect.ranges)):
            remove(marker)
            element.addprevious(marker)
    remove(element)
