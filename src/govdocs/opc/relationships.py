"""Relationships: which part leads to which, as the ``.rels`` parts say (ECMA-376 part 2).

Targets are resolved to part names, never followed: what is external stays a text. Both the
transitional and the strict form of relationship types are known by their last word.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from govdocs.opc.names import maybe_resolve

NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
EMPTY = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{NAMESPACE}"/>'
).encode()


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part or of the package.

    Attributes:
        id: unique within its source.
        type: the whole address of its type.
        target: as written.
        external: whether the target is outside the package; it is never fetched.
        part: the name of the part that the target leads to, whether it is there or not; None for
            what is external or leads to no part.
    """

    id: str
    type: str
    target: str
    external: bool
    part: str | None

    @property
    def kind(self) -> str:
        """The last word of the type: ``header``, ``worksheet``, ``sharedStrings``."""
        return self.type.rstrip("/").rpartition("/")[2]


def read_relationships(root: etree._Element, source: str) -> Iterator[Relationship]:
    """Read the relationships of ``source`` in their order."""
    for element in root.iterchildren("{*}Relationship"):
        target = element.get("Target", "")
        external = element.get("TargetMode", "").lower() == "external"
        part = None if external else maybe_resolve(source, target)
        rel_id, rel_type = element.get("Id", ""), element.get("Type", "")
        yield Relationship(rel_id, rel_type, target, external, part)


class RelationshipTree:
    """The relationships of one source while they are changed: ids are given out in order."""

    __slots__ = ("_ids", "_next", "is_changed", "root")

    def __init__(self, root: etree._Element) -> None:
        self.root, self.is_changed = root, False
        self._ids = {element.get("Id", "") for element in root.iterchildren("{*}Relationship")}
        self._next = len(self._ids) + 1

    def relate(self, rel_type: str, target: str, *, external: bool) -> str:
        """Add a relationship at the end and return its id."""
        while (rel_id := f"rId{self._next}") in self._ids:
            self._next += 1
        self._ids.add(rel_id)
        self.is_changed = True
        tag = f"{{{etree.QName(self.root).namespace}}}Relationship"
        element = etree.SubElement(self.root, tag)
        element.set("Id", rel_id)
        element.set("Type", rel_type)
        element.set("Target", target)
        if external:
            element.set("TargetMode", "External")
        return rel_id

    def unrelate(self, rel_id: str) -> bool:
        """Remove a relationship; tell whether it was there. Its id is not given out again."""
        for element in self.root.iterchildren("{*}Relationship"):
            if element.get("Id") == rel_id:
                self.root.remove(element)
                self.is_changed = True
                return True
        return False
