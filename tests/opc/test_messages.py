"""The catalogue of this room's sentences."""

import re
from pathlib import Path

from govdocs.errors.catalogue import load

CODE = re.compile(r'"package\.([a-z_]+)"')


def test_catalogue_has_each_code_that_is_raised_and_no_other(root: Path) -> None:
    """A code without a sentence would fail just when it is needed."""
    sources = (root / "src" / "govdocs").rglob("*.py")
    raised = {code for source in sources for code in CODE.findall(source.read_text("utf-8"))}
    assert raised == set(load("package"))


def test_each_sentence_says_what_and_how_to_mend_in_both_languages() -> None:
    """The same fields stand in both languages."""
    for name, languages in load("package").items():
        assert set(languages) == {"zh", "en"}, name
        for halves in languages.values():
            assert set(halves) == {"what", "mend"}, name
        zh, en = (set(re.findall(r"\{\w+\}", str(languages[each]))) for each in ("zh", "en"))
        assert zh == en, name
