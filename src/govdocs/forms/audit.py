"""The audit of a dict: every figure by itself, all of them by their relations, and the facts.

The audit never changes the dict, never refuses it and never stops at a fault: what is missing or
unreadable is one finding among the others.
"""

import dataclasses
import difflib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from govdocs.errors import Place
from govdocs.errors.problem import Severity
from govdocs.forms.facts import check_facts, find_fact, read_year
from govdocs.forms.figures import Figure
from govdocs.forms.findings import Finding
from govdocs.forms.prose.audit import find_patterns
from govdocs.forms.readings import Book, Mark, Number, open_book, read_value
from govdocs.forms.weighing import MANY_TERMS, Books, weigh
from govdocs.values.numbers import plain_number

if TYPE_CHECKING:
    from govdocs.forms.form import Form, Jump

Data = Mapping[str, Any]
_NO_TEXTS = ("stats", "last_year", "draft")
_GLIMPSE = 40  # characters of a value that a sentence shows
Places = Mapping[str, Place]


def check_data(
    form: "Form", data: Data, last_year: Data | None, today: date | None, places: Places
) -> list[Finding]:
    """Check a dict against a form; see :meth:`govdocs.forms.form.Form.check`."""
    last_year = last_year if last_year is not None else _last_year_in(data)
    last = open_book(form.figures, last_year.get("stats")) if last_year is not None else Book()
    books = Books(open_book(form.figures, data.get("stats")), last, _open_beside(form, data))
    relations = [one for one in form.relations if last_year is not None or not one.crosses_years]
    findings = [
        *check_facts(form, data, today),
        *_check_figures(form, books.this),
        *_check_strangers(form, data.get("stats")),
        *weigh(relations, books, form.names, places),
    ]
    findings += _check_texts(form, data)
    if last_year is not None:
        findings += _check_last_year(form, data, last_year, books)
    return [settle(form, finding, places) for finding in findings]


def _last_year_in(data: Data) -> Data | None:
    """Take last year's figures from the dict itself, where a draft has put them."""
    kept = data.get("last_year")
    return kept if isinstance(kept, Mapping) and "stats" in kept else None


def settle(form: "Form", finding: Finding, places: Places) -> Finding:
    """Give a finding the severity that the form's overlays set, and its places."""
    severity = form.severities.get(finding.code, finding.severity)
    if finding.places and severity == finding.severity:
        return finding
    known = finding.places or tuple(places.get(key) or Place(key=key) for key in finding.keys)
    return dataclasses.replace(finding, severity=severity, places=known)


# Every figure by itself


def _check_figures(form: "Form", book: Book) -> Iterator[Finding]:
    missing = [key for key, reading in book.odd.items() if reading.mark == "absent"]
    if missing:
        yield _of_several(form, "missing", "error", missing)
    for key, reading in book.odd.items():
        if reading.fault:
            yield _of_value(form, reading.fault, "error", key, book)
        elif reading.as_text:
            yield _of_value(form, "text", "warning", key, book)
    yield from _check_mixture(form, book)


def _of_several(form: "Form", name: str, severity: Severity, keys: Iterable[str]) -> Finding:
    listed = list(keys)
    called = [form.names[key] for key in listed[:MANY_TERMS]]
    more = len(listed) - len(called)
    fields = {
        "count": len(listed),
        "names": called,
        "more": {"zh": f" 等{len(listed)}项", "en": f" and {more} more"} if more else "",
    }
    return Finding(f"form.{name}", severity, name, fields, _addresses(listed))


def _of_value(form: "Form", name: str, severity: Severity, key: str, book: Book) -> Finding:
    fields = {"name": form.names[key], "value": _glimpse(book.raw[key])}
    return Finding(f"form.{name}", severity, name, fields, _addresses([key]))


def _glimpse(value: object) -> str:
    text = f"“{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= _GLIMPSE else f"{text[: _GLIMPSE - 1]}…"


def _addresses(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"stats.{key}" for key in keys)


_MARKS: tuple[tuple[Mark, object], ...] = (
    ("", "0"),
    ("blank", {"zh": "空白", "en": "blank"}),
    ("slash", "/"),
    ("dash", "——"),
)


def _check_mixture(form: "Form", book: Book) -> Iterator[Finding]:
    """Nothing is written as 0, blank, ``/`` or ``——``, but in one way throughout."""
    ways: dict[Mark, list[str]] = {}
    for figure in form.figures:
        reading = book.odd.get(figure.key)
        if (reading is None and book.numbers[figure.key] == 0) or (reading and reading.number == 0):
            ways.setdefault(reading.mark if reading else "", []).append(figure.key)
    if len(ways) > 1:
        usual = max(ways.values(), key=len)
        unusual = [key for keys in ways.values() if keys is not usual for key in keys]
        told = [_way(shown, ways[mark]) for mark, shown in _MARKS if mark in ways]
        finding = _of_several(form, "mixed", "warning", unusual)
        yield dataclasses.replace(finding, fields={**finding.fields, "ways": told})


def _way(shown: object, keys: list[str]) -> dict[str, str]:
    zh, en = (shown["zh"], shown["en"]) if isinstance(shown, dict) else (shown, shown)
    cells = "cell" if len(keys) == 1 else "cells"
    return {"zh": f"填“{zh}”的{len(keys)}格", "en": f"{len(keys)} {cells} “{en}”"}


def _check_strangers(form: "Form", stats: object) -> Iterator[Finding]:
    """Find the keys under ``stats`` that the form does not know: most likely misspelt."""
    for key in _walk(stats, form, ""):
        near = difflib.get_close_matches(key, form.by_key, 3)
        fields = {"key": f"stats.{key}", "near": near or ["—"]}
        yield Finding("form.stranger", "warning", "stranger", fields, _addresses([key]))


def _walk(value: object, form: "Form", prefix: str) -> Iterator[str]:
    for name, inner in value.items() if isinstance(value, Mapping) else ():
        key = f"{prefix}{name}"
        if key in form.heads and isinstance(inner, Mapping):
            yield from _walk(inner, form, f"{key}.")
        elif key not in form.by_key:
            yield key


# The texts beside the figures


def _check_texts(form: "Form", data: Data) -> Iterator[Finding]:
    """Hold the texts of the dict against the patterns that no published text should hold.

    All texts together are searched first: nearly always there is nothing to be found.
    """
    texts = [
        leaf
        for name, value in data.items()
        if name not in _NO_TEXTS
        for leaf in _list_texts(value, str(name))
    ]
    together = "\n".join(text for _, text in texts)
    rules = [one for one in form.prose if one.kind == "pattern" and one.pattern.search(together)]
    if rules:
        for key, text in texts:
            for finding in find_patterns(rules, text, Place(key=key)):
                yield dataclasses.replace(finding, keys=(key,), places=())


def _list_texts(value: object, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _list_texts(inner, f"{key}.{name}")
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value):
            yield from _list_texts(inner, f"{key}.{number}")


# The lists beside the figures


def _open_beside(form: "Form", data: Data) -> Book:
    """Read the lists beside ``stats`` that relations name: ``breakdown.*.count``."""
    book = Book()
    for relation in form.relations:
        for term in relation.terms:
            if term.book == "dict" and term.key not in book.numbers | book.odd:
                _read_list(book, data, term.key)
    return book


def _read_list(book: Book, data: Data, path: str) -> None:
    readings = [read_value(value) for value in _spread(data, path.split("."))]
    numbers = [reading.number for reading in readings if reading.number is not None]
    if readings and len(numbers) == len(readings):
        book.numbers[path] = sum(numbers)
    elif readings:
        book.odd[path] = next(reading for reading in readings if reading.number is None)


def _spread(value: object, steps: list[str]) -> Iterator[object]:
    if not steps:
        yield value
    elif steps[0] == "*":
        for item in value if isinstance(value, (list, tuple)) else ():
            yield from _spread(item, steps[1:])
    elif isinstance(value, Mapping):
        yield from _spread(value.get(steps[0]), steps[1:])


# Against last year


def _check_last_year(form: "Form", data: Data, last_year: Data, books: Books) -> Iterator[Finding]:
    yield from _check_order(data, last_year)
    for figure in form.figures:
        now, before = books.this.numbers.get(figure.key), books.last.numbers.get(figure.key)
        if now is not None and before is not None and form.jump and form.jump.is_met(now, before):
            yield _jump(form, form.jump, figure, now, before)


def _check_order(data: Data, last_year: Data) -> Iterator[Finding]:
    year, before = (read_year(find_fact(one, "report.year")) for one in (data, last_year))
    if year is not None and before is not None and before != year - 1:
        fields = {"before": before, "year": year}
        yield Finding("form.not_last_year", "error", "not_last_year", fields, ("report.year",))


def _jump(form: "Form", jump: "Jump", figure: Figure, now: Number, before: Number) -> Finding:
    fields = {
        "name": form.names[figure.key],
        "now": plain_number(now),
        "before": plain_number(before),
        "unit": figure.unit,
    }
    keys = (figure.address,)
    return Finding("form.jump", jump.severity, "jump", fields, keys, source=jump.source)
