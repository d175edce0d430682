"""``govdocs fill``: several templates, one set of data; everything comes out right or nothing."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from govdocs.cli.outputs import check_outputs, plan_outputs, write_all
from govdocs.cli.unused import unused_names
from govdocs.cli.words import Words
from govdocs.errors import GovdocsError, Place, Problem

if TYPE_CHECKING:
    from govdocs.language.rendering import Missing
    from govdocs.template import Document, Template

T = TypeVar("T")


def command(words: Words) -> click.Command:
    """Make the command."""
    option, path = click.Option, click.Path(path_type=Path)
    return click.Command(
        "fill",
        help=words.command("fill"),
        callback=lambda **given: run(Request(**given), words),
        params=[
            click.Argument(
                ["templates"], nargs=-1, required=True, metavar="TEMPLATE...", type=path
            ),
            option(["--data"], required=True, metavar="DATA", help=words.option("data")),
            option(["--out"], required=True, metavar="PATH", help=words.option("out")),
            option(
                ["--missing"],
                type=click.Choice(["error", "mark", "blank"]),
                default="error",
                help=words.option("missing"),
            ),
            option(
                ["--set", "settings"],
                multiple=True,
                metavar="KEY=VALUE",
                help=words.option("set"),
            ),
            option(["--unused"], is_flag=True, help=words.option("unused")),
            option(["--json", "as_json"], is_flag=True, help=words.option("json")),
        ],
    )


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for; names as in ``govdocs fill --help``."""

    templates: tuple[Path, ...]
    data: str
    out: str
    missing: "Missing"
    settings: tuple[str, ...]
    unused: bool
    as_json: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """One document, not yet written: where it comes from and where it goes."""

    source: Path
    template: "Template"
    document: "Document"
    output: Path

    def as_dict(self) -> dict[str, object]:
        """Return what a program wants to know of it."""
        return {
            "template": str(self.source),
            "kind": self.template.kind,
            "output": str(self.output),
            "notes": [note.as_dict() for note in self.document.notes],
        }


def run(request: Request, words: Words) -> None:
    """Fill all templates, then write all documents.

    Raises:
        GovdocsError: everything that is at fault, in the call, the data and all templates.
    """
    outputs = plan_outputs(request.templates, request.out)
    check_outputs(outputs, inputs=[*request.templates, Path(request.data)])
    data = _read_data(request)
    filled = _fill_all(outputs, data, request)
    write_all({one.output: one.document for one in filled})
    unused = _unused(filled, data) if request.unused else []
    if request.as_json:
        _print_json(filled, unused)
    else:
        _print(filled, unused, words)


def _read_data(request: Request) -> Any:
    from govdocs.data import load_data, set_values  # noqa: PLC0415  # not before it is needed

    return set_values(load_data(request.data), request.settings)


def _fill_all(outputs: Mapping[Path, Path], data: Any, request: Request) -> list[Filled]:
    """Fill every template, and raise the faults of all of them in one error."""
    from govdocs.template import Template  # noqa: PLC0415  # not before it is needed

    def fill(source: Path, output: Path) -> Filled:
        template = Template(source)
        check_outputs({source: output}, kind=template.kind)
        return Filled(source, template, template.fill(data, missing=request.missing), output)

    tried = [attempt(partial(fill, *pair), pair[0]) for pair in outputs.items()]
    if faults := [problem for _, problems in tried for problem in problems]:
        raise GovdocsError(join_problems(faults))
    return [one for one, _ in tried if one]


def attempt(act: Callable[[], T], source: Path) -> tuple[T | None, tuple[Problem, ...]]:
    """Do something with one file; return the result, or the problems with the file's name."""
    try:
        return act(), ()
    except GovdocsError as error:
        return None, tuple(_name_file(problem, source.name) for problem in error)


def _name_file(problem: Problem, name: str) -> Problem:
    places = problem.places or (Place(),)
    return replace(problem, places=tuple(replace(one, file=one.file or name) for one in places))


def join_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Make one problem of those that differ only in their places: two files, one missing name."""
    joined: dict[object, Problem] = {}
    for problem in problems:
        key = (problem.code, problem.severity, repr(sorted(problem.fields.items())))
        known = joined.get(key)
        places = (*known.places, *problem.places) if known else problem.places
        joined[key] = replace(problem, places=places)
    return list(joined.values())


def _unused(filled: Iterable[Filled], data: Any) -> list[Problem]:
    asked = [field.name for one in filled for field in one.template.fields()]
    return [
        Problem("data.unused", (Place(key=name),), {"name": name}, "note")
        for name in unused_names(data, asked)
    ]


def _print(filled: Iterable[Filled], unused: Iterable[Problem], words: Words) -> None:
    for one in filled:
        for note in one.document.notes:
            click.echo(_name_file(note, one.source.name).message(words.language), err=True)
        click.echo(words.say("written", path=one.output))
    for problem in unused:
        click.echo(problem.message(words.language), err=True)


def _print_json(filled: Iterable[Filled], unused: Iterable[Problem]) -> None:
    result = {
        "written": [one.as_dict() for one in filled],
        "unused": [problem.place.key for problem in unused],
    }
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))
