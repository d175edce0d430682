"""Read the headings and code blocks of a Markdown page, and run them as a reader would."""

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govdocs.cli import main

_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) ", re.MULTILINE)
_FILE = re.compile(r"# (\S+\.\w+)\n")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its text, and the line of the page where it begins."""

    language: str
    text: str
    line: int


def read_blocks(page: str) -> list[Block]:
    """List the fenced blocks of a page."""
    return [
        Block(found[1], found[2], page.count("\n", 0, found.start()) + 1)
        for found in _FENCE.finditer(page)
    ]


def read_heading_levels(page: str) -> list[int]:
    """List the levels of the headings of a page."""
    return [len(found[1]) for found in _HEADING.finditer(_FENCE.sub("", page))]


def run_page(page: str, path: Path) -> list[str]:
    """Run the blocks of a page in one go, in the current directory; list what came out otherwise.

    ``python`` blocks share their names. In a ``console`` block each ``$ govdocs`` line is run and
    the lines below it are what it must print. A ``yaml`` block is written to the file that its
    first line names. Other blocks are for reading.
    """
    names: dict[str, Any] = {"__name__": "page"}
    wrong: list[str] = []
    for block in read_blocks(page):
        if block.language == "python":
            code = "\n" * block.line + block.text
            exec(compile(code, str(path), "exec"), names)  # the page is our own
        elif block.language == "yaml":
            _write_file(block)
        elif block.language == "console":
            wrong += _run_console(block)
    return wrong


def _write_file(block: Block) -> None:
    if named := _FILE.match(block.text):
        Path(named[1]).write_text(block.text, encoding="utf-8")


def _run_console(block: Block) -> Iterator[str]:
    for command in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        call, _, expected = command.replace("\\\n", "").partition("\n")
        printed = _run(call)
        if printed.rstrip() != expected.rstrip():
            yield f"$ {call}\nprinted\n{printed}\nbut the page says\n{expected}"


def _run(call: str) -> str:
    """Run ``govdocs ...`` in this process, and catch both outputs in the order of printing."""
    program, *argv = shlex.split(call)
    assert program == "govdocs", f"only govdocs is run from a page, not {call!r}"
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        main(argv)
    return printed.getvalue()
