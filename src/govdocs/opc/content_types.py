"""Content types: what each part is, as ``[Content_Types].xml`` says (ECMA-376 part 2).

Read into :class:`ContentTypes`, changed as a :class:`TypeTree`. This module knows which content
types are Word's and Excel's main parts, and nothing else of either.
"""

from dataclasses import dataclass
from typing import Literal

from lxml import etree

from govdocs.opc.names import name_key

Kind = Literal["docx", "xlsx"]

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml."
KINDS: dict[str, Kind] = {
    f"{_WORD}document.main+xml": "docx",
    f"{_WORD}template.main+xml": "docx",
    "application/vnd.ms-word.document.macroenabled.main+xml": "docx",
    "application/vnd.ms-word.template.macroenabledtemplate.main+xml": "docx",
    "application/vnd.ms-word.template.macroenabled.main+xml": "docx",
    f"{_EXCEL}sheet.main+xml": "xlsx",
    f"{_EXCEL}template.main+xml": "xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": "xlsx",
    "application/vnd.ms-excel.template.macroenabled.main+xml": "xlsx",
}
"""Content types of main parts, in small letters: types are compared without regard to case."""


@dataclass(frozen=True, slots=True)
class ContentTypes:
    """The types by extension and by part name, both as keys that compare equal."""

    defaults: dict[str, str]
    overrides: dict[str, str]

    def of(self, name: str) -> str:
        """Return the content type of a part, ``""`` if it is not declared."""
        declared = self.overrides.get(name_key(name))
        return self.defaults.get(extension(name), "") if declared is None else declared


def extension(name: str) -> str:
    """Return the extension of a name in small letters: ``word/media/a.PNG`` -> ``png``."""
    _, dot, ending = name_key(name).rpartition("/")[2].rpartition(".")
    return ending if dot else ""


def read_types(root: etree._Element) -> ContentTypes:
    """Read the declarations; the first of two for the same thing counts."""
    types = ContentTypes({}, {})
    for element in root.iterchildren("{*}Default"):
        types.defaults.setdefault(element.get("Extension", "").lower(), _type_of(element))
    for element in root.iterchildren("{*}Override"):
        types.overrides.setdefault(_override_key(element), _type_of(element))
    return types


class TypeTree:
    """The declarations while they are changed, each change touching one element only."""

    __slots__ = ("_types", "is_changed", "root")

    def __init__(self, root: etree._Element) -> None:
        self.root, self.is_changed = root, False
        self._types = read_types(root)

    def declare(self, name: str, content_type: str) -> None:
        """Declare the type of a part, by its extension where that is not taken.

        The extensions ``xml`` and ``rels`` are never declared anew: parts of many types share them.
        """
        if self._types.of(name).lower() == content_type.lower():
            return
        self.retract(name)
        ending = extension(name)
        if ending not in self._types.defaults and ending not in {"", "xml", "rels"}:
            self._types.defaults[ending] = content_type
            self._insert("Default", {"Extension": ending, "ContentType": content_type})
        elif self._types.of(name).lower() != content_type.lower():
            self._types.overrides[name_key(name)] = content_type
            self._insert("Override", {"PartName": f"/{name}", "ContentType": content_type})

    def retract(self, name: str) -> None:
        """Remove the override of a part, if there is one."""
        key = name_key(name)
        if self._types.overrides.pop(key, None) is None:
            return
        self.is_changed = True
        for element in list(self.root.iterchildren("{*}Override")):
            if _override_key(element) == key:
                self.root.remove(element)

    def _insert(self, kind: str, attributes: dict[str, str]) -> None:
        """Put a declaration behind the last of its kind; defaults go first."""
        alike = list(self.root.iterchildren(f"{{*}}{kind}"))
        element = etree.SubElement(self.root, f"{{{etree.QName(self.root).namespace}}}{kind}")
        for name, value in attributes.items():
            element.set(name, value)
        if alike:
            alike[-1].addnext(element)
        elif kind == "Default":
            self.root.insert(0, element)
        self.is_changed = True


def _override_key(element: etree._Element) -> str:
    return name_key(element.get("PartName", "").replace("\\", "/").lstrip("/"))


def _type_of(element: etree._Element) -> str:
    return element.get("ContentType", "").partition(";")[0].strip()
