"""Limits: how much of a file that came by mail we are willing to unpack.

The defaults let honest office files pass, the largest included. This module never measures a file.
"""

from dataclasses import dataclass

_MIB = 1 << 20
_GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """What a package may ask for before it is refused. Sizes are bytes.

    Attributes:
        max_file: size of the file itself.
        max_entries: entries of the archive, directories included.
        max_part: one part, inflated.
        max_total: all parts together, inflated.
        max_ratio: inflated to packed size, of a part and of the whole. An honest sheet shrinks to
            a tenth or a hundredth; a sheet of equal cells can go further, so the ratio is judged
            only from ``ratio_from`` on.
        ratio_from: the inflated size below which no ratio is suspicious.
        max_tree: the largest part that is parsed into a tree, which takes many times its size.
        max_depth: nested elements of a parsed part. The parser itself stops at 256.
    """

    max_file: int = 2 * _GIB
    max_entries: int = 20_000
    max_part: int = _GIB
    max_total: int = 4 * _GIB
    max_ratio: int = 250
    ratio_from: int = 100 * _MIB
    max_tree: int = 128 * _MIB
    max_depth: int = 256
