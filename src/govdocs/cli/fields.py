"""``govdocs fields``: what a template asks for, for people, programs and schema validators."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govdocs.cli.bound import bind_options, read_bind
from govdocs.cli.words import Words

if TYPE_CHECKING:
    from govdocs.language import Field
    from govdocs.template import Template

_MOST = 12
"""So many areas of a sheet are told; ``--json`` tells all."""


def command(words: Words) -> click.Command:
    """Make the command."""
    return click.Command(
        "fields",
        help=words.command("fields"),
        callback=lambda **given: run(Request(**given), words),
        params=[
            click.Argument(["template"], metavar="TEMPLATE", type=click.Path(path_type=Path)),
            click.Option(["--json", "as_json"], is_flag=True, help=words.option("json")),
            click.Option(["--schema"], is_flag=True, help=words.option("schema")),
            *bind_options(words),
        ],
    )


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for; names as in ``govdocs fields --help``."""

    template: Path
    as_json: bool
    schema: bool
    bind: tuple[str, ...]
    bind_file: str | None


def run(request: Request, words: Words) -> None:
    """Print the fields of a template."""
    from govdocs.template import Template

    source = request.template
    template = Template(source, read_bind(request.bind, request.bind_file))
    if request.schema:
        _print_json(template.schema())
    elif request.as_json:
        fields = [one.as_dict() for one in template.fields()]
        head = {"template": str(source), "kind": template.kind}
        notes = [one.as_dict() for one in template.notes]
        extra = {"unlocked": template.unlocked(), "notes": notes}
        told = {name: found for name, found in extra.items() if found}
        _print_json({**head, "fields": fields, **told})
    else:
        _print(source, template, words)


def _print_json(result: object) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))


def _print(source: Path, template: "Template", words: Words) -> None:
    fields = template.fields()
    click.echo(words.say("fields", template=source.name, kind=template.kind, count=len(fields)))
    for one in fields:
        click.echo(_head(one, words))
        locks = dict(one.locks)
        for place in one.places:
            told = place.describe(words.language)
            if place in locks:
                told += f" ({words.note('locked' if locks[place] else 'unlocked')})"
            click.echo(f"    {told}")
        for note in one.notes:
            click.echo(f"    {words.note(note)}")
    for sheet, areas in template.unlocked().items():
        click.echo(words.say("unlocked", sheet=sheet, areas=_listed(areas)))
    for remark in template.notes:
        click.echo(remark.message(words.language))


def _listed(areas: list[str]) -> str:
    """List the first areas, and say that there are more."""
    return ", ".join(areas[:_MOST]) + (" ..." if len(areas) > _MOST else "") or "-"


def _head(one: "Field", words: Words) -> str:
    head = words.say("field", name=one.name, kind=words.kind(one.kind))
    return f"{head} ({words.say('optional')})" if one.optional else head
