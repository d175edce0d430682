"""Anchors: where the tags stand in the tree while it is being compiled.

A tag that was found is cut out of the text, and an anchor, a few characters that the part has
nowhere else, stands in its place. An anchor may stand in a text or between elements; the functions
here move it there, cutting runs in two where they must. This module does not decide where to.
"""

from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from govdocs.docx.tree.dialect import Dialect
from govdocs.docx.tree.streams import Element, Stream, empty_copy, remove
from govdocs.language import Placed, Source

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Noncharacters: allowed in XML 1.0, never assigned, so no document uses them for text."""


@dataclass(slots=True)
class Anchor:
    """A tag in the tree.

    Attributes:
        index: its number, in document order.
        placed: the tag and its place, for messages.
        stream: the text that it was found in.
        node: the element whose text holds the anchor.
        body: what is printed instead of the tag's own expression; None for that.
        writer: the filter that writes the value.
        is_spent: whether the tag has done its work and steers no more.
    """

    index: int
    placed: Placed
    stream: Stream
    node: Element
    body: str | None = None
    writer: str = "_t"
    is_spent: bool = False

    @property
    def mark(self) -> str:
        """The characters that stand for the tag."""
        return f"{OPEN}{self.index}{CLOSE}"

    @property
    def steers(self) -> bool:
        """Whether the tag is a statement or a comment, which shows nothing itself."""
        return self.placed.tag.kind != "expr" and not self.is_spent

    def find_node(self, within: Element) -> Element:
        """Return the text that holds the anchor now: a run may have been cut since it was put."""
        if self.mark in (self.node.text or ""):
            return self.node
        for node in within.iter(self.node.tag):
            if self.mark in (node.text or ""):
                return node
        return self.node


@dataclass(slots=True)
class Inserts:
    """What the compiler itself puts into a part beside the tags: marks for pieces of its source.

    A piece is text that stays, a statement, an expression of the engine's own, or a whole source.
    """

    pieces: list[tuple[str, str]] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    def text(self, text: str) -> str:
        """Return the mark of ``text``, which is printed as it is."""
        return self._mark("text", text)

    def statement(self, body: str) -> str:
        """Return the mark of a statement."""
        return self._mark("statement", body)

    def value(self, body: str) -> str:
        """Return the mark of an expression."""
        return self._mark("value", body)

    def source(self, source: Source) -> str:
        """Return the mark of the source of another part, which is printed here."""
        self.sources.append(source)
        return self._mark("source", str(len(self.sources) - 1))

    def _mark(self, kind: str, body: str) -> str:
        self.pieces.append((kind, body))
        return f"{OPEN}x{len(self.pieces) - 1}{CLOSE}"


def marks_in(text: str | None) -> list[int]:
    """Return the numbers of the anchors in ``text``, in order."""
    if not text or OPEN not in text:
        return []
    names = (piece.partition(CLOSE)[0] for piece in text.split(OPEN)[1:])
    return [int(name) for name in names if name.isdigit()]  # the others are guards


def without_marks(text: str, numbers: frozenset[int] | None = None) -> str:
    """Return ``text`` without its anchors, or without those in ``numbers``."""
    first, *rest = text.split(OPEN)
    out = [first]
    for piece in rest:
        number, _, after = piece.partition(CLOSE)
        gone = numbers is None or (number.isdigit() and int(number) in numbers)
        out.append(after if gone else f"{OPEN}{number}{CLOSE}{after}")
    return "".join(out)


def take_out(anchor: Anchor) -> None:
    """Remove the anchor from the text that holds it."""
    node = anchor.node
    node.text = (node.text or "").replace(anchor.mark, "")


def put_before(element: Element, mark: str) -> None:
    """Put an anchor right before ``element``, after other anchors there."""
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + mark
        return
    parent = element.getparent()
    assert parent is not None
    parent.text = (parent.text or "") + mark


def put_after(element: Element, mark: str) -> None:
    """Put an anchor right after ``element``, before other anchors there."""
    element.tail = mark + (element.tail or "")


def lift_to_runs(anchor: Anchor, ancestor: Element, dialect: Dialect) -> bool:
    """Move an anchor out of its text to between ``ancestor``'s children.

    before: <r><rPr/><t>ab§cd</t></r>        after: <r><rPr/><t>ab</t></r>§<r><rPr/><t>cd</t></r>

    Returns:
        False, with the tree unchanged, where an element in between cannot be cut in two.
    """
    path = _path(anchor.node, ancestor)[1:]
    if any(e.tag not in dialect.splittable and not _at_edge(anchor, e) for e in path):
        return False
    post = etree.ProcessingInstruction("anchor")
    _split_text(anchor, post)
    for element in path:
        _step_out(post, element, dialect)
    put_before(post, anchor.mark)
    remove(post)
    return True


def _path(node: Element, ancestor: Element) -> list[Element]:
    """``node`` and its ancestors below ``ancestor``, innermost first."""
    path = [node]
    while (parent := path[-1].getparent()) is not None and parent is not ancestor:
        path.append(parent)
    return path


def _split_text(anchor: Anchor, post: Element) -> None:
    node = anchor.node
    left, right = (node.text or "").split(anchor.mark, 1)
    node.text = left
    _add_after(node, post)
    if right:
        copy = empty_copy(node)
        copy.text = right
        _add_after(post, copy)


def _step_out(post: Element, element: Element, dialect: Dialect) -> None:
    """Move ``post`` from among ``element``'s children to right before or after ``element``."""
    after = list(post.itersiblings())
    if not any(_has_substance(child, dialect) for child in after):
        _add_after(element, post)
    elif not any(_has_substance(child, dialect) for child in post.itersiblings(preceding=True)):
        element.addprevious(post)
    else:
        right = empty_copy(element)
        if str(element[0].tag).endswith("Pr"):
            right.append(deepcopy(element[0]))
        right.extend(after)
        _add_after(element, right)
        right.addprevious(post)
    if element.tag in dialect.splittable and not any(
        _has_substance(child, dialect) for child in element
    ):
        remove(element)


def _add_after(element: Element, other: Element) -> None:
    """Put ``other`` right after ``element``, before the text (and anchors) that follow it."""
    if other.getparent() is not None:
        remove(other)
    other.tail, element.tail = element.tail, None
    element.addnext(other)


def _has_substance(child: Element, dialect: Dialect) -> bool:
    if child.tag == dialect.t:
        return bool(child.text)
    return etree.iselement(child) and not str(child.tag).endswith(("rPr", ">"))


def _at_edge(anchor: Anchor, element: Element) -> bool:
    text = "".join(str(piece) for piece in element.itertext())
    before, _, after = text.partition(anchor.mark)
    return not before or not after
