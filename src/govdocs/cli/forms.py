"""``govdocs forms``: which forms there are, and what one of them asks."""

from typing import TYPE_CHECKING

import click

from govdocs.cli.given import json_option, print_json
from govdocs.cli.words import Words

if TYPE_CHECKING:
    from govdocs.forms import Figure, Form, Relation


def command(words: Words) -> click.Command:
    """Make the command."""
    return click.Command(
        "forms",
        help=words.command("forms"),
        callback=lambda **given: run(words=words, **given),
        params=[
            click.Argument(["form"], metavar="[ID]", required=False),
            json_option(words),
        ],
    )


def run(form: str | None, as_json: bool, words: Words) -> None:
    """List the forms, or show one: its keys, labels, units and relations."""
    from govdocs.forms import form_ids, load_form

    if form is not None:
        _show(load_form(form), as_json, words)
        return
    listed = [load_form(name) for name in form_ids()]
    if as_json:
        print_json({"forms": [_head(one) for one in listed]})
        return
    for one in listed:
        click.echo(_line(one, words))


def _show(form: "Form", as_json: bool, words: Words) -> None:
    if as_json:
        figures = [_figure(form, one) for one in form.figures]
        relations = [_relation(one) for one in form.relations]
        print_json({**_head(form), "figures": figures, "relations": relations})
        return
    click.echo(_line(form, words))
    click.echo(form.source)
    table = ""
    for figure in form.figures:
        if figure.table != table:
            table = figure.table
            click.echo("\n" + next(one.title for one in form.tables if one.key == table))
        said = {"key": figure.address, "name": form.names[figure.key], "unit": figure.unit}
        click.echo("  " + words.say("form_figure", **said))
    click.echo("\n" + words.say("form_relations"))
    for relation in form.relations:
        click.echo(f"  {_sentence(form, relation)}")


def _line(form: "Form", words: Words) -> str:
    years = f"{form.first_year}–{form.last_year or ''}"
    return words.say(
        "form_line", id=form.id, years=years, count=len(form.figures), title=form.title
    )


def _head(form: "Form") -> dict[str, object]:
    return {
        "id": form.id,
        "title": form.title,
        "years": [form.first_year, form.last_year],
        "source": form.source,
        "count": len(form.figures),
    }


def _figure(form: "Form", figure: "Figure") -> dict[str, object]:
    return {
        "key": figure.address,
        "name": form.names[figure.key],
        "labels": list(figure.labels),
        "heads": list(figure.heads),
        "unit": figure.unit,
        "type": figure.type,
    }


def _relation(relation: "Relation") -> dict[str, object]:
    return {
        "code": relation.code,
        "kind": relation.kind,
        "where": relation.where,
        "left": [_term(one.sign, one.book, one.key) for one in relation.left],
        "right": [_term(one.sign, one.book, one.key) for one in relation.right],
        "severity": relation.severity,
        "source": relation.source,
    }


def _term(sign: int, book: str, key: str) -> str:
    name = key if book == "dict" else f"stats.{key}"
    return ("-" if sign < 0 else "") + (f"last:{name}" if book == "last" else name)


_SIGNS = {"equal": "=", "at_most": "≤", "implies": "→", "near": "≈"}


def _sentence(form: "Form", relation: "Relation") -> str:
    sides = [
        " + ".join(
            ("−" if one.sign < 0 else "")
            + ("上年 " if one.book == "last" else "")
            + form.names.get(one.key, one.key)
            for one in side
        )
        for side in (relation.left, relation.right)
    ]
    return f"{relation.code}  {sides[0]} {_SIGNS[relation.kind]} {sides[1]}"
