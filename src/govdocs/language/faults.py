"""Put together what several fillings found: one problem for each missing name, with all places."""

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from govdocs.errors import Place, Problem
from govdocs.language.paths import is_there
from govdocs.language.rendering import Rendering


def gather_problems(
    renderings: Iterable[Rendering], data: Any, asked_for: Iterable[str] = ()
) -> list[Problem]:
    """List all faults of one filling: missing names first, then failures.

    Args:
        renderings: of all parts of all templates of the call.
        data: what the caller gave, to guess what was meant.
        asked_for: the names that the templates ask for; other keys of the data are guesses.
    """
    places: dict[str, dict[Place, None]] = {}
    seen: list[Problem] = []
    for state in renderings:
        if state.mode == "error":
            for path, lines in state.missing.items():
                found = places.setdefault(path, {})
                found.update(
                    (state.program.placed[line].place, None) for line in sorted(lines) if line
                )
        for problem in state.problems:
            if problem not in seen:
                seen.append(problem)
    unused = list(unused_names(data, asked_for))
    missing = [_missing(path, tuple(found), data, unused) for path, found in places.items()]
    return [*missing, *seen]


def unused_names(data: Any, asked_for: Iterable[str]) -> Iterator[str]:
    """Yield the dotted names in ``data`` that are not asked for, by themselves or as a whole."""
    wanted = {name.replace("[]", "") for name in asked_for}
    parents = {name[:index] for name in wanted for index, char in enumerate(name) if char == "."}
    yield from _unused(data, "", wanted, parents)


def _unused(value: Any, path: str, wanted: set[str], parents: set[str]) -> Iterator[str]:
    if path in wanted and path not in parents:
        return
    if isinstance(value, Mapping):
        for key, child in value.items():
            yield from _unused(child, f"{path}.{key}" if path else str(key), wanted, parents)
    elif isinstance(value, list) and value and path in parents:
        yield from _unused(value[0], path, wanted, parents)
    elif path and path not in wanted:
        yield path


def _missing(path: str, places: tuple[Place, ...], data: Any, unused: list[str]) -> Problem:
    located = tuple(Place(place.file, place.part, place.spot, place.tag, path) for place in places)
    past_the_end = path.endswith("[]") and is_there(path, data, filled=True)
    if is_there(path, data) and not past_the_end:
        return Problem("data.empty", located, {"name": path})
    guess = _guess(path, unused)
    if guess:
        return Problem("data.misspelt", located, {"name": path, "guess": guess})
    return Problem("data.missing", located, {"name": path})


def _guess(path: str, unused: list[str]) -> str:
    """The key that was probably meant: a neighbour with a like name, or an unused one."""
    steps = path.split(".")
    parent, name = ".".join(steps[:-1]), steps[-1]
    prefix = f"{parent}." if parent else ""
    neighbours = [one for one in unused if one.rpartition(".")[0] == parent.replace("[]", "")]
    names = {one.rpartition(".")[2]: one for one in neighbours}
    near = [one for one in names if _folded(one) == _folded(name)]
    near = near or difflib.get_close_matches(name, list(names), 1, 0.7)
    if near:
        return prefix + near[0]
    whole = difflib.get_close_matches(path.replace("[]", ""), unused, 1, 0.8)
    return whole[0] if whole else ""


def _folded(name: str) -> str:
    """A name without what is easily mistyped: case, full width, spaces and lines below."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return plain.replace("_", "").replace("-", "").replace(" ", "")
