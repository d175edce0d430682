"""The tags of one sheet's cells: found, numbered row by row, each with its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from govdocs.errors import Place, Problem
from govdocs.language import Block, Placed, Tag, may_hold_tag, scan, unescape
from govdocs.xlsx.blocks.lifting import Anchor
from govdocs.xlsx.compiling.cell_source import TaggedCell
from govdocs.xlsx.compiling.table_cells import split_table
from govdocs.xlsx.compiling.watched import Watched
from govdocs.xlsx.following.structured import spans_of_names
from govdocs.xlsx.grid.address import column_name
from govdocs.xlsx.grid.names import Table
from govdocs.xlsx.reading.rows import Cell
from govdocs.xlsx.reading.strings import SharedStrings
from govdocs.xlsx.reading.workbook import SheetEntry
from govdocs.xlsx.slots.cells import CellSlot
from govdocs.xlsx.xml.tokens import COLUMN


@dataclass(slots=True)
class Tagging:
    """The tags of a sheet.

    Attributes:
        anchors: by their number.
        cells: those whose text is written anew, by row and column.
        used: how many of them show each shared string.
        takes_tables: whether the filter ``table`` is ours.
        tables: of the workbook; ``heads`` the head cells of those on the sheet, which hold text.
    """

    entry: SheetEntry
    strings: SharedStrings
    anchors: list[Anchor] = field(default_factory=list)
    cells: dict[tuple[int, int], TaggedCell] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=dict)
    tables: Sequence[Table] = ()
    heads: Watched = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    takes_tables: bool = True

    def __post_init__(self) -> None:
        """Find the heads of the sheet's own tables."""
        own = [one for one in self.tables if one.sheet == self.entry.name and one.header_rows]
        self.heads = Watched(one.area._replace(last_row=one.area.first_row) for one in own)

    def take(self, cell: Cell) -> None:
        """Find the tags of one cell."""
        text = cell.text.text
        if cell.kind not in ("text", "formula") or not may_hold_tag(text):
            return
        tags, broken = scan(text)
        if cell.kind == "formula":
            tags = self._without_names(text, tags) if tags else tags
            broken = [] if not tags else broken  # {1,2;3,4} is an array
        for one in broken:
            place = self._place(cell, one.text)
            self.problems.append(Problem("template.broken_tag", (place,), {"tag": one.text}))
        if not tags and (cell.kind == "formula" or unescape(text) == text):
            return
        first = len(self.anchors)
        is_alone = len(tags) == 1 and tags[0].text == text.strip() and cell.kind == "text"
        for tag in split_table(tags[0]) if is_alone and self.takes_tables else tags:
            placed = Placed(tag, self._place(cell, tag.text))
            alone = tag.text == text.strip()
            self.anchors.append(Anchor(len(self.anchors), placed, cell.row, cell.column, alone))
        is_head = (cell.row, cell.column) in self.heads
        tagged = TaggedCell(cell, self._slot(cell), self.anchors[first:], is_text=is_head)
        self.cells[cell.row, cell.column] = tagged
        if cell.shared:
            self.used[cell.shared] = self.used.get(cell.shared, 0) + 1

    def find_torn(self, blocks: Iterable[Block]) -> Iterator[Problem]:
        """Tell of blocks that begin or end amid a formula and do not lie in it whole."""
        for block in blocks:
            ends = [self.anchors[number] for number in block.tags]
            inside = [one for one in ends if self._is_in_formula(one)]
            lifts = any(one.placed.tag.prefix in ("tr", "tc") for one in inside)
            if inside and (lifts or len({one.cell for one in ends}) > 1):
                fields = {"tag": inside[0].placed.tag.text, "word": block.word}
                yield Problem("xlsx.block_in_formula", (inside[0].placed.place,), fields)

    def _is_in_formula(self, anchor: Anchor) -> bool:
        tagged = self.cells.get(anchor.cell)
        return tagged is not None and tagged.cell.kind == "formula"

    def _without_names(self, text: str, tags: list[Tag]) -> list[Tag]:
        """Leave out tags that stand in the name of a table's column: it follows its head."""
        spans = list(spans_of_names(text, self.tables))
        return [tag for tag in tags if not any(start < tag.start < end for start, end in spans)]

    def let_columns_move(self) -> None:
        """Let the slots of all cells leave the letters of their columns open."""
        for tagged in self.cells.values():
            tagged.slot = replace(tagged.slot, column=COLUMN)

    def _place(self, cell: Cell, tag: str) -> Place:
        spot = (("cell", f"{self.entry.name}!{cell.address}"),)
        return Place(part=self.entry.part, spot=spot, tag=tag)

    def _slot(self, cell: Cell) -> CellSlot:
        place = self._place(cell, cell.text.text)
        column, attributes = column_name(cell.column), cell.kept_attributes()
        name = cell.element.qname
        return CellSlot(place, name, column, cell.style, attributes, number=cell.column)
