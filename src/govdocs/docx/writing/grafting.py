"""What a document's text needs, brought from its package: styles, numbering, notes, parts.

A graft is one placing of one document. Styles are matched by name, so that a heading looks as the
template's headings do; numbering is always new, so that a list goes on with no other. This module
does not decide where the text goes.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from posixpath import basename, splitext

from lxml import etree

from govdocs.docx.tree.streams import remove
from govdocs.docx.writing.additions import Additions, abstract_of, get_value, set_value
from govdocs.docx.writing.identities import Identities, forget_identities
from govdocs.docx.writing.shelf import Shelf
from govdocs.opc import Package
from govdocs.opc.names import write_target

Element = etree._Element  # noqa: SLF001
_STYLED = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_BEFORE_NUMBERS = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"),
)
_STYLE_LINKS = ("basedOn", "next", "link")
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_COMMENTS = ("commentReference", "commentRangeStart", "commentRangeEnd")


@dataclass(slots=True)
class Graft:
    """One placing of one document.

    Attributes:
        package: the document that is brought in.
        shelf: of the filling.
        part: where its text goes.
        restarts_headings: number headings anew too: the text is a document of its own.
        is_begun: for its user: whether its first section was seen.
    """

    package: Package
    shelf: Shelf
    part: str
    restarts_headings: bool = False
    is_begun: bool = False
    _styles: dict[str, Element] | None = None
    _numbers: dict[str, str] = field(default_factory=dict)
    _comments: dict[str, str] = field(default_factory=dict)
    _own_ids: Identities | None = None

    def bring(self, root: Element) -> None:
        """Bring what ``root`` refers to, and let it refer to what was brought."""
        self._identities.renew(root)
        for element in list(root.iter(etree.Element)):
            name = etree.QName(element).localname
            if name in _STYLED:
                if name == "pStyle":
                    self._restart_list(element)
                self._refer_style(element)
            elif name == "numId":
                set_value(element, "val", self._number(get_value(element, "val")))
            elif name in _NOTES:
                self._refer_note(element, _NOTES[name])
            elif name in _COMMENTS:
                self._refer_comment(element)
            elif name == "docPr":
                element.set("id", str(self.shelf.next_drawing_id()))

    @property
    def _additions(self) -> Additions:
        return self.shelf.additions

    @property
    def _identities(self) -> Identities:
        if self._own_ids is None:
            number = self.shelf.kept["grafts"] = self.shelf.kept.get("grafts", 0) + 1
            self._own_ids = Identities(self._additions, number)
            self._own_ids.learn_names(self.package.parse(self.package.main))
        return self._own_ids

    def _refer_style(self, element: Element) -> None:
        found = self._bring_style(get_value(element, "val"))
        if found:
            set_value(element, "val", found)

    def _restart_list(self, element: Element) -> None:
        """Give a paragraph whose style numbers it a list of this placing; headings keep theirs.

        before: <pPr><pStyle val="ListNumber"/></pPr>
        after:  <pPr><pStyle val="ListNumber"/><numPr><ilvl/><numId val="12"/></numPr></pPr>
        """
        properties, style_id = element.getparent(), get_value(element, "val")
        if properties is None or properties.find("{*}numPr") is not None:
            return
        number = self._number_of_style(style_id)
        if not number:
            return
        found = etree.Element(f"{{{etree.QName(element).namespace}}}numPr")
        for name, value in (
            ("ilvl", self._level_of_style(style_id, number)),
            ("numId", self._number(number)),
        ):
            # the walk of `bring` was listed before this: the number is the new one already
            set_value(etree.SubElement(found, found.tag.replace("numPr", name)), "val", value)
        before = [one for one in properties if etree.QName(one).localname in _BEFORE_NUMBERS]
        before[-1].addnext(found)

    def _number_of_style(self, style_id: str) -> str:
        """The list that a style, or one that it is based on, puts its paragraphs into."""
        seen: set[str] = set()
        style = self._own_styles().get(style_id)
        while style is not None and style_id not in seen:
            seen.add(style_id)
            if style.find("{*}pPr/{*}outlineLvl") is not None and not self.restarts_headings:
                return ""
            number = style.find("{*}pPr/{*}numPr/{*}numId")
            if number is not None:
                return get_value(number, "val")
            based = style.find("{*}basedOn")
            style_id = "" if based is None else get_value(based, "val")
            style = self._own_styles().get(style_id)
        return ""

    def _level_of_style(self, style_id: str, number: str) -> str:
        """The level of a list that is linked to a style."""
        parts = self.package.related(self.package.main, "numbering")
        root = self.package.parse(parts[0]) if parts else None
        kind = None if root is None else abstract_of(root, number)
        for level in () if kind is None else kind.iterchildren("{*}lvl"):
            linked = level.find("{*}pStyle")
            if linked is not None and get_value(linked, "val") == style_id:
                return get_value(level, "ilvl")
        return "0"

    def _own_styles(self) -> dict[str, Element]:
        if self._styles is None:
            parts = self.package.related(self.package.main, "styles")
            styles = self.package.parse(parts[0]).iterchildren("{*}style") if parts else ()
            self._styles = {get_value(one, "styleId"): one for one in styles}
        return self._styles

    def _bring_style(self, style_id: str) -> str | None:
        """Return the template's id of a style, which is added if the template has none so named."""
        style = self._own_styles().get(style_id)
        if style is None:
            return None
        name = style.find("{*}name")
        key = (
            get_value(style, "type") or "paragraph",
            "" if name is None else get_value(name, "val").lower(),
        )
        ids = self._additions.style_ids
        if key not in ids:
            ids[key] = _free(style_id, set(ids.values()))
            self._additions.styles.append(self._copied_style(style, ids[key]))
        return ids[key]

    def _copied_style(self, style: Element, style_id: str) -> Element:
        copy = deepcopy(style)
        copy.tail = None
        set_value(copy, "styleId", style_id)
        for key in [one for one in copy.attrib if etree.QName(str(one)).localname == "default"]:
            del copy.attrib[key]
        for name in _STYLE_LINKS:
            for link in copy.findall(f"{{*}}{name}"):
                set_value(
                    link, "val", self._bring_style(get_value(link, "val")) or get_value(link, "val")
                )
        for number in copy.iter("{*}numId"):
            set_value(number, "val", self._number(get_value(number, "val")))
        return copy

    def _number(self, number: str) -> str:
        """Return a new number for a list of the document; ``0`` says that there is none."""
        if number in ("", "0"):
            return number
        if number not in self._numbers:
            parts = self.package.related(self.package.main, "numbering")
            root = self.package.parse(parts[0]) if parts else None
            self._numbers[number] = (
                "0" if root is None else self._additions.add_numbering(root, number)
            )
        return self._numbers[number]

    def _refer_note(self, element: Element, kind: str) -> None:
        """Bring a note of the text; a note can be referred to from the body only."""
        new = self._bring_note(kind, get_value(element, "id"))
        run = element.getparent()
        if new:
            set_value(element, "id", new)
        elif run is not None:
            run.remove(element)

    def _refer_comment(self, element: Element) -> None:
        """Bring a comment once for the two ends of its range and its mark."""
        old = get_value(element, "id")
        if old not in self._comments:
            self._comments[old] = self._bring_note("comment", old)
        if self._comments[old]:
            set_value(element, "id", self._comments[old])
            return
        # a mark stands in a run of its own
        gone = element.getparent() if element.tag.endswith("}commentReference") else element
        if gone is not None:
            remove(gone)

    def _bring_note(self, kind: str, wanted: str) -> str:
        """Bring a footnote, an endnote or a comment; return its id here, or nothing."""
        parts = self.package.related(self.package.main, f"{kind}s")
        notes = self.package.parse(parts[0]).iterchildren(f"{{*}}{kind}") if parts else ()
        note = next((one for one in notes if get_value(one, "id") == wanted), None)
        if note is None or self.part != self.shelf.package.main:
            return ""
        copy = deepcopy(note)
        copy.tail = None
        self.bring(copy)
        target = self._additions.notes_part(kind)
        bring_relations(copy, self.package, parts[0], self.shelf, target)
        return self._additions.add_note(kind, copy)


def bring_relations(
    root: Element, package: Package, source: str, shelf: Shelf, target: str
) -> None:
    """Relate ``target`` to what ``root`` refers to in ``source``, and bring those parts."""
    relations = {one.id: one for one in package.relationships(source)}
    for element in root.iter(etree.Element):
        for key, value in list(element.attrib.items()):
            one = relations.get(str(value))
            if one is None or "officeDocument/2006/relationships}" not in str(key).replace(
                "officeDocument/relationships}", "officeDocument/2006/relationships}"
            ):
                continue
            if one.external and one.kind != "hyperlink":
                del element.attrib[key]  # a reader would fetch it
                continue
            if one.external:
                new = shelf.draft.relate(target, one.type, one.target, external=True)
            elif one.part is not None and one.part in package:
                where = bring_part(package, one.part, shelf)
                new = shelf.draft.relate(target, one.type, write_target(target, where))
            else:
                continue
            element.set(key, new)


def bring_part(package: Package, name: str, shelf: Shelf) -> str:
    """Copy a part and those that it leads to, once for each filling; return its new name."""
    kept = shelf.kept.setdefault("parts", {})
    key = (id(package), name)
    if key in kept:
        return str(kept[key])
    data, content_type = package.read(name), package.content_type(name)
    stem, ending = splitext(basename(name))
    if content_type.startswith("image/"):
        kept[key] = shelf.add_media(data, ending.lstrip("."), content_type)
        return str(kept[key])
    folder = name.rpartition("/")[0]
    stem = stem.rstrip("0123456789") or "part"
    where = shelf.draft.unused_name(f"{folder}/{stem}{{}}{ending}".lstrip("/"))
    kept[key] = where
    shelf.draft.add(where, content_type, data)
    _bring_further(package, name, where, shelf)
    return where


def _bring_further(package: Package, name: str, where: str, shelf: Shelf) -> None:
    """Bring what a part leads to, with the ids that its text uses."""
    ids: dict[str, str] = {}
    for one in package.relationships(name):
        if one.external:
            ids[one.id] = shelf.draft.relate(where, one.type, one.target, external=True)
        elif one.part is not None and one.part in package:
            further = bring_part(package, one.part, shelf)
            ids[one.id] = shelf.draft.relate(where, one.type, write_target(where, further))
    shows_text = package.content_type(name).endswith(("header+xml", "footer+xml"))
    if shows_text or any(old != new for old, new in ids.items()):
        root = package.parse(name)
        forget_identities(root)
        for drawing in root.iter("{*}docPr"):
            drawing.set("id", str(shelf.next_drawing_id()))
        for element in root.iter(etree.Element):
            for key, value in list(element.attrib.items()):
                if "elationships}" in str(key) and str(value) in ids:
                    element.set(key, ids[str(value)])
        shelf.draft.replace(where, etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        name, number = f"{wanted}{number}", number + 1
    return name
