"""Look through pieces and units for what stands in them: slots, paths, texts.

Nothing here compares anything.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from govdocs.language.inversion.model import Choice, Lit, Loop, Pattern, Piece, Slot, Unit
from govdocs.language.inversion.paths import Path


def slots_in(pieces: Iterable[Any]) -> list[Slot]:
    """All slots of pieces, in order."""
    found: list[Slot] = []
    for piece in pieces:
        if isinstance(piece, Slot):
            found.append(piece)
        elif isinstance(piece, Loop):
            found += slots_in([*piece.body, *piece.otherwise])
        elif isinstance(piece, Choice):
            found += slots_in(one for branch in piece.branches for one in branch.items)
        elif isinstance(piece, Pattern):
            found += slots_in([*piece.items, *piece.cells.values()])
    return found


def loops_in(pieces: Iterable[Any]) -> list[Loop]:
    """All loops of pieces, in order."""
    found: list[Loop] = []
    for piece in pieces:
        if isinstance(piece, Loop):
            found += [piece, *loops_in([*piece.body, *piece.otherwise])]
        elif isinstance(piece, Choice):
            found += loops_in(one for branch in piece.branches for one in branch.items)
        elif isinstance(piece, Pattern):
            found += loops_in([*piece.items, *piece.cells.values()])
    return found


def paths_in(pieces: Iterable[Any]) -> list[Path]:
    """The paths that are read in pieces."""
    return [slot.path for slot in slots_in(pieces) if slot.path]


def static_text(pieces: Iterable[Any]) -> str:
    """The texts of pieces that stand in every filling, with dots for the rest."""
    text = ""
    for piece in pieces:
        if isinstance(piece, Pattern):
            text += static_text([*piece.items, *piece.cells.values()])
        else:
            text += piece.text if hasattr(piece, "text") else "…"
    return text


def sure_texts(pieces: Iterable[Piece]) -> Iterator[str]:
    """Yield the texts that stand in every filling."""
    for piece in pieces:
        if isinstance(piece, Lit) and piece.text.strip():
            yield piece.text.strip()
        elif isinstance(piece, Pattern):
            yield from sure_texts([*piece.items, *piece.cells.values()])


def asks(items: Iterable[Piece]) -> bool:
    """Tell whether a value is printed in any of the pieces."""
    return any(
        isinstance(piece, Slot)
        or (isinstance(piece, Pattern) and asks([*piece.items, *piece.cells.values()]))
        or (isinstance(piece, Loop) and asks(piece.body))
        or (isinstance(piece, Choice) and any(asks(one.items) for one in piece.branches))
        for piece in items
    )


def text_of(unit: Unit) -> str:
    """All texts of a unit."""
    if not unit.children and not unit.cells:
        return unit.text
    inner = unit.cells.values() if unit.cells else unit.children
    return " ".join([unit.text, *map(text_of, inner)])
