"""The years that a text speaks of, against the year that it reports on.

Title, period and sheet bear the report year, the plan the year after, the date a later one. Last
year in any other sentence is most likely a sentence of last year's report, unless it compares.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from govdocs.forms.findings import Finding
from govdocs.forms.prose.paragraphs import Paragraph, quote
from govdocs.forms.years import find_years, without_titles

if TYPE_CHECKING:
    from govdocs.errors.problem import Severity

_TITLE = re.compile(r"^[^。，；]{0,40}?((?:19|20)\d\d)年(?:度)?[^。，；]{0,20}(?:报告|年报)$")
_SHEET = re.compile(r"^((?:19|20)\d\d)年(?:度)?[^。，；]{0,20}(?:统计表|情况表)$")
_PERIOD = re.compile(
    r"((?:19|20)\d\d)年0?1月0?1日起?[，,、]?(?:至|到|—|-|－|~|～)((?:19|20)\d\d)年12月31日"
)
_DATE = re.compile(r"^((?:19|20)\d\d)年\d{1,2}月\d{1,2}日$")
_PLAN = re.compile(r"((?:19|20)\d\d)年(?:度)?[^。；]{0,20}(?:计划|打算|安排)")
_COMPARES = re.compile(
    r"比|较|同期|上年|上一年|去年|以来|自|起|至|截至|截止|结转|历年|此前|以前|年底|年末|施行|印发|版|修订|期间"
)
_CLAUSE = re.compile(r"[^。；;]*")


def find_report_year(paragraphs: Sequence[Paragraph]) -> int | None:
    """Tell the report year from the title."""
    for paragraph in paragraphs:
        if match := _TITLE.match(paragraph.text):
            return int(match[1])
    return None


def check_years(paragraphs: Sequence[Paragraph], year: int | None) -> Iterator[Finding]:
    """Go through the years of a text that do not fit the report year."""
    if year is None:
        return
    for paragraph in paragraphs:
        found = _check_marked(paragraph, year)
        if found is not None:
            yield from found
        else:
            yield from _check_sentences(paragraph, year)
            yield from _check_period(paragraph, year)


def _check_marked(paragraph: Paragraph, year: int) -> list[Finding] | None:
    """Check title, sheet title, plan heading and date; None when it is none of them."""
    text = paragraph.text
    if match := _TITLE.match(text) or _SHEET.match(text):
        right = int(match[1]) == year
        return [] if right else [_year_finding("title_year_in_text", paragraph, match[1], year)]
    if paragraph.is_heading and (match := _PLAN.search(text)):
        right = int(match[1]) == year + 1
        return [] if right else [_year_finding("plan_year_in_text", paragraph, match[1], year + 1)]
    if match := _DATE.match(text):
        right = int(match[1]) > year
        return [] if right else [_year_finding("date_year_in_text", paragraph, match[1], year + 1)]
    return None


def _year_finding(name: str, paragraph: Paragraph, found: str, year: int) -> Finding:
    fields = {"found": found, "year": year, "text": quote(paragraph.text, 0, len(paragraph.text))}
    place = (paragraph.place,)
    return Finding(f"form.{name}", "error", name, fields, (), place)


def _check_period(paragraph: Paragraph, year: int) -> Iterator[Finding]:
    for match in _PERIOD.finditer(paragraph.text):
        if {int(match[1]), int(match[2])} != {year}:
            fields = {"text": match[0], "year": year}
            place = (paragraph.place,)
            yield Finding("form.period_in_text", "error", "period_in_text", fields, (), place)


def _check_sentences(paragraph: Paragraph, year: int) -> Iterator[Finding]:
    text = _PERIOD.sub(lambda match: "　" * len(match[0]), without_titles(paragraph.text))
    for sentence in _CLAUSE.finditer(text):
        for found, at in find_years(sentence[0]):
            start = sentence.start() + at
            if found in {year, year + 1} or not text.startswith("年", start + 4):
                continue
            compares = _COMPARES.search(sentence[0]) is not None
            words = quote(paragraph.text, start, min(start + 24, sentence.end()))
            yield from _odd_year(paragraph, found, year, words, compares=compares)


def _odd_year(
    paragraph: Paragraph, found: int, year: int, words: str, *, compares: bool
) -> Iterator[Finding]:
    if compares:
        return
    severity: Severity = "warning" if found == year - 1 else "note"
    name = "stale_year" if found == year - 1 else "other_year"
    fields = {"found": found, "year": year, "text": words}
    yield Finding(f"form.{name}", severity, name, fields, (), (paragraph.place,))
