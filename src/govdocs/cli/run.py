"""One run of the command line: its language, its exit status, and how its faults are told."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from typing import cast

import click

from govdocs.cli.commands import build
from govdocs.cli.usage import explain_file, explain_usage
from govdocs.cli.words import Words
from govdocs.errors import GovdocsError, current_language
from govdocs.errors.language import Language

DONE, BAD = 0, 2
INTERRUPTED = 130  # as shells say of a program that Ctrl-C ended


def main(args: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; reasons go to standard error."""
    argv = list(sys.argv[1:] if args is None else args)
    with _speaking(_asked_language(argv) or current_language()) as language:
        try:
            return _run(argv, language)
        except click.UsageError as error:
            return _tell(explain_usage(error), argv)
        except GovdocsError as error:
            return _tell(error, argv)
        except (click.Abort, KeyboardInterrupt):
            return INTERRUPTED
        except BrokenPipeError:
            return _reader_left()
        except OSError as error:
            return _tell(explain_file(error), argv)


def _run(argv: list[str], language: Language) -> int:
    status = build(Words(language)).main(argv, prog_name="govdocs", standalone_mode=False)
    return status if isinstance(status, int) else DONE


def _tell(error: GovdocsError, argv: list[str]) -> int:
    """Write the faults to standard error, as JSON if that was asked for."""
    if "--json" in argv:
        problems = [problem.as_dict() for problem in error]
        click.echo(json.dumps({"problems": problems}, ensure_ascii=False, indent=2), err=True)
    else:
        click.echo(error.message(), err=True)
    return BAD


def _reader_left() -> int:
    """End quietly where the reader of our output has gone (``govdocs fields x.docx | head``)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _asked_language(argv: list[str]) -> Language | None:
    """Find ``--lang`` before anything is parsed: help and usage errors are in that language too."""
    for word, following in zip_longest(argv, argv[1:], fillvalue=""):
        name, _, value = word.partition("=")
        value = value or following
        if name == "--lang" and value in {"zh", "en"}:
            return cast("Language", value)
    return None


@contextmanager
def _speaking(language: Language) -> Iterator[Language]:
    """Set the language of the run, for this process and those it starts."""
    before = os.environ.get("GOVDOCS_LANG")
    os.environ["GOVDOCS_LANG"] = language
    try:
        yield language
    finally:
        if before is None:
            del os.environ["GOVDOCS_LANG"]
        else:
            os.environ["GOVDOCS_LANG"] = before
