"""Parts of a Word package as patterns and units: paragraphs, tables, rows and cells, as read.

The same eyes look at a template's outline and at a filled part: runs are joined, marks of editing,
cached breaks and the outcome of page fields are passed over, deleted text is not there, text boxes
come right behind their paragraph. Nothing here knows how the two are compared.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from govdocs.docx.tree.dialect import DIALECTS, MC, WORD, Dialect
from govdocs.docx.tree.streams import Element
from govdocs.errors import Place, Spot
from govdocs.language.inversion import NAMESPACE, Lit, Outline, Pattern, Piece, Unit

_CONTAINERS = ("tbl", "tr", "tc")
_PICTURES = ("drawing", "pict", "object")
_VOLATILE = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "DATE", "TIME", "SAVEDATE", "PRINTDATE"}
    | {"CREATEDATE", "EDITTIME", "FILENAME", "FILESIZE", "NUMWORDS", "NUMCHARS", "REVNUM"}
)
"""Fields whose outcome changes by itself."""
_UNREAD = ("rt", "instrText", "chart")
_MARK = f"{{{NAMESPACE}}}"
_DEAD = frozenset(name for dialect in WORD.values() for name in dialect.dead)
_WORD_P = frozenset(dialect.p for dialect in WORD.values())


def read_pattern(root: Element, outline: Outline, part: str) -> Pattern:
    """Read the outline of a template's part."""
    items = _Walk(outline, Place(part=part)).content(root, ())
    return Pattern("part", Place(part=part), tuple(items), is_leaf=False)


def read_unit(root: Element, place: Place) -> Unit:
    """Read a part of a filled file."""
    items = _Walk(None, place).content(root, ())
    return Unit("part", place, children=tuple(map(_as_unit, items)))


def read_properties_pattern(root: Element, outline: Outline, part: str) -> Pattern:
    """Read the outline of document properties: those that hold tags, by their names."""
    walk = _Walk(outline, Place(part=part))
    cells: dict[int | str, Pattern] = {
        key: Pattern("cell", Place(part=part, spot=(("property", key),)), tuple(items))
        for key, items in [(key, walk.text(element)) for key, element in _properties(root)]
        if any(not isinstance(one, Lit) for one in items)
    }
    row = Pattern(
        "tr", Place(part=part), cells=cells, is_leaf=False, is_keyed=True, is_partial=True
    )
    return Pattern("part", Place(part=part), (row,), is_leaf=False)


def read_properties_unit(root: Element, place: Place) -> Unit:
    """Read the document properties of a filled file."""
    cells: dict[int | str, Unit] = {
        key: Unit("cell", replace(place, spot=(("property", key),)), element.text or "")
        for key, element in _properties(root)
    }
    return Unit("part", place, children=(Unit("tr", place, cells=cells),))


def _properties(root: Element) -> Iterator[tuple[str, Element]]:
    for child in root.iterchildren(etree.Element):
        name = child.get("name")
        inner = next(child.iterchildren(etree.Element), None)
        if name is not None and inner is not None and not inner.tag.startswith(_MARK):
            yield name, inner
        else:
            yield etree.QName(child).localname, child


def _as_unit(piece: Piece) -> Unit:
    """Turn what was read of a filled part, which has no marks, into a unit."""
    assert isinstance(piece, Pattern)
    if piece.is_leaf:
        text = "".join(one.text for one in piece.items if isinstance(one, Lit))
        return Unit(piece.kind, piece.place, text, pictures=piece.pictures)
    return Unit(piece.kind, piece.place, children=tuple(map(_as_unit, piece.items)))


@dataclass(slots=True)
class _Walk:
    """A walk through one tree.

    Attributes:
        outline: what the marks stand for; None where there are none.
        place: of the part.
    """

    outline: Outline | None
    place: Place
    counts: dict[tuple[Spot, str], int] = field(default_factory=dict)

    def content(self, parent: Element, spot: Spot) -> list[Piece]:
        """Read what stands in the body, a cell, a row, a table."""
        items: list[Piece] = []
        for child in parent.iterchildren(etree.Element):
            items += self.block(child, spot)
        return items

    def block(self, element: Element, spot: Spot) -> list[Piece]:
        """Read one element of a body, a cell, a row, a table."""
        tag = element.tag
        if tag.startswith(_MARK):
            return self.mark(element, lambda body: self.content(body, spot))
        if tag in DIALECTS:
            return self._paragraph(element, DIALECTS[tag], spot)
        name = etree.QName(element).localname
        if name in _CONTAINERS:
            own = self.count(spot, name)
            items = tuple(self.content(element, own))
            return [Pattern(name, replace(self.place, spot=own), items, is_leaf=False)]
        if name.endswith("Pr") or tag in _DEAD:
            return []
        if name in ("footnote", "endnote", "comment"):
            return self.content(element, self.count(spot, name))
        return [piece for one in _shown(element) for piece in self.content(one, spot)]

    def count(self, spot: Spot, name: str) -> Spot:
        """Name the next of its kind."""
        key = spot, name
        self.counts[key] = self.counts.get(key, 0) + 1
        return (*spot, (name, self.counts[key]))

    def _paragraph(self, p: Element, dialect: Dialect, spot: Spot) -> list[Piece]:
        own = self.count(spot, "p")
        reading = _Paragraph(self, dialect, own)
        items = reading.collect(p)
        place = replace(self.place, spot=own)
        pattern = Pattern("p", place, tuple(items), pictures=reading.pictures)
        return [pattern, *reading.boxes]

    def text(self, element: Element) -> list[Piece]:
        """Read the text of an element, with the marks in it."""
        items: list[Piece] = [Lit(element.text)] if element.text else []
        for child in element.iterchildren(etree.Element):
            if child.tag.startswith(_MARK):
                items += self.mark(child, self.text)
            if child.tail:
                items.append(Lit(child.tail))
        return items

    def mark(self, element: Element, read: Callable[[Element], list[Piece]]) -> list[Piece]:
        """Read what a mark of the outline stands for."""
        assert self.outline is not None
        number = int(element.get("n", "0"))
        kind = etree.QName(element).localname
        if kind == "slot":
            return list(self.outline.slots[number])
        bodies = [tuple(read(body)) for body in element.iterchildren(etree.Element)]
        if kind == "for":
            loop = self.outline.loops[number]
            return [replace(loop, body=bodies[0], otherwise=bodies[1])]
        choice = self.outline.choices[number]
        pairs = zip(choice.branches, bodies, strict=True)
        return [replace(choice, branches=tuple(replace(one, items=body) for one, body in pairs))]


@dataclass(slots=True)
class _Paragraph:
    """The reading of one paragraph."""

    walk: _Walk
    dialect: Dialect
    spot: Spot
    pictures: int = 0
    boxes: list[Piece] = field(default_factory=list)
    fields: list[list[str]] = field(default_factory=list)

    def collect(self, parent: Element) -> list[Piece]:
        """Read what stands between runs, or in a run."""
        items: list[Piece] = []
        for child in parent.iterchildren(etree.Element):
            items += self._inline(child)
        return items

    def _inline(self, element: Element) -> list[Piece]:
        tag, dialect = element.tag, self.dialect
        if tag.startswith(_MARK):
            return [] if self._is_skipping() else self.walk.mark(element, self.collect)
        if tag in (dialect.t, dialect.math):
            return [] if self._is_skipping() else self.walk.text(element)
        if tag in dialect.chars:
            return self._character(element)
        name = etree.QName(element).localname
        if name == "fldChar":
            self._field(element)
        elif name == "instrText" and self.fields:
            self.fields[-1][0] += element.text or ""
        elif name == "fldSimple" and _is_volatile(_attribute(element, "instr")):
            return []
        elif tag in DIALECTS:
            self.boxes += self.walk.block(element, self.spot)
        elif name == "txbxContent":
            own = self.walk.count(self.spot, "textbox")
            self.boxes += self.walk.content(element, own)
        elif not (name.endswith("Pr") or tag in dialect.dead or name in _UNREAD):
            self.pictures += name in _PICTURES
            return [piece for one in _shown(element) for piece in self.collect(one)]
        return []

    def _character(self, element: Element) -> list[Piece]:
        kind = _attribute(element, "type")
        if self._is_skipping() or kind in ("page", "column"):
            return []
        parent = element.getparent()
        stands = parent is not None and parent.tag in (self.dialect.r, self.dialect.p)
        stands = stands or (parent is not None and parent.tag.startswith(_MARK))
        return [Lit(self.dialect.chars[element.tag])] if stands else []

    def _field(self, element: Element) -> None:
        kind = _attribute(element, "fldCharType")
        if kind == "begin":
            self.fields.append(["", ""])
        elif kind == "separate" and self.fields:
            self.fields[-1][1] = "shown"
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _is_skipping(self) -> bool:
        return any(shown and _is_volatile(code) for code, shown in self.fields)


def _shown(element: Element) -> list[Element]:
    """The element, or of alternate content the one that is shown."""
    if element.tag != f"{{{MC}}}AlternateContent":
        return [element]
    children = list(element.iterchildren(etree.Element))
    chosen = [one for one in children if etree.QName(one).localname == "Choice"]
    return chosen[:1] or children[:1]


def _is_volatile(code: str) -> bool:
    words = code.split(None, 1)
    return bool(words) and words[0].upper() in _VOLATILE


def _attribute(element: Element, local: str) -> str:
    found: Mapping[str, str] = {str(key): str(value) for key, value in element.attrib.items()}
    return next((value for key, value in found.items() if key.rpartition("}")[2] == local), "")
