"""What is wrong with a YAML file, told from where the parser stumbled and from the lines there.

The parser's own words are for programmers, in English, and point behind the fault; the usual ones
of a clerk are known here: tabs, a full-width colon, a quote left open, a colon inside a text.
"""

import re

import yaml

from govdocs.data.texts import DataText, line_place
from govdocs.errors import Problem

_SAYINGS = {
    "mapping values are not allowed": "colon_in_text",
    "cannot start any token": "special_character",
    "could not find expected ':'": "no_colon",
}
"""What the parser says, by pieces, and which fault of a clerk's that is."""

_WIDE_COLON = re.compile(r"""\s*(?:-\s+)?[^\s:#"'，。；：]{1,30}：""")


def uses_wide_colon(line: str) -> bool:
    """Tell whether a line sets off its key by a full-width colon: ``单位：某局``."""
    return _WIDE_COLON.match(line) is not None


def syntax_fault(text: DataText, error: yaml.MarkedYAMLError) -> Problem:
    """Tell a clerk what the parser stumbled over; the first line at fault may be further up."""
    marks = [mark for mark in (error.context_mark, error.problem_mark) if mark is not None]
    here = marks[-1] if marks else None
    line, column = (here.line + 1, here.column + 1) if here else (1, 1)
    name, line, column = _cause(text, error, line, column)
    fields = {"near": text.line(line).strip()[:40]}
    return Problem(f"data_file.{name}", (line_place(text.file, line, column),), fields)


def _cause(
    text: DataText, error: yaml.MarkedYAMLError, line: int, column: int
) -> tuple[str, int, int]:
    """Name the fault, and the line and column where a person would look for it."""
    here = text.line(line)
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return "tab", line, here.index("\t") + 1
    nearest = _nearest_lines(text, line)
    for number in nearest:
        if uses_wide_colon(text.line(number)):
            return "wide_colon", number, text.line(number).index("：") + 1
    opened = _opened(error.context or "", error.problem or "")
    if opened and error.context_mark:
        return opened, error.context_mark.line + 1, error.context_mark.column + 1
    for words, name in _SAYINGS.items():
        if words in (error.problem or ""):
            return name, line, column
    return "yaml_syntax", nearest[0], column


def _opened(context: str, problem: str) -> str:
    """Tell what is opened and never closed, if that is the fault."""
    if "quoted scalar" in context and "end of stream" in problem:
        return "open_quote"
    return "open_bracket" if "parsing a flow" in context else ""


def _nearest_lines(text: DataText, line: int) -> list[int]:
    """Name the two nearest lines that are not empty, from a line upwards."""
    filled = [number for number in range(line, max(line - 5, 0), -1) if text.line(number).strip()]
    return filled[:2] or [line]
