"""``govdocs extract``: the data of a filled file, found by the labels of a form."""

from pathlib import Path

import click

from govdocs.cli.given import (
    choose_form,
    form_option,
    json_option,
    print_json,
    write_data_file,
)
from govdocs.cli.words import Words


def command(words: Words) -> click.Command:
    """Make the command."""
    return click.Command(
        "extract",
        help=words.command("extract"),
        callback=lambda **given: run(words=words, **given),
        params=[
            click.Argument(["file"], metavar="FILE", type=click.Path(path_type=Path)),
            form_option(words),
            click.Option(["--out"], required=True, metavar="DATA", help=words.option("out_data")),
            json_option(words),
        ],
    )


def run(file: Path, form_id: str | None, out: str, as_json: bool, words: Words) -> None:
    """Write what was read.

    Raises:
        FormError: every label that is not found, or found twice.
    """
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
