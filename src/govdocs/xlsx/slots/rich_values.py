"""Rich values as sheets know them: pieces of text with formats and links, and nothing else.

A paragraph is a line of its cell; a list has its marks as text, a row of a table its cells with
tabs between them. What only a Word document can hold is refused. Nothing is written here.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from govdocs.errors import DataError, Place
from govdocs.language.printable import printed
from govdocs.values.pictures import Image
from govdocs.values.prose import Block, Html, Markdown, Span
from govdocs.values.rich import Break, Format, Link, Listing, Piece, RichText, RichTextParagraph
from govdocs.xlsx.slots.pictures import refuse_picture
from govdocs.xlsx.xml.markup import Element, read_markup

_RICH: Final = (RichText, RichTextParagraph, Listing, Link, Markdown, Html, Break)
_FOREIGN: Final = ("docxtpl", "govdocs.compat.docxtpl")
_WORD_ONLY: Final = frozenset({"Document", "Subdoc", "Subdocument", "Break"})
_WORD: Final = ("docx.", *_FOREIGN, "govdocs.")
_LINES: Final = str.maketrans({"\a": "\n", "\f": "\n", "\v": "\n"})
_HEAD: Final = Format(bold=True)
_SAFE_LINKS: Final = ("http://", "https://", "mailto:", "#", "ftp://")


def maybe_rich(value: Any) -> list[Piece] | None:
    """Return the pieces of a rich value; None for a value that is none.

    Raises:
        DataError: ``xlsx.word_only``, ``xlsx.picture_in_text``.
    """
    kind = type(value)
    if kind.__name__ in _WORD_ONLY and kind.__module__.startswith(_WORD):
        raise DataError.of("xlsx.word_only", fields={"kind": kind.__name__})
    if isinstance(value, _RICH):
        return [_plain(one) for one in _pieces(value)]
    if kind.__module__.startswith(_FOREIGN):
        xml = getattr(value, "xml", None)
        if isinstance(xml, str):
            return list(_read_runs(xml))
    return None


def native(value: Any) -> Any:
    """Return docxtpl's picture as one of ours, and any other value as it is."""
    kind = type(value)
    if kind.__name__ == "InlineImage" and kind.__module__.startswith(_FOREIGN):
        return Image(value.image_descriptor, value.width, value.height)
    return value


def readable(value: Any) -> str:
    """Print any value as text: of a rich one what is read.

    Raises:
        DataError: it is not made to be read.
    """
    if type(value) is str:
        return value
    pieces = maybe_rich(value)
    return printed(value) if pieces is None else "".join(one.content for one in pieces)


def _pieces(value: Any) -> Iterator[Piece]:
    match value:
        case RichText():
            yield from value.pieces
        case RichTextParagraph():
            for number, (rich, _) in enumerate(value):
                yield from [Piece("\n")] if number else []
                yield from rich.pieces
        case Link():
            yield Piece(str(value), Format(), value.url or value.text)
        case Markdown():
            from govdocs.values.markdown import read_markdown

            yield from _prose(read_markdown(value))
        case Html():
            from govdocs.values.html import read_html

            yield from _prose(read_html(value))
        case _:
            yield Piece(str(value))


def _plain(piece: Piece) -> Piece:
    """Let a piece hold text; a picture or a document amid text is refused."""
    content = native(piece.content)
    refuse_picture(content)
    return replace(piece, content=readable(content).replace("\r\n", "\n").translate(_LINES))


def _prose(blocks: list[Block]) -> Iterator[Piece]:
    """Write blocks of prose line by line."""
    counts: dict[int, int] = {}
    for number, block in enumerate(blocks):
        if number:
            yield Piece("\n")
        if block.kind == "item" and block.number:
            counts[block.number] = counts.get(block.number, block.start - 1) + 1
            mark = f"{counts[block.number]}. " if block.is_ordered else "• "
            yield Piece("  " * block.level + mark)
        elif block.kind == "rule":
            yield Piece("——")
        yield from _spans(block.spans, _HEAD if block.kind == "heading" else Format())
        for position, row in enumerate(block.rows):
            yield from [Piece("\n")] if position else []
            for place, cell in enumerate(row):
                yield from [Piece("\t")] if place else []
                yield from _spans(cell, _HEAD if position < block.heads else Format())


def _spans(spans: list[Span], own: Format) -> Iterator[Piece]:
    for span in spans:
        wishes = Format(
            bold=span.bold or None,
            italic=span.italic or None,
            underline=span.underline or None,
            strike=span.strike or None,
            font="Consolas" if span.code else None,
            superscript=span.raised > 0 or None,
            subscript=span.raised < 0 or None,
        )
        link = span.link if span.link.startswith(_SAFE_LINKS) else None
        yield Piece(span.text, wishes.over(own), link)


def _read_runs(xml: str) -> Iterator[Piece]:
    """Read the runs of docxtpl's rich text; a paragraph is a line."""
    text = xml.translate(_LINES)
    whole = f'<_ xmlns:w="urn:w" xmlns:r="urn:r">{text}</_>'.encode("utf-8", "replace")
    root = read_markup(whole, Place())
    if not root.children:
        yield Piece(root.text)
    paragraphs = [one for one in root.children if one.name == "p"] or [root]
    for number, paragraph in enumerate(paragraphs):
        yield from [Piece("\n")] if number else []
        for run in paragraph.iter("r"):
            content = "".join(one.text for one in run.children if one.name == "t")
            yield Piece(content, _read_format(run.find("rPr")))


def _read_format(properties: Element | None) -> Format:
    if properties is None:
        return Format()
    found = {one.name: one for one in properties.children}
    value = {name: one.get("val") for name, one in found.items()}
    raised = value.get("vertAlign")
    fonts = found.get("rFonts")
    return Format(
        color=value.get("color"),
        size=int(value["sz"]) if value.get("sz", "").isdigit() else None,
        bold=True if "b" in found else None,
        italic=True if "i" in found else None,
        strike=True if "strike" in found else None,
        underline=value.get("u"),
        superscript=raised == "superscript" or None,
        subscript=raised == "subscript" or None,
        font=(fonts.get("eastAsia") or fonts.get("ascii")) if fonts is not None else None,
    )
