"""The house rules that no tool checks: sizes, sentences, cheap import, READMEs in step."""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from tests.support.sources import (
    SOURCE,
    CodeUse,
    code_patterns,
    code_uses,
    file_sizes,
    function_sizes,
    literal_codes,
    literals,
)

MAX_FILE = 400
MAX_FUNCTION = 40

LONGER: dict[str, str] = {}
"""What is longer than it should be, as ``file`` or ``file:function``, with the reason."""

STEPS = "places"  # steps of a place, not problems


@cache
def sentences() -> dict[str, dict[str, dict[str, str]]]:
    """Read the whole catalogue: code -> language -> halves."""
    return {
        f"{path.stem}.{name}": languages
        for path in sorted((SOURCE / "errors" / "messages").glob("*.toml"))
        if path.stem != STEPS
        for name, languages in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


def placeholders(text: str) -> set[str]:
    """Name the fields of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_source_files_and_functions_are_short_or_have_a_reason() -> None:
    """No file over 400 lines, no function over 40, unless listed with its reason."""
    long = {name for name, size in file_sizes() if size > MAX_FILE}
    long |= {name for name, size in function_sizes() if size > MAX_FUNCTION}
    assert long == set(LONGER)


def test_every_code_raised_has_sentences() -> None:
    """A problem whose code has no sentence would fail when it is read."""
    known = sentences()
    rooms = {code.partition(".")[0] for code in known}
    written = {code for code in literal_codes() if code.partition(".")[0] in rooms}
    raised = {use.code for use in code_uses()}
    assert sorted((written | raised) - set(known)) == []


def is_used(code: str) -> bool:
    """Tell whether a code is written out, or put together from a room and a name that is."""
    put_together = any(pattern.match(code) for pattern in code_patterns())
    return code in literals() or (put_together and code.partition(".")[2] in literals())


def test_every_sentence_is_used() -> None:
    """A sentence that nothing raises is dead, or its code was misspelt."""
    assert sorted(code for code in sentences() if not is_used(code)) == []


@pytest.mark.parametrize("code", sentences())
def test_sentences_stand_in_both_languages_with_the_same_fields(code: str) -> None:
    """Both readers are told what is wrong and how to mend it, from the same fields."""
    languages = sentences()[code]
    assert set(languages) == {"zh", "en"}
    for half in ("what", "mend"):
        zh, en = languages["zh"][half], languages["en"][half]
        assert zh.strip()
        assert en.strip()
        assert placeholders(zh) == placeholders(en)


GIVEN = {"count"}
"""A problem tells how many places it has by itself."""


def uses_with_fields() -> Iterator[tuple[CodeUse, set[str]]]:
    """Pair each use whose fields are written out with the fields that its sentences want."""
    known = sentences()
    for use in code_uses():
        if use.fields is not None and use.code in known:
            halves = known[use.code]["en"].values()
            yield use, set().union(*map(placeholders, halves))


def test_problems_are_given_the_fields_of_their_sentences() -> None:
    """A field that is not given would show as a question mark."""
    assert [
        (use.where, use.code, sorted(wanted - use.fields))
        for use, wanted in uses_with_fields()
        if use.fields is not None and not wanted <= use.fields | GIVEN
    ] == []


def test_importing_govdocs_imports_nothing_heavy() -> None:
    """``import govdocs`` stays cheap: nothing is imported before it is used."""
    heavy = ("lxml", "jinja2", "openpyxl", "docx", "yaml", "click", "isal", "cn2an", "decimal")
    program = f"import sys, govdocs; print([name for name in {heavy} if name in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("path", ["CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md"])
def test_repository_has_its_papers(root: Path, path: str) -> None:
    """What a newcomer looks for is there, and says something."""
    assert len((root / path).read_text(encoding="utf-8")) > 200
