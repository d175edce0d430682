"""``govdocs check``: what a form asks, held against data and filled files."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from govdocs.cli.given import (
    choose_form,
    form_option,
    json_option,
    print_json,
    read_sources,
    write_finding,
)
from govdocs.cli.words import Words

if TYPE_CHECKING:
    from govdocs.forms import Finding

FOUND = 1
_RANK = {"error": 0, "warning": 1, "note": 2}


def command(words: Words) -> click.Command:
    """Make the command."""
    return click.Command(
        "check",
        help=words.command("check"),
        callback=lambda **given: run(words=words, **given),
        params=[
            click.Argument(["sources"], nargs=-1, required=True, metavar="DATA|FILE..."),
            form_option(words),
            click.Option(["--last-year"], metavar="DATA|FILE", help=words.option("last_year")),
            json_option(words),
        ],
    )


def run(
    sources: tuple[str, ...],
    form_id: str | None,
    last_year: str | None,
    as_json: bool,
    words: Words,
) -> int:
    """Check everything and tell what was found; notes alone are no findings.

    Returns:
        1 if there are errors or warnings, else 0.
    """
    given = read_sources(sources)
    form = choose_form(form_id, given)
    before = read_sources([last_year])[0] if last_year else None
    findings = form.check(given, before)
    ordered = sorted(findings, key=lambda one: _RANK[one.severity])
    if as_json:
        print_json({"form": form.id, "findings": [one.as_dict() for one in ordered]})
    else:
        for one in ordered:
            click.echo(write_finding(one, words.language, words))
    return _sum_up(form.id, ordered, as_json, words)


def _sum_up(form: str, findings: Sequence["Finding"], as_json: bool, words: Words) -> int:
    """Say on standard error why the status is 1, and on standard output that all is well."""
    counts = Counter(one.severity for one in findings)
    if counts["error"] + counts["warning"] == 0:
        if not as_json:
            click.echo(words.say("check_fine", form=form))
        return 0
    codes = dict.fromkeys(one.code for one in findings if one.severity != "note")
    told = words.say(
        "check_found",
        form=form,
        errors=counts["error"],
        warnings=counts["warning"],
        codes=words.say("comma").join(codes),
    )
    click.echo(told, err=True)
    return FOUND
