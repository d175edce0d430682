"""Put the element that shows a drawing into a sheet that had none, where the schema wants it.

before: ...<pageMargins .../><tableParts ...>
after: ...<pageMargins .../><drawing r:id="rId7"/><tableParts ...>
"""

import re
from collections.abc import Callable, Iterable, Iterator

from govdocs.errors import Place
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.markup import Element, read_markup, root_tag

_BEHIND = frozenset(
    {
        "legacyDrawing",
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "AlternateContent",
        "webPublishItems",
        "tableParts",
        "extLst",
    }
)
"""What stands behind ``drawing`` in a sheet (ECMA-376 part 1, 18.3.1.99)."""
_DATA_END = re.compile(rb"</(?:[^\s/>:<]+:)?sheetData\s*>")
_LONGEST = 128


def hang_drawing(
    chunks: Iterable[bytes], root: Element, space: str, rel_id: str
) -> Iterator[bytes]:
    """Yield a sheet with a ``drawing`` element.

    Args:
        chunks: the sheet's part, which holds rows and no drawing.
        root: of the sheet's part.
        space: the namespace of relationship ids.
        rel_id: of the drawing.
    """
    markup = f'<{root.prefix}drawing xmlns:r="{space}" r:id="{rel_id}"/>'

    def change(whole: Element, edits: Edits) -> None:
        behind = [child for child in whole.children if child.name in _BEHIND]
        if behind:
            edits.insert_before(behind[0], markup)
        else:
            edits.append(whole, markup)

    return change_tail(chunks, root, change)


def change_tail(
    chunks: Iterable[bytes], root: Element, change: Callable[[Element, Edits], None]
) -> Iterator[bytes]:
    """Yield a sheet of which what stands behind the rows is edited.

    Args:
        chunks: the sheet's part, which holds rows.
        root: of the sheet's part.
        change: is given the part without its rows and what stands before them.
    """
    waiting, is_behind = b"", False
    for chunk in chunks:
        waiting += chunk
        if is_behind:
            continue
        found = _DATA_END.search(waiting)
        if found is not None:
            yield waiting[: found.end()]
            waiting, is_behind = waiting[found.end() :], True
        else:
            yield waiting[:-_LONGEST]
            waiting = waiting[-_LONGEST:]
    head, edits = root_tag(root.data), Edits()
    whole = read_markup(head + waiting, Place())
    change(whole, edits)
    yield edits.write_part(whole)[len(head) :]
