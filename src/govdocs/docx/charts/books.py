"""Charts whose own workbook is a template: its cells hold tags and loops.

The workbook is filled by whoever fills workbooks, which this room does not know: it is handed in.
The chart stands in the workbook meanwhile, so that its areas follow the rows and what it keeps of
their values is renewed. Such a chart is one for the whole document: its cells do not know the names
of a loop that the chart stands in.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from govdocs.charts.books import CHART, holds_tags, put_in, take_out
from govdocs.docx.charts.parts import find_workbook
from govdocs.errors import PackageError, Place, Problem, TemplateError
from govdocs.language import Missing, Program, Rendering
from govdocs.opc import Draft, Package, parse_xml

_CHART_TYPE = "drawingml.chart+xml"


class BookFilling(Protocol):
    """What comes of filling a workbook."""

    draft: Draft
    renderings: list[Rendering]
    notes: list[Problem]


class BookEngine(Protocol):
    """A workbook, compiled."""

    @property
    def programs(self) -> tuple[Program, ...]:
        """The programs of its parts."""

    def fill(self, data: Mapping[str, Any], missing: Missing) -> BookFilling:
        """Fill it."""


CompileBook = Callable[[Package, Mapping[str, Callable[..., Any]], Mapping[str, Any]], BookEngine]
"""What compiles a workbook, with further filters and names."""


@dataclass(frozen=True, slots=True)
class ChartBook:
    """A chart and its workbook, compiled together.

    Attributes:
        chart: the chart's part.
        workbook: its workbook's part.
        engine: of both.
    """

    chart: str
    workbook: str
    engine: BookEngine

    def fill(
        self, data: Mapping[str, Any], missing: Missing, package: Package, draft: Draft
    ) -> BookFilling:
        """Fill the chart and its workbook into a draft, unless there are faults."""
        filling = self.engine.fill(data, missing)
        for state in filling.renderings:
            state.problems = [_rename(one, self.chart, self.workbook) for one in state.problems]
        filling.notes = [_rename(one, self.chart, self.workbook) for one in filling.notes]
        is_strict = missing == "error"
        if any(one.problems or (one.missing and is_strict) for one in filling.renderings):
            return filling
        chart, workbook = take_out(Package(filling.draft.to_bytes(), limits=package.limits))
        blank = list(_blank_areas(chart))
        if blank:
            place = Place(part=self.workbook)
            problem = Problem("chart.not_worked_out", (place,), {"found": blank})
            filling.renderings[0].problems.append(problem)
        draft.replace(self.chart, chart)
        draft.replace(self.workbook, workbook)
        return filling


@dataclass(slots=True)
class ChartBooks:
    """The compiling of such charts of one template.

    Attributes:
        package: the template.
        compile: what compiles a workbook; None leaves them as they are.
        found: compiled so far.
        parts: the charts that are compiled with their workbook, with faults or without.
        problems: of all of them.
    """

    package: Package
    compile: CompileBook | None
    found: list[ChartBook] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def run(self, filters: Mapping[str, Callable[..., Any]], functions: Mapping[str, Any]) -> None:
        """Find and compile them all."""
        if self.compile is None:
            return
        compile_ = self.compile
        for part in self.package.names:
            if self.package.content_type(part).lower().endswith(_CHART_TYPE):
                self._take(part, lambda both: compile_(both, filters, functions))

    def _take(self, part: str, compile_: Callable[[Package], BookEngine]) -> None:
        name, _ = find_workbook(self.package, part, self.package.parse(part))
        workbook = self._maybe_open(name)
        if workbook is None:
            return
        both = put_in(self.package.read(part), workbook)
        if both is None:
            self.parts.add(part)
            place = Place(self.package.name, name)
            self.problems.append(Problem("chart.workbook_with_drawings", (place,)))
            return
        try:
            engine = compile_(both)
        except TemplateError as error:
            self.parts.add(part)
            self.problems += [_rename(one, part, name) for one in error.problems]
            return
        if all(program.part == CHART for program in engine.programs):
            return  # what looked like a tag is none
        self.parts.add(part)
        for program in engine.programs:
            program.placed = {
                line: replace(one, place=_renamed(one.place, part, name))
                for line, one in program.placed.items()
            }
        self.found.append(ChartBook(part, name, engine))

    def _maybe_open(self, name: str) -> Package | None:
        """Open an embedded workbook if its cells hold tags."""
        if not name:
            return None
        try:
            found = Package(self.package.read(name), self.package.name, self.package.limits)
        except PackageError:
            return None
        return found if found.kind == "xlsx" and holds_tags(found) else None


def _rename(problem: Problem, chart: str, workbook: str) -> Problem:
    places = tuple(_renamed(one, chart, workbook) for one in problem.places)
    return replace(problem, places=places)


def _renamed(place: Place, chart: str, workbook: str) -> Place:
    """Call a place by the parts of the document."""
    if place.part == CHART:
        return replace(place, part=chart, spot=())
    return replace(place, part=workbook)


def _blank_areas(chart: bytes) -> Iterator[str]:
    """Yield the areas whose values nobody could work out: the chart would show nothing of them."""
    root = parse_xml(chart, "")
    for reference in root.iter("{*}numRef", "{*}strRef"):
        formula = reference.find("{*}f")
        kept: Iterable[object] = reference.iterchildren("{*}numCache", "{*}strCache")
        if formula is not None and next(iter(kept), None) is None:
            yield formula.text or ""
