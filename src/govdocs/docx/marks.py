"""Statements that change the cell they stand in: ``cellbg``, ``colspan``, ``hm``, ``vm``."""

from collections.abc import Sequence

from govdocs.docx.anchors import Anchor

MARKS: tuple[str, ...] = ()


def apply_marks(anchors: Sequence[Anchor]) -> None:
    """Write the cells' marks into their properties."""
