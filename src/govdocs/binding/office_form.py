"""The form as offices use it: on dicts and on files alike.

Joins a :class:`govdocs.forms.Form`, which knows no files, with the engines that read them. It holds
the form and the layouts of the files that were seen, nothing else.
"""

import io
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from govdocs.binding.checking import Given, check_given
from govdocs.binding.layouts import Layouts
from govdocs.binding.reading import ReadData, Reading, read_file, refuse_unfound
from govdocs.binding.tagging import tag_blank
from govdocs.data import load_data
from govdocs.forms import Finding, Form, Merged, load_form
from govdocs.forms.figures import Figure
from govdocs.opc import Limits, Package
from govdocs.template import Template

Data = Mapping[str, Any]
File = str | os.PathLike[str] | bytes | BinaryIO
DataOrFile = Data | File

DATA_SUFFIXES = frozenset({".yaml", ".yml", ".json", ".toml"})


@dataclass(frozen=True, slots=True)
class OfficeForm:
    """A statutory form that works on dicts, data files and filled Word and Excel files.

    Attributes:
        form: the form itself: its tables, figures, relations.
    """

    form: Form
    limits: Limits = field(default_factory=Limits, repr=False)
    layouts: Layouts = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "layouts", Layouts(self.form))

    def __reduce__(self) -> tuple[Any, ...]:
        return OfficeForm, (self.form, self.limits)

    @property
    def id(self) -> str:
        """``disclosure-2014``."""
        return self.form.id

    @property
    def title(self) -> str:
        """What the form is called."""
        return self.form.title

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, in printed order."""
        return self.form.figures

    def check(
        self,
        data: DataOrFile | Sequence[DataOrFile],
        last_year: DataOrFile | None = None,
        *,
        today: date | None = None,
    ) -> list[Finding]:
        """Check a dict or a filled file, or several of one office: they must agree too.

        Of a Word file the sentences are checked as well, against the figures and by the rules of
        official writing.

        Args:
            data: dicts, data files, .docx or .xlsx files; the figures of the first count.
            last_year: last year's, for what must agree across the years.
            today: when the report is not dated yet, the day that is held against the deadline.
        """
        given = [self._given(one) for one in _as_list(data)]
        before = None if last_year is None else self._given(last_year).data
        return check_given(self.form, given, before, today)

    def complete(self, data: Data) -> tuple[dict[str, Any], list[str]]:
        """Compute the totals that are absent; a total that is given is never overwritten.

        Returns:
            A copy of the dict with the totals, and the keys that were computed.
        """
        return self.form.complete(data)

    def blank(self) -> dict[str, Any]:
        """Make the dict of the form with nothing filled in: every value is None."""
        return self.form.blank()

    def draft(self, last_year: DataOrFile, year: int) -> dict[str, Any]:
        """Make the dict of ``year`` from last year's dict or file.

        Year words are moved on, the carry-over and what lasts are kept; figures, prose and dates
        are left open (None). Last year's figures stand under ``last_year``; what was done with
        each value is told under ``draft``.
        """
        return self.form.draft(self._given(last_year).data, year)

    def bind(self, blank: File) -> Template:
        """Make a template of an official blank without tags: figures are found by their labels.

        Its ``notes`` tell what was left as it is, and what the tags replaced.

        Raises:
            FormError: every label that is not found, or found twice, with its neighbours.
        """
        package = Package.open(blank, self.limits)
        tagging = tag_blank(package, self.layouts)
        return Template(
            _named(tagging.content, package.name), limits=self.limits, notes=tagging.notes
        )

    def read(self, filled: File) -> ReadData:
        """Read the dict that ``fill`` takes back from a file, whoever filled it.

        ``0``, a blank, ``/`` and ``——`` stay what they are; the places of all values are under
        ``places`` of the dict.

        Raises:
            FormError: every label that is not found, or found twice, with its neighbours.
        """
        reading = self.examine(filled)
        refuse_unfound(reading)
        return reading.data

    def merge(
        self,
        children: Iterable[DataOrFile],
        parent: DataOrFile | None = None,
        expected: Sequence[str] = (),
        own: DataOrFile | None = None,
    ) -> Merged:
        """Add up the dicts or files of offices into the dict of the one above them (汇总).

        Args:
            children: one dict or file for each office.
            parent: what the office above has handed in itself, to be checked.
            expected: the names of the offices that should be among the children.
            own: the figures of the office above itself, added to the children's.

        Returns:
            The parent's dict; its findings and the table of who contributed what are attributes.

        Raises:
            FormError: a file lacks a label; no sum is made of what could not be read.
        """
        whole, above = (None if one is None else self._whole(one) for one in (parent, own))
        return self.form.merge([self._whole(one) for one in children], whole, expected, above)

    def examine(self, source: File) -> Reading:
        """Read whatever of the form is in a file; nothing is refused that can be read."""
        return read_file(Package.open(source, self.limits), self.layouts)

    def _whole(self, source: DataOrFile) -> Data:
        given = self._given(source)
        if given.reading is not None:
            refuse_unfound(given.reading)
        return given.data

    def _given(self, source: DataOrFile) -> Given:
        if isinstance(source, Mapping):
            reading = source.source if isinstance(source, ReadData) else None
            name = source.name if isinstance(source, ReadData) else ""
            return Given(name, source, reading, is_file=False)
        if isinstance(source, (str, os.PathLike)) and is_data(source):
            return self._given(read_data(source))
        reading = self.examine(source)
        return Given(reading.name, reading.data, reading)


def read_data(source: str | os.PathLike[str]) -> ReadData:
    """Read a data file; the dict keeps the file's name, for findings."""
    data = ReadData(load_data(source))
    data.name = os.fspath(source)
    return data


def is_data(source: str | os.PathLike[str]) -> bool:
    """Tell whether a path is that of a data file; ``-`` is standard input."""
    return source == "-" or Path(source).suffix.lower() in DATA_SUFFIXES


def form(
    id_or_path: str | os.PathLike[str], overlays: Sequence[str | os.PathLike[str]] = ()
) -> OfficeForm:
    """Load a statutory form: by its id, or from a form file of your own, with overlays.

    Args:
        id_or_path: ``disclosure-2014``, ``disclosure-2019``, ``disclosure-2021``, or a path.
        overlays: paths of files that add rows, columns and relations, in their order.

    Raises:
        UsageError: no such form and no such file.
        FormError: everything that is wrong with the files.
    """
    return OfficeForm(load_form(id_or_path, overlays))


def _as_list(data: Any) -> list[Any]:
    return list(data) if isinstance(data, (list, tuple)) else [data]


def _named(content: bytes, name: str) -> BinaryIO:
    """Give a file in memory the name of the one that it was made from, for messages."""
    stream = io.BytesIO(content)
    if name:
        stream.name = name
    return stream


__all__ = ["DataOrFile", "File", "OfficeForm", "form", "is_data", "read_data"]
