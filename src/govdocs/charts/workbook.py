"""The workbook that a chart embeds: its cells are written, what hangs on them follows.

Everything else in it stays byte for byte. It recalculates when it is opened, if it has formulas.
This module draws nothing: the chart's own copies of the values are another module's.
"""

from dataclasses import dataclass, field

from lxml import etree

from govdocs.charts import tables
from govdocs.charts.layout import Layout, Spot
from govdocs.charts.numbers import write_number
from govdocs.charts.parts import Element, local_name
from govdocs.charts.sheets import Sheet, is_sheet, write_inline
from govdocs.charts.texts import SharedTexts
from govdocs.opc import Draft, Package, Relationship, serialise_xml

_BEFORE_CALCULATION = ("sheets", "functionGroups", "externalReferences", "definedNames")


@dataclass(slots=True)
class Workbook:
    """A workbook while the data of one chart are written into it."""

    package: Package
    _sheets: dict[str, Sheet] = field(default_factory=dict)
    _parts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        book = self.package.parse(self.package.main)
        relations = {one.id: one.part for one in self.package.relationships(self.package.main)}
        for sheet in book.iter("{*}sheet"):
            key = next((str(v) for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")
            part = relations.get(key)
            if part and part in self.package:
                self._parts[sheet.get("name", "")] = part

    @property
    def first(self) -> str:
        """The name of its first sheet of cells."""
        return next((name for name in self._parts if self._maybe_sheet(name)), "Sheet1")

    def holds(self, sheet: str, row: int, column: int) -> bool:
        """Tell whether a cell holds anything."""
        found = self._maybe_sheet(sheet)
        return found is not None and found.holds(row, column)

    def has(self, sheet: str) -> bool:
        """Tell whether there is a sheet of this name."""
        return self._maybe_sheet(sheet) is not None

    def _maybe_sheet(self, name: str) -> Sheet | None:
        wanted = next((one for one in self._parts if one.casefold() == name.casefold()), None)
        if wanted is None:
            return None
        if wanted not in self._sheets:
            root = self.package.parse(self._parts[wanted])
            if not is_sheet(root):
                return None
            self._sheets[wanted] = Sheet(self._parts[wanted], root)
        return self._sheets[wanted]

    def read(self) -> None:
        """Read all that writing will need.

        Raises:
            PackageError: a part is damaged.
        """
        for name, part in self._parts.items():
            self._maybe_sheet(name)
            for table in self.package.related(part, "table"):
                self.package.parse(table)
        for texts in self.package.related(self.package.main, "sharedStrings"):
            self.package.parse(texts)

    def write(self, layout: Layout) -> bytes:
        """Write the data of a chart; return the workbook."""
        draft = self.package.edit(allow_signed=True)
        kept = self._follow_tables(layout, draft)
        texts: list[tuple[Element, str]] = []
        for spot in sorted(layout.own - layout.cells.keys() - kept):
            sheet = self._maybe_sheet(spot[0])
            if sheet is not None:
                sheet.clear(*spot[1:])
        for spot in sorted(layout.cells):
            texts += self._write_cell(spot, layout)
        self._put_texts(texts, draft)
        for sheet in self._sheets.values():
            sheet.drop_orphans()
            sheet.settle()
            draft.replace(sheet.part, serialise_xml(sheet.root))
        self._recalculate(draft)
        return draft.to_bytes()

    def _write_cell(self, spot: Spot, layout: Layout) -> list[tuple[Element, str]]:
        sheet = self._maybe_sheet(spot[0])
        if sheet is None:
            return []
        model = layout.models.get(spot)
        like_sheet = None if model is None else self._maybe_sheet(model[0])
        like = None if model is None or like_sheet is None else like_sheet.format_of(*model[1:])
        value = layout.cells[spot]
        cell = sheet.write(*spot[1:], value, like)
        return [(cell, value)] if cell is not None and isinstance(value, str) else []

    def _put_texts(self, texts: list[tuple[Element, str]], draft: Draft) -> None:
        parts = self.package.related(self.package.main, "sharedStrings")
        if not parts:
            for cell, text in texts:
                write_inline(cell, text)
            return
        every = [sheet for name in self._parts if (sheet := self._maybe_sheet(name))]
        shared = SharedTexts(parts[0], self.package.parse(parts[0]))
        shared.put(texts, every)
        draft.replace(shared.part, serialise_xml(shared.root))

    def _follow_tables(self, layout: Layout, draft: Draft) -> set[Spot]:
        """Let the tables follow; return the cells that must go on saying something."""
        kept: set[Spot] = set()
        for name, part in self._parts.items():
            for one in self.package.relationships(part):
                if one.kind == "table" and one.part and one.part in self.package:
                    kept |= self._follow_table(name, part, one, layout, draft)
        return kept

    def _follow_table(
        self, name: str, part: str, link: Relationship, layout: Layout, draft: Draft
    ) -> set[Spot]:
        assert link.part is not None, "its caller looked"
        root, sheet = self.package.parse(link.part), self._maybe_sheet(name)
        if sheet is None or not tables.follow(root, name, layout):
            return set()
        if not tables.is_sound(root):
            tables.take_off(sheet.root, link.id)
            draft.unrelate(part, link.id)
            draft.remove(link.part)
            return set()
        draft.replace(link.part, serialise_xml(root))
        heads = tables.header_spots(root, name)
        for spot in heads & layout.cells.keys():
            value = layout.cells[spot]
            if value is not None and not isinstance(value, str):
                layout.cells[spot] = write_number(value)  # a head is a text
        return heads

    def _recalculate(self, draft: Draft) -> None:
        """Ask for new results where there are formulas; the order of the old ones is gone."""
        every = [sheet for name in self._parts if (sheet := self._maybe_sheet(name))]
        has_formulas = any(next(one.root.iter("{*}f"), None) is not None for one in every)
        if not has_formulas and not any(one.dropped for one in every):
            return
        main = self.package.main
        for one in self.package.relationships(main):
            if one.kind == "calcChain" and one.part and one.part in draft:
                draft.unrelate(main, one.id)
                draft.remove(one.part)
        if has_formulas:
            book = self.package.parse(main)
            _calculation_of(book).set("fullCalcOnLoad", "1")
            draft.replace(main, serialise_xml(book))


def _calculation_of(book: Element) -> Element:
    """Return what a workbook says of its calculation; it is made where it belongs."""
    found = book.find("{*}calcPr")
    if found is None:
        before = [one for one in book.iterchildren() if local_name(one) in _BEFORE_CALCULATION]
        found = book.makeelement(f"{{{etree.QName(book).namespace}}}calcPr")
        before[-1].addnext(found)
    return found
