"""What a filling adds to the document's shared parts: styles, numbering, notes.

They are gathered while the parts are rendered, because a shared part may hold tags itself, and are
written into it when all are. A part that the template lacks is made. This module knows no values.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lxml import etree

from govdocs.docx.tree.ids import ANNOTATIONS
from govdocs.opc import parse_xml, serialise_xml

if TYPE_CHECKING:
    from govdocs.docx.writing.shelf import Shelf

Element = etree._Element  # noqa: SLF001
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."


@dataclass(slots=True)
class Additions:
    """The additions of one filling.

    Attributes:
        shelf: of the filling.
        style_ids: style id by kind and name in small letters, the added ones too.
        styles: elements to be added to the styles.
    """

    shelf: "Shelf"
    style_ids: dict[tuple[str, str], str]
    styles: list[Element] = field(default_factory=list)
    _abstracts: list[Element] = field(default_factory=list)
    _numbers: list[Element] = field(default_factory=list)
    _notes: dict[str, list[Element]] = field(default_factory=dict)
    _highest: dict[str, int] = field(default_factory=dict)
    _names: set[str] | None = None

    def add_numbering(self, root: Element, number: str) -> str:
        """Add a copy of a list; return its number.

        Args:
            root: the numbering that it stands in.
            number: its ``numId`` there.
        """
        found, abstract = num_of(root, number), abstract_of(root, number)
        if found is None or abstract is None:
            return "0"
        kind, lists = deepcopy(abstract), deepcopy(found)
        kind.tail = lists.tail = None
        for name in ("nsid", "styleLink", "numStyleLink"):
            for tied in kind.findall(f"{{*}}{name}"):
                kind.remove(tied)
        for level in kind.iterchildren("{*}lvl"):
            for tied in level.findall("{*}pStyle"):
                level.remove(tied)  # the style goes on with its own list
        abstract_id = str(self._next("numbering", "abstractNum", "abstractNumId"))
        new = str(self._next("numbering", "num", "numId"))
        set_value(kind, "abstractNumId", abstract_id)
        set_value(lists, "numId", new)
        link = lists.find("{*}abstractNumId")
        assert link is not None
        set_value(link, "val", abstract_id)
        self._abstracts.append(kind)
        self._numbers.append(lists)
        return new

    def restart_list(self, number: str) -> str:
        """Add a list that is like one of the document's and begins anew; return its number."""
        name = self._part("numbering")
        root = parse_xml(self.shelf.draft.read(name), name)
        num = num_of(root, number)
        if num is None:
            return number
        made = deepcopy(num)
        made.tail = None
        new = str(self._next("numbering", "num", "numId"))
        set_value(made, "numId", new)
        namespace = etree.QName(made).namespace
        kind = abstract_of(root, number)
        starts = {get_value(one, "ilvl"): one for one in made.iterchildren("{*}lvlOverride")}
        for level in () if kind is None else kind.iterchildren("{*}lvl"):
            depth = get_value(level, "ilvl")
            if depth not in starts:
                override = etree.SubElement(made, f"{{{namespace}}}lvlOverride")
                set_value(override, "ilvl", depth)
                start = level.find("{*}start")
                first = "1" if start is None else get_value(start, "val")
                set_value(etree.SubElement(override, f"{{{namespace}}}startOverride"), "val", first)
        self._numbers.append(made)
        return new

    def notes_part(self, kind: str) -> str:
        """Return the name of the part for notes of a kind; it is made if there is none."""
        return self._part(f"{kind}s")

    def next_note(self, kind: str) -> int:
        """Return an id that no note of a kind has."""
        return max(self._next(f"{kind}s", kind, "id"), 1)

    def add_note(self, kind: str, note: Element) -> str:
        """Add a note; return its id."""
        new = str(self.next_note(kind))
        set_value(note, "id", new)
        self._notes.setdefault(kind, []).append(note)
        return new

    def next_annotation(self) -> int:
        """Return an id that no bookmark has, nor a tracked change, nor a permission."""
        self._bookmark_names()
        self._highest["annotation"] += 1
        return self._highest["annotation"]

    def free_bookmark(self, name: str) -> str:
        """Return a name for a bookmark that no other has."""
        names, wanted, number = self._bookmark_names(), name, 1
        while name in names:
            name, number = f"{wanted[:36]}_{number}", number + 1
        names.add(name)
        return name

    def _bookmark_names(self) -> set[str]:
        if self._names is None:
            package = self.shelf.package
            root = package.parse(package.main)
            self._names = {get_value(one, "name") for one in root.iter("{*}bookmarkStart")}
            found = root.iter(*(f"{{*}}{name}" for name in ANNOTATIONS))
            ids = (int(one) for element in found if (one := get_value(element, "id")).isdigit())
            # far from what loops of the template may give out
            self._highest["annotation"] = max(ids, default=0) + 100_000
        return self._names

    def settle(self) -> None:
        """Write what was added into the shared parts."""
        if self.styles:
            self._append("styles", self.styles)
            self._append_to_twin()
        if self._numbers:
            self._append_numbering()
        for kind, notes in self._notes.items():
            self._append(f"{kind}s", notes)

    def _append_to_twin(self) -> None:
        """Keep in step what Word 2010 wrote beside the styles: the same ones, with its effects."""
        package = self.shelf.package
        for one in package.relationships(package.main):
            if one.type.endswith("/stylesWithEffects") and one.part in package:
                self._append_into(str(one.part), deepcopy(self.styles))

    def _append(self, kind: str, elements: list[Element]) -> None:
        self._append_into(self._part(kind), elements)

    def _append_into(self, name: str, elements: list[Element]) -> None:
        root = parse_xml(self.shelf.draft.read(name), name)
        root.extend(elements)
        self.shelf.draft.replace(name, serialise_xml(root))

    def _append_numbering(self) -> None:
        """Definitions stand before all lists (ECMA-376 part 1, 17.9.17)."""
        name = self._part("numbering")
        root = parse_xml(self.shelf.draft.read(name), name)
        first = root.find("{*}num")
        for abstract in self._abstracts:
            if first is not None:
                first.addprevious(abstract)
            else:
                root.append(abstract)
        last = root.findall("{*}num")
        for number in reversed(self._numbers):
            if last:
                last[-1].addnext(number)
            else:
                self._abstracts[-1].addnext(number)
        self.shelf.draft.replace(name, serialise_xml(root))

    def _next(self, kind: str, local: str, attribute: str) -> int:
        if local not in self._highest:
            name = self._part(kind)
            root = parse_xml(self.shelf.draft.read(name), name)
            ids = [get_value(one, attribute) for one in root.iterchildren(f"{{*}}{local}")]
            self._highest[local] = max((int(one) for one in ids if one.isdigit()), default=0)
        self._highest[local] += 1
        return self._highest[local]

    def _part(self, kind: str) -> str:
        """Name the document's part of a kind; make an empty one if there is none."""
        made = self.shelf.kept.setdefault("shared", {})
        if kind not in made:
            package = self.shelf.package
            found = package.related(package.main, kind)
            made[kind] = found[0] if found else self._make(kind)
        return str(made[kind])

    def _make(self, kind: str) -> str:
        shelf = self.shelf
        root = shelf.package.parse(shelf.package.main)
        namespace = etree.QName(root).namespace
        inner = _separators(kind.removesuffix("s")) if kind in ("footnotes", "endnotes") else ""
        xml = f'<w:{kind} xmlns:w="{namespace}">{inner}</w:{kind}>'
        name = shelf.draft.unused_name(f"word/{kind}{{}}.xml").replace("1.xml", ".xml")
        if name in shelf.draft:
            name = shelf.draft.unused_name(f"word/{kind}{{}}.xml")
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        shelf.draft.add(name, f"{_TYPES}{kind}+xml", (head + xml).encode())
        folder = shelf.package.main.rpartition("/")[0]
        target = name.removeprefix(f"{folder}/") if folder == "word" else f"/{name}"
        shelf.draft.relate(shelf.package.main, f"{shelf.office}/{kind}", target)
        return name


def num_of(root: Element, number: str) -> Element | None:
    """Find a list in a numbering part."""
    lists = root.iterchildren("{*}num")
    return next((one for one in lists if get_value(one, "numId") == number), None)


def abstract_of(root: Element, number: str) -> Element | None:
    """Find how a list of a numbering part is defined."""
    num = num_of(root, number)
    link = None if num is None else num.find("{*}abstractNumId")
    wanted = None if link is None else get_value(link, "val")
    kinds = root.iterchildren("{*}abstractNum")
    return next((one for one in kinds if get_value(one, "abstractNumId") == wanted), None)


def _separators(note: str) -> str:
    """The two notes that every part of notes begins with."""
    return "".join(
        f'<w:{note} w:type="{kind}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:{note}>'
        for number, kind, mark in (
            (-1, "separator", "separator"),
            (0, "continuationSeparator", "continuationSeparator"),
        )
    )


def get_value(element: Element, name: str) -> str:
    """Return an attribute by its local name, or an empty text."""
    for key, value in element.attrib.items():
        if etree.QName(str(key)).localname == name:
            return str(value)
    return ""


def set_value(element: Any, name: str, value: str) -> None:
    """Set an attribute by its local name, in the element's own namespace if it is new."""
    for key in list(element.attrib):
        if etree.QName(str(key)).localname == name:
            element.set(key, value)
            return
    element.set(f"{{{etree.QName(element).namespace}}}{name}", value)
