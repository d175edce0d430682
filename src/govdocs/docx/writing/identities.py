"""Ids of what comes in from another document: new ones, so that nothing here has them already.

Bookmarks, tracked changes, permissions and old shapes get new ids, and what refers to them follows:
links, fields, objects. Ids that Word gives anew when it opens a document are taken out. A control
that shows data of its own document is cut off from them: the data stay behind, or say something
else here. This module brings nothing.

before: <bookmarkStart id="1" name="a"/> ... <hyperlink anchor="a">
after:  <bookmarkStart id="100001" name="a_1"/> ... <hyperlink anchor="a_1">
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from govdocs.docx.tree.ids import ANNOTATIONS, IN_FIELD, VML
from govdocs.docx.writing.additions import Additions, get_value, set_value

Element = etree._Element  # noqa: SLF001 - lxml's name for it
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GIVEN_ANEW = ("paraId", "textId", "anchorId", "editId")
_RANGE = re.compile("Start|End")
_BINDINGS = ("id", "dataBinding")
_FOLLOWING = ("hyperlink", "instrText", "fldSimple")


@dataclass(slots=True)
class Identities:
    """The ids of one placing of one document.

    Attributes:
        additions: of the filling; gives out what is free.
        number: of the placing, from 1.
    """

    additions: Additions
    number: int
    _ids: dict[tuple[str, str], str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def learn_names(self, root: Element) -> None:
        """Give the bookmarks of the whole document names that are free here."""
        for one in root.iter("{*}bookmarkStart"):
            name = get_value(one, "name")
            if name and name not in self._names:
                self._names[name] = self.additions.free_bookmark(name)

    def renew(self, root: Element) -> None:
        """Give what stands in ``root`` ids of its own."""
        forget_identities(root)
        for element in root.iter(etree.Element):
            name = etree.QName(element)
            if name.localname in ANNOTATIONS and get_value(element, "id"):
                set_value(element, "id", self._annotation(element, name.localname))
            if name.localname == "bookmarkStart":
                old = get_value(element, "name")
                set_value(element, "name", self._names.get(old, old))
            elif name.localname in _FOLLOWING:
                self._follow(element, name.localname)
            if name.namespace == VML or name.localname == "OLEObject":
                self._renew_shape(element)

    def _annotation(self, element: Element, name: str) -> str:
        """Both ends of a range have one id; a change that is one element has its own."""
        family = _RANGE.sub("", name)
        old = get_value(element, "id")
        if family == name:
            return str(self.additions.next_annotation())
        if (family, old) not in self._ids:
            self._ids[family, old] = str(self.additions.next_annotation())
        return self._ids[family, old]

    def _follow(self, element: Element, name: str) -> None:
        if name == "instrText":
            element.text = IN_FIELD.sub(self._renamed, element.text or "")
            return
        attribute = "anchor" if name == "hyperlink" else "instr"
        old = get_value(element, attribute)
        if name == "hyperlink" and old in self._names:
            set_value(element, attribute, self._names[old])
        elif name == "fldSimple":
            set_value(element, attribute, IN_FIELD.sub(self._renamed, old))

    def _renamed(self, found: re.Match[str]) -> str:
        return found[1] + self._names.get(found[2], found[2])

    def _renew_shape(self, element: Element) -> None:
        for key in ("id", "{urn:schemas-microsoft-com:office:office}spid", "ShapeID"):
            if old := element.get(key):
                element.set(key, f"{old}_{self.number}")
        kind = element.get("type", "")
        if kind.startswith("#"):
            element.set("type", f"{kind}_{self.number}")


def forget_identities(root: Element) -> None:
    """Take out ids that Word gives anew, and what ties controls to data of their document."""
    for element in root.iter(etree.Element):
        for key in map(str, list(element.attrib)):
            if etree.QName(key).localname in _GIVEN_ANEW or key.startswith(_MC):
                del element.attrib[key]
    for properties in root.iter("{*}sdtPr"):
        for name in _BINDINGS:
            for found in properties.findall(f"{{*}}{name}"):
                properties.remove(found)
