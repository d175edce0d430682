"""The tree of commands. A command is a module with a ``command`` function; it is named here."""

from importlib.metadata import version

import click

from govdocs.cli import bind, check, draft, extract, fields, fill, forms, merge, new
from govdocs.cli.options import add_common_options
from govdocs.cli.words import Words

MODULES = (fill, fields, check, draft, extract, bind, merge, forms, new)


def build(words: Words) -> click.Group:
    """Make the commands, with their help in one language."""
    group = click.Group(
        "govdocs",
        help=words.command("govdocs"),
        params=[_version(words)],
        add_help_option=False,
    )
    for module in MODULES:
        group.add_command(add_common_options(module.command(words), words))
    return add_common_options(group, words)


def _version(words: Words) -> click.Option:
    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_version,
        help=words.option("version"),
    )


def _show_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"govdocs {version('govdocs')}")
        context.exit()
