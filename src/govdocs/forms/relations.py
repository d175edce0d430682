"""The relations between figures (勾稽关系), as data: terms, a kind, a severity and a source.

A relation of a form file that holds "in every column" becomes one Relation for each column. This
module writes them out; it never weighs a value (see :mod:`govdocs.forms.weighing`).
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, cast

from govdocs.errors.problem import Severity
from govdocs.forms.figures import Heading, Table
from govdocs.forms.naming import short_label

RelationKind = Literal["equal", "at_most", "implies", "near"]
Book = Literal["this", "last", "dict"]


@dataclass(frozen=True, slots=True)
class Term:
    """One figure of a relation.

    Attributes:
        key: the figure's key within ``stats``; for the book ``dict`` a path from the top of the
            dict, with ``*`` for every entry of a list.
        sign: 1, or -1 when the figure is taken away.
        book: this year's figures, last year's, or the dict beside them.
        name: what the term is called in a relation that is held along an axis: the label of its
            row where the relation is held in every column, and the other way about.
    """

    key: str
    sign: Literal[1, -1] = 1
    book: Book = "this"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation between figures.

    ``equal``: left = right. ``at_most``: left ≤ right. ``implies``: left above 0 means right above
    0. ``near``: left and right differ by no more than ``within`` of the greater, or ``slack``.

    Attributes:
        where: the label of the column or row in which it is held; empty for a plain relation.
        note: by language, why it may rightly be broken.
    """

    code: str
    kind: RelationKind
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    severity: Severity
    source: str
    where: str = ""
    note: Mapping[str, str] = field(default_factory=dict)
    within: Decimal = Decimal(0)
    slack: int = 0

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, the left ones first."""
        return self.left + self.right

    @property
    def crosses_years(self) -> bool:
        """Whether last year's figures are needed."""
        return any(term.book == "last" for term in self.terms)


def parse_term(text: str) -> Term:
    """Read ``key``, ``-key``, ``last:key``, ``-last:key`` or ``@path.in.the.*.dict``."""
    sign: Literal[1, -1] = -1 if text.startswith("-") else 1
    text = text.removeprefix("-")
    if text.startswith("@"):
        return Term(text[1:], sign, "dict")
    if text.startswith("last:"):
        return Term(text.removeprefix("last:"), sign, "last")
    return Term(text, sign)


def write_out(entry: Mapping[str, Any], tables: Mapping[str, Table]) -> Iterator[Relation]:
    """Make the relations of one entry of a form file: one for each column, row and ``each``."""
    for each in entry.get("each", [""]):
        sides = [[text.replace("{each}", each) for text in entry[side]] for side in _SIDES]
        if along := entry.get("along"):
            name, _, axis = str(along).partition(".")
            yield from _along(entry, sides, tables[name], axis)
        else:
            terms = [[_named(parse_term(text), entry) for text in side] for side in sides]
            yield _relation(entry, terms, "")


_SIDES = ("left", "right")


def _named(term: Term, entry: Mapping[str, Any]) -> Term:
    """Give a term that stands outside the table the name that the entry has for it."""
    if term.book != "dict" or "called" not in entry:
        return term
    return dataclasses.replace(term, name=entry["called"])


def _along(
    entry: Mapping[str, Any], sides: Sequence[Sequence[str]], table: Table, axis: str
) -> Iterator[Relation]:
    headings = table.columns() if axis == "columns" else table.rows()
    for heading in headings:
        terms = [
            [_named(_placed(text, table, axis, heading), entry) for text in side] for side in sides
        ]
        yield _relation(entry, terms, _where(table, axis, heading))


def _where(table: Table, axis: str, heading: Heading) -> str:
    """Name the column or row, unless it is the only one."""
    headings = list(table.columns() if axis == "columns" else table.rows())
    return short_label(heading.label) if len(headings) > 1 else ""


def _placed(text: str, table: Table, axis: str, heading: Heading) -> Term:
    term = parse_term(text)
    if term.book == "dict":
        return term
    here = heading.key or ""
    crossing = table.rows() if axis == "columns" else table.columns()
    labels = (short_label(other.label) for other in crossing if other.key == term.key)
    row, column = (term.key, here) if axis == "columns" else (here, term.key)
    return Term(table.key_of(row, column), term.sign, term.book, next(labels, ""))


def _relation(entry: Mapping[str, Any], sides: Sequence[Sequence[Term]], where: str) -> Relation:
    return Relation(
        code=entry["code"],
        kind=cast("RelationKind", entry["kind"]),
        left=tuple(sides[0]),
        right=tuple(sides[1]),
        severity=cast("Severity", entry["severity"]),
        source=entry["source"],
        where=where,
        note=entry.get("note", {}),
        within=Decimal(repr(entry.get("within", 0))),
        slack=entry.get("slack", 0),
    )
