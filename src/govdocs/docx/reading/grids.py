"""The tables of a Word document as grids of texts, and the lines that stand outside of them.

For reading what somebody filled in, and for finding the cells of a blank form. A merged cell is one
cell with its span; a table inside a cell is a grid of its own after the one that it stands in; what
was deleted with changes tracked is not there. Nothing here changes anything, or knows what a label
means.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from govdocs.docx.tree.dialect import MC, WORD, Dialect
from govdocs.docx.tree.numbering import Numbering, read_numbering
from govdocs.docx.tree.parts import count_elements, spot_of
from govdocs.docx.tree.streams import Element, Stream, paragraph_stream
from govdocs.errors import Place
from govdocs.forms.grids import Cell
from govdocs.opc import Package

_FALLBACK = f"{{{MC}}}Fallback"
_CONTENTS = re.compile(r"(?i)toc\s?\d?$|(?:目录|contents)\s?\d?$")

At = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its text as it is read, and the element that it is.

    Attributes:
        text: with the number that Word sets before it.
        raw: without that number, and with what content controls ask for.
    """

    text: str
    raw: str
    p: Element = field(repr=False)


@dataclass(frozen=True, slots=True)
class TableGrid:
    """One table.

    Attributes:
        cells: by grid row and column, from 1.
        elements: row and column to ``w:tc``.
    """

    cells: tuple[Cell, ...]
    elements: dict[At, Element] = field(repr=False)


@dataclass(frozen=True)
class Pages:
    """The main document of a Word package, parsed once."""

    package: Package

    @cached_property
    def root(self) -> Element:
        """The root of the main part."""
        return self.package.parse(self.package.main)

    @cached_property
    def dialect(self) -> Dialect:
        """The dialect of the main part: transitional or strict."""
        return WORD[etree.QName(self.root).namespace or ""]

    @cached_property
    def _numbers(self) -> dict[Element, str]:
        numbering = read_numbering(self.package, self.dialect)
        return dict(_number(numbering, self.root, self.dialect))

    @cached_property
    def _counts(self) -> dict[Element, int]:
        return count_elements(self.root)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The paragraphs that stand in no table, without the table of contents."""
        walker = _Walker(self.dialect)
        walker.walk(self.root)
        return tuple(self.line(p) for p in walker.paragraphs)

    @cached_property
    def tables(self) -> tuple[TableGrid, ...]:
        """All tables in reading order, those inside of cells after the one around them."""
        walker = _Walker(self.dialect)
        walker.walk(self.root)
        return tuple(self._table(tbl) for tbl in walker.tables)

    def line(self, p: Element) -> Line:
        """Read a paragraph; what a content control asks for is no text."""
        stream = paragraph_stream(p, self.dialect)
        shown = stream.text
        if self._has_placeholders:
            shown = "".join(_shown(stream, self.dialect))
        number = self._numbers.get(p, "")
        return Line(number + shown if shown.strip() else shown, stream.text, p)

    @cached_property
    def _has_placeholders(self) -> bool:
        return next(self.root.iter(self.dialect.q("showingPlcHdr")), None) is not None

    def lines_of(self, tc: Element) -> list[Line]:
        """Read the paragraphs of a cell, without those of tables inside of it."""
        walker = _Walker(self.dialect)
        walker.walk(tc)
        return [self.line(p) for p in walker.paragraphs]

    def place(self, element: Element, key: str = "") -> Place:
        """Make the place of a cell or a paragraph."""
        spot = spot_of(element, self._counts)
        return Place(self.package.name, self.package.main, spot, key=key)

    def _table(self, tbl: Element) -> TableGrid:
        return _Builder(self, self.dialect).build(tbl)

    def text_of(self, tc: Element) -> str:
        """Read a cell: its paragraphs, joined by line breaks."""
        return "\n".join(line.text for line in self.lines_of(tc)).strip("\n")


def _number(numbering: Numbering, root: Element, dialect: Dialect) -> Iterator[tuple[Element, str]]:
    for p in root.iter(dialect.p):
        if number := numbering.next_of(p):
            yield p, number


def _shown(stream: Stream, w: Dialect) -> Iterator[str]:
    """Go through the text of a paragraph that stands in no placeholder of a content control."""
    for piece in stream.pieces:
        controls = piece.node.iterancestors(w.q("sdt"))
        if not any(is_placeholder(sdt, w) for sdt in controls):
            yield stream.text[piece.start : piece.start + piece.length]


def is_placeholder(sdt: Element, w: Dialect) -> bool:
    """Tell whether a content control shows what it asks for, and holds nothing yet."""
    properties = sdt.find(w.q("sdtPr"))
    return properties is not None and properties.find(w.q("showingPlcHdr")) is not None


@dataclass(slots=True)
class _Walker:
    """Goes through a container and collects its paragraphs and the tables in it, at any depth."""

    w: Dialect
    paragraphs: list[Element] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)

    def walk(self, parent: Element, *, in_table: bool = False) -> None:
        """Collect below ``parent``."""
        for child in parent.iterchildren(etree.Element):
            tag = child.tag
            if tag == self.w.p:
                if not in_table and not _is_of_contents(child, self.w):
                    self.paragraphs.append(child)
                self.walk(child, in_table=in_table)  # text boxes stand in paragraphs
            elif tag == self.w.q("tbl"):
                self.tables.append(child)
                self.walk(child, in_table=True)
            elif tag not in self.w.dead and tag != _FALLBACK:
                self.walk(child, in_table=in_table)


def _is_of_contents(p: Element, w: Dialect) -> bool:
    properties = p.find(w.q("pPr"))
    style = None if properties is None else properties.find(w.q("pStyle"))
    return style is not None and _CONTENTS.match(style.get(w.q("val"), "")) is not None


@dataclass(slots=True)
class _Open:
    """A cell that rows below may go on."""

    row: int
    col: int
    rowspan: int
    colspan: int
    tc: Element
    last: int


class _Builder:
    """Makes the grid of one table."""

    def __init__(self, pages: Pages, w: Dialect) -> None:
        self.pages, self.w = pages, w
        self.cells: list[_Open] = []
        self.above: dict[int, _Open] = {}

    def build(self, tbl: Element) -> TableGrid:
        """Read the rows one after the other."""
        for number, tr in enumerate(self._rows(tbl), 1):
            self._read_row(tr, number)
        cells = tuple(
            Cell(one.row, one.col, self.pages.text_of(one.tc), one.rowspan, one.colspan)
            for one in self.cells
        )
        return TableGrid(cells, {(one.row, one.col): one.tc for one in self.cells})

    def _rows(self, tbl: Element) -> Iterator[Element]:
        for tr in self._children(tbl, "tr"):
            properties = tr.find(self.w.q("trPr"))
            if properties is None or properties.find(self.w.q("del")) is None:
                yield tr

    def _children(self, parent: Element, name: str) -> Iterator[Element]:
        """Go through rows of a table or cells of a row, also those in content controls."""
        for child in parent.iterchildren(etree.Element):
            if child.tag == self.w.q(name):
                yield child
            elif child.tag not in self.w.dead and child.tag not in {
                self.w.p,
                self.w.q("tbl"),
                _FALLBACK,
            }:
                yield from self._children(child, name)

    def _read_row(self, tr: Element, number: int) -> None:
        col = 1 + self._before(tr)
        previous: _Open | None = None
        for tc in self._children(tr, "tc"):
            properties = tc.find(self.w.q("tcPr"))
            if _has(properties, self.w.q("cellDel")):
                continue
            span = _whole(self._value(properties, "gridSpan"), 1)
            if previous is not None and self._goes_on(properties, "hMerge"):
                previous.colspan += span
            else:
                previous = self._take(tc, properties, number, col, span)
            col += span

    def _before(self, tr: Element) -> int:
        properties = tr.find(self.w.q("trPr"))
        return _whole(self._value(properties, "gridBefore"), 0)

    def _take(
        self, tc: Element, properties: Element | None, number: int, col: int, span: int
    ) -> _Open:
        above = self.above.get(col)
        if self._goes_on(properties, "vMerge") and above is not None and above.last == number - 1:
            above.rowspan, above.last = number - above.row + 1, number
            return above
        cell = _Open(number, col, 1, span, tc, number)
        self.cells.append(cell)
        self.above[col] = cell
        return cell

    def _goes_on(self, properties: Element | None, name: str) -> bool:
        """Tell whether a cell is the continuation of another: ``vMerge`` without a value."""
        value = self._value(properties, name)
        return value is not None and value in {"", "continue", "cont"}

    def _value(self, properties: Element | None, name: str) -> str | None:
        found = None if properties is None else properties.find(self.w.q(name))
        return None if found is None else str(found.get(self.w.q("val"), ""))


def _has(properties: Element | None, name: str) -> bool:
    return properties is not None and properties.find(name) is not None


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() else default
