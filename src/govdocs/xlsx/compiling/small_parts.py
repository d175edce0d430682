"""The parts beside the sheets: which of them hold tags, and their programs.

Any XML part may hold texts that a reader sees: properties, drawings, charts, comments, tables, the
workbook itself. Left out are parts with a module of their own, and those that hold no texts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from govdocs.errors import PackageError, Problem
from govdocs.language import Program, Sandbox, Source
from govdocs.opc import Package, is_rels_name
from govdocs.xlsx.compiling.bound_texts import BoundText, read_targets
from govdocs.xlsx.compiling.item_sheets import ItemSheet
from govdocs.xlsx.compiling.part_texts import PartTexts
from govdocs.xlsx.reading.workbook import read_part
from govdocs.xlsx.xml.markup import Element

_LEFT_OUT = (
    "worksheet+xml",
    "sharedStrings+xml",
    "styles+xml",
    "theme+xml",
    "calcChain+xml",
    "pivotCacheRecords+xml",
)
_SIGNS = (
    *(b"{", "｛".encode(), "}}".encode("utf-16-le"), "}}".encode("utf-16-be")),
    *(b"%7B%7B", b"%7b%7b"),
)
_OF_SHEETS = "worksheets/_rels/"


@dataclass(frozen=True, slots=True)
class SmallPart:
    """A part with tags.

    Attributes:
        program: renders it whole.
        is_item: whether it comes out once for each item, with the sheet that it belongs to.
    """

    name: str
    program: Program
    is_item: bool = False


def compile_small_parts(
    package: Package,
    environment: Sandbox,
    problems: list[Problem],
    items: Mapping[str, ItemSheet],
    bound: Iterable[BoundText],
) -> Iterator[SmallPart]:
    """Compile every part with tags that is no sheet.

    Args:
        package: of the template.
        environment: for the tags.
        problems: the faults are added to them.
        items: the sheets that stand for items, by the parts that belong to them.
        bound: what is rendered with the rows of sheets.
    """
    without: dict[str, set[int]] = {}
    for text in bound:
        without.setdefault(text.part, set()).add(text.start)
    for name in package.names:
        if not _may_hold_texts(package, name):
            continue
        if not any(sign in package.read(name) for sign in _SIGNS):
            continue
        try:
            read = read_targets if is_rels_name(name) else read_part
            root = read(package, name)
        except PackageError:
            if _is_reached(package, name):
                raise
            continue
        texts = PartTexts(root, name, without=frozenset(without.get(name, ())))
        if texts.find(environment) and not texts.problems:
            item = items.get(name)
            program = _program(environment, root, texts, item)
            yield SmallPart(name, program, item is not None)
        problems += texts.problems


def _is_reached(package: Package, name: str) -> bool:
    """Tell whether anything leads to a part; nothing does to what a Mac leaves in archives."""
    reached, waiting = {""}, [""]
    while waiting:
        for one in package.relationships(waiting.pop()):
            if one.part and one.part in package and one.part not in reached:
                reached.add(one.part)
                waiting.append(one.part)
    return name in reached


def _may_hold_texts(package: Package, name: str) -> bool:
    kind = package.content_type(name)
    if name == "[Content_Types].xml":
        return False
    if is_rels_name(name):
        return _OF_SHEETS not in name  # the links of a sheet are written with its rows
    return kind.endswith(("xml", "vmlDrawing")) and not kind.endswith(_LEFT_OUT)


def _program(
    environment: Sandbox, root: Element, texts: PartTexts, item: ItemSheet | None
) -> Program:
    source = Source()
    if item is not None:
        item.open_part(source)
    texts.write(source, 0, len(root.data))
    if item is not None:
        item.close(source)
    return Program(environment, texts.part, source)
