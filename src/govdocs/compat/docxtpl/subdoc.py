"""Subdocuments: built with python-docx, or an existing file brought along with all that it needs.

Joining files is docxcompose's work (the extra ``subdoc``); a subdocument that is built here from
nothing needs nothing of it.
"""

import io
import os
import re
from copy import deepcopy
from typing import IO, TYPE_CHECKING, Any

from docx import Document
from docx.oxml.section import CT_SectPr
from lxml import etree

from govdocs.errors import UsageError

if TYPE_CHECKING:
    from govdocs.compat.docxtpl.template import DocxTemplate

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Subdoc:
    """A document to be put in place of ``{{p x }}``.

    What is not its own is asked of the python-docx document: ``add_paragraph``, ``add_table``, ...

    Args:
        tpl: the template that it is for.
        docpath: a file to take over; an empty document if ``None``.
    """

    def __init__(
        self, tpl: "DocxTemplate", docpath: str | os.PathLike[str] | IO[bytes] | None = None
    ) -> None:
        self.tpl = tpl
        self.docx = tpl.get_docx()
        self.subdocx: Any = Document(os.fspath(docpath) if _is_path(docpath) else docpath)  # type: ignore[arg-type]
        if docpath is None:
            self.subdocx._part = self.docx.part  # noqa: SLF001 - pictures go into the template's
        else:
            _attach(self.docx, self.subdocx)

    def __getattr__(self, name: str) -> Any:
        if name in ("subdocx", "tpl", "docx"):
            raise AttributeError(name)
        return getattr(self.subdocx, name)

    def _get_xml(self) -> str:
        body = deepcopy(self.subdocx.element.body)
        return _inner_xml(body)

    def _xml_for(self, tpl: "DocxTemplate") -> str:
        """Write the content with relationships of the part where it lands."""
        body = deepcopy(self.subdocx.element.body)
        part = tpl.current_rendering_part
        if part is not self.docx.part:
            _relate_anew(body, self.docx.part, part)
        return _inner_xml(body)

    def __str__(self) -> str:
        return self._get_xml()

    __unicode__ = __html__ = __str__


def _is_path(value: object) -> bool:
    return isinstance(value, (str, os.PathLike))


def _inner_xml(body: Any) -> str:
    for child in list(body):
        if isinstance(child, CT_SectPr):
            body.remove(child)
    text = etree.tostring(body, encoding="unicode", with_tail=False)
    inner = re.sub(r"\A<w:body[^>]*?(/?)>|</w:body>\Z", "", text)
    declared = re.findall(r' (xmlns:[\w.-]+)="([^"]*)"', text[: text.index(">")])
    return _declare(inner, declared)


def _declare(inner: str, declared: list[tuple[str, str]]) -> str:
    """Let each top element declare the prefixes that its document's root declared."""
    wrapper = "".join(f' {name}="{uri}"' for name, uri in declared)
    root = etree.fromstring(f"<_{wrapper}>{inner}</_>")
    return "".join(etree.tostring(child, encoding="unicode", with_tail=False) for child in root)


def _attach(master: Any, document: Any) -> None:
    """Bring styles, numbering, pictures and notes of a document into the template."""
    try:
        from docxcompose.composer import Composer
        from docxcompose.properties import CustomProperties
    except ImportError:
        fields = {"what": "docxcompose", "extra": "subdoc"}
        raise UsageError.of("value.extra_missing", fields=fields) from None
    composer = Composer(master)
    composer.reset_reference_mapping()
    properties = CustomProperties(document)
    for name in properties.keys():  # noqa: SIM118 - not a mapping
        properties.dissolve_fields(name)
    composer._create_style_id_mapping(document)  # noqa: SLF001
    for element in document.element.body:
        if isinstance(element, CT_SectPr):
            continue
        composer.add_referenced_parts(document.part, master.part, element)
        composer.add_styles(document, element)
        composer.add_numberings(document, element)
        composer.restart_first_numbering(document, element)
        composer.add_images(document, element)
        composer.add_diagrams(document, element)
        composer.add_shapes(document, element)
        composer.add_footnotes(document, element)
        composer.remove_header_and_footer_references(document, element)
    composer.add_styles_from_other_parts(document)
    composer.renumber_bookmarks()
    composer.renumber_docpr_ids()
    composer.renumber_nvpicpr_ids()
    composer.fix_section_types(document)


def _relate_anew(body: Any, source: Any, target: Any) -> None:
    """Relate ``target`` to whatever ``body`` refers to in ``source``."""
    for element in body.iter(etree.Element):
        for key, value in list(element.attrib.items()):
            if str(key).startswith(_R) and value in source.rels:
                rel = source.rels[value]
                element.set(key, _relate(target, rel))


def _relate(target: Any, rel: Any) -> str:
    if rel.is_external:
        return str(target.relate_to(rel.target_ref, rel.reltype, is_external=True))
    part = rel.target_part
    if rel.reltype.endswith("/image"):
        part = target.package.get_or_add_image_part(io.BytesIO(part.blob))
    return str(target.relate_to(part, rel.reltype))
