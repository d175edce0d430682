"""Put the element that shows a drawing into a sheet that had none, where the schema wants it.

before: ...<pageMargins .../><tableParts ...>
after: ...<pageMargins .../><drawing r:id="rId7"/><tableParts ...>
"""

import re
from collections.abc import Iterable, Iterator

from govdocs.errors import Place
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
    markup = f'<{root.prefix}drawing xmlns:r="{space}" r:id="{rel_id}"/>'.encode()
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
    position = _find_place(waiting, root)
    yield waiting[:position] + markup + waiting[position:]


def _find_place(tail: bytes, root: Element) -> int:
    """Find where among the elements behind the rows a drawing belongs."""
    head = root_tag(root.data)
    whole = read_markup(head + tail, Place())
    behind = [child.start for child in whole.children if child.name in _BEHIND]
    return min(behind, default=whole.close) - len(head)
