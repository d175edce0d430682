"""Content controls that hold tags: they are filled, so they are no prompts any more.

Word shows in a bound control what the bound data say, so the tags go there too, and are filled in
both places.
"""

import re
from typing import Any

from lxml import etree

from govdocs.docx.tree.dialect import WORD, Dialect
from govdocs.docx.tree.streams import Element, remove
from govdocs.language import scan
from govdocs.opc import parse_xml

_STEPS = re.compile(r"(?:/[\w.-]+(?::[\w.-]+)?(?:\[[0-9]+\])?)+")
_PREFIX = re.compile(r"xmlns:([^\s=]+)\s*=\s*[\"']([^\"']*)[\"']")
_GREY = "placeholder text"


def release_controls(root: Element, document: Any) -> bool:
    """Let the controls of a part that hold tags show them, and their data hold them.

    Returns:
        Whether one of them is bound to data.

    before: <sdtPr><showingPlcHdr/></sdtPr><sdtContent><r><t>{{ x }}</t></r></sdtContent>
    after:  <sdtPr/><sdtContent><r><t>{{ x }}</t></r></sdtContent>
    """
    found = False
    for w in WORD.values():
        for sdt in root.iter(w.q("sdt")):
            content, properties = sdt.find(w.q("sdtContent")), sdt.find(w.q("sdtPr"))
            if content is None or properties is None:
                continue
            text = "".join(t.text or "" for t in content.iter(w.t))
            if not scan(text)[0]:
                continue
            placeholder = properties.find(w.q("showingPlcHdr"))
            if placeholder is not None:
                remove(placeholder)
                _take_grey(content, w, document)
            bound = properties.find(w.q("dataBinding"))
            if bound is not None and all(tag.kind == "expr" for tag in scan(text)[0]):
                _store(bound, text, w, document)
                found = True
    return found


def _take_grey(content: Element, w: Dialect, document: Any) -> None:
    grey = {one.style_id for one in document.styles if str(one.name).lower() == _GREY}
    for style in list(content.iter(w.q("rStyle"))):
        if style.get(w.q("val")) in grey:
            remove(style)


def _store(bound: Element, text: str, w: Dialect, document: Any) -> None:
    """Put a control's tags into the data that it is bound to, unless they hold tags themselves."""
    path, identity = bound.get(w.q("xpath"), ""), bound.get(w.q("storeItemID"), "")
    names = dict(_PREFIX.findall(bound.get(w.q("prefixMappings"), "")))
    for part in _stores(document, identity) if _STEPS.fullmatch(path) else ():
        root = parse_xml(part.blob)
        try:
            found: Any = root.xpath(path, namespaces=names)
        except etree.XPathError:
            return
        if found and not len(found[0]) and not scan(found[0].text or "")[0]:
            found[0].text = text
            part._blob = etree.tostring(  # noqa: SLF001
                root, encoding="UTF-8", xml_declaration=True, standalone=True
            )


def _stores(document: Any, identity: str) -> list[Any]:
    """Find the custom XML parts that a control may mean."""
    found = []
    for rel in document.part.rels.values():
        if not rel.is_external and rel.reltype.endswith("/customXml"):
            described = "".join(
                one.target_part.blob.decode("utf-8", "replace")
                for one in rel.target_part.rels.values()
                if one.reltype.endswith("/customXmlProps")
            )
            if not identity or identity.upper() in described.upper():
                found.append(rel.target_part)
    return found
