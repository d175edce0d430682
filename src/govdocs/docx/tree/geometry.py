"""Questions about the tree: what holds what, what a reader sees, what an element's children are.

Nothing here changes the tree.
"""

from collections.abc import Sequence

from lxml import etree

from govdocs.docx.tree.anchors import marks_in, without_marks
from govdocs.docx.tree.dialect import Dialect
from govdocs.docx.tree.streams import Element

RANK = {"": 0, "r": 0, "p": 1, "tc": 2, "tr": 3}
"""Which prefixes stand for larger elements."""


def common_ancestor(elements: Sequence[Element]) -> Element | None:
    """Return the innermost element that holds all of ``elements`` and is none of them."""
    first = elements[0]
    others = [set(one.iterancestors()) for one in elements[1:] if one is not first]
    return next((up for up in first.iterancestors() if all(up in chain for chain in others)), None)


def child_towards(container: Element, element: Element) -> Element | None:
    """Return the child of ``container`` that holds ``element``, or is it."""
    child = element
    while (parent := child.getparent()) is not None:
        if parent is container:
            return child
        child = parent
    return None


def nearest(element: Element, tag: str) -> Element | None:
    """Return ``element`` or the nearest element around it that is a ``tag``."""
    return element if element.tag == tag else next(element.iterancestors(tag), None)


def visible_text(element: Element, dialect: Dialect) -> str:
    """Return the text that a reader sees in ``element``, anchors included."""
    return "".join(
        t.text or ""
        for t in element.iter(dialect.t, dialect.math or dialect.t)
        if not _is_dead(t, dialect)
    )


def _is_dead(t: Element, dialect: Dialect) -> bool:
    return any(up.tag in dialect.dead for up in t.iterancestors())


def kind_of_children(container: Element, dialect: Dialect) -> str:
    """Tell what ``container``'s children are: ``p``, ``tr`` or ``tc``; empty if it holds none."""
    if container.tag in dialect.transparent:
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


def walls_between(element: Element, owner: Element, dialect: Dialect) -> int:
    """Count the cells and text boxes that stand between ``element`` and the paragraph in it."""
    walls = (dialect.q("tc"), dialect.q("txbxContent"))
    count = 0
    node: Element | None = owner
    while node is not None and node is not element:
        count += node.tag in walls
        node = node.getparent()
    return count


def holds_only(cell: Element, number: int, dialect: Dialect) -> bool:
    """Tell whether ``cell`` shows nothing but the anchor ``number``."""
    text = visible_text(cell, dialect)
    return not without_marks(text).strip() and marks_in(text) == [number]


def may_go(p: Element, dialect: Dialect) -> bool:
    """Tell whether a paragraph may go: its container must not lose its last one."""
    parent = p.getparent()
    if parent is None or parent.tag == dialect.q("body"):
        return parent is not None
    return any(sibling.tag == dialect.p for sibling in p.itersiblings())
