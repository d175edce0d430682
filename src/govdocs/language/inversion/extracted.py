"""What is read back from a filled file: a dict, with notes and places."""

from collections.abc import Mapping
from typing import Any

from govdocs.errors import Place, Problem


class Extracted(dict[str, Any]):
    """The data of a filled file.

    A dict like any other (it is what ``fill`` takes), with two attributes more. Inheritance is the
    point here: whoever wants the data alone need not know of it.

    Attributes:
        notes: what was odd: edited text, values that disagree, sums that do not come out.
        places: name with positions (``rows[3].count``) -> where its value stands.
    """

    notes: tuple[Problem, ...]
    places: Mapping[str, Place]

    def __init__(
        self,
        data: Mapping[str, Any],
        notes: tuple[Problem, ...] = (),
        places: Mapping[str, Place] | None = None,
    ) -> None:
        super().__init__(data)
        self.notes = notes
        self.places = dict(places or {})

    def __reduce__(self) -> tuple[Any, ...]:
        return Extracted, (dict(self), self.notes, self.places)
