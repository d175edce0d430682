"""Text boxes, which stand in a part twice: for newer readers and, again, for older ones.

The second content is not rendered where it says the same as the first: a list that can be read only
once would be empty in it, a counter would go on. What the first shows is copied afterwards.
"""

from copy import deepcopy

from lxml import etree

from govdocs.docx.compiling.boxes import alike_boxes
from govdocs.docx.tree.dialect import MC, WORD
from govdocs.docx.tree.parts import may_hold_tag

_COPY = "govdocs-copy"
"""Processing instruction: here belongs what the box of this number in the choice shows."""

Element = etree._Element  # noqa: SLF001


def empty_copies(root: Element) -> None:
    """Leave an instruction in place of what is said twice.

    before: <Choice>..{{ x }}..</Choice><Fallback>..{{ x }}..</Fallback>
    after:  <Choice>..{{ x }}..</Choice><Fallback>..<?govdocs-copy 0?>..</Fallback>
    """
    for alternatives in list(root.iter(f"{{{MC}}}AlternateContent")):
        for number, (shown, copied) in enumerate(alike_boxes(alternatives)):
            if may_hold_tag("".join(map(str, shown.itertext())).encode()):
                copied[:] = [etree.ProcessingInstruction(_COPY, str(number))]


def fill_copies(root: Element) -> None:
    """Copy what the first of each two contents shows into the second."""
    for mark in list(root.iter(etree.ProcessingInstruction)):
        box = mark.getparent()
        if getattr(mark, "target", "") != _COPY or box is None:
            continue
        choice = next(box.iterancestors(f"{{{MC}}}AlternateContent"))[0]
        names = [dialect.q("txbxContent") for dialect in WORD.values()]
        boxes = [one for one in choice.iter(*names) if _is_outermost(one, choice)]
        box[:] = [deepcopy(one) for one in boxes[int(mark.text or 0)]]


def _is_outermost(box: Element, branch: Element) -> bool:
    above = next(box.iterancestors(box.tag), None)
    return above is None or branch not in above.iterdescendants()
