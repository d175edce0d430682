"""Sheets that come out several times, or not at all: their parts, and what leads to them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from govdocs.errors import Place, Problem
from govdocs.opc import Draft, Package
from govdocs.opc.names import write_target
from govdocs.xlsx.compiling.compiled import CompiledSheet
from govdocs.xlsx.following.part_copies import copy_part, named_parts, owned_parts
from govdocs.xlsx.following.workbook_part import Tabs
from govdocs.xlsx.reading.workbook import Workbook
from govdocs.xlsx.writing.output_sheets import OutputSheet

_DATA = re.compile(rb"<(?:[^\s/>:<]+:)?sheetData[\s/>]")
_SELECTED = re.compile(rb"(\stabSelected\s*=\s*[\"'])[^\"']*")
_CODE_NAME = re.compile(
    rb"(<(?:[^\s/>:<]+:)?sheetPr\b[^>]*?)\scodeName\s*=\s*(?:\"[^\"]*\"|'[^']*')"
)


def copy_sheets(
    package: Package,
    draft: Draft,
    workbook: Workbook,
    sheets: Sequence[CompiledSheet],
    outputs: Sequence[OutputSheet],
) -> Tabs:
    """Give each sheet but the first of an item sheet parts of its own; remove one without items.

    Args:
        package: of the template.
        draft: that parts are added to.
        workbook: of the template.
        sheets: of the template.
        outputs: are told their parts.

    Returns:
        The tabs of the sheets that stand for items.
    """
    ids = {one.part: one for one in package.relationships(workbook.part) if one.part}
    tabs: dict[str, list[tuple[str, str]]] = {
        sheet.entry.name: [] for sheet in sheets if sheet.is_item
    }
    for output in outputs:
        if not output.sheet.is_item:
            continue
        entry = output.sheet.entry
        leads = ids[entry.part]
        rel_id = leads.id
        if output.number:
            copies: dict[str, str] = {}
            output.part = copy_part(package, draft, entry.part, copies)
            output.parts = copies
            target = write_target(workbook.part, output.part)
            rel_id = draft.relate(workbook.part, leads.type, target)
        tabs[entry.name].append((output.name, rel_id))
    for sheet in sheets:
        if sheet.is_item and not tabs[sheet.entry.name]:
            for part in (sheet.entry.part, *owned_parts(package, sheet.entry.part)):
                if part in draft:
                    draft.remove(part)
            draft.unrelate(workbook.part, ids[sheet.entry.part].id)
    return tabs


def find_uncopied(package: Package, sheet: CompiledSheet, count: int) -> Iterator[Problem]:
    """Tell what a sheet holds that must be there once: other parts know it by its name."""
    entry = sheet.entry
    for kind in dict.fromkeys(named_parts(package, entry.part)) if count != 1 else ():
        place = Place(part=entry.part, spot=(("sheet", entry.name),))
        code = "xlsx.sheet_not_copied" if count else "xlsx.sheet_not_removed"
        yield Problem(code, (place,), {"kind": kind})


def as_copy(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Take away what only one sheet of a workbook may have: its code name, the selected tab."""
    waiting, is_behind = b"", False
    for chunk in chunks:
        if is_behind:
            yield chunk
            continue
        waiting += chunk
        found = _DATA.search(waiting)
        if found is not None:
            head = _CODE_NAME.sub(rb"\1", waiting[: found.start()])
            yield _SELECTED.sub(rb"\g<1>0", head) + waiting[found.start() :]
            is_behind = True
    if not is_behind:
        yield waiting
