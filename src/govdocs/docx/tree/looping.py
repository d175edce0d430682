"""Which elements stand in a loop, told by the text alone, before any block is lifted."""

from collections.abc import Collection, Iterator

from govdocs.docx.tree.dialect import WORD
from govdocs.docx.tree.streams import Element
from govdocs.language import scan

_TEXTS = frozenset(dialect.t for dialect in WORD.values())
_STEPS = {"for": 1, "endfor": -1, "macro": 1, "endmacro": -1, "call": 1, "endcall": -1}


def in_loops(root: Element, names: Collection[str]) -> Iterator[Element]:
    """Yield the elements of these names that stand between a loop's tags, in text order."""
    pieces: list[str] = []
    offset = 0
    at: list[tuple[int, Element]] = []
    for element in root.iter(*_TEXTS, *names):
        if element.tag in _TEXTS:
            pieces.append(element.text or "")
            offset += len(pieces[-1])
        else:
            at.append((offset, element))
    if not at:
        return
    steps = [(tag.start, _STEPS.get(tag.word, 0)) for tag in scan("".join(pieces))[0]]
    for position, element in at:
        if sum(step for start, step in steps if start < position) > 0:
            yield element
