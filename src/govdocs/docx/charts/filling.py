"""Data into the charts of a document, while it is filled.

Each printing of a frame is a copy: the first is the template's own chart, each further one has a
part of its own, with a workbook of its own. Their data are judged when their tag is met, so that
all faults are told; what is written is written at the end, when all texts are there.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from govdocs.charts import ChartFacts, fill_chart, fit_chart
from govdocs.charts.fitting import FittedSeries
from govdocs.charts.parts import Element
from govdocs.charts.workbook import Workbook
from govdocs.docx.charts.parts import copy_relations, find_workbook, free_name
from govdocs.docx.compiling.chart_frames import Frame, Frames
from govdocs.docx.writing.shelf import Shelf, current_part, shelf
from govdocs.docx.writing.slots import Slot, write_text
from govdocs.errors import DataError, PackageError, Place, Problem
from govdocs.language import Absent, current
from govdocs.language.missing import as_missing
from govdocs.language.rendering import current_line
from govdocs.opc import Package, parse_xml, serialise_xml
from govdocs.opc.names import write_target
from govdocs.values.charts import Chart, Columns, Described, read_chart

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Data = tuple[FittedSeries, ...]


@dataclass(slots=True)
class Copy:
    """One printing of a frame.

    Attributes:
        frame: that was printed.
        part: the chart's own.
        data: None keeps those of the template.
        place: of the tag that gave them.
    """

    frame: Frame
    part: str
    data: Data | None = None
    place: Place = field(default_factory=Place)


@dataclass(slots=True)
class Charting:
    """The charts of one filling."""

    shelf: Shelf
    copies: list[Copy] = field(default_factory=list)
    _used: set[str] = field(default_factory=set)

    def begin(self, frame: Frame, data: Data | None = None, place: Place | None = None) -> str:
        """Begin a copy; return the relationship that leads to it."""
        host = current_part()
        is_first = frame.part not in self._used
        self._used.add(frame.part)
        part = frame.part if is_first else self._add(frame.part)
        self.copies.append(Copy(frame, part, data, place or Place()))
        if is_first and host == frame.host:
            return frame.rel_id
        return self.shelf.relate(host, "chart", write_target(host, part))

    def _add(self, part: str) -> str:
        draft = self.shelf.draft
        name = free_name(draft, part)
        draft.add(name, self.shelf.package.content_type(part), b"")
        return name

    def settle(self, frames: Frames, texts: dict[int, str]) -> None:
        """Write the charts.

        Args:
            frames: of the template.
            texts: what was printed in charts that stand in loops, by number of the copy.
        """
        parts = dict.fromkeys(one.frame.part for one in self.copies)
        own = {part: self.shelf.draft.read(part) for part in parts}
        for number, copy in enumerate(self.copies):
            text = texts.get(number)
            content = own[copy.frame.part] if text is None else (_HEAD + text).encode()
            self._write(copy, content)
        self._drop_unused(frames)

    def _write(self, copy: Copy, content: bytes) -> None:
        draft, package = self.shelf.draft, self.shelf.package
        root = parse_xml(content, package.place(copy.part))
        is_own = copy.part == copy.frame.part
        name, workbook = "", None
        if copy.data is not None:
            name, workbook = self._fill(copy, root, copy.data, is_own=is_own)
            content = serialise_xml(root)
        if not is_own:
            replaced = {} if workbook is None else {name: workbook}
            copy_relations(draft, package, copy.frame.part, copy.part, replaced)
        elif workbook is not None:
            draft.replace(name, workbook)
        if not is_own or content != draft.read(copy.part):
            draft.replace(copy.part, content)

    def _fill(
        self, copy: Copy, root: Element, data: Data, *, is_own: bool
    ) -> tuple[str, bytes | None]:
        """Write data into a chart; return its workbook's name and new content."""
        package = self.shelf.package
        name, target = find_workbook(package, copy.frame.part, root)
        book = None
        if name:
            given = self.shelf.draft.read(name) if is_own else package.read(name)
            book = _maybe_open(given, package)
            if book is None:
                self._note("chart.workbook_unreadable", copy)
        elif target:
            self._note("chart.linked_workbook", copy, target=target)
        else:
            self._note("chart.no_workbook", copy)
        filled = fill_chart(root, data, book)
        for note in filled.notes:
            self.shelf.notes.append(replace(note, places=(copy.place,)))
        return name, filled.workbook

    def _note(self, code: str, copy: Copy, **fields: object) -> None:
        self.shelf.notes.append(Problem(code, (copy.place,), fields, "warning"))

    def _drop_unused(self, frames: Frames) -> None:
        """Remove charts that no frame shows any more: their data are the template's sample."""
        package, draft = self.shelf.package, self.shelf.draft
        shown = [one for one in frames.listed if not (one.is_bound or one.in_loop)]
        kept = self._used | {one.part for one in shown}
        if all(one.part in kept for one in frames.listed):
            return
        sources = ("", *(one for one in package.names if not one.endswith(".rels")))
        leads = Counter(one.part for name in sources for one in package.relationships(name))
        for frame in frames.listed:
            if frame.part in kept:
                continue
            draft.unrelate(frame.host, frame.rel_id)
            leads[frame.part] -= 1
            if leads[frame.part]:
                continue
            for one in package.relationships(frame.part):
                if one.part and one.part in draft and leads[one.part] == 1:
                    draft.remove(one.part)
            draft.remove(frame.part)


def charting_of(own: Shelf) -> Charting:
    """Return the charts of a filling."""
    made: Charting = own.kept.setdefault("charting", Charting(own))
    return made


def write_chart(value: Any, slot: Slot, frames: Frames) -> str:
    """Take the data of a chart; write the relationship that leads to it."""
    frame = frames.listed[int(slot.properties)]
    assert frame.facts is not None, "a frame without a tag has no slot"
    return charting_of(shelf()).begin(frame, _fit(value, frame.facts), slot.place)


def write_copy(frame: Frame) -> str:
    """Write the relationship that leads to a copy of a chart without data of its own."""
    if current() is None:
        raise LookupError("charts are copied while a document is filled")
    return charting_of(shelf()).begin(frame)


def write_serial(_: object) -> str:
    """Write the number of the copy that was begun last."""
    if current() is None:
        raise LookupError("charts are copied while a document is filled")
    return str(len(charting_of(shelf()).copies) - 1)


def write_alt(value: Any, slot: Slot) -> str:
    """Write what a chart shows, for those who cannot see it: what its data say of that."""
    if isinstance(value, Described):
        given = value.value
        return write_text(given.alt if isinstance(given, Chart) and given.alt else value.alt, slot)
    return write_text(value.alt, slot) if isinstance(value, Chart) else ""


def _fit(value: Any, facts: ChartFacts) -> Data:
    """Fit a value to a chart; every fault is noted."""
    missing = as_missing(value)
    if missing is not None:
        return _pending(missing.use(), facts)
    try:
        return fit_chart(read_chart(_without_missing(value)), facts)
    except DataError as error:
        state = current()
        assert state is not None, "slots are written while a document is filled"
        line = current_line(state.program)
        for one in error.problems:
            state.problems.append(state.program.failure(DataError([one]), line))
        return ()


def _without_missing(value: Any) -> Any:
    """Note what the rows of a table lack."""
    if isinstance(value, Described):
        return replace(value, value=_without_missing(value.value))
    if not isinstance(value, Columns):
        return value
    rows = tuple(tuple(map(_or_gap, row)) for row in value.rows)
    return replace(value, rows=rows)


def _or_gap(value: Any) -> Any:
    if not isinstance(value, Absent):
        return value
    value.use()
    return None


def _pending(name: str, facts: ChartFacts) -> Data:
    """Make the data of a chart that has none yet: nothing is drawn, and a draft says what waits."""
    state = current()
    said = f"〔待填：{name}〕" if state is not None and state.mode == "mark" else ""
    over = FittedSeries(None, ((said,),), "text", (None,))
    beside = FittedSeries(None, ((None,),), "number", (None,))
    shapes = {"category": over, "scatter": beside, "bubble": replace(beside, sizes=(None,))}
    return tuple(shapes[kind] for kind in facts.kinds)


def _maybe_open(content: bytes, package: Package) -> Package | None:
    """Open an embedded workbook; None if it is of another kind, or damaged."""
    try:
        found = Package(content, limits=package.limits)
        if found.kind == "xlsx":
            Workbook(found).read()
            return found
    except PackageError:
        pass  # the caller says so
    return None
