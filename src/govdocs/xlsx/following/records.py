"""Parts beside the sheets that name cells: bound cells, kept filters, links, parameters of queries.

Each is small and rarely seen. Nothing here reads a cell.
"""

from urllib.parse import quote, unquote

from govdocs.errors import Place, Problem
from govdocs.xlsx.following.filters import move_filter_columns
from govdocs.xlsx.following.moving import MovedBook, MovedSheet
from govdocs.xlsx.grid.address import maybe_area
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.markup import Element

_PLAIN = "!$:'(),;=+-._~*@/"


def move_bound_cells(root: Element, sheet: MovedSheet) -> Edits:
    """Let cells follow that show an element of an XML map; each can be there only once."""
    edits = Edits()
    for one in root.iter("singleXmlCell"):
        reference = one.get("r")
        copies = list(sheet.copies(reference)) if maybe_area(reference) is not None else [reference]
        if len(copies) != 1:
            fields = {"kind": "singleXmlCell", "reference": reference}
            problem = Problem("xlsx.not_repeated", (sheet.place(reference),), fields)
            sheet.book.problems.append(problem)
        else:
            edits.set(one, "r", copies[0])
    return edits


def move_kept_views(root: Element, sheet: MovedSheet) -> Edits:
    """Let the filters of named sheet views follow."""
    edits = Edits()
    for one in root.iter():
        reference = one.get("ref")
        if maybe_area(reference) is None:
            continue
        hull = sheet.maybe_hull(reference)
        if hull is None:
            edits.replace(one.parent if one.name == "sortCondition" and one.parent else one, "")
            continue
        edits.set(one, "ref", hull)
        if one.name == "nsvFilter":
            move_filter_columns(one, edits, sheet)
    return edits


def move_parameters(root: Element, part: str, book: MovedBook) -> Edits:
    """Let the cells follow from which queries take their parameters."""
    edits = Edits()
    for one in root.iter("parameter"):
        if one.get("cell"):
            place = Place(part=part, spot=(("cell", one.get("cell")),))
            edits.set(one, "cell", book.formula(one.get("cell"), place))
    return edits


def move_links(root: Element, sheet: MovedSheet) -> Edits:
    """Let links into the workbook follow that stand in relationships: ``Target="#表1!A6"``."""
    edits = Edits()
    for one in root.iter("Relationship"):
        target = one.get("Target")
        text = unquote(target[1:])
        if not target.startswith("#") or not ("!" in text or maybe_area(text) is not None):
            continue
        moved = sheet.formula(text, sheet.place(text))
        if moved != text:
            edits.set(one, "Target", "#" + (quote(moved, safe=_PLAIN) if "%" in target else moved))
    return edits


def move_bindings(root: Element, part: str, book: MovedBook) -> Edits:
    """Let the areas follow that an add-in is bound to."""
    edits = Edits()
    for one in root.iter("binding"):
        text = one.get("appref")
        if "!" in text:
            place = Place(part=part, spot=(("cell", text),))
            edits.set(one, "appref", book.formula(text, place, reads="area"))
    return edits
