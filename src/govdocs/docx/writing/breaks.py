"""Page, column and section breaks as values. Source: ECMA-376 part 1, 17.3.3.1 and 17.6."""

from copy import deepcopy

from lxml import etree

from govdocs.docx.writing.formats import prefix_of
from govdocs.docx.writing.rich import is_word, place_blocks, place_runs
from govdocs.docx.writing.shelf import current_part, shelf
from govdocs.docx.writing.slots import Slot
from govdocs.errors import DataError
from govdocs.values.rich import Break


def write_break(value: Break, slot: Slot) -> str:
    """Write a break; where there are no paragraphs nothing is printed."""
    if not is_word(slot):
        return ""
    w = prefix_of(slot)
    if value.kind in ("page", "column"):
        return place_runs(f'<{w}r><{w}br {w}type="{value.kind}"/></{w}r>', slot)
    if current_part() != shelf().package.main:
        raise DataError.of("value.section_outside_body", slot.place)
    return place_blocks(f"<{w}p><{w}pPr>{section_markup(w)}</{w}pPr></{w}p>", slot)


def section_markup(w: str) -> str:
    """Write the properties of the section that ends here: those of the document's last one."""
    kept = shelf().kept
    if "section" not in kept:
        package = shelf().package
        kept["section"] = package.parse(package.main).find("{*}body/{*}sectPr")
    found = kept["section"]
    if found is None:
        return f"<{w}sectPr/>"
    copy = deepcopy(found)
    copy.tail = None
    # its headers are the last section's own, so that a section says the same as the one after it
    return etree.tostring(copy, encoding="unicode")
