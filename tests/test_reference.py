"""The reference names what there is: every code, public name, command, option and filter."""

from pathlib import Path

import click
import pytest

import govdocs
from govdocs.cli.commands import build
from govdocs.cli.words import Words
from govdocs.language.filters import OWN
from tools.write_error_codes import write_page


def read(root: Path, page: str) -> str:
    """Read a page of the reference."""
    return (root / "docs" / "reference" / page).read_text(encoding="utf-8")


def test_page_of_error_codes_is_as_the_catalogue_says(root: Path) -> None:
    """A sentence that was changed is changed on the page: ``make codes``."""
    assert read(root, "error-codes.md") == write_page()


@pytest.mark.parametrize("name", govdocs.__all__)
def test_public_name_is_in_the_reference(name: str, root: Path) -> None:
    """Whoever meets a public name can look it up."""
    assert f"`{name}" in read(root, "python-api.md")


def test_commands_and_options_are_in_the_reference(root: Path) -> None:
    """Every command has its heading, every option its line."""
    page = read(root, "command-line.md")
    commands = build(Words("en")).commands
    assert [name for name in commands if f"\n## govdocs {name}\n" not in page] == []
    options = {
        word
        for command in commands.values()
        for one in command.params
        if isinstance(one, click.Option)
        for word in one.opts
    }
    assert [word for word in sorted(options) if f"`{word}" not in page] == []


def test_filters_are_in_the_reference(root: Path) -> None:
    """Both names of every filter."""
    page = read(root, "template-language.md")
    assert [name for name in OWN if f"`{name}" not in page] == []
