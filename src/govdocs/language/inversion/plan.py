"""What is known of a template's patterns before any file is read; found once, shared by all files.

Attributes are filled in when they are first wanted; two threads that want the same find the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from govdocs.language.inversion.automaton import Automaton, build
from govdocs.language.inversion.calculator import Calculator
from govdocs.language.inversion.folding import fold
from govdocs.language.inversion.model import Choice, Lit, Pattern, Piece
from govdocs.language.inversion.pieces import sure_texts


@dataclass(slots=True)
class Plan:
    """The automata, weights and texts of a template's patterns."""

    calculator: Calculator
    _automata: dict[int, tuple[Pattern, Automaton]] = field(default_factory=dict)
    _weights: dict[int, tuple[Pattern, int]] = field(default_factory=dict)
    _texts: dict[int, tuple[Pattern, str]] = field(default_factory=dict)

    def automaton(self, pattern: Pattern) -> Automaton:
        """Return the automaton of a pattern's items."""
        known = self._automata.get(id(pattern))
        if known is None:
            known = self._automata[id(pattern)] = pattern, build(pattern.items, self.calculator)
        return known[1]

    def weight(self, pattern: Pattern) -> int:
        """Count the characters that a pattern says itself, at least."""
        known = self._weights.get(id(pattern))
        if known is None:
            weight = self._weigh([*pattern.items, *pattern.cells.values()])
            known = self._weights[id(pattern)] = pattern, weight
        return known[1]

    def text(self, pattern: Pattern) -> str:
        """All text that a pattern shows in every filling, folded."""
        known = self._texts.get(id(pattern))
        if known is None:
            known = self._texts[id(pattern)] = pattern, fold("".join(sure_texts([pattern])))
        return known[1]

    def _weigh(self, items: Iterable[Piece]) -> int:
        total = 0
        for piece in items:
            if isinstance(piece, Lit):
                total += len(piece.text.strip())
            elif isinstance(piece, Pattern):
                total += self.weight(piece)
            elif isinstance(piece, Choice):
                total += min(self._weigh(branch.items) for branch in piece.branches)
        return total
