"""Elements of a sheet that name cells in an attribute: what is consolidated, published, marked.

Each entry goes with its cells: it is there for each copy, or gone with them. Nothing here shows in
a cell.
"""

from collections.abc import Iterator

from govdocs.errors import Problem
from govdocs.xlsx.following.moving import MovedSheet
from govdocs.xlsx.grid.address import maybe_area
from govdocs.xlsx.xml.editing import Edits, with_children
from govdocs.xlsx.xml.markup import Element


def write_properties(element: Element, sheet: MovedSheet) -> str:
    """Write ``sheetPr``: the cell that scrolls together with another window's."""
    edits = Edits()
    if element.get("syncRef"):
        edits.set(element, "syncRef", sheet.cell(element.get("syncRef")))
    return edits.write(element)


def write_consolidation(element: Element, sheet: MovedSheet) -> str:
    """Write ``dataConsolidate``: the areas that are consolidated, on whatever sheet they lie."""
    edits = Edits()
    listed = element.find("dataRefs")
    if listed is not None:
        written = (one for child in listed.children for one in _consolidated(child, sheet))
        edits.replace(listed, with_children(listed, written))
    return edits.write(element)


def _consolidated(source: Element, sheet: MovedSheet) -> Iterator[str]:
    """Write one source, for each sheet that its sheet has become; one outside stays."""
    named, reference = source.get("sheet"), source.get("ref")
    if source.get("id") or not (named or maybe_area(reference)):
        yield source.raw
        return
    for name in sheet.book.outputs(named) if named else [sheet.name]:
        edits = Edits()
        if named:
            edits.set(source, "sheet", name)
        hull = reference
        if maybe_area(reference) is not None:
            hull = sheet.book.mapper.maybe_hull(reference, name) or ""
        if hull != reference:
            edits.set(source, "ref", hull)
        if hull or not reference:
            yield edits.write(source)
        else:
            _take_leave(reference, sheet)


def write_published(element: Element, sheet: MovedSheet) -> str:
    """Write ``webPublishItems``: the areas that are saved as web pages."""
    return with_children(element, _published(element, sheet))


def _published(element: Element, sheet: MovedSheet) -> Iterator[str]:
    for child in element.children:
        reference, edits = child.get("sourceRef"), Edits()
        if maybe_area(reference) is not None:
            hull = sheet.maybe_hull(reference)
            if hull is None:
                _take_leave(reference, sheet)
                continue
            edits.set(child, "sourceRef", hull)
        yield edits.write(child)


def write_scenarios(element: Element, sheet: MovedSheet) -> str:
    """Write ``scenarios``: the cells that they change; one that vanished is left out."""
    edits = Edits()
    if element.get("sqref"):
        edits.set(element, "sqref", sheet.sqref(element.get("sqref")))
    for scenario in element.iter("scenario"):
        inputs = list(scenario.iter("inputCells"))
        kept = 0
        for one in inputs:
            copies = list(sheet.copies(one.get("r"))) if maybe_area(one.get("r")) else []
            if copies:
                edits.set(one, "r", copies[0])
                kept += 1
            else:
                _take_leave(one.get("r"), sheet)
                edits.replace(one, "")
        if not kept:
            edits.replace(scenario, "")
        elif "count" in scenario.attributes:
            edits.set(scenario, "count", str(kept))
    return edits.write(element)


def _take_leave(reference: str, sheet: MovedSheet) -> None:
    fields = {"reference": reference}
    note = Problem("xlsx.entry_vanished", (sheet.place(reference),), fields, "warning")
    sheet.book.notes.append(note)
