"""Texts between the two ends of a bookmark, which stays where it is."""

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from govdocs.docx.holders.planting import mark_format
from govdocs.docx.tree.dialect import XML_SPACE, Dialect
from govdocs.docx.tree.streams import Element, Piece, paragraph_stream, remove


class BookmarkError(Exception):
    """A bookmark cannot take a text: ``spans`` paragraphs, or holds more than text."""

    def __init__(self, *held: str) -> None:
        super().__init__(*held)
        self.held = list(held)


def read_bookmark(start: Element, w: Dialect) -> str:
    """Return the text of a bookmark.

    Raises:
        BookmarkError: it does not lie within one paragraph, or holds more than text.
    """
    return "".join(_text(piece) for piece in _find(start, w)[1])


def write_bookmark(start: Element, w: Dialect, text: str) -> None:
    """Put a text in place of what a bookmark holds; an empty one gets it at its start.

    before: <bookmarkStart/><r><rPr/><t>ab</t></r><r><t>c</t></r><bookmarkEnd/>
    after:  <bookmarkStart/><r><rPr/><t>text</t></r><bookmarkEnd/>
    """
    p, pieces = _find(start, w)
    holder = next((one.node for one in pieces if one.node.tag == w.t), None)
    for piece in pieces:
        if piece.node is not holder:
            _drop(piece.node, w)
    if holder is None:
        holder = _new_text(start, p, w)
    holder.text = text
    holder.set(XML_SPACE, "preserve")


def _find(start: Element, w: Dialect) -> tuple[Element, list[Piece]]:
    """Find the paragraph of a bookmark and the pieces of text between its ends."""
    between = list(_between(start, w))
    held = [one for one in between if one.tag in (*w.substance, w.q("tbl"), w.q("sdt"))]
    if held:
        raise BookmarkError(*(etree.QName(one).localname for one in held))
    inside = set(between)
    owners = dict.fromkeys(
        p for one in between if one.tag == w.t for p in _nearest_paragraph(one, w)
    )
    owners = owners or dict.fromkeys(_nearest_paragraph(start, w))
    whole = [one for one in between if one.tag == w.p]
    if len(owners) != 1 or len(whole) > 1 + any(one in owners for one in whole):
        raise BookmarkError
    p = next(iter(owners))
    return p, [one for one in paragraph_stream(p, w).pieces if one.node in inside]


def _between(start: Element, w: Dialect) -> Iterator[Element]:
    """Yield the elements that begin between the ends of a bookmark."""
    number = start.get(w.q("id"))
    is_open = False
    for one in start.getroottree().getroot().iter(etree.Element):
        if one is start:
            is_open = True
        elif is_open and one.tag == w.q("bookmarkEnd") and one.get(w.q("id")) == number:
            return
        elif is_open:
            yield one
    raise BookmarkError


def _nearest_paragraph(element: Element, w: Dialect) -> Iterator[Element]:
    found = next(element.iterancestors(w.p), None)
    if found is not None:
        yield found


def _text(piece: Piece) -> str:
    return piece.node.text or ""


def _drop(node: Element, w: Dialect) -> None:
    """Remove a piece of text, and its run if nothing else is in it."""
    run = node.getparent()
    remove(node)
    if run is not None and run.tag == w.r and all(one.tag == w.q("rPr") for one in run):
        remove(run)


def _new_text(start: Element, p: Element, w: Dialect) -> Element:
    """Make a run behind the start, in the format of the run before, behind, or of the mark."""
    before = [one for one in p.iter(w.r) if _comes_before(one, start)]
    behind = [one for one in p.iter(w.r) if not _comes_before(one, start)]
    near = before[-1] if before else (behind[0] if behind else None)
    run = start.makeelement(w.r)
    properties = mark_format(p, w) if near is None else deepcopy(near.find(w.q("rPr")))
    if properties is not None:
        run.append(properties)
    if start.getparent() is not None and next(start.iterancestors(w.p), None) is p:
        start.addnext(run)
    else:
        p.append(run)
    return etree.SubElement(run, w.t)


def _comes_before(one: Element, other: Element) -> bool:
    for element in one.getroottree().getroot().iter(one.tag, other.tag):
        if element is one:
            return True
        if element is other:
            return False
    return False
