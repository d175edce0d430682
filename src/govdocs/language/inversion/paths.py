"""Where a value belongs in the data: steps of keys, positions and items of loops.

A path of the template says "each item of this loop"; once it is known how often the loop went
round, it becomes a place in the data. This module holds no values.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """The item that a loop is at; ``loop`` is its number in the grammar."""

    loop: int


Step = str | int | Item
Path = tuple[Step, ...]
Spot = tuple[str | int, ...]
"""A path whose loops are counted: ``("rows", 3, "count")``."""


def dotted(path: Path | Spot) -> str:
    """Write a path as :func:`Template.fields` does: ``rows[].count``."""
    text = ""
    for step in path:
        if isinstance(step, str):
            text += f".{step}" if text else step
        else:
            text += "[]"
    return text


def spelt(spot: Spot) -> str:
    """Write a place in the data with its positions: ``rows[3].count``."""
    text = ""
    for step in spot:
        if isinstance(step, str):
            text += f".{step}" if text else step
        else:
            text += f"[{step}]"
    return text


def locate(path: Path, passes: Mapping[int, int]) -> Spot | None:
    """Turn a path into a place; None where one of its loops is not being counted.

    Args:
        path: of the template.
        passes: loop -> the pass that it is at, from 0.
    """
    spot: list[str | int] = []
    for step in path:
        if isinstance(step, Item):
            if step.loop not in passes:
                return None
            spot.append(passes[step.loop])
        else:
            spot.append(step)
    return tuple(spot)
