"""Write the source of one cell: its texts, tags and formats become slots and static markup.

A cell that is one expression is written whole by its slot, typed. Any other is a text: its pieces
are gathered, measured and written as an inline string that keeps its runs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from govdocs.language import Source, Variable, unescape
from govdocs.xlsx.blocks.lifting import Anchor
from govdocs.xlsx.reading.rows import Cell
from govdocs.xlsx.reading.texts import CellText
from govdocs.xlsx.slots.cells import CellSlot, Shape
from govdocs.xlsx.slots.tables import TableRoom
from govdocs.xlsx.xml.encoding import escape_text
from govdocs.xlsx.xml.tokens import COLUMN

_BRANCHING = frozenset({"if", "elif", "else", "endif"})
_CAPTURING = frozenset({"set", "macro", "call", "filter"})
RowName = str | Variable
"""The number of the row being written: a text where it is known, else a variable."""


@dataclass(slots=True)
class Segment:
    """A piece of a cell's text: a tag, or what is written; ``run`` is the run it stands in."""

    run: int
    text: str = ""
    anchor: Anchor | None = None


@dataclass(slots=True)
class TaggedCell:
    """A cell whose text is written anew.

    Attributes:
        anchors: its tags, in order.
        room: the cells that it may take, where its tag writes a whole table.
        is_text: whether it holds text whatever it prints, as the heads of tables have to.
    """

    cell: Cell
    slot: CellSlot
    anchors: list[Anchor]
    room: TableRoom | None = None
    is_text: bool = False

    def segments(self, lifted: frozenset[int]) -> list[Segment]:
        """List what the cell holds, without what was lifted out of it and without comments."""
        return [
            one
            for one in self.all_segments()
            if one.anchor is None
            or (one.anchor.index not in lifted and one.anchor.placed.tag.kind != "comment")
        ]

    def all_segments(self) -> list[Segment]:
        """List everything that the cell holds."""
        found: list[Segment] = []
        text, position, trim = self.cell.text, 0, False
        for anchor in self.anchors:
            tag = anchor.placed.tag
            found += _literals(text, position, tag.start, (trim, tag.join_left))
            position, trim = tag.end, tag.join_right
            found.append(Segment(text.run_at(tag.start), "", anchor))
        found += _literals(text, position, len(text.text), (trim, False))
        return found


def _slot_behind(formula: str) -> str:
    """Name the slot of a tag behind the beginning of a formula: in a text, a column's name."""
    if formula.count('"') % 2:
        return "_ft"
    outside = "".join(formula.split('"')[::2])
    return "_fc" if outside.count("[") > outside.count("]") else "_fv"


def _literals(text: CellText, start: int, end: int, trim: tuple[bool, bool]) -> Iterator[Segment]:
    """Cut the text between two tags where its runs meet."""
    while trim[0] and start < end and text.text[start].isspace():
        start += 1
    while trim[1] and start < end and text.text[end - 1].isspace():
        end -= 1
    for index, run in enumerate(text.runs):
        first, last = max(start, run.start), min(end, run.start + len(run.text))
        if first < last:
            yield Segment(index, unescape(text.text[first:last]))


class CellWriter:
    """Writes cells into a source."""

    def __init__(self, source: Source, shapes: list[Shape]) -> None:
        self.source = source
        self.shapes = shapes
        self.keep = ""
        self.captures = 0

    def write(
        self, tagged: TaggedCell, row: RowName, lifted: frozenset[int], *, watched: bool
    ) -> None:
        """Write one cell.

        Args:
            tagged: the cell.
            row: of the output.
            lifted: the numbers of the tags that no longer stand in cells.
            watched: whether a formula wants to know its value.
        """
        self.keep = ""
        if watched:
            self.keep = "ka" if tagged.slot.column == COLUMN else "k"
        segments = tagged.segments(lifted)
        first, last = _without_edges(segments)
        for segment in segments[:first]:
            self._write_tag(segment, "")
        self._write_rest(tagged, segments[first:last], row)
        for segment in segments[last:]:
            self._write_tag(segment, "")

    def _write_rest(self, tagged: TaggedCell, segments: Sequence[Segment], row: RowName) -> None:
        tags = [one for one in segments if one.anchor is not None]
        blank = not any(one.text.strip() for one in segments)
        steers = any(map(_steers, tags))
        if not tags:
            self._write_static(tagged, segments, row)
        elif tagged.is_text:
            self._write_text(tagged, segments, row)
        elif blank and len(tags) == 1 and not _steers(tags[0]):
            self._write_value(tagged, tags[0], row)
        elif (
            (blank or (steers and not _is_rich(tagged)))
            and any(not _steers(one) for one in tags)
            and all(map(_may_choose, tags))
        ):
            self._write_choice(tagged, segments, row)
        else:
            self._write_text(tagged, segments, row)

    def write_formula(self, tagged: TaggedCell, row: RowName, number: int) -> None:
        """Write a formula with tags: its text is rendered, then it goes the way of all formulas."""
        source = self.source
        source.hidden("set _t")
        before = ""
        for segment in tagged.segments(frozenset()):
            if segment.anchor is None:
                before += segment.text
                source.text(segment.text)
            else:
                self._write_tag(segment, _slot_behind(before))
        source.hidden("endset")
        anchor = tagged.anchors[0]
        source.value(anchor.placed, "_g", row, number, body="_t")

    def _write_value(self, tagged: TaggedCell, segment: Segment, row: RowName) -> None:
        assert segment.anchor is not None
        number = self._shape(tagged, segment)
        slot = "_ct" if tagged.room is not None else "_c" + self.keep
        self.source.value(segment.anchor.placed, slot, row, number)

    def _write_choice(self, tagged: TaggedCell, segments: Sequence[Segment], row: RowName) -> None:
        """A cell that prints one of several expressions: typed if it printed nothing else."""
        self.source.hidden("set _t")
        for segment in segments:
            if segment.anchor is not None:
                self._write_tag(segment, "_p")
                continue
            self.source.text(escape_text(segment.text))
            if segment.text.strip():
                self.source.hidden("do _|_pl")
        self.source.hidden("endset")
        tags = [one for one in segments if one.anchor is not None]
        first = next(one.anchor for one in tags if one.anchor and not _steers(one))
        number = self._shape(tagged, tags[0])
        self.source.value(first.placed, "_q" + self.keep, row, number, body="_t")

    def _write_static(self, tagged: TaggedCell, segments: Sequence[Segment], row: RowName) -> None:
        slot = tagged.slot
        if not "".join(one.text for one in segments).strip():
            self._write_split(slot.empty("\0"), row)
            return
        markup = "".join(self._static_runs(tagged, segments))
        own = replace(slot, is_rich=_is_rich(tagged))
        self._write_split(own.write_markup("\0", markup, slot.style), row)

    def _static_runs(self, tagged: TaggedCell, segments: Sequence[Segment]) -> Iterator[str]:
        for segment in segments:
            opening, closing = _run_marks(tagged, segment.run)
            yield f"{opening}{escape_text(segment.text)}{closing}"

    def _write_split(self, markup: str, row: RowName) -> None:
        """Write markup in which a null stands for the row's number."""
        before, _, after = markup.partition("\0")
        self.source.text(before)
        if isinstance(row, Variable):
            self.source.hidden_value(row.name)
        else:
            self.source.text(row)
        self.source.text(after)

    def _write_text(self, tagged: TaggedCell, segments: Sequence[Segment], row: RowName) -> None:
        """Gather the text of a cell, runs and all, and hand it to the slot that measures it.

        What a statement sets inside of a gathered text is not seen outside, so the gathering stops
        for one that stands in no block.
        """
        names = ["_t"]
        self.source.hidden("set _t")
        depth = 0
        for run, group in groupby(segments, key=lambda one: -1 if _steers(one) else one.run):
            if run >= 0:
                self._write_run(tagged, run, group)
                continue
            for segment in group:
                if depth == 0 and _is_single(segment):
                    self.source.hidden("endset")
                    self._write_tag(segment, "")
                    names.append(f"_t{len(names)}")
                    self.source.hidden(f"set {names[-1]}")
                else:
                    self._write_tag(segment, "")
                    depth += _deepens(segment)
        self.source.hidden("endset")
        first = next(one for one in segments if one.anchor is not None)
        assert first.anchor is not None
        number = self._shape(tagged, first)
        body = " ~ ".join(names)
        self.source.value(first.anchor.placed, "_m" + self.keep, row, number, body=body)

    def _write_run(self, tagged: TaggedCell, run: int, segments: Iterable[Segment]) -> None:
        opening, closing = _run_marks(tagged, run)
        self.source.text(opening)
        for segment in segments:
            if segment.anchor is None:
                self.source.text(escape_text(segment.text))
            else:
                self._write_tag(segment, "_x")
        self.source.text(closing)

    def _write_tag(self, segment: Segment, slot: str) -> None:
        assert segment.anchor is not None
        if not _steers(segment):
            is_captured = self.captures and slot == "_x"
            self.source.value(segment.anchor.placed, "_xt" if is_captured else slot)
            return
        tag = segment.anchor.placed.tag
        if tag.word.removeprefix("end") in _CAPTURING and not _is_single(segment):
            self.captures += -1 if tag.word.startswith("end") else 1
        self.source.statement(segment.anchor.placed, level="text" if self.captures else "")

    def _shape(self, tagged: TaggedCell, segment: Segment) -> int:
        properties = tagged.cell.text.runs[segment.run].properties
        place = segment.anchor.placed.place if segment.anchor else tagged.slot.place
        own = replace(tagged.slot, place=place, run=properties, is_rich=_is_rich(tagged))
        if tagged.room is not None:
            own = replace(own, room=replace(tagged.room, slot=own).ready())
        self.shapes.append(own.shape())
        return len(self.shapes) - 1


def _steers(segment: Segment) -> bool:
    return segment.anchor is not None and segment.anchor.steers


def _is_single(segment: Segment) -> bool:
    """Whether a segment is a statement that is no part of a block."""
    anchor = segment.anchor
    if anchor is None or anchor.placed.tag.kind != "stmt":
        return False
    tag = anchor.placed.tag
    return tag.word == "do" or (tag.word == "set" and "=" in tag.body)


def _deepens(segment: Segment) -> int:
    """By how many blocks it is deeper behind a statement."""
    word = segment.anchor.placed.tag.word if segment.anchor else ""
    if word in ("elif", "else", "break", "continue") or _is_single(segment):
        return 0
    return -1 if word.startswith("end") else 1


def _without_edges(segments: Sequence[Segment]) -> tuple[int, int]:
    """Find what is left without the single statements, and blanks, at both ends."""
    first, last = 0, len(segments)
    while first < last and _is_single(segments[first]):
        first += 1
    while last > first and _is_single(segments[last - 1]):
        last -= 1
    return first, last


def _may_choose(segment: Segment) -> bool:
    anchor = segment.anchor
    return anchor is not None and (not anchor.steers or anchor.placed.tag.word in _BRANCHING)


def _is_rich(tagged: TaggedCell) -> bool:
    return any(run.rich for run in tagged.cell.text.runs)


def _run_marks(tagged: TaggedCell, run: int) -> tuple[str, str]:
    """What stands before and after the text of a run: nothing in a text of one format."""
    if not _is_rich(tagged):
        return "", ""
    p = tagged.slot.prefix
    properties = tagged.cell.text.runs[run].properties
    return f'<{p}r>{properties}<{p}t xml:space="preserve">', f"</{p}t></{p}r>"
