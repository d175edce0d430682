"""Wrong calls and unreadable files, as problems with sentences in both languages."""

import errno
from collections.abc import Mapping, Sequence

import click

from govdocs.errors import Place, UsageError

_FILE_CODES = {
    errno.ENOENT: "cli.file_not_found",
    errno.EACCES: "cli.file_not_allowed",
    errno.EPERM: "cli.file_not_allowed",
    errno.EISDIR: "cli.file_is_directory",
    errno.ENOSPC: "cli.disk_full",
}


def explain_usage(error: click.UsageError) -> UsageError:
    """Turn what the parser found into a problem."""
    code, fields = _reading(error)
    return UsageError.of(f"cli.{code}", fields=fields)


def _reading(error: click.UsageError) -> tuple[str, Mapping[str, object]]:
    code, fields = "bad_usage", dict[str, object](reason=error.format_message())
    match error:
        case click.NoSuchOption():
            code = "no_such_option"
            fields = {"option": error.option_name, "known": _options(error.ctx)}
        case click.NoSuchCommand():
            code = "no_such_command"
            fields = {"command": error.command_name, "known": _commands(error.ctx)}
        case click.BadOptionUsage():
            code, fields = "option_without_value", {"option": error.option_name}
        case click.MissingParameter():
            code, fields = "missing_parameter", {"name": _name(error)}
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices))):
            code, fields = "not_a_choice", {"name": _name(error), "choices": list(choices)}
        case click.UsageError(ctx=click.Context(command=click.Group())):
            code, fields = "no_command", {"known": _commands(error.ctx)}
    return code, fields


def explain_file(error: OSError) -> UsageError:
    """Turn what the operating system said about a file into a problem."""
    code = _FILE_CODES.get(error.errno or 0, "cli.file_failed")
    fields = {"reason": error.strerror or str(error)}
    return UsageError.of(code, Place(file=str(error.filename or "")), fields=fields)


def _name(error: click.UsageError) -> str:
    parameter = getattr(error, "param", None)
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return parameter.make_metavar(error.ctx) if parameter is not None and error.ctx else ""


def _options(context: click.Context | None) -> Sequence[str]:
    params = context.command.params if context else []
    return [name for one in params if isinstance(one, click.Option) for name in one.opts]


def _commands(context: click.Context | None) -> Sequence[str]:
    command = context.command if context else None
    return sorted(command.commands) if isinstance(command, click.Group) else []
