"""``govdocs bind``: tags placed into an official blank."""

from pathlib import Path

import click

from govdocs.cli.given import choose_form, form_option, json_option, print_json
from govdocs.cli.outputs import check_outputs, write_all
from govdocs.cli.words import Words


def command(words: Words) -> click.Command:
    """Make the command."""
    path = click.Path(path_type=Path)
    return click.Command(
        "bind",
        help=words.command("bind"),
        callback=lambda **given: run(words=words, **given),
        params=[
            click.Argument(["blank"], metavar="BLANK", type=path),
            form_option(words),
            click.Option(
                ["--out"],
                required=True,
                metavar="TEMPLATE",
                type=path,
                help=words.option("out_template"),
            ),
            json_option(words),
        ],
    )


def run(blank: Path, form_id: str | None, out: Path, as_json: bool, words: Words) -> None:
    """Write the tagged file, and tell what was left or replaced.

    Raises:
        FormError: every label that is not found, or found twice.
    """
    form = choose_form(form_id, [blank])
    template = form.bind(blank)
    check_outputs([out], inputs=[blank], kind=template.kind)
    write_all({out: template})
    names = [one.name for one in template.fields()]
    figures = [name for name in names if name.startswith("stats.")]
    if as_json:
        notes = [one.as_dict() for one in template.notes]
        print_json({"form": form.id, "written": str(out), "fields": names, "notes": notes})
        return
    for note in template.notes:
        click.echo(note.message(words.language), err=True)
    counts = {"figures": len(figures), "others": len(names) - len(figures)}
    click.echo(words.say("written", path=out))
    click.echo(words.say("bound", form=form.id, **counts))
