"""Things that begin in one element and end in another: bookmarks, comments, complex fields.

A block must hold both ends or neither, or a loop would print ends that nothing began. Markers of
bookmarks and the like are moved out of the block; a field cannot be, so that is a fault.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from govdocs.docx.tree.anchors import Anchor
from govdocs.docx.tree.dialect import WORD
from govdocs.docx.tree.positions import Branch, Position, Positions
from govdocs.docx.tree.streams import Element, remove
from govdocs.errors import Problem

_MARKERS = tuple(name for dialect in WORD.values() for name in dialect.ranges)
_FIELD_PARTS = tuple(dialect.q("fldChar") for dialect in WORD.values())


def settle_ranges(
    branches: Sequence[Branch], anchors: Sequence[Anchor], positions: Positions
) -> bool:
    """Move the markers that have their other end outside of a block out of it.

    before: §<p><bookmarkStart id="1"/>a</p>§<p>b<bookmarkEnd id="1"/></p>
    after:  <bookmarkStart id="1"/>§<p>a</p>§<p>b<bookmarkEnd id="1"/></p>

    Returns:
        Whether anything was moved: positions do not hold any more.
    """
    is_moved = False
    for branch in branches:
        for marker in _unmatched(branch):
            is_start = str(marker.tag).endswith("Start")
            number = branch.block.open if is_start else branch.block.close
            remove(marker)
            marker.tail = None
            _insert_at(anchors[number].mark, positions[number], marker, after=not is_start)
            is_moved = True
        if is_moved:
            return True
    return False


def check_fields(branches: Sequence[Branch], anchors: Sequence[Anchor]) -> Iterator[Problem]:
    """Yield a fault for each block that holds one end of a field only."""
    for branch in branches:
        depth = lowest = 0
        for one in branch.elements:
            for part in one.iter(*_FIELD_PARTS):
                kind = next(
                    (v for k, v in part.attrib.items() if str(k).endswith("fldCharType")), ""
                )
                depth += {"begin": 1, "end": -1}.get(str(kind), 0)
                lowest = min(depth, lowest)
        if depth or lowest:
            first, last = (anchors[n].placed for n in (branch.block.open, branch.block.close))
            fields = {"tag": first.tag.text, "other": last.tag.text}
            yield Problem("template.block_cuts_field", (first.place, last.place), fields)


def _unmatched(branch: Branch) -> list[Element]:
    markers = [one for element in branch.elements for one in element.iter(*_MARKERS)]
    ends = Counter(_key(one) for one in markers)
    return [one for one in markers if ends[_key(one)] == 1]


def _key(marker: Element) -> tuple[str, str]:
    name = etree.QName(marker).localname.removesuffix("Start").removesuffix("End")
    identity = next((v for k, v in marker.attrib.items() if str(k).endswith("}id")), "")
    return name, str(identity)


def _insert_at(mark: str, position: Position, element: Element, *, after: bool) -> None:
    """Put an element right before or after an anchor."""
    parent, previous = position.parent, position.previous
    text = (parent.text if previous is None else previous.tail) or ""
    cut = text.index(mark) + (len(mark) if after else 0)
    if previous is None:
        parent.text = text[:cut]
        parent.insert(0, element)
    else:
        previous.tail = text[:cut]
        parent.insert(parent.index(previous) + 1, element)
    element.tail = text[cut:]
