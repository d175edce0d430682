"""Which names of a template can be read back, told from its grammar alone.

A value can be read where text of the template, or the end of its paragraph or cell, stands on both
sides of it, or another value that can be read elsewhere, and where nothing is lost in printing.
"""

from collections.abc import Iterable, Iterator

from govdocs.language.inversion.automaton import Automaton
from govdocs.language.inversion.expressions import Reader
from govdocs.language.inversion.implications import implied
from govdocs.language.inversion.model import Choice, Lit, Loop, Pattern, Piece, Slot
from govdocs.language.inversion.paths import Path, dotted
from govdocs.language.inversion.plan import Plan


def readable_names(patterns: Iterable[Pattern], plan: Plan, reader: Reader) -> frozenset[str]:
    """List the dotted names that can be read back, lists and objects on the way included."""
    waiting: list[tuple[str, frozenset[str]]] = []
    found: set[str] = set()
    for leaf in _leaves(patterns):
        for slot, neighbours in _slots(plan.automaton(leaf)):
            if slot.path and slot.form.is_exact:
                waiting.append((dotted(slot.path), frozenset(_names(neighbours))))
    waiting += [(dotted(path), frozenset()) for path in _flags(patterns, reader)]
    waiting += [(dotted(path), frozenset()) for path in _block_values(patterns)]
    size = -1
    while size != len(found):
        size = len(found)
        found.update(name for name, beside in waiting if beside <= found and name not in beside)
    return frozenset(prefix for name in found for prefix in _prefixes(name))


def _prefixes(name: str) -> Iterator[str]:
    yield name
    for index, char in enumerate(name):
        if char in ".[":
            yield name[:index]


def _names(neighbours: Iterable[Slot]) -> Iterator[str]:
    for slot in neighbours:
        # what hangs on a loop or is computed cannot stand in for a text
        is_fixed = slot.path is not None and all(isinstance(step, str) for step in slot.path)
        yield dotted(slot.path) if is_fixed and slot.path else "\0"


def _leaves(pieces: Iterable[Piece]) -> Iterator[Pattern]:
    for piece in pieces:
        if isinstance(piece, Pattern):
            if piece.is_leaf and not piece.is_open:
                yield piece
            elif not piece.is_open:
                yield from _leaves([*piece.items, *piece.cells.values()])
        elif isinstance(piece, Loop):
            yield from _leaves([*piece.body, *piece.otherwise])
        elif isinstance(piece, Choice):
            yield from _leaves([one for branch in piece.branches for one in branch.items])


def _slots(automaton: Automaton) -> Iterator[tuple[Slot, list[Slot]]]:
    """Each slot with the values that may stand right before or behind it."""
    beside: dict[Slot, list[Slot]] = {}
    for state in automaton.states:
        if isinstance(state.piece, Slot):
            own = beside.setdefault(state.piece, [])
            for following in state.first:
                other = following.piece
                if isinstance(other, Slot) and not (_formed(state.piece) or _formed(other)):
                    own.append(other)
                    beside.setdefault(other, []).append(state.piece)
    yield from beside.items()


def _formed(slot: Slot) -> bool:
    return slot.form.pattern is not None


def _flags(pieces: Iterable[Piece], reader: Reader) -> Iterator[Path]:
    for piece in pieces:
        if isinstance(piece, Choice):
            if any(_shows(branch.items) for branch in piece.branches):
                for branch in piece.branches:
                    for truth in (True, False):
                        found = implied(reader, branch, piece.scope, truth)
                        yield from (path for path, _ in found)
            for branch in piece.branches:
                yield from _flags(branch.items, reader)
        elif isinstance(piece, Loop):
            yield from _flags([*piece.body, *piece.otherwise], reader)
        elif isinstance(piece, Pattern):
            yield from _flags([*piece.items, *piece.cells.values()], reader)


def _shows(pieces: Iterable[Piece]) -> bool:
    return any(isinstance(one, Pattern) or (isinstance(one, Lit) and one.text) for one in pieces)


def _block_values(pieces: Iterable[Piece]) -> Iterator[Path]:
    """Values that stand for whole paragraphs: ``{{p x}}``."""
    for piece in pieces:
        if isinstance(piece, Pattern) and not piece.is_leaf:
            for one in piece.items:
                if isinstance(one, Slot) and one.path:
                    yield one.path
            yield from _block_values(piece.items)
        elif isinstance(piece, Loop):
            yield from _block_values([*piece.body, *piece.otherwise])
        elif isinstance(piece, Choice):
            yield from _block_values([one for branch in piece.branches for one in branch.items])
