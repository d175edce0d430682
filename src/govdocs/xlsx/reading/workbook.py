"""The workbook part: its sheets in the order of their tabs, and which calendar it counts in.

What is read here is read once, at compiling time. Parts are found by relationships, never by name.
"""

import re
from dataclasses import dataclass

from govdocs.opc import Package
from govdocs.xlsx.xml.encoding import as_utf8
from govdocs.xlsx.xml.markup import Element, read_markup

_OPEN_BREAK = re.compile(rb"(<br\b[^>/]*)>")
_TRUE = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it.

    Attributes:
        name: on its tab.
        part: the name of its part.
        kind: ``worksheet``, ``chartsheet``, ``dialogsheet``, ...
        element: its entry in the workbook part.
    """

    name: str
    part: str
    kind: str
    element: Element


@dataclass(frozen=True, slots=True)
class Workbook:
    """The workbook part."""

    part: str
    root: Element
    sheets: tuple[SheetEntry, ...]

    @property
    def date1904(self) -> bool:
        """Whether days are counted from 1904."""
        properties = self.root.find("workbookPr")
        return properties is not None and properties.get("date1904").lower() in _TRUE


def read_part(package: Package, part: str) -> Element:
    """Read a small part and return its root.

    In legacy drawings (VML) Excel itself leaves line breaks open, as HTML does.
    """
    data = b"".join(as_utf8(iter([package.read(part)])))
    if part.lower().endswith(".vml"):
        data = _OPEN_BREAK.sub(rb"\1/>", data)
    return read_markup(data, package.place(part))


def read_workbook(package: Package) -> Workbook:
    """Read the workbook part of ``package``."""
    part = package.main
    root = read_part(package, part)
    return Workbook(part, root, tuple(_entries(package, part, root)))


def _entries(package: Package, part: str, root: Element) -> list[SheetEntry]:
    targets = {one.id: one for one in package.relationships(part)}
    listed = root.find("sheets")
    found = []
    for element in () if listed is None else listed.children:
        target = targets.get(_relation_id(element))
        if target is not None and target.part and target.part in package:
            name = element.attributes.get("name", "")
            found.append(SheetEntry(name, target.part, target.kind, element))
    return found


def _relation_id(element: Element) -> str:
    """The relationship's id: ``r:id``, whatever the prefix."""
    return next((v for k, v in element.attributes.items() if k.endswith("\nid")), "")
