"""The sections of a report: whether all are there, in their order, and say something."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from govdocs.forms.findings import Finding
from govdocs.forms.prose.paragraphs import Paragraph
from govdocs.forms.prose.rules import ProseRule
from govdocs.forms.readings import Book

if TYPE_CHECKING:
    from govdocs.forms.form import Form

_MARKS = re.compile(r"[\s、，,。（）()]")
_NUMBERS = "一二三四五六七八九十"


def check_sections(form: "Form", paragraphs: Sequence[Paragraph], book: Book) -> Iterator[Finding]:
    """Go through the sections that are missing, out of order, or empty of what they must say."""
    headings = [one for one in paragraphs if one.is_heading]
    if form.sections and headings:
        yield from _check_titles(form.sections, headings)
    for rule in form.prose:
        if rule.kind == "section":
            yield from _check_text(rule, paragraphs, book)


def _check_titles(titles: Sequence[str], headings: Sequence[Paragraph]) -> Iterator[Finding]:
    found = {title: one for title in titles if (one := _find(title, headings)) is not None}
    missing = [title for title in titles if title not in found]
    if missing:
        fields = {"titles": missing, "count": len(missing)}
        yield Finding("form.section_missing", "warning", "section_missing", fields)
    places = [found[title].number for title in titles if title in found]
    if places != sorted(places):
        order = sorted(found, key=lambda title: found[title].number)
        told = tuple(found[title].place for title in order)
        yield Finding("form.section_order", "warning", "section_order", {"titles": order}, (), told)
    for number, title in enumerate(titles):
        if title in found and not found[title].text.startswith(f"{_NUMBERS[number]}、"):
            fields = {"title": found[title].text, "number": _NUMBERS[number]}
            place = (found[title].place,)
            yield Finding("form.section_number", "warning", "section_number", fields, (), place)


def _find(title: str, headings: Sequence[Paragraph]) -> Paragraph | None:
    """Find a heading by its title; a longer one that ends with the title is the same."""
    wanted = _plain(title)
    return next((one for one in headings if _plain(one.section).endswith(wanted)), None)


def _plain(title: str) -> str:
    return _MARKS.sub("", title)


def _check_text(rule: ProseRule, paragraphs: Sequence[Paragraph], book: Book) -> Iterator[Finding]:
    wanted = _plain(rule.section)
    inside = [one for one in paragraphs if _plain(one.section).endswith(wanted)]
    heading = next((one for one in inside if one.is_heading), None)
    text = "".join(one.text for one in inside if not one.is_heading).rstrip("。")
    above = any(book.numbers.get(term.key, 0) > 0 for term in rule.keys)
    if heading is not None and rule.pattern.fullmatch(text) and (above or not rule.keys):
        keys = tuple(f"stats.{term.key}" for term in rule.keys)
        fields = {"says": rule.says, "texts": [text], "source": rule.source}
        places = (heading.place,)
        yield Finding(rule.code, rule.severity, "prose_pattern", fields, keys, places, rule.source)
