"""Floor 6: the command line: arguments, exit status and what a person reads.

Each command is a module that makes a ``click.Command`` and calls one function of the hall. What a
command prints in words stands in ``words.toml``, what went wrong in the errors' catalogue, both in
Chinese and English. This room never reads or writes a part, and decides nothing about documents.

Exit status: 0 done; 1 findings; 2 bad usage or bad input, and then no file was written or changed.
"""

from govdocs.cli.run import main

__all__ = ["main"]
