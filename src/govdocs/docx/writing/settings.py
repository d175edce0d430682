"""What a filled document is: no template any more, and one whose fields are to be worked out anew.

Source: ECMA-376 part 1, 17.15.1.81 (updateFields). Nothing here looks at the text.
"""

from lxml import etree

from govdocs.docx.tree.dialect import WORD
from govdocs.docx.tree.schema import BEFORE_UPDATE_FIELDS
from govdocs.docx.writing.shelf import Shelf
from govdocs.opc import parse_xml, serialise_xml

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MACRO = "application/vnd.ms-word"
_DOCUMENT_OF = {
    f"{_WORD}.template.main+xml": f"{_WORD}.document.main+xml",
    f"{_MACRO}.template.macroenabledtemplate.main+xml": f"{_MACRO}.document.macroEnabled.main+xml",
    f"{_MACRO}.template.macroenabled.main+xml": f"{_MACRO}.document.macroEnabled.main+xml",
}
_ON = ("true", "1", "on")


def make_document(shelf: Shelf) -> None:
    """Let what a ``.dotx`` or ``.dotm`` gives be a ``.docx`` or ``.docm``, as Word itself does."""
    package = shelf.package
    wanted = _DOCUMENT_OF.get(package.content_type_of_main.lower())
    if wanted is not None:
        shelf.draft.retype(package.main, wanted)


def ask_for_new_fields(shelf: Shelf) -> None:
    """Let Word work out contents, page numbers and references anew when it opens the document.

    Word asks the reader for leave to do so.
    """
    package, draft = shelf.package, shelf.draft
    parts = package.related(package.main, "settings")
    name = parts[0] if parts else _add_settings(shelf)
    root = parse_xml(draft.read(name), name)
    dialect = WORD[str(etree.QName(root).namespace)]
    switch = root.find(dialect.q("updateFields"))
    if switch is None:
        switch = root.makeelement(dialect.q("updateFields"))
        root.insert(_position(root, dialect.namespace), switch)
    elif switch.get(dialect.q("val"), "true") in _ON:
        return
    switch.set(dialect.q("val"), "true")
    draft.replace(name, serialise_xml(root))


def _position(root: etree._Element, namespace: str) -> int:
    """Where the switch stands: behind all that the schema puts before it."""
    earlier = {f"{{{namespace}}}{name}" for name in BEFORE_UPDATE_FIELDS}
    last = [index for index, child in enumerate(root) if child.tag in earlier]
    return last[-1] + 1 if last else 0


def _add_settings(shelf: Shelf) -> str:
    package, draft = shelf.package, shelf.draft
    namespace = etree.QName(package.parse(package.main)).namespace
    name = draft.unused_name("word/settings{}.xml")
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<w:settings xmlns:w="{namespace}"/>'
    draft.add(name, f"{_WORD}.settings+xml", xml.encode())
    draft.relate(package.main, f"{shelf.office}/settings", f"/{name}")
    return name
