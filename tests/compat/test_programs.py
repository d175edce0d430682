"""Programs written for docxtpl, several for each feature of its documentation, run on both."""

import inspect
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import docxtpl
import pytest

import govdocs.compat.docxtpl as ours
from tests.compat.differences import undeclared_differences
from tests.compat.programs import (
    environments,
    parts,
    pictures,
    renderings,
    rich,
    subclasses,
    subdocuments,
    tables,
    tags,
    whole,
)

Program = Callable[[Any, Path], None]
FILES = (
    tags,
    tables,
    rich,
    pictures,
    subdocuments,
    parts,
    renderings,
    environments,
    subclasses,
    whole,
)
FITTED = (tables.fewer_cells,)
"""Programs whose tables gain or lose columns: here the cells' widths follow."""


def programs_in(module: ModuleType) -> list[Program]:
    """Find the programs of a module, in order."""
    return [
        found
        for name, found in vars(module).items()
        if inspect.isfunction(found)
        and found.__module__ == module.__name__
        and not name.startswith("_")
        and [*inspect.signature(found).parameters] == ["docxtpl", "place"]
    ]


def run(program: Program, module: ModuleType, place: Path) -> dict[str, bytes]:
    """Run a program in a folder of its own; read what it has written there."""
    place.mkdir()
    program(module, place)
    return {path.name: path.read_bytes() for path in sorted(place.iterdir())}


@pytest.mark.parametrize(
    "program",
    [one for module in FILES for one in programs_in(module)],
    ids=lambda one: f"{one.__module__.rpartition('.')[2]}-{one.__name__}",
)
def test_program_writes_what_it_writes_with_docxtpl(program: Program, tmp_path: Path) -> None:
    """Each file is there, texts are the same, documents are the same part by part."""
    theirs = run(program, docxtpl, tmp_path / "theirs")
    mine = run(program, ours, tmp_path / "ours")
    assert [*mine] == [*theirs]
    for name, content in mine.items():
        if name.endswith(".docx"):
            fitted = program in FITTED
            difference = undeclared_differences(content, theirs[name], widths=not fitted)
            assert difference == "", name
        else:
            assert content == theirs[name]
