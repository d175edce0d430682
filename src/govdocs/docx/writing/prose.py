"""Prose in Markdown or HTML written as paragraphs of the document.

A paragraph takes the tag's own properties and format; a heading the template's heading style, and
without one it is bold; a list is a numbering of its own, so that it begins at its beginning.
"""

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from govdocs.docx.writing.formats import prefix_of, quote
from govdocs.docx.writing.rich import is_word, paragraph, place_blocks, write_link_text, write_run
from govdocs.docx.writing.shelf import shelf
from govdocs.docx.writing.slots import Slot, write_text
from govdocs.values.html import read_html
from govdocs.values.markdown import read_markdown
from govdocs.values.prose import Block, Html, Markdown, Span
from govdocs.values.rich import Format

_MONO = "ascii:Consolas"
_LEVELS = 9
_SAFE_LINKS = ("http://", "https://", "mailto:", "#", "ftp://")
_INDENT = 420  # twips a level: two characters of 五号
_BULLETS = ("•", "◦", "▪")


def write_markdown(value: Markdown, slot: Slot) -> str:
    """Write prose in Markdown."""
    return _write(read_markdown(value), value.text, slot)


def write_html(value: Html, slot: Slot) -> str:
    """Write prose in simple HTML."""
    return _write(read_html(value), value.text, slot)


def _write(blocks: list[Block], text: str, slot: Slot) -> str:
    if not is_word(slot):
        return write_text(_plain(blocks) or text, slot)
    lists: dict[int, str] = {}
    written = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        written.append(_block(block, slot, lists))
        if block.kind == "table" and (following is None or following.kind == "table"):
            written.append(paragraph(slot, "", None))  # two tables in a row would be one
    return place_blocks("".join(written), slot)


def _plain(blocks: list[Block]) -> str:
    return "\n".join("".join(span.text for span in one.spans) for one in blocks)


def _block(block: Block, slot: Slot, lists: dict[int, str]) -> str:
    w = prefix_of(slot)
    if block.kind == "table":
        return _table(block, slot)
    if block.kind == "rule":
        line = f'<{w}bottom {w}val="single" {w}sz="6" {w}space="1" {w}color="auto"/>'
        return paragraph(slot, "", None, f"<{w}pBdr>{line}</{w}pBdr>")
    if block.kind == "heading":
        return _heading(block, slot)
    if block.kind == "item":
        return _item(block, slot, lists)
    style = shelf().styles.find("paragraph", "quote", "引用") if block.kind == "quote" else None
    return paragraph(slot, _runs(block.spans, slot), style)


def _heading(block: Block, slot: Slot) -> str:
    level = min(max(block.level, 1), _LEVELS)
    style = shelf().styles.find("paragraph", f"heading {level}", f"标题 {level}")
    if style is None:
        bold = [replace(one, bold=True) for one in block.spans]
        return paragraph(slot, _runs(bold, slot), None)
    # a heading looks as the template's headings do, not as the tag does
    return paragraph(slot, _runs(block.spans, replace(slot, properties="")), style)


def _item(block: Block, slot: Slot, lists: dict[int, str]) -> str:
    w = prefix_of(slot)
    level = min(block.level, _LEVELS - 1)
    if not block.number:
        indent = f'<{w}ind {w}left="{_INDENT * (level + 1)}" {w}firstLine="0"/>'
        return paragraph(slot, _runs(block.spans, slot), None, indent)
    if block.number not in lists:
        lists[block.number] = _numbering(block)
    extra = (
        f'<{w}numPr><{w}ilvl {w}val="{level}"/>'
        f'<{w}numId {w}val="{lists[block.number]}"/></{w}numPr>'
    )
    style = shelf().styles.find("paragraph", "list paragraph", "列表段落", "列出段落")
    return paragraph(slot, _runs(block.spans, slot), style, extra)


def _numbering(block: Block) -> str:
    """Add a list to the document's numbering; return its number."""
    package = shelf().package
    namespace = etree.QName(package.parse(package.main)).namespace
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{block.start if level == block.level else 1}"/>'
        f'<w:numFmt w:val="{"decimal" if block.is_ordered else "bullet"}"/>'
        f'<w:lvlText w:val="{_sign(block, level)}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{_INDENT * (level + 1)}" w:hanging="{_INDENT}"/></w:pPr></w:lvl>'
        for level in range(_LEVELS)
    )
    root = etree.fromstring(
        f'<w:numbering xmlns:w="{namespace}"><w:abstractNum w:abstractNumId="0">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    return shelf().additions.add_numbering(root, "1")


def _sign(block: Block, level: int) -> str:
    return f"%{level + 1}." if block.is_ordered else _BULLETS[level % len(_BULLETS)]


def _runs(spans: Sequence[Span], slot: Slot) -> str:
    return "".join(_run(one, slot) for one in spans)


def _run(span: Span, slot: Slot) -> str:
    wishes = Format(
        bold=span.bold or None,
        italic=span.italic or None,
        underline=span.underline or None,
        strike=span.strike or None,
        superscript=span.raised > 0 or None,
        subscript=span.raised < 0 or None,
        font=_MONO if span.code else None,
    )
    if span.link.lower().startswith(_SAFE_LINKS):
        return write_link_text(span.text, span.link, None, wishes, slot)
    return write_run(span.text, wishes, slot)


def _table(block: Block, slot: Slot) -> str:
    w = prefix_of(slot)
    style = shelf().styles.find("table", "table grid", "网格型")
    columns = max(map(len, block.rows), default=0)
    if not columns:
        return ""
    grid = f"<{w}gridCol/>" * columns
    named = f'<{w}tblStyle {w}val="{quote(style)}"/>' if style else ""
    borders = "" if style else _borders(w)
    rows = "".join(
        _row(row, columns, slot, is_head=index < block.heads)
        for index, row in enumerate(block.rows)
    )
    return (
        f'<{w}tbl><{w}tblPr>{named}<{w}tblW {w}w="5000" {w}type="pct"/>{borders}</{w}tblPr>'
        f"<{w}tblGrid>{grid}</{w}tblGrid>{rows}</{w}tbl>"
    )


def _row(row: list[list[Span]], columns: int, slot: Slot, *, is_head: bool) -> str:
    w = prefix_of(slot)
    head = f"<{w}trPr><{w}tblHeader/></{w}trPr>" if is_head else ""
    cells = [*row, *([] for _ in range(columns - len(row)))]
    inner = "".join(
        f'<{w}tc><{w}tcPr><{w}tcW {w}w="0" {w}type="auto"/></{w}tcPr>'
        f"<{w}p>{_runs([replace(s, bold=s.bold or is_head) for s in cell], slot)}</{w}p></{w}tc>"
        for cell in cells
    )
    return f"<{w}tr>{head}{inner}</{w}tr>"


def _borders(w: str) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(
        f'<{w}{side} {w}val="single" {w}sz="4" {w}space="0" {w}color="auto"/>' for side in sides
    )
    return f"<{w}tblBorders>{lines}</{w}tblBorders>"
