"""Statements that change the cell they stand in: ``cellbg``, ``colspan``, ``hm``, ``vm``.

``{% cellbg colour %}`` shades the cell, ``{% colspan n %}`` lets it span columns, ``{% hm %}``
makes the cells of a loop one wide cell, ``{% vm %}`` merges the cell with its copies below, where
only the first shows its content. Each puts what it says into the cell's properties, in schema
order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from govdocs.docx.compiling.guards import put_at_end, put_in
from govdocs.docx.compiling.landing import empty_paragraph
from govdocs.docx.tree.anchors import Anchor, Inserts, put_before, take_out
from govdocs.docx.tree.dialect import Dialect
from govdocs.docx.tree.geometry import nearest
from govdocs.docx.tree.schema import CELL, properties_of, set_child
from govdocs.docx.tree.streams import Element, remove
from govdocs.docx.writing.slots import Slot
from govdocs.errors import DataError, Problem
from govdocs.language import Block, Placed
from govdocs.language.missing import as_missing

MARKS = ("cellbg", "colspan", "hm", "vm")
_WITH_VALUE = ("cellbg", "colspan")
_IN_LOOPS = ("hm", "vm")
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})|auto|")
_MAX_COLUMNS = 63
"""What Word's tables hold."""


@dataclass(slots=True)
class Marking:
    """The marks of one part.

    Attributes:
        anchors: of the part.
        blocks: as paired.
        inserts: where pieces of source are put.
        landing: the slots of printed tags; those of marks are added.
        problems: marks that stand in no cell or no loop.
        tables: those whose columns a mark changes.
    """

    anchors: Sequence[Anchor]
    blocks: Sequence[Block]
    inserts: Inserts
    landing: dict[int, Slot]
    problems: list[Problem] = field(default_factory=list)
    tables: set[Element] = field(default_factory=set)

    def run(self) -> None:
        """Put every mark into the properties of its cell."""
        for anchor in self.anchors:
            if anchor.placed.tag.word in MARKS:
                self._put(anchor, anchor.placed.tag.word)

    def _put(self, anchor: Anchor, word: str) -> None:
        dialect = anchor.stream.dialect
        tc = nearest(anchor.stream.owner, dialect.q("tc")) if dialect else None
        if dialect is None or tc is None:
            self._fault("template.mark_outside_cell", anchor)
            return
        if word in _IN_LOOPS and not self._is_in_loop(anchor):
            self._fault("template.mark_outside_loop", anchor)
            return
        self._clear(anchor, dialect)
        _ACTS[word](self, anchor, properties_of(tc, "tcPr", dialect), dialect)
        if word in ("colspan", "hm"):
            self.tables.update(tc.iterancestors(dialect.q("tbl")))

    def _fault(self, code: str, anchor: Anchor) -> None:
        placed = anchor.placed
        self.problems.append(Problem(code, (placed.place,), {"tag": placed.tag.text}))

    def _is_in_loop(self, anchor: Anchor) -> bool:
        loops = (block for block in self.blocks if block.word == "for")
        return any(block.open < anchor.index < block.close for block in loops)

    def _clear(self, anchor: Anchor, dialect: Dialect) -> None:
        """Take the tag out of its text, and its paragraph with it if nothing else stands there."""
        take_out(anchor)
        anchor.is_spent = True
        p = anchor.stream.owner
        is_last = not any(one.tag == dialect.p for one in p.itersiblings())
        kept = set(dialect.substance | dialect.ranges | set(dialect.chars))
        is_empty = not "".join(map(str, p.itertext())) and not any(True for _ in p.iter(*kept))
        if is_empty and not is_last:
            remove(p)

    def shade(self, anchor: Anchor, properties: Element, dialect: Dialect) -> None:
        """before: <tcPr/>   after: <tcPr><shd val="clear" color="auto" fill="§"/></tcPr>."""
        shd = set_child(properties, "shd", CELL, dialect)
        shd.attrib.clear()
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", anchor.mark)):
            shd.set(dialect.q(name), value)
        self._print(anchor, "_colour")

    def span(self, anchor: Anchor, properties: Element, dialect: Dialect) -> None:
        """before: <tcPr/>   after: <tcPr><gridSpan val="§"/></tcPr>."""
        set_child(properties, "gridSpan", CELL, dialect).set(dialect.q("val"), anchor.mark)
        self._print(anchor, "_count")

    def merge_across(self, _: Anchor, properties: Element, dialect: Dialect) -> None:
        """before: <tc/>   after: {% if loop.first %}<tc>..<gridSpan val="§"/>..</tc>{% endif %}."""
        wide = set_child(properties, "gridSpan", CELL, dialect)
        own = wide.get(dialect.q("val"), "1")
        base = own if str(own).isdigit() else "1"
        wide.set(dialect.q("val"), self.inserts.value(f"{base} * loop.length"))
        tc = properties.getparent()
        assert tc is not None
        put_before(tc, self.inserts.statement("if loop.first"))
        tc.tail = self.inserts.statement("endif") + (tc.tail or "")

    def merge_down(self, _: Anchor, properties: Element, dialect: Dialect) -> None:
        """Show the content in the first copy only; the others are its continuation."""
        merged = set_child(properties, "vMerge", CELL, dialect)
        value = self.inserts.value("'restart' if loop.first else 'continue'")
        merged.set(dialect.q("val"), value)
        tc = properties.getparent()
        assert tc is not None
        p = next(tc.iterchildren(dialect.p), None)
        put_in(tc, properties, self.inserts.statement("if loop.first"))
        put_at_end(tc, self.inserts.statement("else"))
        put_at_end(tc, self.inserts.text(empty_paragraph(tc if p is None else p, dialect)))
        put_at_end(tc, self.inserts.statement("endif"))

    def _print(self, anchor: Anchor, writer: str) -> None:
        anchor.body, anchor.writer = as_printed(anchor.placed).tag.body, writer
        self.landing[anchor.index] = Slot("attribute", anchor.placed.place, {})


def as_printed(placed: Placed) -> Placed:
    """Return the tag that prints what a mark says: ``{{ c }}`` for ``{% cellbg c %}``."""
    tag = placed.tag
    if tag.word not in _WITH_VALUE:
        return placed
    return replace(placed, tag=replace(tag, kind="expr", body=tag.body[len(tag.word) :].strip()))


def write_colour(value: Any, _: int) -> str:
    """Write the colour of a cell: six hexadecimal digits, or none: the filter ``_colour``.

    Raises:
        DataError: it is no such colour.
    """
    empty = as_missing(value)
    if empty is not None:
        empty.use()
        return "auto"
    found = _COLOUR.fullmatch(str(value).strip())
    if found is None:
        raise DataError.of("data.not_a_colour", fields={"value": value})
    return found[1].upper() if found[1] else "auto"


def write_count(value: Any, _: int) -> str:
    """Write how many columns a cell spans: the filter ``_count``.

    Raises:
        DataError: it is no whole number from 1 on.
    """
    empty = as_missing(value)
    if empty is not None:
        empty.use()
        return "1"
    text = str(value).strip()
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= _MAX_COLUMNS:
        raise DataError.of("data.not_a_span", fields={"value": value, "limit": _MAX_COLUMNS})
    return text


_ACTS = {
    "cellbg": Marking.shade,
    "colspan": Marking.span,
    "hm": Marking.merge_across,
    "vm": Marking.merge_down,
}
