"""Reading a filled file: the dict that fill takes, with the place of each figure.

Figures are found by their labels, entries by theirs. What is written is what is read: ``0``, a
blank, ``/`` and ``——`` stay four things, a number keeps every digit, a text that is no number stays
text for the check to judge. A formula whose value the file lacks is None, never 0.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from govdocs.binding.entries import (
    KEYS,
    YEAR_KEY,
    find_entries,
    maybe_bare_entry,
    maybe_title,
    put,
    typed,
)
from govdocs.binding.layouts import Layout, Layouts
from govdocs.binding.tables import Handle, PageTables, Tables, list_tables
from govdocs.errors import FormError, Place, Problem
from govdocs.forms.figures import Figure
from govdocs.forms.readings import read_value
from govdocs.opc import Package
from govdocs.values.dates import maybe_chinese_date


class ReadData(dict[str, Any]):
    """The dict that was read from a file: what ``fill`` takes, and beside it where it stood.

    A dict, because it is to be used as one; places must not stand among the data.

    Attributes:
        source: what it was read from; None where that was a data file.
        name: of the file.
    """

    source: "Reading | None" = None
    name: str = ""

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies and pickles are plain dicts: a file is not carried about."""
        return dict, (dict(self),)

    @property
    def places(self) -> Mapping[str, Place]:
        """The place of each value by its dotted key: ``stats.proactive_total``."""
        return self.source.places() if self.source else {}


@dataclass(slots=True)
class Reading:
    """What was read from one file.

    Attributes:
        data: the dict; without ``stats`` where no figure was found.
        layout: where the figures are.
        handles: dotted key of an entry to the handle of the cell or line that holds it.
        lines: the text of a Word file outside its tables.
    """

    package: Package
    tables: Tables
    layout: Layout
    data: ReadData = field(default_factory=ReadData)
    handles: dict[str, Handle] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file's name."""
        return self.package.name

    @property
    def has_figures(self) -> bool:
        """Whether any figure was found."""
        return bool(self.layout.handles)

    def problems(self) -> list[Problem]:
        """Tell what was not found, or found twice."""
        return self.layout.matches.problems(self.tables.place_of)

    def places(self) -> "Places":
        """Give the place of everything that was read."""
        return Places(self)

    def lines(self) -> tuple[list[str], list[Place]]:
        """Return the paragraphs outside of tables, with their places."""
        if not isinstance(self.tables, PageTables):
            return [], []
        lines = self.tables.pages.lines
        return [line.text for line in lines], [self.tables.pages.place(line.p) for line in lines]


@dataclass(frozen=True, slots=True)
class Places(Mapping[str, Place]):
    """The places of what was read, made when they are asked for."""

    reading: Reading

    def _handle(self, key: str) -> Handle:
        if key.startswith("stats."):
            return self.reading.layout.handles.get(key.removeprefix("stats."))
        return self.reading.handles.get(key)

    def __getitem__(self, key: str) -> Place:
        handle = self._handle(key)
        if handle is None:
            raise KeyError(key)
        return self.reading.tables.place(handle, key)

    def __iter__(self) -> Iterator[str]:
        yield from (f"stats.{key}" for key in self.reading.layout.handles)
        yield from self.reading.handles

    def __len__(self) -> int:
        return len(self.reading.layout.handles) + len(self.reading.handles)


def read_file(package: Package, layouts: Layouts) -> Reading:
    """Read a file, whatever of the form it holds."""
    reading = _search(package, layouts)
    data = reading.data
    data["form"] = layouts.form.id
    _read_entries(reading, layouts)
    if reading.has_figures:
        data["stats"] = _read_figures(reading, layouts)
    data.source, data.name = reading, package.name
    return reading


def refuse_unfound(reading: Reading) -> None:
    """Raise what was not found.

    Raises:
        FormError: ``binding.no_table`` where there is nothing of the form; else every label that
            is missing, or there twice, with its neighbours.
    """
    if not reading.has_figures:
        fields = {"form": reading.data["form"]}
        raise FormError.of("binding.no_table", Place(reading.name), fields=fields)
    if problems := reading.problems():
        raise FormError(problems)


def _search(package: Package, layouts: Layouts) -> Reading:
    """Search the whole file, then its sheets one by one, until all figures are found."""
    first: Reading | None = None
    complete: list[Reading] = []
    for tables in list_tables(package):
        layout = layouts.find(tables.key(layouts), tables.grids, tables.handle_of)
        reading = Reading(package, tables, layout)
        if first is None:
            first = reading
            if not layout.matches.unfound:
                return first
        elif not layout.matches.unfound:
            complete.append(reading)
    assert first is not None
    return complete[0] if len(complete) == 1 else first


# Figures


def _read_figures(reading: Reading, layouts: Layouts) -> dict[str, Any]:
    stats: dict[str, Any] = {}
    handles = reading.layout.handles
    values = dict(zip(handles, reading.tables.values(tuple(handles.values())), strict=True))
    for figure, sections, name in layouts.steps:
        value = values.get(figure.key)
        if type(value) is str and value:
            value = _read_text(value, figure)
        holder = stats
        for section in sections:
            holder = holder.setdefault(section, {})
        holder[name] = value
    return stats


def _read_text(text: str, figure: Figure) -> Any:
    """Read what was written as text: a number, a way to write nothing, or the text itself."""
    text = text.strip()
    if not text or "\n" in text:
        return text
    reading = read_value(text, unit_in_cell=figure.unit_in_cell)
    return text if reading.mark or reading.number is None else reading.number


# Entries


def _read_entries(reading: Reading, layouts: Layouts) -> None:
    for handle, text in reading.tables.texts(layouts):
        for key, value in _entries_of(reading.tables, handle, text):
            _note(reading, key, value, handle)
    if isinstance(reading.tables, PageTables):
        _read_signature(reading, reading.tables)


def _entries_of(tables: Tables, handle: Handle, text: str) -> Iterator[tuple[str, Any]]:
    entries = find_entries(text, is_line=isinstance(handle, int))
    bare = None if any(one.value for one in entries) else maybe_bare_entry(text)
    if bare is not None:
        yield KEYS[bare[0]], typed(bare[0], _beside(tables, handle))
        return
    for entry in entries:
        yield KEYS[entry.name], typed(entry.name, entry.value)
    title = None if entries else maybe_title(text)
    if title is not None and title.year is not None:
        yield YEAR_KEY, title.year
        if title.is_report:
            yield "report.title", "".join(text.splitlines()).strip()
            if title.before:
                yield "unit.name_title", title.before


def _beside(tables: Tables, handle: Handle) -> Any:
    beside = tables.beside(handle)
    value = "" if beside is None else tables.shown(beside)
    is_label = isinstance(value, str) and (maybe_bare_entry(value) or find_entries(value))
    return "" if is_label or value is None else value


def _note(reading: Reading, key: str, value: Any, handle: Handle) -> None:
    reading.handles.setdefault(key, handle)
    put(reading.data, key, value)


def _read_signature(reading: Reading, tables: PageTables) -> None:
    """Read the date that stands alone in a line, and the name above it."""
    lines = tables.pages.lines
    for number, line in enumerate(lines):
        day = _maybe_day(line.text)
        if day is None:
            continue
        _note(reading, "report.sign_date", day, number)
        above = lines[number - 1].text.strip() if number else ""
        if 0 < len(above) < 40 and not any(mark in above for mark in "。；，：:"):  # noqa: PLR2004
            _note(reading, "report.signature", above, number - 1)
        return


def _maybe_day(text: str) -> date | None:
    text = "".join(text.split())
    return maybe_chinese_date(text) if 0 < len(text) < 14 else None  # noqa: PLR2004
