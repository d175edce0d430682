"""A place and a problem: plain data, readable by programs and, through the catalogue, by people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from govdocs.errors.language import Language, current_language
from govdocs.errors.places import describe_place
from govdocs.errors.sentences import sentence

Spot = tuple[tuple[str, int | str], ...]
"""Steps from the part down to the spot, outermost first.

``(("tbl", 2), ("tr", 3), ("tc", 1), ("p", 1))`` is table 2, row 3, cell 1, paragraph 1, all
counted from 1; ``(("cell", "表1!C5"),)`` is a cell of a sheet. Other kinds of step: ``sheet``,
``header``, ``footer``, ``footnote``, ``endnote``, ``comment``, ``textbox``, ``property``, ``name``.
"""

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: file > part > spot > tag or key. What is not known stays empty."""

    file: str = ""
    part: str = ""
    spot: Spot = ()
    tag: str = ""
    key: str = ""

    def describe(self, language: Language | None = None) -> str:
        """Write the place as one line in ``language``."""
        return describe_place(self, language or current_language())

    def __str__(self) -> str:
        return self.describe()


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: a stable code, the places where it shows, and the fields of its sentence.

    Attributes:
        code: dotted, stable between releases: ``"data.missing"``. Its first word names the
            catalogue file that holds its sentences.
        places: every place where the fault shows, in document order; may be empty.
        fields: what the sentence is made of, by name.
        severity: ``"error"``, ``"warning"`` or ``"note"``.
    """

    code: str
    places: tuple[Place, ...] = ()
    fields: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"

    @property
    def place(self) -> Place:
        """The first place, or an empty one."""
        return self.places[0] if self.places else Place()

    def message(self, language: Language | None = None) -> str:
        """Write the whole message: ``[code] what`` / where / mend."""
        return sentence(self, language or current_language())

    def as_dict(self) -> dict[str, object]:
        """Return the problem as plain JSON data."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message(),
            "fields": {name: _plain(value) for name, value in self.fields.items()},
            "places": [
                {
                    "file": place.file,
                    "part": place.part,
                    "spot": [list(step) for step in place.spot],
                    "tag": place.tag,
                    "key": place.key,
                }
                for place in self.places
            ],
        }

    def __str__(self) -> str:
        return self.message()


def merge_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Put problems that say the same together: one, with all of their places, each place once."""
    merged: dict[object, tuple[Problem, dict[Place, None]]] = {}
    for one in problems:
        key = (one.code, one.severity, repr(sorted(one.fields.items())))
        merged.setdefault(key, (one, {}))[1].update(dict.fromkeys(one.places))
    return tuple(replace(one, places=tuple(places)) for one, places in merged.values())


def _plain(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
