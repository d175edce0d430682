"""Weighing relations: whether the figures keep to them, and the sentence when they do not.

One procedure for each kind of relation, none for any single relation. A relation with a figure
that is not there cannot be weighed, and that is said. This module never looks at a dict: it is
handed books (see :mod:`govdocs.forms.readings`).
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from govdocs.errors import Place
from govdocs.errors.language import Language
from govdocs.forms.findings import Finding
from govdocs.forms.readings import Book, Number, size_of
from govdocs.forms.relations import Relation, RelationKind, Term
from govdocs.values.numbers import plain_number

MANY_TERMS = 6
"""A longer sum is written without its zeros."""


@dataclass(frozen=True, slots=True)
class Books:
    """What relations are weighed against: this year's figures, last year's, the dict beside."""

    this: Book
    last: Book
    dict: Book

    def of(self, term: Term) -> Book:
        """Choose the book in which a term stands."""
        if term.book == "this":
            return self.this
        return self.last if term.book == "last" else self.dict


def weigh(
    relations: Iterable[Relation],
    books: Books,
    names: Mapping[str, str],
    places: Mapping[str, Place],
) -> Iterator[Finding]:
    """Go through the relations that the figures break, and those that cannot be weighed."""
    unweighed: dict[str, list[Relation]] = {}
    for relation in relations:
        left = _add(relation.left, books)
        right = _add(relation.right, books)
        if left is None or right is None:
            unweighed.setdefault(relation.code, []).append(relation)
        elif not _HOLDS[relation.kind](relation, left, right):
            yield _broken(relation, (left, right), books, names, places)
    for code, several in unweighed.items():
        yield from _not_weighed(code, several, books, names)


def _add(terms: Iterable[Term], books: Books) -> Number | None:
    total: Number = 0
    for term in terms:
        book = books.this if term.book == "this" else books.of(term)
        number = book.numbers.get(term.key)
        if number is None:
            return None
        total += number if term.sign == 1 else -number
    return total


def _is_near(relation: Relation, left: Number, right: Number) -> bool:
    greater = max(size_of(left), size_of(right))
    allowed = max(Decimal(relation.slack), relation.within * greater)
    return size_of(left - right) <= allowed


_HOLDS: Mapping[RelationKind, Callable[[Relation, Number, Number], bool]] = {
    "equal": lambda _, left, right: operator.eq(left, right),
    "at_most": lambda _, left, right: operator.le(left, right),
    "implies": lambda _, left, right: left <= 0 or right > 0,
    "near": _is_near,
}


def _broken(
    relation: Relation,
    sums: tuple[Number, Number],
    books: Books,
    names: Mapping[str, str],
    places: Mapping[str, Place],
) -> Finding:
    keys = tuple(dict.fromkeys(_address(term) for term in relation.terms if term.book != "last"))
    fields = {
        "where": _where(relation),
        "left": _both(lambda language: _side(relation.left, sums[0], books, names, language)),
        "right": _both(
            lambda language: _side(relation.right, sums[1], books, names, language, mirrored=True)
        ),
        "difference": plain_number(size_of(sums[0] - sums[1])),
        "note": _note(relation),
        "source": relation.source,
    }
    return Finding(
        code=relation.code,
        severity=relation.severity,
        sentence=relation.kind,
        fields=fields,
        keys=keys,
        places=tuple(dict.fromkeys(places.get(key) or Place(key=key) for key in keys)),
        source=relation.source,
    )


def _address(term: Term) -> str:
    return term.key if term.book == "dict" else f"stats.{term.key}"


def _both(write: Callable[[Language], str]) -> dict[str, str]:
    return {"zh": write("zh"), "en": write("en")}


def _where(relation: Relation) -> object:
    if not relation.where:
        return ""
    return {"zh": f"{relation.where}：", "en": f"{relation.where}: "}


def _note(relation: Relation) -> object:
    if not relation.note:
        return ""
    return {"zh": f"（{relation.note['zh']}）", "en": f" ({relation.note['en']})"}


def _side(
    terms: tuple[Term, ...],
    total: Number,
    books: Books,
    names: Mapping[str, str],
    language: Language,
    *,
    mirrored: bool = False,
) -> str:
    """Write one side: ``甲 700``, or ``甲 700 + 乙 550 = 1250``, or the other way about."""
    shown = _shown(terms, books)
    written = "".join(_written(term, books, names, language) for term in shown)
    written = written.removeprefix(" + ").removeprefix(" ") or "0"
    if len(terms) == 1 and terms[0].book != "dict":
        return written
    result = plain_number(total)
    return f"{result} = {written}" if mirrored else f"{written} = {result}"


def _shown(terms: tuple[Term, ...], books: Books) -> list[Term]:
    if len(terms) <= MANY_TERMS:
        return list(terms)
    return [term for term in terms if books.of(term).numbers[term.key] != 0]


_LAST = {"zh": "上年", "en": "last year's "}
_MARKS = {
    "blank": {"zh": "空白", "en": "blank"},
    "slash": {"zh": "/", "en": "/"},
    "dash": {"zh": "——", "en": "——"},
}


def _written(term: Term, books: Books, names: Mapping[str, str], language: Language) -> str:
    book = books.of(term)
    odd = book.odd.get(term.key)
    if odd and odd.mark in _MARKS:
        value = _MARKS[odd.mark][language]
    else:
        value = plain_number(book.numbers[term.key])
    sign = "+" if term.sign == 1 else "-"
    before = _LAST[language] if term.book == "last" else ""
    return f" {sign} {before}{_name(term, names)} {value}"


def _name(term: Term, names: Mapping[str, str]) -> str:
    return term.name or names.get(term.key, term.key)


def _not_weighed(
    code: str, relations: list[Relation], books: Books, names: Mapping[str, str]
) -> Iterator[Finding]:
    """Say once for each rule which figures it lacks; a list that was not given lacks nothing."""
    lacking: dict[str, tuple[Term, str]] = {}
    for relation in relations:
        for term in relation.terms:
            if term.key not in books.of(term).numbers and not _is_ungiven(term, books):
                lacking.setdefault(_address(term), (term, relation.where))
    if lacking:
        called = [_called(term, where, names) for term, where in lacking.values()]
        yield Finding(
            code="form.not_weighed",
            severity="note",
            sentence="not_weighed",
            fields={"rule": code, "missing": called[:MANY_TERMS], "count": len(called)},
            keys=tuple(lacking),
            source=relations[0].source,
        )


def _is_ungiven(term: Term, books: Books) -> bool:
    return term.book == "dict" and term.key not in books.dict.odd


def _called(term: Term, where: str, names: Mapping[str, str]) -> object:
    name = names.get(term.key) or f"{where}＞{_name(term, names)}".removeprefix("＞")
    if term.book != "last":
        return name
    return {"zh": _LAST["zh"] + name, "en": _LAST["en"] + name}
