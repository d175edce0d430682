"""The Word engine: a package in, programs out; data in, a package out.

What is compiled here is never changed by filling: one template serves many threads.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from govdocs.docx.compile import CompiledPart, PartCompiler
from govdocs.docx.guards import finish
from govdocs.docx.parts import may_hold_tag, text_kinds
from govdocs.docx.seals import settle_seals
from govdocs.docx.shelf import Shelf
from govdocs.docx.slots import Slot, slot_writer
from govdocs.docx.swapping import reference_writer
from govdocs.docx.tidying import tidy
from govdocs.errors import Place, Problem, TemplateError
from govdocs.language import Missing, Program, Rendering, Sandbox, make_environment
from govdocs.opc import Draft, Package, parse_xml


@dataclass(slots=True)
class Filling:
    """The outcome of one filling.

    Attributes:
        draft: the package with its new parts; not to be written if there are problems.
        shelf: what the values of this filling have in common.
        renderings: one for each part, with its faults.
        notes: what was done that the caller should know.
    """

    draft: Draft
    shelf: Shelf
    renderings: list[Rendering] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DocxEngine:
    """A Word template, compiled."""

    package: Package
    parts: tuple[CompiledPart, ...]

    @property
    def programs(self) -> tuple[Program, ...]:
        """The programs of all parts that hold tags, the main document's first."""
        return tuple(part.program for part in self.parts)

    def fill(self, data: Mapping[str, Any], missing: Missing) -> Filling:
        """Fill every part; faults are in the renderings."""
        draft = self.package.edit()
        filling = Filling(draft, Shelf(draft, self.package))
        for part in self.parts:
            state = Rendering(missing, part.program, data, filling)
            text = part.program.render(data, state)
            if part.has_tokens:
                text = finish(text, part.prefixes)
            if filling.shelf.untidy:
                text = settle_seals(tidy(text, part.w), part.w)
            filling.renderings.append(state)
            filling.draft.replace(part.name, text.encode())
        filling.shelf.settle()
        filling.notes += filling.shelf.notes
        return filling


def compile_docx(
    package: Package,
    filters: Mapping[str, Callable[..., Any]],
    functions: Mapping[str, Any],
) -> DocxEngine:
    """Compile a Word package.

    Raises:
        TemplateError: every fault of every part.
    """
    slots: list[Slot] = []
    writers = {"_t": slot_writer(slots), "_ref": reference_writer(slots)}
    environment = make_environment(filters, functions, slots=writers)
    parts: list[CompiledPart] = []
    problems: list[Problem] = []
    for compiler in _compilers(package, environment, slots):
        part = compiler.compile()
        problems += compiler.problems
        if part is not None:
            parts.append(part)
    if problems:
        raise TemplateError(problems)
    return DocxEngine(package, tuple(parts))


def _compilers(package: Package, environment: Sandbox, slots: list[Slot]) -> Iterator[PartCompiler]:
    for name, kind in text_kinds(package).items():
        data = package.read(name)
        if may_hold_tag(data):
            place = Place(file=package.name, part=name)
            yield PartCompiler(place, parse_xml(data, place), kind, environment, slots)
