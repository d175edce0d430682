"""Rich text written where its tag stands: runs with formats, links, paragraphs with styles.

What a piece does not ask for it takes from the tag's own run; that is why the tag's properties are
merged into each run instead of being left behind. This module opens no picture and no document.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from lxml import etree

from govdocs.docx.writing.formats import (
    Property,
    make_fonts,
    make_properties,
    merge_properties,
    prefix_of,
    quote,
)
from govdocs.docx.writing.links import link_markup, link_style
from govdocs.docx.writing.shelf import shelf
from govdocs.docx.writing.slots import Slot, write_text
from govdocs.docx.writing.tidying import PARAGRAPH_AFTER, PARAGRAPH_BEFORE, RUN_AFTER, RUN_BEFORE
from govdocs.values.printing import print_value
from govdocs.values.rich import Format, Piece, RichText, RichTextParagraph

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# noncharacters stand for control characters while a fragment is parsed
_HELD = {0x07: "\ufdd2", 0x0C: "\ufdd3", 0xFDD2: None, 0xFDD3: None}
_RELEASED = {0xFDD2: "\a", 0xFDD3: "\f"}
_UNHELD = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def is_word(slot: Slot) -> bool:
    """Tell whether runs of WordprocessingML can stand at a slot."""
    return bool(slot.leave_paragraph)


def write_rich(rich: RichText, slot: Slot) -> str:
    """Write a rich text: as runs of their own, or as plain text where there are no runs."""
    if not is_word(slot):
        return write_text(str(rich), slot)
    return place_runs("".join(_write_piece(one, slot) for one in rich.pieces), slot)


def place_runs(runs: str, slot: Slot) -> str:
    """Put whole runs where the slot is: out of its text, or into a paragraph of their own."""
    if slot.kind == "runs":
        return runs
    if slot.kind == "paragraphs":
        return f"{slot.enter_paragraph}{runs}{slot.leave_paragraph}"
    shelf().untidy = True
    return f"{RUN_BEFORE}{slot.leave_run}{runs}{slot.enter_run}{RUN_AFTER}"


def run_slot(slot: Slot, properties: str, opening: str = "", closing: str = "") -> Slot:
    """Make the slot of a run of its own: with its properties, and what it is wrapped in."""
    w = prefix_of(slot)
    t = f'<{w}t xml:space="preserve">'
    leave = f"</{w}t></{w}r>{closing}"
    enter = f"{opening}<{w}r>{properties}{t}"
    between = slot.leave_paragraph, slot.enter_paragraph
    page = f'<{w}p><{w}r><{w}br {w}type="page"/></{w}r></{w}p>'
    breaks = dict(slot.breaks)
    breaks["\t"] = f"</{w}t></{w}r><{w}r>{properties}<{w}tab/></{w}r><{w}r>{properties}{t}"
    breaks["\a"] = f"{leave}{between[0]}{between[1]}{enter}"
    breaks["\f"] = f"{leave}{between[0]}{page}{between[1]}{enter}"
    return replace(
        slot, kind="runs", breaks=breaks, leave_run=leave, enter_run=enter, properties=properties
    )


def write_run(text: str, wishes: Format, slot: Slot) -> str:
    """Write a text as a run with the tag's format and its own."""
    w = prefix_of(slot)
    properties = merge_properties(slot.properties, make_properties(wishes, w), w)
    return write_text(text, run_slot(slot, properties))


def _write_piece(piece: Piece, slot: Slot) -> str:
    if not isinstance(piece.content, str):
        inner = _write_inline(piece.content, piece.format, slot)
        return link_markup(piece.link, inner, slot) if piece.link else inner
    if piece.link or piece.url_id:
        return write_link_text(piece.content, piece.link, piece.url_id, piece.format, slot)
    return write_run(piece.content, piece.format, slot)


def _write_inline(content: Any, wishes: Format, slot: Slot) -> str:
    from govdocs.docx.writing.native import write_native

    written = write_native(content, replace(slot, kind="runs"))
    return write_run(print_value(content), wishes, slot) if written is None else written


def write_link_text(
    text: str, url: str | None, url_id: str | None, wishes: Format, slot: Slot
) -> str:
    """Write a linked run; without formats of its own it looks as links do in the document."""
    w = prefix_of(slot)
    if wishes == Format():
        wishes = link_style()
    properties = merge_properties(slot.properties, make_properties(wishes, w), w)
    inner = write_text(text, run_slot(slot, properties))
    return link_markup(url, inner, slot, url_id)


def write_rich_paragraphs(value: RichTextParagraph, slot: Slot) -> str:
    """Write paragraphs of rich text, each a paragraph of the document."""
    if not is_word(slot):
        return write_text(str(value).replace("\a", "\n"), slot)
    return place_blocks("".join(_paragraph(rich, style, slot) for rich, style in value), slot)


def _paragraph(rich: RichText, style: str | None, slot: Slot) -> str:
    runs = "".join(_write_piece(one, slot) for one in rich.pieces)
    return paragraph(slot, runs, style)


def paragraph(slot: Slot, runs: str, style: str | None, extra: str = "") -> str:
    """Write a paragraph: with the tag's own properties, or with a style of the document.

    Args:
        slot: of the tag.
        runs: what stands in it.
        style: id of the paragraph style; None for the tag's own properties.
        extra: further properties, as markup that may follow ``pStyle``.
    """
    if style is None and not extra:
        return f"{slot.enter_paragraph}{runs}{slot.leave_paragraph}"
    w = prefix_of(slot)
    named = f'<{w}pStyle {w}val="{quote(style)}"/>' if style else ""
    return f"<{w}p><{w}pPr>{named}{extra}</{w}pPr>{runs}</{w}p>"


def place_blocks(blocks: str, slot: Slot) -> str:
    """Put whole paragraphs and tables where the slot is; a paragraph left empty goes."""
    if slot.kind == "paragraphs" or not blocks:
        return blocks
    leave, enter = slot.leave_run, slot.enter_run
    if slot.kind == "runs":
        leave, enter = "", ""
    shelf().untidy = True
    before = f"{PARAGRAPH_BEFORE}{leave}{slot.leave_paragraph}"
    return f"{before}{blocks}{slot.enter_paragraph}{enter}{PARAGRAPH_AFTER}"


def parse_fragment(xml: str, declared: str = "") -> etree._Element:
    r"""Parse runs or paragraphs; :func:`text_in` gives back ``\a`` and ``\f``, which XML bars.

    Args:
        xml: the markup, with prefixes ``w`` and ``r``.
        declared: further declarations of prefixes.

    Raises:
        lxml.etree.XMLSyntaxError: it is no XML.
    """
    held = _UNHELD.sub("", xml.translate(_HELD))
    return etree.fromstring(f'<_ xmlns:w="{_W}" xmlns:r="{_R}"{declared}>{held}</_>')


def text_in(element: etree._Element) -> str:
    """Return an element's text as it was before :func:`parse_fragment`."""
    return (element.text or "").translate(_RELEASED)


def write_foreign(xml: str, slot: Slot) -> str:
    """Write the runs or paragraphs of docxtpl's value types, with the tag's format beneath theirs.

    Raises:
        lxml.etree.XMLSyntaxError: what they hold is no XML.
    """
    root = parse_fragment(xml)
    if root.text and not len(root):
        return write_text(text_in(root), slot)
    if root.find(f"{{{_W}}}p") is not None:
        parts = (_foreign_paragraph(p, slot) for p in root.iterchildren(f"{{{_W}}}p"))
        return place_blocks("".join(parts), slot)
    return place_runs("".join(_foreign_runs(root, slot)), slot)


def text_of(xml: str) -> str:
    """Return the text of docxtpl's runs."""
    root = parse_fragment(xml)
    return "".join(text_in(t) for t in root.iter(f"{{{_W}}}t"))


def _foreign_paragraph(p: etree._Element, slot: Slot) -> str:
    style = p.find(f"{{{_W}}}pPr/{{{_W}}}pStyle")
    named = None if style is None else style.get(f"{{{_W}}}val")
    return paragraph(slot, "".join(_foreign_runs(p, slot)), named)


def _foreign_runs(parent: etree._Element, slot: Slot) -> Iterable[str]:
    w = prefix_of(slot)
    for child in parent.iterchildren(etree.Element):
        if child.tag == f"{{{_W}}}hyperlink":
            inner = "".join(_foreign_runs(child, slot))
            yield link_markup(None, inner, slot, child.get(f"{{{_R}}}id"))
        elif child.tag == f"{{{_W}}}r":
            properties = merge_properties(slot.properties, _foreign_properties(child, w), w)
            text = "".join(text_in(t) for t in child.iterchildren(f"{{{_W}}}t"))
            yield write_text(text, run_slot(slot, properties))


def _foreign_properties(run: etree._Element, w: str) -> list[Property]:
    """Read a run's properties; a font is set for Chinese too, a shading is written whole."""
    found: list[Property] = []
    for child in run.iterfind(f"{{{_W}}}rPr/*"):
        name = etree.QName(child).localname
        values = {etree.QName(key).localname: str(value) for key, value in child.attrib.items()}
        if name == "rFonts" and "ascii" in values:
            found.append(
                (name, make_fonts(f"eastAsia:{values.get('eastAsia', values['ascii'])}", w))
            )
            continue
        if name == "shd":
            values = {"val": "clear", "color": "auto", **values}
        listed = "".join(f' {w}{key}="{quote(value)}"' for key, value in values.items())
        found.append((name, f"<{w}{name}{listed}/>"))
    return found
