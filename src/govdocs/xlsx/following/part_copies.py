"""Copies of a sheet's parts, for a sheet that comes out several times.

Drawings, charts, comments, controls and printer settings are copied with their relationships, whose
ids stay; pictures and links are shared. A table is given a name of its own; what else is known by
its name in the whole workbook, as pivot tables are, cannot be copied.
"""

import re
import uuid
from collections.abc import Iterator

from govdocs.opc import Draft, Package
from govdocs.xlsx.reading.workbook import read_part
from govdocs.xlsx.xml.editing import Edits

_COPIED = frozenset(
    {
        *("drawing", "vmlDrawing", "comments", "threadedComment", "ctrlProp", "printerSettings"),
        *("chart", "chartEx", "chartStyle", "chartColorStyle", "chartUserShapes", "themeOverride"),
        *("customProperty", "oleObject", "package", "control", "activeXControlBinary", "table"),
        *("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing"),
    }
)
_NAMED = frozenset({"pivotTable", "queryTable", "slicer", "timeline", "tableSingleCells"})
_RELS = "application/vnd.openxmlformats-package.relationships+xml"
_STEM = re.compile(r"\d*(\.\w+)\Z")
_OWN_ID = re.compile(rb"((?<![\w:])(?:id|parentId)=\"|tc=)(\{[0-9A-Fa-f-]{36}\})")
_CHILDREN = ("Relationship",)


def named_parts(package: Package, part: str) -> Iterator[str]:
    """Name the kinds of parts of a sheet that cannot be copied."""
    for one in package.relationships(part):
        if one.kind in _NAMED:
            yield one.kind
        elif one.kind == "table" and one.part and one.part in package:
            yield from named_parts(package, one.part)


def owned_parts(package: Package, part: str) -> Iterator[str]:
    """Name the parts that belong to a sheet, directly or not."""
    for one in package.relationships(part):
        if one.kind in _COPIED and one.part and one.part in package:
            yield one.part
            yield from owned_parts(package, one.part)


def copy_part(package: Package, draft: Draft, part: str, copies: dict[str, str]) -> str:
    """Copy a part with all that belongs to it; return its new name.

    Args:
        package: of the template.
        draft: that the copies are added to.
        part: of the template.
        copies: is given the template's names and the new ones.
    """
    if part in copies:
        return copies[part]
    name = copies[part] = draft.unused_name(_STEM.sub(r"{}\1", part))
    draft.add(name, package.content_type(part), package.read(part))
    rels = package.maybe_find(package.rels_name(part))
    if rels is not None:
        root, edits = read_part(package, rels), Edits()
        by_id = {one.id: one for one in package.relationships(part)}
        for element in root.iter(*_CHILDREN):
            one = by_id[element.get("Id")]
            if one.kind in _COPIED and one.part and one.part in package:
                edits.set(element, "Target", "/" + copy_part(package, draft, one.part, copies))
        copies[rels] = package.rels_name(name)
        draft.add(copies[rels], _RELS, edits.write_part(root))
    return name


def with_own_ids(data: bytes, part: str) -> bytes:
    """Give the comments of a copy ids of their own; threads and their notes stay together."""
    sheet = part.encode()

    def renew(found: "re.Match[bytes]") -> bytes:
        text = sheet.decode() + found[2].decode().upper()
        made = str(uuid.uuid5(uuid.NAMESPACE_OID, text)).upper()
        return found[1] + f"{{{made}}}".encode()

    return _OWN_ID.sub(renew, data)
