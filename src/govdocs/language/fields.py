"""The fields of a template: every name that it asks for, with its places and its kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from govdocs.errors import Place
from govdocs.language.names import Use
from govdocs.language.program import Placed, Program

_WEIGHT: Mapping[Use, int] = {
    "list": 6,
    "object": 5,
    "chart": 4,
    "number": 3,
    "date": 2,
    "value": 1,
    "flag": 0,
}
_TYPES: Mapping[Use, Mapping[str, Any]] = {
    "list": {"type": "array"},
    "object": {"type": "object"},
    "chart": {"type": ["object", "array"]},
    "number": {"type": "number"},
    "date": {"type": "string", "format": "date"},
    "value": {},
    "flag": {},
}


@dataclass(frozen=True, slots=True)
class Field:
    """One name of the data that a template asks for.

    Attributes:
        name: dotted; ``[]`` stands for each item of a list: ``rows[].count``.
        kind: ``value``, ``number``, ``date``, ``flag`` (only tested), ``list``, ``object``
            or ``chart`` (:class:`govdocs.Chart` says what it takes).
        places: where it is used, in document order; the file is the template's own.
        optional: it may be missing: every use asks with ``is defined`` or ``default``.
        notes: how tags of it were spelt and mended: ``full_width``, ``curly_quotes``; and what
            engines have to say of it.
        locks: those of its places that stand on a protected sheet, and whether they are locked:
            a locked cell is filled all the same, but cannot be changed by hand.
    """

    name: str
    kind: Use
    places: tuple[Place, ...]
    optional: bool = False
    notes: tuple[str, ...] = ()
    locks: tuple[tuple[Place, bool], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the field as plain JSON data."""
        return {
            "name": self.name,
            "kind": self.kind,
            "optional": self.optional,
            "notes": list(self.notes),
            "places": [self._place(one) for one in self.places],
        }

    def _place(self, place: Place) -> dict[str, Any]:
        spot = [list(step) for step in place.spot]
        told = {"part": place.part, "spot": spot, "tag": place.tag}
        locks = dict(self.locks)
        return {**told, "locked": locks[place]} if place in locks else told


def collect_fields(programs: Iterable[Program]) -> tuple[Field, ...]:
    """List the fields of several programs, each name once, in the order of their first use."""
    uses: dict[str, list[tuple[Use, bool, Placed]]] = {}
    for program in programs:
        for one in program.references:
            placed = program.placed.get(one.line)
            if placed is not None:
                uses.setdefault(one.path, []).append((one.use, one.optional, placed))
    return tuple(_field(name, found) for name, found in uses.items())


def _field(name: str, found: list[tuple[Use, bool, Placed]]) -> Field:
    asked_for = {path: None for _, _, placed in found for path in placed.tag.notes}
    return Field(
        name,
        max((use for use, _, _ in found), key=_WEIGHT.__getitem__),
        tuple({replace(placed.place, file=""): None for _, _, placed in found}),
        all(optional for _, optional, _ in found),
        tuple(asked_for),
    )


def json_schema(fields: Iterable[Field]) -> dict[str, Any]:
    """Describe the data that ``fields`` ask for as JSON Schema 2020-12."""
    root: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
    }
    for one in fields:
        _describe(root, one)
    return root


def _describe(root: dict[str, Any], one: Field) -> None:
    node = root
    for step in one.name.split("."):
        name = step.rstrip("[]")
        if name:
            node.setdefault("type", "object")
            child = node.setdefault("properties", {}).setdefault(name, {})
            required = node.setdefault("required", [])
            if name not in required and not one.optional:
                required.append(name)
            node = child
        for _ in range(step.count("[]")):
            node["type"] = "array"
            node = node.setdefault("items", {})
    for key, value in _TYPES[one.kind].items():
        node.setdefault(key, value)
