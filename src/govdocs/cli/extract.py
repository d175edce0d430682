"""``govdocs extract``: the data of a filled file, by its template or by the labels of a form."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from govdocs.cli.given import (
    choose_form,
    form_option,
    json_option,
    print_json,
    write_data_file,
)
from govdocs.cli.words import Words
from govdocs.errors import UsageError

if TYPE_CHECKING:
    from govdocs.language.inversion import Extracted


def command(words: Words) -> click.Command:
    """Make the command."""
    path = click.Path(path_type=Path)
    return click.Command(
        "extract",
        help=words.command("extract"),
        callback=lambda **given: run(words=words, **given),
        params=[
            click.Argument(["file"], metavar="FILE", type=path),
            click.Option(
                ["--template"], metavar="TEMPLATE", type=path, help=words.option("filled_from")
            ),
            form_option(words),
            click.Option(["--out"], required=True, metavar="DATA", help=words.option("out_data")),
            json_option(words),
        ],
    )


def run(
    file: Path, template: Path | None, form_id: str | None, out: str, as_json: bool, words: Words
) -> None:
    """Write what was read.

    Raises:
        UsageError: both a template and a form are given.
        DataError: the file was filled from another template.
        FormError: every label that is not found, or found twice.
    """
    if template is not None and form_id is not None:
        raise UsageError.of("cli.template_or_form")
    if template is not None:
        _by_template(file, template, out, as_json, words)
    else:
        _by_form(file, form_id, out, as_json, words)


def _by_form(file: Path, form_id: str | None, out: str, as_json: bool, words: Words) -> None:
    form = choose_form(form_id, [file])
    data = form.read(file)
    write_data_file(data, out, [file])
    if out == "-":
        return
    if as_json:
        places = {key: place.describe(words.language) for key, place in data.places.items()}
        print_json({"form": form.id, "written": out, "places": places})
    else:
        click.echo(words.say("written", path=out))
        click.echo(words.say("extracted", form=form.id, figures=len(form.figures)))


def _by_template(file: Path, template: Path, out: str, as_json: bool, words: Words) -> None:
    from govdocs.template import Template

    data = Template(template).extract(file)
    write_data_file(data, out, [file, template])
    if as_json and out != "-":
        places = {key: place.describe(words.language) for key, place in data.places.items()}
        notes = [note.as_dict() for note in data.notes]
        result = {"template": str(template), "written": out, "notes": notes, "places": places}
        print_json(result)
        return
    if out != "-":
        click.echo(words.say("written", path=out))
        click.echo(words.say("read_back", template=template.name, values=len(data.places)))
    _tell_notes(data, words, is_data_on_output=out == "-")


def _tell_notes(data: "Extracted", words: Words, *, is_data_on_output: bool) -> None:
    """Write the notes; beside data on standard output they go to standard error."""
    for note in data.notes:
        click.echo(note.message(words.language), err=is_data_on_output)
