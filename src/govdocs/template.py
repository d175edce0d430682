"""The hall: a template is opened and compiled once, filled many times.

This module joins the rooms: it asks the package which engine it wants, hands the data to it and
tells all faults at once. It knows no XML.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Protocol, TypedDict, cast

from govdocs.document import Document
from govdocs.errors import DataError, Place, Problem, TemplateError, UsageError
from govdocs.errors.problem import merge_problems
from govdocs.language.bindings import compile_planted
from govdocs.language.environment import make_environment, one_filling
from govdocs.language.faults import gather_problems
from govdocs.language.fields import Field, collect_fields, json_schema
from govdocs.language.filters import OWN
from govdocs.language.offered import installed_filters
from govdocs.language.program import Program
from govdocs.language.rendering import Missing, Rendering
from govdocs.language.streams import find_streams
from govdocs.opc import Draft, Limits, Package, save_atomically
from govdocs.records import fill_records

if TYPE_CHECKING:
    from govdocs.docx import DocxEngine
    from govdocs.docx import Filling as DocxFilling
    from govdocs.language.inversion import Extracted, Inverse
    from govdocs.xlsx import XlsxEngine

Source = str | os.PathLike[str] | bytes | BinaryIO
Filters = Mapping[str, Callable[..., Any]]
Recalculate = Literal["libreoffice"]


class _Wishes(TypedDict):
    update_fields: bool
    recalculate: Recalculate | None


class Filling(Protocol):
    """What an engine gives back."""

    draft: Draft
    renderings: list[Rendering]
    notes: list[Problem]


class Engine(Protocol):
    """What the hall wants of an engine."""

    @property
    def programs(self) -> tuple[Program, ...]:
        """The programs of all parts that hold tags."""

    def fill(self, data: Mapping[str, Any], missing: Missing) -> Filling:
        """Fill every part."""


Compile = Callable[[Package, Filters, Mapping[str, Any]], Engine]
"""What compiles a package, with further filters and names."""


class Template:
    """A Word or Excel template, compiled; filling never changes it.

    Args:
        source: path, bytes or binary file. The kind is told by the content, not by the name.
        bind: tags for cells, names, columns, content controls that hold none themselves.
        filters: further filters by name.
        globals: further names for all tags: functions and constants.
        limits: how large a file may be.
        notes: what whoever made the file has to say of it; kept under ``notes``, with what the
            engine noticed: a tag that never closes.

    Raises:
        PackageError: the file is not an Office document, or damaged, encrypted, hostile.
        TemplateError: all faults of its tags.
    """

    def __init__(
        self,
        source: Source,
        bind: Mapping[str, str] | None = None,
        *,
        filters: Mapping[str, Callable[..., Any]] | None = None,
        globals: Mapping[str, Any] | None = None,  # noqa: A002 - the contract's name
        limits: Limits | None = None,
        notes: Iterable[Problem] = (),
    ) -> None:
        self._remarks = tuple(notes)
        self._package = Package.open(source, limits or Limits())
        self._bind = dict(bind or {})
        self._filters = dict(filters or {})
        self._globals = dict(globals or {})
        self._engine = self._compile()
        self.notes: tuple[Problem, ...] = (*self._remarks, *getattr(self._engine, "notes", ()))

    def _compile(self) -> Engine:
        try:
            engine = self._engine_of({**OWN, **installed_filters(), **self._filters})
        except TemplateError as error:
            raise TemplateError(_in_file(error, self.name)) from None
        for program in engine.programs:
            program.placed = {
                line: replace(one, place=replace(one.place, file=one.place.file or self.name))
                for line, one in program.placed.items()
            }
        return engine

    def _engine_of(self, filters: Mapping[str, Callable[..., Any]]) -> Engine:
        compile_ = cast("Compile", _compile_book)
        if self.kind == "docx":
            from govdocs.docx import compile_docx

            compile_ = partial(compile_docx, compile_book=_compile_book)
        if self._bind:
            return self._compile_bound(compile_, filters)
        return compile_(self._package, filters, self._globals)

    def _compile_bound(self, compile_: "Compile", filters: Filters) -> Engine:
        """Compile a copy into which the tags of ``bind`` are planted."""
        if self.kind == "docx":
            from govdocs.docx.holders.binding import bind_docx as plant
        else:
            from govdocs.xlsx.planting.binding import bind_xlsx as plant
        planted = plant(self._package, self._bind, make_environment(filters, self._globals))
        filters = {**filters, **planted.filters}
        return compile_planted(planted, lambda copy: compile_(copy, filters, self._globals))

    @property
    def kind(self) -> str:
        """``"docx"`` or ``"xlsx"``."""
        return self._package.kind

    @property
    def name(self) -> str:
        """The file's name as it was given, or an empty text."""
        return self._package.name

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the template itself, tags and all: to be looked at and mended by hand."""
        save_atomically(path, bytes(self._package))

    @cached_property
    def _fields(self) -> tuple[Field, ...]:
        return collect_fields(self._engine.programs)

    @cached_property
    def _inverse(self) -> "Inverse":
        kinds = {one.name: one.kind for one in self._fields}
        if self.kind == "docx":
            from govdocs.docx.inverse import invert_docx

            return invert_docx(cast("DocxEngine", self._engine), kinds)
        from govdocs.xlsx.inverse import invert_xlsx

        return invert_xlsx(cast("XlsxEngine", self._engine), kinds)

    def fields(self) -> list[Field]:
        """List every name that the template asks for, with its places and its kind.

        A name that :meth:`extract` cannot read back has the note ``not_extractable``.
        """
        readable = self._inverse.readable
        found = [
            one if one.name in readable else replace(one, notes=(*one.notes, "not_extractable"))
            for one in self._fields
        ]
        return found if self.kind == "docx" else [self._with_locks(one) for one in found]

    def _with_locks(self, one: Field) -> Field:
        is_locked = cast("XlsxEngine", self._engine).is_locked
        locks = ((place, is_locked(place)) for place in one.places)
        return replace(one, locks=tuple((place, own) for place, own in locks if own is not None))

    def unlocked(self) -> dict[str, list[str]]:
        """List the cells that may be changed by hand, for each protected sheet; none for Word."""
        return {} if self.kind == "docx" else cast("XlsxEngine", self._engine).unlocked()

    def schema(self) -> dict[str, Any]:
        """Describe the data that the template asks for as JSON Schema 2020-12."""
        return json_schema(self._fields)

    def fill(
        self,
        data: Mapping[str, Any],
        missing: Missing = "error",
        *,
        update_fields: bool = False,
        recalculate: Recalculate | None = None,
    ) -> Document:
        """Fill the template; it stays as it is, and may serve several threads.

        Args:
            data: names to values, nested.
            missing: ``"error"`` tells every missing name at once; ``"mark"`` prints a visible
                〔待填：name〕; ``"blank"`` prints nothing.
            update_fields: let Word work out contents, page numbers and references when it opens
                the document; it asks the reader for leave. A workbook is always worked out.
            recalculate: ``"libreoffice"`` gives formulas whose result is not known the one that
                LibreOffice finds, for programs that read results only. Nothing for Word.

        Raises:
            DataError: every missing name and every tag that failed, with all of their places.
            UsageError: LibreOffice is wanted and is not there, or failed.
        """
        wishes: _Wishes = {"update_fields": update_fields, "recalculate": recalculate}
        return fill_all([self], data, missing, **wishes)[0]

    def extract(self, filled: "Source | Document", *, texts: Iterable[str] = ()) -> "Extracted":
        """Read the data back from a file that was filled from this template.

        A text of a Word file that is just as a number or a date prints is read as one, unless its
        name says that it is none (``phone``, ``postcode``) or ``texts`` does. Cells of a workbook
        give what they hold. What a person edited around the values is tolerated and noted.

        Args:
            filled: path, bytes, binary file, or what :meth:`fill` gave.
            texts: names, as :meth:`fields` writes them, whose digits stay text.

        Returns:
            A dict with ``notes`` (edits, values that disagree, sums that do not come out) and
            ``places`` (name -> where its value stands).

        Raises:
            DataError: the file was filled from another template.
            PackageError: it is not an Office document, or damaged, encrypted, hostile.
        """
        content = bytes(filled) if isinstance(filled, Document) else filled
        package = Package.open(content, self._package.limits)
        place = Place(package.name)
        if package.kind != self.kind:
            fields = {"wanted": self.kind, "found": package.kind}
            raise DataError.of("extract.other_kind", place, fields=fields)
        if self.kind == "docx":
            from govdocs.docx.inverse import read_docx

            return self._inverse.extract(read_docx(package), place, texts)
        from govdocs.xlsx.inverse import read_xlsx

        units = read_xlsx(package, cast("XlsxEngine", self._engine))
        return self._inverse.extract(units, place, texts)

    def fill_all(
        self,
        records: Iterable[Mapping[str, Any]],
        missing: Missing = "error",
        *,
        break_: str = "page",
        **options: str,
    ) -> Document:
        """Fill the template once for each record, and join the outcome into one Word document.

        Args:
            records: one dict for each.
            missing: as of :meth:`fill`.
            break_: ``"page"``: each record begins a page, numbered from 1; ``"section"``: it goes
                on where the one before ends. Each has its own headers and footers.
            options: ``break=...`` may be handed in as ``**{"break": ...}``, its name in data files.

        Raises:
            DataError: the faults of all records, keyed ``[number].name``.
            UsageError: the template is a workbook.
        """
        kind = options.pop("break", break_)
        if options or kind not in ("page", "section"):
            raise TypeError(f"fill_all takes break='page' or 'section', not {options or kind!r}")
        if self.kind != "docx":
            raise UsageError.of("template.records_into_a_workbook")
        return fill_records(lambda one: self.fill(one, missing), list(records), kind)

    def __reduce__(self) -> tuple[Any, ...]:
        given = (self._package, self._bind, self._filters, self._globals, self._remarks)
        return (_rebuild, given)


def fill_all(
    templates: "list[Template]",
    data: Mapping[str, Any],
    missing: Missing = "error",
    *,
    update_fields: bool = False,
    recalculate: Recalculate | None = None,
) -> list[Document]:
    """Fill several templates from one dict; the faults of all are told together.

    Args are those of :meth:`Template.fill`. An iterator among the data gives the same items to all.

    Raises:
        DataError: as :meth:`Template.fill`.
    """
    _check_call(data, missing, recalculate)
    programs = (program for one in templates for program in one._engine.programs)  # noqa: SLF001
    with one_filling(find_streams(data, programs)):
        fillings = [one._engine.fill(data, missing) for one in templates]  # noqa: SLF001 - its own
    renderings = [state for filling in fillings for state in filling.renderings]
    if any(state.problems or (state.missing and missing == "error") for state in renderings):
        asked_for = [one.name for template in templates for one in template._fields]
        named = _name_files(templates, fillings)
        raise DataError(gather_problems(named, data, asked_for))
    for template, filling in zip(templates, fillings, strict=True):
        if update_fields and template.kind == "docx":
            cast("DocxFilling", filling).update_fields()
    return [
        _finish(template, filling, recalculates=recalculate is not None)
        for template, filling in zip(templates, fillings, strict=True)
    ]


def _finish(template: Template, filling: Filling, *, recalculates: bool) -> Document:
    """Write a document; a workbook with results of LibreOffice where that is wanted."""
    content, notes = filling.draft.finish(), list(filling.notes)
    if recalculates and template.kind == "xlsx":
        from govdocs.libreoffice import work_out

        content, more = work_out(bytes(content))
        notes += _in_file(more, template.name)
    return Document(template.kind, content, merge_problems(notes))


def _check_call(data: object, missing: str, recalculate: str | None) -> None:
    if not isinstance(data, Mapping):
        raise DataError.of("data.not_a_mapping", fields={"type": type(data).__name__})
    if missing not in ("error", "mark", "blank"):
        raise ValueError(f"missing must be 'error', 'mark' or 'blank', not {missing!r}")
    if recalculate not in (None, "libreoffice"):
        raise ValueError(f"recalculate must be 'libreoffice' or None, not {recalculate!r}")
    if recalculate is not None:
        from govdocs.libreoffice import find_soffice

        find_soffice()  # told before anything is filled


def _name_files(templates: "list[Template]", fillings: list[Filling]) -> list[Rendering]:
    """List the renderings; what the engines found at fault is given the file it was found in."""
    for template, filling in zip(templates, fillings, strict=True):
        for state in filling.renderings:
            state.problems = _in_file(state.problems, template.name)
    return [state for filling in fillings for state in filling.renderings]


def _in_file(problems: Iterable[Problem], file: str) -> list[Problem]:
    """Name the file in those places that do not."""
    return [
        replace(one, places=tuple(replace(place, file=place.file or file) for place in one.places))
        for one in problems
    ]


def fill(
    template: "Template | Source",
    data: Mapping[str, Any],
    output: str | os.PathLike[str],
    missing: Missing = "error",
) -> Document:
    """Fill a template and save the outcome at ``output``; on any fault nothing is written."""
    compiled = template if isinstance(template, Template) else Template(template)
    document = compiled.fill(data, missing)
    document.save(output)
    return document


def _compile_book(package: Package, filters: Filters, names: Mapping[str, Any]) -> "XlsxEngine":
    """Compile a workbook, or one that a chart of a document embeds."""
    from govdocs.xlsx import compile_xlsx

    return compile_xlsx(package, filters, names)


def _rebuild(package: Package, bind: Any, filters: Any, functions: Any, notes: Any) -> Template:
    return Template(bytes(package), bind, filters=filters, globals=functions, notes=notes)


__all__ = ["Document", "Field", "Place", "Template", "fill", "fill_all"]
