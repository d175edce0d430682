"""Form files: finding them, reading them, laying overlays over them.

A form file is TOML, one of the package's own or an office's. Everything that is wrong with it, and
with its overlays, is said at once. This module never knows what a relation means.
"""

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from os import PathLike
from pathlib import Path
from typing import Any

from govdocs.errors import FormError, Place, Problem, UsageError
from govdocs.forms.assembly import assemble
from govdocs.forms.form import Form
from govdocs.forms.lines import find_line
from govdocs.forms.overlays import lay_over
from govdocs.forms.shape import FORM, OVERLAY, PROSE, Entry, check_shape
from govdocs.forms.shape import Path as EntryPath

SourcePath = str | PathLike[str]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One form file as read: its text, its entries, and where it stands."""

    name: str
    text: str
    entries: dict[str, Any]
    folder: Path | None

    def locate(self, path: EntryPath) -> Place:
        """Find the place of the entry at ``path`` in the file."""
        key = "".join(f"[{one + 1}]" if isinstance(one, int) else f".{one}" for one in path)
        line = find_line(self.text, path)
        return Place(file=self.name, spot=(("line", line),), key=key.removeprefix("."))


def form_ids() -> tuple[str, ...]:
    """List the ids of the forms that come with the package, oldest first."""
    names = (one.name for one in _definitions().iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def form_of_year(year: int) -> str:
    """Tell the id of the form that a report on ``year`` takes.

    Raises:
        UsageError: there was no form for that year.
    """
    for name in form_ids():
        years = _open(name).entries["years"]
        if years[0] <= year <= (years[1] if len(years) > 1 else year):
            return name
    raise UsageError.of("form.no_form_of_year", fields={"year": year, "ids": list(form_ids())})


def load_form(id_or_path: SourcePath, overlays: Sequence[SourcePath] = ()) -> Form:
    """Load a form by its id or from a form file, with overlays laid over it in their order.

    Args:
        id_or_path: ``disclosure-2014``, or the path of a form file or of an overlay, which names
            the form that it extends.
        overlays: paths of overlay files.

    Raises:
        UsageError: no such form and no such file.
        FormError: the files are at fault; every fault of all of them.
    """
    sheets = _chain(_open(id_or_path))
    for overlay in overlays:
        sheets.append(_open(overlay))
    problems = [problem for sheet in sheets for problem in _check(sheet)]
    if problems:
        raise FormError(problems)
    return _build(sheets)


def _definitions() -> Traversable:
    return files("govdocs.forms") / "definitions"


def _open(source: SourcePath, folder: Path | None = None) -> _Sheet:
    if isinstance(source, str) and source in form_ids():
        file: Traversable = _definitions() / f"{source}.toml"
        return _parse(file.name, file, None)
    path = (folder or Path()) / source
    if not path.is_file():
        near = difflib.get_close_matches(str(source), form_ids(), 3) or list(form_ids())
        raise UsageError.of("form.unknown_form", fields={"id": str(source), "near": near})
    return _parse(str(path), path, path.parent)


def _parse(name: str, file: Traversable, folder: Path | None) -> _Sheet:
    try:
        text = file.read_bytes().decode("utf-8-sig")
        return _Sheet(name, text, tomllib.loads(text), folder)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise FormError.of(
            "form.syntax", Place(file=name), fields={"reason": str(fault)}
        ) from fault


def _chain(sheet: _Sheet) -> list[_Sheet]:
    """Follow ``extends`` down to the form itself; the form comes first."""
    chain = [sheet]
    while isinstance(extended := chain[0].entries.get("extends"), str):
        below = _open(extended, chain[0].folder)
        if any(below.name == one.name for one in chain):
            raise FormError.of("form.extends_itself", chain[0].locate(("extends",)))
        chain.insert(0, below)
    return chain


def _check(sheet: _Sheet) -> list[Problem]:
    grammar = OVERLAY if "extends" in sheet.entries else FORM
    return list(check_shape(sheet.entries, grammar, sheet.locate))


def _build(sheets: Sequence[_Sheet]) -> Form:
    problems: list[Problem] = []
    entries = _stamped(sheets[0])
    for overlay in sheets[1:]:
        problems += lay_over(entries, _stamped(overlay))
    form, faults = assemble(entries, _shared_prose())
    problems += faults
    if problems or form is None:
        raise FormError(problems)
    return form


def _shared_prose() -> list[dict[str, Any]]:
    """Read the prose rules that hold for every form."""
    file = files("govdocs.forms") / "rules" / "prose.toml"
    sheet = _parse(file.name, file, None)
    grammar: Mapping[str, Entry] = {"prose": Entry("sections", True, of=PROSE)}
    if problems := list(check_shape(sheet.entries, grammar, sheet.locate)):
        raise FormError(problems)
    return list(_stamped(sheet)["prose"])


def _stamped(sheet: _Sheet) -> dict[str, Any]:
    """Copy the entries with every section knowing its place, under ``@``."""
    return {name: _stamp(value, sheet, (name,)) for name, value in sheet.entries.items()} | {
        "@": partial(sheet.locate)
    }


def _stamp(value: Any, sheet: _Sheet, path: EntryPath) -> Any:
    if isinstance(value, list):
        return [_stamp(item, sheet, (*path, number)) for number, item in enumerate(value)]
    if isinstance(value, dict):
        inner = {name: _stamp(item, sheet, (*path, name)) for name, item in value.items()}
        return inner | {"@": partial(sheet.locate, path)}
    return value
