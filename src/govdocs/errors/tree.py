"""The exception tree. Each exception is a bundle of problems: all faults of one run at once."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Self

from govdocs.errors.language import Language
from govdocs.errors.problem import Place, Problem


class GovdocsError(Exception):
    """The root of everything that govdocs raises: a bundle of one or more problems.

    Attributes:
        problems: the faults, in document order.
    """

    problems: tuple[Problem, ...]

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    @classmethod
    def of(
        cls,
        code: str,
        *places: Place,
        fields: Mapping[str, object] | None = None,
    ) -> Self:
        """Make an error of one problem."""
        return cls([Problem(code, places, fields or {})])

    def message(self, language: Language | None = None) -> str:
        """Write all problems, one below the other."""
        return "\n".join(problem.message(language) for problem in self.problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)

    def __str__(self) -> str:
        return self.message()


class PackageError(GovdocsError):
    """The file is at fault: not an Office file, encrypted, damaged or hostile."""


class TemplateError(GovdocsError):
    """The template is at fault: a tag that cannot be read, placed or paired."""


class DataError(GovdocsError):
    """The data are at fault: a value is missing, of the wrong kind, or fails in a tag."""


class FormError(GovdocsError):
    """A statutory form is at fault, or a file does not have the shape that the form asks for."""


class UsageError(GovdocsError):
    """The call is at fault: an unknown form, a wrong option, an extra that is not installed."""
