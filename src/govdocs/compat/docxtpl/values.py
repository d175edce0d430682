"""Write a value where its tag stands, as docxtpl's users know it, and never as markup by accident.

Text is escaped, whether or not the caller asked for it; what says that it is markup (``|safe``,
``|e``, ``Markup``, rich text, pictures, subdocuments) is written as markup.
"""

import html
import re
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from jinja2 import Undefined
from lxml import etree

from govdocs.compat.docxtpl.inline_image import InlineImage
from govdocs.compat.docxtpl.listing import Listing
from govdocs.compat.docxtpl.richtext import RichText, RichTextParagraph
from govdocs.compat.docxtpl.source import run_breaks
from govdocs.compat.docxtpl.subdoc import Subdoc
from govdocs.docx.writing.formats import (
    Property,
    merge_properties,
    prefix_of,
    quote,
    split_properties,
)
from govdocs.docx.writing.rich import parse_fragment, text_in
from govdocs.docx.writing.slots import Slot, write_text

if TYPE_CHECKING:
    from govdocs.compat.docxtpl.template import DocxTemplate

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_LOOSE = re.compile(r"&(?!(?:lt|gt|amp|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)|<(?![\w/?!])")
_WHOLE = re.compile(r"\s*(?:<w:(?:tc|tr)[ >]|\Z)")
_UNSEEN = frozenset({"lang", "noProof"})
_DRAWING = (
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


def write(value: Any, slot: Slot, tpl: "DocxTemplate") -> str:  # noqa: PLR0911 - a table of types
    """Write a value into a slot."""
    if slot.inner is not None:
        return _write_whole(value, slot, slot.inner, tpl)
    if isinstance(value, InlineImage):
        if not slot.leave_paragraph:
            return ""
        if type(value)._insert_image is not InlineImage._insert_image:  # noqa: SLF001
            return str(value)  # a program's own markup, for the inside of a text
        return _between_runs(value._run(tpl.current_rendering_part), slot)  # noqa: SLF001
    if isinstance(value, Subdoc):
        return _between_paragraphs(value._xml_for(tpl), slot)  # noqa: SLF001
    if isinstance(value, (RichText, RichTextParagraph)):
        return _write_rich(value.xml, slot, tpl)
    if isinstance(value, Listing):
        return _write_text(value.text, slot)
    if isinstance(value, Undefined) or not hasattr(value, "__html__"):
        return _write_other(value, slot, escaped=tpl.autoescapes)
    return _write_markup(str(value.__html__()), slot)


def _write_whole(value: Any, slot: Slot, inner: Slot, tpl: "DocxTemplate") -> str:
    """Write cells or rows as they are, anything else into the tag's own cell or row."""
    if hasattr(value, "__html__") and _WHOLE.match(str(value.__html__())):
        return str(value.__html__())
    return f"{slot.enter_run}{write(value, inner, tpl)}{slot.leave_run}"


def _write_other(value: Any, slot: Slot, *, escaped: bool) -> str:
    """Write a text; without autoescaping one that its giver has escaped is not escaped again."""
    text = value if type(value) is str else str(value)
    return _write_text(text if escaped else unescape_once(text), slot)


def unescape_once(text: str) -> str:
    """Undo the escapes of a text that its giver has escaped."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _write_text(text: str, slot: Slot) -> str:
    written = write_text(text, replace(slot, kind="text" if slot.leave_paragraph else slot.kind))
    return _own_run(written, slot) if slot.kind in ("runs", "paragraphs") else written


def _own_run(text: str, slot: Slot) -> str:
    """Give a text that was printed by ``{{r x}}`` a run of its own, in the tag's format."""
    w = prefix_of(slot)
    run = f'<{w}r>{slot.properties}<{w}t xml:space="preserve">{text}</{w}t></{w}r>'
    return _between_runs(run, slot)


def _between_runs(runs: str, slot: Slot) -> str:
    if slot.kind == "paragraphs":
        return f"{slot.enter_paragraph}{runs}{slot.leave_paragraph}"
    return f"{slot.leave_run}{runs}{slot.enter_run}"


def _between_paragraphs(blocks: str, slot: Slot) -> str:
    if slot.kind == "paragraphs":
        return blocks
    if not slot.leave_paragraph:
        return ""
    return f"{slot.leave_run}{slot.leave_paragraph}{blocks}{slot.enter_paragraph}{slot.enter_run}"


def _write_markup(markup: str, slot: Slot) -> str:
    """Write what its giver calls markup; lines and tabs of its text become Word's.

    A ``&`` or ``<`` that begins no markup is text.
    """
    markup = _LOOSE.sub(lambda found: {"&": "&amp;", "<": "&lt;"}[found[0]], markup)
    if not slot.leave_paragraph:
        return markup
    pieces = re.split(r"(<[^>]*>)", markup)
    if len(pieces) > 1:
        if slot.kind == "text":
            return markup
        return (
            _between_paragraphs(markup, slot) if "<w:p" in markup else _between_runs(markup, slot)
        )
    breaks = re.compile("|".join(map(re.escape, slot.breaks)))
    text = breaks.sub(lambda found: slot.breaks[found[0]], markup.replace("\r\n", "\n"))
    return _own_run(text, slot) if slot.kind in ("runs", "paragraphs") else text


def _write_rich(xml: str, slot: Slot, tpl: "DocxTemplate") -> str:
    root = parse_fragment(xml, _DRAWING)
    if not slot.leave_paragraph:
        return write_text("".join(text_in(t) for t in root.iter(f"{{{_W}}}t")), slot)
    if root.find(f"{{{_W}}}p") is not None:
        blocks = "".join(_rich_paragraph(p, slot, tpl) for p in root.iterchildren(f"{{{_W}}}p"))
        return _between_paragraphs(blocks, slot)
    return _between_runs(_rich_runs(root, slot, tpl), slot)


def _rich_paragraph(p: etree._Element, slot: Slot, tpl: "DocxTemplate") -> str:
    w = prefix_of(slot)
    properties = p.find(f"{{{_W}}}pPr")
    written = "" if properties is None else _bare(properties)
    inner = replace(slot, enter_paragraph=f"<{w}p>{written}", leave_paragraph=f"</{w}p>")
    return f"<{w}p>{written}{_rich_runs(p, inner, tpl)}</{w}p>"


def _rich_runs(parent: etree._Element, slot: Slot, tpl: "DocxTemplate") -> str:
    return "".join(
        _rich_element(child, slot, tpl)
        for child in parent.iterchildren(etree.Element)
        if child.tag != f"{{{_W}}}pPr"
    )


def _rich_element(child: etree._Element, slot: Slot, tpl: "DocxTemplate") -> str:
    w = prefix_of(slot)
    if child.tag == f"{{{_W}}}hyperlink":
        return _rich_link(child, slot, tpl)
    if child.tag != f"{{{_W}}}r":
        return _bare(child)
    properties = merge_properties(_inherited(child, slot), _own(child, w), w)
    whole = replace(slot, properties=properties)
    inner = replace(whole, kind="text", breaks=run_breaks(whole))
    content = "".join(
        f'<{w}t xml:space="preserve">{write_text(text_in(one), inner)}</{w}t>'
        if one.tag == f"{{{_W}}}t"
        else _bare(one)
        for one in child.iterchildren(etree.Element)
        if one.tag != f"{{{_W}}}rPr"
    )
    return f"<{w}r>{properties}{content}</{w}r>"


def _rich_link(child: etree._Element, slot: Slot, tpl: "DocxTemplate") -> str:
    """Write a link with a relationship in the part where it lands, however often it is rendered."""
    w = prefix_of(slot)
    rel_id = tpl._link_id(child.get(f"{{{_R}}}id", ""))  # noqa: SLF001
    attributes = "".join(
        f' {w}{etree.QName(key).localname}="{quote(value)}"'
        for key, value in child.attrib.items()
        if not str(key).startswith(f"{{{_R}}}")
    )
    opening = f'<{w}hyperlink xmlns:r="{_R}" r:id="{quote(rel_id)}"{attributes}>'
    closing = f"</{w}hyperlink>"
    inside = replace(
        slot,
        leave_paragraph=f"{closing}{slot.leave_paragraph}",
        enter_paragraph=f"{slot.enter_paragraph}{opening}",
    )
    return f"{opening}{_rich_runs(child, inside, tpl)}{closing}"


def _inherited(run: etree._Element, slot: Slot) -> str:
    """The tag's format beneath the run's own; a style of its own says all."""
    if run.find(f"{{{_W}}}rPr/{{{_W}}}rStyle") is not None:
        return ""
    w = prefix_of(slot)
    seen = [pair for pair in split_properties(slot.properties) if pair[0] not in _UNSEEN]
    return merge_properties("", seen, w)


def _own(run: etree._Element, w: str) -> list[Property]:
    found: list[Property] = []
    for child in run.iterfind(f"{{{_W}}}rPr/*"):
        local = etree.QName(child).localname
        attributes = "".join(
            f' {w}{etree.QName(key).localname}="{quote(value)}"'
            for key, value in child.attrib.items()
        )
        found.append((local, f"<{w}{local}{attributes}/>"))
    return found


def _bare(element: etree._Element) -> str:
    copied = deepcopy(element)
    copied.tail = None
    etree.cleanup_namespaces(copied)
    return etree.tostring(copied, encoding="unicode")


def link_id(tpl: "DocxTemplate", rel_id: str, urls: dict[str, str]) -> str:
    """Return the relationship for a link that was given as one of the main part's ids."""
    url = urls.get(rel_id)
    if url is None:
        return rel_id
    part = tpl.current_rendering_part
    return str(part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
