"""``govdocs draft``: next year's data, made from last year's."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govdocs.cli.given import (
    choose_form,
    form_option,
    json_option,
    print_json,
    read_sources,
    write_data_file,
)
from govdocs.cli.words import Words

if TYPE_CHECKING:
    from govdocs.binding import OfficeForm


def command(words: Words) -> click.Command:
    """Make the command."""
    return click.Command(
        "draft",
        help=words.command("draft"),
        callback=lambda **given: run(words=words, **given),
        params=[
            click.Argument(["last_year"], metavar="LAST_YEAR"),
            click.Option(["--year"], type=int, required=True, help=words.option("year")),
            click.Option(["--out"], required=True, metavar="DATA", help=words.option("out_data")),
            form_option(words),
            json_option(words),
        ],
    )


def run(
    last_year: str, year: int, out: str, form_id: str | None, as_json: bool, words: Words
) -> None:
    """Write the draft and tell what was kept, moved on, carried over and left open."""
    sources = read_sources([last_year])
    form = choose_form(form_id, sources)
    draft = form.draft(sources[0], year)
    write_data_file(draft, out, [Path(last_year)])
    _note_era(form, year, words)
    told = draft["draft"]
    if as_json:
        if out != "-":
            print_json({"form": form.id, "written": out, "year": year, **told})
    elif out != "-":
        click.echo(words.say("written", path=out))
        click.echo(_account(told, words))


def _account(told: dict[str, Any], words: Words) -> str:
    counts = {name: len(told[name]) for name in ("kept", "moved", "open", "carried", "lost")}
    return words.say("draft_account", **counts)


def _note_era(form: "OfficeForm", year: int, words: Words) -> None:
    """Say where another form is in force for the new year."""
    from govdocs.forms import form_of_year

    last = form.form.last_year
    if last is not None and year > last:
        other = form_of_year(year)
        click.echo(words.say("draft_era", form=form.id, year=year, other=other), err=True)
