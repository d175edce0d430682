"""Planting: texts into cells and lines of a Word document that has no tags yet.

What comes in takes the format of what it replaces; in an empty cell that of the paragraph mark, as
when somebody types there. This module knows neither labels nor tags.
"""

from copy import deepcopy

from lxml import etree

from govdocs.docx.reading.grids import Pages, is_placeholder
from govdocs.docx.tree.dialect import XML_SPACE, Dialect
from govdocs.docx.tree.streams import Element, paragraph_stream

_TRACKED = ("ins", "del", "moveFrom", "moveTo", "rPrChange")


def plant_cell(pages: Pages, tc: Element, text: str) -> None:
    """Put a text in place of all that stands in a cell.

    before: <tc><p><pPr><rPr><sz/></rPr></pPr></p></tc>
    after:  <tc><p><pPr><rPr><sz/></rPr></pPr><r><rPr><sz/></rPr><t>text</t></r></p></tc>
    """
    lines = pages.lines_of(tc)
    chosen = next((line for line in lines if line.raw.strip()), lines[0])
    for line in lines:
        if line.p is not chosen.p and line.raw:
            _change(line.p, pages.dialect, 0, len(line.raw), "")
    if chosen.raw:
        plant_line(pages, chosen.p, 0, len(chosen.raw), text)
    else:
        _write_into(chosen.p, pages.dialect, text)


def plant_line(pages: Pages, p: Element, start: int, end: int, text: str) -> None:
    """Replace a stretch of a paragraph's text; where it is empty, put ``text`` in there."""
    _settle_controls(p, pages.dialect)
    _change(p, pages.dialect, start, end, text)


def _change(p: Element, w: Dialect, start: int, end: int, text: str) -> None:
    stream = paragraph_stream(p, w)
    at = stream.node_at(min(start, len(stream.text) - 1))
    if at.tag == w.t:
        stream.replace(start, end, text)
        return
    # A tab or a break cannot hold text: it stays, and the text goes behind what stands before it.
    before = next((i for i in range(start, 0, -1) if stream.node_at(i - 1).tag == w.t), 0)
    if before:
        stream.replace(before - 1, before, stream.text[before - 1] + text)
    else:
        _write_into(p, w, text)


def _write_into(p: Element, w: Dialect, text: str) -> None:
    """Put a text into a paragraph that has none: into its empty run, or a new one."""
    run = next((one for one in p.iterchildren(w.r) if _is_empty(one, w)), None)
    if run is None:
        run = etree.SubElement(p, w.r)
        properties = mark_format(p, w)
        if properties is not None:
            run.append(properties)
    t = run.find(w.t)
    t = etree.SubElement(run, w.t) if t is None else t
    t.text = text
    t.set(XML_SPACE, "preserve")


def _is_empty(run: Element, w: Dialect) -> bool:
    """Tell whether a run has a format and nothing else."""
    return all(
        child.tag in {w.q("rPr"), w.t, w.q("lastRenderedPageBreak")}
        for child in run.iterchildren(etree.Element)
    )


def mark_format(p: Element, w: Dialect) -> Element | None:
    """Copy the format of the paragraph mark, without what was tracked of it."""
    properties = p.find(w.q("pPr"))
    found = None if properties is None else properties.find(w.q("rPr"))
    if found is None:
        return None
    copied = deepcopy(found)
    copied.tail = None
    for name in _TRACKED:
        for one in copied.findall(w.q(name)):
            copied.remove(one)
    return copied if len(copied) else None


def _settle_controls(p: Element, w: Dialect) -> None:
    """Let content controls hold what they are given: no placeholder, no binding to other data."""
    for sdt in (*p.iterancestors(w.q("sdt")), *p.iterdescendants(w.q("sdt"))):
        if is_placeholder(sdt, w):
            for style in list(sdt.iter(w.q("rStyle"))):
                parent = style.getparent()
                if parent is not None:
                    parent.remove(style)
        properties = sdt.find(w.q("sdtPr"))
        if properties is not None:
            for child in list(properties.iterchildren(etree.Element)):
                if etree.QName(child).localname in {"showingPlcHdr", "dataBinding"}:
                    properties.remove(child)
