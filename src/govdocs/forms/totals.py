"""Totals that are absent, computed from their parts by the form's own relations.

A total is a figure that stands alone on the left of an ``equal`` relation of one year. One that is
given, be it wrong, is never overwritten: that is for the check to say. What lacks a part is left
as it is.
"""

import copy
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from govdocs.forms.readings import Book, Number, open_book
from govdocs.forms.relations import Relation

if TYPE_CHECKING:
    from govdocs.forms.form import Form


def complete(form: "Form", data: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Compute absent totals; see :meth:`govdocs.forms.form.Form.complete`."""
    completed = copy.deepcopy(dict(data))
    book = open_book(form.figures, completed.get("stats"))
    computed: list[str] = []
    rules = [relation for relation in form.relations if _is_total(relation)]
    while found := dict(_find_totals(rules, book)):
        for key, total in found.items():
            set_figure(completed, key, total)
            book.numbers[key] = total
            book.odd.pop(key, None)
            computed.append(f"stats.{key}")
    return completed, computed


def set_figure(data: dict[str, Any], key: str, value: object) -> None:
    """Set a figure under ``stats``, making the sections on its way."""
    *sections, name = "stats", *key.split(".")
    for section in sections:
        inner = data.get(section)
        data[section] = dict(inner) if isinstance(inner, Mapping) else {}
        data = data[section]
    data[name] = value


def _is_total(relation: Relation) -> bool:
    left = relation.left
    return (
        relation.kind == "equal"
        and len(left) == 1
        and left[0].sign == 1
        and all(term.book == "this" for term in relation.terms)
    )


def _find_totals(rules: list[Relation], book: Book) -> Iterator[tuple[str, Number]]:
    for rule in rules:
        key = rule.left[0].key
        total = _add_parts(rule, book)
        if total is not None and _is_open(key, book):
            yield key, total


def _is_open(key: str, book: Book) -> bool:
    """Tell whether there is no total: nothing at all, or a blank cell. ``/`` is an answer."""
    reading = book.odd.get(key)
    return reading is not None and reading.mark in {"absent", "blank"}


def _add_parts(rule: Relation, book: Book) -> Number | None:
    """Add the parts up; None when one is missing or wrong, or when all of them are blank."""
    total: Number = 0
    written = False
    for term in rule.right:
        reading = book.odd.get(term.key)
        if reading is not None and (reading.fault or reading.number is None):
            return None
        written |= reading is None or not reading.mark
        total += term.sign * book.numbers[term.key]
    return total if written else None
