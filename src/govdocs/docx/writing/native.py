"""Which writer a value has: rich text, pictures, seals, links, breaks, documents.

One table for all slots. A value that is not in it prints as text. This module writes nothing.
"""

from collections.abc import Callable
from typing import Any

from govdocs.docx.writing import breaks, documents, pictures, rich, seals
from govdocs.docx.writing.slots import Slot, write_text
from govdocs.values.pictures import Image, Seal
from govdocs.values.prose import Html, Markdown
from govdocs.values.rich import Break, Link, Listing, RichText, RichTextParagraph

Writer = Callable[[Any, Slot], str]


def _write_listing(value: Listing, slot: Slot) -> str:
    return write_text(value.text, slot)


def _write_link(value: Link, slot: Slot) -> str:
    if not rich.is_word(slot):
        return write_text(str(value), slot)
    whole = RichText().add(str(value), link=value.url or value.text)
    return rich.write_rich(whole, slot)


def _write_markdown(value: Markdown, slot: Slot) -> str:
    from govdocs.docx.writing.prose import write_markdown

    return write_markdown(value, slot)


def _write_html(value: Html, slot: Slot) -> str:
    from govdocs.docx.writing.prose import write_html

    return write_html(value, slot)


WRITERS: dict[type, Writer] = {
    RichText: rich.write_rich,
    RichTextParagraph: rich.write_rich_paragraphs,
    Listing: _write_listing,
    Link: _write_link,
    Break: breaks.write_break,
    Image: pictures.write_picture,
    Seal: seals.write_seal,
    Markdown: _write_markdown,
    Html: _write_html,
}


def write_native(value: Any, slot: Slot) -> str | None:
    """Write a value that is more than text; return None for one that is text."""
    writer = WRITERS.get(type(value))
    if writer is not None:
        return writer(value, slot)
    if documents.is_document(value):
        return documents.write_document(value, slot)
    module = type(value).__module__
    if module.startswith(("docxtpl", "govdocs.compat.docxtpl")):
        return _write_docxtpl(value, slot)
    return None


def _write_docxtpl(value: Any, slot: Slot) -> str | None:
    """Write a value of docxtpl's own types."""
    name = type(value).__name__
    if name == "InlineImage":
        source = value.image_descriptor
        return pictures.write_picture(Image(source, value.width, value.height), slot)
    if name == "Subdoc":
        return documents.write_document(documents.read_subdocument(value), slot)
    xml = getattr(value, "xml", None)
    if not isinstance(xml, str):
        return None
    if not rich.is_word(slot):
        return write_text(rich.text_of(xml), slot)
    return rich.write_foreign(xml, slot)
