"""``govdocs merge``: the sheets of offices added up into the sheet of the one above them."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govdocs.cli.given import (
    choose_form,
    form_option,
    json_option,
    print_json,
    read_sources,
    write_data_file,
    write_finding,
)
from govdocs.cli.words import Words

if TYPE_CHECKING:
    from govdocs.forms import Merged

FOUND = 1


def command(words: Words) -> click.Command:
    """Make the command."""
    option = click.Option
    return click.Command(
        "merge",
        help=words.command("merge"),
        callback=lambda **given: run(Request(**given), words),
        params=[
            click.Argument(["sources"], nargs=-1, required=True, metavar="DATA|FILE..."),
            form_option(words),
            option(["--out"], required=True, metavar="DATA", help=words.option("out_data")),
            option(["--parent"], metavar="DATA|FILE", help=words.option("parent")),
            option(["--own"], metavar="DATA|FILE", help=words.option("own")),
            option(
                ["--expected"],
                metavar="FILE",
                type=click.Path(path_type=Path),
                help=words.option("expected"),
            ),
            json_option(words),
        ],
    )


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for; names as in ``govdocs merge --help``."""

    sources: tuple[str, ...]
    form_id: str | None
    out: str
    parent: str | None
    own: str | None
    expected: Path | None
    as_json: bool

    @property
    def inputs(self) -> list[Path]:
        """The files that are read."""
        return [Path(one) for one in (*self.sources, self.parent, self.own) if one]


def run(request: Request, words: Words) -> int:
    """Write the sums, unless an error makes them wrong; tell what makes them uncertain.

    Returns:
        1 if there are errors: then nothing is written.
    """
    children = read_sources(request.sources)
    form = choose_form(request.form_id, children)
    parent, own = (read_sources([one])[0] if one else None for one in (request.parent, request.own))
    names = [] if request.expected is None else _read_names(request.expected)
    merged = form.merge(children, parent, names, own)
    for one in merged.findings:
        click.echo(write_finding(one, words.language, words), err=True)
    is_wrong = any(one.severity == "error" for one in merged.findings)
    if not is_wrong:
        write_data_file(merged, request.out, request.inputs)
    if request.as_json:
        print_json(_as_dict(form.id, merged, None if is_wrong else request.out))
    elif not is_wrong and request.out != "-":
        click.echo(words.say("written", path=request.out))
        click.echo(words.say("merged", form=form.id, count=len(children)))
    return FOUND if is_wrong else 0


def _read_names(path: Path) -> list[str]:
    """Read the names of offices, one to a line."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [line.strip() for line in lines if line.strip()]


def _as_dict(form: str, merged: "Merged", written: str | None) -> dict[str, object]:
    return {
        "form": form,
        "written": written,
        "missing": merged.missing,
        "findings": [one.as_dict() for one in merged.findings],
        "contributions": {f"stats.{key}": one for key, one in merged.contributions.items()},
    }
