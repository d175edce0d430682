"""Extensions of a sheet (``extLst``): x14 rules, validations and sparklines.

These have writers of their own. In any other, of a vendor too, the elements that say areas and
formulas (``xm:sqref``, ``xm:f``) follow; what else it says stays as it is.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govdocs.xlsx.following.moving import MovedSheet
from govdocs.xlsx.following.rules import move_rule
from govdocs.xlsx.grid.address import Area, maybe_area
from govdocs.xlsx.xml.editing import Edits, with_children
from govdocs.xlsx.xml.markup import Element

if TYPE_CHECKING:
    from govdocs.xlsx.grid.rewriting import Reads

_EXCEL = "http://schemas.microsoft.com/office/excel/2006/main"


def write_extensions(element: Element, sheet: MovedSheet) -> str:
    """Write the ``extLst`` of a sheet for where its rows have gone."""
    return with_children(element, (_write(child, sheet) for child in element.children))


def _write(extension: Element, sheet: MovedSheet) -> str:
    edits = Edits()
    for holder in extension.children:
        if holder.name in ("conditionalFormattings", "dataValidations"):
            edits.replace(holder, with_children(holder, _rules(holder, sheet)))
        elif holder.name == "sparklineGroups":
            edits.replace(holder, with_children(holder, _groups(holder, sheet)))
        elif holder.name == "ignoredErrors":
            edits.replace(holder, with_children(holder, _rules(holder, sheet)))
        else:
            _move_all(holder, edits, sheet)
    written = edits.write(extension)
    return written if _holds_anything(extension, written) else ""


def _move_all(holder: Element, edits: Edits, sheet: MovedSheet) -> None:
    """Let what an extension calls areas and formulas follow."""
    for one in holder.iter("sqref", "f"):
        if one.space != _EXCEL or not one.text.strip():
            continue
        if one.name == "f":
            edits.set_text(one, sheet.formula(one.text, sheet.place(one.text), reads="area"))
        elif all(maybe_area(text) is not None for text in one.text.split()):
            edits.set_text(one, sheet.sqref(one.text))


def _holds_anything(extension: Element, written: str) -> bool:
    """Whether an extension still has children, if it had any."""
    head = len(extension.data[extension.start : extension.content].decode())
    rest = written[head:].removesuffix(f"</{extension.qname}>")
    return not extension.children or bool(rest.strip())


def _rules(holder: Element, sheet: MovedSheet) -> Iterator[str]:
    for rule in holder.children:
        sqref = next(rule.iter("sqref"), None)
        if sqref is None:
            yield rule.raw
            continue
        texts = [one for one in rule.iter("f") if one.text.strip()]
        reads: Reads = "area" if rule.get("type") == "list" else "value"
        formulas = [(one.text, "value" if one.text.startswith('"') else reads) for one in texts]
        for moved in move_rule(sqref.text, formulas, sheet):
            edits = Edits()
            edits.set_text(sqref, moved.sqref)
            for text, formula in zip(texts, moved.formulas, strict=True):
                edits.set_text(text, formula)
            yield edits.write(rule)


def _groups(holder: Element, sheet: MovedSheet) -> Iterator[str]:
    for group in holder.children:
        edits = Edits()
        lines = group.find("sparklines")
        for child in group.children:
            if child.name == "f" and child.text.strip():
                place = sheet.place(child.text)
                edits.set_text(child, sheet.formula(child.text, place, reads="area"))
        if lines is None:
            yield edits.write(group)
            continue
        written = with_children(
            lines, (one for line in lines.children for one in _lines(line, sheet))
        )
        if written:
            edits.replace(lines, written)
            yield edits.write(group)


def _lines(line: Element, sheet: MovedSheet) -> Iterator[str]:
    """One sparkline: a copy for each copy of its cell, drawn from its own pass."""
    where, source = line.find("sqref"), line.find("f")
    if where is None:
        yield line.raw
        return
    for area in (one for text in where.text.split() for one in _copies(text, sheet)):
        edits = Edits()
        edits.set_text(where, str(area))
        if source is not None and source.text.strip():
            place = sheet.place(where.text)
            moved = sheet.maybe_formula(source.text, place, reads="area", origin=area)
            if moved is None:
                continue
            edits.set_text(source, moved)
        yield edits.write(line)


def _copies(text: str, sheet: MovedSheet) -> Iterator[Area]:
    if maybe_area(text) is None:
        return
    for copy in sheet.copies(text):
        area = maybe_area(copy)
        if area is not None:
            yield area
