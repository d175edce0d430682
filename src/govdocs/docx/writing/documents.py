"""Other documents put in place of a tag's paragraph, with all that their text needs.

What they bring is gathered while the parts are rendered and added when all of them are: styles by
name, numbering anew for each placing so that lists begin at their beginning, notes and comments
with new numbers, pictures and charts with parts of their own. Their page, headers and footers stay
behind, and what ties their controls to data.
"""

import io
import os
from copy import deepcopy
from typing import Any

from lxml import etree

from govdocs.docx.tree.streams import remove
from govdocs.docx.writing.grafting import Graft, bring_relations
from govdocs.docx.writing.rich import is_word, place_blocks
from govdocs.docx.writing.shelf import current_part, shelf
from govdocs.docx.writing.slots import Slot
from govdocs.errors import DataError
from govdocs.opc import Package
from govdocs.values.documents import Subdocument

_DROPPED = ("sectPr", "permStart", "permEnd")


def is_document(value: object) -> bool:
    """Tell whether a value is a document: python-docx's, ours, the bytes or the path of one."""
    if isinstance(value, (Subdocument, os.PathLike)):
        return True
    if isinstance(value, bytes):
        return value[:4] == b"PK\x03\x04"
    module, name = type(value).__module__, type(value).__name__
    return name == "Document" and module in ("docx.document", "govdocs.document")


def write_document(value: object, slot: Slot) -> str:
    """Write a document's text where the slot is.

    Raises:
        DataError: it is no Word document, of another dialect, or the slot takes no paragraphs.
    """
    if not is_word(slot):
        raise DataError.of("value.document_in_line", slot.place)
    package = _open(value, slot)
    graft = Graft(package, shelf(), current_part())
    body = package.parse(package.main).find("{*}body")
    blocks = [] if body is None else list(body.iterchildren(etree.Element))
    return place_blocks("".join(_written(one, graft) for one in blocks), slot)


def read_subdocument(value: Any) -> bytes:
    """Read docxtpl's subdocument: its own body, with the parts of the template it was made for."""
    buffer = io.BytesIO()
    value.subdocx.part.package.save(buffer)
    package = Package(buffer.getvalue())
    draft = package.edit()
    draft.replace(package.main, etree.tostring(value.subdocx.element, encoding="UTF-8"))
    return draft.to_bytes()


def _open(value: Any, slot: Slot) -> Package:
    source: Any = value.source if isinstance(value, Subdocument) else value
    if hasattr(source, "element") and hasattr(source, "save"):
        buffer = io.BytesIO()
        source.save(buffer)
        source = buffer.getvalue()
    elif type(source).__name__ == "Document":
        source = bytes(source)  # ours
    kept = shelf().kept.setdefault("documents", {})
    key = source if isinstance(source, (bytes, str, os.PathLike)) else id(source)
    if key not in kept:
        kept[key] = Package.open(source, shelf().package.limits)
    package: Package = kept[key]
    if package.kind != "docx" or _dialect(package) != _dialect(shelf().package):
        raise DataError.of("value.document_of_another_kind", slot.place)
    return package


def _dialect(package: Package) -> str:
    return str(etree.QName(package.parse(package.main)).namespace)


def _written(element: etree._Element, graft: Graft) -> str:
    if etree.QName(element).localname == "sectPr":
        return ""
    copy = deepcopy(element)
    copy.tail = None
    for name in _DROPPED:
        for found in list(copy.iter(f"{{*}}{name}")):
            remove(found)
    graft.bring(copy)
    bring_relations(copy, graft.package, graft.package.main, graft.shelf, graft.part)
    return etree.tostring(copy, encoding="unicode")
