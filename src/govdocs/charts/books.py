"""A chart put into the workbook that it embeds, as if it stood on one of its sheets, and taken out.

A workbook whose cells hold tags is a template of its own. While it is filled the chart stands in
it, so that whoever fills workbooks moves its areas and renews its values; afterwards both are what
they were: a chart part, and a workbook without it. Nothing is filled here.
"""

import re

from lxml import etree

from govdocs.charts.parts import Element, local_name
from govdocs.opc import Draft, Package, parse_xml, serialise_xml, write_target

DRAWING, CHART = "xl/drawings/govdocs.xml", "xl/charts/govdocs.xml"
"""The names of the parts that are put in; no program gives such names."""

_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_AFTER_DRAWING = (
    *("legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
)
_TAG = re.compile(rb"\{\{|\{%|\{#|\xef\xbd\x9b")
_TEXTS = ("worksheet+xml", "sharedstrings+xml")


def holds_tags(workbook: Package) -> bool:
    """Tell whether the cells of a workbook hold what looks like a tag."""
    kinds = {name: workbook.content_type(name).lower() for name in workbook.names}
    texts = (name for name, kind in kinds.items() if kind.endswith(_TEXTS))
    return any(_TAG.search(workbook.read(name)) for name in texts)


def put_in(chart: bytes, workbook: Package) -> Package | None:
    """Put a chart onto a sheet of a workbook; None if none of its sheets can take it."""
    sheet = next((one for one in _sheets(workbook) if _can_hold(workbook, one)), None)
    if sheet is None:
        return None
    draft = workbook.edit(allow_signed=True)
    root = workbook.parse(sheet)
    office = _STRICT if "purl.oclc.org" in str(etree.QName(root).namespace) else _OFFICE
    rel_id = draft.relate(sheet, f"{office}/drawing", write_target(sheet, DRAWING))
    made = root.makeelement(f"{{{etree.QName(root).namespace}}}drawing", nsmap={"r": office})
    made.set(f"{{{office}}}id", rel_id)
    later = [one for one in root.iterchildren(etree.Element) if local_name(one) in _AFTER_DRAWING]
    if later:
        later[0].addprevious(made)
    else:
        root.append(made)
    draft.replace(sheet, serialise_xml(root))
    draft.add(DRAWING, _DRAWING_TYPE, _drawing(office))
    draft.add(CHART, _CHART_TYPE, _without_tags(chart))
    draft.relate(DRAWING, f"{office}/chart", f"/{CHART}")
    return Package(draft.to_bytes(), workbook.name, workbook.limits)


def take_out(filled: Package) -> tuple[bytes, bytes]:
    """Take a chart out of a filled workbook; return the chart and the workbook."""
    draft = filled.edit(allow_signed=True)
    for sheet in _sheets(filled):
        for one in filled.relationships(sheet):
            if one.part == DRAWING:
                root = filled.parse(sheet)
                _remove_drawing(root, one.id)
                draft.replace(sheet, serialise_xml(root))
                _unrelate(draft, filled, sheet, one.id)
    chart = filled.read(CHART)
    for name in (DRAWING, CHART):
        draft.remove(name)
    return chart, draft.to_bytes()


def _without_tags(chart: bytes) -> bytes:
    """Leave out what a chart keeps of cells with tags: it is worked out anew."""
    root = parse_xml(chart, CHART)
    for name in ("strCache", "numCache"):
        for point in [one for cache in root.iter(f"{{*}}{name}") for one in cache.iter("{*}pt")]:
            parent = point.getparent()
            if parent is not None and _TAG.search("".join(map(str, point.itertext())).encode()):
                parent.remove(point)
    return serialise_xml(root)


def _sheets(workbook: Package) -> tuple[str, ...]:
    return workbook.related(workbook.main, "worksheet")


def _can_hold(workbook: Package, sheet: str) -> bool:
    return not workbook.related(sheet, "drawing")


def _remove_drawing(root: Element, rel_id: str) -> None:
    for drawing in list(root.iterchildren("{*}drawing")):
        if rel_id in drawing.attrib.values():
            root.remove(drawing)


def _unrelate(draft: Draft, workbook: Package, sheet: str, rel_id: str) -> None:
    """Remove a relationship, and the part that holds them if it was the only one."""
    if len(workbook.relationships(sheet)) > 1:
        draft.unrelate(sheet, rel_id)
    else:
        draft.remove(workbook.rels_name(sheet))


def _drawing(office: str) -> bytes:
    """Write a drawing that shows the chart at a place that no row moves."""
    strict = office == _STRICT
    base = "http://purl.oclc.org/ooxml/drawingml" if strict else _TRANSITIONAL
    ending = "" if strict else "/2006"
    names = {one: f"{base}{ending}/{one}" for one in ("main", "chart", "spreadsheetDrawing")}
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<xdr:wsDr xmlns:xdr="{names["spreadsheetDrawing"]}" xmlns:a="{names["main"]}">'
        '<xdr:absoluteAnchor><xdr:pos x="0" y="0"/><xdr:ext cx="1" cy="1"/>'
        '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="chart"/>'
        '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="1" cy="1"/></xdr:xfrm><a:graphic>'
        f'<a:graphicData uri="{names["chart"]}"><c:chart xmlns:c="{names["chart"]}" '
        f'xmlns:r="{office}" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame>'
        "<xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>"
    ).encode()


_TRANSITIONAL = "http://schemas.openxmlformats.org/drawingml"
