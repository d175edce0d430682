"""Checking files: what a form asks, what two files say of the same figure, what sentences say.

Findings of a file carry the cells and paragraphs that they are about. This module joins the checks
of :mod:`govdocs.forms` with what was read; it weighs nothing itself.
"""

import copy
import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from govdocs.binding.entries import put
from govdocs.binding.reading import Reading
from govdocs.errors import Place, Problem
from govdocs.forms import Figure, Finding, Form
from govdocs.forms.facts import find_fact, read_year
from govdocs.forms.readings import find_value, read_figure
from govdocs.values.dates import chinese_date
from govdocs.values.numbers import plain_number

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that is to be checked: a dict, or a file as it was read.

    Attributes:
        name: of the file, or an empty text.
        is_file: whether the file itself is to be checked, its labels and sentences, or only the
            dict that was read from it.
    """

    name: str
    data: Data
    reading: Reading | None = None
    is_file: bool = True

    @property
    def has_figures(self) -> bool:
        """Whether there are figures in it."""
        return isinstance(self.data.get("stats"), Mapping)

    def place(self, key: str) -> Place:
        """Make the place of a value."""
        places = self.data_places()
        return places.get(key) or Place(file=self.name, key=key)

    def data_places(self) -> Mapping[str, Place]:
        """Return the places of all values, where a file was read."""
        return {} if self.reading is None else self.reading.places()


def check_given(
    form: Form, given: Sequence[Given], last_year: Data | None, today: date | None
) -> list[Finding]:
    """Check dicts and files of one office and one year, each and all together."""
    with_figures = [one for one in given if one.has_figures]
    if not with_figures:
        return [_no_table(form, given), *_check_lines(form, given, None)]
    main = with_figures[0]
    data, places = _join(main, given)
    findings = [
        *(finding for one in given for finding in _check_unfound(one)),
        *_without_unfound(form.check(data, last_year, today, places), with_figures),
        *_compare(form, with_figures),
        *_check_lines(form, given, data),
    ]
    return _without_twins(findings)


def _no_table(form: Form, given: Sequence[Given]) -> Finding:
    places = tuple(Place(file=one.name) for one in given)
    code = "binding.no_table"
    return Finding(code, "error", code, {"form": form.id}, (), places)


def _join(main: Given, given: Sequence[Given]) -> tuple[Data, Mapping[str, Place]]:
    """Add to the first dict with figures what the others say of other things."""
    if len(given) == 1:
        return main.data, main.data_places()
    data = copy.deepcopy(dict(main.data))
    places = dict(main.data_places())
    for other in given:
        if other is not main:
            for key, value in _facts(other.data):
                if find_fact(data, key) is None:
                    put(data, key, value)
                    places[key] = other.place(key)
    return data, places


def _facts(data: Data, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Go through what a dict says beside its figures, key by key."""
    for name, value in data.items():
        if not prefix and name in {"stats", "last_year", "draft"}:
            continue
        if isinstance(value, Mapping):
            yield from _facts(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


# Labels


def _check_unfound(given: Given) -> Iterator[Finding]:
    """Tell the labels that a file lacks, or has twice."""
    if given.is_file and given.reading is not None and given.reading.has_figures:
        for problem in given.reading.problems():
            yield _as_finding(problem, given)


def _as_finding(problem: Problem, given: Given) -> Finding:
    name = problem.code.removeprefix("form.")
    places = problem.places or (Place(file=given.name),)
    return Finding(problem.code, "error", name, problem.fields, (), places)


def _without_unfound(findings: list[Finding], given: Sequence[Given]) -> Iterator[Finding]:
    """Leave out that figures are missing where it was said that their labels are."""
    reading = given[0].reading
    for finding in findings:
        is_known = reading is None or any(key in reading.places() for key in finding.keys)
        if finding.code != "form.missing" or is_known:
            yield finding


# File against file


def _compare(form: Form, given: Sequence[Given]) -> Iterator[Finding]:
    main = given[0]
    for other in given[1:]:
        for figure in form.figures:
            here, there = (_number(one.data, figure) for one in (main, other))
            if here is not None and there is not None and here != there:
                fields = {"name": form.names[figure.key], "one": here, "other": there}
                yield _differs(figure.address, main, other, fields)
        yield from _compare_entries(main, other)


def _number(data: Data, figure: Figure) -> str | None:
    reading = read_figure(find_value(data.get("stats"), figure.steps), figure)
    return None if reading.number is None else plain_number(reading.number)


def _compare_entries(main: Given, other: Given) -> Iterator[Finding]:
    known = dict(_facts(main.data))
    for key, value in _facts(other.data):
        mine = known.get(key)
        if key.startswith(_ENTRIES) and mine and value and _plain(mine) != _plain(value):
            fields = {"name": key, "one": _plain(mine), "other": _plain(value)}
            yield _differs(key, main, other, fields)


_ENTRIES = ("form_head.", "form_footer.", "report.year")


def _plain(value: object) -> str:
    if isinstance(value, date):
        return chinese_date(value)
    return "".join(str(value).split())


def _differs(key: str, main: Given, other: Given, fields: Mapping[str, object]) -> Finding:
    code, places = "binding.files_differ", (main.place(key), other.place(key))
    return Finding(code, "error", code, fields, (key,), places)


# Sentences


def _check_lines(form: Form, given: Sequence[Given], data: Data | None) -> Iterator[Finding]:
    for one in given:
        if one.is_file and one.reading is not None:
            texts, places = one.reading.lines()
            if texts:
                year = read_year(find_fact(data, "report.year"))
                yield from form.check_prose(texts, data, year, places)


def _without_twins(findings: Sequence[Finding]) -> list[Finding]:
    """Leave out that an entry is empty where the check of the lines says it of the same place."""
    said = {place for one in findings if one.code == "F6" for place in map(_bare, one.places)}
    return [
        one
        for one in findings
        if not (one.code == "form.empty" and {_bare(place) for place in one.places} & said)
    ]


def _bare(place: Place) -> Place:
    return dataclasses.replace(place, key="")
