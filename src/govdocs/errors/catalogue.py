"""The catalogue: codes to sentences, in Chinese and English.

The sentences stand in ``messages/<first word of the code>.toml``, read when the first of them is
wanted. A sentence has two halves: ``what`` is wrong and how to ``mend`` it.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from govdocs.errors.language import Language
    from govdocs.errors.problem import Place, Problem

MAX_PLACES = 12
"""How many places of one problem a message lists; the rest are counted."""


@cache
def load(room: str) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Read one catalogue file: code's second half -> language -> ``what`` / ``mend``."""
    source = files("govdocs.errors") / "messages" / f"{room}.toml"
    return cast(
        "Mapping[str, Mapping[str, Mapping[str, str]]]",
        tomllib.loads(source.read_text(encoding="utf-8")),
    )


def sentence(problem: "Problem", language: "Language") -> str:
    """Write a problem as a person reads it.

    ``[code] what`` on the first line, ``where:`` lines for its places, ``mend:`` on the last.
    """
    room, _, name = problem.code.partition(".")
    halves = load(room)[name][language]
    fields = _Fields(problem.fields, language)
    lines = [f"[{problem.code}] {halves['what'].format_map(fields)}"]
    lines += [f"  {where}" for where in _where_lines(problem, language)]
    if mend := halves.get("mend"):
        label = "改法：" if language == "zh" else "mend: "
        lines.append(f"  {label}{mend.format_map(fields)}")
    return "\n".join(lines)


def describe_place(place: "Place", language: "Language") -> str:
    """Write a place as ``file > part > spot > tag (key)``."""
    steps = load("places")
    spot = " ".join(
        steps[kind][language]["what"].format(number) if kind in steps else f"{kind} {number}"
        for kind, number in place.spot
    )
    line = " > ".join(piece for piece in (place.file, place.part, spot, place.tag) if piece)
    if place.key:
        line += f" ({place.key})" if line else place.key
    return line


def _where_lines(problem: "Problem", language: "Language") -> list[str]:
    label = "位置：" if language == "zh" else "where: "
    described = [describe_place(place, language) for place in problem.places]
    lines = [label + line for line in described if line]
    if len(lines) > MAX_PLACES:
        rest = len(lines) - MAX_PLACES
        more = f"{label}……另有{rest}处" if language == "zh" else f"{label}... and {rest} more"
        lines[MAX_PLACES:] = [more]
    return lines


class _Fields(dict[str, str]):
    """The fields of a sentence as text; a field that was not given shows as ``?``."""

    def __init__(self, fields: Mapping[str, object], language: "Language") -> None:
        comma = "、" if language == "zh" else ", "
        super().__init__(
            (
                name,
                comma.join(map(str, value)) if isinstance(value, (list, tuple)) else str(value),
            )
            for name, value in fields.items()
        )

    def __missing__(self, name: str) -> str:
        return "?"
