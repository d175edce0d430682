"""``govdocs fill``: several templates, one set of data; everything comes out right or nothing."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govdocs.cli.bound import bind_options, check_one_template, read_bind
from govdocs.cli.outputs import check_outputs, plan_outputs, write_all
from govdocs.cli.usage import explain_file
from govdocs.cli.words import Words
from govdocs.errors import DataError, GovdocsError, Place, Problem, UsageError

if TYPE_CHECKING:
    from govdocs.language.rendering import Missing
    from govdocs.template import Document, Recalculate, Template


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
            option(
                ["--recalculate"],
                type=click.Choice(["libreoffice"]),
                help=words.option("recalculate"),
            ),
            *bind_options(words),
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
    recalculate: "Recalculate | None"
    bind: tuple[str, ...]
    bind_file: str | None
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
    check_outputs(outputs.values(), inputs=[*request.templates, Path(request.data)])
    bind = read_bind(request.bind, request.bind_file)
    check_one_template(len(request.templates), bind)
    data = _read_data(request)
    filled = _fill_all(outputs, data, request, bind)
    write_all({one.output: one.document for one in filled})
    unused = _unused(filled, data) if request.unused else []
    if request.as_json:
        _print_json(filled, unused)
    else:
        _print(filled, unused, words)


def _read_data(request: Request) -> Any:
    from govdocs.data import load_data, set_values

    return set_values(load_data(request.data), request.settings)


def _fill_all(
    outputs: Mapping[Path, Path], data: Any, request: Request, bind: Mapping[str, str]
) -> list[Filled]:
    """Fill every template, and raise the faults of all of them in one error."""
    from govdocs.template import fill_all

    templates, faults = _open_all(outputs, bind)
    documents: list[Document] = []
    try:
        documents = fill_all(
            list(templates.values()), data, request.missing, recalculate=request.recalculate
        )
    except (DataError, UsageError) as error:
        faults += error.problems
    if faults:
        raise GovdocsError(faults)
    return [
        Filled(source, template, document, outputs[source])
        for (source, template), document in zip(templates.items(), documents, strict=True)
    ]


def _open_all(
    outputs: Mapping[Path, Path], bind: Mapping[str, str]
) -> tuple[dict[Path, "Template"], list[Problem]]:
    """Open the templates; what is at fault in one does not hide the faults of the next."""
    from govdocs.template import Template

    templates: dict[Path, Template] = {}
    faults: list[Problem] = []
    for source, output in outputs.items():
        try:
            templates[source] = Template(source, bind)
            check_outputs([output], kind=templates[source].kind)
        except GovdocsError as error:
            faults += [name_file(problem, source) for problem in error]
        except OSError as error:
            faults += explain_file(error)
    return templates, faults


def name_file(problem: Problem, source: Path) -> Problem:
    """Add the file to those places of a problem that do not name one."""
    places = problem.places or (Place(),)
    named = (replace(one, file=one.file or source.name) for one in places)
    return replace(problem, places=tuple(named))


def _unused(filled: Iterable[Filled], data: Any) -> list[Problem]:
    from govdocs.language.faults import unused_names

    asked = [field.name for one in filled for field in one.template.fields()]
    return [
        Problem("data.unused", (Place(key=name),), {"name": name}, "note")
        for name in unused_names(data, asked)
    ]


def _print(filled: Iterable[Filled], unused: Iterable[Problem], words: Words) -> None:
    for one in filled:
        for note in one.document.notes:
            click.echo(name_file(note, one.source).message(words.language), err=True)
        click.echo(words.say("written", path=one.output))
    for problem in unused:
        click.echo(problem.message(words.language), err=True)


def _print_json(filled: Iterable[Filled], unused: Iterable[Problem]) -> None:
    result = {
        "written": [one.as_dict() for one in filled],
        "unused": [problem.place.key for problem in unused],
    }
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))
