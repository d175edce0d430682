"""Floor 2: packages, parts, relationships, content types (ECMA-376 part 2).

This room opens what may be hostile and writes what must be exact. It knows neither Word nor Excel,
but for the content types that tell which of the two a file is.

::

    package = Package.open("report.docx")
    draft = package.edit()
    draft.replace(package.main, new_xml)
    save_atomically("filled.docx", draft.chunks())
"""

from govdocs.opc.deflate import Deflated, deflate, deflate_chunks
from govdocs.opc.draft import Draft
from govdocs.opc.limits import Limits
from govdocs.opc.names import is_rels_name, rels_name, write_target
from govdocs.opc.package import Package
from govdocs.opc.relationships import Relationship
from govdocs.opc.saving import save_atomically
from govdocs.opc.xml import parse_xml, serialise_xml

__all__ = [
    "Deflated",
    "Draft",
    "Limits",
    "Package",
    "Relationship",
    "deflate",
    "deflate_chunks",
    "is_rels_name",
    "parse_xml",
    "rels_name",
    "save_atomically",
    "serialise_xml",
    "write_target",
]
