"""The Excel engine: a package in, programs out; data in, a package out.

What is compiled here is never changed by filling: one template serves many threads.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from govdocs.errors import Place
from govdocs.language import Missing, Program
from govdocs.opc import Package
from govdocs.xlsx.compiling.book_compiler import CompiledBook, compile_book
from govdocs.xlsx.reading.unlocked import find_unlocked, is_protected
from govdocs.xlsx.slots.filling import Filling
from govdocs.xlsx.writing.book_writer import BookWriter
from govdocs.xlsx.xml.encoding import as_utf8


@dataclass(frozen=True, slots=True)
class XlsxEngine:
    """An Excel template, compiled."""

    book: CompiledBook

    @property
    def programs(self) -> tuple[Program, ...]:
        """The programs of all parts that hold tags, in the order of the tabs."""
        sheets = [sheet.program for sheet in self.book.sheets if sheet.program is not None]
        return (*sheets, *(part.program for part in self.book.parts))

    def is_locked(self, place: Place) -> bool | None:
        """Tell whether the cell at a place is locked; None where its sheet is not protected."""
        cell = dict(place.spot).get("cell")
        if str(cell).rpartition("!")[0] not in self.protected:
            return None
        locked = (one for one in self.book.notes if one.code == "xlsx.locked_cells")
        return any(dict(other.spot).get("cell") == cell for one in locked for other in one.places)

    @property
    def protected(self) -> tuple[str, ...]:
        """The sheets that are protected."""
        return tuple(one.entry.name for one in self.book.sheets if is_protected(one.frame.root))

    def unlocked(self) -> dict[str, list[str]]:
        """List the areas that may be changed by hand, for each protected sheet."""
        package, styles = self.book.package, self.book.styles
        parts = {one.entry.name: one.entry.part for one in self.book.sheets}
        return {
            name: find_unlocked(
                as_utf8(package.stream(parts[name])), package.place(parts[name]), styles.is_locked
            )
            for name in self.protected
        }

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
