"""The data that content controls are bound to: custom XML parts and document properties.

Word shows what stands there, not what stands in the control, so both have to say the same. Source:
ECMA-376 part 1, 17.5.2.6; the identities of the property parts are in [MS-OI29500].
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from govdocs.docx.holders.controls import Control
from govdocs.docx.tree.streams import Element
from govdocs.opc import Package

_PROPERTIES = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "core-properties",
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "extended-properties",
}
_PLAIN_PATH = re.compile(r"(?:/[\w.-]+(?::[\w.-]+)?(?:\[[0-9]+\])?)+(?:/@[\w.:-]+)?")
_PREFIX = re.compile(r"xmlns:([^\s=]+)\s*=\s*[\"']([^\"']*)[\"']")


@dataclass(slots=True)
class Stores:
    """The XML parts that controls may be bound to, parsed when they are wanted."""

    package: Package
    roots: dict[str, Element] = field(default_factory=dict)

    def find(self, control: Control) -> tuple[str, Element, str] | None:
        """Find what a control is bound to: part, element, and attribute or nothing."""
        bound = control.property("dataBinding")
        if bound is None:
            return None
        path, names = _read(bound, control)
        for part in self._parts(str(bound.get(control.w.q("storeItemID"), ""))):
            for one in self._select(part, path, names):
                return part, *one
        return None

    def _select(self, part: str, path: str, names: dict[str, str]) -> Iterator[tuple[Element, str]]:
        """Follow a path of plain steps; one that computes could take for ever."""
        if not _PLAIN_PATH.fullmatch(path):
            return
        way, _, attribute = path.partition("/@")
        try:
            found = cast("list[Element]", self._root(part).xpath(way, namespaces=names))
        except etree.XPathError:
            return
        prefix, colon, local = attribute.rpartition(":")
        name = f"{{{names.get(prefix, '')}}}{local}" if colon else attribute
        yield from ((one, name) for one in found[:1] if not name or name in one.attrib)

    def _root(self, part: str) -> Element:
        if part not in self.roots:
            self.roots[part] = self.package.parse(part)
        return self.roots[part]

    def _parts(self, identity: str) -> Iterator[str]:
        """Name the parts that are meant; without an identity, all custom XML."""
        kind = _PROPERTIES.get(identity.upper())
        if kind:
            yield from self.package.related("", kind)
            return
        for part in self.package.related(self.package.main, "customXml"):
            if not identity or identity.upper() == self._identity(part):
                yield part

    def _identity(self, part: str) -> str:
        for one in self.package.related(part, "customXmlProps"):
            root = self.package.parse(one)
            for name, value in root.attrib.items():
                if str(name).endswith("}itemID"):
                    return str(value).upper()
        return ""


def bound_to(control: Control) -> tuple[str, str] | None:
    """Tell what a control is bound to, in words that are the same for the same data."""
    bound = control.property("dataBinding")
    if bound is None:
        return None
    path, names = _read(bound, control)
    for prefix, uri in names.items():
        path = re.sub(rf"(?<![\w.-]){re.escape(prefix)}:", f"{{{uri}}}", path)
    return str(bound.get(control.w.q("storeItemID"), "")).upper(), path


def _read(bound: Element, control: Control) -> tuple[str, dict[str, str]]:
    mappings = str(bound.get(control.w.q("prefixMappings"), ""))
    return str(bound.get(control.w.q("xpath"), "")), dict(_PREFIX.findall(mappings))
