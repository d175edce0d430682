"""A problem as a person reads it: what is wrong, where, and how to mend it.

The words stand in the catalogue; here they are put together and written nowhere.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from govdocs.errors.catalogue import load
from govdocs.errors.places import describe_places

if TYPE_CHECKING:
    from govdocs.errors.language import Language
    from govdocs.errors.problem import Problem


def sentence(problem: "Problem", language: "Language") -> str:
    """Write a problem as a person reads it.

    ``[code] what`` on the first line, ``where:`` lines for its places, ``mend:`` on the last.
    """
    room, _, name = problem.code.partition(".")
    halves = load(room)[name][language]
    fields = _Fields({"count": len(problem.places), **problem.fields}, language)
    lines = [f"[{problem.code}] {halves['what'].format_map(fields)}"]
    where = "位置：" if language == "zh" else "where: "
    lines += [f"  {where}{place}" for place in describe_places(problem.places, language)]
    if mend := halves.get("mend"):
        label = "改法：" if language == "zh" else "mend: "
        lines.append(f"  {label}{mend.format_map(fields)}")
    return "\n".join(lines)


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
