"""``govdocs new``: a form's templates and a sample of its data, written out to be worked on."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

import click
import yaml

from govdocs.cli.outputs import write_all
from govdocs.cli.words import Words
from govdocs.errors import Place, UsageError
from govdocs.resources import folder


def command(words: Words) -> click.Command:
    """Make the command."""
    return click.Command(
        "new",
        help=words.command("new"),
        callback=lambda **given: run(words=words, **given),
        params=[
            click.Argument(["form"], metavar="ID"),
            click.Argument(["directory"], metavar="DIR", type=click.Path(path_type=Path)),
            click.Option(["--force"], is_flag=True, help=words.option("force")),
            click.Option(["--json", "as_json"], is_flag=True, help=words.option("json")),
        ],
    )


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that comes with govdocs, to be saved elsewhere."""

    source: Traversable

    def save(self, path: Path) -> None:
        """Write it."""
        path.write_bytes(self.source.read_bytes())


def run(form: str, directory: Path, force: bool, as_json: bool, words: Words) -> None:
    """Write the files of a form into a directory.

    Raises:
        UsageError: there is no such form, or files of these names exist: all of them are named.
    """
    files = {directory / source.name: source for source in form_files(form)}
    if (existing := [path for path in files if path.exists()]) and not force:
        places = [Place(file=str(path)) for path in existing]
        raise UsageError.of("cli.files_exist", *places)
    write_all({path: Copy(source) for path, source in files.items()})
    if as_json:
        click.echo(json.dumps({"written": [str(path) for path in files]}, ensure_ascii=False))
    else:
        click.echo("\n".join(words.say("written", path=path) for path in files))


def form_files(form: str) -> list[Traversable]:
    """List the templates of a form, then the samples whose data name the form."""
    forms = {one.name: one for one in folder("templates").iterdir() if one.is_dir()}
    if form not in forms:
        raise UsageError.of("cli.no_such_form", fields={"form": form, "known": sorted(forms)})
    templates = [one for one in forms[form].iterdir() if not one.name.endswith(".md")]
    return sorted([*templates, *_samples(form)], key=lambda one: one.name)


def _samples(form: str) -> Iterator[Traversable]:
    for sample in folder("samples").iterdir():
        if sample.name.endswith(".yaml"):
            data = yaml.safe_load(sample.read_text(encoding="utf-8"))
            if data.get("form") == form:
                yield sample
