"""The facts beside the figures: the year, the dates, the unit's name, the phone.

Whether they fit each other and the form: the era, the period, the deadline (条例第四十九条), the
same date and phone on report and sheet, nothing left empty. A fact that the dict does not speak of
is not asked for; one that it leaves empty is.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from govdocs.errors import DataError
from govdocs.errors.problem import Severity
from govdocs.forms.findings import Finding
from govdocs.forms.readings import find_value, mark_of
from govdocs.values.dates import as_date, chinese_date
from govdocs.values.numbers import maybe_number

if TYPE_CHECKING:
    from govdocs.forms.form import Form

Data = Mapping[str, Any]

NEVER_EMPTY = (
    "unit.name_full",
    "report.signature",
    "form_head.unit",
    "form_footer.principal",
    "form_footer.reviewer",
    "form_footer.preparer",
    "form_footer.phone",
    "form_footer.fill_date",
)
FIRST_YEAR, LAST_YEAR = 1900, 2999
_GOVERNMENT = {"政府", "government"}
_FOUR_DIGITS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_SEAL_NOTE = re.compile(r"[（(][^（）()]*[章印][^（）()]*[）)]|\s")


def check_facts(form: "Form", data: Data, today: date | None) -> Iterator[Finding]:
    """Go through what is wrong with the facts of a dict."""
    yield from _check_form(form, data)
    yield from _check_empty(data)
    year = read_year(find_fact(data, "report.year"))
    if year is None:
        yield from _check_no_year(data)
    else:
        yield from _check_era(form, year)
        yield from _check_year_words(data, year)
        yield from _check_dates(form, data, year, today)
    yield from _check_twins(data)


def find_fact(data: object, key: str) -> Any:
    """Look a dotted key up; None where it leads nowhere."""
    return find_value(data, key.split("."))


def read_year(value: object) -> int | None:
    """Read a report year: 2018, "2018", "2018年"; None for anything else."""
    if isinstance(value, str):
        value = maybe_number(value.strip().removesuffix("度").removesuffix("年"))
    if isinstance(value, int) and not isinstance(value, bool) and FIRST_YEAR <= value <= LAST_YEAR:
        return value
    return None


def maybe_date(value: object) -> date | None:
    """Read a date in any form that offices write, or return None."""
    try:
        return as_date(value)
    except DataError:
        return None


def _finding(name: str, severity: Severity, *keys: str, **fields: object) -> Finding:
    return Finding(f"form.{name}", severity, name, fields, keys)


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and mark_of(value) != "")


def _check_form(form: "Form", data: Data) -> Iterator[Finding]:
    named = data.get("form")
    if named is not None and named not in {form.id, *form.extends}:
        yield _finding("other_form", "error", "form", named=named, form=form.id)


def _check_empty(data: Data) -> Iterator[Finding]:
    for key in NEVER_EMPTY:
        section, _, name = key.partition(".")
        holder = data.get(section)
        if isinstance(holder, Mapping) and name in holder and _is_empty(holder[name]):
            yield _finding("empty", "warning", key, key=key)


def _check_no_year(data: Data) -> Iterator[Finding]:
    report = data.get("report")
    if isinstance(report, Mapping) and _is_empty(report.get("year")):
        yield _finding("no_year", "note", "report.year")
    elif isinstance(report, Mapping):
        yield _finding("year_unreadable", "error", "report.year", value=repr(report["year"]))


def _check_era(form: "Form", year: int) -> Iterator[Finding]:
    if year < form.first_year or (form.last_year is not None and year > form.last_year):
        years = f"{form.first_year}–{form.last_year or ''}"
        yield _finding("era", "error", "report.year", "form", year=year, form=form.id, years=years)


def _check_year_words(data: Data, year: int) -> Iterator[Finding]:
    title = find_fact(data, "report.title")
    if isinstance(title, str):
        found = sorted(set(_FOUR_DIGITS.findall(title)) - {str(year)})
        if found:
            yield _finding("title_year", "error", "report.title", found=found, year=year)
    plan_year = find_fact(data, "report.plan_year")
    if not _is_empty(plan_year) and read_year(plan_year) != year + 1:
        fields = {"found": plan_year, "year": year + 1}
        yield _finding("plan_year", "error", "report.plan_year", **fields)
    for key, day in (
        ("report.period_start", date(year, 1, 1)),
        ("report.period_end", date(year, 12, 31)),
    ):
        value = find_fact(data, key)
        if not _is_empty(value) and maybe_date(value) != day:
            yield _finding("period", "error", key, found=_shown(value), day=chinese_date(day))


def _shown(value: object) -> str:
    day = maybe_date(value)
    return chinese_date(day) if day else str(value)


def _check_dates(form: "Form", data: Data, year: int, today: date | None) -> Iterator[Finding]:
    value = find_fact(data, "report.sign_date")
    last_day = _deadline(form, data, year)
    if _is_empty(value):
        if last_day and today and today > last_day:
            yield _late("deadline_passed", today, last_day, form)
        return
    signed = maybe_date(value)
    if signed is None:
        yield _finding("date_unreadable", "error", "report.sign_date", value=str(value))
    elif signed <= date(year, 12, 31):
        fields = {"found": chinese_date(signed), "year": year}
        yield _finding("signed_early", "error", "report.sign_date", **fields)
    elif last_day and signed > last_day:
        yield _late("deadline", signed, last_day, form)


def _deadline(form: "Form", data: Data, year: int) -> date | None:
    """Tell the last day; a unit that is not said to be a government is a department."""
    if form.deadline is None:
        return None
    is_government = find_fact(data, "unit.level") in _GOVERNMENT
    day = form.deadline.government if is_government else form.deadline.department
    month, _, day_of_month = day.partition("-")
    return date(year + 1, int(month), int(day_of_month))


def _late(name: str, found: date, last_day: date, form: "Form") -> Finding:
    source = form.deadline.source if form.deadline else ""
    fields = {"found": chinese_date(found), "day": chinese_date(last_day), "source": source}
    return Finding(f"form.{name}", "warning", name, fields, ("report.sign_date",), (), source)


_TWINS = (
    ("date_differs", "report.sign_date", "form_footer.fill_date"),
    ("phone_differs", "contact.phone", "form_footer.phone"),
    ("unit_differs", "unit.name_full", "report.signature"),
    ("unit_differs", "unit.name_full", "form_head.unit"),
)


def _check_twins(data: Data) -> Iterator[Finding]:
    for name, one, other in _TWINS:
        here, there = find_fact(data, one), find_fact(data, other)
        if not (_is_empty(here) or _is_empty(there)) and _plain(here) != _plain(there):
            fields = {"one": _shown(here), "other": _shown(there), "keys": [one, other]}
            yield Finding(f"form.{name}", "warning", name, fields, (one, other))


def _plain(value: object) -> object:
    return maybe_date(value) or _SEAL_NOTE.sub("", str(value))
