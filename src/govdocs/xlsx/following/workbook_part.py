"""The workbook part of a filled workbook: names that follow, and the order to recalculate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govdocs.errors import Place
from govdocs.xlsx.following.moving import MovedBook
from govdocs.xlsx.grid.address import quote_sheet, same_name
from govdocs.xlsx.grid.formula import scan
from govdocs.xlsx.reading.definitions import scoped_names
from govdocs.xlsx.reading.workbook import Workbook
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.markup import Element

if TYPE_CHECKING:
    from govdocs.xlsx.grid.rewriting import Reads

_BEFORE_CALC = ("definedNames", "externalReferences", "functionGroups", "sheets")
_FILTER = "_xlnm._FilterDatabase"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a defined name stands for after the fill.

    Attributes:
        element: of the workbook part.
        sheet: of the output that it belongs to; empty if it belongs to none.
        text: None where it has vanished with its filter.
    """

    element: Element
    name: str
    sheet: str
    text: str | None


Definitions = list[Definition]
Tabs = Mapping[str, Sequence[tuple[str, str]]]
"""Sheets that come out once for each item: label -> names and ids of relationships."""


def move_definitions(workbook: Workbook, moved: MovedBook) -> Definitions:
    """Let all defined names follow; one of a sheet is there for each sheet that this became."""
    found: Definitions = []
    for name, sheet, element in scoped_names(workbook):
        place = Place(part=workbook.part, spot=(("name", name),))
        for output in moved.names.get(sheet, [sheet]) if sheet else [""]:
            text = move_definition(name, output, element.text, moved, place)
            found.append(Definition(element, name, output, text))
    return found


def write_workbook(
    workbook: Workbook,
    definitions: Definitions | None,
    tabs: Tabs,
    order: Sequence[Sequence[str]],
    *,
    moved: MovedBook | None,
    recalculates: bool,
) -> bytes | None:
    """Write the workbook part; None where nothing of it changes.

    Args:
        workbook: of the template, rendered.
        definitions: what its names stand for now; None if nothing moves.
        tabs: the sheets that come out once for each item.
        order: for each sheet of the template the names it comes out under.
        moved: where everything has gone.
        recalculates: whether the workbook is to be worked out anew when it is opened.
    """
    edits = Edits()
    if definitions is not None:
        outputs = [name for names in order for name in names] if tabs else []
        _write_definitions(workbook, definitions, outputs, edits)
    if tabs:
        _write_tabs(workbook.root, tabs, edits)
        _write_views(workbook.root, order, edits)
    if moved is not None:
        _move_window(workbook, moved, edits)
    if recalculates:
        _recalculate(workbook.root, edits)
    return edits.write_part(workbook.root) if edits else None


def _write_definitions(
    workbook: Workbook, definitions: Definitions, outputs: Sequence[str], edits: Edits
) -> None:
    """Write the names; those of sheets say its number, which may be another one now."""
    written: dict[int, tuple[Element, list[str]]] = {}
    for _, _, element in scoped_names(workbook):
        written[element.start] = element, []
    for one in definitions:
        own = Edits()
        if one.text is None:
            continue
        own.set_text(one.element, one.text)
        if one.sheet and one.sheet in outputs:
            own.set(one.element, "localSheetId", str(outputs.index(one.sheet)))
        written[one.element.start][1].append(own.write(one.element))
    for element, copies in written.values():
        markup = "".join(copies)
        if markup != element.raw:
            edits.replace(element, markup)


def _move_window(workbook: Workbook, moved: MovedBook, edits: Edits) -> None:
    """Let the area follow that a workbook shows inside of another document (``oleSize``)."""
    shown, view = workbook.root.find("oleSize"), next(workbook.root.iter("workbookView"), None)
    number = view.get("activeTab", "0") if view is not None else "0"
    if shown is None or not number.isdecimal() or int(number) >= len(workbook.sheets):
        return
    for name in moved.outputs(workbook.sheets[int(number)].name)[:1]:
        hull = moved.mapper.maybe_hull(shown.get("ref"), name)
        edits.replace(shown, "") if hull is None else edits.set(shown, "ref", hull)


def _write_tabs(root: Element, tabs: Tabs, edits: Edits) -> None:
    listed = root.find("sheets")
    entries = [] if listed is None else listed.children
    next_id = max((int(one.get("sheetId", "0")) for one in entries), default=0) + 1
    for entry in entries:
        if entry.get("name") not in tabs:
            continue
        copies = []
        for number, (name, rel_id) in enumerate(tabs[entry.get("name")]):
            own = Edits()
            own.set(entry, "name", name)
            own.set(entry, "id", rel_id)
            if number:
                own.set(entry, "sheetId", str(next_id))
                next_id += 1
            copies.append(own.write(entry))
        edits.replace(entry, "".join(copies))


def _write_views(root: Element, order: Sequence[Sequence[str]], edits: Edits) -> None:
    """Let the tab that is shown first stay the same sheet."""
    last = max(sum(map(len, order)) - 1, 0)
    for view in root.iter("workbookView"):
        for name in ("activeTab", "firstSheet"):
            if view.get(name).isdigit():
                before = order[: int(view.get(name))]
                edits.set(view, name, str(min(sum(map(len, before)), last)))


def move_definition(name: str, sheet: str, text: str, moved: MovedBook, place: Place) -> str | None:
    """Rewrite what a name stands for; None for the area of a filter that has vanished."""
    tokens = scan(text)
    if name == _FILTER and len(tokens) == 1 and tokens[0].ref is not None:
        ref = tokens[0].ref
        hull = moved.mapper.maybe_hull(ref.local, sheet) if sheet else None
        same = ref.scope is not None and same_name(ref.scope.sheet) == same_name(sheet)
        prefix = ref.scope.prefix if same and ref.scope else quote_sheet(sheet)
        return None if hull is None else prefix + hull
    reads: Reads = "area" if _is_reference(text) else "value"
    return moved.formula(text, place, reads=reads, sheet=sheet or None)


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
