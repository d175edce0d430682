"""The numbers that Word sets before paragraphs by itself: （一）, 1., 一、.

They are no text of the document, yet a reader sees them, and labels and headings are known by them.
Source: ECMA-376 Part 1, 17.9. Formats that offices use are written; a number in any other format is
left out. Nothing here changes anything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from govdocs.docx.tree.dialect import Dialect
from govdocs.docx.tree.streams import Element
from govdocs.opc import Package
from govdocs.values.numerals import chinese_number

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
    "chineseLegalSimplified",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list; ``legal`` writes the numbers of all levels in digits."""

    format: str
    text: str
    start: int
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document while its paragraphs are counted, from the first to the last.

    Attributes:
        lists: ``numId`` to the list that counts, and its levels.
        styles: paragraph style to ``numId`` and level.
    """

    w: Dialect
    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    def next_of(self, p: Element) -> str:
        """Write the number of the next paragraph; empty if it has none."""
        found = self.place_of(p)
        if found is None or found[0] not in self.lists:
            return ""
        which, levels = self.lists[found[0]]
        depth = found[1]
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(which, [None] * _LEVELS)
        before = counts[depth]
        counts[depth] = levels[depth].start if before is None else before + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        level = levels[depth]
        return _PLACE.sub(
            lambda one: _write(levels, counts, int(one[1]) - 1, legal=level.legal), level.text
        )

    def place_of(self, p: Element) -> tuple[str, int] | None:
        """Return the ``numId`` and the level of a paragraph, by itself or by its style."""
        properties = p.find(self.w.q("pPr"))
        if properties is None:
            return None
        number = properties.find(self.w.q("numPr"))
        style = properties.find(self.w.q("pStyle"))
        of_style = None if style is None else self.styles.get(style.get(self.w.q("val"), ""))
        if number is None:
            return of_style
        depth = _value(number, "ilvl", self.w)
        which = _value(number, "numId", self.w) or (of_style[0] if of_style else "")
        return (which, int(depth) if depth.isdigit() else 0) if which else None


def read_numbering(package: Package, w: Dialect) -> Numbering:
    """Read the lists of a document, none of them counted yet."""
    numbering = Numbering(w)
    for part in package.related(package.main, "numbering")[:1]:
        root = package.parse(part)
        kinds = {one.get(w.q("abstractNumId"), ""): one for one in root.iter(w.q("abstractNum"))}
        for num in root.iterchildren(w.q("num")):
            kind = _value(num, "abstractNumId", w)
            if kind in kinds:
                levels = dict(_levels(kinds[kind], w)) | dict(_overrides(num, w))
                # lists that restart count by themselves, the others go on where their kind is
                restarts = num.find(w.q("lvlOverride")) is not None
                identity = num.get(w.q("numId"), "")
                numbering.lists[identity] = (f"#{identity}" if restarts else kind, levels)
    for part in package.related(package.main, "styles")[:1]:
        numbering.styles.update(_styles(package.parse(part), w))
    return numbering


def _levels(kind: Element, w: Dialect) -> Iterator[tuple[int, Level]]:
    for lvl in kind.iterchildren(w.q("lvl")):
        depth = lvl.get(w.q("ilvl"), "")
        if depth.isdigit() and int(depth) < _LEVELS:
            start = _value(lvl, "start", w)
            text, form = _value(lvl, "lvlText", w), _value(lvl, "numFmt", w)
            first = int(start) if start.isdigit() else 1
            legal = lvl.find(w.q("isLgl")) is not None
            yield int(depth), Level(form or "decimal", text, first, legal)


def _overrides(num: Element, w: Dialect) -> Iterator[tuple[int, Level]]:
    for override in num.iterchildren(w.q("lvlOverride")):
        yield from _levels(override, w)


def _styles(root: Element, w: Dialect) -> Iterator[tuple[str, tuple[str, int]]]:
    for style in root.iterchildren(w.q("style")):
        properties = style.find(w.q("pPr"))
        number = None if properties is None else properties.find(w.q("numPr"))
        if number is not None and (which := _value(number, "numId", w)):
            depth = _value(number, "ilvl", w)
            yield style.get(w.q("styleId"), ""), (which, int(depth) if depth.isdigit() else 0)


def _value(parent: Element, name: str, w: Dialect) -> str:
    found = parent.find(w.q(name))
    return "" if found is None else str(found.get(w.q("val"), ""))


def _write(levels: dict[int, Level], counts: list[int | None], depth: int, *, legal: bool) -> str:
    if depth not in levels:
        return ""
    count = counts[depth]
    number = levels[depth].start if count is None else count
    form = "decimal" if legal else levels[depth].format
    if form in {"decimal", "decimalZero"}:
        return f"{number:02d}" if form == "decimalZero" else str(number)
    if form in _CHINESE:
        return chinese_number(number)
    if form == "decimalFullWidth":
        return str(number).translate(_FULL_WIDTH)
    if form.startswith("decimalEnclosedCircle") and 0 < number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    return ""
