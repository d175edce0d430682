"""Options that every command has, and how a help page is set in the language of the run."""

import re
from typing import TypeVar

import click

from govdocs.cli.words import Words

C = TypeVar("C", bound=click.Command)


def add_common_options(command: C, words: Words) -> C:
    """Give a command ``--lang`` and ``--help``."""
    command.add_help_option = False
    command.params += [_lang(words), _help(words)]
    return command


def _lang(words: Words) -> click.Option:
    """The value was acted on before parsing; here it is checked and described."""
    return click.Option(
        ["--lang"],
        type=click.Choice(["zh", "en"]),
        expose_value=False,
        help=words.option("lang"),
    )


def _help(words: Words) -> click.Option:
    def show(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
        if wanted and not context.resilient_parsing:
            click.echo(help_page(context, words))
            context.exit()

    return click.Option(
        ["--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=words.option("help"),
    )


def help_page(context: click.Context, words: Words) -> str:
    """Write the help of a command, what click adds to it in the language of the run too."""
    heads = words.heads()
    page = re.sub(
        r"^(Usage|Options|Commands):",
        lambda found: heads[found[1]],
        context.get_help(),
        flags=re.MULTILINE,
    )
    return page.replace("[required]", words.say("required"))
