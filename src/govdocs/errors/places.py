"""Places as a person reads them: file > where in the document > spot > tag.

Parts are told in words of the trade with their names beside, 页眉1（word/header1.xml）: the one for
the clerk, the other for whoever opens the package. Many cells of one sheet go on one line. Nothing
here says what is wrong there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from govdocs.errors.catalogue import load

if TYPE_CHECKING:
    from govdocs.errors.language import Language
    from govdocs.errors.problem import Place

MAX_PLACES: Final = 12
"""How many places of one problem a message lists; the rest are counted."""
_FEW: Final = 3
"""So many cells have a line each, with their tags; more share one."""
_WORD_PART: Final = re.compile(
    r"word/(document|header|footer|footnotes|endnotes|comments)(\d*)\.xml"
)
_NOTES: Final = frozenset({"footnote", "endnote", "comment"})


def describe_place(place: "Place", language: "Language") -> str:
    """Write a place as ``file > where > spot > tag (key)``."""
    pieces = (place.file, _describe_part(place, language), _describe_spot(place, language))
    line = " > ".join(piece for piece in (*pieces, place.tag) if piece)
    if place.key:
        line += f" ({place.key})" if line else place.key
    return line


def describe_places(places: Sequence["Place"], language: "Language") -> list[str]:
    """Write places line by line; where there are many cells, those of a sheet on one."""
    told = [one for one in _group(places) if describe_place(one[0], language)]
    lines = [
        describe_place(one[0], language) if len(one) == 1 else _describe_cells(one, language)
        for one in told[:MAX_PLACES]
    ]
    if rest := sum(map(len, told[MAX_PLACES:])):
        lines.append(f"……另有{rest}处" if language == "zh" else f"... and {rest} more")
    return lines


def _group(places: Sequence["Place"]) -> Iterator[list["Place"]]:
    """Put the cells of a sheet together, unless they are few."""
    groups: dict[object, list[Place]] = {}
    for number, place in enumerate(places):
        is_cell = len(place.spot) == 1 and place.spot[0][0] == "cell"
        sheet = str(place.spot[0][1]).rpartition("!")[0] if is_cell else number
        groups.setdefault((place.file, place.part, place.key, sheet), []).append(place)
    for group in groups.values():
        if len(group) > _FEW:
            yield group
        else:
            yield from ([one] for one in group)


def _describe_cells(cells: Sequence["Place"], language: "Language") -> str:
    names = [str(one.spot[0][1]) for one in cells]
    behind = [name.rpartition("!")[2] for name in names[1:MAX_PLACES]]
    listed = ("、" if language == "zh" else ", ").join((names[0], *behind))
    if (rest := len(names) - MAX_PLACES) > 0:
        listed += f"……另有{rest}格" if language == "zh" else f" ... and {rest} more"
    tags = {one.tag for one in cells}
    whole = replace(cells[0], spot=(("cells", listed),), tag=tags.pop() if len(tags) == 1 else "")
    return describe_place(whole, language)


def _describe_spot(place: "Place", language: "Language") -> str:
    steps = load("places")
    return " ".join(
        steps[kind][language]["what"].format(number) if kind in steps else f"{kind} {number}"
        for kind, number in place.spot
    )


def _describe_part(place: "Place", language: "Language") -> str:
    """Name a part as people do; none where the spot says it, its own name where nothing does."""
    if not place.spot:
        return place.part
    found = _WORD_PART.fullmatch(place.part)
    if found is not None:
        words = load("places")[f"part_{found[1]}"][language]["what"]
        name = f"（{place.part}）" if language == "zh" else f" ({place.part})"
        return "" if place.spot[0][0] in _NOTES else words.format(found[2]).strip() + name
    return "" if place.part.startswith(("xl/", "docProps/")) else place.part
