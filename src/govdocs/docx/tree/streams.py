"""The text of a part as a reader sees it, and edits of that text in the tree.

A stream is one text: the joined runs of a paragraph, a field's code, an attribute, a property. It
knows which characters stand in which node, so that a tag that Word has cut into five runs is one
piece of text here, and so that it can be replaced there. This module knows no tags.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree

from govdocs.docx.tree.dialect import DIALECTS, TEXT_HOLDERS, WORD, XML_SPACE, Dialect

Element = etree._Element  # noqa: SLF001 - lxml's name for it

_KEEPS_SPACES = TEXT_HOLDERS - {d.t for d in DIALECTS.values() if not d.containers}
_DEAD_TEXTS = frozenset(d.q(name) for d in WORD.values() for name in ("delText", "delInstrText"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a stream: ``node``'s text, or one character for a tab or a break."""

    node: Element
    start: int
    length: int
    attribute: str = ""


@dataclass(slots=True)
class Stream:
    """One text of the part.

    Attributes:
        kind: ``text`` (runs), ``code`` (of a field), ``attribute``, ``plain`` (an element's text).
        owner: the paragraph, or the element that holds the attribute or the text.
        dialect: of the paragraph; ``None`` for attributes and plain texts.
    """

    kind: str
    owner: Element
    dialect: Dialect | None = None
    pieces: list[Piece] = field(default_factory=list)
    text: str = ""

    def add(self, node: Element, text: str, attribute: str = "") -> None:
        """Append ``text``, which stands in ``node``."""
        if text:
            self.pieces.append(Piece(node, len(self.text), len(text), attribute))
            self.text += text

    def node_at(self, offset: int) -> Element:
        """Return the node that holds the character at ``offset``."""
        return self.pieces[self._index(offset)].node

    def _index(self, offset: int) -> int:
        return bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1

    def replace(self, start: int, end: int, replacement: str) -> Element:
        """Put ``replacement`` in place of ``text[start:end]``, into the node where that begins.

        Runs that lose all their text go; bookmarks between them stay. Edits are made from the end
        of the stream towards its beginning, because offsets after ``start`` no longer hold.

        before: <r><t>ab{{ </t></r><bookmarkStart/><r><t>x }}cd</t></r>
        after:  <r><t>ab§</t></r><bookmarkStart/><r><t>cd</t></r>
        """
        first, last = self._index(start), self._index(end - 1)
        piece = self.pieces[first]
        own = _get(piece)
        rest = own[end - piece.start :] if first == last else ""
        for middle in self.pieces[first + 1 : last]:
            _empty(middle)
        if last > first:
            _behead(self.pieces[last], end)
        _set(piece, own[: start - piece.start] + replacement + rest)
        return piece.node


def paragraph_streams(root: Element) -> Iterator[Stream]:
    """Yield the text of each paragraph that may hold tags, then of each field code in it."""
    for p in root.iter(*DIALECTS):
        if not _may_hold_tag("".join(map(str, p.itertext()))):
            continue
        dialect = DIALECTS[p.tag]
        text = Stream("text", p, dialect)
        codes: list[Stream] = []
        _collect(p, text, codes, dialect)
        yield from (one for one in (text, *codes) if _may_hold_tag(one.text))


def _may_hold_tag(text: str) -> bool:
    return "{" in text or "｛" in text or "}" in text or "｝" in text


def paragraph_stream(p: Element, dialect: Dialect) -> Stream:
    """Return the text of one paragraph, without those inside of it."""
    text = Stream("text", p, dialect)
    _collect(p, text, [], dialect)
    return text


def leaf_streams(root: Element) -> Iterator[Stream]:
    """Yield the text of each element that is no paragraph's: names of a chart's series, say."""
    taken = TEXT_HOLDERS | _DEAD_TEXTS
    for text in find_texts(root, "//*[not(*)]/text()[contains(., '{') or contains(., '｛')]"):
        element = text.getparent()
        if element is not None and not (element.tag in taken and _stands_in_paragraph(element)):
            stream = Stream("plain", element)
            stream.add(element, element.text or "")
            yield stream


def _stands_in_paragraph(element: Element) -> bool:
    """Whether the stream of a paragraph holds the text of ``element``, or leaves it out."""
    holder = next(element.iterancestors(*DIALECTS), None)
    if holder is None:
        return False
    dialect = DIALECTS[holder.tag]
    return bool(dialect.math) or element.tag == dialect.t


def find_texts(root: Element, path: str) -> list[Any]:
    """Find texts and attributes by XPath, in document order; each knows where it stands."""
    return cast("list[Any]", root.xpath(path))


def empty_copy(element: Element) -> Element:
    """Return an element of the same name with the same attributes, and nothing in it."""
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    return element.makeelement(element.tag, attributes, cast("dict[str, str]", element.nsmap))


def attribute_streams(root: Element) -> Iterator[Stream]:
    """Yield each attribute that holds a tag."""
    opening = " or ".join(f"contains(., '{one}')" for one in ("{{", "{%", "{#", "｛"))
    for value in find_texts(root, f"//@*[{opening}]"):
        owner = value.getparent()
        if owner is not None:
            stream = Stream("attribute", owner)
            stream.add(owner, str(value), str(value.attrname))
            yield stream


def plain_streams(root: Element) -> Iterator[Stream]:
    """Yield the text of each element that may hold tags: document properties."""
    for element in root.iter(etree.Element):
        if element.text and _may_hold_tag(element.text):
            stream = Stream("plain", element)
            stream.add(element, element.text)
            yield stream


def _collect(parent: Element, text: Stream, codes: list[Stream], dialect: Dialect) -> None:
    instr = dialect.q("instrText")
    for child in parent.iterchildren(etree.Element):
        tag = child.tag
        if tag in (dialect.t, dialect.math):
            text.add(child, child.text or "")
        elif tag in dialect.chars and _stands_in_run(child, dialect):
            text.add(child, dialect.chars[tag])
        elif tag == instr:
            _add_code(child, codes, text, dialect)
        elif tag == dialect.q("fldChar"):
            codes.append(Stream("code", text.owner, dialect))
        elif tag not in DIALECTS and tag not in dialect.dead:
            _collect(child, text, codes, dialect)


def _stands_in_run(element: Element, dialect: Dialect) -> bool:
    parent = element.getparent()
    # In DrawingML a break is the runs' sibling.
    return parent is not None and parent.tag in (dialect.r, dialect.p)


def _add_code(node: Element, codes: list[Stream], text: Stream, dialect: Dialect) -> None:
    if not codes:
        codes.append(Stream("code", text.owner, dialect))
    codes[-1].add(node, node.text or "")


def _behead(piece: Piece, end: int) -> None:
    """Remove what stands before ``end`` in the last piece of an edit."""
    rest = _get(piece)[end - piece.start :]
    if rest:
        _set(piece, rest)
    else:
        _empty(piece)


def _get(piece: Piece) -> str:
    if piece.attribute:
        return str(piece.node.get(piece.attribute, ""))
    return piece.node.text or ""


def _set(piece: Piece, value: str) -> None:
    if piece.attribute:
        piece.node.set(piece.attribute, value)
        return
    piece.node.text = value
    if piece.node.tag in _KEEPS_SPACES:
        piece.node.set(XML_SPACE, "preserve")


def _empty(piece: Piece) -> None:
    """Remove a node whose text went into an earlier one, and its run if nothing else is in it."""
    node = piece.node
    run = node.getparent()
    if run is None:
        return
    remove(node)
    left = [child for child in run.iterchildren(etree.Element) if not child.tag.endswith("}rPr")]
    if run.tag.endswith("}r") and not left:
        remove(run)


def remove(element: Element) -> None:
    """Take ``element`` out of its parent; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
