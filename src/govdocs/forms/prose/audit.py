"""The audit of a text: against the figures, against itself, and as official prose.

Pure functions on paragraphs. What a rule is about stands in the rule files; here is how each kind
of rule is held against a text.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from govdocs.errors import Place
from govdocs.errors.problem import Severity
from govdocs.forms.facts import find_fact, read_year
from govdocs.forms.findings import Finding
from govdocs.forms.prose.attachments import list_announced, list_attached
from govdocs.forms.prose.brackets import find_unpaired
from govdocs.forms.prose.paragraphs import Paragraph, clause_before, prepare, quote
from govdocs.forms.prose.rules import ProseKind, ProseRule
from govdocs.forms.prose.sections import check_sections
from govdocs.forms.prose.sums import (
    find_equations,
    find_numbers,
    find_parts,
    find_shares,
    fits_any,
    read,
)
from govdocs.forms.prose.years import check_years, find_report_year
from govdocs.forms.readings import Book, Number, open_book
from govdocs.forms.relations import Term
from govdocs.forms.weighing import Books, weigh
from govdocs.values.numbers import plain_number

if TYPE_CHECKING:
    from govdocs.forms.form import Form


def check_prose(
    form: "Form",
    texts: Sequence[str],
    data: Mapping[str, Any] | None,
    year: int | None,
    places: Sequence[Place] | None,
) -> list[Finding]:
    """Check a text; see :meth:`govdocs.forms.form.Form.check_prose`."""
    paragraphs = prepare(texts, places)
    book = open_book(form.figures, (data or {}).get("stats"))
    year = year or read_year(find_fact(data, "report.year")) or find_report_year(paragraphs)
    said = _Said(form, book, {})
    findings = [
        *_check_patterns(form.prose, paragraphs),
        *_check_figures(said, paragraphs),
        *_check_said_figures(said),
        *_check_silent(form, book, paragraphs),
        *_check_sums(paragraphs, book),
        *_check_brackets(paragraphs),
        *_check_attachments(paragraphs),
        *check_sections(form, paragraphs, book),
        *check_years(paragraphs, year),
    ]
    settled = [_settle(form, finding) for finding in findings]
    order = {paragraph.place: paragraph.number for paragraph in paragraphs}
    return sorted(settled, key=lambda finding: order.get(finding.place, len(texts) + 1))


def find_patterns(rules: Sequence[ProseRule], text: str, place: Place) -> Iterator[Finding]:
    """Go through the patterns that a text should not hold."""
    yield from _check_patterns(rules, prepare([text], [place]))


def _settle(form: "Form", finding: Finding) -> Finding:
    severity = form.severities.get(finding.code, finding.severity)
    if severity == finding.severity:
        return finding
    return dataclasses.replace(finding, severity=severity)


_SENTENCES: Mapping[ProseKind, str] = {
    "figure": "prose_figure",
    "zero": "prose_zero",
    "silent": "prose_silent",
    "pattern": "prose_pattern",
    "section": "prose_pattern",
}


def _of_rule(rule: ProseRule, found: Sequence[tuple[Paragraph, str]], **fields: object) -> Finding:
    texts = list(dict.fromkeys(text for _, text in found))
    return Finding(
        code=rule.code,
        severity=rule.severity,
        sentence=_SENTENCES[rule.kind],
        fields={"says": rule.says or "", "texts": texts, "source": rule.source, **fields},
        keys=tuple(f"stats.{term.key}" for term in rule.keys),
        places=tuple(dict.fromkeys(paragraph.place for paragraph, _ in found)),
        source=rule.source,
    )


def _find_matches(
    rule: ProseRule, paragraphs: Sequence[Paragraph]
) -> Iterator[tuple[Paragraph, str, str]]:
    """Go through the matches of a rule: the paragraph, the words, the number if there is one."""
    for paragraph in paragraphs:
        for match in rule.pattern.finditer(paragraph.text):
            before = clause_before(paragraph.text, match.start())
            if rule.unless is None or not rule.unless.search(before):
                number = match.groupdict().get("n") or ""
                yield paragraph, quote(paragraph.text, match.start(), match.end()), number


# Patterns that should not be met


def _check_patterns(
    rules: Sequence[ProseRule], paragraphs: Sequence[Paragraph]
) -> Iterator[Finding]:
    for rule in rules:
        if rule.kind == "pattern":
            by_place: dict[Place, list[tuple[Paragraph, str]]] = {}
            for paragraph, words, _ in _find_matches(rule, paragraphs):
                by_place.setdefault(paragraph.place, []).append((paragraph, words))
            for found in by_place.values():
                yield _of_rule(rule, found)


# Figures in sentences


@dataclasses.dataclass(frozen=True, slots=True)
class _Said:
    """What the sentences say of the figures.

    Attributes:
        book: the figures of the table.
        numbers: for the keys of a rule, the numbers said and where.
    """

    form: "Form"
    book: Book
    numbers: dict[tuple[Term, ...], list[tuple[Number, Paragraph]]]


def _check_figures(said: _Said, paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    done = [one for one in paragraphs if not one.is_of_the_future]
    for rule in said.form.prose:
        if rule.kind not in {"figure", "zero"}:
            continue
        for paragraph, words, written in _find_matches(rule, done):
            number = read(written) if rule.kind == "figure" else 0
            said.numbers.setdefault(rule.keys, []).append((number, paragraph))
            total = _add(rule.keys, said.book)
            if total is not None and total != number:
                table = _write_terms(rule.keys, said)
                fields = {"said": plain_number(number), "table": table}
                yield _of_rule(rule, [(paragraph, words)], **fields)


def _add(terms: Sequence[Term], book: Book) -> Number | None:
    numbers = [book.numbers.get(term.key) for term in terms]
    known = [number for number in numbers if number is not None]
    return sum(known, start=0) if len(known) == len(numbers) else None


def _write_terms(terms: Sequence[Term], said: _Said) -> str:
    numbers = [(said.form.names[term.key], said.book.numbers[term.key]) for term in terms]
    shown = [one for one in numbers if one[1] != 0] or numbers[:1]
    written = " + ".join(f"{name} {plain_number(number)}" for name, number in shown)
    total = plain_number(sum(number for _, number in numbers))
    return f"{total} = {written}" if len(shown) > 1 else written


def _check_said_figures(said: _Said) -> Iterator[Finding]:
    """Hold what the sentences say against each other: one figure twice, and the relations."""
    book = Book()
    places: dict[str, Place] = {}
    for keys, several in said.numbers.items():
        numbers = list(dict.fromkeys(number for number, _ in several))
        if len(numbers) > 1 and _add(keys, said.book) is None:
            yield _contradiction(said, keys, several)
        if len(keys) == 1:
            book.numbers[keys[0].key] = numbers[0]
            places[f"stats.{keys[0].key}"] = several[0][1].place
    known = [one for one in said.form.relations if all(_is_said(term, book) for term in one.terms)]
    for finding in weigh(known, Books(book, Book(), Book()), said.form.names, places):
        fields = {**finding.fields, "where": {"zh": "正文：", "en": "in the text: "}}
        yield dataclasses.replace(finding, fields=fields, severity="warning")


def _is_said(term: Term, book: Book) -> bool:
    return term.book == "this" and term.key in book.numbers


def _contradiction(
    said: _Said, keys: Sequence[Term], several: Sequence[tuple[Number, Paragraph]]
) -> Finding:
    numbers = list(dict.fromkeys(plain_number(number) for number, _ in several))
    return Finding(
        code="form.prose_differs",
        severity="warning",
        sentence="prose_differs",
        fields={"names": [said.form.names[term.key] for term in keys], "numbers": numbers},
        keys=tuple(f"stats.{term.key}" for term in keys),
        places=tuple(dict.fromkeys(paragraph.place for _, paragraph in several)),
    )


# What the sentences tell of and the table does not


def _check_silent(form: "Form", book: Book, paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    done = [one for one in paragraphs if not one.is_of_the_future and not one.is_heading]
    for rule in form.prose:
        if rule.kind == "silent" and _add(rule.keys, book) == 0:
            found = [(paragraph, words) for paragraph, words, _ in _find_matches(rule, done)]
            if found:
                yield _of_rule(rule, found)


# Sums and shares


def _check_sums(paragraphs: Sequence[Paragraph], book: Book) -> Iterator[Finding]:
    for paragraph in paragraphs:
        for found in find_parts(paragraph.text):
            text = quote(paragraph.text, found.start, found.end)
            fields = {"said": plain_number(found.said), "found": plain_number(found.found)}
            yield _finding("parts", "warning", paragraph, text=text, **fields)
        for found in find_equations(paragraph.text):
            text = paragraph.text.replace(" ", "")[found.start : found.end]
            fields = {"said": plain_number(found.said), "found": plain_number(found.found)}
            yield _finding("equation", "warning", paragraph, text=text, **fields)
        yield from _check_shares(paragraph, book)


def _check_shares(paragraph: Paragraph, book: Book) -> Iterator[Finding]:
    """Hold a share against every figure of the table and of the paragraph that it could be of."""
    wholes = {*book.numbers.values(), *find_numbers(paragraph.text)}
    for share in find_shares(paragraph.text):
        if not fits_any(share, wholes):
            text = quote(paragraph.text, share.start, share.end)
            yield _finding("share", "warning", paragraph, text=text, percent=share.percent)


def _finding(name: str, severity: Severity, paragraph: Paragraph, **fields: object) -> Finding:
    return Finding(f"form.{name}", severity, name, fields, (), (paragraph.place,))


# Brackets and attachments


def _check_brackets(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    for paragraph in paragraphs:
        unpaired = list(find_unpaired(paragraph.text))
        if unpaired:
            texts = [
                quote(paragraph.text, at, min(at + 12, len(paragraph.text))) for _, at in unpaired
            ]
            fields = {"marks": [char for char, _ in unpaired], "texts": texts}
            source = "括号、书名号、引号应当在同一段内成对"
            yield Finding("F2", "warning", "unpaired", fields, (), (paragraph.place,), source)


def _check_attachments(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    attached = {one.number: one for one in list_attached(paragraphs)}
    for announced in list_announced(paragraphs):
        found = attached.get(announced.number)
        if found is None and attached:
            yield _finding(
                "attachment_missing", "warning", announced.paragraph, title=announced.title
            )
        elif found is not None and _plain(found.title) != _plain(announced.title):
            fields = {"announced": announced.title, "found": found.title}
            places = (announced.paragraph.place, found.paragraph.place)
            source = "GB/T 9704-2012 7.3.7：附件标题应当与附件说明的表述一致"
            yield Finding("F4", "warning", "attachment_differs", fields, (), places, source)


def _plain(title: str) -> str:
    return "".join(title.split()).rstrip("。；，")
