"""What a search by labels found: the cells of the figures, and what was not found.

Plain data. How the search is made stands in :mod:`govdocs.forms.matching`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from govdocs.errors import Place, Problem
from govdocs.forms.grids import Spot
from govdocs.forms.naming import short_label

MOST_KEYS = 3
"""How many keys a message names."""


@dataclass(frozen=True, slots=True)
class Unfound:
    """A row or column of the form for which no cell, or more than one, was found.

    Attributes:
        code: ``form.label_missing``, ``form.label_twice``, ``form.label_unsure``,
            ``form.cell_split`` or ``form.cell_shared``.
        label: the labels of the heading, outermost first.
        keys: the figures that have no cell for it.
        near: labels of the file that come nearest, with their spots.
        before: the heading before it, as far as it was found; ``after`` the one after it.
        spots: the labels or cells that could all be meant.
    """

    code: str
    label: tuple[str, ...]
    keys: tuple[str, ...]
    near: tuple[tuple[str, Spot], ...] = ()
    before: tuple[str, Spot] | None = None
    after: tuple[str, Spot] | None = None
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    """Where the figures of a form are in a file.

    Attributes:
        cells: key of a figure, within ``stats``, to the spot of its cell.
        labels: key of a figure to the spot of its row's label; of its column's where the row has
            none.
        unfound: what was not found.
        strangers: labels among the rows of the form that are none of its rows, with their spots.
    """

    cells: Mapping[str, Spot] = field(default_factory=dict)
    labels: Mapping[str, Spot] = field(default_factory=dict)
    unfound: tuple[Unfound, ...] = ()
    strangers: tuple[tuple[str, Spot], ...] = ()

    def problems(self, place_of: Callable[[Spot], Place]) -> list[Problem]:
        """Tell what was not found as problems; ``place_of`` says where a spot is in the file."""
        return [_problem(unfound, place_of) for unfound in self.unfound]


def _problem(unfound: Unfound, place_of: Callable[[Spot], Place]) -> Problem:
    near = [text for text, _ in unfound.near]
    known = [one for one in (unfound.before, unfound.after) if one is not None]
    spots = unfound.spots or tuple(spot for _, spot in (*known, *unfound.near))
    none = "—"
    fields = {
        "label": "＞".join(unfound.label),
        "keys": [f"stats.{key}" for key in unfound.keys[:MOST_KEYS]],
        "count": len(unfound.keys),
        "near": [" ".join(text.split()) for text in near] or none,
        "before": short_label(unfound.before[0]) if unfound.before else none,
        "after": short_label(unfound.after[0]) if unfound.after else none,
    }
    return Problem(unfound.code, tuple(place_of(spot) for spot in spots), fields)
