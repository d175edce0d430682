"""Faults of templates and of tags, told as programs for docxtpl catch them, with their place."""

from collections.abc import Iterable, Sequence
from typing import Any, Self

import jinja2

from govdocs.errors import Place, Problem, TemplateError
from govdocs.errors.language import Language
from govdocs.language import Placed


class _Message(str):
    """The message of an error; called with a language, the message in that language."""

    __slots__ = ("_error",)
    _error: TemplateError

    def __new__(cls, text: str, error: TemplateError) -> Self:
        made = super().__new__(cls, text)
        made._error = error
        return made

    def __call__(self, language: Language | None = None) -> str:
        return TemplateError.message(self._error, language)


class TemplateSyntaxError(TemplateError, jinja2.TemplateSyntaxError):
    """A template whose tags cannot be read: ours, and Jinja's own for programs that catch that.

    Attributes:
        problems: all faults of the part, each with its place.
        docx_context: the texts around the first one.
    """

    def __init__(self, problems: Iterable[Problem], docx_context: Sequence[str] = ()) -> None:
        self.problems = tuple(problems)
        place = self.problems[0].place if self.problems else Place()
        jinja2.TemplateSyntaxError.__init__(self, "", 1, place.part)
        self.docx_context = list(docx_context)

    @property
    def message(self) -> Any:
        """All problems, one below the other: a text, as Jinja has it, that may be called."""
        return _Message(TemplateError.message(self), self)

    def __str__(self) -> str:
        return TemplateError.message(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return TemplateSyntaxError, (self.problems, self.docx_context)


def note_place(error: Exception, placed: Placed) -> None:
    """Say in which tag an error of the caller's own kind came up."""
    place = placed.place.describe()
    if place not in getattr(error, "__notes__", ()):
        error.add_note(place)


def syntax_problem(error: jinja2.TemplateSyntaxError, placed: Placed | None, part: str) -> Problem:
    """Make the problem of a tag that Jinja cannot read."""
    place = placed.place if placed else Place(part=part)
    tag = placed.tag.text if placed else "?"
    return Problem("template.syntax", (place,), {"tag": tag, "reason": str(error.message)})
