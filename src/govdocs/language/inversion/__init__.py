"""Reading back: the grammar that a template is, and a filled file held against it.

- ``expressions`` and ``outline`` turn a program into pieces; ``forms`` are the filters from behind
- ``automaton``, ``search``, ``texts`` and ``units`` find the cheapest reading of a file
- ``harvest``, ``readings`` and ``checks`` make data of it; ``inverse`` joins them all
- ``readable`` tells from the grammar alone what can be read back

Nothing here knows Word or Excel: engines hand in patterns and units.
"""

from govdocs.language.inversion.extracted import Extracted
from govdocs.language.inversion.inverse import Inverse, PatternPart, UnitPart
from govdocs.language.inversion.model import UNTYPED, Lit, Pattern, Piece, Unit
from govdocs.language.inversion.outline import NAMESPACE, Outline, outline

__all__ = [
    "NAMESPACE",
    "UNTYPED",
    "Extracted",
    "Inverse",
    "Lit",
    "Outline",
    "Pattern",
    "PatternPart",
    "Piece",
    "Unit",
    "UnitPart",
    "outline",
]
