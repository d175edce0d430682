"""Tables on sheets that stand for items: each copy has a name and an id of its own.

The first keeps its name; the others are called 表1_2, 表1_3. Nothing here is written.
"""

from collections.abc import Container, Iterable, Sequence

from govdocs.xlsx.grid.address import same_name
from govdocs.xlsx.reading.definitions import TablePart
from govdocs.xlsx.writing.output_sheets import OutputSheet


def name_tables(
    tables: Sequence[TablePart], outputs: Sequence[OutputSheet], names: Iterable[str]
) -> tuple[dict[str, dict[str, str]], dict[str, int]]:
    """Name the tables of item sheets.

    Args:
        tables: of the template.
        outputs: all sheets.
        names: that are defined, which no table may have.

    Returns:
        What each is called, by its name in the template and the output sheet; and the ids of the
        copies by their names.
    """
    taken = {same_name(one) for one in (*names, *(part.table.name for part in tables))}
    next_id = max((int(one.root.get("id", "0")) for one in tables), default=0) + 1
    found: dict[str, dict[str, str]] = {}
    ids: dict[str, int] = {}
    for part in tables:
        own = [one for one in outputs if one.sheet.entry.name == part.sheet]
        if any(not one.sheet.is_item for one in own):
            continue
        named = found[part.table.name] = {}
        for output in own:
            name = part.table.name
            if output.number:
                name = _unused(name, output.number + 1, taken)
                taken.add(same_name(name))
                ids[name], next_id = next_id, next_id + 1
            named[output.name] = name
    return found, ids


def _unused(name: str, number: int, taken: Container[str]) -> str:
    while same_name(f"{name}_{number}") in taken:
        number += 1
    return f"{name}_{number}"
