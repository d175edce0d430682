"""Prose in Markdown or simple HTML as a value: what it says, not how a document writes it.

It is read into blocks and spans by well-kept parsers when it is printed: Markdown by markdown-it-py
(the extra ``markdown``), HTML by lxml. This module reads nothing itself.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Markdown:
    """Prose in Markdown (CommonMark, with tables and strike-through).

    Headings take the template's heading styles, lists are numbered by the document, a paragraph
    takes the format of the tag's own.

    Attributes:
        text: the prose.
        top: the level of heading that ``#`` stands for.
    """

    text: str
    top: int = 1

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Html:
    """Prose in simple HTML: headings, paragraphs, lists, tables, links, emphasis, line breaks.

    Scripts, styles, forms and pictures of the web are left out; nothing is fetched.

    Attributes:
        text: the prose.
        top: the level of heading that ``<h1>`` stands for.
    """

    text: str
    top: int = 1

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Span:
    r"""A stretch of text of one format; a line break is a new line in it."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    code: bool = False
    raised: int = 0
    link: str = ""


@dataclass(slots=True)
class Block:
    """A piece of prose.

    Attributes:
        kind: ``paragraph``, ``heading``, ``item``, ``quote``, ``code``, ``rule`` or ``table``.
        level: of a heading, from 1; of an item, from 0.
        number: which list an item belongs to; 0 for none, as of a second paragraph of an item.
        is_ordered: whether that list counts.
        start: the number that the list begins with.
        rows: of a table: cells of spans.
        heads: how many of the rows are its head.
    """

    kind: str
    spans: list[Span] = field(default_factory=list)
    level: int = 0
    number: int = 0
    is_ordered: bool = False
    start: int = 1
    rows: list[list[list[Span]]] = field(default_factory=list)
    heads: int = 0
