"""Ids that must be unique although a loop prints what bears them again and again.

The first copy keeps the template's own ids; each later one gets new ones, the same wherever it
refers to itself: the end of its bookmark, a link to it, a field that names it. At compile time an
id in a block that repeats becomes an expression of the number of the pass; the numbers are given
out while a document is filled.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from govdocs.docx.tree.anchors import Inserts
from govdocs.docx.tree.dialect import WORD
from govdocs.docx.tree.passes import PassVariables
from govdocs.docx.tree.positions import Branch
from govdocs.docx.tree.streams import Element
from govdocs.language import current
from govdocs.opc import Package

_MAX_NAME = 40
ANNOTATIONS = frozenset(
    (
        *("bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "ins", "del", "moveFrom"),
        *("moveTo", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart"),
        *("moveToRangeEnd", "rPrChange", "pPrChange", "tcPrChange", "trPrChange", "tblPrChange"),
        *("sectPrChange", "cellIns", "cellDel", "cellMerge", "numberingChange"),
    )
)
_NOTES = {"footnote": "footnote", "footnoteReference": "footnote", "endnote": "endnote"}
_NOTES |= {"endnoteReference": "endnote", "comment": "comment", "commentReference": "comment"}
_NOTES |= {"commentRangeStart": "comment", "commentRangeEnd": "comment"}
_HEX = re.compile(r"\{http://schemas\.microsoft\.com/.*\}(?:paraId|anchorId|editId)")
VML = "urn:schemas-microsoft-com:vml"
_SPID = "{urn:schemas-microsoft-com:office:office}spid"
_SHAPE = re.compile(r"(_x0000_[a-z])(\d+)")
IN_FIELD = re.compile(r"(\b(?:REF|PAGEREF|NOTEREF|GOTOBUTTON)\s+\"?|\\l\s+\")([^\s\"\\]+)")
_USED = re.compile(
    rb"""\b(?:paraId|anchorId|editId)=["'](?P<hex>[0-9A-Fa-f]{8})["']"""
    rb"""|\bid=["'](?P<id>\d{1,9})["']|<(?:\w+:)?id (?:\w+:)?val=["'](?P<control>\d{1,10})["']"""
    rb"""|_x0000_[a-z](?P<shape>\d{1,9})["']"""
)


@dataclass(frozen=True, slots=True)
class OwnId:
    """An id of the template that stands in a block that repeats.

    Attributes:
        space: among which ids it is unique: ``id`` (of annotations), ``bookmark``, ``hex`` (of
            paragraphs), ``drawing``, ``control``, ``shape``, ``shapetype``, or the kind of a note.
        value: as it stands in the template.
    """

    space: str
    value: str


@dataclass(slots=True)
class Renewal:
    """The renewing of ids in one part, at compile time.

    Attributes:
        inserts: where pieces of source are put.
        variables: that hold numbers of passes.
        ids: the ids of the template that are renewed; those of this part are appended.
    """

    inserts: Inserts
    variables: PassVariables
    ids: list[OwnId]

    def run(self, branches: Sequence[Branch]) -> None:
        """Let every id in a block that repeats depend on the pass."""
        repeating = [branch for branch in branches if branch.repeats]
        innermost: dict[tuple[Element, str], tuple[OwnId, Branch]] = {}
        for branch in repeating:
            for element in branch.elements:
                for one, name, own in _ids_in(element):
                    innermost[one, name] = own, branch
        for (element, name), (own, branch) in innermost.items():
            if own.space == "bookmark":
                self._follow(branch, own)
            elif own.space == "shapetype":
                self._retype(branch, own)
            element.set(name, self._expression(own, branch))

    def _expression(self, own: OwnId, branch: Branch) -> str:
        self.ids.append(own)
        return self.inserts.value(f"{self.variables.variable(branch)}|_id({len(self.ids) - 1})")

    def _follow(self, branch: Branch, own: OwnId) -> None:
        """Let what refers to a bookmark of its own pass go on to do so."""
        for element in branch.elements:
            for dialect in WORD.values():
                for link in element.iter(dialect.q("hyperlink")):
                    if link.get(dialect.q("anchor")) == own.value:
                        link.set(dialect.q("anchor"), self._expression(own, branch))
                for code in element.iter(dialect.q("instrText")):
                    code.text = self._in_field(code.text or "", own, branch)
                for simple in element.iter(dialect.q("fldSimple")):
                    written = simple.get(dialect.q("instr"), "")
                    simple.set(dialect.q("instr"), self._in_field(written, own, branch))

    def _retype(self, branch: Branch, own: OwnId) -> None:
        """Let the shapes of a pass have the type that is defined in it."""
        for element in branch.elements:
            for shape in element.iter(f"{{{VML}}}*"):
                if shape.get("type") == f"#{own.value}":
                    shape.set("type", f"#{self._expression(own, branch)}")

    def _in_field(self, code: str, own: OwnId, branch: Branch) -> str:
        def renew(found: re.Match[str]) -> str:
            name = found[2]
            return found[1] + (self._expression(own, branch) if name == own.value else name)

        return IN_FIELD.sub(renew, code)


def _ids_in(element: Element) -> Iterator[tuple[Element, str, OwnId]]:
    """Yield element, attribute and id for everything in ``element`` that must be unique."""
    for one in element.iter(etree.Element):
        for name, value in one.attrib.items():
            space = _space_of(one, str(name))
            if space:
                yield one, str(name), OwnId(space, str(value))


def _space_of(element: Element, name: str) -> str:
    """Tell among which ids an attribute is unique; empty if it is no such id."""
    local, tag = name.rpartition("}")[2], etree.QName(element)
    if local in ("paraId", "anchorId", "editId"):
        return "hex" if _HEX.fullmatch(name) else ""
    if local == "id" and "elationships}" not in name:
        return _space_of_id(tag.localname, str(tag.namespace))
    if local == "val" and tag.localname == "id":
        parent = element.getparent()
        return "control" if parent is not None and str(parent.tag).endswith("}sdtPr") else ""
    if local == "name" and tag.localname == "bookmarkStart":
        return "bookmark"
    return "shape" if name == _SPID or local == "ShapeID" else ""


def _space_of_id(local: str, namespace: str) -> str:
    if local == "docPr":
        return "drawing"
    if namespace in WORD and local in _NOTES:
        return _NOTES[local]
    if namespace == VML:
        return "shapetype" if local == "shapetype" else "shape"
    return "id" if namespace in WORD and local in ANNOTATIONS else ""


@dataclass(frozen=True, slots=True)
class UsedIds:
    """Which numbers a template uses already, by the space that they are of."""

    numbers: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> "UsedIds":
        """Look through the parts of a package."""
        found: dict[str, set[int]] = {"hex": set(), "id": set(), "control": set(), "shape": set()}
        for name in package.names:
            if name.endswith(".xml"):
                for match in _USED.finditer(package.read(name)):
                    space = str(match.lastgroup)
                    found[space].add(int(match[space], 16 if space == "hex" else 10))
        return cls({space: frozenset(numbers) for space, numbers in found.items()})


@dataclass(slots=True)
class IdPool:
    """The ids that one filling gives out.

    Attributes:
        ids: of the template, by number.
        used: by the template.
        next_drawing: gives out ids of drawings.
        next_note: gives out ids of notes of a kind.
    """

    ids: Sequence[OwnId]
    used: UsedIds
    next_drawing: Callable[[], int]
    next_note: Callable[[str], int]
    _begun: set[int] = field(default_factory=set)
    _passes: int = 0
    _last: dict[str, int] = field(default_factory=dict)
    _given: dict[tuple[int, OwnId], str] = field(default_factory=dict)

    def begin_pass(self, block: int) -> int:
        """Return the number of a pass of ``block``: 0 for its first."""
        if block not in self._begun:
            self._begun.add(block)
            return 0
        self._passes += 1
        return self._passes

    def renew(self, number: int, which: int) -> str:
        """Return the id number ``which`` in a pass."""
        own = self.ids[which]
        if not number:
            return own.value
        if own.space == "hex":
            return f"{self._next('hex'):08X}"
        key = (number, own)
        if key not in self._given:
            self._given[key] = self._make(own, number)
        return self._given[key]

    def _make(self, own: OwnId, number: int) -> str:
        if own.space == "bookmark":
            ending = f"__{number}"
            return own.value[: _MAX_NAME - len(ending)] + ending
        if own.space == "drawing":
            return str(self.next_drawing())
        if own.space in ("footnote", "endnote", "comment"):
            return str(self.next_note(own.space))
        if own.space == "shape":
            found = _SHAPE.fullmatch(own.value)
            return f"{found[1]}{self._next('shape')}" if found else f"{own.value}_{number}"
        if own.space == "shapetype":  # its digits may be those of a type that Word knows
            return f"{own.value}_{number}"
        return str(self._next(own.space))

    def _next(self, space: str) -> int:
        number = self._last.get(space, 0) + 1
        while number in self.used.numbers[space]:
            number += 1
        self._last[space] = number
        return number


def write_pass(block: int) -> int:
    """Begin a pass: the filter ``_pass``."""
    return _pool().begin_pass(block)


def write_id(number: int, which: int) -> str:
    """Write an id: the filter ``_id``."""
    return _pool().renew(number, which)


def _pool() -> IdPool:
    state = current()
    if state is None:
        raise LookupError("ids are given out while a document is filled")
    pool: IdPool = state.engine.ids
    return pool
