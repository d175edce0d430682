"""Read the headings and code blocks of a Markdown page, and run them as a reader would."""

import contextlib
import doctest
import io
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from govdocs.cli import main
from tests.support.office_blocks import is_same, read_office, write_office

_FENCE = re.compile(r"^```(\w*)[ \t]*([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) ", re.MULTILINE)
_FILE = re.compile(r"# (\S+\.\w+)\n")
_PLAIN_FILES = ("yaml", "json", "toml", "text")
_ENDINGS = {"word": ".docx", "excel": ".xlsx"}


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block.

    Attributes:
        language: the word behind the fence.
        text: what stands in it.
        line: of the page where it begins.
        file: what follows the language: the file that the block shows.
    """

    language: str
    text: str
    line: int
    file: str = ""


def read_blocks(page: str) -> list[Block]:
    """List the fenced blocks of a page."""
    return [
        Block(found[1], found[3], page.count("\n", 0, found.start()) + 1, found[2].strip())
        for found in _FENCE.finditer(page)
    ]


def read_heading_levels(page: str) -> list[int]:
    """List the levels of the headings of a page."""
    return [len(found[1]) for found in _HEADING.finditer(_FENCE.sub("", page))]


def run_page(page: str, path: Path) -> list[str]:
    """Run the blocks of a page in one go, in the current directory; list what came out otherwise.

    ``python`` and ``pycon`` blocks share their names; what a ``pycon`` block shows is what must be
    printed. In a ``console`` block each ``$ govdocs`` line is run and the lines below it are what
    it must print; ``echo $?`` shows its exit status. A block of data is written to the file that
    its first line or its fence names. A ``word`` or ``excel`` block names a file too: one that is
    not there is written, one that is there must read so. Other blocks are for reading.
    """
    state = _Page(path)
    for block in read_blocks(page):
        state.run(block)
    return state.wrong


@dataclass(slots=True)
class _Page:
    """A page while it is run: the names of its Python, the last exit status, what went wrong."""

    path: Path
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "page"})
    status: int = 0
    wrong: list[str] = field(default_factory=list)

    def run(self, block: Block) -> None:
        if block.language == "python":
            code = "\n" * block.line + block.text
            exec(compile(code, str(self.path), "exec"), self.names)  # the page is our own
        elif block.language == "pycon":
            self._run_session(block)
        elif block.language == "console":
            self.wrong += self._run_console(block)
        elif block.language in _PLAIN_FILES:
            _write_file(block)
        elif block.language in _ENDINGS:
            self._take_office(block)

    def _run_session(self, block: Block) -> None:
        test = doctest.DocTestParser().get_doctest(
            block.text, self.names, self.path.name, str(self.path), block.line
        )
        runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
        runner.run(test, out=self.wrong.append, clear_globs=False)
        self.names.update(test.globs)

    def _take_office(self, block: Block) -> None:
        file = Path(block.file)
        assert file.suffix == _ENDINGS[block.language], f"line {block.line} names no such file"
        if not file.exists():
            write_office(file, block.text)
        elif not is_same(found := read_office(file), block.text):
            self.wrong.append(f"{file} holds\n{found}\nbut the page says\n{block.text}")

    def _run_console(self, block: Block) -> Iterator[str]:
        for command in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            call, _, expected = command.replace("\\\n", "").partition("\n")
            printed = self._run_command(call)
            if printed.rstrip() != expected.rstrip():
                yield f"$ {call}\nprinted\n{printed}\nbut the page says\n{expected}"

    def _run_command(self, call: str) -> str:
        """Run ``govdocs ...`` in this process, and catch both outputs in the order of printing."""
        if call == "echo $?":
            return str(self.status)
        call, _, source = call.partition(" < ")
        program, *argv = shlex.split(call)
        assert program == "govdocs", f"only govdocs is run from a page, not {call!r}"
        printed = io.StringIO()
        with (
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
            _standard_input(source.strip()),
        ):
            self.status = main(argv)
        return printed.getvalue()


@contextlib.contextmanager
def _standard_input(source: str) -> Iterator[None]:
    """Let a file be standard input; without a name nothing is changed."""
    if not source:
        yield
        return
    before = sys.stdin
    with Path(source).open(encoding="utf-8") as file:
        sys.stdin = file
        try:
            yield
        finally:
            sys.stdin = before


def _write_file(block: Block) -> None:
    if named := _FILE.match(block.text):
        Path(named[1]).write_text(block.text, encoding="utf-8")
    elif block.file:
        Path(block.file).write_text(block.text, encoding="utf-8")
