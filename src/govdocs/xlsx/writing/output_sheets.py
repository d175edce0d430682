"""The sheets that come out: one for each of the template, or one for each item.

Nothing here is written; where the rows of a sheet have gone is known to its state.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from govdocs.xlsx.blocks.columns import ColumnPlaces
from govdocs.xlsx.compiling.compiled import CompiledSheet
from govdocs.xlsx.following.moving import BoundKey
from govdocs.xlsx.grid.strips import SheetLayout
from govdocs.xlsx.slots.filling import PartState
from govdocs.xlsx.writing.spool import Spool
from govdocs.xlsx.xml.tokens import OPEN, write_token

_MARK = write_token("N", 0)


@dataclass(slots=True)
class OutputSheet:
    """A sheet of the output.

    Attributes:
        sheet: the template's.
        name: on its tab.
        part: that it is written to.
        number: which item it stands for, from 0.
        state: what slots have written down; None if it holds no tags.
        texts: what was rendered.
        parts: those that belong to it: the template's name -> its own.
        rel_id: of the relationship that leads from the workbook to it.
    """

    sheet: CompiledSheet
    name: str
    part: str
    number: int = 0
    state: PartState | None = None
    texts: Spool | None = None
    parts: Mapping[str, str] = field(default_factory=dict)
    rel_id: str = ""

    def part_of(self, part: str) -> str:
        """Give the name under which a part that belongs to the sheet is written."""
        return self.parts.get(part, part)


def bound_texts(
    outputs: Iterable[OutputSheet], layouts: Mapping[str, SheetLayout]
) -> dict[BoundKey, dict[tuple[int, int], str]]:
    """List what the texts say that are rendered with the rows of loops, by their cells."""
    found: dict[BoundKey, dict[tuple[int, int], str]] = {}
    for output in outputs:
        said = output.state.bound if output.state is not None else {}
        places = ColumnPlaces(layouts[output.name].columns) if output.name in layouts else None
        for (number, row, path), markup in said.items() if places else ():
            one = output.sheet.bound[number]
            cells = found.setdefault((output.name, one.part, one.name, one.number), {})
            for column in places.columns(one.column, path) if places else ():
                cells[row, column] = markup
    return found


def cut_items(pieces: Iterable[str]) -> Iterator[Spool]:
    """Cut what was rendered into the texts of the items; each is taken whole before the next."""
    source = _ItemSource(pieces)
    while source.advance():
        yield Spool(source.item())


class _ItemSource:
    def __init__(self, pieces: Iterable[str]) -> None:
        self.pieces = iter(pieces)
        self.rest: str | None = None

    def advance(self) -> bool:
        """Go to the next mark."""
        while True:
            text = self.rest if self.rest is not None else next(self.pieces, None)
            self.rest = None
            if text is None:
                return False
            _, mark, behind = text.partition(_MARK)
            if mark:
                self.rest = behind
                return True

    def item(self) -> Iterator[str]:
        """Yield the text up to the next mark, which stays."""
        text, self.rest = self.rest, None
        while text is not None:
            before, mark, behind = text.partition(_MARK) if OPEN in text else (text, "", "")
            yield before
            if mark:
                self.rest = mark + behind
                return
            text = next(self.pieces, None)
