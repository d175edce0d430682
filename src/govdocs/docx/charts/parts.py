"""The parts that belong to a chart: its workbook, its styles and colours, what is drawn over it.

Nothing is known here of what they hold.
"""

import re
from collections.abc import Mapping
from posixpath import splitext

from lxml import etree

from govdocs.charts.parts import Element
from govdocs.opc import Draft, Package, rels_name, serialise_xml, write_target
from govdocs.opc.relationships import CONTENT_TYPE

_NUMBER = re.compile(r"[0-9]*\Z")


def find_workbook(package: Package, part: str, root: Element) -> tuple[str, str]:
    """Find the workbook of a chart: the part's name, or the address of a file outside."""
    held = root.find("{*}externalData")
    wanted = "" if held is None else next(iter(map(str, held.attrib.values())), "")
    for one in package.relationships(part):
        if one.id == wanted:
            if one.external:
                return "", one.target
            return (one.part, "") if one.part and one.part in package else ("", "")
    return "", ""


def free_name(draft: Draft, part: str) -> str:
    """Return a free name like that of a part: ``word/charts/chart2.xml``."""
    stem, ending = splitext(part.replace("{", "").replace("}", ""))
    return draft.unused_name(f"{_NUMBER.sub('', stem)}{{}}{ending}")


def copy_relations(
    draft: Draft, package: Package, part: str, copy: str, replaced: Mapping[str, bytes]
) -> None:
    """Give the copy of a part copies of all parts that it leads to; pictures are shared.

    Args:
        draft: that they are added to.
        package: the template.
        part: of the template.
        copy: its copy in the draft.
        replaced: parts that have other content in the copy.
    """
    name = package.maybe_find(rels_name(part))
    if name is None:
        return
    root = package.parse(name)
    targets = {one.id: one.part for one in package.relationships(part) if not one.external}
    for relationship in root.iterchildren(etree.Element):
        target = targets.get(relationship.get("Id", ""))
        if target is None or target not in package:
            continue
        content_type = package.content_type(target)
        own = target
        if not content_type.startswith("image/"):
            own = free_name(draft, target)
            draft.add(own, content_type, replaced.get(target) or package.read(target))
            copy_relations(draft, package, target, own, {})
        relationship.set("Target", write_target(copy, own))
    draft.add(rels_name(copy), CONTENT_TYPE, serialise_xml(root))
