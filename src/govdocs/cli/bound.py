"""``--bind`` and ``--bind-file``: tags for places of a template that hold none themselves."""

from collections.abc import Iterable

import click

from govdocs.cli.words import Words
from govdocs.errors import Place, Problem, UsageError


def bind_options(words: Words) -> list[click.Parameter]:
    """Make the two options."""
    return [
        click.Option(
            ["--bind"], multiple=True, metavar="KEY=EXPRESSION", help=words.option("bind")
        ),
        click.Option(["--bind-file"], metavar="DATA", help=words.option("bind_file")),
    ]


def read_bind(bind: Iterable[str], bind_file: str | None) -> dict[str, str]:
    """Read the bindings of a call; those of ``--bind`` win over those of the file.

    Raises:
        UsageError: ``cli.bind_form``, every faulty one.
        DataError: the file cannot be read.
    """
    from govdocs.data import load_data

    found = {} if bind_file is None else {str(k): v for k, v in load_data(bind_file).items()}
    faults = [key for key, value in found.items() if not isinstance(value, str)]
    for one in bind:
        key, equals, value = one.partition("=")
        if equals and key.strip() and value.strip():
            found[key.strip()] = value.strip()
        else:
            faults.append(one)
    if faults:
        raise UsageError(
            Problem("cli.bind_form", (Place(key=one),), {"text": one}) for one in faults
        )
    return found


def check_one_template(count: int, bind: dict[str, str]) -> None:
    """Make sure that it is clear which template the bindings are for.

    Raises:
        UsageError: there are several.
    """
    if bind and count > 1:
        raise UsageError.of("cli.bind_one_template", fields={"count": count})
