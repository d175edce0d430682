"""The Excel engine: a package in, programs out; data in, a package out.

What is compiled here is never changed by filling: one template serves many threads.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from govdocs.language import Missing, Program
from govdocs.opc import Package
from govdocs.xlsx.compiling.book_compiler import CompiledBook, compile_book
from govdocs.xlsx.slots.filling import Filling
from govdocs.xlsx.writing.book_writer import BookWriter


@dataclass(frozen=True, slots=True)
class XlsxEngine:
    """An Excel template, compiled."""

    book: CompiledBook

    @property
    def programs(self) -> tuple[Program, ...]:
        """The programs of all parts that hold tags, in the order of the tabs."""
        sheets = [sheet.program for sheet in self.book.sheets if sheet.program is not None]
        return (*sheets, *(part.program for part in self.book.parts))

    def fill(self, data: Mapping[str, Any], missing: Missing) -> Filling:
        """Fill every part; faults are in the renderings."""
        return BookWriter(self.book, data, missing).write()


def compile_xlsx(
    package: Package,
    filters: Mapping[str, Callable[..., Any]],
    functions: Mapping[str, Any],
) -> XlsxEngine:
    """Compile an Excel package.

    Raises:
        TemplateError: every fault of every part.
    """
    return XlsxEngine(compile_book(package, filters, functions))
