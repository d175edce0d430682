"""The workbook part of a filled workbook: names that follow, and the order to recalculate."""

from typing import TYPE_CHECKING

from govdocs.errors import Place
from govdocs.xlsx.definitions import scoped_names
from govdocs.xlsx.editing import Edits
from govdocs.xlsx.grid.formula import scan
from govdocs.xlsx.markup import Element
from govdocs.xlsx.moving import MovedBook
from govdocs.xlsx.workbook import Workbook

if TYPE_CHECKING:
    from govdocs.xlsx.grid.rewriting import Reads

_BEFORE_CALC = ("definedNames", "externalReferences", "functionGroups", "sheets")
_FILTER = "_xlnm._FilterDatabase"


Definitions = list[tuple[str, str, str | None]]
"""Name, the template's sheet that it belongs to or nothing, and what it stands for now."""


def move_definitions(workbook: Workbook, moved: MovedBook) -> Definitions:
    """Let all defined names follow; None where one has vanished with its filter."""
    found: Definitions = []
    for name, sheet, element in scoped_names(workbook):
        place = Place(part=workbook.part, spot=(("name", name),))
        found.append((name, sheet, move_definition(name, sheet, element.text, moved, place)))
    return found


def write_workbook(
    workbook: Workbook, definitions: Definitions | None, *, recalculates: bool
) -> bytes | None:
    """Write the workbook part; None where nothing of it changes.

    Args:
        workbook: of the template, rendered.
        definitions: what its names stand for now; None if nothing moves.
        recalculates: whether the workbook is to be worked out anew when it is opened.
    """
    edits = Edits()
    if definitions is not None:
        listed = list(scoped_names(workbook))
        for (_, _, element), (_, _, text) in zip(listed, definitions, strict=True):
            if text is None:
                edits.replace(element, "")
            else:
                edits.set_text(element, text)
    if recalculates:
        _recalculate(workbook.root, edits)
    return edits.write_part(workbook.root) if edits else None


def move_definition(name: str, sheet: str, text: str, moved: MovedBook, place: Place) -> str | None:
    """Rewrite what a name stands for; None for the area of a filter that has vanished."""
    tokens = scan(text)
    if name == _FILTER and len(tokens) == 1 and tokens[0].ref is not None:
        ref, outputs = tokens[0].ref, moved.names.get(sheet, [sheet])
        hull = moved.mapper.maybe_hull(ref.local, outputs[0]) if outputs else None
        return None if hull is None else (ref.scope.prefix if ref.scope else "") + hull
    reads: Reads = "area" if _is_reference(text) else "value"
    return moved.formula(text, place, reads=reads)


def _is_reference(text: str) -> bool:
    """Whether a definition is nothing but areas: print areas, titles, named cells."""
    return all(token.ref is not None or token.kind in ("comma", "space") for token in scan(text))


def _recalculate(root: Element, edits: Edits) -> None:
    known = root.find("calcPr")
    if known is not None:
        edits.set(known, "fullCalcOnLoad", "1")
        return
    for name in _BEFORE_CALC:
        before = root.find(name)
        if before is not None:
            edits.insert_after(before, f'<{root.prefix}calcPr fullCalcOnLoad="1"/>')
            return
