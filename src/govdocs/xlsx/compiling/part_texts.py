"""Tags in the texts and attributes of a small part: titles, comments, headers, names, properties.

A tag stays where it stands: in the text of the run that holds its first character. Blocks may reach
over runs and paragraphs as long as both ends lie equally deep, so that what comes out is balanced.
The rows of a sheet are none of this module's business.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from govdocs.errors import Place, Problem, Spot
from govdocs.language import (
    Block,
    Fault,
    Placed,
    Sandbox,
    Source,
    check_tag,
    may_hold_tag,
    pair,
    scan,
    unescape,
)
from govdocs.xlsx.slots.text_slots import TextSlot, slot_of
from govdocs.xlsx.xml.dialect import MAIN
from govdocs.xlsx.xml.markup import Element

_CACHES = frozenset({"strCache", "numCache", "multiLvlStrCache", "sharedItems", "groupItems"})
"""Copies of cells' values: renewed from the cells, not filled."""


@dataclass(slots=True)
class Hole:
    """A text or an attribute that is written anew.

    Attributes:
        start: offset of its first byte; ``end`` past its last.
        pieces: what is written: texts, and tags by their number.
        owner: the element that holds it; for an attribute, its element.
        slot: how values are written.
    """

    start: int
    end: int
    owner: Element
    slot: TextSlot
    pieces: list[str | int] = field(default_factory=list)


@dataclass(slots=True)
class PartTexts:
    """The tags of one part.

    Attributes:
        root: of the part.
        part: its name.
        spot: where its texts are said to stand, if that is not the element's own name.
        without: the offsets of elements that are none of its business.
        placed: its tags, in order.
        holes: what is written anew, in order.
        problems: the faults found.
    """

    root: Element
    part: str
    spot: Spot = ()
    without: frozenset[int] = frozenset()
    placed: list[Placed] = field(default_factory=list)
    holes: list[Hole] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _hole_of: list[Hole] = field(default_factory=list)

    def find(self, environment: Sandbox) -> bool:
        """Find all tags and check them; tell whether there is anything to write anew."""
        for group in _groups(self.root, self.without):
            self._take_group(group)
        for element in _outside_of_caches(self.root, self.without):
            self._take_attributes(element)
        self.holes.sort(key=lambda hole: hole.start)
        blocks, faults = pair([placed.tag for placed in self.placed])
        self.problems += [self._problem(fault) for fault in faults]
        checked = (check_tag(environment, placed) for placed in self.placed)
        self.problems += [problem for problem in checked if problem is not None]
        self.problems += [problem for block in blocks for problem in self._crossing(block)]
        return bool(self.holes)

    def holes_in(self, start: int, end: int) -> list[Hole]:
        """List the holes between two offsets."""
        return [hole for hole in self.holes if start <= hole.start and hole.end <= end]

    def write(self, source: Source, start: int, end: int) -> None:
        """Write the bytes from ``start`` to ``end`` into a source, with tags in their holes."""
        data = self.root.data
        for hole in self.holes_in(start, end):
            source.text(_tidy(_spaced(data[start : hole.start].decode(), hole)))
            hole.slot.write(source, hole.pieces, self.placed)
            start = hole.end
        source.text(_tidy(data[start:end].decode()))

    def _place(self, element: Element, tag: str) -> Place:
        name = element.get("name") or element.name
        return Place(part=self.part, spot=self.spot or (("property", name),), tag=tag)

    def _take_group(self, group: Sequence[Element]) -> None:
        """Find the tags of texts that are read as one."""
        text = "".join(element.text for element in group)
        found = self._scan(text, group[0])
        if found is None:
            return
        starts, position = [], 0
        for element in group:
            starts.append(position)
            position += len(element.text)
        for element, start in zip(group, starts, strict=True):
            pieces = _cut(
                text, (start, start + len(element.text)), found, len(self.placed) - len(found)
            )
            if pieces != [element.text]:
                hole = Hole(element.content, element.close, element, slot_of(element), pieces)
                self._add(hole)

    def _take_attributes(self, element: Element) -> None:
        for name, value in element.attributes.items():
            if not may_hold_tag(value):
                continue
            found = self._scan(value, element)
            span = element.span_of(name.rpartition("\n")[2])
            if found is None or span is None:
                continue
            pieces = _cut(value, (0, len(value)), found, len(self.placed) - len(found))
            self._add(Hole(*span, element, slot_of(element, name), pieces))

    def _add(self, hole: Hole) -> None:
        self.holes.append(hole)

    def _scan(self, text: str, element: Element) -> list[tuple[int, int]] | None:
        """Number the tags of a text; None if there is nothing to write anew."""
        if not may_hold_tag(text):
            return None
        tags, broken = scan(text)
        for one in broken:
            fields = {"tag": one.text}
            place = self._place(element, one.text)
            self.problems.append(Problem("template.broken_tag", (place,), fields))
        if not tags and unescape(text) == text:
            return None
        self.placed += [Placed(tag, self._place(element, tag.text)) for tag in tags]
        return [(tag.start, tag.end) for tag in tags]

    def _problem(self, fault: Fault) -> Problem:
        placed = self.placed[fault.index]
        return Problem(fault.code, (placed.place,), {"tag": placed.tag.text, **fault.fields})

    def _crossing(self, block: Block) -> Iterator[Problem]:
        """Tell of a block whose tags do not lie equally deep."""
        owners = [self._owner_of(number) for number in block.tags]
        depths = {_chain(hole) for hole in owners}
        if len(depths) > 1:
            first, last = self.placed[block.open], self.placed[block.close]
            fields = {"tag": first.tag.text, "other": last.tag.text}
            yield Problem("template.block_crosses", (first.place, last.place), fields)

    def _owner_of(self, number: int) -> Hole:
        return next(hole for hole in self.holes if number in hole.pieces)


def _chain(hole: Hole) -> tuple[object, ...]:
    """What a hole stands in, outermost first: names of elements; an attribute stands alone."""
    if hole.start < hole.owner.content:
        return ("attribute", hole.start)
    names: list[object] = []
    element: Element | None = hole.owner
    while element is not None:
        names.append(element.name)
        element = element.parent
    return tuple(names)


def _spaced(before: str, hole: Hole) -> str:
    """Let blanks at the ends of a text count, where SpreadsheetML wants that to be said."""
    owner = hole.owner
    wants = owner.name == "t" and owner.space in MAIN and hole.start == owner.content
    if not wants or owner.get("space"):
        return before
    return before.removesuffix(">") + ' xml:space="preserve">'


def _cut(
    text: str, span: tuple[int, int], tags: Sequence[tuple[int, int]], first: int
) -> list[str | int]:
    """Cut one stretch of a text at the tags of the whole; a tag belongs where it begins."""
    start, end = span
    pieces: list[str | int] = []
    for number, (opens, closes) in enumerate(tags, first):
        if closes <= start or opens >= end:
            continue
        if start < opens:
            pieces.append(unescape(text[start:opens]))
        if opens >= span[0]:
            pieces.append(number)
        start = closes
    if start < end:
        pieces.append(unescape(text[start:end]))
    return pieces


def _groups(root: Element, without: frozenset[int]) -> Iterator[list[Element]]:
    """Yield texts that are read as one: the runs of a paragraph, of a comment; any other alone."""
    groups: dict[int, list[Element]] = {}
    for element in _outside_of_caches(root, without):
        if element.children or (not element.text.strip() and element.name != "t"):
            continue
        owner = element
        if element.name == "t" and element.parent is not None:
            owner = element.parent
            if owner.name in ("r", "fld") and owner.parent is not None:
                owner = owner.parent
        groups.setdefault(id(owner), []).append(element)
    yield from groups.values()


def _outside_of_caches(root: Element, without: frozenset[int]) -> Iterator[Element]:
    if root.name in _CACHES or root.start in without:
        return
    yield root
    for child in root.children:
        yield from _outside_of_caches(child, without)


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
