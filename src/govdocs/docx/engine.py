"""The Word engine: a package in, programs out; data in, a package out.

What is compiled here is never changed by filling: one template serves many threads.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

from govdocs.docx.charts.books import ChartBook, ChartBooks, CompileBook
from govdocs.docx.charts.filling import (
    charting_of,
    write_alt,
    write_chart,
    write_copy,
    write_serial,
)
from govdocs.docx.compiling.chart_frames import Frames
from govdocs.docx.compiling.guards import finish
from govdocs.docx.compiling.lists import ListFacts, write_number
from govdocs.docx.compiling.marks import write_colour, write_count
from govdocs.docx.compiling.notes import KINDS, NotePart, write_note
from govdocs.docx.compiling.part import CompiledPart, PartCompiler, Shared
from govdocs.docx.compiling.source import within
from govdocs.docx.compiling.swapping import reference_writer
from govdocs.docx.holders.control_tags import ControlTags
from govdocs.docx.tree.ids import IdPool, OwnId, UsedIds, write_id, write_pass
from govdocs.docx.tree.parts import may_hold_tag, text_kinds
from govdocs.docx.tree.streams import Element
from govdocs.docx.writing.seals import settle_seals
from govdocs.docx.writing.settings import ask_for_new_fields, make_document
from govdocs.docx.writing.shelf import Shelf
from govdocs.docx.writing.slots import slot_writer
from govdocs.docx.writing.tidying import tidy
from govdocs.errors import Place, Problem, TemplateError
from govdocs.language import Missing, Program, Rendering, make_environment
from govdocs.opc import Draft, Package, parse_xml

_MAX_CHARACTERS = 1 << 28
"""How large a filled part may become; Word itself gives up long before."""

_PIECES = 4096
"""How many pieces of a program make a chunk: some 200,000 characters of a table."""


@dataclass(slots=True)
class Filling:
    """The outcome of one filling.

    Attributes:
        draft: the package with its new parts; not to be written if there are problems.
        shelf: what the values of this filling have in common.
        ids: gives out ids to the copies that loops make.
        renderings: one for each part, with its faults.
        notes: what was done that the caller should know.
    """

    draft: Draft
    shelf: Shelf
    ids: IdPool
    renderings: list[Rendering] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def update_fields(self) -> None:
        """Let Word work out contents, page numbers and references when it opens the document."""
        ask_for_new_fields(self.shelf)


@dataclass(frozen=True, slots=True)
class DocxEngine:
    """A Word template, compiled.

    Attributes:
        package: as it came.
        parts: those that hold tags, the main document first.
        ids: of the template, that copies have anew.
        used: the ids that the template uses.
        declared: by number of a note that goes back to its part: prefixes that it declares.
        frames: the charts that it shows.
        books: the charts whose own workbook holds tags.
        notes: what whoever fills the template should know of it.
    """

    package: Package
    parts: tuple[CompiledPart, ...]
    ids: tuple[OwnId, ...] = ()
    used: UsedIds = field(default_factory=UsedIds)
    declared: tuple[str, ...] = ()
    frames: Frames | None = None
    books: tuple[ChartBook, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def programs(self) -> tuple[Program, ...]:
        """The programs of all parts that hold tags, the main document's first."""
        of_books = [program for book in self.books for program in book.engine.programs]
        return (*(part.program for part in self.parts), *of_books)

    def fill(self, data: Mapping[str, Any], missing: Missing) -> Filling:
        """Fill every part; faults are in the renderings."""
        draft = self.package.edit()
        shelf = Shelf(draft, self.package)
        pool = IdPool(self.ids, self.used, shelf.next_drawing_id, partial(_next_note, shelf))
        filling = Filling(draft, shelf, pool)
        notes: dict[int, list[str]] = {}
        charts: dict[int, str] = {}
        for part in self.parts:
            state = Rendering(missing, part.program, data, filling, budget=_MAX_CHARACTERS)
            chunks = list(_chunks(part.program.pieces(data, state)))
            filling.renderings.append(state)
            if not state.problems:
                resolve = partial(
                    finish,
                    prefixes=part.prefixes,
                    notes=notes,
                    declared=self.declared,
                    charts=charts,
                )
                draft.replace(part.name, _finished(chunks, part, shelf, resolve))
        for book in self.books:
            filled = book.fill(data, missing, self.package, draft)
            filling.renderings += filled.renderings
            filling.notes += filled.notes
        if self.frames is not None and not any(one.problems for one in filling.renderings):
            charting_of(shelf).settle(self.frames, charts)
        filling.shelf.settle()
        make_document(shelf)
        filling.notes += [*self.notes, *filling.shelf.notes]
        return filling


def compile_docx(
    package: Package,
    filters: Mapping[str, Callable[..., Any]],
    functions: Mapping[str, Any],
    compile_book: CompileBook | None = None,
) -> DocxEngine:
    """Compile a Word package.

    Args:
        package: the template.
        filters: further filters by name.
        functions: further global names.
        compile_book: compiles a workbook that a chart embeds, if its cells hold tags; None leaves
            such workbooks as they are.

    Raises:
        TemplateError: every fault of every part.
    """
    kinds = text_kinds(package)
    controls = ControlTags(package)
    controls.run(kinds)
    has_lists = bool(package.related(package.main, "numbering"))
    lists = ListFacts(package) if has_lists else None
    books = ChartBooks(package, compile_book)
    books.run(filters, functions)
    frames = Frames(package, books.parts)
    shared = Shared(frames, lists=lists, places=controls.sower.places)
    filters = {**filters, **controls.sower.filters}
    environment = make_environment(filters, functions, slots=_writers(shared))
    parts: list[CompiledPart] = []
    compilers = {
        place.part: PartCompiler(place, root, kind, environment, shared)
        for place, kind, root in _parts(package, kinds, controls.roots)
        if place.part not in books.parts
    }
    frames.find({name: one.root for name, one in compilers.items() if one.kind == "paragraphs"})
    _graft_notes(package, compilers)
    problems = [*books.problems, *frames.conflicts(), *_write_charts(frames, compilers)]
    for compiler in compilers.values():
        part = compiler.compile()
        problems += compiler.problems
        if part is not None:
            parts.append(part)
    if problems:
        raise TemplateError(problems)
    used = UsedIds.of(package) if shared.ids else UsedIds()
    declared = tuple(shared.notes.declared)
    frames.forget_trees()
    ids, notes = tuple(shared.ids), tuple(shared.remarks)
    made = tuple(books.found)
    shown = frames if frames.listed else None
    return DocxEngine(package, tuple(parts), ids, used, declared, shown, made, notes)


def _write_charts(frames: Frames, compilers: dict[str, PartCompiler]) -> Iterator[Problem]:
    """Write the sources of charts that stand in loops, which are compiled with their frames."""
    for part, shown in frames.texts_in_loops().items():
        compiler = compilers.pop(part, None)
        if compiler is not None:
            source = compiler.write()
            yield from compiler.problems
            if source is not None:
                for frame in shown:
                    frame.source = within(source)


def _graft_notes(package: Package, compilers: dict[str, PartCompiler]) -> None:
    """Let the notes of loops be compiled in the main document, where their marks are."""
    main = compilers.get(package.main)
    if main is None:
        return
    document, data = NotePart(package.main, main.root, main.inserts), package.read(package.main)
    for relation, kind in KINDS.items():
        for name in package.related(package.main, relation)[:1]:
            if f"{kind}Reference".encode() not in data:
                continue
            own = compilers.get(name) or PartCompiler(
                Place(file=package.name, part=name),
                package.parse(name),
                "paragraphs",
                main.environment,
                main.shared,
            )
            if main.shared.notes.graft(document, NotePart(name, own.root, own.inserts), kind):
                own.holds_notes = True
                compilers[name] = own


def _writers(shared: Shared) -> dict[str, Callable[..., Any]]:
    """The filters by which a program writes."""
    return {
        "_t": slot_writer(shared.slots),
        "_ref": reference_writer(shared.slots),
        "_colour": write_colour,
        "_count": write_count,
        "_pass": write_pass,
        "_id": write_id,
        "_note": lambda number: write_note(number, shared.notes.parts),
        "_chart": lambda value, number: write_chart(value, shared.slots[number], shared.frames),
        "_chart_alt": lambda value, number: write_alt(value, shared.slots[number]),
        "_chart_copy": lambda number: write_copy(shared.frames.listed[number]),
        "_chart_serial": write_serial,
        "_num": lambda number, which: write_number(number, which, shared.numbers),
    }


def _chunks(pieces: Iterator[str]) -> Iterator[str]:
    """Join pieces into chunks: small enough to be quick, and never all of a large part at once."""
    while batch := list(islice(pieces, _PIECES)):
        yield "".join(batch)


def _next_note(shelf: Shelf, kind: str) -> int:
    return shelf.additions.next_note(kind)


def _finished(
    chunks: list[str], part: CompiledPart, shelf: Shelf, resolve: Callable[[str], str]
) -> Iterator[bytes]:
    """Resolve what was left for the end: tokens of guards, marks of values."""
    if part.has_tokens or shelf.untidy:
        text = "".join(chunks)
        if part.has_tokens:
            text = resolve(text)
        chunks = [settle_seals(tidy(text, part.w), part.w) if shelf.untidy else text]
    return (chunk.encode() for chunk in chunks)


def _parts(
    package: Package, kinds: Mapping[str, str], roots: Mapping[str, Element]
) -> Iterator[tuple[Place, str, Element]]:
    """Yield the parts that may hold tags: those in ``roots`` as they are there."""
    for name, kind in kinds.items():
        place = Place(file=package.name, part=name)
        if name in roots:
            yield place, kind, roots[name]
        elif may_hold_tag(data := package.read(name)):
            yield place, kind, parse_xml(data, place)
